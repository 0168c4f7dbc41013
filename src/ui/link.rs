//! Plans in links: opening them, and the banner of a plan that is only shown.

use std::cell::Cell;

use leptos::prelude::window;
use phaseplan::incoming::Input;
use phaseplan::protocol::{Change, Content, DocumentList, Found};
use web_sys::Event;

use super::element::{El, button, el, on};
use super::keys::test;
use super::workspace::Workspace;
use super::{address, documents, incoming, review, saving};

thread_local! {
    /// The number of links read from the address.
    static READ: Cell<u32> = const { Cell::new(0) };
}

/// Opens the plan in the address whenever the part after `#` changes.
pub fn follow_address(workspace: Workspace) {
    on(&window(), "hashchange", move |_: Event| {
        if let Some(link) = address::current() {
            open(workspace, link, |_| ());
        }
    });
}

/// Opens the plan in a link, which stays or becomes the address. It replaces nothing. Of links that follow
/// each other faster than they are read, only the last is opened. `before` is called when it is known what
/// the link holds, and gets whether its plan is opened now.
pub fn open(workspace: Workspace, link: String, before: impl FnOnce(bool) + 'static) {
    let number = READ.get() + 1;
    READ.set(number);
    incoming::read(Input::paste(link.as_str()), move |found| {
        let is_last = READ.get() <= number;
        before(is_last && matches!(found, Ok(Found::Shared { .. })));
        match found {
            _ if !is_last => {}
            Ok(Found::Shared { .. }) => {
                documents::close(workspace);
                workspace.open_link(&link);
            }
            Ok(Found::Reply) => {
                address::leave();
                review::receive(workspace);
            }
            Ok(Found::Plan { .. } | Found::Import { .. } | Found::Evidence) => {
                refuse(workspace, link, "There is no plan in this link.".to_owned());
            }
            Err(message) => refuse(workspace, link, message),
        }
    });
}

/// Shows a page about a link that can't be opened. It covers the user's own plan, which is not the link's.
fn refuse(workspace: Workspace, link: String, problem: String) {
    workspace.announce(problem.as_str());
    documents::show(workspace, DocumentList::Broken { link, problem });
}

/// The banner of a plan from a link, with buttons to save it or to go back.
pub fn banner(workspace: Workspace) -> El {
    el("div").class("banner-place").live_option(move || {
        let about = workspace.shared.get()?;
        let keep = move || {
            address::leave();
            workspace.apply(Change::Keep);
        };
        let back = move || match saving::last_open() {
            Some(name) => workspace.open_stored(&name),
            None => workspace.open(Content::Text(String::new())),
        };
        let banner =
            el("div").class("banner").attr("role", "note").test(test::BANNER).child(el("p").text(&about));
        let keep = button("button primary", keep).test(test::EDIT_COPY).text("Edit a copy");
        Some(banner.child(button("button", back).test(test::LEAVE_LINK).text("Back to my plans")).child(keep))
    })
}
