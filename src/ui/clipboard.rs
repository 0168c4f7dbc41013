//! Access to the clipboard.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// Copies the text and passes on whether that succeeded. Browsers refuse on insecure pages, or if the user
/// forbids it.
pub fn copy(text: &str, then: impl FnOnce(bool) + 'static) {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_undefined()) {
        return then(false);
    }
    let promise = window().navigator().clipboard().write_text(text);
    spawn_local(async move { then(JsFuture::from(promise).await.is_ok()) });
}

/// Reads text from the clipboard, if the browser allows it.
pub fn paste(then: impl FnOnce(Option<String>) + 'static) {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_undefined()) {
        return then(None);
    }
    let promise = window().navigator().clipboard().read_text();
    spawn_local(async move { then(JsFuture::from(promise).await.ok().and_then(|text| text.as_string())) });
}
