//! The page that this worker belongs to.

use js_sys::Uint8Array;
use phaseplan::protocol::Answer;
use phaseplan::protocol::wire::to_bytes;
use web_sys::DedicatedWorkerGlobalScope;

/// Sends answers to the page.
pub struct Page {
    scope: DedicatedWorkerGlobalScope,
}

impl Page {
    /// The page that owns this worker scope.
    pub fn new(scope: DedicatedWorkerGlobalScope) -> Page {
        Page { scope }
    }

    /// Posts the answer to the request with this number; 0 without a request.
    pub fn post(&self, number: u32, answer: &Answer) {
        let mut bytes = to_bytes(&number);
        bytes.extend(to_bytes(answer));
        // Fails only when the page is gone, and then nobody needs the answer.
        let _ = self.scope.post_message(&Uint8Array::from(bytes.as_slice()));
    }
}
