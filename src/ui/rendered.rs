//! Updates the page to show [`Markup`]: compares it with the current content and changes only the
//! differences.

use leptos::prelude::document;
use phaseplan::view::Markup;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};

/// The content of an element as last drawn, with its children.
#[derive(Debug, Default)]
pub struct Rendered {
    children: Vec<Drawn>,
}

#[derive(Debug)]
struct Drawn {
    /// Without children.
    markup: Markup,
    node: Node,
    inside: Rendered,
    /// The last value assigned to a form control. User input stays until another value is assigned.
    value: Option<String>,
}

impl Rendered {
    /// Updates the children of an element to match `wanted`.
    pub fn show(&mut self, parent: &Element, wanted: Vec<Markup>) {
        let mut before: Vec<Option<Drawn>> =
            std::mem::take(&mut self.children).into_iter().map(Some).collect();
        let mut is_in_order = true;
        let mut place = 0;
        for mut markup in wanted {
            let children = std::mem::take(&mut markup.children);
            let found = find(&before, place, &markup);
            is_in_order &= found == Some(place);
            let mut drawn = match found.and_then(|at| before[at].take()) {
                Some(drawn) => drawn.changed_to(markup),
                None => create(parent, markup),
            };
            place = found.map_or(place, |at| at + 1);
            if let Some(element) = drawn.node.clone().dyn_ref::<Element>() {
                drawn.inside.show(element, children);
                drawn.write_value(element);
            }
            self.children.push(drawn);
        }
        for gone in before.into_iter().flatten() {
            let _ = parent.remove_child(&gone.node);
        }
        if !is_in_order {
            self.put_in_order(parent);
        }
    }

    fn put_in_order(&self, parent: &Element) {
        let mut next = parent.first_child();
        for child in &self.children {
            if next.as_ref() == Some(&child.node) {
                next = child.node.next_sibling();
            } else {
                let _ = parent.insert_before(&child.node, next.as_ref());
            }
        }
    }
}

/// The index of the element to reuse for the markup: the one with its key, or the next one of its kind
/// without a key.
fn find(before: &[Option<Drawn>], place: usize, markup: &Markup) -> Option<usize> {
    let fits = |drawn: &&Option<Drawn>| {
        let old = drawn.as_ref().map(|drawn| &drawn.markup);
        old.is_some_and(|old| old.tag == markup.tag && old.key == markup.key)
    };
    let after = before.iter().skip(place).position(|drawn| fits(&drawn)).map(|at| place + at);
    after.or_else(|| before.iter().position(|drawn| !markup.key.is_empty() && fits(&drawn)))
}

fn create(parent: &Element, markup: Markup) -> Drawn {
    const SVG: &str = "http://www.w3.org/2000/svg";
    let node: Node = if markup.tag.is_empty() {
        document().create_text_node(&markup.text).into()
    } else {
        let is_svg = markup.tag == "svg" || parent.namespace_uri().as_deref() == Some(SVG);
        let namespace = if is_svg { SVG } else { "http://www.w3.org/1999/xhtml" };
        // Fails only for an invalid tag name, and tags are literals.
        let element = document().create_element_ns(Some(namespace), markup.tag).expect("tags are names");
        for (name, value) in &markup.attributes {
            set(&element, name, Some(value));
        }
        element.into()
    };
    Drawn { markup, node, inside: Rendered::default(), value: None }
}

impl Drawn {
    fn changed_to(mut self, markup: Markup) -> Drawn {
        if self.markup.text != markup.text {
            self.node.set_text_content(Some(&markup.text));
        }
        if let Some(element) = self.node.dyn_ref::<Element>() {
            for (name, value) in &markup.attributes {
                if !self.markup.attributes.iter().any(|(old, old_value)| old == name && old_value == value) {
                    set(element, name, Some(value));
                }
            }
            for (name, _) in &self.markup.attributes {
                if !markup.attributes.iter().any(|(kept, _)| kept == name) {
                    set(element, name, None);
                }
            }
        }
        self.markup = markup;
        self
    }

    /// Sets the value of a form control, after its options exist.
    fn write_value(&mut self, element: &Element) {
        let value = self.markup.attributes.iter().find(|(name, _)| *name == "value").map(|(_, value)| value);
        if value != self.value.as_ref() {
            self.value = value.cloned();
            // Every form control has a `value`, whatever its type.
            let control = element.unchecked_ref::<HtmlInputElement>();
            let value = value.map_or("", String::as_str);
            // Setting an equal value would move the caret.
            if control.value() != value {
                control.set_value(value);
            }
        }
    }
}

/// Sets or removes an attribute or a style property. Not for values of form controls; see
/// [`Drawn::write_value`].
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    if name == "value" {
        return;
    }
    let _ = match (name.strip_prefix("style:"), value) {
        (Some(name), Some(value)) => element.unchecked_ref::<HtmlElement>().style().set_property(name, value),
        (Some(name), None) => {
            element.unchecked_ref::<HtmlElement>().style().remove_property(name).map(|_| ())
        }
        (None, Some(value)) => element.set_attribute(name, value),
        (None, None) => element.remove_attribute(name),
    };
}
