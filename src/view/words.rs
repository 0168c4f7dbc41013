//! Words that several views share.

/// `1 task`, `12 tasks`.
pub fn tasks(count: usize) -> String {
    format!("{count} task{}", if count == 1 { "" } else { "s" })
}

/// The time since an event, in the largest whole unit; both times are in milliseconds since 1970. The clock
/// may have been set back in between.
pub fn ago(then: u64, now: u64) -> String {
    let seconds = now.saturating_sub(then) / 1000;
    let (number, unit) = match seconds {
        0..60 => return "just now".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" })
}

/// The same for times in seconds.
pub fn ago_in_seconds(then: u64, now: u64) -> String {
    ago(then.saturating_mul(1_000), now.saturating_mul(1_000))
}
