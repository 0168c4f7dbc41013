//! Makes an outline of objects that name each other.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::values::is_nothing;
use super::{Found, Meaning, read_object};
use crate::diagnostic::Diagnostic;
use crate::import::notes;
use crate::import::outline::{Item, Outline, Wait};

/// Objects in file order, before it is known what their names mean.
#[derive(Debug, Default)]
pub struct Collector {
    /// The items with the ids and waits as they are written.
    pub items: Vec<Item>,
    /// What was guessed or left out.
    pub notes: Vec<Diagnostic>,
    /// Whether an item has a field for what it waits for, even if that is empty.
    has_order: bool,
    /// How many entries of lists are no objects.
    left_out: usize,
    /// For each item, the item that holds its object.
    holders: Vec<Option<usize>>,
    /// For each item, the id of the item that it names as its parent.
    parents: Vec<Option<String>>,
    /// For each item, the number of its step.
    steps: Vec<Option<u64>>,
    /// An item, and the id of one that waits for it.
    blocks: Vec<(usize, String)>,
    /// Pairs of ids of which the second waits for the first.
    edges: Vec<(String, String)>,
    /// Words for progress that are not known.
    odd_statuses: Vec<String>,
}

impl Collector {
    /// Adds an item, which is held by the object of `holder`; returns its index.
    pub fn add(&mut self, found: Found<'_>, holder: Option<usize>) -> usize {
        let at = self.items.len();
        self.items.push(found.item);
        self.holders.push(holder);
        self.parents.push(found.parent);
        self.steps.push(found.step);
        self.has_order |= found.has_order;
        self.blocks.extend(found.blocks.into_iter().map(|id| (at, id)));
        let is_new = |word: &String| self.odd_statuses.len() < 12 && !self.odd_statuses.contains(word);
        if let Some(word) = found.odd_status.filter(is_new) {
            self.odd_statuses.push(word);
        }
        at
    }

