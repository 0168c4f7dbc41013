//! Which program codes links. Natively it is linked in. In the browser it is a program of its own, so that nobody waits for it who
//! has no use for links; whoever holds the session loads it and hands it over here.

use std::cell::RefCell;
use std::rc::Rc;

use codec::Codec;

thread_local! {
    static CODER: RefCell<Option<Rc<dyn Codec>>> = RefCell::new(linked_in());
}

#[cfg(not(target_arch = "wasm32"))]
fn linked_in() -> Option<Rc<dyn Codec>> {
    Some(Rc::new(codec::LinkedIn))
}

#[cfg(target_arch = "wasm32")]
fn linked_in() -> Option<Rc<dyn Codec>> {
    None
}

/// Lets all links of this thread be written and read by this coder.
pub fn provide(coder: Rc<dyn Codec>) {
    CODER.set(Some(coder));
}

/// Whether links can be written and read.
pub fn is_there() -> bool {
    CODER.with_borrow(Option::is_some)
}

/// The coder, if it is there.
pub(super) fn coder() -> Option<Rc<dyn Codec>> {
    CODER.with_borrow(Clone::clone)
}
