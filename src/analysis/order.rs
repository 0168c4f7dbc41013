//! Which task must be finished before which.
//!
//! An id stands for the first task that has it. Entries of `after` that name no task, the task itself, or the same task
//! again are passed over. A dropped task stands outside the order: what waited for it waits for whatever it waited for
//! itself, so that giving a task up never lets others start earlier than their remaining predecessors allow.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;

use fixedbitset::FixedBitSet;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::cycles::break_cycles;
use crate::plan::{Plan, Status, TaskId};

/// One task waits for another, directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait {
    /// The task that waits.
    pub waiting: usize,
    /// The task that must be finished first.
    pub awaited: usize,
}

/// The order that the schedule keeps: `after` lists without unknown ids, self references, repetitions and the edges
/// that were left out to break cycles.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// For each task, the tasks it waits for directly (or through dropped tasks only), ascending.
    pub predecessors: Vec<Vec<usize>>,
    /// For each task, the tasks that wait for it directly (or through dropped tasks only), ascending.
    pub successors: Vec<Vec<usize>>,
    /// Every task once, each after all it waits for; ties go by position in the plan. Dropped tasks are among them.
    pub topological: Vec<usize>,
    /// For each task, everything it waits for, directly or through others; without bits at all if it waits for nothing.
    pub ancestors: Vec<FixedBitSet>,
    /// Cycles, each as the tasks go round: every task waits for the one before it, and the first would wait for the last
    /// if that edge had not been left out. At most [`super::cycles::MAX_SHOWN`].
    pub cycles: Vec<Vec<usize>>,
    /// Edges that were left out to break cycles, ascending.
    pub left_out: Vec<Wait>,
    /// Edges that say nothing new, because the waiting task waits for the other through a third as well; ascending.
    pub redundant: Vec<Wait>,
}

/// Without the ancestors: they follow from the rest, and bits show themselves with addresses that differ from run to run.
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
    /// The order of a plan of `n` tasks. Takes `n/8` bytes for each task that waits for another, 12.5 MB for 10,000 of them,
    /// and O(edges · n / 64) time.
    pub fn of(plan: &Plan) -> Order {
        let mut predecessors = written_edges(plan);
        pass_through_dropped(plan, &mut predecessors);
        let broken = break_cycles(&mut predecessors);
        let successors = reversed(&predecessors);
        let topological = topological(&predecessors, &successors);
        let mut order = Order {
            predecessors,
            successors,
            topological,
            cycles: broken.cycles,
            left_out: broken.left_out,
            ..Order::default()
        };
        order.find_ancestors();
        order
    }

    /// Whether one of the two must be finished before the other starts.
    pub fn are_ordered(&self, a: usize, b: usize) -> bool {
        self.ancestors[a].contains(b) || self.ancestors[b].contains(a)
    }

    /// Whether letting `waiting` wait for `awaited` as well would close a cycle.
    pub fn would_close_cycle(&self, waiting: usize, awaited: usize) -> bool {
        waiting == awaited || self.ancestors[awaited].contains(waiting)
    }

    /// The task through which `wait` follows anyway: among the direct predecessors of the waiting task the first that
    /// itself waits for the awaited one.
    pub fn through(&self, wait: Wait) -> Option<usize> {
        let direct = &self.predecessors[wait.waiting];
        direct.iter().copied().find(|&task| self.ancestors[task].contains(wait.awaited))
    }

    /// Fills `ancestors` and `redundant`. An edge is redundant if its task is also an ancestor of another predecessor
    /// (the transitive reduction of Aho, Garey and Ullman, 1972).
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

/// The entries of `after` by which `waiting` waits for `awaited`: its id, or ids of dropped tasks that lead to it.
pub fn entries_behind(plan: &Plan, wait: Wait) -> Vec<TaskId> {
    let positions = plan.positions();
    let leads_there = |entry: &TaskId| {
        let mut seen = FixedBitSet::with_capacity(plan.tasks.len());
        let mut open: Vec<usize> = positions.get(entry).copied().into_iter().collect();
        while let Some(task) = open.pop() {
            if task == wait.awaited {
                return true;
            }
            if plan.tasks[task].status == Status::Dropped && !seen.put(task) {
                open.extend(plan.tasks[task].after.iter().filter_map(|id| positions.get(id)));
            }
        }
        false
    };
    plan.tasks[wait.waiting].after.iter().filter(|entry| leads_there(entry)).cloned().collect()
}

