//! Links of other programs, for comparison. Their coders are available only in native builds; Wasm compares
//! nothing.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod node;

#[cfg(not(target_arch = "wasm32"))]
pub use native::Rivals;
#[cfg(target_arch = "wasm32")]
pub use node::Rivals;
