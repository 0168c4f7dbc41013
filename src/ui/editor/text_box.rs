//! Plan text: a plain text box over coloured lines. The box itself is transparent, so that typing, selecting, spelling
//! aids and touch keyboards are the browser's own.

use std::ops::Range;
use std::time::Duration;

use crate::ui::state::{Derived, State};
use leptos::prelude::*;
use phaseplan::document::lines::{Line, Wave, lines};
use phaseplan::document::{TextPatch, caret};
use web_sys::{ClipboardEvent, Element, Event, HtmlElement, HtmlTextAreaElement, KeyboardEvent};

use super::super::element::{El, effect, el};
use super::super::keys::test;
use super::super::timer::Timer;
use super::super::workspace::{Workspace, Writing};
use super::super::{files, incoming};
use super::overlay;

/// With more lines, lines are not wrapped and only those on the screen are drawn.
const LARGE: usize = 2_000;
/// Lines drawn above and below the screen of a large text.
const MARGIN: usize = 40;
/// Height of a line of a large text, in CSS pixels, as in `panes.css`.
const LINE_HEIGHT: usize = 20;
/// Pause in typing before mistakes are underlined.
const PAUSE: Duration = Duration::from_millis(400);

/// The elements and the state of the text pane.
#[derive(Clone)]
struct Sheet {
    workspace: Workspace,
    text_box: HtmlTextAreaElement,
    lines: HtmlElement,
    scroller: HtmlElement,
    /// What the lines show.
    painted: State<Vec<Line>>,
    waves: State<Vec<Wave>>,
    /// Which lines are drawn: all of them, unless the text is large.
    window: State<Range<usize>>,
    is_large: Derived<bool>,
    /// Set by Esc: the next Tab leaves the box.
    tab_leaves: State<bool>,
    /// Which of the opened documents the box shows.
    opening: State<u32>,
}

/// The text pane, and what screen readers are told about it.
pub fn text_box(workspace: Workspace) -> [El; 2] {
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
        waves: State::new(Vec::new()),
        window: State::new(0..usize::MAX),
        is_large: Derived::new(move || line_count(workspace) > LARGE),
        tab_leaves: State::new(false),
        opening: State::new(0),
    };
    let is_large = sheet.is_large;
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
        .text("One task per line. Press Escape and then Tab to leave the text.");
    [scroller, help]
}

/// As in `index.html`.
const PLACEHOLDER: &str = "- Cart schema @owns(db/**) ~20m\n- Cart page @owns(src/cart/**) @after(T1) ~45m\n- Docs @owns(docs/**) ~10m";

fn line_count(workspace: Workspace) -> usize {
    workspace.text.get().bytes().filter(|&letter| letter == b'\n').count() + 1
}

/// Width of the longest line of a large text, whose lines are not wrapped.
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
        let (typing, walking, clicking) = (sheet(), sheet(), sheet());
        text_box
            .on("input", move |_: Event| workspace.typed(typing.text_box.value()))
            .on("keydown", move |event| pressing.press(event))
            .on("keyup", move |_: Event| walking.follow_caret())
            .on("click", move |_: Event| clicking.follow_caret())
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
    }

    /// Makes the box show the text of the document, with the caret behind what changed.
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
        let drawn = self.waves.with(|waves| lines(&text, waves, window.clone()));
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

    /// Marks the line of the caret and the lines of the selected task, which it returns.
    fn mark(&self) -> Range<usize> {
        let first = self.first_drawn();
        let chosen = self.workspace.selection.get();
        let chosen = chosen.and_then(|id| self.workspace.lines_of(&id)).unwrap_or(0..0);
        let here = self.workspace.caret_line.get();
        overlay::mark(&self.lines, "chosen", &shifted(&chosen, first));
        overlay::mark(&self.lines, "here", &shifted(&(here..here + 1), first));
        chosen
    }

    /// Marks, and brings the selected task on the screen unless the caret is in the box.
    fn show_selection(&self) {
        let chosen = self.mark();
        if !is_focused(&self.text_box) && !chosen.is_empty() {
            self.scroll_to(chosen.start, self.first_drawn());
        }
    }

    /// The number of the first line that is drawn.
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

    /// Draws other lines of a large text after it was scrolled.
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

    /// Underlines what is wrong once nobody has typed for a while.
    fn underline_after_a_pause(&self) {
        let (workspace, waves) = (self.workspace, self.waves);
        let waiting = Timer::new();
        effect(move || {
            let planned = workspace.planned.get();
            waiting.start(PAUSE, move || {
                let is_current = !workspace.planning.get_untracked();
                if is_current && waves.with_untracked(|waves| *waves != planned.waves) {
                    waves.set(planned.waves.clone());
                }
            });
        });
        // Between a keystroke and the next search, underlines would stand in the wrong place.
        let length = State::new(0);
        effect(move || {
            let now = workspace.text.get().len();
            if length.get_untracked() != now && waves.with_untracked(|waves| !waves.is_empty()) {
                waves.set(Vec::new());
            }
            length.put(now);
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

    /// Selects the task that the caret is in.
    fn follow_caret(&self) {
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

    /// Takes a whole plan from the clipboard, if the box is empty or everything in it is selected.
    fn paste(&self, event: ClipboardEvent) {
        let Some(data) = event.clipboard_data() else { return };
        let text_box = &self.text_box;
        if let Some(file) = data.files().and_then(|files| files.item(0)) {
            event.prevent_default();
            files::open(self.workspace, file);
            return;
        }
        let shown = text_box.value();
        let (from, to) = selection(text_box, &shown);
        let pasted = data.get_data("text/plain").unwrap_or_default();
        if shown[..from].trim().is_empty() && shown[to..].trim().is_empty() && !pasted.trim().is_empty() {
            event.prevent_default();
            incoming::take(self.workspace, pasted);
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
