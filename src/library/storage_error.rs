//! The errors of storage.

use std::error::Error;
use std::fmt;

/// Why storage failed. The text form is a part of a sentence, such as “storage is full”.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageError {
    /// No room is left.
    Full,
    /// The browser doesn't allow this page to store anything.
    Forbidden,
    /// It doesn't answer in time.
    Silent,
    /// The connection is lost, or was never made.
    Lost,
    /// The database can't be opened, or lacks object stores.
    Damaged,
    /// A newer program has changed the object stores.
    Newer,
    /// An older program in another tab prevents changes of the object stores.
    Blocked,
    /// Reading back gave something else than was written.
    Different,
}

impl fmt::Display for StorageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            StorageError::Full => "storage is full",
            StorageError::Forbidden => "this browser doesn't allow this page to store data",
            StorageError::Silent | StorageError::Lost => "the storage of this browser does not respond",
            StorageError::Damaged => "the storage of this browser is damaged",
            StorageError::Newer => "a newer version of phaseplan uses the storage, so reload this page",
            StorageError::Blocked => {
                "a tab with an older version of phaseplan holds the storage, so reload or close that tab"
            }
            StorageError::Different => "storage lost what was written",
        })
    }
}

impl Error for StorageError {}

impl StorageError {
    /// Whether storage itself failed, so that what it holds may be lost when the browser ends: after a full disk,
    /// Chromium has been seen to start with an empty database.
    pub fn casts_doubt(self) -> bool {
        !matches!(self, StorageError::Forbidden | StorageError::Newer | StorageError::Blocked)
    }

    /// A sentence that documents could not be read, with the reason and what to do.
    pub fn on_reading(self) -> String {
        format!("The plans on this device can't be read: {self}. Try again, or write a plan and download it.")
    }

    /// A sentence that documents were not changed, with the reason.
    pub fn on_changing(self) -> String {
        format!("Nothing was changed: {self}.")
    }
}
