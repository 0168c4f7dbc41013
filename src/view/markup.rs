//! Elements as plain data.
//!
//! What is drawn travels to the page as these, and the page brings itself to them, touching only what differs. Text stays
//! text: nothing here is ever read as HTML.

/// An element that is wanted on the page, or a text if it has no tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup {
    /// Name of the element; empty for a text.
    pub tag: &'static str,
    /// Tells which element of the page it is when elements around it come and go; empty if its place tells enough.
    pub key: String,
    /// Names that begin with `style:` are properties of the style, which the content security policy allows to be set one
    /// by one only. The name `value` is what a form control holds.
    pub attributes: Vec<(&'static str, String)>,
    /// What a text says.
    pub text: String,
    /// What is inside, in order.
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

/// The symbol with this id, as decoration: the words beside it or the label of its button say what it means. Symbols stand in
/// `index.html`, so that they cost the program nothing.
pub fn icon(name: &str) -> Markup {
    markup("svg", "icon")
        .set("aria-hidden", "true")
        .child(markup("use", "").set("href", &["#", name].concat()))
}

/// A square button that shows only an icon.
pub fn icon_button(symbol: &str, label: &str) -> Markup {
    button("button quiet square").set("aria-label", label).set("title", label).child(icon(symbol))
}
