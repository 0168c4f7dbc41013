//! What a person picked in the drawing.

use phaseplan::TaskId;
use phaseplan::view::{Part, Picks};

use crate::ui::state::State;
use crate::ui::workspace::Workspace;

/// Copies share the same state.
#[derive(Clone, Copy)]
pub struct Picked {
    pub workspace: Workspace,
    /// The task under the pointer.
    pub pointed: State<Option<TaskId>>,
    /// Whether all lines are shown whatever their number.
    pub all_lines: State<bool>,
    /// Whether tasks that have nothing to do with the selected one are faded.
    pub focus_mode: State<bool>,
}

impl Picked {
    pub fn new(workspace: Workspace) -> Picked {
        let (all_lines, focus_mode) = (State::new(false), State::new(false));
        Picked { workspace, pointed: State::new(None), all_lines, focus_mode }
    }

    /// What the worker must know of it to draw the lines, or else the cards.
    pub fn picks(self, part: Option<Part>, for_lines: bool) -> Picks {
        let picks = Picks {
            selected: self.workspace.selection.get(),
            focus_mode: self.focus_mode.get(),
            part,
            ..Picks::default()
        };
        match for_lines {
            true => Picks { pointed: self.pointed.get(), all_lines: self.all_lines.get(), ..picks },
            false => Picks { highlight: self.workspace.highlight.get(), ..picks },
        }
    }

    /// Notes which task the pointer is at.
    pub fn point(self, task: Option<TaskId>) {
        if self.pointed.with_untracked(|before| *before != task) {
            self.pointed.set(task);
        }
    }
}
