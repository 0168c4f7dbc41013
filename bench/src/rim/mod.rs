//! What a benchmark needs of the machine: files, lines of output and processor time. The same natively and in Wasm, where
//! Node.js gives it.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod node;

#[cfg(not(target_arch = "wasm32"))]
pub use native::{arguments, fail, most_memory, processor_time, read, say};
#[cfg(target_arch = "wasm32")]
pub use node::{arguments, fail, most_memory, processor_time, read, say};
