//! Names that must agree in several places: keys in storage (also used by `boot.js`), and the `data-test` attributes that
//! browser tests find elements by.

pub use phaseplan::view::test_name as test;

/// Keys in local storage.
pub mod storage {
    /// `auto` is stored as no value.
    pub const THEME: &str = "phaseplan/theme";
    /// Key of the document that was open last.
    pub const OPEN: &str = "phaseplan/open";
    /// Followed by the key of a document: where earlier programs kept them.
    pub const DOCUMENT: &str = "phaseplan/document/";
    /// Followed by the name of a tab: its text, as long as it is not stored.
    pub const JOURNAL: &str = "phaseplan/journal/";
    /// Followed by the form of a review: what was written into it and not sent off.
    pub const DRAFT: &str = "phaseplan/draft/";
    /// Text of the box when an earlier program could not run, in the form of a journal.
    pub const RESCUED: &str = "phaseplan/rescued";
    /// How many starts in a row did not finish.
    pub const STARTS: &str = "phaseplan/starts";
    /// Stands there from a reload that was to find a worker of the same build until one is found.
    pub const RELOADED: &str = "phaseplan/reloaded";
    /// Widths of the left and the right pane, in pixels.
    pub const WIDTHS: &str = "phaseplan/widths";
}
