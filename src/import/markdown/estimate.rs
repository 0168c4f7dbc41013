//! Durations as people write them after a label: `2 hours`, `2-3 hours`, `~4h (with tests)`.

use crate::plan::Estimate;
use crate::plan::minutes::read_estimate_freely;

/// Reads a duration; `None` if it is none. Of a range, the middle counts.
pub fn estimate(value: &str) -> Option<Estimate> {
    let value = value.split_once('(').map_or(value, |(before, _)| before);
    let value = value.trim().trim_matches(['*', '_', '`', '.', '~', '≈']).trim();
    if !value.contains(|c: char| c.is_alphabetic()) || value.len() > 40 {
        return None;
    }
    let Some((low, high)) = value.split_once(['-', '–']) else { return read_estimate_freely(value) };
    let unit = high.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let has_unit = low.contains(char::is_alphabetic);
    let low = if has_unit { low.to_owned() } else { format!("{low}{unit}") };
    let (low, high) = (read_estimate_freely(&low)?.likely, read_estimate_freely(high)?.likely);
    Some(Estimate::between(low, low.midpoint(high), high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_what_stands_around_them() {
        for (value, expected) in [
            ("2 hours", Some((120, 120, 120))),
            ("~30 min (with tests)", Some((30, 30, 30))),
            ("2-3 hours", Some((120, 150, 180))),
            ("1h – 2h", Some((60, 90, 120))),
            ("1.5h**", Some((90, 90, 90))),
            ("M", None),
            ("5", None),
            ("soon", None),
        ] {
            let found = estimate(value)
                .map(|found| (found.low.rounded_up(), found.likely.rounded_up(), found.high.rounded_up()));
            assert_eq!(found, expected, "{value}");
        }
    }
}
