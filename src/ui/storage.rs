//! Local storage that may be refused: every access says what happened instead of throwing.

use leptos::prelude::window;

/// Why something could not be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No room is left.
    Full,
    /// The browser keeps nothing for this page.
    Forbidden,
    /// What was read back is not what was written.
    Different,
}

fn store() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What stands under the key.
pub fn get(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Writes and reads back.
pub fn set(key: &str, value: &str) -> Result<(), Refusal> {
    let store = store().ok_or(Refusal::Forbidden)?;
    store.set_item(key, value).map_err(|_| Refusal::Full)?;
    match store.get_item(key) {
        Ok(Some(read)) if read == value => Ok(()),
        _ => Err(Refusal::Different),
    }
}

/// All keys that something stands under.
pub fn names() -> Vec<String> {
    let Some(store) = store() else { return Vec::new() };
    (0..store.length().unwrap_or_default()).filter_map(|at| store.key(at).ok().flatten()).collect()
}

/// Forgets the key.
pub fn remove(key: &str) {
    if let Some(store) = store() {
        let _ = store.remove_item(key);
    }
}
