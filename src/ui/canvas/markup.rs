//! Elements as plain data, and how the page is brought to show them.
//!
//! The views of the schedule are plain functions from a report to [`Markup`]. [`Rendered::show`] compares it with what the
//! page shows and touches only what differs. One small routine serves all views, where a closure for each value that
//! changes would make the program several times as large to download.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// An element that is wanted on the page, or a text if it has no tag.
#[derive(Debug, Default)]
pub struct Markup {
    tag: &'static str,
    /// Tells which element of the page it is when elements around it come and go; empty if its place tells enough.
    key: String,
    /// Names that begin with `style:` are properties of the style, which the content security policy allows to be set one
    /// by one only.
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<Markup>,
}

/// An element without attributes and children.
pub fn markup(tag: &'static str, class: &str) -> Markup {
    let markup = Markup { tag, ..Markup::default() };
    if class.is_empty() { markup } else { markup.set("class", class) }
}

/// A button with a class.
pub fn button(class: &str) -> Markup {
    markup("button", class).set("type", "button")
}

impl Markup {
    /// With an attribute.
    pub fn set(mut self, name: &'static str, value: &str) -> Markup {
        self.attributes.push((name, value.to_owned()));
        self
    }

    /// With an attribute, if there is a value for it.
    pub fn set_some(self, name: &'static str, value: Option<&str>) -> Markup {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// With a name that it keeps while elements around it come and go.
    pub fn key(mut self, key: &str) -> Markup {
        self.key = key.to_owned();
        self
    }

    /// With a text after its children.
    pub fn text(self, text: &str) -> Markup {
        self.child(Markup { text: text.to_owned(), ..Markup::default() })
    }

    /// With a child after its children.
    pub fn child(mut self, child: Markup) -> Markup {
        self.children.push(child);
        self
    }

    /// With children after its children.
    pub fn children(mut self, children: Vec<Markup>) -> Markup {
        self.children.extend(children);
        self
    }

    /// With a sentence after its children; what stands between back-ticks is a path.
    pub fn sentence(mut self, sentence: &str) -> Markup {
        for (at, part) in sentence.split('`').enumerate() {
            self = match (part.is_empty(), at % 2) {
                (true, _) => self,
                (false, 0) => self.text(part),
                (false, _) => self.child(markup("code", "path").child(markup("bdi", "").text(part))),
            };
        }
        self
    }
}

/// What an element of the page shows: its children, as they were made here.
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
}

impl Rendered {
    /// Brings the children of an element to what is wanted.
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
            if let Some(element) = drawn.node.dyn_ref::<Element>() {
                drawn.inside.show(element, children);
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

/// The element to become the markup: the one with its key, or the next one of its kind without a key.
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
        // Only a tag that is no name at all is refused, and tags are literals.
        let element = document().create_element_ns(Some(namespace), markup.tag).expect("tags are names");
        for (name, value) in &markup.attributes {
            set(&element, name, Some(value));
        }
        element.into()
    };
    Drawn { markup, node, inside: Rendered::default() }
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
}

/// Sets or removes an attribute or a property of the style.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match (name.strip_prefix("style:"), value) {
        (Some(name), Some(value)) => element.unchecked_ref::<HtmlElement>().style().set_property(name, value),
        (Some(name), None) => {
            element.unchecked_ref::<HtmlElement>().style().remove_property(name).map(|_| ())
        }
        (None, Some(value)) => element.set_attribute(name, value),
        (None, None) => element.remove_attribute(name),
    };
}
