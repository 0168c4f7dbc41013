//! What a card shows, as plain data, so that a card is touched only when something on it changes.

use phaseplan::explain::{self, Mark};

use super::drawing::{Drawn, Shown};

/// Everything on a card but what depends on selection and pointer.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    pub id: String,
    pub title: String,
    pub minutes: String,
    pub agent: String,
    pub files: String,
    pub mark: Option<Mark>,
    pub is_critical: bool,
    pub is_unknown: bool,
    /// What colours and places say, in words for screen readers.
    pub spoken: String,
}

/// Where a card stands, relative to its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub x: i32,
    pub y: i32,
    /// Where it came from, if it was in another phase before.
    pub from: Option<(i32, i32)>,
}

/// What is written on the card of a task.
pub fn face(shown: &Shown, task: usize) -> Face {
    let plan = &shown.report.plan;
    let planned = &plan.tasks[task];
    let minutes = plan.minutes_of(planned);
    let mark = shown.marks[task].clone();
    let is_critical = shown.is_critical[task];
    let mut spoken = explain::duration_in_words(minutes);
    if let Some(phase) = shown.report.schedule.phase_of.get(task).copied().flatten() {
        spoken.push_str(&format!(", phase {}", phase + 1));
    }
    let notes = mark.iter().map(|mark| mark.note.as_str());
    for note in notes.chain(is_critical.then_some("on the critical path")) {
        spoken.push_str(", ");
        spoken.push_str(note);
    }
    Face {
        id: planned.id.to_string(),
        title: title(&planned.title),
        minutes: explain::duration(minutes),
        agent: planned.agent.clone(),
        files: explain::files(planned),
        mark,
        is_critical,
        is_unknown: planned.has_unknown_ownership(),
        spoken,
    }
}

/// A title, or that there is none.
pub fn title(title: &str) -> String {
    if title.trim().is_empty() { "Untitled task".to_owned() } else { title.to_owned() }
}

/// Where the card of a task stands in its column.
pub fn place(drawn: &Drawn, task: usize) -> Option<Place> {
    let card = drawn.scene.card(task)?;
    let column = drawn.scene.columns[card.phase].x;
    let from = drawn.came_from.get(task).copied().flatten().map(|(x, y)| (x - column, y));
    Some(Place { x: card.x - column, y: card.y, from })
}
