//! Marks of a run.

use super::value::words;

words! {
    /// What somebody notes about a run. The page passes the word on without reading it.
    pub enum RunAct {
        /// Tasks are at work, again if they failed.
        Start = "start",
        /// A task is done.
        Done = "done",
        /// A task failed; the text of the form says why.
        Failed = "failed",
        /// Nobody is at work on a task any more.
        Release = "release",
        /// A task is to do again, although it was done or dropped.
        Reopen = "reopen",
        /// A gate is answered, by the value.
        Answer = "answer",
        /// Reads a text about the run.
        Read = "read",
        /// Confirms a proposal that followed from it, by index; without one, everything that may have happened.
        Confirm = "confirm",
        /// Puts the proposals away.
        PutAway = "put-away",
        /// Applies a repair for a file that a task needs: the indices of file and repair.
        Repair = "repair",
        /// Takes the estimates that follow from what is done.
        Estimate = "estimate",
    }
}
