//! Durations in plan text: `~20m`, `~1h30m`, `~10m..20m..45m`.

use crate::plan::minutes::read_minutes;
use crate::plan::{Estimate, Minutes};

/// Reads one duration, or low, likely and high separated by two dots. Also returns whether they are in order.
pub(super) fn read_estimate(text: &str) -> Option<(Estimate, bool)> {
    let mut parts = text.split("..");
    let low = read_minutes(parts.next()?)?;
    let Some(likely) = parts.next() else { return Some((Estimate::exactly(low), low <= Estimate::MAX)) };
    let likely = read_minutes(likely)?;
    let high = read_minutes(parts.next()?)?;
    let ordered = low <= likely && likely <= high && high <= Estimate::MAX;
    parts.next().is_none().then(|| (Estimate::between(low, likely, high), ordered))
}

/// Reads a text of only digits; a number too large for the type becomes the largest.
pub(super) fn read_number(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(
        digits
            .bytes()
            .fold(0u32, |sum, digit| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0'))),
    )
}

/// Whether a word after `~` was surely meant as a duration, although it is not written as one.
pub(super) fn resembles_minutes(word: &str) -> bool {
    let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let units = [
        "m", "h", "s", "d", "w", "min", "mins", "minutes", "hour", "hours", "hr", "hrs", "day", "days", "sec",
    ];
    word.starts_with(|letter: char| letter.is_ascii_digit())
        && (units.contains(&unit)
            || word.contains("..")
            || read_minutes(word.trim_end_matches('.')).is_some())
}

/// Writes minutes in the shortest form that can be read back.
pub(super) fn write_minutes(out: &mut String, minutes: Minutes) {
    if !minutes.is_whole() {
        return out.push_str(&minutes.to_string());
    }
    let minutes = minutes.seconds() / 60;
    let (hours, rest) = (minutes / 60, minutes % 60);
    if hours > 0 {
        out.push_str(&hours.to_string());
        out.push('h');
    }
    if rest > 0 || hours == 0 {
        out.push_str(&rest.to_string());
        out.push('m');
    }
}

/// Writes an estimate as a tag, with its `~`.
pub(super) fn write_estimate(out: &mut String, estimate: Estimate) {
    out.push('~');
    if estimate.is_exact() {
        return write_minutes(out, estimate.likely);
    }
    write_minutes(out, estimate.low);
    out.push_str("..");
    write_minutes(out, estimate.likely);
    out.push_str("..");
    write_minutes(out, estimate.high);
}
