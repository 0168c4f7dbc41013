//! An assignment that changes step by step, with the data that lets a move be evaluated in a few
//! instructions.
//!
//! Tasks are renumbered from long to short, so the first bit of a set of tasks is its longest. Phases live in
//! slots, so their numbers stay the same while their order changes. The order is not part of the assignment:
//! two tasks may share a phase whenever some order of the phases is possible, and the state holds one such
//! order.

mod bits;
mod cost;
mod order;

pub use cost::FRACTION;

use bits::{ones, ones_of};
use order::PhaseOrder;

use super::{Assignment, Precedence, Problem};
use crate::schedule::random::Draw;

/// The slot of a task while it moves.
const NOWHERE: u32 = u32::MAX;

/// The most phases that a search may have in addition to those at its start.
const SPARE_SLOTS: usize = 24;

/// One phase.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    longest: u32,
    second: u32,
    /// Total minutes of its tasks.
    work: u64,
    members: u32,
    /// Its place in the list of phases with room.
    roomy: u32,
}

/// The assignment, with everything needed to evaluate and make moves.
#[derive(Debug, Clone)]
pub struct State<'a> {
    problem: &'a Problem,
    /// For each task of the problem, its number in this state.
    number: Vec<u32>,
    minutes: Vec<u32>,
    /// Per task and resource, the demand.
    demands: Vec<u32>,
    resources: usize,
    /// Words per set of tasks.
    words: usize,
    /// Per task, the tasks that can't share a phase with it.
    incompatible: Vec<u64>,
    /// Direct predecessors of all tasks, then direct successors of all tasks.
    links: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,

    slot_of: Vec<u32>,
    slots: Vec<Slot>,
    /// Per slot, its set of tasks.
    members: Vec<u64>,
    /// Per slot and resource, the amount used.
    used: Vec<u32>,
    /// Slots with fewer than `max_parallel` tasks.
    roomy: Vec<u32>,
    unused: Vec<u32>,
    makespan: u64,
    /// Per task, the slot it should leave only for a reason, or `NOWHERE`. Empty if homes don't matter.
    home: Vec<u32>,
    /// The reward for the square of a minute of work in one phase, in binary fractions of a minute.
    crowding: i64,
    /// The cost in minutes of a task away from home, and the sum over all such tasks.
    distance: i64,
    away: i64,

    order: PhaseOrder,
}

/// Whether the state of a search takes less than 64 MB.
pub fn fits_into_memory(problem: &Problem, assignment: &[usize]) -> bool {
    let slots = phases(assignment) + SPARE_SLOTS;
    slots * slots * 2 + (slots + problem.len()) * problem.len() / 8 <= 64 << 20
}

fn phases(assignment: &[usize]) -> usize {
    assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0)
}

impl<'a> State<'a> {
    /// Takes `n²/8` bytes, plus four bytes per pair of phases.
    pub fn new(problem: &'a Problem, precedence: &Precedence, assignment: &[usize]) -> Self {
        let len = problem.len();
        let mut task_at: Vec<u32> = (0..len as u32).collect();
        task_at.sort_by_key(|&task| std::cmp::Reverse(problem.minutes[task as usize]));
        let mut number = vec![0; len];
        for (at, &task) in task_at.iter().enumerate() {
            number[task as usize] = at as u32;
        }
        let in_order =
            |values: &[u32]| task_at.iter().map(|&task| values[task as usize]).collect::<Vec<u32>>();
        let mut links = Vec::new();
        let before = flatten(&problem.predecessors, &task_at, &number, &mut links);
        let after = flatten(&precedence.successors, &task_at, &number, &mut links);
        let slots = phases(assignment) + SPARE_SLOTS;
        let words = len.div_ceil(64);
        let mut state = State {
            problem,
            minutes: in_order(&problem.minutes),
            demands: task_at
                .iter()
                .flat_map(|&task| problem.demands.iter().map(move |demand| demand[task as usize]))
                .collect(),
            resources: problem.demands.len(),
            words,
            incompatible: incompatible(problem, precedence, &task_at, &number),
            links,
            before,
            after,
            slot_of: vec![NOWHERE; len],
            slots: vec![Slot::default(); slots],
            members: vec![0; slots * words],
            used: vec![0; slots * problem.capacities.len()],
            roomy: Vec::new(),
            unused: Vec::new(),
            makespan: 0,
            home: Vec::new(),
            crowding: 0,
            distance: 0,
            away: 0,
            order: PhaseOrder::new(slots),
            number,
        };
        state.load(assignment);
        state
    }

