//! Actions in a review.

use super::value::words;

words! {
    /// The action of a form or button in a review. The word also identifies its button in browser tests.
    #[derive(Default)]
    pub enum ReviewAct {
        /// Sets the name of the user.
        #[default]
        Name = "name",
        /// Starts a thread about the plan, a task or a field.
        Comment = "comment",
        /// Suggests another value for a field.
        Suggest = "suggest",
        /// Replies in a thread.
        Reply = "reply",
        /// Replaces the text of a comment.
        Rewrite = "rewrite",
        /// Withdraws a comment.
        Withdraw = "withdraw",
        /// Resolves a thread.
        Resolve = "resolve",
        /// Reopens a resolved thread.
        Reopen = "reopen",
        /// Applies a suggestion; if the field has changed since, only with the value `anyway`.
        Accept = "accept",
        /// Declines a suggestion.
        Decline = "decline",
        /// Approves the plan.
        Approve = "approve",
        /// Asks for changes.
        RequestChanges = "request-changes",
        /// Ignores a statement on this device, or no longer.
        Ignore = "ignore",
        /// Ignores everybody who writes under the name of a statement's author, or no longer.
        IgnoreAuthor = "ignore-author",
        /// Adds statements that others sent.
        Receive = "receive",
        /// Adds the reply that was opened.
        ReceiveFound = "receive-found",
        /// Notes that the plan is shared as it is.
        Publish = "publish",
        /// Records that the statements were sent.
        MarkSent = "sent",
    }
}
