//! The short form of plans: structure as numbers that cost next to nothing, words by a text model that was primed with
//! English about software, everything through one arithmetic coder.
//!
//! This is version 1 and never changes: links are read for ever. Another model, another priming text or another order of
//! fields is a folder of its own beside this one, under the next number. Everything is computed in integers, so the same plan
//! gives the same bytes on every machine.
//!
//! Absent on purpose: checksums, which are the envelope's, and any trust in what is read.

mod adaptive;
mod arithmetic;
mod history;
mod logistic;
mod mixer;
mod plan;
mod repeats;
mod slots;
mod stream;
mod text_model;

pub use plan::plan;
pub use stream::{Damage, MAX_BYTES, Number, Stream};
pub use text_model::Kind as Text;
