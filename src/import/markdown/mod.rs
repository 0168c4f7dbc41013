//! The subset of Markdown that task lists use.

mod aside;
mod blocks;
mod boxes;
mod checklist;
mod collector;
mod estimate;
mod fields;
mod front_matter;
mod items;
mod label;
mod paths;
mod references;
mod task_headings;

pub use aside::is_aside;
pub use blocks::{Block, Line, is_indented, is_paragraph, lines};
pub use checklist::checkbox;
pub use collector::Collector;
pub use fields::{Field, field_of};
pub use front_matter::{FrontMatter, front_matter};
pub use items::{ListItem, is_id, leading_id, leading_number, list_item, status_of};
pub use label::label;
pub use task_headings::{TaskHeadings, plan_title};

/// The text without backticks and asterisks, and with links reduced to their text.
pub fn plain_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((start, target)) = before.rfind('[').zip(after.find(')')) else { break };
        plain.push_str(&before[..start]);
        plain.push_str(&before[start + 1..]);
        rest = &after[target + 1..];
    }
    plain.push_str(rest);
    plain.replace(['`'], "").replace("**", "")
}
