//! What came in: a line for each reviewer, and what was refused.

use std::collections::BTreeMap;

use super::said::name;
use crate::review::receive::{Receipt, Received};
use crate::view::markup::{Markup, markup};
use crate::view::test_name as test;

/// How many reviewers and how many sentences are listed.
const LISTED: usize = 100;

/// What came in, and for which plans else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrived {
    /// What was taken in or refused.
    pub received: Received,
    /// Ids of other plans, each with the number of events that are about it.
    pub strangers: Vec<(String, usize)>,
}

/// The table of what came in. `names` are those of other plans, where they are on this device.
pub fn arrived(arrived: &Arrived, names: &BTreeMap<String, Option<String>>) -> Markup {
    let Arrived { received, strangers } = arrived;
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
    for (plan, count) in strangers.iter().take(LISTED) {
        let what = if *count == 1 { "1 statement is".to_owned() } else { format!("{count} statements are") };
        let known = names.get(plan).and_then(Option::as_deref);
        let sentence = markup("p", "is-warning").text(&what);
        block = block.child(match known {
            Some(title) => sentence
                .text(" about another plan on this device, ")
                .child(name(title))
                .text(". Open it, and add the reply there."),
            None => sentence.text(
                " about a plan that is not on this device. Open the plan that you shared, and add the reply there.",
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
