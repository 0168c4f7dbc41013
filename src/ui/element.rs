//! Elements connected to Leptos signals, without a type for each view.
//!
//! `view!` creates a type for every view, and for each type the compiler generates code to build, update and
//! remove it. Here every element is a DOM element and every closure is boxed, which takes about a fifth of
//! the bytes. The program must be downloaded before anything can be planned, so bytes are waiting time.
//!
//! A closure passed to a `live_…` function runs again whenever a signal that it read changes. Effects and
//! listeners live as long as their owner: the app, or the run of the [`El::live`] that drew them.
//!
//! Text only ever becomes text nodes and attribute values; nothing here parses HTML.

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, Node};

use super::page::keeping_focus;

/// An element under construction.
#[derive(Clone)]
pub struct El(Element);

/// A new HTML element.
pub fn el(tag: &str) -> El {
    El(document().create_element(tag).expect("tag names in this program are valid"))
}

/// A new element of a drawing.
pub fn svg(tag: &str) -> El {
    const NAMESPACE: &str = "http://www.w3.org/2000/svg";
    El(document().create_element_ns(Some(NAMESPACE), tag).expect("tag names in this program are valid"))
}

/// A button with an action.
pub fn button(class: &str, press: impl Fn() + 'static) -> El {
    el("button").class(class).attr("type", "button").press(press)
}

impl El {
    /// The DOM element, as the type of its tag.
    pub fn node<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    /// Sets all classes.
    pub fn class(self, names: &str) -> El {
        self.attr("class", names)
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> El {
        set(&self.0, name, Some(value));
        self
    }

    /// Sets the attribute that identifies the element in browser tests; see [`super::keys::test`].
    pub fn test(self, value: &str) -> El {
        self.attr("data-test", value)
    }

    /// Adds text.
    pub fn text(self, text: &str) -> El {
        append(&self.0, &document().create_text_node(text));
        self
    }

    /// Adds an element.
    pub fn child(self, child: El) -> El {
        append(&self.0, &child.0);
        self
    }

    /// Adds elements.
    pub fn children(self, children: impl IntoIterator<Item = El>) -> El {
        for child in children {
            append(&self.0, &child.0);
        }
        self
    }

    /// Adds text that follows `text`.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> El {
        live_text(&self.0, Box::new(text));
        self
    }

    /// Sets an attribute that follows `value`; `None` removes it.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> El {
        live_attr(&self.0, name, Box::new(value));
        self
    }

    /// Sets a class while `holds` is true.
    pub fn class_when(self, name: &'static str, holds: impl Fn() -> bool + 'static) -> El {
        class_when(&self.0, name, Box::new(holds));
        self
    }

    /// Sets an attribute without a value while `holds` is true.
    pub fn attr_when(self, name: &'static str, holds: impl Fn() -> bool + 'static) -> El {
        self.live_attr(name, move || holds().then(String::new))
    }

    /// Sets an attribute to `true` or `false`, as for ARIA states.
    pub fn state(self, name: &'static str, holds: impl Fn() -> bool + 'static) -> El {
        self.live_attr(name, move || Some(if holds() { "true" } else { "false" }.to_owned()))
    }

    /// Sets a style property, which may be a custom one; `None` removes it.
    pub fn live_style(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> El {
        live_style(&self.0, name, Box::new(value));
        self
    }

    /// Sets the value of a form control to the result of `value`.
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> El {
        live_value(&self.0, Box::new(value));
        self
    }

    /// Adds elements that are redrawn whenever a state that `draw` read changes.
    pub fn live(self, draw: impl Fn() -> Vec<El> + 'static) -> El {
        live(&self.0, Box::new(draw));
        self
    }

    /// Adds an element while `draw` returns one.
    pub fn live_option(self, draw: impl Fn() -> Option<El> + 'static) -> El {
        self.live(move || draw().into_iter().collect())
    }

    /// Calls `act` on every such event.
    pub fn on<E: JsCast>(self, event: &str, act: impl FnMut(E) + 'static) -> El {
        on(&self.0, event, act);
        self
    }

    /// Calls `act` when the element is pressed, in any way.
    pub fn press(self, act: impl Fn() + 'static) -> El {
        listen(&self.0, "click", Box::new(move |_| act()));
        self
    }
}

/// Calls `act` on every such event, as long as the current owner lives.
pub fn on<E: JsCast>(target: &EventTarget, event: &str, mut act: impl FnMut(E) + 'static) {
    listen(target, event, Box::new(move |event| act(event.unchecked_into())));
}

/// Runs immediately, and again whenever a signal that it read changes, as long as the current owner lives.
pub fn effect(run: impl Fn() + 'static) {
    keep_running(Box::new(run));
}

fn keep_running(run: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_| run());
    StoredValue::new_local(effect);
}

fn listen(target: &EventTarget, event: &str, act: Box<dyn FnMut(Event)>) {
    let listener = Closure::wrap(act);
    let _ = target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    let listening = Listening { target: target.clone(), event: event.to_owned(), listener };
    StoredValue::new_local(listening);
}

/// Removes the listener together with its owner, so the window and the document never call a dropped closure.
struct Listening {
    target: EventTarget,
    event: String,
    listener: Closure<dyn FnMut(Event)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let listener = self.listener.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(&self.event, listener);
    }
}

fn append(parent: &Node, child: &Node) {
    let _ = parent.append_child(child);
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn live_text(parent: &Element, text: Box<dyn Fn() -> String>) {
    let node = document().create_text_node("");
    append(parent, &node);
    keep_running(Box::new(move || node.set_data(&text())));
}

fn live_attr(element: &Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    let element = element.clone();
    keep_running(Box::new(move || set(&element, name, value().as_deref())));
}

fn class_when(element: &Element, name: &'static str, holds: Box<dyn Fn() -> bool>) {
    let classes = element.class_list();
    keep_running(Box::new(move || {
        let _ = classes.toggle_with_force(name, holds());
    }));
}

fn live_style(element: &Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    let style = element.unchecked_ref::<web_sys::HtmlElement>().style();
    keep_running(Box::new(move || {
        let _ = match value() {
            Some(value) => style.set_property(name, &value),
            None => style.remove_property(name).map(|_| ()),
        };
    }));
}

fn live_value(control: &Element, value: Box<dyn Fn() -> String>) {
    // Every form control has a `value`, whatever its type.
    let control = control.clone().unchecked_into::<web_sys::HtmlInputElement>();
    keep_running(Box::new(move || {
        let value = value();
        // Setting an equal value would move the caret.
        if control.value() != value {
            control.set_value(&value);
        }
    }));
}

fn live(parent: &Element, draw: Box<dyn Fn() -> Vec<El>>) {
    let end = document().create_text_node("");
    append(parent, &end);
    let parent = parent.clone();
    let drawn = StoredValue::new_local(Vec::<El>::new());
    keep_running(Box::new(move || {
        let fresh = draw();
        drawn.update_value(|drawn| {
            let old = std::mem::take(drawn);
            keeping_focus(&|focused| old.iter().any(|old| old.0.contains(Some(&**focused))), || {
                for old in &old {
                    old.0.remove();
                }
                for element in &fresh {
                    let _ = parent.insert_before(&element.0, Some(&end));
                }
            });
            *drawn = fresh;
        });
    }));
}
