//! An assignment that is changed step by step: every question a move asks is answered in a few instructions.
//!
//! Tasks are renumbered from long to short, so that the first bit of a set of tasks is its longest. Phases live in
//! slots, so that they keep their number while their order changes. The order is not part of the assignment: two
//! tasks may share a phase whenever some order of the phases is possible, and the state keeps one such order.

use super::{Assignment, Precedence, Problem};
use crate::schedule::random::Draw;

/// The slot of a task that is on its way.
const NOWHERE: u32 = u32::MAX;

/// Costs are numbers of minutes with so many binary digits behind the point.
pub const FRACTION: u32 = 16;

/// How many phases more than at the start there may be in between.
const SPARE_SLOTS: usize = 24;

/// One phase.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    longest: u32,
    second: u32,
    /// Minutes of all its tasks together.
    work: u64,
    members: u32,
    /// Where it stands in the sequence.
    position: u32,
    /// Where it stands in the list of phases with room.
    roomy: u32,
}

/// The assignment, with everything that is needed to judge and make moves.
#[derive(Debug, Clone)]
pub struct State<'a> {
    problem: &'a Problem,
    /// For each task of the problem, its number here.
    number: Vec<u32>,
    minutes: Vec<u32>,
    /// Per task and resource, what it needs.
    demands: Vec<u32>,
    resources: usize,
    /// Words of a set of tasks.
    words: usize,
    /// Per task, the tasks that share no phase with it.
    incompatible: Vec<u64>,
    /// Direct predecessors of all tasks, then direct successors of all tasks.
    links: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,

    slot_of: Vec<u32>,
    slots: Vec<Slot>,
    /// Per slot, its tasks.
    members: Vec<u64>,
    /// Per slot and resource, what is used.
    used: Vec<u32>,
    /// Slots in the order in which they run.
    sequence: Vec<u32>,
    /// Slots with fewer than `max_parallel` tasks.
    roomy: Vec<u32>,
    unused: Vec<u32>,
    makespan: u64,
    /// Per task, the slot that it should not leave without need, or `NOWHERE`; empty if nobody minds.
    home: Vec<u32>,
    /// What the square of a minute of work in one phase is worth, in fractions of a minute.
    crowding: i64,
    /// Minutes for which a task may be away from home, and the sum over those that are.
    distance: i64,
    away: i64,

    /// Per pair of slots, how many tasks of the second wait for tasks of the first.
    edges: Vec<u16>,
    /// Per slot, the slots with such tasks.
    followers: Vec<u64>,
    /// Words of a set of slots.
    slot_words: usize,
    reached: Vec<u64>,
    stack: Vec<u32>,
    /// The sequence as it was, if a move that may fail has changed it.
    sequence_before: Vec<u32>,
    sequence_saved: bool,
}

/// Whether the state of a search stays below 64 MB.
pub fn fits_into_memory(problem: &Problem, assignment: &[usize]) -> bool {
    let slots = phases(assignment) + SPARE_SLOTS;
    slots * slots * 2 + (slots + problem.len()) * problem.len() / 8 <= 64 << 20
}

fn phases(assignment: &[usize]) -> usize {
    assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0)
}

