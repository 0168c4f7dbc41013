//! Local storage that may be refused: every access returns an error instead of throwing.

use leptos::prelude::window;

/// The reason why a value could not be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no space left.
    Full,
    /// The browser stores nothing for this page.
    Forbidden,
    /// The value read back differs from the written one.
    Different,
}

fn store() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The value at a key.
pub fn get(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Writes a value and reads it back.
pub fn set(key: &str, value: &str) -> Result<(), Refusal> {
    let store = store().ok_or(Refusal::Forbidden)?;
    store.set_item(key, value).map_err(|_| Refusal::Full)?;
    match store.get_item(key) {
        Ok(Some(read)) if read == value => Ok(()),
        _ => Err(Refusal::Different),
    }
}

/// All existing keys.
pub fn names() -> Vec<String> {
    let Some(store) = store() else { return Vec::new() };
    (0..store.length().unwrap_or_default()).filter_map(|at| store.key(at).ok().flatten()).collect()
}

/// Removes a key.
pub fn remove(key: &str) {
    if let Some(store) = store() {
        let _ = store.remove_item(key);
    }
}