    /// Replaces the assignment. The new one may have at most as many phases as there are slots.
    pub fn load(&mut self, assignment: &[usize]) {
        let phases = phases(assignment);
        self.slots.fill(Slot::default());
        self.members.fill(0);
        self.used.fill(0);
        self.slot_of.fill(NOWHERE);
        self.order.reset(phases);
        self.roomy = (0..phases as u32).collect();
        self.unused = (phases as u32..self.slots.len() as u32).rev().collect();
        self.makespan = 0;
        for (at, slot) in self.slots.iter_mut().enumerate() {
            slot.roomy = at as u32;
        }
        for (task, &phase) in assignment.iter().enumerate() {
            let task = self.number[task] as usize;
            self.slot_of[task] = phase as u32;
            self.link(task);
            self.put(task, phase);
        }
    }

    /// The phase of each task, in the task numbers of the problem.
    pub fn assignment(&self) -> Assignment {
        let phase = |&number: &u32| self.order.position(self.slot_of[number as usize] as usize);
        self.number.iter().map(phase).collect()
    }

    /// The number of tasks.
    pub fn len(&self) -> usize {
        self.slot_of.len()
    }

    /// The slot of the task.
    pub fn slot_of(&self, task: usize) -> usize {
        self.slot_of[task] as usize
    }

    /// The phases with fewer than `max_parallel` tasks.
    pub fn roomy(&self) -> &[u32] {
        &self.roomy
    }

    /// Draws a phase.
    pub fn draw_slot(&self, draw: &mut Draw) -> usize {
        self.order.sequence()[draw.below(self.order.sequence().len())] as usize
    }

    /// Draws a task of a full phase.
    pub fn draw_member(&self, slot: usize, draw: &mut Draw) -> usize {
        let members = ones(&self.members[slot * self.words..][..self.words]);
        let nth = draw.below(self.slots[slot].members as usize);
        members.into_iter().nth(nth).unwrap_or_default()
    }

    /// Whether a phase has `max_parallel` tasks.
    pub fn is_full(&self, slot: usize) -> bool {
        self.slots[slot].members as usize == self.problem.max_parallel
    }

    /// The number of tasks in a phase.
    pub fn members(&self, slot: usize) -> u32 {
        self.slots[slot].members
    }

    /// Minutes of a task.
    pub fn minutes(&self, task: usize) -> u32 {
        self.minutes[task]
    }

    /// Minutes of the longest task of a phase.
    pub fn longest(&self, slot: usize) -> u32 {
        self.slots[slot].longest
    }

    /// Minutes of the longest other task in the task's phase.
    pub fn longest_without(&self, task: usize) -> u32 {
        let slot = &self.slots[self.slot_of[task] as usize];
        if self.minutes[task] == slot.longest { slot.second } else { slot.longest }
    }

    /// Whether the phase has room for the task and no task that conflicts with it. Ignores the order.
    pub fn takes(&self, slot: usize, task: usize) -> bool {
        (self.slots[slot].members as usize) < self.problem.max_parallel
            && self.rivals(slot, task).all(|rivals| rivals == 0)
            && self.has_resources(slot, task, None)
    }

    /// Like [`State::takes`], after another task has left the phase.
    pub fn takes_instead(&self, slot: usize, task: usize, leaving: usize) -> bool {
        let (word, bit) = (leaving / 64, 1 << (leaving % 64));
        self.rivals(slot, task).enumerate().all(|(at, rivals)| rivals == 0 || (at == word && rivals == bit))
            && self.has_resources(slot, task, Some(leaving))
    }

