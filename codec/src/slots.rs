//! A hash table from contexts to what followed them: one slot holds the bit histories of half a byte.

use super::history::NEW;

/// Number of slots; each takes 16 bytes.
const SLOTS: usize = 1 << 18;

/// The check byte, then the histories of the 15 nodes of a tree over four bits, counted from 1.
type Slot = [u8; 16];

/// The table.
#[derive(Clone)]
pub struct Slots {
    slots: Vec<Slot>,
}

impl Slots {
    /// An empty table of 4 MB.
    pub fn new() -> Slots {
        Slots { slots: vec![[NEW; 16]; SLOTS] }
    }

    /// The slot of a context. If it has none, an empty one nearby, or the one of three that was met least.
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

    /// What followed, at a node of a slot.
    pub fn history(&mut self, slot: usize, node: usize) -> &mut u8 {
        &mut self.slots[slot][node & 15]
    }
}

/// Joins two numbers into one that looks like chance.
pub fn hash(a: u32, b: u32) -> u32 {
    let mixed = a.wrapping_mul(0x9e37_79b1) ^ b.wrapping_mul(0x85eb_ca6b).rotate_left(13);
    let mixed = (mixed ^ mixed >> 15).wrapping_mul(0xc2b2_ae35);
    mixed ^ mixed >> 13
}
