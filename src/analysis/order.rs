//! The order of tasks: which must be finished before which.
//!
//! An id refers to the first task that has it. Ignores entries of `after` that name no task, the task itself,
//! or the same task again.
//!
//! Progress changes the order. Nothing waits for a done task any more, and it waits for nothing. A dropped task is not
//! part of the order: its successors wait for its predecessors instead, so dropping a task never lets others start
//! before their remaining predecessors are done. A running task waits for nothing, since it has started; if that was
//! too early, its successors wait for its predecessors as well as for itself.

use std::fmt;
use std::ops::Range;

use fixedbitset::FixedBitSet;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::cycles::break_cycles;
use super::edges::{Wait, reversed, topological};
use super::groups;
use crate::plan::{Plan, Status, TaskId};

/// The order that the schedule follows: the `after` lists without unknown ids, self references, repetitions
/// and edges removed to break cycles.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// For each task, its direct predecessors (including those through dropped and running tasks), ascending.
    pub predecessors: Vec<Vec<usize>>,
    /// For each task, its direct successors (including those through dropped and running tasks), ascending.
    pub successors: Vec<Vec<usize>>,
    /// Every task once, each after all its predecessors; ties go by position in the plan. Includes done and dropped
    /// tasks.
    pub topological: Vec<usize>,
    /// For each task, all direct and indirect predecessors. The set has no bits if there are none.
    pub ancestors: Vec<FixedBitSet>,
    /// For each running task, the tasks that its successors wait for in addition to it.
    pub passed_on: Vec<Vec<usize>>,
    /// Cycles as lists of tasks: every task waits for the one before it, and the first would wait for the
    /// last if that edge had not been removed. At most [`super::cycles::MAX_SHOWN`].
    pub cycles: Vec<Vec<usize>>,
    /// Edges removed to break cycles, ascending.
    pub left_out: Vec<Wait>,
    /// Redundant edges: the waiting task also waits for the other through a third. Ascending.
    pub redundant: Vec<Wait>,
    /// Edges that no `after` list has, because a group waits for the one before. Ascending.
    pub between_groups: Vec<Wait>,
}

/// Omits the ancestors: they follow from the rest, and bit sets print addresses that differ from run to run.
impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order")
            .field("predecessors", &self.predecessors)
            .field("topological", &self.topological)
            .field("cycles", &self.cycles)
            .field("left_out", &self.left_out)
            .field("redundant", &self.redundant)
            .finish_non_exhaustive()
    }
}

impl Order {
    /// The order of a plan of `n` tasks. Takes `n/8` bytes for each task that waits for another (12.5 MB for
    /// 10,000 of them) and O(edges · n / 64) time.
    pub fn of(plan: &Plan) -> Order {
        let mut predecessors = written_edges(plan);
        let between_groups = groups::add_waits(plan, &mut predecessors);
        forget_done(plan, &mut predecessors);
        let passed_on = pass_through(plan, &mut predecessors);
        let broken = break_cycles(&mut predecessors);
        let successors = reversed(&predecessors);
        let topological = topological(&predecessors, &successors);
        let mut order = Order {
            predecessors,
            successors,
            topological,
            passed_on,
            cycles: broken.cycles,
            left_out: broken.left_out,
            between_groups,
            ..Order::default()
        };
        order.find_ancestors();
        // Nobody wrote these, so nobody can leave them out.
        let Order { redundant, between_groups, .. } = &mut order;
        redundant.retain(|wait| between_groups.binary_search(wait).is_err());
        order
    }

    /// The order in which the tasks of each part follow one another, and nothing else is ordered. `parts` are runs of
    /// positions that cover the plan. Takes `n/8` bytes for each of `n` tasks.
    pub fn within(parts: &[Range<usize>]) -> Order {
        let len = parts.last().map_or(0, |part| part.end);
        let mut order = Order { topological: (0..len).collect(), ..Order::default() };
        order.predecessors = vec![Vec::new(); len];
        order.passed_on = vec![Vec::new(); len];
        order.ancestors = vec![FixedBitSet::new(); len];
        for part in parts {
            for task in part.clone().skip(1) {
                order.predecessors[task].push(task - 1);
                let mut ancestors = FixedBitSet::with_capacity(task);
                ancestors.insert_range(part.start..task);
                order.ancestors[task] = ancestors;
            }
        }
        order.successors = reversed(&order.predecessors);
        order
    }

