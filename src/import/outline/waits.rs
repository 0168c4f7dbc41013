//! The order of the leaves: a wait for a parent is one for all its leaves, and the waits of a parent are
//! those of its leaves. Waits that follow from others inside a parent are left out.

use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use super::ids::Ids;
use super::{Outline, Wait};
use crate::import::MAX_WAITS;

/// The waits of an outline.
#[derive(Debug, Default)]
pub struct Waits {
    /// For each item, the leaves it waits for directly; empty for parents.
    pub after: Vec<Vec<usize>>,
    /// For each item, the ids it names that are not there; empty for parents.
    pub dangling: Vec<Vec<String>>,
    /// Pairs of items that the author names, distinct.
    pub named: usize,
    /// Pairs of leaves that only a rule of the format puts in order.
    pub implied: usize,
    /// Items that wait for themselves or for an item they are part of.
    pub own: Vec<usize>,
    /// Whether there are more than [`MAX_WAITS`], so some are missing.
    pub is_cut: bool,
}

/// The parts of each item, and what its leaves are.
pub struct Tree {
    parts: Vec<Vec<usize>>,
}

impl Tree {
    /// The tree of an outline.
    pub fn of(outline: &Outline) -> Tree {
        let mut parts = vec![Vec::new(); outline.items.len()];
        for (index, item) in outline.items.iter().enumerate() {
            if let Some(parent) = item.parent.filter(|parent| *parent < index) {
                parts[parent].push(index);
            }
        }
        Tree { parts }
    }

    /// Whether the item has no parts, so that it is a task.
    pub fn is_leaf(&self, item: usize) -> bool {
        self.parts[item].is_empty()
    }

    /// The leaves below an item, or the item itself if it is one.
    pub fn leaves(&self, item: usize) -> Vec<usize> {
        let mut leaves = Vec::new();
        let mut waiting = vec![item];
        while let Some(next) = waiting.pop() {
            match self.is_leaf(next) {
                true => leaves.push(next),
                false => waiting.extend(self.parts[next].iter().rev()),
            }
        }
        leaves
    }
}

/// The items from one up to the root, itself included.
pub fn line_of(outline: &Outline, item: usize) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(Some(item), |item| outline.items[*item].parent.filter(|parent| parent < item))
}

/// What an item says itself.
#[derive(Default)]
struct Own {
    named: Vec<usize>,
    implied: Vec<usize>,
    missing: Vec<String>,
}

/// The waits between parts of one parent.
struct Inside {
    /// How deep each item stands.
    depth: Vec<usize>,
    /// For each item, one more than the depth of the smallest parent with a part that waits for the item.
    awaited: Vec<usize>,
    /// The same for a part that the item waits for.
    waiting: Vec<usize>,
}

impl Inside {
    fn of(outline: &Outline, own: &[Own]) -> Inside {
        let count = outline.items.len();
        let mut depth: Vec<usize> = Vec::with_capacity(count);
        for item in 0..count {
            depth.push(line_of(outline, item).nth(1).map_or(0, |parent| depth[parent] + 1));
        }
        let mut inside = Inside { depth, awaited: vec![0; count], waiting: vec![0; count] };
        for (item, own) in own.iter().enumerate() {
            for target in own.named.iter().chain(&own.implied) {
                if let Some(common) = inside.common(outline, item, *target) {
                    let depth = inside.depth[common] + 1;
                    inside.waiting[item] = inside.waiting[item].max(depth);
                    inside.awaited[*target] = inside.awaited[*target].max(depth);
                }
            }
        }
        inside
    }

    /// The smallest item that both are parts of.
    fn common(&self, outline: &Outline, a: usize, b: usize) -> Option<usize> {
        let up = |item: usize| line_of(outline, item).nth(1);
        let (mut a, mut b) = (a, b);
        while a != b {
            if self.depth[a] >= self.depth[b] { a = up(a)? } else { b = up(b)? }
        }
        Some(a)
    }

    /// Whether a part of a parent waits for no other part of it.
    fn begins(&self, outline: &Outline, part: usize, parent: usize) -> bool {
        let mut below = line_of(outline, part).take_while(|item| *item != parent);
        below.all(|item| self.waiting[item] <= self.depth[parent])
    }

    /// The parts of a parent that no other part waits for; all of them if they wait in a circle.
    fn ends(&self, outline: &Outline, parts: Vec<usize>, parent: usize) -> Vec<usize> {
        let is_end = |part: &usize| {
            let mut below = line_of(outline, *part).take_while(|item| *item != parent);
            below.all(|item| self.awaited[item] <= self.depth[parent])
        };
        let ends: Vec<usize> = parts.iter().copied().filter(is_end).collect();
        if ends.is_empty() { parts } else { ends }
    }
}

/// Finds the order. Time grows with the number of waits.
pub fn find(outline: &Outline, tree: &Tree, ids: &Ids) -> Waits {
    let count = outline.items.len();
    let mut found =
        Waits { after: vec![Vec::new(); count], dangling: vec![Vec::new(); count], ..Waits::default() };
    let own: Vec<Own> = (0..count).map(|item| look_up(outline, ids, item, &mut found)).collect();
    let inside = Inside::of(outline, &own);
    let mut left = MAX_WAITS;
    let mut seen = FixedBitSet::with_capacity(count);
    for item in (0..count).filter(|item| tree.is_leaf(*item)) {
        seen.clear();
        seen.insert(item);
        let line: Vec<usize> = line_of(outline, item).collect();
        // A part that waits for another part of its parent has no need of what the parent waits for.
        let begun = || line.iter().filter(|above| inside.begins(outline, item, **above));
        let named = begun().flat_map(|above| &own[*above].named).map(|target| (target, true));
        let implied = begun().flat_map(|above| &own[*above].implied).map(|target| (target, false));
        for (target, is_named) in named.chain(implied) {
            for leaf in inside.ends(outline, tree.leaves(*target), *target) {
                if seen.put(leaf) {
                    continue;
                }
                found.is_cut |= left == 0;
                if left > 0 {
                    left -= 1;
                    found.after[item].push(leaf);
                    found.implied += usize::from(!is_named);
                }
            }
        }
        found.dangling[item].extend(line.iter().flat_map(|above| own[*above].missing.iter().cloned()));
    }
    found
}

/// Looks up what an item waits for. A parent that waits for its own parts says nothing new.
fn look_up(outline: &Outline, ids: &Ids, item: usize, found: &mut Waits) -> Own {
    let mut own = Own::default();
    let is_part = |part: usize, whole: usize| line_of(outline, part).any(|above| above == whole);
    let mut seen = HashSet::new();
    let mut missing = HashSet::new();
    let mut waits_for_itself = false;
    for wait in &outline.items[item].waits {
        let before = match wait {
            Wait::Implied(before) => {
                own.implied.push(*before);
                continue;
            }
            Wait::Meant(before) => Some(*before),
            Wait::Named(name) => ids.find(name),
        };
        match (before, wait) {
            (Some(before), _) if is_part(item, before) => waits_for_itself = true,
            (Some(before), _) => {
                let is_new = seen.insert(before);
                own.named.extend(Some(before).filter(|before| is_new && !is_part(*before, item)));
            }
            (None, Wait::Named(name)) if missing.insert(name) => own.missing.push(name.clone()),
            _ => {}
        }
    }
    if waits_for_itself {
        found.own.push(item);
    }
    found.named += seen.len();
    own
}
