//! The subset of Markdown that task lists use.

mod blocks;
mod checklist;
mod front_matter;

pub use blocks::{Block, Line, is_indented, is_paragraph, lines};
pub use checklist::checkbox;
pub use front_matter::{FrontMatter, front_matter};

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
