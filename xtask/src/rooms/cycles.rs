//! Finds dependency cycles between files.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::Arrow;

/// The cycles, each with all files that reach each other, sorted by name.
pub fn cycles(arrows: &[Arrow]) -> Vec<Vec<String>> {
    let mut used: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for arrow in arrows.iter().filter(|arrow| arrow.counts_in_cycles) {
        used.entry(&arrow.from).or_default().push(&arrow.to);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        used.keys().map(|file| (*file, reach(file, &used))).collect();
    let mut cycles = Vec::new();
    for (file, others) in &reached {
        let cycle: Vec<&str> = others
            .iter()
            .copied()
            .filter(|other| reached.get(other).is_some_and(|back| back.contains(file)))
            .collect();
        if cycle.len() > 1 && cycle[0] == *file {
            cycles.push(cycle.into_iter().map(str::to_owned).collect());
        }
    }
    cycles
}

/// Every file that this one uses, directly or through others.
fn reach<'a>(file: &str, used: &BTreeMap<&str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut left: Vec<&str> = used.get(file).cloned().unwrap_or_default();
    while let Some(next) = left.pop() {
        if reached.insert(next) {
            left.extend(used.get(next).into_iter().flatten());
        }
    }
    reached
}
