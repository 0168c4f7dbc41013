//! A hash table of contexts: a slot has the bit histories of half a byte.

use super::history::NEW;

/// Number of slots; each takes 16 bytes.
const SLOTS: usize = 1 << 18;

/// The check byte, then the histories of the 15 nodes of a tree over four bits, numbered from 1.
type Slot = [u8; 16];

/// The table.
#[derive(Clone)]
pub struct Slots {
    slots: Box<[Slot; SLOTS]>,
}

impl Slots {
    /// An empty table of 4 MB.
    pub fn new() -> Slots {
        let slots = vec![[NEW; 16]; SLOTS].into_boxed_slice().try_into();
        Slots { slots: slots.unwrap_or_else(|_| unreachable!("it has that length")) }
    }

    /// The slot of a context. For a new context, an empty slot nearby, or the one of three with the least
    /// experience.
    pub fn find(&mut self, context: u32) -> usize {
        let check = (context >> 24) as u8;
        let start = context as usize % SLOTS;
        let mut least_met = start;
        for place in [start, start ^ 1, start ^ 2] {
            let slot = &mut self.slots[place];
            if slot[1] == NEW {
                slot[0] = check;
                return place;
            }
            if slot[0] == check {
                return place;
            }
            if slot[1] < self.slots[least_met][1] {
                least_met = place;
            }
        }
        self.slots[least_met] = [NEW; 16];
        self.slots[least_met][0] = check;
        least_met
    }

    /// Prefetches the slots of several contexts at once; separate lookups would each wait for memory. The
    /// result is meaningless.
    pub fn fetch(&self, contexts: &[u32]) -> u8 {
        contexts.iter().fold(0, |all, &context| all ^ self.slots[context as usize % SLOTS][0])
    }

    /// The history at a node of a slot.
    pub fn history(&self, slot: usize, node: usize) -> u8 {
        self.slots[slot % SLOTS][node & 15]
    }

    /// Like [`Slots::history`], mutable.
    pub fn history_mut(&mut self, slot: usize, node: usize) -> &mut u8 {
        &mut self.slots[slot % SLOTS][node & 15]
    }
}

/// Hashes two numbers.
pub fn hash(a: u32, b: u32) -> u32 {
    let mixed = a.wrapping_mul(0x9e37_79b1) ^ b.wrapping_mul(0x85eb_ca6b).rotate_left(13);
    let mixed = (mixed ^ mixed >> 15).wrapping_mul(0xc2b2_ae35);
    mixed ^ mixed >> 13
}
