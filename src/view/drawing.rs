//! The data that all views of the schedule share: the report, its drawing, and the selection.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::explain::{Mark, marks};
use crate::layout::{Arrangement, Direction, Letters, Pane, Scene, timeline};
use crate::{Report, TaskId};

use super::Showing;
use super::alike;
use super::compare::changes::{Changes, TaskChange};
use super::frame::Frame;

/// A report with all data derived from it for the screen. Tasks are identified by their position in its plan.
#[derive(Debug, Default)]
pub struct Drawing {
    /// The drawn report.
    pub report: Report,
    /// The sign of each task.
    pub marks: Vec<Option<Mark>>,
    /// Whether each task is on the critical path.
    pub is_critical: Vec<bool>,
    /// Identifies each task across reports: its id, with a number if several tasks have that id.
    pub keys: Vec<String>,
    /// For each task, the position in its title at which titles that begin alike differ; see [`alike`].
    pub differs_at: Vec<usize>,
    /// What the scene is made from.
    pub arrangement: Arrangement,
    /// All positions.
    pub scene: Scene,
    /// What the scene is made for.
    frame: Frame,
    /// Whether cards glide to their places: they do if the plan has changed, and not the pane.
    pub glides: bool,
    /// The previous positions of tasks that changed their phase.
    pub came_from: Vec<Option<(i32, i32)>>,
    /// The differences from another plan, in a comparison.
    pub changes: Option<Changes>,
    /// The number of open threads, for tasks that have any.
    pub open_threads: BTreeMap<TaskId, usize>,
    /// The number of documents opened so far.
    document: u32,
    at: FxHashMap<String, usize>,
}

impl Drawing {
    /// Derives everything. `before` is the previous drawing; if it is of the same document, cards move from
    /// their positions there. `changes` is the comparison with the other plan of an earlier drawing.
    pub fn new(before: &Drawing, report: Report, changes: Option<Changes>, document: u32) -> Drawing {
        let mut drawn = Drawing { marks: marks(&report), document, report, ..Drawing::default() };
        drawn.open_threads.clone_from(&before.open_threads);
        drawn.frame.clone_from(&before.frame);
        drawn.is_critical = vec![false; drawn.report.plan.tasks.len()];
        for &task in &drawn.report.schedule.critical_path {
            drawn.is_critical[task] = true;
        }
        let titles: Vec<&str> = drawn.report.plan.tasks.iter().map(|task| task.title.as_str()).collect();
        drawn.differs_at = alike::differs_at(&titles);
        drawn.keys = drawn.report.plan.unique_names();
        drawn.at = drawn.keys.iter().enumerate().map(|(task, key)| (key.clone(), task)).collect();
        let letters = Letters::of(&drawn.report.plan);
        drawn.arrangement = Arrangement::new(&drawn.report.analysis, &drawn.report.schedule, letters);
        drawn.compare(changes);
        let is_same = before.document == drawn.document;
        let old_card = |key: &String| before.scene.card(*before.at.get(key).filter(|_| is_same)?);
        let moved = |(task, key): (usize, &String)| {
            let (old, new) = (old_card(key)?, drawn.scene.card(task)?);
            (old.phase != new.phase).then_some((old.x, old.y))
        };
        drawn.came_from = drawn.keys.iter().enumerate().map(moved).collect();
        drawn.glides = is_same;
        drawn
    }

    /// Compares the drawn plan with the other plan of a comparison, which may be of an earlier drawing.
    pub fn compare(&mut self, earlier: Option<Changes>) {
        self.changes = earlier.map(|Changes { with, other, is_swapped, .. }| {
            Changes::new(with, other, &self.report, is_swapped)
        });
        self.place();
    }

    /// Draws for another pane or zoom, if they differ from those of the last time.
    pub fn fit(&mut self, frame: &Frame) {
        if self.frame != *frame {
            self.frame.clone_from(frame);
            self.came_from = vec![None; self.report.plan.tasks.len()];
            self.glides = false;
            self.place();
        }
    }

