//! The worker of the web app: takes requests as messages and posts the answers. See [`phaseplan::session`].

/// Listens: bytes are a request, text is the job of a long search.
#[cfg(target_arch = "wasm32")]
fn main() {
    use js_sys::Uint8Array;
    use phaseplan::protocol::search::{Job, work};
    use phaseplan::session::Session;
    use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answers = scope.clone();
    let mut session = Session::default();
    // Posting fails only when the page is gone, and then nobody misses the answer.
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(job) = event.data().as_string() {
            let Ok(job) = serde_json::from_str::<Job>(&job) else { return };
            work(&job, &mut |message| {
                if let Ok(text) = serde_json::to_string(&message) {
                    let _ = answers.post_message(&text.into());
                }
            });
        } else if let Some(answer) = session.answer_bytes(&Uint8Array::new(&event.data()).to_vec()) {
            let _ = answers.post_message(&Uint8Array::from(answer.as_slice()));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // Says that it listens: what is sent earlier is lost.
    let _ = scope.post_message(&JsValue::NULL);
}

/// The worker exists in the browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
