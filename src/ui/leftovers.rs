//! Data in local storage that the worker should store: documents of earlier programs, and journals of closed
//! tabs.

use std::cell::Cell;
use std::rc::Rc;

use phaseplan::protocol::{Answer, Content, LibraryRequest, OldDocument};

use super::keys::storage as key;
use super::workspace::Workspace;
use super::{journal, storage, worker};

/// A document in local storage that the worker should store.
pub struct Leftover {
    name: String,
    request: LibraryRequest,
}

impl Leftover {
    /// Its content, for opening it.
    pub fn content(&self) -> Content {
        match &self.request {
            LibraryRequest::Adopt(old) => Content::Record(old.record.clone()),
            LibraryRequest::Recover(journal) => Content::Text(journal.text.clone()),
            _ => Content::Text(String::new()),
        }
    }

    /// Removes it once the open document contains it and is in a journal of its own.
    pub fn forget(self, workspace: Workspace) {
        if matches!(self.request, LibraryRequest::Recover(_)) && journal::write(workspace, false) {
            storage::remove(&self.name);
        }
    }
}

/// Passes documents in local storage to the worker unless it has them, then calls `then`. Documents that the
/// worker stored are removed from local storage; the others remain for the next start, and `then` gets the
/// last of them.
pub fn recover_leftovers(then: impl FnOnce(Option<Leftover>) + 'static) {
    let found = leftovers();
    if found.is_empty() {
        return then(None);
    }
    let (left, then) = (Rc::new(Cell::new(found.len())), Rc::new(Cell::new(Some(then))));
    let refused = Rc::new(Cell::new(None));
    for leftover in found {
        let (left, then, refused) = (left.clone(), then.clone(), refused.clone());
        worker::ask(leftover.request.clone(), move |answer| {
            if let Some(Answer::Done(Ok(opened))) = answer {
                storage::remove(&leftover.name);
                if !opened.is_empty() {
                    let _ = storage::set(key::OPEN, &opened);
                }
            } else {
                refused.set(Some(leftover));
            }
            left.set(left.get() - 1);
            if left.get() == 0
                && let Some(then) = then.take()
            {
                then(refused.take());
            }
        });
    }
}

/// Documents of earlier programs, and journals of closed tabs.
fn leftovers() -> Vec<Leftover> {
    let live = journal::page_data("data-tabs").unwrap_or_default();
    let names = storage::names().into_iter();
    let found = names.filter_map(|name| {
        let value = || storage::get(&name);
        let request = if let Some(key) = name.strip_prefix(key::DOCUMENT) {
            LibraryRequest::Adopt(OldDocument { key: key.to_owned(), record: value()? })
        } else if let Some(tab) = name.strip_prefix(key::JOURNAL) {
            if live.split(' ').any(|other| other == tab) {
                return None;
            }
            LibraryRequest::Recover(journal::read(&value()?)?)
        } else if name == key::RESCUED {
            LibraryRequest::Recover(journal::read(&value()?)?)
        } else {
            return None;
        };
        Some(Leftover { name, request })
    });
    found.collect()
}
