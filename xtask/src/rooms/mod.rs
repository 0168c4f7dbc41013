//! Checks the dependencies between parts of the program against `ARCHITECTURE.md`.
//!
//! A room is a module of the library or a program. The table of rooms is in dependency order: a room uses
//! only rooms in rows above its own. Files should not depend on each other in a cycle either, unless the
//! document gives a reason.
//!
//! Deliberately absent: name resolution as in the compiler. Paths are followed through modules and imports as
//! written, so a method call on a value is not seen.

mod allowed;
mod cycles;
mod source;
mod tokens;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use allowed::Allowed;
use cycles::cycles;
use tree::{Arrow, Tree};

/// The result of the check.
pub struct Findings {
    /// The number of files.
    pub files: usize,
    /// The number of dependencies between files.
    pub arrows: usize,
    /// The number of dependencies between rooms.
    pub between_rooms: usize,
    /// Files that depend on each other in a cycle, allowed or not.
    pub cycles: Vec<Vec<String>>,
    /// A sentence per problem.
    pub problems: Vec<String>,
}

/// Checks sources, by their paths below `src`, against the document.
pub fn check(sources: &BTreeMap<String, String>, document: &str) -> Findings {
    let tree = Tree::of(sources);
    let allowed = Allowed::read(document);
    let arrows = tree.arrows();
    let mut problems = missing_rooms(&tree, &allowed);
    problems.extend(arrows.iter().filter_map(|arrow| upward(arrow, &allowed)));
    problems.extend(disorder(&tree, &allowed));
    let cycles = cycles(&arrows);
    problems.extend(cycles.iter().filter(|cycle| !allowed.allows(cycle)).map(|cycle| {
        format!("These files use each other in a cycle: {}.{}", cycle.join(", "), steps(cycle, &arrows))
    }));
    problems.extend(
        allowed.cycles.iter().filter(|row| !cycles.iter().any(|cycle| row.is_superset(&set(cycle)))).map(
            |row| {
                let names: Vec<&str> = row.iter().map(String::as_str).collect();
                format!("The document gives a reason for a cycle that does not exist: {}.", names.join(", "))
            },
        ),
    );
    let between: BTreeSet<_> = arrows.iter().filter_map(Arrow::between_rooms).collect();
    Findings { files: tree.len(), arrows: arrows.len(), between_rooms: between.len(), cycles, problems }
}

fn set(cycle: &[String]) -> BTreeSet<String> {
    cycle.iter().cloned().collect()
}

/// Rooms that are only in the sources or only in the table.
fn missing_rooms(tree: &Tree, allowed: &Allowed) -> Vec<String> {
    let rooms = tree.rooms();
    let unlisted = rooms.iter().filter(|room| allowed.floor(room).is_none());
    let gone = allowed.rooms.iter().filter(|room| !rooms.contains(*room));
    unlisted
        .map(|room| format!("The table has no row for `{room}`."))
        .chain(gone.map(|room| format!("The table has a row for `{room}`, which does not exist.")))
        .collect()
}

/// The problem with a dependency on another room, if any.
fn upward(arrow: &Arrow, allowed: &Allowed) -> Option<String> {
    let (from, to) = arrow.between_rooms()?;
    (allowed.floor(from)? < allowed.floor(to)?).then(|| {
        format!(
            "src/{}:{} uses src/{}, but `{to}` comes after `{from}` in the table.",
            arrow.from, arrow.line, arrow.to
        )
    })
}

/// Modules that `lib.rs` does not list in the order of the table.
fn disorder(tree: &Tree, allowed: &Allowed) -> Vec<String> {
    let listed = tree.listed();
    let is_wrong = |pair: &&[String]| {
        let floors = [allowed.floor(&pair[0]), allowed.floor(&pair[1])];
        matches!(floors, [Some(first), Some(second)] if first > second)
    };
    let wrong = listed.windows(2).filter(is_wrong);
    wrong
        .map(|pair| format!("src/lib.rs lists `{}` before `{}`, the table after it.", pair[0], pair[1]))
        .collect()
}

/// The dependencies of a cycle, one per line.
fn steps(cycle: &[String], arrows: &[Arrow]) -> String {
    let inside = arrows.iter().filter(|arrow| {
        arrow.counts_in_cycles && [&arrow.from, &arrow.to].iter().all(|file| cycle.contains(file))
    });
    inside.map(|arrow| format!("\n      src/{}:{} uses {}", arrow.from, arrow.line, arrow.to)).collect()
}

#[cfg(test)]
mod tests;