    /// The tasks of a phase that can't run in parallel with this task.
    pub fn rivals_of(&self, slot: usize, task: usize) -> impl Iterator<Item = usize> {
        self.rivals(slot, task).enumerate().flat_map(|(at, rivals)| ones_of(at, rivals))
    }

    fn rivals(&self, slot: usize, task: usize) -> impl Iterator<Item = u64> {
        let row = &self.incompatible[task * self.words..][..self.words];
        let members = &self.members[slot * self.words..][..self.words];
        row.iter().zip(members).map(|(rivals, members)| rivals & members)
    }

    fn has_resources(&self, slot: usize, task: usize, leaving: Option<usize>) -> bool {
        (0..self.resources).all(|resource| {
            let need = self.demands[task * self.resources + resource];
            let freed = leaving.map_or(0, |leaving| self.demands[leaving * self.resources + resource]);
            let used = self.used[slot * self.resources + resource] - freed;
            need == 0 || used + need <= self.problem.capacities[resource]
        })
    }

    /// Moves up to three tasks to other phases if the order allows it; otherwise changes nothing. The caller
    /// checks that the phases can take them.
    pub fn shift(&mut self, moves: &[(usize, usize)]) -> bool {
        let mut origins = [0u32; 3];
        let away: i64 = moves.iter().map(|&(task, slot)| self.distance(task, slot)).sum();
        for (origin, &(task, _)) in origins.iter_mut().zip(moves) {
            self.unlink(task);
            *origin = std::mem::replace(&mut self.slot_of[task], NOWHERE);
        }
        self.order.begin_attempt();
        for (at, &(task, slot)) in moves.iter().enumerate() {
            self.slot_of[task] = slot as u32;
            self.link(task);
            if !self.make_way(task) {
                self.undo(&moves[..=at], moves, &origins);
                return false;
            }
        }
        self.away += away;
        for (&origin, &(task, _)) in origins.iter().zip(moves) {
            self.take(task, origin as usize);
        }
        for &(task, slot) in moves {
            self.put(task, slot);
        }
        for &origin in &origins[..moves.len()] {
            self.close_if_empty(origin as usize);
        }
        true
    }

    fn undo(&mut self, linked: &[(usize, usize)], moves: &[(usize, usize)], origins: &[u32; 3]) {
        for &(task, _) in linked {
            self.unlink(task);
            self.slot_of[task] = NOWHERE;
        }
        for (&origin, &(task, _)) in origins.iter().zip(moves) {
            self.slot_of[task] = origin;
            self.link(task);
        }
        self.order.undo_attempt();
    }

    /// Moves a task to a new phase, which the order always allows. Fails if there is no free slot.
    pub fn split_off(&mut self, task: usize) -> bool {
        let Some(slot) = self.unused.pop() else { return false };
        self.order.insert_before(slot, self.slot_of(task));
        self.slots[slot as usize].roomy = self.roomy.len() as u32;
        self.roomy.push(slot);
        self.shift(&[(task, slot as usize)])
    }

    fn close_if_empty(&mut self, slot: usize) {
        if self.slots[slot].members == 0 {
            self.order.remove(slot);
            self.leave_roomy(slot);
            self.unused.push(slot as u32);
        }
    }

    fn put(&mut self, task: usize, to: usize) {
        self.members[to * self.words + task / 64] |= 1 << (task % 64);
        let minutes = self.minutes[task];
        let slot = &mut self.slots[to];
        slot.members += 1;
        slot.work += u64::from(minutes);
        if minutes >= slot.longest {
            self.makespan += u64::from(minutes - slot.longest);
            (slot.longest, slot.second) = (minutes, slot.longest);
        } else if minutes > slot.second {
            slot.second = minutes;
        }
        let is_full = slot.members as usize == self.problem.max_parallel;
        for resource in 0..self.resources {
            self.used[to * self.resources + resource] += self.demands[task * self.resources + resource];
        }
        if is_full {
            self.leave_roomy(to);
        }
    }

