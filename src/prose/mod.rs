//! What the sentences of a task say: words, paths and their roles, commands, secrets.
//!
//! [`words`] splits a text, [`paths`] recognises paths among its words, [`sentence`] holds both, and the other
//! modules read sentences.

pub mod commands;
pub mod deeds;
mod known_commands;
pub mod paragraphs;
pub mod paths;
pub mod roles;
pub mod secrets;
pub mod sentence;
pub mod words;