    /// Adds objects with their parts; returns the indexes of the objects themselves. Does not recurse.
    pub fn add_all<'a>(
        &mut self,
        values: impl IntoIterator<Item = &'a Value, IntoIter: DoubleEndedIterator>,
        names: fn(&str) -> Meaning,
        holder: Option<usize>,
    ) -> Vec<usize> {
        let mut added = Vec::new();
        let mut waiting: Vec<(&Value, Option<usize>)> =
            values.into_iter().rev().map(|value| (value, holder)).collect();
        while let Some((value, above)) = waiting.pop() {
            let Value::Object(fields) = value else {
                self.left_out += 1;
                continue;
            };
            let mut found = read_object(fields, names);
            let parts = std::mem::take(&mut found.parts);
            let at = self.add(found, above);
            if above == holder {
                added.push(at);
            }
            waiting.extend(parts.into_iter().rev().map(|part| (part, Some(at))));
        }
        added
    }

    /// Adds a group with this title; returns its index.
    pub fn add_group(&mut self, title: impl Into<String>) -> usize {
        self.add(Found { item: Item::new("", title, 0), ..Found::default() }, None)
    }

    /// Says that the item with the id `later` waits for the one with the id `before`.
    pub fn add_edge(&mut self, before: &str, later: &str) {
        self.edges.push((before.to_owned(), later.to_owned()));
    }

    /// Makes an item a part of another one.
    pub fn put_into(&mut self, item: usize, holder: usize) {
        self.holders[item] = Some(holder);
    }

    /// Makes each of these items wait for the one before it.
    pub fn put_in_order(&mut self, items: &[usize]) {
        for pair in items.windows(2) {
            self.items[pair[1]].waits.push(Wait::Implied(pair[0]));
        }
    }

    /// If no item says what it waits for, but all say to which step they belong, the steps follow each other.
    pub fn put_steps_in_order(&mut self) {
        let is_flat = self.holders.iter().all(Option::is_none);
        let steps: Vec<u64> = self.steps.iter().copied().flatten().collect();
        if !is_flat || steps.len() < self.items.len() || !self.names_no_waits() {
            return;
        }
        let mut groups: BTreeMap<u64, usize> = BTreeMap::new();
        for (at, step) in steps.into_iter().enumerate() {
            let title = std::mem::take(&mut self.items[at].group);
            let group = *groups.entry(step).or_insert_with(|| self.add_group(title));
            self.put_into(at, group);
        }
        self.put_in_order(&groups.into_values().collect::<Vec<_>>());
    }

    /// Whether nothing says of any item when it is done: no field for what it waits for, and no number of a step.
    pub fn is_mere_list(&self) -> bool {
        !self.has_order && self.names_no_waits() && self.steps.iter().all(Option::is_none)
    }

    /// Whether no item says what it waits for.
    pub fn names_no_waits(&self) -> bool {
        let is_no_wait = |wait: &Wait| matches!(wait, Wait::Named(name) if is_nothing(name));
        self.edges.is_empty()
            && self.blocks.iter().all(|(_, name)| is_nothing(name))
            && self.items.iter().all(|item| item.waits.iter().all(is_no_wait))
    }

    /// The outline, in which every name has its meaning. Takes linear time.
    pub fn finish(mut self) -> Outline {
        let written: Vec<String> = self.items.iter().map(|item| item.id.clone()).collect();
        self.tell_parts_apart(&written);
        self.resolve_waits(&written);
        let parents = self.resolve_parents(&written);
        let mut outline = Outline { notes: self.notes, ..Outline::default() };
        if self.left_out > 0 {
            let (entries, were) = if self.left_out == 1 { ("entry", "was") } else { ("entries", "were") };
            let message = format!("{} {entries} of the list {were} left out: no object.", self.left_out);
            outline.notes.push(notes::VALUE_CHANGED.says(&message));
        }
        if !self.odd_statuses.is_empty() {
            let words: Vec<&str> = self.odd_statuses.iter().map(String::as_str).collect();
            outline.notes.push(notes::UNKNOWN_STATUS.says(&format!(
                "These words for progress are not known and were read as not started: {}.",
                notes::listed(&words)
            )));
        }
        outline.items = parents_first(self.items, &parents);
        outline
    }

    /// Gives parts whose id is taken the id of their holder in front.
    fn tell_parts_apart(&mut self, written: &[String]) {
        let mut taken: FxHashSet<String> = FxHashSet::default();
        let (tops, parts): (Vec<usize>, Vec<usize>) =
            (0..self.items.len()).partition(|at| self.holders[*at].is_none());
        for at in tops.into_iter().chain(parts) {
            if written[at].is_empty() || taken.insert(written[at].clone()) {
                continue;
            }
            let Some(holder) = self.holders[at].map(|holder| self.items[holder].id.clone()) else { continue };
            let full = format!("{holder}.{}", written[at]);
            if !holder.is_empty() && taken.insert(full.clone()) {
                self.items[at].id = full;
            }
        }
    }

    /// Turns names into ids: a part means its siblings first.
    fn resolve_waits(&mut self, written: &[String]) {
        let mut siblings: FxHashMap<(Option<usize>, &str), usize> = FxHashMap::default();
        let mut all: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, id) in written.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
            siblings.entry((self.holders[at], id)).or_insert(at);
            all.entry(id).or_insert(at);
        }
        let ids: Vec<String> = self.items.iter().map(name_of).collect();
        let names: Vec<Vec<String>> =
            self.items.iter_mut().map(|item| std::mem::take(&mut item.names)).collect();
        for (at, names) in names.iter().enumerate() {
            for name in names.iter().filter(|name| !name.is_empty()) {
                all.entry(name).or_insert(at);
            }
        }
        let find = |holder: Option<usize>, name: &str| {
            siblings.get(&(holder, name)).or_else(|| all.get(name)).copied()
        };
        for (at, holder) in self.holders.iter().enumerate() {
            let waits = std::mem::take(&mut self.items[at].waits);
            for wait in waits {
                let Wait::Named(name) = wait else {
                    self.items[at].waits.push(wait);
                    continue;
                };
                let named = meant(&name, |name| find(*holder, name));
                let found = named.into_iter().filter_map(|name| match find(*holder, name) {
                    Some(target) => Some(ids[target].clone()),
                    None => Some(name.to_owned()).filter(|name| !is_nothing(name)),
                });
                self.items[at].waits.extend(found.map(Wait::Named));
            }
        }
        for (before, later) in &self.edges {
            if let Some(later) = all.get(later.as_str()) {
                let before = all.get(before.as_str()).map_or(before, |before| &ids[*before]);
                self.items[*later].waits.push(Wait::Named(before.clone()));
            }
        }
        for (before, name) in &self.blocks {
            let later = meant(name, |name| find(self.holders[*before], name));
            for later in later.into_iter().filter_map(|name| find(self.holders[*before], name)) {
                self.items[later].waits.push(Wait::Named(ids[*before].clone()));
            }
        }
        for (item, names) in self.items.iter_mut().zip(names) {
            item.names = names;
        }
    }

    /// The parent of each item. A name that no item has becomes the heading.
    fn resolve_parents(&mut self, written: &[String]) -> Vec<Option<usize>> {
        let mut all: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, id) in written.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
            all.entry(id).or_insert(at);
        }
        let mut parents = self.holders.clone();
        for (at, name) in self.parents.iter().enumerate() {
            let Some(name) = name else { continue };
            match all.get(name.as_str()) {
                Some(parent) if *parent != at => parents[at] = Some(*parent),
                Some(_) => {}
                None if self.items[at].group.is_empty() => self.items[at].group.clone_from(name),
                None => {}
            }
        }
        cut_circles(&mut parents);
        parents
    }
}

/// The id of an item, or its title if it has none.
fn name_of(item: &Item) -> String {
    if item.id.is_empty() { item.title.clone() } else { item.id.clone() }
}

/// The names in a wait: the name itself, without a `#`, or several with spaces between them.
fn meant(name: &str, find: impl Fn(&str) -> Option<usize>) -> Vec<&str> {
    if find(name).is_some() {
        return vec![name];
    }
    let bare = name.trim_start_matches(['#', '@']);
    if find(bare).is_some() {
        return vec![bare];
    }
    if let Some(known) = without_words(bare).filter(|name| find(name).is_some()) {
        return vec![known];
    }
    let parts: Vec<&str> = name.split_whitespace().filter(|part| *part != "and" && *part != "&").collect();
    if parts.len() > 1 && parts.iter().all(|part| find(part).is_some()) { parts } else { vec![name] }
}

