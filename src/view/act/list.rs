//! Lists that are drawn in pages, with a button for more.

use super::value::words;

words! {
    /// A list that may be longer than the drawn part.
    pub enum List {
        /// The rows of the table of tasks.
        Rows = "rows",
        /// The tasks of the outline.
        Outline = "outline",
        /// The changes in a comparison.
        Changes = "changes",
        /// The threads of the review.
        Threads = "threads",
        /// The tasks of an import.
        Import = "import",
    }
}

impl List {
    /// The number of entries drawn at first and added each time.
    pub const fn page(self) -> usize {
        match self {
            List::Rows => 150,
            List::Outline => 300,
            List::Changes => 100,
            List::Threads => 50,
            List::Import => 100,
        }
    }
}
