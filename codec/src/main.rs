//! The coder as a program of its own for the browser, which loads it when a link is written or read.
//!
//! Its exports take and give numbers only, so that it needs no script beside it. Bytes go through one place in its memory:
//! [`transfer`](exports::transfer) makes it, [`place`](exports::place) says where it is. There is one link at a time.

/// Nothing happens before the first call.
fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::RefCell;

    use codec::{Coder, Engine, Kind, Number};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Names the build, since a site may be updated while a page is open: the exports are those that the page's other programs
    /// expect only if these are of the same build.
    const BUILD: &str = match option_env!("PHASEPLAN_BUILD") {
        Some(build) => build,
        None => "",
    };

    /// What is given for damage, since no number and no length is negative.
    const DAMAGE: f64 = -1.0;

    #[derive(Default)]
    struct Link {
        coder: Option<Box<Coder>>,
        bytes: Vec<u8>,
    }

    thread_local! {
        static LINK: RefCell<Link> = RefCell::default();
    }

    /// Where the name of the build is. What loads the program asks this first, and nothing else if it is another one.
    #[wasm_bindgen]
    pub fn build() -> usize {
        BUILD.as_ptr() as usize
    }

    /// Makes the place for bytes this long, and says where it is.
    #[wasm_bindgen]
    pub fn transfer(length: usize) -> usize {
        LINK.with_borrow_mut(|link| {
            link.bytes.clear();
            link.bytes.resize(length, 0);
            link.bytes.as_ptr() as usize
        })
    }

    /// Where the bytes are.
    #[wasm_bindgen]
    pub fn place() -> usize {
        LINK.with_borrow(|link| link.bytes.as_ptr() as usize)
    }

    /// Begins to write a link.
    #[wasm_bindgen]
    pub fn write() {
        LINK.with_borrow_mut(|link| {
            // The one before may not have been finished; its memory is used again.
            link.coder = None;
            link.coder = Some(Box::new(Coder::writer()));
        });
    }

    /// Begins to read the link whose payload was transferred.
    #[wasm_bindgen]
    pub fn read() {
        LINK.with_borrow_mut(|link| {
            link.coder = None;
            let bytes = std::mem::take(&mut link.bytes);
            link.coder = Some(Box::new(Coder::reader(bytes)));
        });
    }

    /// See [`Engine::number`].
    #[wasm_bindgen]
    pub fn number(what: usize, value: u32) -> f64 {
        LINK.with_borrow_mut(|link| {
            let (Some(coder), Some(what)) = (&mut link.coder, Number::ALL.get(what)) else { return DAMAGE };
            coder.number(*what, value).map_or(DAMAGE, f64::from)
        })
    }

    /// See [`Engine::text`]. The text is transferred by whoever knows it; gives its length in bytes.
    #[wasm_bindgen]
    pub fn text(kind: usize) -> f64 {
        LINK.with_borrow_mut(|link| {
            let (Some(coder), Some(kind)) = (&mut link.coder, Kind::ALL.get(kind)) else { return DAMAGE };
            let Ok(mut text) = String::from_utf8(std::mem::take(&mut link.bytes)) else { return DAMAGE };
            let coded = coder.text(*kind, &mut text);
            link.bytes = text.into_bytes();
            coded.map_or(DAMAGE, |()| link.bytes.len() as f64)
        })
    }

    /// See [`Engine::take_room`].
    #[wasm_bindgen]
    pub fn take_room(count: usize) -> f64 {
        LINK.with_borrow_mut(|link| match &mut link.coder {
            Some(coder) => coder.take_room(count).map_or(DAMAGE, |()| 0.0),
            None => DAMAGE,
        })
    }

    /// See [`Engine::limit`].
    #[wasm_bindgen]
    pub fn limit(size: usize) {
        LINK.with_borrow_mut(|link| link.coder.iter_mut().for_each(|coder| coder.limit(size)));
    }

    /// See [`Engine::size`].
    #[wasm_bindgen]
    pub fn size() -> usize {
        LINK.with_borrow(|link| link.coder.as_ref().map_or(0, |coder| coder.size()))
    }

    /// See [`Engine::finish`]; gives the length of what stands at [`place`] then.
    #[wasm_bindgen]
    pub fn finish() -> usize {
        LINK.with_borrow_mut(|link| {
            link.bytes = link.coder.take().map_or_else(Vec::new, |coder| coder.finish());
            link.bytes.len()
        })
    }
}
