//! Keys for new documents.

use std::cell::Cell;

/// The current time, and keys for new documents, made from it and from a random number. The rules have access
/// to neither, so this is an argument.
#[derive(Debug)]
pub struct KeySource {
    now: u64,
    entropy: Cell<u32>,
}

impl KeySource {
    /// `now` is in milliseconds since 1970. `entropy` is a random number.
    pub fn new(now: u64, entropy: u32) -> KeySource {
        KeySource { now, entropy: Cell::new(entropy) }
    }

    /// Milliseconds since 1970 by the clock of the device.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// A new key. Each call returns a different one.
    pub fn fresh_key(&self) -> String {
        let entropy = self.entropy.get();
        self.entropy.set(entropy.wrapping_add(1));
        format!("{:x}-{entropy:x}", self.now)
    }
}
