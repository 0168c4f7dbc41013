//! Names that must agree in several places: keys in storage (also used by `boot.js`), and the `data-test`
//! attributes for browser tests.

pub use phaseplan::view::test_name as test;

/// Keys in local storage.
pub mod storage {
    /// The theme. `auto` is stored as no value.
    pub const THEME: &str = "phaseplan/theme";
    /// Key of the document that was last open.
    pub const OPEN: &str = "phaseplan/open";
    /// Prefix for document keys: the documents of earlier programs.
    pub const DOCUMENT: &str = "phaseplan/document/";
    /// Prefix for tab names: the text of a tab, as long as it is not stored.
    pub const JOURNAL: &str = "phaseplan/journal/";
    /// Prefix for review forms: text that has not been submitted.
    pub const DRAFT: &str = "phaseplan/draft/";
    /// Text of the box when an earlier program could not run, in journal format.
    pub const RESCUED: &str = "phaseplan/rescued";
    /// Present after storage has failed: what it held then, until all of it was read back.
    pub const INVENTORY: &str = "phaseplan/inventory";
    /// Present after a reload to get a worker of the same build, until one is found.
    pub const RELOADED: &str = "phaseplan/reloaded";
    /// Widths of the left and the right pane, in pixels.
    pub const WIDTHS: &str = "phaseplan/widths";
}