    /// Whether one of the two must be finished before the other starts.
    pub fn are_ordered(&self, a: usize, b: usize) -> bool {
        self.ancestors[a].contains(b) || self.ancestors[b].contains(a)
    }

    /// Whether adding the edge from `awaited` to `waiting` would close a cycle.
    pub fn would_close_cycle(&self, waiting: usize, awaited: usize) -> bool {
        let is_behind = |first: usize| first == waiting || self.ancestors[first].contains(waiting);
        is_behind(awaited) || self.passed_on[awaited].iter().any(|&first| is_behind(first))
    }

    /// The task that makes `wait` redundant: the first direct predecessor of the waiting task that itself
    /// waits for the awaited one.
    pub fn through(&self, wait: Wait) -> Option<usize> {
        let direct = &self.predecessors[wait.waiting];
        direct.iter().copied().find(|&task| self.ancestors[task].contains(wait.awaited))
    }

    /// Fills `ancestors` and `redundant`. An edge is redundant if its task is also an ancestor of another
    /// predecessor (transitive reduction: Aho, Garey and Ullman, 1972).
    fn find_ancestors(&mut self) {
        let len = self.predecessors.len();
        self.ancestors = vec![FixedBitSet::new(); len];
        for &task in self.topological.iter().filter(|&&task| !self.predecessors[task].is_empty()) {
            let mut ancestors = FixedBitSet::with_capacity(len);
            for &before in &self.predecessors[task] {
                ancestors.union_with(&self.ancestors[before]);
            }
            for &awaited in &self.predecessors[task] {
                if ancestors.put(awaited) {
                    self.redundant.push(Wait { waiting: task, awaited });
                }
            }
            self.ancestors[task] = ancestors;
        }
        self.redundant.sort_unstable();
    }
}

/// The entries of `after` that make `waiting` wait for `awaited`: its id, or ids of dropped and running tasks that
/// lead to it.
pub fn entries_behind(plan: &Plan, wait: Wait) -> Vec<TaskId> {
    let positions = plan.positions();
    let leads_there = |entry: &TaskId| {
        let mut seen = FixedBitSet::with_capacity(plan.tasks.len());
        let mut open: Vec<usize> = positions.get(entry).copied().into_iter().collect();
        while let Some(task) = open.pop() {
            if task == wait.awaited {
                return true;
            }
            if is_passed_through(plan.tasks[task].status) && !seen.put(task) {
                open.extend(plan.tasks[task].after.iter().filter_map(|id| positions.get(id)));
            }
        }
        false
    };
    plan.tasks[wait.waiting].after.iter().filter(|entry| leads_there(entry)).cloned().collect()
}

/// For each task, the positions in its `after` list: ascending, without repetitions and itself.
fn written_edges(plan: &Plan) -> Vec<Vec<usize>> {
    let positions = plan.positions();
    let edges_of = |(task, written): (usize, &crate::plan::Task)| {
        let mut edges: Vec<usize> =
            written.after.iter().filter_map(|id| positions.get(id).copied()).collect();
        edges.retain(|&awaited| awaited != task);
        edges.sort_unstable();
        edges.dedup();
        edges
    };
    plan.tasks.iter().enumerate().map(edges_of).collect()
}

/// Removes done tasks from the lists, and clears their own.
fn forget_done(plan: &Plan, predecessors: &mut [Vec<usize>]) {
    let is_done = |task: usize| plan.tasks[task].status == Status::Done;
    for (task, edges) in predecessors.iter_mut().enumerate() {
        edges.retain(|&awaited| !is_done(task) && !is_done(awaited));
    }
}

/// Whether tasks that wait for one with this status also wait for its predecessors.
fn is_passed_through(status: Status) -> bool {
    matches!(status, Status::Dropped | Status::Running)
}