/// For each task, the positions its `after` list names: ascending, without repetition and without itself.
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

/// Replaces every dropped task in the lists by what it waited for, and empties its own list.
///
/// Dropped tasks may wait for each other in circles, so whole strongly connected components of them are looked at, those
/// that are waited for first.
fn pass_through_dropped(plan: &Plan, predecessors: &mut [Vec<usize>]) {
    let dropped: Vec<bool> = plan.tasks.iter().map(|task| task.status == Status::Dropped).collect();
    if !dropped.contains(&true) {
        return;
    }
    let behind = live_tasks_behind_dropped(&dropped, predecessors);
    for (task, edges) in predecessors.iter_mut().enumerate() {
        if dropped[task] {
            edges.clear();
        } else if edges.iter().any(|&awaited| dropped[awaited]) {
            let mut direct = FixedBitSet::with_capacity(dropped.len());
            for &awaited in edges.iter() {
                if dropped[awaited] {
                    direct.union_with(&behind[awaited]);
                } else {
                    direct.insert(awaited);
                }
            }
            direct.set(task, false);
            *edges = direct.ones().collect();
        }
    }
}

/// For each dropped task, the tasks that are not dropped and that it waits for, directly or through dropped ones only.
fn live_tasks_behind_dropped(dropped: &[bool], predecessors: &[Vec<usize>]) -> Vec<FixedBitSet> {
    let mut graph = DiGraph::<(), ()>::new();
    for _ in dropped {
        graph.add_node(());
    }
    for (task, edges) in predecessors.iter().enumerate().filter(|&(task, _)| dropped[task]) {
        for &awaited in edges.iter().filter(|&&awaited| dropped[awaited]) {
            graph.add_edge(NodeIndex::new(task), NodeIndex::new(awaited), ());
        }
    }
    let mut behind = vec![FixedBitSet::new(); dropped.len()];
    for component in kosaraju_scc(&graph).iter().filter(|component| dropped[component[0].index()]) {
        let mut live = FixedBitSet::with_capacity(dropped.len());
        for &awaited in component.iter().flat_map(|node| &predecessors[node.index()]) {
            if dropped[awaited] {
                live.union_with(&behind[awaited]);
            } else {
                live.insert(awaited);
            }
        }
        for node in component {
            behind[node.index()] = live.clone();
        }
    }
    behind
}

/// The same edges, listed at the other end; each list ascending.
pub(super) fn reversed(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for &to in targets {
            reversed[to].push(from);
        }
    }
    reversed
}

/// Every task once, each after all it waits for, and among those that could be next the one that stands first in the
/// plan (Kahn, 1962, with a heap). The edges must be free of cycles.
fn topological(predecessors: &[Vec<usize>], successors: &[Vec<usize>]) -> Vec<usize> {
    let mut waits_for: Vec<usize> = predecessors.iter().map(Vec::len).collect();
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..predecessors.len()).filter(|&task| waits_for[task] == 0).map(Reverse).collect();
    let mut topological = Vec::with_capacity(predecessors.len());
    while let Some(Reverse(task)) = ready.pop() {
        topological.push(task);
        for &next in &successors[task] {
            waits_for[next] -= 1;
            if waits_for[next] == 0 {
                ready.push(Reverse(next));
            }
        }
    }
    topological
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::Task;

    /// Reads tasks such as `a; b: a; c dropped: a b`: an id, perhaps the word `dropped`, and the ids it waits for.
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

    /// A plan whose tasks wait for others by position.
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

    /// Compares what each task waits for directly, in the notation of `plan`; tasks that wait for nothing are left out.
    fn check_edges(text: &str, expected: &str) {
        let plan = plan(text);
        let order = Order::of(&plan);
        let waiting = (0..plan.tasks.len()).filter(|&task| !order.predecessors[task].is_empty());
        let lines = waiting
            .map(|task| format!("{}: {}", plan.tasks[task].id, ids(&plan, order.predecessors[task].clone())));
        assert_eq!(lines.collect::<Vec<_>>().join("; "), expected, "of {text}");
    }

    /// Compares the cycles, each as its ids go round.
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

    /// The fewest edges whose removal leaves no cycle, by trying every sequence.
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

    fn any_edges(tasks: std::ops::Range<usize>, degree: usize) -> impl Strategy<Value = Vec<Vec<usize>>> {
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
