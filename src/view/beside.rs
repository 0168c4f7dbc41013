//! Other plans and open branches beside the open plan, in the list of problems.

use super::act::Act;
use super::markup::{Markup, button, markup};
use super::test_name as test;
use crate::beside::{self, Together, Work};
use crate::explain::counted;

/// The most conflicts listed; others are only counted.
const SHOWN: usize = 50;

/// What is not known of them, what collides, and the order of landing, with a way to remove each; without
/// other work, the way to add some. `works` are the open plan and the others, or nothing.
pub fn beside(works: &[Work], together: &Together) -> Markup {
    let add =
        |words: &str| button("link").act(&Act::ChooseBeside).set("data-test", test::ADD_BESIDE).text(words);
    if works.len() < 2 {
        return markup("p", "aside beside")
            .child(markup("span", "").text("Other plans or open branches change the same files? "))
            .child(add("Put one beside this plan…"));
    }
    let not_known = beside::not_known(works, together);
    let (class, conflicts) = match together.count {
        0 if not_known.is_empty() => ("beside-count is-ok", "✓ No conflicts between them".to_owned()),
        0 => ("beside-count", "No conflicts between the files that are known".to_owned()),
        count => ("beside-count is-error", format!("{} between them", counted(count, "conflict"))),
    };
    let unknown = not_known.iter().map(|sentence| markup("p", "beside-unknown").sentence(sentence));
    let landing = together.landing.iter().map(|landing| {
        let name = match works[landing.work].name.as_str() {
            "" => "This plan",
            name => name,
        };
        let line = markup("li", "").set("data-test", test::LANDING);
        line.child(markup("b", "").text(name))
            .text(": ")
            .child(markup("span", "").sentence(&beside::landing(works, landing)))
    });
    markup("section", "improvements beside")
        .set("data-test", test::BESIDE)
        .child(markup("h3", "").text("Beside this plan"))
        .children(works.iter().enumerate().skip(1).map(other).collect())
        .children(unknown.collect())
        .child(markup("p", class).text(&conflicts))
        .children(crossings(works, together))
        .child(markup("h4", "").text("Order of landing"))
        .child(markup("ol", "beside-landing").children(landing.collect()))
        .child(markup("p", "beside-add").child(add("Put another one beside…")))
}

/// A plan or a branch, with the button that removes it.
fn other((number, work): (usize, &Work)) -> Markup {
    let size = match work.is_branch {
        true => {
            let entries: usize = work.plan.tasks.iter().map(|task| task.owns.len()).sum();
            format!("an open branch, {}", counted(entries + work.uncompared.len(), "changed file"))
        }
        false => counted(work.plan.tasks.len(), "task"),
    };
    let name = markup("span", "").child(markup("b", "").text(&work.name)).text(", ").text(&size).text(". ");
    markup("p", "beside-other").child(name).child(
        button("link")
            .act(&Act::RemoveBeside { number: number - 1 })
            .set("aria-label", &format!("Remove {}", work.name))
            .set("data-test", test::REMOVE_BESIDE)
            .text("Remove"),
    )
}

/// The list of conflicts, and how many more there are.
fn crossings(works: &[Work], together: &Together) -> Vec<Markup> {
    let shown = together.crossings.iter().take(SHOWN);
    let lines = shown.map(|crossing| {
        markup("li", "").set("data-test", test::CROSSING).sentence(&beside::conflict(works, crossing))
    });
    let lines: Vec<Markup> = lines.collect();
    let more = together.count.saturating_sub(lines.len());
    let list = (!lines.is_empty()).then(|| markup("ul", "beside-conflicts").children(lines));
    let more = (more > 0).then(|| markup("p", "").text(&format!("and {more} more")));
    list.into_iter().chain(more).collect()
}