/// A name without a remark behind it and without a word such as “Task” before it.
fn without_words(name: &str) -> Option<&str> {
    let bare = name.split([':', '(']).next()?.trim();
    let (first, rest) = bare.split_once(' ').unwrap_or(("", bare));
    let is_word = ["task", "story", "issue", "step"].iter().any(|word| first.eq_ignore_ascii_case(word));
    Some(if is_word { rest.trim_start_matches('#') } else { bare })
}

/// Removes the parents of items that are their own ancestors.
fn cut_circles(parents: &mut [Option<usize>]) {
    // The walk in which an item was seen first; an item that is met again in the same walk is in a circle.
    let mut walk = vec![0; parents.len()];
    for start in 0..parents.len() {
        let mut at = start;
        while walk[at] == 0 {
            walk[at] = start + 1;
            match parents[at] {
                Some(parent) if walk[parent] == start + 1 => parents[at] = None,
                Some(parent) => at = parent,
                None => {}
            }
        }
    }
}

/// The items in their order, except that a parent stands before its parts.
fn parents_first(items: Vec<Item>, parents: &[Option<usize>]) -> Vec<Item> {
    let mut place: Vec<Option<usize>> = vec![None; items.len()];
    let mut order = Vec::with_capacity(items.len());
    for start in 0..items.len() {
        let mut line = Vec::new();
        let mut at = Some(start);
        while let Some(next) = at.filter(|at| place[*at].is_none()) {
            line.push(next);
            at = parents[next];
        }
        for item in line.into_iter().rev() {
            place[item] = Some(order.len());
            order.push(item);
        }
    }
    let mut items: Vec<Option<Item>> = items.into_iter().map(Some).collect();
    let moved = order.iter().filter_map(|at| {
        let mut item = items[*at].take()?;
        item.parent = parents[*at].and_then(|parent| place[parent]);
        for wait in &mut item.waits {
            if let Wait::Implied(before) = wait {
                *before = place[*before].unwrap_or(*before);
            }
        }
        Some(item)
    });
    moved.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::import::fields::meaning;

    /// One line for each item: id, parent and waits.
    fn shown(value: &Value) -> String {
        let mut collector = Collector::default();
        collector.add_all(value.as_array().expect("a list"), meaning, None);
        let items = collector.finish().items;
        let line = |item: &Item| {
            let parent = item.parent.map(|parent| items[parent].id.clone()).unwrap_or_default();
            let waits: Vec<String> = (item.waits.iter())
                .map(|wait| match wait {
                    Wait::Named(name) => name.clone(),
                    Wait::Implied(at) | Wait::Meant(at) => format!("#{at}"),
                })
                .collect();
            format!("{}<{parent}>{}", item.id, waits.join("+"))
        };
        items.iter().map(line).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn parts_mean_their_siblings_first() {
        let phases = json!([
            {"id": 1, "title": "a",
             "subtasks": [{"id": 1, "title": "x"}, {"id": 2, "title": "y", "deps": [1]}]},
            {"id": 2, "title": "b", "deps": [1], "subtasks": [{"id": 3, "title": "z", "deps": "2"}]},
        ]);
        assert_eq!(shown(&phases), "1<> 1.1<1> 1.2<1>1.1 2<>1 3<2>1.2");
    }

    #[test]
    fn parents_may_come_later_and_never_in_circles() {
        let later = json!([{"id": "a", "parent": "b"}, {"id": "b"}, {"id": "c", "parent": "none such"}]);
        assert_eq!(shown(&later), "b<> a<b> c<>");
        let circle =
            json!([{"id": "a", "parent": "b"}, {"id": "b", "parent": "a"}, {"id": "c", "parent": "c"}]);
        assert_eq!(shown(&circle), "b<> a<b> c<>");
    }

    #[test]
    fn an_id_that_looks_like_no_value_is_waited_for_if_a_task_has_it() {
        for id in ["-", "—", "()", "[]", "(", "none", "n/a"] {
            let with = json!([{"id": id, "title": "a"}, {"id": "b", "deps": [id]}, {"id": "c", "deps": id}]);
            assert_eq!(shown(&with), format!("{id}<> b<>{id} c<>{id}"));
            let without =
                json!([{"id": "a", "title": "a"}, {"id": "b", "deps": [id]}, {"id": "c", "deps": id}]);
            assert_eq!(shown(&without), "a<> b<> c<>");
        }
    }

    #[test]
    fn waits_may_be_written_from_the_other_side_and_with_signs() {
        let value = json!([{"id": "a", "blocks": ["b"]}, {"id": "b"},
            {"id": "c", "after": "#a b"}, {"id": "d", "after": "a b"},
            {"id": "e", "after": ["Task c", "d (later)"]}]);
        assert_eq!(shown(&value), "a<> b<>a c<>#a b d<>a+b e<>c+d");
    }
}
