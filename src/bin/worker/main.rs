//! The worker of the web app: answers messages from the page and stores documents on the device. See
//! [`phaseplan::session`] and [`phaseplan::protocol`]. An instance named [`phaseplan::search::NAME`] runs
//! search jobs; see [`phaseplan::search`].
//!
//! `router` dispatches requests; `saving` saves the open document; only `store` uses `IndexedDB`.

#[cfg(target_arch = "wasm32")]
mod clock;
#[cfg(target_arch = "wasm32")]
mod coder;
#[cfg(target_arch = "wasm32")]
mod documents;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod reviews;
#[cfg(target_arch = "wasm32")]
mod router;
#[cfg(target_arch = "wasm32")]
mod saving;
#[cfg(target_arch = "wasm32")]
mod store;
#[cfg(target_arch = "wasm32")]
mod stored_document;
#[cfg(target_arch = "wasm32")]
mod style;
#[cfg(target_arch = "wasm32")]
mod tabs;

/// Starts listening. All messages are bytes.
#[cfg(target_arch = "wasm32")]
fn main() {
    use js_sys::Uint8Array;
    use phaseplan::protocol::{Answer, BUILD, wire::from_bytes};
    use phaseplan::search;
    use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let router = (scope.name() != search::NAME).then(|| router::Router::new(scope.clone()));
    let draws = router.is_some();
    let answers = scope.clone();
    // Posting fails only when the page is gone, and then nobody needs the answer.
    let mut post = move |bytes: &[u8]| drop(answers.post_message(&Uint8Array::from(bytes)));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = Uint8Array::new(&event.data()).to_vec();
        match &router {
            None => search::work_on_bytes(&bytes, &mut post),
            Some(router) => {
                if let Some((number, request)) = from_bytes(&bytes) {
                    router.take(number, request);
                }
            }
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // Announces that it is listening: earlier messages are lost.
    let _ = scope.post_message(&JsValue::from_str(BUILD));
    if draws {
        page::Page::new(scope).post(0, &Answer::Style(style::SHEET.to_owned()));
    }
}

/// The worker exists only in the browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
