//! Received statements: a line for each reviewer, and the refused ones.

use std::collections::BTreeMap;

use super::said::name;
use crate::review::receive::{Receipt, Received};
use crate::view::markup::{Markup, markup};
use crate::view::test_name as test;

/// The most reviewers and messages listed.
const LISTED: usize = 100;

/// Received statements, for this and other plans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrived {
    /// The result of adding them.
    pub received: Received,
    /// Ids of other plans, each with its number of events.
    pub other_plans: Vec<(String, usize)>,
}

/// The table of received statements. `names` has the names of other plans on this device.
pub fn arrived(arrived: &Arrived, names: &BTreeMap<String, Option<String>>) -> Markup {
    let Arrived { received, other_plans } = arrived;
    let mut block =
        markup("div", "arrived").key("arrived").set("data-test", test::ARRIVED).set("role", "status");
    if !received.receipts.is_empty() {
        block = block
            .child(markup("p", "").child(markup("b", "").text(&received.summary())))
            .child(table(received));
    }
    for sentence in received.refused.iter().take(LISTED) {
        block = block.child(markup("p", "is-warning").text(sentence));
    }
    let more = received.refused.len().saturating_sub(LISTED);
    if more > 0 {
        block = block.child(markup("p", "is-warning").text(&format!("{more} more were refused.")));
    }
    for (plan, count) in other_plans.iter().take(LISTED) {
        let what = if *count == 1 { "1 statement is".to_owned() } else { format!("{count} comments are") };
        let known = names.get(plan).and_then(Option::as_deref);
        let sentence = markup("p", "is-warning").text(&what);
        block = block.child(match known {
            Some(title) => sentence
                .text(" about another plan on this device, ")
                .child(name(title))
                .text(". Open it, and add the reply there."),
            None => sentence.text(
                " about a plan that is not on this device. Open the plan that you shared, and add the reply \
                 there.",
            ),
        });
    }
    block
}

fn table(received: &Received) -> Markup {
    let heads = ["Reviewer", "New", "Known", "Revision", "Verdict"].map(|head| markup("th", "").text(head));
    let row = |receipt: &Receipt| {
        let verdict = match receipt.approves {
            Some(true) => "approved",
            Some(false) => "changes",
            None => "none",
        };
        let cells = [
            receipt.new.to_string(),
            receipt.known.to_string(),
            receipt.revision.clone(),
            verdict.to_owned(),
        ];
        let cells = cells.map(|cell| markup("td", "").text(&cell));
        markup("tr", "").child(markup("td", "wide").child(name(&receipt.reviewer))).children(cells.into())
    };
    let rows = received.receipts.iter().take(LISTED).map(row).collect();
    markup("table", "receipts")
        .child(markup("thead", "").child(markup("tr", "").children(heads.into())))
        .child(markup("tbody", "").children(rows))
}
