//! The documents on a device, and the rules for storing them.
//!
//! A document is stored as a [`Head`] and a record (see [`crate::document::record`]), and may have
//! [`Version`]s. [`Documents`] applies the rules to any [`Storage`]; the time and random numbers come from a
//! [`KeySource`].

pub mod archive;
mod bin;
mod copies;
mod documents;
mod evidence;
mod files;
mod head;
mod inventory;
mod key_source;
#[cfg(test)]
mod memory;
mod others;
mod recovery;
mod saving;
mod snapshot;
mod storage;
mod storage_error;
mod stored;
mod tab_message;
mod versions;

pub use copies::ImportedDocuments;
pub use documents::Documents;
pub use files::{MOST_BYTES, SavedFile};
pub use head::{FORM, Head, KEPT_IN_BIN, name_of_copy, newest_first};
pub use key_source::KeySource;
pub use recovery::{Journal, OldDocument};
pub use saving::{Verdict, judge};
pub use snapshot::{Snapshot, Written};
pub use storage::{ObjectStore, Storage, Transaction};
pub use storage_error::StorageError;
pub use stored::Stored;
pub use tab_message::TabMessage;
pub use versions::{Version, is_due, to_forget};
