//! The device clock and randomness, which the core can't access.

use phaseplan::library::KeySource;
use phaseplan::session::Ambient;

/// Milliseconds since 1970.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Time and randomness for the keys of new documents.
pub fn keys() -> KeySource {
    KeySource::new(now(), (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}

/// Time and randomness for the id of a plan.
pub fn ambient() -> Ambient {
    let entropy = std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8);
    let minutes_ahead = -js_sys::Date::new_0().get_timezone_offset() as i32;
    Ambient { now: now() / 1_000, minutes_ahead, entropy }
}
