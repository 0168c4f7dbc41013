//! Elements as plain data.
//!
//! The worker sends drawings in this form, and the page updates its elements to match, touching only the
//! differences. Text stays text: nothing here is ever parsed as HTML.

use super::act::{Act, ViewOption};

/// An element for the page, or a text if it has no tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup {
    /// Name of the element; empty for a text.
    pub tag: &'static str,
    /// Identifies the element on the page when elements around it appear or disappear; empty if its position
    /// is enough.
    pub key: String,
    /// Names that begin with `style:` are style properties, which the content security policy allows only one
    /// by one. The name `value` is the content of a form control.
    pub attributes: Vec<(&'static str, String)>,
    /// The content of a text.
    pub text: String,
    /// The children, in order.
    pub children: Vec<Markup>,
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
    /// Sets an attribute.
    pub fn set(mut self, name: &'static str, value: &str) -> Markup {
        self.attributes.push((name, value.to_owned()));
        self
    }

    /// Sets an attribute, if there is a value for it.
    pub fn set_some(self, name: &'static str, value: Option<&str>) -> Markup {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Sets the action of the element.
    pub fn act(mut self, act: &Act) -> Markup {
        self = self.set("data-act", act.name());
        for (name, value) in act.fields() {
            self = self.set_some(name, value.as_deref());
        }
        self
    }

    /// Sets an action without fields. The page draws a few elements itself, and does without the code for fields.
    pub fn plain_act(self, act: &Act) -> Markup {
        self.set("data-act", act.name())
    }

    /// Sets the action of switching an option.
    pub fn toggles(self, option: ViewOption) -> Markup {
        self.set("data-act", Act::Toggle { option }.name()).set("data-option", option.name())
    }

    /// Sets the key, which identifies the element while those around it appear or disappear.
    pub fn key(mut self, key: &str) -> Markup {
        self.key = key.to_owned();
        self
    }

    /// Appends a text.
    pub fn text(self, text: &str) -> Markup {
        self.child(Markup { text: text.to_owned(), ..Markup::default() })
    }

    /// Appends a child.
    pub fn child(mut self, child: Markup) -> Markup {
        self.children.push(child);
        self
    }

    /// Appends children.
    pub fn children(mut self, children: Vec<Markup>) -> Markup {
        self.children.extend(children);
        self
    }

    /// Appends a sentence; text between backticks is a path.
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

/// The symbol with this id, as decoration: the words next to it or the label of its button have the meaning.
/// The symbols are in `index.html`, so they add nothing to the program.
pub fn icon(name: &str) -> Markup {
    markup("svg", "icon")
        .set("aria-hidden", "true")
        .child(markup("use", "").set("href", &["#", name].concat()))
}

/// A square button with only an icon. The title is its name, too: with a label of the same words, readers would
/// say them twice.
pub fn icon_button(symbol: &str, label: &str) -> Markup {
    button("button quiet square").set("title", label).child(icon(symbol))
}
