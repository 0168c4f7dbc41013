//! Selects the codec for links. In native programs it is linked in. In the browser it is a separate program,
//! loaded only when links are used; the owner of the session loads it and provides it here.

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

/// Sets the codec for all links of this thread.
pub fn provide(coder: Rc<dyn Codec>) {
    CODER.set(Some(coder));
}

/// Whether a codec is available.
pub fn is_there() -> bool {
    CODER.with_borrow(Option::is_some)
}

/// The codec, if available.
pub(super) fn coder() -> Option<Rc<dyn Codec>> {
    CODER.with_borrow(Clone::clone)
}
