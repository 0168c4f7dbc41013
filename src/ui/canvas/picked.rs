//! The selection in the drawing.

use phaseplan::TaskId;
use phaseplan::view::{Frame, Part, Picks, ViewOption};

use crate::ui::state::State;
use crate::ui::workspace::Workspace;

/// Copies share the same state.
#[derive(Clone, Copy)]
pub struct Picked {
    pub workspace: Workspace,
    /// The task under the pointer.
    pub pointed: State<Option<TaskId>>,
}

impl Picked {
    pub fn new(workspace: Workspace) -> Picked {
        Picked { workspace, pointed: State::new(None) }
    }

    /// The selection as the worker needs it, to draw the lines or else the cards.
    pub fn picks(self, frame: Frame, part: Option<Part>, for_lines: bool) -> Picks {
        let picks = Picks {
            frame,
            selected: self.workspace.selection.get(),
            focus_mode: self.workspace.views.option(ViewOption::Focus).get(),
            part,
            ..Picks::default()
        };
        match for_lines {
            true => Picks {
                pointed: self.pointed.get(),
                all_lines: self.workspace.views.option(ViewOption::AllLines).get(),
                ..picks
            },
            false => Picks { highlight: self.workspace.highlight.get(), ..picks },
        }
    }

    /// Sets the task under the pointer.
    pub fn point(self, task: Option<TaskId>) {
        if self.pointed.with_untracked(|before| *before != task) {
            self.pointed.set(task);
        }
    }
}
