//! JSON for local storage, with the parser of the browser. A parser in the program would add to the download.

use js_sys::{JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A JSON object.
pub struct Object(js_sys::Object);

impl Object {
    /// An object without fields.
    pub fn new() -> Object {
        Object(js_sys::Object::new())
    }

    /// Parses an object; `None` if the text is anything else.
    pub fn parse(text: &str) -> Option<Object> {
        JSON::parse(text).ok()?.dyn_into().ok().map(Object)
    }

    /// The value of a text field.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).as_string()
    }

    /// The value of a number field; 0 if it is not a number.
    pub fn number(&self, name: &str) -> usize {
        self.get(name).as_f64().unwrap_or_default() as usize
    }

    /// Sets a text field.
    pub fn with_text(self, name: &str, text: &str) -> Object {
        self.with(name, JsValue::from_str(text))
    }

    /// Sets a number field.
    pub fn with_number(self, name: &str, number: usize) -> Object {
        self.with(name, JsValue::from_f64(number as f64))
    }

    /// As JSON.
    pub fn to_text(&self) -> String {
        JSON::stringify(&self.0).map(String::from).unwrap_or_default()
    }

    fn get(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &JsValue::from_str(name)).unwrap_or_default()
    }

    fn with(self, name: &str, value: JsValue) -> Object {
        // Fails only for frozen objects.
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), &value);
        self
    }
}
