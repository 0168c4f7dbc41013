//! One field of a form: shows a value and gives back what was written when the person is done with it.

use leptos::prelude::*;

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
    pub label: String,
    /// Shown in grey while it is empty.
    pub hint: &'static str,
    /// How it is entered.
    pub shape: Shape,
    /// The value as it is.
    pub value: Signal<String>,
    /// Takes what was written; gives a sentence if it can't be read. The field then keeps it for mending.
    pub write: Callback<String, Option<String>>,
}

impl Field {
    /// The control alone; the label is only read out.
    pub fn bare(self) -> AnyView {
        self.control(RwSignal::new(None))
    }

    /// The control below its label, and above what is wrong with it.
    pub fn labelled(self) -> AnyView {
        let label = self.label.clone();
        let problem = RwSignal::new(None);
        let control = self.control(problem);
        view! {
            <div class="labelled">
                <span class="label" aria-hidden="true">{label}</span>
                {control}
                {move || problem.get().map(|text: String| view! { <p class="field-problem" role="alert">{text}</p> })}
            </div>
        }
        .into_any()
    }

    fn control(self, problem: RwSignal<Option<String>>) -> AnyView {
        let Field { name, label, hint, shape, value, write } = self;
        let shown = move || value.get();
        let leave = move |event: web_sys::Event| {
            let written = event_target_value(&event);
            if written != value.get_untracked() {
                problem.set(write.run(written));
            }
        };
        let invalid = move || problem.with(Option::is_some).then_some("true");
        match shape {
            Shape::Line | Shape::Code => {
                let class = if shape == Shape::Code { "field mono" } else { "field" };
                view! {
                    <input class=class data-field=name aria-label=label placeholder=hint autocomplete="off" spellcheck="false"
                        aria-invalid=invalid prop:value=shown on:change=leave/>
                }
                .into_any()
            }
            Shape::CodeLines | Shape::Prose => {
                let class = if shape == Shape::CodeLines { "field mono" } else { "field" };
                let rows = move || value.with(|text| text.lines().count().clamp(2, 8).to_string());
                view! {
                    <textarea class=class data-field=name aria-label=label placeholder=hint autocomplete="off" spellcheck="false"
                        rows=rows aria-invalid=invalid prop:value=shown on:change=leave></textarea>
                }
                .into_any()
            }
            Shape::Choice(options) => {
                let options = options.iter().map(|option| {
                    view! { <option value=*option prop:selected=move || value.with(|chosen| chosen == option)>{*option}</option> }
                });
                view! {
                    <select class="field" data-field=name aria-label=label on:change=leave>{options.collect_view()}</select>
                }
                .into_any()
            }
        }
    }
}