/// Replaces every dropped task in the lists by its predecessors, adds to every running task its predecessors, and
/// clears the lists of both. Returns what running tasks pass on.
///
/// Such tasks may wait for each other in a cycle, so this handles whole strongly connected components, predecessors
/// first.
fn pass_through(plan: &Plan, predecessors: &mut [Vec<usize>]) -> Vec<Vec<usize>> {
    let passed: Vec<bool> = plan.tasks.iter().map(|task| is_passed_through(task.status)).collect();
    let mut passed_on = vec![Vec::new(); passed.len()];
    if !passed.contains(&true) {
        return passed_on;
    }
    let is_kept = |task: usize| plan.tasks[task].status != Status::Dropped;
    let behind = tasks_behind(&passed, is_kept, predecessors);
    for (task, edges) in predecessors.iter_mut().enumerate() {
        if passed[task] {
            edges.clear();
            if is_kept(task) {
                passed_on[task] = behind[task].ones().collect();
            }
        } else if edges.iter().any(|&awaited| passed[awaited]) {
            let mut direct = FixedBitSet::with_capacity(passed.len());
            for &awaited in edges.iter() {
                if passed[awaited] {
                    direct.union_with(&behind[awaited]);
                }
                if is_kept(awaited) {
                    direct.insert(awaited);
                }
            }
            direct.set(task, false);
            *edges = direct.ones().collect();
        }
    }
    passed_on
}

