//! The views of a plan, as plain data.
//!
//! Each view is a function from a report and a selection to [`Markup`]. The worker draws the views, so the
//! page needs neither the messages nor the types of a report, and can show a text box before they are loaded.
//! The action of an element is its [`Act`].

pub mod act;
pub mod advice;
mod agents;
mod alike;
mod beside;
mod block;
mod card;
pub mod compare;
pub mod documents;
pub mod drawing;
pub mod export;
pub mod field;
pub mod frame;
pub mod import;
mod legend;
pub mod lines;
pub mod markup;
pub mod now;
pub mod outline;
mod overview;
pub mod part;
mod peek;
pub mod present;
pub mod problems;
pub mod review;
pub mod search;
pub mod share;
pub mod stage;
pub mod table;
pub mod task;
pub mod test_name;
pub mod timeline;
pub mod toolbar;
pub mod totals;
mod words;

pub use act::{Act, List, ReviewAct, RunAct, ViewOption};
pub use drawing::Drawing;
pub use frame::Frame;
pub use markup::{Markup, markup};
pub use part::Part;
pub use stage::{Picks, Placed};

/// The content of the middle pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// There are no tasks.
    Nothing,
    /// Blocks of cards.
    Stage,
    /// Bars on a time axis.
    Timeline,
    /// Lists with reasons.
    Outline,
    /// Lists without reasons: the phases on a phone.
    Brief,
}
