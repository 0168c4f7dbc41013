//! The platform interface of benchmarks: files, output and processor time. The same for native programs and
//! for Wasm in Node.js.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod node;

#[cfg(not(target_arch = "wasm32"))]
pub use native::{arguments, fail, files, most_memory, processor_time, read, say};
#[cfg(target_arch = "wasm32")]
pub use node::{arguments, fail, files, most_memory, processor_time, read, say};
