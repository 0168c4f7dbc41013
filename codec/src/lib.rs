//! The codec of links: numbers cost almost nothing where they are typical, and words use a text model primed
//! with English about software; everything goes through one arithmetic coder.
//!
//! This is version 1 and never changes: links stay readable for ever. Another model or priming text would be
//! a separate package with the next version number. All arithmetic uses integers, so the same values give the
//! same bytes on every machine. It is a separate package because it is compiled for speed, and everything
//! else for size.
//!
//! Deliberately absent: what a plan is, checksums, and any trust in the input.

mod adaptive;
mod arithmetic;
mod coder;
mod engine;
mod history;
mod logistic;
mod mixer;
mod repeats;
mod slots;
mod stream;
mod text_model;

pub use coder::{Coder, LinkedIn};
pub use engine::{Codec, Engine};
pub use stream::{Damage, MAX_BYTES, Number, Stream};
pub use text_model::Kind;
