//! What the views of the schedule share: the report with the drawing of it, and what is picked in it.

use std::sync::Arc;

use leptos::prelude::*;
use phaseplan::explain::{Mark, marks};
use phaseplan::layout::Scene;
use phaseplan::{Report, TaskId};
use rustc_hash::FxHashMap;

use crate::ui::workspace::{Side, Workspace};

/// A report with all that is derived from it for the screen. Tasks are named by their position in its plan.
#[derive(Default)]
pub struct Drawn {
    pub report: Arc<Report>,
    /// The sign of each task.
    pub marks: Vec<Option<Mark>>,
    /// Whether each task is on the critical path.
    pub is_critical: Vec<bool>,
    /// Names each task from one report to the next: its id, with a number if others have the same id.
    pub keys: Vec<String>,
    pub scene: Arc<Scene>,
    /// Where tasks that changed their phase stood in the drawing before.
    pub came_from: Vec<Option<(i32, i32)>>,
    /// See [`Workspace::opening`].
    document: u32,
    at: FxHashMap<String, usize>,
}

impl Drawn {
    fn new(before: Option<&Drawn>, report: Arc<Report>, scene: Arc<Scene>, document: u32) -> Drawn {
        let mut drawn = Drawn { marks: marks(&report), document, report, scene, ..Drawn::default() };
        drawn.is_critical = vec![false; drawn.report.plan.tasks.len()];
        for &task in &drawn.report.schedule.critical_path {
            drawn.is_critical[task] = true;
        }
        drawn.keys = drawn.report.plan.unique_names();
        drawn.at = drawn.keys.iter().enumerate().map(|(task, key)| (key.clone(), task)).collect();
        let before = before.filter(|before| before.document == drawn.document);
        let old_card = |key: &String| before.and_then(|before| before.scene.card(*before.at.get(key)?));
        let moved = |(task, key): (usize, &String)| {
            let (old, new) = (old_card(key)?, drawn.scene.card(task)?);
            (old.phase != new.phase).then_some((old.x, old.y))
        };
        drawn.came_from = drawn.keys.iter().enumerate().map(moved).collect();
        drawn
    }

    /// Position of the first task with this id.
    pub fn find(&self, id: &TaskId) -> Option<usize> {
        self.at.get(id.as_str()).copied()
    }

    /// Position in this report of a task of another report.
    pub fn find_same(&self, other: &Drawn, task: usize) -> Option<usize> {
        self.at.get(other.keys.get(task)?).copied()
    }

    /// The phase of a task.
    pub fn phase_of(&self, task: usize) -> Option<usize> {
        self.report.schedule.phase_of.get(task).copied().flatten()
    }
}

impl PartialEq for Drawn {
    fn eq(&self, other: &Drawn) -> bool {
        Arc::ptr_eq(&self.report, &other.report)
    }
}

/// How a task stands to the selected one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Itself,
    /// The selected task waits for it, directly or not.
    Before,
    /// It waits for the selected task, directly or not.
    After,
}

/// What is picked, as positions of tasks.
pub struct Picked {
    pub selected: Option<usize>,
    /// For each task how it stands to the selected one; empty without selection.
    pub relations: Vec<Option<Relation>>,
    /// Whether tasks that have nothing to do with the selected one are faded.
    pub fades: bool,
}

/// Shared by the views. Copies share the same state.
#[derive(Clone, Copy)]
pub struct Drawing {
    pub workspace: Workspace,
    pub drawn: Memo<Arc<Drawn>>,
    /// Position of the task under the pointer.
    pub pointed: RwSignal<Option<usize>>,
    /// Whether all lines are shown whatever their number.
    pub all_lines: RwSignal<bool>,
    /// Whether tasks that have nothing to do with the selected one are faded.
    pub focus_mode: RwSignal<bool>,
}

impl Drawing {
    pub fn new(workspace: Workspace) -> Drawing {
        let drawn = Memo::new(move |before: Option<&Arc<Drawn>>| {
            let report = workspace.report.get();
            let (scene, document) = (workspace.scene.get_value(), workspace.opening.get_untracked());
            Arc::new(Drawn::new(before.map(Arc::as_ref), report, scene, document))
        });
        let (all_lines, focus_mode) = (RwSignal::new(false), RwSignal::new(false));
        Drawing { workspace, drawn, pointed: RwSignal::new(None), all_lines, focus_mode }
    }

    /// Position of the selected task in a report.
    pub fn selected(self, drawn: &Drawn) -> Option<usize> {
        self.workspace.selection.with(|id| drawn.find(id.as_ref()?))
    }

    /// What is picked in a report.
    pub fn picked(self, drawn: &Drawn) -> Picked {
        let selected = self.selected(drawn);
        let relations = selected.map_or(Vec::new(), |task| relations(&drawn.report, task));
        Picked { selected, relations, fades: selected.is_some() && self.focus_mode.get() }
    }

    /// Selects a task by its position.
    pub fn select(self, task: usize) {
        let drawn = self.drawn.get_untracked();
        self.workspace.select(drawn.report.plan.tasks.get(task).map(|task| task.id.clone()));
    }

    /// Selects the task with this id and shows what is known of it at the side.
    pub fn open(self, id: TaskId) {
        self.workspace.select(Some(id));
        self.workspace.side.set(Side::Task);
    }

    /// Notes which task the pointer is at.
    pub fn point(self, id: Option<TaskId>) {
        let task = id.and_then(|id| self.drawn.get_untracked().find(&id));
        if self.pointed.get_untracked() != task {
            self.pointed.set(task);
        }
    }
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
