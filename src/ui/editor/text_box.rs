//! Plan text: a plain text box over coloured lines. The box is transparent, so typing, selection, spelling
//! aids and touch keyboards remain the browser's own.

use std::ops::Range;
use std::time::Duration;

use crate::ui::state::{Derived, State};
use leptos::prelude::*;
use phaseplan::document::lines::{Line, lines};
use phaseplan::document::{TextPatch, caret};
use web_sys::{
    ClipboardEvent, Element, Event, HtmlElement, HtmlTextAreaElement, KeyboardEvent, PointerEvent,
};

use super::super::element::{El, effect, el};
use super::super::keys::test;
use super::super::timer::Timer;
use super::super::workspace::{Workspace, Writing};
use super::super::{files, incoming};
use super::overlay;
use super::underlined::{Underlined, under_pointer};

/// Larger texts, in lines, are not wrapped, and only their visible lines are drawn.
const LARGE: usize = 2_000;
/// The lines drawn above and below the screen in a large text.
const MARGIN: usize = 40;
/// The height of a line of a large text, in CSS pixels, as in `editor.css`.
const LINE_HEIGHT: usize = 20;
/// The pause in typing before problems are underlined.
const PAUSE: Duration = Duration::from_millis(400);

/// The elements and the state of the text pane.
#[derive(Clone)]
struct Sheet {
    workspace: Workspace,
    text_box: HtmlTextAreaElement,
    lines: HtmlElement,
    scroller: HtmlElement,
    /// The drawn lines.
    painted: State<Vec<Line>>,
    underlined: State<Underlined>,
    /// The message of the underline at the caret.
    said: State<String>,
    /// The range of lines that are drawn of a large text.
    window: State<Range<usize>>,
    is_large: Derived<bool>,
    /// Set by Esc: the next Tab leaves the box.
    tab_leaves: State<bool>,
    /// The number of the document that the box shows.
    opening: State<u32>,
}

/// The text pane, and its description for screen readers.
pub fn text_box(workspace: Workspace) -> [El; 3] {
    let box_element = el("textarea")
        .class("editor-text")
        .test(test::TEXT)
        .attr("aria-label", "Plan text")
        .attr("aria-describedby", "editor-help")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", PLACEHOLDER)
        .attr_when("readonly", move || {
            workspace.document.with(|document| document.is_read_only || document.shared.is_some())
        });
    let lines = el("div").class("editor-lines").attr("aria-hidden", "true").test(test::LINES);
    let paper = el("div").class("editor-sheet");
    let scroller = el("div").class("editor");
    let sheet = Sheet {
        workspace,
        text_box: box_element.node(),
        lines: lines.node(),
        scroller: scroller.node(),
        painted: State::new(Vec::new()),
        underlined: State::new(Underlined::default()),
        said: State::new(String::new()),
        // Until the text has been scrolled or laid out; drawing all lines of a large text would take seconds.
        window: State::new(0..2 * MARGIN),
        is_large: Derived::new(move || line_count(workspace) > LARGE),
        tab_leaves: State::new(false),
        opening: State::new(0),
    };
    let (is_large, said) = (sheet.is_large, sheet.said);
    let height = move || is_large.get().then(|| format!("{}px", line_count(workspace) * LINE_HEIGHT + 50));
    let paper = paper
        .live_style("min-height", height)
        .live_style("min-width", move || is_large.get().then(|| widest_line(workspace)))
        .child(lines)
        .child(sheet.listen(box_element));
    let scrolled = sheet.clone();
    let scroller = scroller
        .class_when("large", move || is_large.get())
        .attr_when("hidden", move || workspace.writing.get() == Writing::Table)
        .on("scroll", move |_: Event| scrolled.move_window())
        .child(paper);
    sheet.follow_signals();
    let help = el("p")
        .class("spoken")
        .attr("id", "editor-help")
        .text("One task per line. Press Escape, then Tab, to leave the text.");
    let says = el("p")
        .class("editor-says")
        .test(test::TEXT_SAYS)
        .attr("role", "status")
        .attr_when("hidden", move || workspace.writing.get() == Writing::Table)
        .live_option(move || said.with(|said| (!said.is_empty()).then(|| el("span").sentence(said))));
    [scroller, says, help]
}

/// As in `index.html`.
const PLACEHOLDER: &str = "- Cart schema @owns(db/**) ~20m\n- Cart page @owns(src/cart/**) @after(T1) \
    ~45m\n- Docs @owns(docs/**) ~10m";

fn line_count(workspace: Workspace) -> usize {
    workspace.text.get().bytes().filter(|&letter| letter == b'\n').count() + 1
}

/// The width of the longest line of a large text, whose lines are not wrapped.
fn widest_line(workspace: Workspace) -> String {
    let text = workspace.text.get();
    let widest = text.split('\n').map(|line| line.chars().count()).max().unwrap_or(0);
    format!("{}ch", widest + 8)
}