    fn place(&mut self) {
        let (width, height) = self.frame.room();
        let unfolded = self.frame.unfolded.iter().filter_map(|id| self.find(id)).collect();
        let pane = Pane { width, height, zoom: self.frame.zoom, unfolded };
        let ghosts = self.changes.as_ref().map_or(&[][..], |changes| &changes.ghost_phases);
        self.scene = self.arrangement.scene(&pane, ghosts);
    }

    /// Whether the run with this task is drawn as single phases, because the user wants that.
    pub fn is_unfolded(&self, task: usize) -> bool {
        self.frame.unfolded.contains(&self.report.plan.tasks[task].id)
    }

    /// The change of a task, in a comparison.
    pub fn change_of(&self, task: usize) -> Option<&TaskChange> {
        self.changes.as_ref()?.of_task.get(task)?.as_ref()
    }

    /// Position of the first task with this id.
    pub fn find(&self, id: &TaskId) -> Option<usize> {
        self.at.get(id.as_str()).copied()
    }

    /// Whether it is a drawing of the document with this number.
    pub fn is_of(&self, document: u32) -> bool {
        self.document == document
    }

    /// The phase of a task.
    pub fn phase_of(&self, task: usize) -> Option<usize> {
        self.report.schedule.phase_of.get(task).copied().flatten()
    }

    /// The selection when this task is selected.
    pub fn picked(&self, selected: Option<&TaskId>, focus_mode: bool) -> Picked {
        let selected = selected.and_then(|id| self.find(id));
        let relations = selected.map_or(Vec::new(), |task| relations(&self.report, task));
        Picked { selected, relations, fades: selected.is_some() && focus_mode }
    }

    /// The next task in a direction within the view; the first task if there is no start.
    pub fn neighbour(
        &self,
        from: Option<&TaskId>,
        showing: Showing,
        direction: Direction,
    ) -> Option<&TaskId> {
        let next = match from.and_then(|id| self.find(id)) {
            Some(task) => self.step(showing, task, direction),
            None => self.scene.cards.first().map(|card| card.task),
        };
        Some(&self.report.plan.tasks.get(next?)?.id)
    }

    fn step(&self, showing: Showing, task: usize, direction: Direction) -> Option<usize> {
        let is_along_line = matches!(direction, Direction::Back | Direction::Forward);
        let schedule = &self.report.schedule;
        match (showing, direction) {
            (Showing::Timeline, _) if !is_along_line => {
                timeline::step(&timeline::rolling(&self.report.plan, schedule), task, direction)
            }
            (Showing::Outline | Showing::Brief, Direction::Up | Direction::Down) => {
                let mut listed = schedule.phases.iter().flat_map(|phase| &phase.tasks);
                let at = listed.clone().position(|other| *other == task)?;
                listed.nth(if direction == Direction::Up { at.checked_sub(1)? } else { at + 1 }).copied()
            }
            _ => self.scene.step(task, direction),
        }
    }
}

/// The relation of a task to the selected one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It is the selected task.
    Itself,
    /// The selected task waits for it, directly or indirectly.
    Before,
    /// It waits for the selected task, directly or indirectly.
    After,
}

/// The selection, by positions of tasks.
#[derive(Debug)]
pub struct Picked {
    /// The selected task.
    pub selected: Option<usize>,
    /// The relation of each task to the selected one; empty without a selection.
    pub relations: Vec<Option<Relation>>,
    /// Whether to fade tasks unrelated to the selected one.
    pub fades: bool,
}

fn relations(report: &Report, selected: usize) -> Vec<Option<Relation>> {
    let ancestors = &report.analysis.order.ancestors;
    let waits = |task: usize, other: usize| ancestors.get(task).is_some_and(|before| before.contains(other));
    let relation = |task| match task {
        _ if task == selected => Some(Relation::Itself),
        _ if waits(selected, task) => Some(Relation::Before),
        _ if waits(task, selected) => Some(Relation::After),
        _ => None,
    };
    (0..report.plan.tasks.len()).map(relation).collect()
}