/// For each task that is passed through, the kept tasks that it waits for, directly or through such tasks only.
fn tasks_behind(
    passed: &[bool],
    is_kept: impl Fn(usize) -> bool,
    predecessors: &[Vec<usize>],
) -> Vec<FixedBitSet> {
    let mut graph = DiGraph::<(), ()>::new();
    for _ in passed {
        graph.add_node(());
    }
    for (task, edges) in predecessors.iter().enumerate().filter(|&(task, _)| passed[task]) {
        for &awaited in edges.iter().filter(|&&awaited| passed[awaited]) {
            graph.add_edge(NodeIndex::new(task), NodeIndex::new(awaited), ());
        }
    }
    let mut behind = vec![FixedBitSet::new(); passed.len()];
    for component in kosaraju_scc(&graph).iter().filter(|component| passed[component[0].index()]) {
        let mut found = FixedBitSet::with_capacity(passed.len());
        for &awaited in component.iter().flat_map(|node| &predecessors[node.index()]) {
            if passed[awaited] {
                found.union_with(&behind[awaited]);
            }
            if is_kept(awaited) {
                found.insert(awaited);
            }
        }
        for node in component {
            behind[node.index()] = found.clone();
        }
    }
    behind
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::Task;

    /// Parses tasks such as `a; b: a; c dropped: a b`: an id, an optional `dropped`, and the ids it waits
    /// for.
    fn plan(text: &str) -> Plan {
        let task = |line: &str| {
            let (head, after) = line.split_once(':').unwrap_or((line, ""));
            let mut head = head.split_whitespace();
            Task {
                id: head.next().unwrap_or_default().into(),
                status: head.next().and_then(Status::from_name).unwrap_or_default(),
                after: after.split_whitespace().map(TaskId::from).collect(),
                ..Task::default()
            }
        };
        Plan { tasks: text.split(';').map(task).collect(), ..Plan::default() }
    }

    /// A plan whose tasks wait for each other by position.
    fn numbered(edges: &[Vec<usize>]) -> Plan {
        let id = |task: usize| TaskId(format!("t{task}"));
        let task = |(at, after): (usize, &Vec<usize>)| Task {
            id: id(at),
            after: after.iter().map(|&awaited| id(awaited)).collect(),
            ..Task::default()
        };
        Plan { tasks: edges.iter().enumerate().map(task).collect(), ..Plan::default() }
    }

    fn ids(plan: &Plan, tasks: impl IntoIterator<Item = usize>) -> String {
        tasks.into_iter().map(|task| plan.tasks[task].id.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Compares the direct predecessors of each task, in the notation of `plan`, without tasks that have
    /// none.
    fn check_edges(text: &str, expected: &str) {
        let plan = plan(text);
        let order = Order::of(&plan);
        let waiting = (0..plan.tasks.len()).filter(|&task| !order.predecessors[task].is_empty());
        let lines = waiting
            .map(|task| format!("{}: {}", plan.tasks[task].id, ids(&plan, order.predecessors[task].clone())));
        assert_eq!(lines.collect::<Vec<_>>().join("; "), expected, "of {text}");
    }

    /// Compares the cycles as lists of ids.
    fn check_cycles(text: &str, expected: &[&str]) {
        let plan = plan(text);
        let cycles: Vec<String> =
            Order::of(&plan).cycles.into_iter().map(|cycle| ids(&plan, cycle)).collect();
        assert_eq!(cycles, expected, "of {text}");
    }

    #[test]
    fn entries_that_say_nothing_are_passed_over() {
        check_edges("a; b: a a nobody b; c: b a", "b: a; c: a b");
        check_edges("a; b; a: b; c: a", "a: b; c: a");
        check_edges("", "");
    }

    #[test]
    fn waiting_passes_through_dropped_tasks() {
        check_edges("a; b dropped: a; c: b", "c: a");
        check_edges("a; b dropped: a; c dropped: b; d dropped; e: c d a", "e: a");
        check_edges("a; b dropped: a c; c dropped: b; d: c", "d: a");
        check_edges("a: b; b dropped: a", "");
        check_cycles("a: b; b dropped: c; c: a", &["a c"]);
    }

    #[test]
    fn a_done_task_holds_nobody_up() {
        check_edges("a; b done: a; c: b", "");
        check_edges("a done; b: a; c: b a", "c: b");
        check_cycles("a done: b; b: a", &[]);
    }

    #[test]
    fn a_running_task_waits_for_nothing_and_passes_on_what_it_should_have_waited_for() {
        check_edges("a; b running: a; c: b", "c: a b");
        check_edges("a; b dropped: a; c running: b; d: c", "d: a c");
        check_edges("a running: b; b running: a; c: a", "c: a b");
        check_cycles("a running: b; b: a", &[]);
    }

    #[test]
    fn a_cycle_loses_the_edge_that_points_down_the_plan() {
        check_cycles("a: b; b: a", &["a b"]);
        check_cycles("a: c; b: a; c: b", &["a b c"]);
        check_edges("a: c; b: a; c: b", "b: a; c: b");
    }

    #[test]
    fn two_cycles_with_a_common_edge_lose_only_that() {
        check_cycles("a: c d; b: a; c: b; d: b", &["b c a"]);
        check_cycles("a: b; b: c d; c: a; d: a", &["a c b"]);
        check_edges("a: b; b: c d; c: a; d: a", "b: c d; c: a; d: a");
    }

    #[test]
    fn separate_knots_are_broken_separately() {
        check_cycles("a: b; b: a; c: b d; d: c", &["a b", "c d"]);
    }

    #[test]
    fn ties_in_the_sequence_go_by_position() {
        let plan = plan("z; y; x: z; w");
        assert_eq!(ids(&plan, Order::of(&plan).topological), "z y x w");
    }

    #[test]
    fn redundant_edges_name_the_task_between() {
        let order = Order::of(&plan("a; b: a; c: b; d: c a"));
        let wait = Wait { waiting: 3, awaited: 0 };
        assert_eq!(order.redundant, [wait]);
        assert_eq!(order.through(wait), Some(2));
    }

    #[test]
    fn the_entries_behind_an_edge_are_found_through_dropped_tasks() {
        let plan = plan("a; b dropped: a c; c dropped: b; d: c a; e: b");
        let entries = |waiting| entries_behind(&plan, Wait { waiting, awaited: 0 });
        assert_eq!(entries(3), ["c".into(), "a".into()]);
        assert_eq!(entries(4), ["b".into()]);
    }

    #[test]
    fn a_chain_and_a_ring_of_thousands_need_no_deep_stack() {
        let ring: Vec<Vec<usize>> = (0..10_000).map(|task| vec![(task + 9_999) % 10_000]).collect();
        let order = Order::of(&numbered(&ring));
        assert_eq!(order.left_out, [Wait { waiting: 0, awaited: 9_999 }]);
        assert_eq!(order.cycles[0].len(), 10_000);
        assert_eq!(order.ancestors[9_999].count_ones(..), 9_999);
    }

    #[test]
    fn a_large_tangle_is_broken_within_its_budget() {
        let everyone_waits: Vec<Vec<usize>> =
            (0..400).map(|task| (0..400).filter(|&a| a != task).collect()).collect();
        let order = Order::of(&numbered(&everyone_waits));
        assert_eq!(order.topological, (0..400).collect::<Vec<_>>());
        assert_eq!(order.left_out.len(), 400 * 399 / 2);
        assert_eq!(order.cycles.len(), super::super::cycles::MAX_SHOWN);
    }

    /// The fewest edges whose removal breaks all cycles, by trying every sequence.
    fn fewest_backward(edges: &[Vec<usize>]) -> usize {
        fn search(edges: &[Vec<usize>], placed: &mut Vec<usize>) -> usize {
            let rest: Vec<usize> = (0..edges.len()).filter(|task| !placed.contains(task)).collect();
            let with = |task: usize, placed: &mut Vec<usize>| {
                let backward = placed.iter().filter(|&&before| edges[before].contains(&task)).count();
                placed.push(task);
                let total = backward + search(edges, placed);
                placed.pop();
                total
            };
            rest.into_iter().map(|task| with(task, placed)).min().unwrap_or(0)
        }
        let distinct: Vec<Vec<usize>> = edges
            .iter()
            .enumerate()
            .map(|(task, list)| (0..edges.len()).filter(|a| *a != task && list.contains(a)).collect())
            .collect();
        search(&distinct, &mut Vec::new())
    }

    fn any_edges(tasks: Range<usize>, degree: usize) -> impl Strategy<Value = Vec<Vec<usize>>> {
        tasks.prop_flat_map(move |len| {
            proptest::collection::vec(proptest::collection::vec(0..len, 0..=degree.min(len)), len)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn small_plans_lose_as_few_edges_as_possible(edges in any_edges(1..6, 4)) {
            prop_assert_eq!(Order::of(&numbered(&edges)).left_out.len(), fewest_backward(&edges));
        }

        #[test]
        fn the_order_is_what_was_written_less_what_closes_cycles(edges in any_edges(1..30, 3)) {
            let order = Order::of(&numbered(&edges));
            let mut place = vec![0; edges.len()];
            for (at, &task) in order.topological.iter().enumerate() {
                place[task] = at;
            }
            prop_assert_eq!(order.topological.len(), edges.len());
            for waiting in 0..edges.len() {
                for awaited in 0..edges.len() {
                    let wait = Wait { waiting, awaited };
                    let is_kept = order.predecessors[waiting].contains(&awaited);
                    let is_left_out = order.left_out.contains(&wait);
                    let is_written = waiting != awaited && edges[waiting].contains(&awaited);
                    prop_assert_eq!(is_kept || is_left_out, is_written);
                    prop_assert!(!(is_kept && is_left_out));
                    prop_assert!(!is_kept || place[awaited] < place[waiting]);
                    prop_assert!(!is_left_out || order.would_close_cycle(waiting, awaited));
                    prop_assert_eq!(is_kept, order.successors[awaited].contains(&waiting));
                    let longer_way = order.predecessors[waiting].iter().any(|&b| order.ancestors[b].contains(awaited));
                    prop_assert_eq!(order.ancestors[waiting].contains(awaited), is_kept || longer_way);
                    prop_assert_eq!(order.redundant.contains(&wait), is_kept && longer_way);
                }
            }
            for cycle in &order.cycles {
                let closing = Wait { waiting: cycle[0], awaited: cycle[cycle.len() - 1] };
                prop_assert!(order.left_out.contains(&closing));
                prop_assert!(cycle.windows(2).all(|pair| order.predecessors[pair[1]].contains(&pair[0])));
            }
            prop_assert_eq!(order.cycles.len(), order.left_out.len());
        }
    }
}
