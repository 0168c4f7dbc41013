//! Finds the item that a name means.

use std::collections::HashMap;

use super::Item;

/// The items by their ids and other names.
pub struct Ids<'a> {
    ids: HashMap<&'a str, usize>,
    /// In small letters; `None` if several items have the name.
    names: HashMap<String, Option<usize>>,
}

impl Ids<'_> {
    /// Collects all names. Of several items with one id, it means the first.
    pub fn of(items: &[Item]) -> Ids<'_> {
        let mut found = Ids { ids: HashMap::new(), names: HashMap::new() };
        for (index, item) in items.iter().enumerate() {
            if !item.id.is_empty() {
                found.ids.entry(&item.id).or_insert(index);
            }
            for name in std::iter::once(&item.id).chain(&item.names).filter(|name| !name.is_empty()) {
                let meant = found.names.entry(name.to_lowercase()).or_insert(Some(index));
                if *meant != Some(index) && *name != item.id {
                    *meant = None;
                }
            }
        }
        found
    }

    /// The item with this id, else the only one with this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.ids.get(name).copied().or_else(|| self.names.get(&name.to_lowercase()).copied().flatten())
    }
}
