//! The worker of the web app: takes requests as messages and posts the answers, and keeps documents on the device. See
//! [`phaseplan::session`] and [`phaseplan::protocol`]. An instance that is called [`phaseplan::search::NAME`] takes jobs and
//! posts the news; see [`phaseplan::search`].

#[cfg(target_arch = "wasm32")]
mod coder;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod opening;
#[cfg(target_arch = "wasm32")]
mod reviews;
#[cfg(target_arch = "wasm32")]
mod shelf;
#[cfg(target_arch = "wasm32")]
mod store;

/// Listens. Everything that comes and goes is bytes.
#[cfg(target_arch = "wasm32")]
fn main() {
    use js_sys::Uint8Array;
    use phaseplan::protocol::{BUILD, wire::from_bytes};
    use phaseplan::search;
    use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let desk = (scope.name() != search::NAME).then(|| desk::Desk::new(scope.clone()));
    let answers = scope.clone();
    // Posting fails only when the page is gone, and then nobody misses the answer.
    let mut post = move |bytes: &[u8]| drop(answers.post_message(&Uint8Array::from(bytes)));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = Uint8Array::new(&event.data()).to_vec();
        match &desk {
            None => search::work_on_bytes(&bytes, &mut post),
            Some(desk) => {
                if let Some((number, request)) = from_bytes(&bytes) {
                    desk.take(number, request);
                }
            }
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // Says that it listens: what is sent earlier is lost.
    let _ = scope.post_message(&JsValue::from_str(BUILD));
}

/// The worker exists in the browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
