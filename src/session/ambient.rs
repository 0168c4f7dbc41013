//! Time and randomness, which the core can't access. The owner of the session provides them.

/// Time and randomness for a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ambient {
    /// Seconds since 1970, from the device clock.
    pub now: u64,
    /// How many minutes the local time is ahead of UTC.
    pub minutes_ahead: i32,
    /// Random bytes for the id of a plan that needs one.
    pub entropy: [u8; 10],
}
