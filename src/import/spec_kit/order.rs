//! The order that a `tasks.md` implies: from stated dependencies, the sequence of its sections, and `[P]`.
//!
//! Sections follow each other, but adjacent user stories don't wait for one another. Within a section, a task
//! without `[P]` waits for everything before it, and a task with `[P]` waits only for tasks without the mark.
//! Tasks under a heading "Tests …" come before the rest of their section. A stated dependency overrides these
//! rules within its section. Redundant edges are removed, so the plan stays readable.

use std::ops::Range;

use fixedbitset::FixedBitSet;

use super::document::{Document, WrittenTask, leading_id, leading_section, section_name};
use crate::import::MAX_WAITS;
use crate::import::prose::references::{self, LeadingId, Reference, Stated};

/// The predecessors of each task, by position.
#[derive(Debug, Default)]
pub struct Order {
    /// Direct predecessors of each task, stated ones first.
    pub after: Vec<Vec<usize>>,
    /// The number of stated edges.
    pub named: usize,
    /// How many direct predecessors of each task are stated.
    pub named_of: Vec<usize>,
    /// The number of edges added because of sections and `[P]`.
    pub implied: usize,
    /// The number of removed edges that follow from others.
    pub redundant: usize,
    /// Position of a task, and an id it names that is not in the file.
    pub missing: Vec<(usize, String)>,
    /// Whether there are more than [`MAX_WAITS`], so some are missing.
    pub is_cut: bool,
}

/// Finds the order of all tasks. Quadratic in their number, with bit sets.
pub fn find(document: &Document) -> Order {
    let mut found = Order::default();
    add_named(document, &mut found);
    add_implied(document, &mut found);
    found
}

fn is_dropped(task: &WrittenTask) -> bool {
    task.mark == '-'
}

