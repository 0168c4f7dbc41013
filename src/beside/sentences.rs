//! Sentences about several plans.

use super::{Crossing, Landing, Place, Reason, Together, Work};
use crate::analysis::ConflictKind;
use crate::explain::{counted, listed};
use crate::plan::Task;

/// What is not known, one sentence each; empty if everything is.
pub fn not_known(works: &[Work], together: &Together) -> Vec<String> {
    let mut sentences = Vec::new();
    for work in works {
        let unknown = work.unknown();
        if work.is_branch && work.plan.tasks.iter().all(|task| task.owns.is_empty()) {
            sentences.push(format!(
                "{} lists no file that can be compared, so what it collides with is not known.",
                name(work)
            ));
        } else if !unknown.is_empty() {
            let (list, whether) = match unknown.len() {
                1 => ("lists", "it collides"),
                _ => ("list", "they collide"),
            };
            sentences.push(format!(
                "{} of {} {list} no files, or some that can't be read ({}): whether {whether} with \
                 another plan is not known.",
                counted(unknown.len(), "task"),
                name(work),
                listed(&work.plan, &unknown)
            ));
        }
        let guessed = work.guessed();
        if !guessed.is_empty() {
            sentences.push(format!(
                "The files of {} of {} are guesses ({}).",
                counted(guessed.len(), "task"),
                name(work),
                listed(&work.plan, &guessed)
            ));
        }
        if let [first, ..] = &work.uncompared[..] {
            sentences.push(format!(
                "{} of {} can't be compared, because no entry of a plan can spell them, such as `{first}`.",
                counted(work.uncompared.len(), "changed file"),
                name(work)
            ));
        }
    }
    if together.assumed > 0 {
        sentences.push(format!(
            "{} of patterns were too many to compare, and count as overlapping.",
            counted(together.assumed, "pair")
        ));
    }
    sentences
}

/// What collides, such as “T1 of `api` and T3 of `ui` both change `src/app.rs`.”
pub fn conflict(works: &[Work], crossing: &Crossing) -> String {
    let [first, second] = crossing.places.map(|place| named(works, place));
    // Only the first word of a sentence has a capital.
    let inside = |name: &str| match name.strip_prefix("Branch ") {
        Some(rest) => format!("branch {rest}"),
        None => name.to_owned(),
    };
    match &crossing.kind {
        ConflictKind::WriteWrite(overlap) => {
            format!("{first} and {} can both change `{}`.", inside(&second), overlap.witness)
        }
        ConflictKind::ReadWrite { reader, overlap } => {
            let (reader, writer) = if *reader == 0 { (first, second) } else { (second, first) };
            format!("{reader} reads `{}`, which {} can change.", overlap.witness, inside(&writer))
        }
        ConflictKind::Creation { creator, path } => {
            let (creator, changer) = if *creator == 0 { (first, second) } else { (second, first) };
            format!("{changer} changes `{path}`, which {} creates.", inside(&creator))
        }
        ConflictKind::Migrations { chain } => {
            format!("{first} and {} both add to the migrations in `{chain}`.", inside(&second))
        }
        ConflictKind::Resource { resource, demand, capacity } => format!(
            "{first} and {} together use {demand} of `{resource}`, of which there {} {capacity}.",
            inside(&second),
            if *capacity == 1 { "is" } else { "are" }
        ),
    }
}

/// “T1 of `api`”, or “branch `login`”.
fn named(works: &[Work], place: Place) -> String {
    let work = &works[place.work];
    match work.is_branch {
        true => format!("Branch {}", name(work)),
        false => format!("{} of {}", work.plan.tasks[place.task].id, name(work)),
    }
}

/// “`api`”; the open plan has no name here.
fn name(work: &Work) -> String {
    if work.name.is_empty() { "this plan".to_owned() } else { format!("`{}`", work.name) }
}

/// Why a plan is landed when it is, as the rest of a line behind its name.
pub fn landing(works: &[Work], landing: &Landing) -> String {
    let names =
        |others: &[usize]| others.iter().map(|&other| name(&works[other])).collect::<Vec<_>>().join(", ");
    let need = |others: &[usize]| if others.len() == 1 { "needs" } else { "need" };
    let size = || {
        let files: usize = works[landing.work].size().0;
        let entries = if files == 1 { "entry" } else { "entries" };
        format!("{files} {entries} of files it may change")
    };
    match &landing.reason {
        Reason::Disjoint if has_unknown(&works[landing.work]) => {
            "shares no file that is known with the others".to_owned()
        }
        Reason::Disjoint => "shares no file with the others".to_owned(),
        Reason::After(others) => format!("needs what {} changes", names(others)),
        Reason::Before(others) => format!("{} {} what it changes", names(others), need(others)),
        Reason::Cycle(others) => format!(
            "it and {} need what the other changes, so that no order is right; it is the largest: {}",
            names(others),
            size()
        ),
        Reason::Largest => format!("the largest of those that are left: {}", size()),
        Reason::Last => "what is left".to_owned(),
    }
}

/// Whether some files that a plan changes are not known.
fn has_unknown(work: &Work) -> bool {
    !work.uncompared.is_empty() || !work.unknown().is_empty() || work.plan.tasks.iter().any(Task::is_guessed)
}
