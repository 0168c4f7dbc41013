//! The order of the phases. An update moves only the phases in the way (Pearce, Kelly, "A dynamic topological
//! sort algorithm for directed acyclic graphs", 2007).

use std::ops::Range;

use super::bits::ones;

/// The sequence of the phases, by their slots, and which of them must follow which.
#[derive(Debug, Clone, Default)]
pub struct PhaseOrder {
    /// Slots in the order in which they run.
    sequence: Vec<u32>,
    /// Per slot, its place in the sequence.
    position: Vec<u32>,
    /// Per pair of slots, the number of edges from tasks of the first to tasks of the second that wait for
    /// them.
    edges: Vec<u16>,
    /// Per slot, the set of slots with such edges.
    followers: Vec<u64>,
    /// Words per set of slots.
    words: usize,
    reached: Vec<u64>,
    stack: Vec<u32>,
    /// The sequence before the current move, if a move that may fail has changed it.
    before: Vec<u32>,
    is_changed: bool,
}

impl PhaseOrder {
    /// With room for this many phases. Takes two bytes for each pair of them.
    pub fn new(slots: usize) -> PhaseOrder {
        let words = slots.div_ceil(64);
        PhaseOrder {
            position: vec![0; slots],
            edges: vec![0; slots * slots],
            followers: vec![0; slots * words],
            words,
            reached: vec![0; words],
            ..PhaseOrder::default()
        }
    }

    /// This many phases in the order of their slots, none of which must follow another.
    pub fn reset(&mut self, phases: usize) {
        self.edges.fill(0);
        self.followers.fill(0);
        self.sequence = (0..phases as u32).collect();
        for (at, position) in self.position.iter_mut().enumerate() {
            *position = at as u32;
        }
    }

    /// Slots in the order in which their phases run.
    pub fn sequence(&self) -> &[u32] {
        &self.sequence
    }

    /// The place of a phase in the sequence.
    pub fn position(&self, slot: usize) -> usize {
        self.position[slot] as usize
    }

    /// Inserts a phase before the one in slot `next`.
    pub fn insert_before(&mut self, slot: u32, next: usize) {
        self.sequence.insert(self.position(next), slot);
        self.renumber();
    }

    /// Removes a phase.
    pub fn remove(&mut self, slot: usize) {
        self.sequence.remove(self.position(slot));
        self.renumber();
    }

    /// Counts a task in `to` that waits for one in `from`.
    pub fn add_edge(&mut self, from: usize, to: usize) {
        self.edges[from * self.position.len() + to] += 1;
        self.followers[from * self.words + to / 64] |= 1 << (to % 64);
    }

    /// Takes back [`PhaseOrder::add_edge`].
    pub fn remove_edge(&mut self, from: usize, to: usize) {
        let edges = &mut self.edges[from * self.position.len() + to];
        *edges -= 1;
        if *edges == 0 {
            self.followers[from * self.words + to / 64] &= !(1 << (to % 64));
        }
    }

    /// Begins to remember the sequence, for [`PhaseOrder::undo_attempt`].
    pub fn begin_attempt(&mut self) {
        self.is_changed = false;
    }

    /// Takes back what changed in the sequence since the attempt began.
    pub fn undo_attempt(&mut self) {
        if self.is_changed {
            std::mem::swap(&mut self.sequence, &mut self.before);
            self.renumber();
        }
    }

    /// Moves the phase `second`, and everything that must follow it, behind the phase `first`. Fails if that
    /// would be a cycle. Pairs already in the right order stay so.
    pub fn put_behind(&mut self, first: usize, second: usize) -> bool {
        let (low, high) = (self.position[second], self.position[first]);
        if low > high {
            return true;
        }
        if first == second || !self.reach(second, first, low..high) {
            return false;
        }
        if !self.is_changed {
            self.before.clone_from(&self.sequence);
            self.is_changed = true;
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
        self.position[slot as usize] = at as u32;
    }

    fn renumber(&mut self) {
        for (at, &slot) in self.sequence.iter().enumerate() {
            self.position[slot as usize] = at as u32;
        }
    }

    /// Marks the phases in this part of the sequence that must follow `from` as `reached`. Fails if `not` is
    /// one of them.
    fn reach(&mut self, from: usize, not: usize, part: Range<u32>) -> bool {
        self.reached.fill(0);
        self.reached[from / 64] |= 1 << (from % 64);
        self.stack.clear();
        self.stack.push(from as u32);
        while let Some(slot) = self.stack.pop() {
            for word in 0..self.words {
                let found = self.followers[slot as usize * self.words + word] & !self.reached[word];
                self.reached[word] |= found;
                for next in ones(&[found]).map(|bit| word * 64 + bit) {
                    if next == not {
                        return false;
                    }
                    if part.contains(&self.position[next]) {
                        self.stack.push(next as u32);
                    }
                }
            }
        }
        true
    }
}
