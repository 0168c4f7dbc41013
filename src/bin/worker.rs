//! The worker of the web app: takes jobs as messages and posts the news. See [`phaseplan::protocol`].

/// Listens for jobs.
#[cfg(target_arch = "wasm32")]
fn main() {
    use phaseplan::protocol::{Job, work};
    use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answers = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(job) = event.data().as_string().and_then(|text| serde_json::from_str::<Job>(&text).ok())
        else {
            return;
        };
        work(&job, &mut |message| {
            if let Ok(text) = serde_json::to_string(&message) {
                // Posting a string fails only when the page is gone, and then nobody misses it.
                let _ = answers.post_message(&text.into());
            }
        });
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // Says that it listens: a job that is sent earlier is lost.
    let _ = scope.post_message(&JsValue::NULL);
}

/// The worker exists in the browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
