//! Statements in the review of the plan.

use super::wire::{Wire, enums, structs};
use crate::TaskId;
use crate::view::ReviewAct;

/// A submitted review form. Fields that the form does not have are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The action.
    pub act: ReviewAct,
    /// Name of the event it refers to.
    pub about: String,
    /// The task it refers to.
    pub task: Option<TaskId>,
    /// JSON name of the field it refers to.
    pub field: String,
    /// The text.
    pub text: String,
    /// The suggested value for the field.
    pub value: String,
    /// The name of the author, if the form asks for it.
    pub name: String,
}

structs! {
    Form { act, about, task, field, text, value, name }
}

enums! {
    ReviewAct {
        Name, Comment, Suggest, Reply, Rewrite, Withdraw, Resolve, Reopen, Accept, Decline, Approve,
        RequestChanges, Ignore, IgnoreAuthor, Receive, ReceiveFound, Publish, MarkSent,
    }
}
