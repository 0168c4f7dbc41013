//! The coder behind links: numbers that cost next to nothing where they are usual, and words by a text model that was primed
//! with English about software, everything through one arithmetic coder.
//!
//! This is version 1 and never changes: links are read for ever. Another model or another priming text is a package of its own
//! beside this one, under the next number. Everything is computed in integers, so the same values give the same bytes on every
//! machine. It is a package, and not a module of the core, because it is compiled for speed where all else is compiled for size.
//!
//! Absent on purpose: what a plan is, checksums, and any trust in what is read.

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
