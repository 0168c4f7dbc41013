//! Storage in IndexedDB. Only this module uses it, except that `boot.js` lists the documents when no program
//! runs.
//!
//! [`schema`] defines the databases. [`connection`] opens the database and reopens it when it is lost;
//! [`documents`] and [`reviews`] read and write. [`spare`] recovers data that was stored elsewhere while the
//! database could not be opened.

pub mod connection;
mod documents;
mod error;
mod opening;
pub mod reviews;
mod schema;
mod spare;
mod transaction;
