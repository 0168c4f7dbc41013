//! How much an event and a log may hold.

/// The most bytes of one event as JSON.
pub const MAX_EVENT: usize = 10_000;
/// The most characters of a name.
pub const MAX_NAME: usize = 80;
/// The most events of one plan.
pub const MAX_EVENTS: usize = 50_000;
/// How far each clock lets the others rise; see [`Clocks`](super::Clocks). Greater than [`MAX_EVENTS`], so runs
/// of clocks are shorter.
pub const CLOCK_STEP: u32 = 1 << 16;
/// No clock of a log that counts is higher.
pub const MAX_CLOCK: u32 = CLOCK_STEP * (MAX_EVENTS as u32 + 2);
