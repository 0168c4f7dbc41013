//! Reads the rules in `ARCHITECTURE.md` about rooms and cycles.

use std::collections::BTreeSet;

/// The heading of the table of rooms. The first column has their names.
const ROOMS: &str = "## The rooms";
/// The heading of the table of allowed cycles. The first column has the files, the second the reason.
const CYCLES: &str = "### Cycles between files";

/// The allowed dependencies.
pub struct Allowed {
    /// The rooms from the ground up.
    pub rooms: Vec<String>,
    /// Sets of files that may depend on each other, for a stated reason.
    pub cycles: Vec<BTreeSet<String>>,
}

impl Allowed {
    /// Reads the document.
    pub fn read(document: &str) -> Allowed {
        let cycles = table(document, CYCLES).filter(|row| !row[1].trim().is_empty());
        Allowed {
            rooms: table(document, ROOMS).flat_map(|row| code_spans(row[0])).collect(),
            cycles: cycles.map(|row| code_spans(row[0]).collect()).collect(),
        }
    }

    /// The position of a room, counted from the ground.
    pub fn floor(&self, room: &str) -> Option<usize> {
        self.rooms.iter().position(|known| known == room)
    }

    /// Whether a cycle is allowed.
    pub fn allows(&self, cycle: &[String]) -> bool {
        self.cycles.iter().any(|row| cycle.iter().all(|file| row.contains(file)))
    }
}

/// The rows of the first table below a heading, as cells.
fn table<'a>(document: &'a str, heading: &'a str) -> impl Iterator<Item = Vec<&'a str>> {
    let below = document.lines().skip_while(move |line| *line != heading).skip(1);
    let rows = below.take_while(|line| !line.starts_with('#')).skip_while(|line| !line.starts_with('|'));
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').skip(1).collect())
        .filter(|cells: &Vec<&str>| cells.len() > 1 && cells[0].contains('`'))
}

/// The texts between backticks.
fn code_spans(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}