    fn take(&mut self, task: usize, from: usize) {
        let members = &mut self.members[from * self.words..][..self.words];
        members[task / 64] &= !(1 << (task % 64));
        let slot = &mut self.slots[from];
        if self.minutes[task] >= slot.second {
            let mut longest = ones(members).map(|task| self.minutes[task]);
            let before = slot.longest;
            slot.longest = longest.next().unwrap_or(0);
            slot.second = longest.next().unwrap_or(0);
            self.makespan -= u64::from(before - slot.longest);
        }
        let was_full = slot.members as usize == self.problem.max_parallel;
        slot.members -= 1;
        slot.work -= u64::from(self.minutes[task]);
        for resource in 0..self.resources {
            self.used[from * self.resources + resource] -= self.demands[task * self.resources + resource];
        }
        if was_full {
            self.slots[from].roomy = self.roomy.len() as u32;
            self.roomy.push(from as u32);
        }
    }

    fn leave_roomy(&mut self, slot: usize) {
        let at = self.slots[slot].roomy as usize;
        self.roomy.swap_remove(at);
        if let Some(&moved) = self.roomy.get(at) {
            self.slots[moved as usize].roomy = at as u32;
        }
    }

    /// Adds the edges between the phase of this task and the phases of its neighbours.
    fn link(&mut self, task: usize) {
        self.change_edges(task, PhaseOrder::add_edge);
    }

    /// Reverses [`State::link`].
    fn unlink(&mut self, task: usize) {
        self.change_edges(task, PhaseOrder::remove_edge);
    }

    /// Changes the edge between the phase of this task and that of each neighbour that has one.
    fn change_edges(&mut self, task: usize, change: impl Fn(&mut PhaseOrder, usize, usize)) {
        let slot = self.slot_of[task] as usize;
        for at in self.before[task]..self.before[task + 1] {
            let other = self.slot_of[self.links[at as usize] as usize];
            if other != NOWHERE {
                change(&mut self.order, other as usize, slot);
            }
        }
        for at in self.after[task]..self.after[task + 1] {
            let other = self.slot_of[self.links[at as usize] as usize];
            if other != NOWHERE {
                change(&mut self.order, slot, other as usize);
            }
        }
    }

    /// Reorders the phases so that this task comes between its neighbours. Fails if phases would wait for
    /// each other in a cycle.
    fn make_way(&mut self, task: usize) -> bool {
        let slot = self.slot_of(task);
        (self.before[task]..self.before[task + 1]).all(|at| {
            let first = self.slot_of[self.links[at as usize] as usize];
            first == NOWHERE || self.order.put_behind(first as usize, slot)
        }) && (self.after[task]..self.after[task + 1]).all(|at| {
            let second = self.slot_of[self.links[at as usize] as usize];
            second == NOWHERE || self.order.put_behind(slot, second as usize)
        })
    }
}

/// Appends all lists, renumbered, to `links`. Returns where each begins.
fn flatten(lists: &[Vec<usize>], task_at: &[u32], number: &[u32], links: &mut Vec<u32>) -> Vec<u32> {
    let mut begins = vec![links.len() as u32];
    for &task in task_at {
        links.extend(lists[task as usize].iter().map(|&other| number[other]));
        begins.push(links.len() as u32);
    }
    begins
}

/// Rows of bits, renumbered. A task that runs alone is incompatible with all others.
fn incompatible(problem: &Problem, precedence: &Precedence, task_at: &[u32], number: &[u32]) -> Vec<u64> {
    let (len, words) = (problem.len(), problem.len().div_ceil(64));
    let mut rows = vec![0u64; words * len];
    let mut insert = |a: usize, b: usize| rows[a * words + b / 64] |= 1 << (b % 64);
    for (a, &task) in task_at.iter().enumerate() {
        for rival in precedence.incompatible[task as usize].ones() {
            insert(a, number[rival] as usize);
        }
        if problem.alone[task as usize] {
            for b in (0..len).filter(|&b| b != a) {
                insert(a, b);
                insert(b, a);
            }
        }
    }
    rows
}