/// The tasks by their ids.
struct Ids<'a> {
    document: &'a Document,
    sorted: Vec<((u64, &'a str, u64), usize)>,
}

impl<'a> Ids<'a> {
    fn of(document: &'a Document) -> Ids<'a> {
        let ids = document.tasks.iter().enumerate().map(|(at, task)| (references::order(&task.id), at));
        let mut sorted: Vec<_> = ids.collect();
        sorted.sort_unstable();
        Ids { document, sorted }
    }

    /// The tasks that a reference means. A range covers the ids that exist. Of an id that occurs more
    /// than once, the task in the named section is meant, else the first.
    fn meant(&self, reference: &Reference, section: Option<usize>) -> Vec<usize> {
        let (first, last) = match reference {
            Reference::One(id) => (*id, *id),
            Reference::Range(first, last) => (*first, *last),
        };
        let start = self.sorted.partition_point(|(id, _)| *id < references::order(first));
        let inside = self.sorted[start..].iter().take_while(|(id, _)| *id <= references::order(last));
        let mut meant: Vec<((u64, &str, u64), usize)> = Vec::new();
        for (id, task) in inside {
            let is_near = section == Some(self.document.tasks[*task].section);
            match meant.last_mut() {
                Some((same, kept)) if same == id => *kept = if is_near { *task } else { *kept },
                _ => meant.push((*id, *task)),
            }
        }
        meant.into_iter().map(|(_, task)| task).collect()
    }
}

/// Adds the stated edges: of sentences, and of arrows in the section about the order.
fn add_named(document: &Document, found: &mut Order) {
    let ids = Ids::of(document);
    let mut pairs: Vec<Vec<usize>> = vec![Vec::new(); document.tasks.len()];
    let mut left = MAX_WAITS;
    let mut add = |task: usize, before: usize| {
        if left > 0 {
            left -= 1;
            pairs[task].push(before);
        }
    };
    for (position, task) in document.tasks.iter().enumerate() {
        let text = task.joined();
        let Stated { after, before } = references::stated(&text, leading_id);
        for (reference, is_after) in
            after.iter().map(|one| (one, true)).chain(before.iter().map(|one| (one, false)))
        {
            let meant = ids.meant(reference, Some(task.section));
            if let ([], Reference::One(id)) = (&meant[..], reference) {
                found.missing.push((position, (*id).to_owned()));
            }
            for other in meant {
                if is_after { add(position, other) } else { add(other, position) }
            }
        }
    }
    for (_, line) in &document.order_lines {
        for (earlier, later) in references::arrows(line, leading_id) {
            let tasks = |references: &[Reference]| -> Vec<usize> {
                references.iter().flat_map(|one| ids.meant(one, None)).collect()
            };
            for task in tasks(&later) {
                tasks(&earlier).into_iter().for_each(|before| add(task, before));
                let missing = earlier.iter().filter_map(|reference| match reference {
                    Reference::One(id) => ids.meant(reference, None).is_empty().then(|| (*id).to_owned()),
                    Reference::Range(..) => None,
                });
                found.missing.extend(missing.map(|id| (task, id)));
            }
        }
    }
    for (position, mut before) in pairs.into_iter().enumerate() {
        let mut seen = FixedBitSet::with_capacity(document.tasks.len());
        before.retain(|other| *other != position && !seen.put(*other));
        found.named += before.len();
        found.after.push(before);
    }
    found.is_cut |= found.named >= MAX_WAITS;
}

/// The pairs of sections that sentences put in order, the later one first: "US2 depends on US1", and
/// "**Dependencies**: Phase 14" below a heading.
fn named_sections(document: &Document) -> Vec<(usize, usize)> {
    let section = |written: &str| {
        let name = section_name(written);
        document.sections.iter().position(|section| section.names.contains(&name))
    };
    let leading: LeadingId = leading_section;
    let mut pairs = Vec::new();
    let mut add = |later: usize, line: &str| {
        for reference in references::stated(line, leading).after {
            let (Reference::One(written) | Reference::Range(_, written)) = reference;
            let earlier = section(written).filter(|earlier| *earlier != later);
            pairs.extend(earlier.map(|earlier| (later, earlier)));
        }
    };
    for (at, remarks) in document.sections.iter().enumerate().map(|(at, section)| (at, &section.remarks)) {
        remarks.iter().for_each(|line| add(at, line));
    }
    for (_, line) in &document.order_lines {
        let start = line.trim_start_matches(['-', '*', ' ', '[', '(']);
        if let Some(later) = leading_section(start).and_then(section) {
            add(later, line);
        }
    }
    for (_, line) in &document.order_lines {
        for (earlier, later) in references::arrows(line, leading) {
            for pair in earlier.iter().flat_map(|one| later.iter().map(move |other| (one, other))) {
                if let (Reference::One(earlier), Reference::One(later)) = pair
                    && let (Some(earlier), Some(later)) = (section(earlier), section(later))
                    && earlier != later
                {
                    pairs.push((later, earlier));
                }
            }
        }
    }
    pairs
}

/// Adds the edges that sections and marks imply, unless they follow from others.
fn add_implied(document: &Document, found: &mut Order) {
    let named = found.after.clone();
    let mut closure = Closure::of(document, &named);
    let sections = by_section(document);
    for (later, earlier) in named_sections(document) {
        let ends = closure.last_of(&sections[earlier]);
        for &task in &sections[later] {
            let before = ends.iter().copied().filter(|before| closure.add(task, *before)).collect::<Vec<_>>();
            found.implied += before.len();
            found.after[task].extend(before);
        }
    }
    // The tasks of all earlier stages that no other task of those stages waits for.
    let mut earlier: Vec<usize> = Vec::new();
    for stage in stages(document, &sections) {
        let mut in_stage: Vec<usize> = Vec::new();
        for section in &sections[stage] {
            let members: Vec<usize> =
                section.iter().copied().filter(|&task| !is_dropped(&document.tasks[task])).collect();
            let mut inside = FixedBitSet::with_capacity(document.tasks.len());
            for (index, &task) in members.iter().enumerate() {
                let left = MAX_WAITS.saturating_sub(found.named + found.implied);
                let mut implied: Vec<usize> = Vec::new();
                // Later tasks imply most earlier edges, so few remain.
                for &before in members[..index].iter().rev() {
                    if comes_before(document, &named, before, task) && closure.add(task, before) {
                        implied.push(before);
                        if implied.len() > left || inside.is_subset(&closure.ancestors[task]) {
                            break;
                        }
                    }
                }
                let beyond = earlier.iter().rev().copied().filter(|before| closure.add(task, *before));
                let room = (left + 1).saturating_sub(implied.len());
                implied.extend(beyond.take(room));
                inside.insert(task);
                found.is_cut |= implied.len() > left;
                implied.truncate(left);
                implied.sort_unstable();
                found.implied += implied.len();
                found.after[task].extend(implied);
            }
            in_stage.extend(members);
        }
        earlier.extend(in_stage);
        earlier = closure.last_of(&earlier);
    }
    found.named_of = named.iter().map(Vec::len).collect();
    let mut named_of = found.named_of.iter().copied();
    for before in &mut found.after {
        let length = before.len();
        let through_others = closure.ancestors_of(before);
        let stated = named_of.next().unwrap_or_default();
        let mut at = 0;
        // What the author says stays, even if it follows from something else.
        before.retain(|one| {
            at += 1;
            at <= stated || !through_others.contains(*one)
        });
        found.redundant += length - before.len();
    }
}

/// The tasks of each section, ascending.
fn by_section(document: &Document) -> Vec<Vec<usize>> {
    let mut sections = vec![Vec::new(); document.sections.len()];
    for (at, task) in document.tasks.iter().enumerate() {
        sections[task.section].push(at);
    }
    sections
}

/// Groups sections that need not wait for each other, such as consecutive user stories, into ranges.
fn stages(document: &Document, sections: &[Vec<usize>]) -> Vec<Range<usize>> {
    let is_story = |section: usize| {
        let members = &sections[section];
        document.sections[section].names_story
            || (!members.is_empty() && members.iter().all(|&task| document.tasks[task].has_story))
    };
    let mut stages: Vec<Range<usize>> = Vec::new();
    let mut last_is_story = false;
    for section in 0..document.sections.len() {
        let story = is_story(section);
        match stages.last_mut() {
            Some(stage) if story && last_is_story => stage.end = section + 1,
            _ => stages.push(section..section + 1),
        }
        last_is_story = story;
    }
    stages
}

/// Whether the rules within a section put `before`, the earlier one in the file, before `task`.
fn comes_before(document: &Document, named: &[Vec<usize>], before: usize, task: usize) -> bool {
    let [earlier, later] = [before, task].map(|position| &document.tasks[position]);
    let names_its_own = |position: usize| !named[position].is_empty();
    if earlier.is_under_tests && !later.is_under_tests {
        return true;
    }
    if names_its_own(task) {
        return false;
    }
    !later.parallel || !(earlier.parallel || names_its_own(before))
}

/// All direct and indirect predecessors of each task, updated as edges are added.
struct Closure {
    ancestors: Vec<FixedBitSet>,
    /// Tasks that another one waits for.
    awaited: FixedBitSet,
}

impl Closure {
    /// From the stated edges, without dropped tasks, because nothing waits for them.
    fn of(document: &Document, named: &[Vec<usize>]) -> Closure {
        let tasks = &document.tasks;
        let none = FixedBitSet::with_capacity(tasks.len());
        let mut closure = Closure { ancestors: vec![none.clone(); tasks.len()], awaited: none };
        for (task, before) in named.iter().enumerate().filter(|(task, _)| !is_dropped(&tasks[*task])) {
            for &before in before.iter().filter(|before| !is_dropped(&tasks[**before])) {
                closure.add(task, before);
            }
        }
        closure
    }

    /// Makes `task` wait for `before` and returns whether that was new. Refuses an edge that would close a
    /// cycle.
    fn add(&mut self, task: usize, before: usize) -> bool {
        if task == before || self.ancestors[task].contains(before) || self.ancestors[before].contains(task) {
            return false;
        }
        let mut gained = self.ancestors[before].clone();
        gained.insert(before);
        self.awaited.insert(before);
        self.ancestors[task].union_with(&gained);
        if self.awaited.contains(task) {
            let waiting = self.ancestors.iter_mut().filter(|ancestors| ancestors.contains(task));
            waiting.for_each(|ancestors| ancestors.union_with(&gained));
        }
        true
    }

    /// All predecessors of these tasks.
    fn ancestors_of(&self, tasks: &[usize]) -> FixedBitSet {
        let mut all = FixedBitSet::with_capacity(self.ancestors.len());
        tasks.iter().for_each(|task| all.union_with(&self.ancestors[*task]));
        all
    }

    /// The tasks that no other of these tasks waits for.
    fn last_of(&self, tasks: &[usize]) -> Vec<usize> {
        let waited_for = self.ancestors_of(tasks);
        tasks.iter().copied().filter(|task| !waited_for.contains(*task)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::spec_kit::document;

    /// The order of a file, as "task < its predecessors".
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let document = document::read(text);
        let id = |task: &usize| document.tasks[*task].id.trim_start_matches("T00").to_owned();
        let waits = find(&document).after;
        let lines: Vec<String> = (waits.iter().enumerate())
            .filter(|(_, before)| !before.is_empty())
            .map(|(task, before)| {
                format!("{}<{}", id(&task), before.iter().map(id).collect::<Vec<_>>().join(","))
            })
            .collect();
        assert_eq!(lines, expected, "{text}");
    }

    #[test]
    fn inside_a_section_marks_decide() {
        let tasks = "- [ ] T001 a\n- [ ] T002 [P] b\n- [ ] T003 [P] c\n- [ ] T004 d\n- [ ] T005 [P] e\n";
        check(tasks, &["2<1", "3<1", "4<2,3", "5<4"]);
    }

    #[test]
    fn a_task_that_names_what_it_waits_for_is_taken_at_its_word() {
        let tasks =
            "- [ ] T001 a\n- [ ] T002 b\n- [ ] T003 c (depends on T001)\n- [ ] T004 [P] d\n- [ ] T005 e\n";
        check(tasks, &["2<1", "3<1", "4<2", "5<3,4"]);
    }

    #[test]
    fn user_stories_stand_side_by_side() {
        let text = "## Phase 1: Setup\n- [ ] T001 a\n## Phase 2: Foundational\n- [ ] T002 [P] b\n- [ ] T003 \
            [P] c\n\
                    ## Phase 3: User Story 1\n- [ ] T004 [US1] d\n## Phase 4: Carts\n- [ ] T005 [P] [US2] \
                    e\n- [ ] T006 [US2] f\n\
                    ## Phase 5: Polish\n- [ ] T007 g\n## Phase 6: More\n- [ ] T008 h\n";
        check(text, &["2<1", "3<1", "4<2,3", "5<2,3", "6<5", "7<4,6", "8<7"]);
    }

    #[test]
    fn tests_come_before_the_rest_of_their_section() {
        let text = "- [ ] T001 a\n## Phase 3: User Story 1\n### Tests for it\n- [ ] T002 [P] b\n- [ ] T003 \
            [P] c\n\
                    ### Implementation\n- [ ] T004 [P] d\n- [ ] T005 e (depends on T001)\n";
        check(text, &["2<1", "3<1", "4<2,3", "5<1,2,3"]);
    }

    #[test]
    fn dropped_tasks_hold_nothing_up() {
        check("- [ ] T001 a\n- [-] T002 b\n- [ ] T003 c\n", &["3<1"]);
    }

    #[test]
    fn circles_stay_as_they_are_named() {
        let text = "- [ ] T001 a (depends on T002)\n- [ ] T002 b (depends on T001, T001, T002, T009)\n- [ ] \
            T003 c\n";
        check(text, &["1<2", "2<1", "3<1"]);
        assert_eq!(find(&document::read(text)).missing, [(1, "T009".to_owned())]);
    }

    #[test]
    fn too_many_edges_are_cut() {
        let mut text = String::from("## Phase 1: A\n");
        for number in 0..800 {
            text.push_str(&format!("- [ ] T{number:04} [P] a\n"));
            if number == 399 {
                text.push_str("## Phase 2: B\n");
            }
        }
        let order = find(&document::read(&text));
        assert!(order.is_cut);
        assert_eq!(order.named + order.implied, MAX_WAITS);
    }
}
