//! What the screen shows of a plan, as plain data.
//!
//! Each view is a function from a report, and what the person picked in it, to [`Markup`]. The worker draws them, so that the
//! page needs neither the sentences nor the types of a report, and can show a text box before any of that has been loaded.
//! What is pressed carries `data-` attributes that tell the page what to ask for: `data-act` names the act, `data-task` the
//! task, `data-number` the problem, `data-fix` its repair, `data-agents` a number of
//! agents, `data-field` the field, `data-key` the document. Forms of a review have their own, see [`review`].

mod agents;
mod card;
mod column;
pub mod compare;
pub mod documents;
pub mod drawing;
pub mod field;
pub mod lines;
pub mod markup;
pub mod outline;
mod overview;
pub mod part;
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

pub use drawing::Drawn;
pub use markup::{Markup, markup};
pub use part::Part;
pub use stage::Picks;

/// What the middle of the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// There are no tasks.
    Nothing,
    /// Columns of cards.
    Stage,
    /// Bars on a time axis.
    Timeline,
    /// Lists with reasons.
    Outline,
    /// Lists without reasons: the phases on a phone.
    Brief,
}
