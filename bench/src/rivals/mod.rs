//! What other programs put into their links, to compare with. Their coders are there natively only; in Wasm nothing is compared.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod node;

#[cfg(not(target_arch = "wasm32"))]
pub use native::Rivals;
#[cfg(target_arch = "wasm32")]
pub use node::Rivals;
