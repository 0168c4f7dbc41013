//! The content of the events of a run.

use serde::{Deserialize, Serialize};

use crate::events::{self, Digest, EventBody};
use crate::plan::{Status, TaskId};

/// An event of a run.
pub type Event = events::Event<Body>;
/// Everything that happened in the runs of one plan.
pub type Log = events::Log<Body>;
/// The run of one plan on one device.
pub type LocalLog = events::LocalLog<Body>;

/// One thing that happened to a task. When it happened, and who says so, stands in the statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are explained where they are not plain")]
pub enum Body {
    /// An agent is at work on it.
    Started {
        task: TaskId,
        /// The name of the agent; empty if nobody says.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        agent: String,
    },
    /// An agent is at work on it again, after it failed.
    Retried {
        task: TaskId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        agent: String,
    },
    /// It is finished.
    Done { task: TaskId },
    /// It was tried and not finished.
    Failed {
        task: TaskId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// Nobody is at work on it any more, and it is to do: its agent is gone. Does not undo that it is done.
    Released {
        task: TaskId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// It is to do again although it was done or dropped.
    Reopened { task: TaskId },
    /// It is abandoned.
    Dropped { task: TaskId },
    /// These files were changed for it.
    Changed { task: TaskId, files: Vec<String> },
    /// Its agent reported.
    Reported { task: TaskId, text: String },
    /// Its agent was refused a file, or stopped because it needs one that is not its own.
    Denied { task: TaskId, path: String },
    /// The decision of a gate.
    Answered { task: TaskId, answer: String },
    /// An event about it was a mistake and does not count.
    Withdrawn { task: TaskId, event: Digest },
}

impl Body {
    /// What says that a task changed from one status to another; `None` if nothing changed.
    pub fn of_change(task: TaskId, from: Status, to: Status) -> Option<Body> {
        let (agent, why) = (String::new(), String::new());
        match to {
            _ if from == to => None,
            Status::Todo if !from.is_open() => Some(Body::Reopened { task }),
            Status::Todo => Some(Body::Released { task, why }),
            Status::Running if from == Status::Failed => Some(Body::Retried { task, agent }),
            Status::Running => Some(Body::Started { task, agent }),
            Status::Done => Some(Body::Done { task }),
            Status::Failed => Some(Body::Failed { task, why }),
            Status::Dropped => Some(Body::Dropped { task }),
        }
    }

    /// The task it is about.
    pub fn task(&self) -> &TaskId {
        match self {
            Body::Started { task, .. }
            | Body::Retried { task, .. }
            | Body::Done { task }
            | Body::Failed { task, .. }
            | Body::Released { task, .. }
            | Body::Reopened { task }
            | Body::Dropped { task }
            | Body::Changed { task, .. }
            | Body::Reported { task, .. }
            | Body::Denied { task, .. }
            | Body::Answered { task, .. }
            | Body::Withdrawn { task, .. } => task,
        }
    }

    /// The status that the task has after it; `None` if it says nothing of that.
    pub fn status(&self) -> Option<Status> {
        match self {
            Body::Started { .. } | Body::Retried { .. } => Some(Status::Running),
            Body::Done { .. } | Body::Answered { .. } => Some(Status::Done),
            Body::Failed { .. } => Some(Status::Failed),
            Body::Released { .. } | Body::Reopened { .. } => Some(Status::Todo),
            Body::Dropped { .. } => Some(Status::Dropped),
            Body::Changed { .. } | Body::Reported { .. } | Body::Denied { .. } | Body::Withdrawn { .. } => {
                None
            }
        }
    }
}

impl EventBody for Body {
    fn check(&self) -> Result<(), String> {
        let is_empty = |text: &str| text.trim().is_empty();
        if is_empty(self.task().as_str()) {
            return Err("names no task".to_owned());
        }
        match self {
            Body::Changed { files, .. } if files.iter().all(|file| is_empty(file)) => {
                Err("names no file that was changed".to_owned())
            }
            Body::Reported { text, .. } if is_empty(text) => Err("reports nothing".to_owned()),
            Body::Denied { path, .. } if is_empty(path) => Err("names no file that was denied".to_owned()),
            Body::Answered { answer, .. } if is_empty(answer) => Err("has no answer".to_owned()),
            _ => Ok(()),
        }
    }

    fn about(&self) -> Option<Digest> {
        match self {
            Body::Withdrawn { event, .. } => Some(*event),
            _ => None,
        }
    }

    fn is_news(&self) -> bool {
        true
    }
}
