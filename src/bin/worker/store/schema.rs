//! The databases and their object stores. Adding an object store requires a new [`VERSION`].

use idb::{Database, ObjectStoreParams};
use phaseplan::library::ObjectStore;

/// The database.
pub const DATABASE: &str = "phaseplan";
/// The database in use while the first can't be opened.
pub const SPARE: &str = "phaseplan-2";
/// Version of the object stores, the same for both databases.
pub const VERSION: u32 = 3;

/// Records of documents, by document key.
pub const RECORDS: &str = "records";
/// Their heads as JSON, by the same keys.
pub const HEADS: &str = "heads";
/// Their versions as JSON. The key is the document key, `/` and the time.
pub const VERSIONS: &str = "versions";
/// Entries of reviews, since version 2. The key is an array of the plan id, the kind of the entry and the
/// event name. Logs of runs are there as well, with `run ` before the plan id. The user's name is stored here
/// too, under [`PERSON`].
pub const REVIEWS: &str = "reviews";

/// What is known of the repositories of documents, as evidence files by document key; since version 3.
pub const EVIDENCE: &str = "evidence";

/// Key of the user's name among the reviews.
pub const PERSON: &str = "name";

/// The object stores for documents. A database without one of them is damaged.
pub const OF_DOCUMENTS: [&str; 4] = [RECORDS, HEADS, VERSIONS, EVIDENCE];
/// All object stores.
pub const ALL: [&str; 5] = [RECORDS, HEADS, VERSIONS, REVIEWS, EVIDENCE];

/// The name of an object store of documents.
pub fn name_of(store: ObjectStore) -> &'static str {
    match store {
        ObjectStore::Heads => HEADS,
        ObjectStore::Records => RECORDS,
        ObjectStore::Versions => VERSIONS,
        ObjectStore::Evidence => EVIDENCE,
    }
}

/// Upgrades a database of any earlier version to [`VERSION`].
pub fn upgrade(database: &Database) {
    for name in ALL {
        // Creating an existing object store fails and changes nothing.
        let _ = database.create_object_store(name, ObjectStoreParams::new());
    }
}
