//! Converts IndexedDB errors to errors of the library.

use phaseplan::library::StorageError;

/// An error of IndexedDB or of its values.
#[derive(Debug, Clone, Copy)]
pub struct DatabaseError(pub StorageError);

impl From<idb::Error> for DatabaseError {
    fn from(error: idb::Error) -> DatabaseError {
        let words = error.to_string();
        let says = |name: &str| words.contains(name);
        DatabaseError(match error {
            idb::Error::IndexedDbNotFound(_) => StorageError::Forbidden,
            _ if says("Quota") => StorageError::Full,
            _ if says("VersionError") => StorageError::Newer,
            _ if says("SecurityError") => StorageError::Forbidden,
            _ => StorageError::Lost,
        })
    }
}

impl From<StorageError> for DatabaseError {
    fn from(error: StorageError) -> DatabaseError {
        DatabaseError(error)
    }
}

impl From<DatabaseError> for StorageError {
    fn from(error: DatabaseError) -> StorageError {
        error.0
    }
}
