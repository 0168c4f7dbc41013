//! One field of a form: shows a value and gives back what was written when the person is done with it.

use leptos::prelude::*;
use web_sys::Event;

use crate::ui::element::{El, el};

/// How a field is entered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// One line in the type of code.
    Code,
    /// Several lines in the type of code.
    CodeLines,
    /// Several lines of prose.
    Prose,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// What a field needs to know.
pub struct Field {
    /// Name of the field as in JSON; `data-field`.
    pub name: &'static str,
    /// Words for people and screen readers.
    pub label: &'static str,
    /// Shown in grey while it is empty.
    pub hint: &'static str,
    /// How it is entered.
    pub shape: Shape,
    /// The value as it is.
    pub value: Signal<String>,
    /// Takes what was written; gives a sentence if something is wrong with it. The field keeps it for mending.
    pub write: Box<dyn Fn(String) -> Option<String>>,
}

impl Field {
    /// The control alone; the label is only read out.
    pub fn bare(self) -> El {
        self.control(RwSignal::new(String::new()))
    }

    /// The control below its label, and above what is wrong with it.
    pub fn labelled(self) -> El {
        let problem = RwSignal::new(String::new());
        el("div")
            .class("labelled")
            .child(el("span").class("label").attr("aria-hidden", "true").text(self.label))
            .child(self.control(problem))
            .child(
                el("p")
                    .class("field-problem")
                    .attr("role", "alert")
                    .attr_when("hidden", move || problem.with(String::is_empty))
                    .live_text(move || problem.get()),
            )
    }

    /// `problem` is empty while nothing is wrong.
    fn control(self, problem: RwSignal<String>) -> El {
        let Field { name, label, hint, shape, value, write } = self;
        let leave = move |event: Event| {
            let written = event_target_value(&event);
            if written != value.get_untracked() {
                problem.set(write(written).unwrap_or_default());
            }
        };
        let is_code = matches!(shape, Shape::Code | Shape::CodeLines);
        let control = match shape {
            Shape::Line | Shape::Code => el("input"),
            Shape::CodeLines | Shape::Prose => {
                let rows = move || value.with(|text| text.lines().count().clamp(2, 8).to_string());
                el("textarea").live_attr("rows", move || Some(rows()))
            }
            Shape::Choice(options) => el("select")
                .children(options.iter().map(|option| el("option").attr("value", option).text(option))),
        };
        control
            .class(if is_code { "field mono" } else { "field" })
            .attr("data-field", name)
            .attr("aria-label", label)
            .attr("placeholder", hint)
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .state("aria-invalid", move || problem.with(|problem| !problem.is_empty()))
            .live_value(move || value.get())
            .on("change", leave)
    }
}
