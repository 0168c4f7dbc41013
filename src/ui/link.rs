//! Plans in links: opening them, and what is said of one that is only shown.

use std::cell::Cell;

use leptos::prelude::window;
use phaseplan::protocol::{Change, Content};
use wasm_bindgen::JsValue;
use web_sys::Event;

use super::element::{El, button, el, on};
use super::files;
use super::keys::test;
use super::notices::Notice;
use super::panels::review;
use super::persist;
use super::workspace::Workspace;

thread_local! {
    /// How many links were read from the address.
    static READ: Cell<u32> = const { Cell::new(0) };
}

/// Opens the plan in the address whenever the part after `#` changes.
pub fn follow_address(workspace: Workspace) {
    on(&window(), "hashchange", move |_: Event| open_some(workspace, address()));
}

/// Opens the plan in the address that the page was loaded with, if there is one. Opening the document of last time takes a
/// link out of the address, so that it is given.
pub fn open_some(workspace: Workspace, loaded: Option<String>) {
    if let Some(address) = loaded {
        open(workspace, address);
    }
}

/// The address of this page, if something stands after its `#`.
pub fn address() -> Option<String> {
    let location = window().location();
    let has_link = location.hash().is_ok_and(|hash| hash.len() > 1);
    location.href().ok().filter(|_| has_link)
}

/// Opens the plan in an address, which stays the address. It replaces nothing. Of links that follow each other faster than they
/// are read, only the last is opened.
fn open(workspace: Workspace, address: String) {
    let number = READ.get() + 1;
    READ.set(number);
    files::read(address.clone().into_bytes(), None, move |found| match found {
        _ if READ.get() > number => {}
        Ok(found) if found.is_shared => {
            workspace.open("", Content::Found);
            replace_address(&address);
        }
        Ok(found) if found.is_review => {
            leave();
            review::receive(workspace, address);
        }
        Ok(_) => {
            workspace.notices.show(Notice::problem("There is no plan in this link. Copy the whole link."))
        }
        Err(message) => workspace.notices.show(Notice::problem(message)),
    });
}

/// Puts a link to the plan that is shown into the address, without a step in the browser's history.
pub fn show(link: &str) {
    let address = link.rsplit_once('(').map_or(link, |(_, address)| address.trim_end_matches(')'));
    replace_address(address);
}

/// Takes a link out of the address: what is shown is no longer the plan of that link.
pub fn leave() {
    let location = window().location();
    if location.hash().is_ok_and(|hash| !hash.is_empty())
        && let (Ok(path), Ok(query)) = (location.pathname(), location.search())
    {
        replace_address(&[path, query].concat());
    }
}

fn replace_address(address: &str) {
    if let Ok(history) = window().history() {
        // Refused only for another site's address.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Says what a plan is that came in a link, and offers to keep it or to go back.
pub fn banner(workspace: Workspace) -> El {
    el("div").class("banner-place").live_option(move || {
        let about = workspace.shared.get()?;
        let keep = move || {
            leave();
            workspace.apply(Change::Keep);
        };
        let back = move || match persist::last_open() {
            Some(name) => files::open_stored(workspace, &name),
            None => workspace.open("", Content::Text(String::new())),
        };
        let banner =
            el("div").class("banner").attr("role", "note").test(test::BANNER).child(el("p").text(&about));
        let keep = button("button primary", keep).test(test::EDIT_COPY).text("Edit a copy");
        Some(banner.child(button("button", back).test(test::LEAVE_LINK).text("Back to my plans")).child(keep))
    })
}