impl Sheet {
    fn listen(&self, text_box: El) -> El {
        let workspace = self.workspace;
        let sheet = || self.clone();
        let (pressing, pasting, leaving) = (sheet(), sheet(), self.tab_leaves);
        let (typing, walking, clicking, pointing) = (sheet(), sheet(), sheet(), sheet());
        text_box
            .on("input", move |_: Event| workspace.typed(typing.text_box.value()))
            .on("keydown", move |event| pressing.press(event))
            .on("keyup", move |_: Event| walking.follow_caret())
            .on("click", move |_: Event| clicking.follow_caret())
            .on("pointermove", move |event: PointerEvent| pointing.point(&event))
            .on("focus", move |_: Event| leaving.put(false))
            .on("paste", move |event| pasting.paste(event))
    }

    fn follow_signals(&self) {
        let sheet = self.clone();
        effect(move || sheet.show_text());
        let sheet = self.clone();
        effect(move || sheet.paint());
        let sheet = self.clone();
        effect(move || sheet.show_selection());
        self.underline_after_a_pause();
        let sheet = self.clone();
        effect(move || {
            sheet.underlined.track();
            // What was under the pointer may be somewhere else, or gone.
            let _ = sheet.text_box.remove_attribute("title");
            sheet.say();
        });
        let sheet = self.clone();
        effect(move || {
            if let Some(byte) = sheet.workspace.caret_wanted.get() {
                sheet.workspace.caret_wanted.put(None);
                sheet.put_caret(byte);
            }
        });
    }

    /// Shows the text of the document in the box, with the caret after the changed part.
    fn show_text(&self) {
        let text = self.workspace.text.get();
        let text_box = &self.text_box;
        let shown = text_box.value();
        if *shown == *text {
            return;
        }
        text_box.set_value(&text);
        let opening = self.workspace.opening.get_untracked();
        if self.opening.get_untracked() != opening {
            self.opening.put(opening);
            let _ = text_box.set_selection_range(0, 0);
            self.workspace.caret_line.set(0);
            self.scroller.set_scroll_top(0);
        } else if is_focused(text_box) {
            let patch = TextPatch::between(&shown, &text);
            let caret = caret::units_of(&text, patch.at + patch.inserted.len()) as u32;
            let _ = text_box.set_selection_range(caret, caret);
        }
    }

    /// Draws the lines that differ from those on the screen.
    fn paint(&self) {
        let text = self.workspace.text.get();
        let window = if self.is_large.get() { self.window.get() } else { 0..usize::MAX };
        let drawn = self.underlined.with(|underlined| lines(&text, &underlined.underlines, window.clone()));
        self.painted.update_silently(|painted| {
            overlay::paint(&self.lines, painted, &drawn);
            *painted = drawn;
        });
        let first = self.first_drawn();
        let style = self.lines.style();
        let _ = style.set_property("counter-reset", &format!("line {first}"));
        let _ = style.set_property("translate", &format!("0 {}px", first * LINE_HEIGHT));
        untrack(|| self.mark());
    }

    /// Marks the line of the caret and the lines of the selected task, and returns the latter.
    fn mark(&self) -> Range<usize> {
        let first = self.first_drawn();
        let chosen = self.workspace.selection.get();
        let chosen = chosen.and_then(|id| self.workspace.lines_of(&id)).unwrap_or(0..0);
        let here = self.workspace.caret_line.get();
        overlay::mark(&self.lines, "chosen", &shifted(&chosen, first));
        overlay::mark(&self.lines, "here", &shifted(&(here..here + 1), first));
        chosen
    }

    /// Marks lines, and scrolls to the selected task unless the caret is in the box.
    fn show_selection(&self) {
        let chosen = self.mark();
        if !is_focused(&self.text_box) && !chosen.is_empty() {
            self.scroll_to(chosen.start, self.first_drawn());
        }
    }

    /// The number of the first drawn line.
    fn first_drawn(&self) -> usize {
        if self.is_large.get_untracked() { self.window.get_untracked().start } else { 0 }
    }

    fn scroll_to(&self, line: usize, first: usize) {
        let (container, scroller) = (&self.lines, &self.scroller);
        let top = match line.checked_sub(first).and_then(|at| container.children().item(at as u32)) {
            Some(element) => {
                let from_top =
                    element.get_bounding_client_rect().top() - scroller.get_bounding_client_rect().top();
                from_top + f64::from(scroller.scroll_top())
            }
            None => (line * LINE_HEIGHT) as f64,
        };
        let (seen_from, height) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
        if top < seen_from || top > seen_from + height - 60.0 {
            scroller.set_scroll_top((top - height / 3.0).max(0.0) as i32);
        }
    }

    /// Draws other lines of a large text after scrolling.
    fn move_window(&self) {
        if !self.is_large.get_untracked() {
            return;
        }
        let scroller = &self.scroller;
        let first = (scroller.scroll_top().max(0) as usize / LINE_HEIGHT).saturating_sub(MARGIN);
        let shown = scroller.client_height().max(0) as usize / LINE_HEIGHT + 2 * MARGIN;
        let window = first..first + shown;
        if self.window.get_untracked() != window {
            self.window.set(window);
        }
    }

