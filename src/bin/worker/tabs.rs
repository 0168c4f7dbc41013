//! Messages between the workers of all tabs.

use phaseplan::library::TabMessage;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, JsCast};
use web_sys::{BroadcastChannel, MessageEvent};

/// The same in all builds, because tabs of several builds may be open.
const CHANNEL: &str = "phaseplan";

/// The other tabs.
pub struct Tabs {
    /// `None` if the browser does not support such channels.
    channel: Option<BroadcastChannel>,
}

impl Tabs {
    /// Joins the channel.
    pub fn join() -> Tabs {
        Tabs { channel: BroadcastChannel::new(CHANNEL).ok() }
    }

    /// Sends a message to all other tabs.
    pub fn send(&self, message: &TabMessage) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str(&message.to_string()));
        }
    }

    /// Calls `act` for each message of another tab.
    pub fn on_message(&self, act: impl Fn(TabMessage) + 'static) {
        let Some(channel) = &self.channel else { return };
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string().and_then(|text| TabMessage::read(&text)) {
                act(message);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        listener.forget();
    }
}
