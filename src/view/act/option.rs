//! Options of views that can be switched on and off.

use super::value::words;

words! {
    /// An option of a view, switched by a button there.
    pub enum ViewOption {
        /// Draws all lines, whatever their number.
        AllLines = "all-lines",
        /// Fades tasks unrelated to the selected one.
        Focus = "focus-mode",
        /// Shows what limits the plan.
        Limit = "limit-open",
        /// Shows the changes of a comparison as text.
        ChangesAsText = "as-text",
        /// Excludes instructions from the link.
        StructureOnly = "structure-only",
        /// Advises for somebody who needs the result by tomorrow.
        ByTomorrow = "by-tomorrow",
        /// Advises for somebody who wants to steer.
        Steering = "steering",
    }
}
