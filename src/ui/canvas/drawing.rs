//! What the views of the schedule share: the report as it is shown, the drawing of it, and what is picked in it.

use std::sync::Arc;

use leptos::prelude::*;
use phaseplan::explain::{Mark, marks};
use phaseplan::layout::{Metrics, Scene, Spot, layout_steadily};
use phaseplan::{Report, TaskId};
use rustc_hash::FxHashMap;

use crate::ui::workspace::{Side, Workspace};

/// Names a task from one report to the next: its id, and which of the tasks with this id it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub id: TaskId,
    pub copy: u32,
}

/// A report with what is derived from it for all views.
pub struct Shown {
    pub report: Arc<Report>,
    /// The sign of each task.
    pub marks: Vec<Option<Mark>>,
    /// Whether each task is on the critical path.
    pub is_critical: Vec<bool>,
    /// The name of each task.
    pub keys: Vec<Key>,
    at: FxHashMap<Key, usize>,
}

impl Shown {
    fn new(report: Arc<Report>) -> Shown {
        let tasks = &report.plan.tasks;
        let mut is_critical = vec![false; tasks.len()];
        for &task in &report.schedule.critical_path {
            is_critical[task] = true;
        }
        let mut at = FxHashMap::default();
        let mut copies: FxHashMap<&TaskId, u32> = FxHashMap::default();
        let mut keys = Vec::with_capacity(tasks.len());
        for (task, planned) in tasks.iter().enumerate() {
            let copy = copies.entry(&planned.id).or_default();
            let key = Key { id: planned.id.clone(), copy: *copy };
            *copy += 1;
            at.insert(key.clone(), task);
            keys.push(key);
        }
        Shown { marks: marks(&report), is_critical, keys, at, report }
    }

    /// Position in the plan of the task with this name.
    pub fn find(&self, key: &Key) -> Option<usize> {
        self.at.get(key).copied()
    }

    /// Position in the plan of the first task with this id.
    pub fn find_id(&self, id: &TaskId) -> Option<usize> {
        self.find(&Key { id: id.clone(), copy: 0 })
    }
}

impl PartialEq for Shown {
    fn eq(&self, other: &Shown) -> bool {
        Arc::ptr_eq(&self.report, &other.report)
    }
}

/// A report and the drawing of it.
#[derive(Clone)]
pub struct Drawn {
    pub shown: Arc<Shown>,
    pub scene: Arc<Scene>,
    /// Where tasks that changed their phase stood in the drawing before.
    pub came_from: Arc<Vec<Option<(i32, i32)>>>,
    /// Name of the document in storage.
    document: String,
}

impl Drawn {
    fn new(before: Option<&Drawn>, shown: Arc<Shown>, document: String, metrics: &Metrics) -> Drawn {
        let before = before.filter(|before| before.document == document);
        let old_card = |key: &Key| {
            let before = before?;
            before.scene.card(before.shown.find(key)?)
        };
        let spots: Vec<Option<Spot>> =
            shown.keys.iter().map(|key| old_card(key).map(|card| card.spot)).collect();
        let scene = layout_steadily(&shown.report.analysis, &shown.report.schedule, metrics, &spots);
        let moved = |(task, key)| {
            let old = old_card(key)?;
            let new = scene.card(task)?;
            (old.phase != new.phase).then_some((old.x, old.y))
        };
        let came_from = Arc::new(shown.keys.iter().enumerate().map(moved).collect());
        Drawn { shown, scene: Arc::new(scene), came_from, document }
    }
}

impl PartialEq for Drawn {
    fn eq(&self, other: &Drawn) -> bool {
        self.shown == other.shown
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

/// Shared by context among the views. Copies share the same state.
#[derive(Clone, Copy)]
pub struct Drawing {
    pub workspace: Workspace,
    pub shown: Memo<Arc<Shown>>,
    pub drawn: Memo<Drawn>,
    /// Position of the selected task.
    pub selected: Memo<Option<usize>>,
    /// For each task how it stands to the selected one; empty without selection.
    pub relations: Memo<Vec<Option<Relation>>>,
    /// Position of the task under the pointer or with the keyboard focus.
    pub pointed: RwSignal<Option<usize>>,
    /// Whether all lines are shown; while nobody chose, that is so in small drawings.
    pub all_lines: RwSignal<Option<bool>>,
    /// Whether tasks that have nothing to do with the selected one are faded.
    pub focus_mode: RwSignal<bool>,
    /// Whether the next selected card takes the keyboard focus.
    pub pulls_focus: StoredValue<bool>,
    pub metrics: StoredValue<Metrics>,
}

impl Drawing {
    pub fn new(workspace: Workspace) -> Drawing {
        let metrics = StoredValue::new(Metrics::default());
        let shown = Memo::new(move |_| Arc::new(Shown::new(workspace.report.get())));
        let drawn = Memo::new(move |before| {
            let document = workspace.key.get();
            metrics.with_value(|metrics| Drawn::new(before, shown.get(), document, metrics))
        });
        let selected = Memo::new(move |_| {
            let id = workspace.selection.get()?;
            shown.with(|shown| shown.find_id(&id))
        });
        let relations = Memo::new(move |_| match selected.get() {
            Some(task) => shown.with(|shown| relations(&shown.report, task)),
            None => Vec::new(),
        });
        Drawing {
            workspace,
            shown,
            drawn,
            selected,
            relations,
            pointed: RwSignal::new(None),
            all_lines: RwSignal::new(None),
            focus_mode: RwSignal::new(false),
            pulls_focus: StoredValue::new(false),
            metrics,
        }
    }

    /// Selects a task by its position.
    pub fn select(self, task: usize) {
        let id = self.shown.with_untracked(|shown| shown.keys.get(task).map(|key| key.id.clone()));
        self.workspace.select(id);
    }

    /// Selects the task with this id and shows what is known of it at the side.
    pub fn open(self, id: TaskId) {
        self.workspace.select(Some(id));
        self.workspace.side.set(Side::Task);
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