    /// Underlines problems after a pause in typing.
    fn underline_after_a_pause(&self) {
        let (workspace, underlined) = (self.workspace, self.underlined);
        let waiting = Timer::new();
        effect(move || {
            let planned = workspace.planned.get();
            waiting.start(PAUSE, move || {
                let is_current = !workspace.planning.get_untracked();
                let now = Underlined::of(&planned);
                if is_current && underlined.with_untracked(|before| *before != now) {
                    underlined.set(now);
                }
            });
        });
        // Between a keystroke and the next check, underlines would be in the wrong place.
        let before = State::new(workspace.text.get_untracked());
        effect(move || {
            let now = workspace.text.get();
            let is_drawn = underlined.with_untracked(|underlined| *underlined != Underlined::default());
            if before.get_untracked() != now && is_drawn {
                underlined.set(Underlined::default());
            }
            before.put(now);
        });
        let sheet = self.clone();
        effect(move || {
            if sheet.is_large.get() {
                sheet.move_window();
            }
        });
    }

    fn press(&self, event: KeyboardEvent) {
        match event.key().as_str() {
            "Escape" => self.tab_leaves.put(true),
            "Tab" if !event.shift_key() && !self.tab_leaves.get_untracked() && !event.is_composing() => {
                event.prevent_default();
                self.indent();
            }
            "Tab" | "Shift" => {}
            _ => self.tab_leaves.put(false),
        }
    }

    fn indent(&self) {
        let text_box = &self.text_box;
        let text = text_box.value();
        let (from, to) = selection(text_box, &text);
        let (text, from, to) = caret::indented(&text, from, to);
        text_box.set_value(&text);
        let units = |byte| caret::units_of(&text, byte) as u32;
        let _ = text_box.set_selection_range(units(from), units(to));
        self.workspace.typed(text);
    }

    /// Moves the focus and the caret to a byte of the text, and scrolls to its line.
    fn put_caret(&self, byte: usize) {
        let text = self.workspace.text.get_untracked();
        let units = caret::units_of(&text, text.floor_char_boundary(byte)) as u32;
        let _ = self.text_box.focus();
        let _ = self.text_box.set_selection_range(units, units);
        self.follow_caret();
        self.scroll_to(self.workspace.caret_line.get_untracked(), self.first_drawn());
    }

    /// Shows the message of the problem at the caret.
    fn say(&self) {
        let said = if is_focused(&self.text_box) {
            let text = self.workspace.text.get_untracked();
            let (from, _) = selection(&self.text_box, &text);
            self.underlined.with_untracked(|underlined| underlined.said_at(from))
        } else {
            String::new()
        };
        if self.said.with_untracked(|before| *before != said) {
            self.said.set(said);
        }
    }

    /// Shows the message of the problem under the pointer, as the tooltip of the box.
    fn point(&self, event: &PointerEvent) {
        let said = under_pointer(event)
            .map(|diagnostic| self.underlined.with_untracked(|underlined| underlined.said_of(diagnostic)));
        let said = said.unwrap_or_default().replace('`', "");
        if self.text_box.title() != said {
            self.text_box.set_title(&said);
        }
    }

    /// Selects the task at the caret.
    fn follow_caret(&self) {
        self.say();
        let text_box = &self.text_box;
        let text = self.workspace.text.get_untracked();
        let (from, _) = selection(text_box, &text);
        let line = caret::line_of(&text, from);
        self.workspace.caret_line.set(line);
        let id = self.workspace.task_at_line(line);
        if self.workspace.selection.with_untracked(|selected| *selected != id) {
            self.workspace.selection.set(id);
        }
    }

    /// Pastes a whole plan from the clipboard, if the box is empty or all of its text is selected.
    fn paste(&self, event: ClipboardEvent) {
        let Some(data) = event.clipboard_data() else { return };
        let text_box = &self.text_box;
        let files = files::listed(data.files());
        if files.length() > 0 {
            event.prevent_default();
            incoming::open_files(self.workspace, files);
            return;
        }
        let shown = text_box.value();
        let (from, to) = selection(text_box, &shown);
        let pasted = data.get_data("text/plain").unwrap_or_default();
        if shown[..from].trim().is_empty() && shown[to..].trim().is_empty() && !pasted.trim().is_empty() {
            event.prevent_default();
            incoming::take(self.workspace, pasted);
        } else if pasted.contains(['\n', '#']) {
            incoming::offer(self.workspace, pasted);
        }
    }
}

/// The selection in bytes.
fn selection(text_box: &HtmlTextAreaElement, text: &str) -> (usize, usize) {
    let from = text_box.selection_start().ok().flatten().unwrap_or(0) as usize;
    let to = text_box.selection_end().ok().flatten().unwrap_or(0) as usize;
    (caret::byte_of(text, from), caret::byte_of(text, to))
}

fn is_focused(element: &Element) -> bool {
    document().active_element().is_some_and(|active| active == *element)
}

fn shifted(lines: &Range<usize>, by: usize) -> Range<usize> {
    lines.start.saturating_sub(by)..lines.end.saturating_sub(by)
}
