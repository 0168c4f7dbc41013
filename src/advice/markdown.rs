//! Advice as a section of Markdown, for a pull request: the answer, why, and the table.

use std::fmt::Write;

use super::amounts::{price, time, tokens};
use super::words::name;
use super::{Advice, Method};
use crate::escape::{markdown, markdown_sentence};
use crate::report::Report;

/// The section. It begins with a heading of the second level.
pub fn section(report: &Report, advice: &Advice) -> String {
    let mut out = String::new();
    let title = if report.plan.title.is_empty() { "this plan" } else { &report.plan.title };
    let _ = writeln!(out, "## Advice for {}\n", markdown(title));
    let _ = writeln!(out, "**{}**\n", markdown_sentence(&advice.answer));
    for reason in &advice.reasons {
        let _ = writeln!(out, "- {}", markdown_sentence(reason));
    }
    if advice.reasons.is_empty() {
        return out;
    }
    out.push_str("\n| Method | Time | Price | Tokens at the end |\n|---|--:|--:|--:|\n");
    for method in &advice.methods {
        let _ = writeln!(out, "{}", row(method, method.id == advice.best));
    }
    if !advice.cost.by_agents.is_empty() {
        out.push_str("\n| Agents at once | Time | Price |\n|---|---|---|\n");
        for row in &advice.cost.by_agents {
            let _ = writeln!(out, "| {} | {} | {} |", row.agents, time(row.minutes), price(row.cost));
        }
    }
    let _ = writeln!(out, "\n{}\n", markdown_sentence(&advice.certainty));
    out.push_str("<details><summary>What the figures rest on</summary>\n\n");
    for assumption in &advice.assumptions {
        let _ = writeln!(out, "- {}", markdown_sentence(&assumption.sentence));
    }
    out.push_str("\n</details>\n");
    out
}

fn row(method: &Method, is_best: bool) -> String {
    let name = name(method.id);
    let name = if is_best { format!("**{name}**") } else { name.to_owned() };
    let Some(figures) = method.figures else {
        return format!("| {name} | not possible: {} | | |", markdown_sentence(&method.why));
    };
    let context = if figures.context > 0.0 { tokens(figures.context) } else { "none".to_owned() };
    format!("| {name} | {} | {} | {context} |", time(figures.minutes), price(figures.cost))
}
