//! Advice about a plan as a whole.

pub mod patterns;