impl<'a> State<'a> {
    /// Takes `n²/8` bytes, and four bytes per pair of phases.
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
        let (words, slot_words) = (len.div_ceil(64), slots.div_ceil(64));
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
            sequence: Vec::new(),
            roomy: Vec::new(),
            unused: Vec::new(),
            makespan: 0,
            home: Vec::new(),
            crowding: 0,
            distance: 0,
            away: 0,
            edges: vec![0; slots * slots],
            followers: vec![0; slots * slot_words],
            slot_words,
            reached: vec![0; slot_words],
            stack: Vec::new(),
            sequence_before: Vec::new(),
            sequence_saved: false,
            number,
        };
        state.load(assignment);
        state
    }

    /// Replaces the assignment by one with at most as many phases as there are slots.
    pub fn load(&mut self, assignment: &[usize]) {
        let phases = phases(assignment);
        self.slots.fill(Slot::default());
        self.members.fill(0);
        self.used.fill(0);
        self.edges.fill(0);
        self.followers.fill(0);
        self.slot_of.fill(NOWHERE);
        self.sequence = (0..phases as u32).collect();
        self.roomy = self.sequence.clone();
        self.unused = (phases as u32..self.slots.len() as u32).rev().collect();
        self.makespan = phases as u64 * u64::from(self.problem.phase_overhead);
        for (at, slot) in self.slots.iter_mut().enumerate() {
            (slot.position, slot.roomy) = (at as u32, at as u32);
        }
        for (task, &phase) in assignment.iter().enumerate() {
            let task = self.number[task] as usize;
            self.slot_of[task] = phase as u32;
            self.link(task);
            self.put(task, phase);
        }
    }

    /// The phase of each task, in the numbering of the problem.
    pub fn assignment(&self) -> Assignment {
        let phase = |&number: &u32| self.slots[self.slot_of[number as usize] as usize].position as usize;
        self.number.iter().map(phase).collect()
    }

    /// Minutes, and number of phases. Tasks away from home count as minutes.
    pub fn value(&self) -> (u64, usize) {
        (self.makespan.saturating_add_signed(self.away), self.sequence.len())
    }

    /// From now on a task that leaves its home costs as much as so many minutes. The home is a phase of the assignment
    /// that was loaded.
    pub fn stay(&mut self, home: &[Option<usize>], minutes: u32) {
        self.home = vec![NOWHERE; self.len()];
        for (&number, home) in self.number.iter().zip(home) {
            self.home[number as usize] = home.map_or(NOWHERE, |home| home as u32);
        }
        self.distance = i64::from(minutes);
    }

    /// From now on phases of much work are worth something, and so are phases of little: as much as this share of the mean
    /// length of a task for a full phase. So tasks of one length gather, and phases that can be given up become empty.
    /// The sum of squares tells apart what the makespan calls equal (for colouring: Morgenstern, Shapiro 1990).
    pub fn crowd(&mut self, share: f64) {
        let work: u64 = self.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
        let mean = (work as f64 / self.len().max(1) as f64).max(1.0);
        let room = self.problem.max_parallel.min(self.len()).max(1) as f64;
        self.crowding = (share / (room * room * mean) * (1u64 << (2 * FRACTION)) as f64) as i64;
    }

    /// What a change costs that makes the phases so many minutes longer and changes the work of some of them by so much,
    /// in minutes with [`FRACTION`] binary digits behind the point. A phase that is not there yet has any other number.
    pub fn cost(&self, minutes: i64, changes: &[(usize, i64)]) -> i64 {
        let work = |slot: usize| self.slots.get(slot).map_or(0, |slot| slot.work as i64);
        let square = |&(slot, more): &(usize, i64)| more * (2 * work(slot) + more);
        let squares: i64 = changes.iter().map(square).sum();
        (minutes << FRACTION) - (squares.saturating_mul(self.crowding) >> FRACTION)
    }

    /// What it costs beside the minutes of the phases that the task goes there.
    pub fn distance(&self, task: usize, to: usize) -> i64 {
        match self.home.get(task) {
            None | Some(&NOWHERE) => 0,
            Some(&home) => {
                self.distance * (i64::from(self.slot_of[task] == home) - i64::from(to == home as usize))
            }
        }
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.slot_of.len()
    }

    /// Where the task is.
    pub fn slot_of(&self, task: usize) -> usize {
        self.slot_of[task] as usize
    }

    /// The phases with fewer than `max_parallel` tasks.
    pub fn roomy(&self) -> &[u32] {
        &self.roomy
    }

    /// Draws a phase.
    pub fn draw_slot(&self, draw: &mut Draw) -> usize {
        self.sequence[draw.below(self.sequence.len())] as usize
    }

    /// Draws a task of a phase that is full.
    pub fn draw_member(&self, slot: usize, draw: &mut Draw) -> usize {
        let members = ones(&self.members[slot * self.words..][..self.words]);
        let nth = draw.below(self.slots[slot].members as usize);
        members.into_iter().nth(nth).unwrap_or_default()
    }

    /// Whether a phase has as many tasks as may run at once.
    pub fn is_full(&self, slot: usize) -> bool {
        self.slots[slot].members as usize == self.problem.max_parallel
    }

    /// How many tasks a phase has.
    pub fn members(&self, slot: usize) -> u32 {
        self.slots[slot].members
    }

    /// How long a task takes.
    pub fn minutes(&self, task: usize) -> u32 {
        self.minutes[task]
    }

    /// How long a phase takes.
    pub fn longest(&self, slot: usize) -> u32 {
        self.slots[slot].longest
    }

    /// Minutes each phase costs besides its longest task.
    pub fn overhead(&self) -> u32 {
        self.problem.phase_overhead
    }

    /// How long its phase would take without this task.
    pub fn longest_without(&self, task: usize) -> u32 {
        let slot = &self.slots[self.slot_of[task] as usize];
        if self.minutes[task] == slot.longest { slot.second } else { slot.longest }
    }

    /// Whether the phase has room for the task and no task that it is kept apart from. The order is not looked at.
    pub fn takes(&self, slot: usize, task: usize) -> bool {
        (self.slots[slot].members as usize) < self.problem.max_parallel
            && self.rivals(slot, task).all(|rivals| rivals == 0)
            && self.has_resources(slot, task, None)
    }

    /// The same, after another task has left the phase.
    pub fn takes_instead(&self, slot: usize, task: usize, leaving: usize) -> bool {
        let (word, bit) = (leaving / 64, 1 << (leaving % 64));
        self.rivals(slot, task).enumerate().all(|(at, rivals)| rivals == 0 || (at == word && rivals == bit))
            && self.has_resources(slot, task, Some(leaving))
    }

    /// The tasks of a phase that this task may not run beside.
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

    /// Moves up to three tasks to other phases, if the order allows it; else nothing changes. Whether the phases take
    /// them is the caller's to check.
    pub fn shift(&mut self, moves: &[(usize, usize)]) -> bool {
        let mut origins = [0u32; 3];
        let away: i64 = moves.iter().map(|&(task, slot)| self.distance(task, slot)).sum();
        for (origin, &(task, _)) in origins.iter_mut().zip(moves) {
            self.unlink(task);
            *origin = std::mem::replace(&mut self.slot_of[task], NOWHERE);
        }
        self.sequence_saved = false;
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
        if self.sequence_saved {
            std::mem::swap(&mut self.sequence, &mut self.sequence_before);
            self.renumber();
        }
    }

    /// Puts a task into a phase of its own, which the order always allows; fails if there are too many phases already.
    pub fn split_off(&mut self, task: usize) -> bool {
        let Some(slot) = self.unused.pop() else { return false };
        self.sequence.insert(self.slots[self.slot_of(task)].position as usize, slot);
        self.renumber();
        self.slots[slot as usize].roomy = self.roomy.len() as u32;
        self.roomy.push(slot);
        self.makespan += u64::from(self.problem.phase_overhead);
        self.shift(&[(task, slot as usize)])
    }

    fn close_if_empty(&mut self, slot: usize) {
        if self.slots[slot].members == 0 {
            self.sequence.remove(self.slots[slot].position as usize);
            self.renumber();
            self.leave_roomy(slot);
            self.unused.push(slot as u32);
            self.makespan -= u64::from(self.problem.phase_overhead);
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

    fn renumber(&mut self) {
        for (at, &slot) in self.sequence.iter().enumerate() {
            self.slots[slot as usize].position = at as u32;
        }
    }

    /// Counts the edges between the phase of this task and those of its neighbours.
    fn link(&mut self, task: usize) {
        let slot = self.slot_of[task];
        for at in self.before[task]..self.before[task + 1] {
            let other = self.slot_of[self.links[at as usize] as usize];
            if other != NOWHERE {
                self.add_edge(other as usize, slot as usize);
            }
        }
        for at in self.after[task]..self.after[task + 1] {
            let other = self.slot_of[self.links[at as usize] as usize];
            if other != NOWHERE {
                self.add_edge(slot as usize, other as usize);
            }
        }
    }

    /// Takes back [`State::link`].
    fn unlink(&mut self, task: usize) {
        let slot = self.slot_of[task];
        for at in self.before[task]..self.before[task + 1] {
            let other = self.slot_of[self.links[at as usize] as usize];
            if other != NOWHERE {
                self.remove_edge(other as usize, slot as usize);
            }
        }
        for at in self.after[task]..self.after[task + 1] {
            let other = self.slot_of[self.links[at as usize] as usize];
            if other != NOWHERE {
                self.remove_edge(slot as usize, other as usize);
            }
        }
    }

    fn add_edge(&mut self, from: usize, to: usize) {
        self.edges[from * self.slots.len() + to] += 1;
        self.followers[from * self.slot_words + to / 64] |= 1 << (to % 64);
    }

    fn remove_edge(&mut self, from: usize, to: usize) {
        let edges = &mut self.edges[from * self.slots.len() + to];
        *edges -= 1;
        if *edges == 0 {
            self.followers[from * self.slot_words + to / 64] &= !(1 << (to % 64));
        }
    }

    /// Changes the order of the phases so that this task stands between its neighbours, or fails if phases would have
    /// to wait for each other in a circle (Pearce, Kelly 2007).
    fn make_way(&mut self, task: usize) -> bool {
        let slot = self.slot_of(task);
        (self.before[task]..self.before[task + 1]).all(|at| {
            let first = self.slot_of[self.links[at as usize] as usize];
            first == NOWHERE || self.put_behind(first as usize, slot)
        }) && (self.after[task]..self.after[task + 1]).all(|at| {
            let second = self.slot_of[self.links[at as usize] as usize];
            second == NOWHERE || self.put_behind(slot, second as usize)
        })
    }

    /// Moves the phase `second`, and what must follow it, behind the phase `first`; fails if that must follow itself.
    /// Pairs that stand in the right order stay so.
    fn put_behind(&mut self, first: usize, second: usize) -> bool {
        let (low, high) = (self.slots[second].position, self.slots[first].position);
        if low > high {
            return true;
        }
        if first == second || !self.reach(second, first, low..high) {
            return false;
        }
        if !self.sequence_saved {
            self.sequence_before.clone_from(&self.sequence);
            self.sequence_saved = true;
        }
        self.stack.clear();
        let mut at = low as usize;
        for from in low as usize..=high as usize {
            let slot = self.sequence[from];
            if self.reached[slot as usize / 64] >> (slot % 64) & 1 == 1 {
                self.stack.push(slot);
            } else {
                self.place(at, slot);
                at += 1;
            }
        }
        for index in 0..self.stack.len() {
            self.place(at + index, self.stack[index]);
        }
        true
    }

    fn place(&mut self, at: usize, slot: u32) {
        self.sequence[at] = slot;
        self.slots[slot as usize].position = at as u32;
    }

    /// Marks the phases that must follow `from` as `reached`, as far as they stand in this part of the sequence; fails
    /// if `not` is one of them.
    fn reach(&mut self, from: usize, not: usize, part: std::ops::Range<u32>) -> bool {
        self.reached.fill(0);
        self.reached[from / 64] |= 1 << (from % 64);
        self.stack.clear();
        self.stack.push(from as u32);
        while let Some(slot) = self.stack.pop() {
            for word in 0..self.slot_words {
                let found = self.followers[slot as usize * self.slot_words + word] & !self.reached[word];
                self.reached[word] |= found;
                for next in ones(&[found]).map(|bit| word * 64 + bit) {
                    if next == not {
                        return false;
                    }
                    if part.contains(&self.slots[next].position) {
                        self.stack.push(next as u32);
                    }
                }
            }
        }
        true
    }
}

/// The numbers in a set, ascending.
fn ones(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(at, &word)| ones_of(at, word))
}

/// The numbers in one word of a set, ascending.
fn ones_of(at: usize, word: u64) -> impl Iterator<Item = usize> {
    let rest = |&word: &u64| (word & (word - 1) != 0).then_some(word & (word - 1));
    std::iter::successors((word != 0).then_some(word), rest)
        .map(move |word| at * 64 + word.trailing_zeros() as usize)
}

/// Appends all lists, renumbered, to `links` and returns where each begins.
fn flatten(lists: &[Vec<usize>], task_at: &[u32], number: &[u32], links: &mut Vec<u32>) -> Vec<u32> {
    let mut begins = vec![links.len() as u32];
    for &task in task_at {
        links.extend(lists[task as usize].iter().map(|&other| number[other]));
        begins.push(links.len() as u32);
    }
    begins
}

/// Rows of bits, renumbered. A task that runs alone shares no phase with any other.
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
