//! The codec as a separate program for the browser, which loads it when a link is written or read.
//!
//! Its exports take and return only numbers, so it needs no JavaScript. Bytes go through one buffer in its
//! memory: `transfer` creates it, `place` returns its address. There is one link at a time.

/// Does nothing before the first call.
fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::RefCell;

    use codec::{Coder, Engine, Kind, Number};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The id of the build. A site may be updated while a page is open, and the exports match the page's
    /// other programs only if all come from the same build.
    const BUILD: &str = match option_env!("PHASEPLAN_BUILD") {
        Some(build) => build,
        None => "",
    };

    /// Returned for damage. Numbers and lengths are never negative.
    const DAMAGE: f64 = -1.0;

    #[derive(Default)]
    struct Link {
        coder: Option<Box<Coder>>,
        bytes: Vec<u8>,
    }

    thread_local! {
        static LINK: RefCell<Link> = RefCell::default();
    }

    /// The address of the build id. The loader checks it first, and calls nothing else if it differs.
    #[wasm_bindgen]
    pub fn build() -> usize {
        BUILD.as_ptr() as usize
    }

    /// Creates a buffer of this length, and returns its address.
    #[wasm_bindgen]
    pub fn transfer(length: usize) -> usize {
        LINK.with_borrow_mut(|link| {
            link.bytes.clear();
            link.bytes.resize(length, 0);
            link.bytes.as_ptr() as usize
        })
    }

    /// The address of the buffer.
    #[wasm_bindgen]
    pub fn place() -> usize {
        LINK.with_borrow(|link| link.bytes.as_ptr() as usize)
    }

    /// Starts writing a link.
    #[wasm_bindgen]
    pub fn write() {
        LINK.with_borrow_mut(|link| {
            // The previous link may be unfinished; frees its memory for this one.
            link.coder = None;
            link.coder = Some(Box::new(Coder::writer()));
        });
    }

    /// Starts reading the link whose payload was transferred.
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

    /// See [`Engine::text`]. The text is in the buffer, before or after. Returns its length in bytes.
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

    /// See [`Engine::finish`]. Returns the length of the result, which is at [`place`].
    #[wasm_bindgen]
    pub fn finish() -> usize {
        LINK.with_borrow_mut(|link| {
            link.bytes = link.coder.take().map_or_else(Vec::new, Engine::finish);
            link.bytes.len()
        })
    }
}
