//! Durations as people write them, read as whole minutes: `20m`, `1h30m`, `1.5h`, `90s`, `2d`; and as sentences show them.

use super::Estimate;

/// Working hours in a day.
const HOURS_OF_A_DAY: u64 = 8;

/// The units, from long to short, with their seconds.
const UNITS: [(char, u64); 4] = [('d', HOURS_OF_A_DAY * 3_600), ('h', 3_600), ('m', 60), ('s', 1)];

/// The most digits behind a decimal point that count.
const MAX_DECIMALS: usize = 4;

/// Reads a duration of days, hours, minutes and seconds in this order, such as `1h30m` or `1.5h`. A day has
/// eight hours. Seconds are rounded up to whole minutes; a duration too long for the type becomes the
/// longest. `None` if a unit is missing or repeated.
pub fn read_minutes(text: &str) -> Option<u32> {
    let mut rest = text;
    let mut units = UNITS.iter();
    let mut scaled: u64 = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let unit = rest[end..].chars().next()?;
        // Units that come later are still in the iterator, so none stands twice or before a longer one.
        let (_, seconds) = units.find(|(known, _)| *known == unit)?;
        scaled = scaled.saturating_add(read_scaled(&rest[..end])?.saturating_mul(*seconds));
        rest = &rest[end + unit.len_utf8()..];
    }
    let minutes = scaled.div_ceil(60 * 10u64.pow(MAX_DECIMALS as u32));
    (!text.is_empty()).then(|| u32::try_from(minutes).unwrap_or(u32::MAX))
}

/// Reads a duration as forms and JSON take it: also a number of minutes, with spaces, a `~`, or whole words
/// as in `45 min` and `2 hours`.
pub fn read_minutes_freely(text: &str) -> Option<u32> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '~').collect();
    let mut short = text.to_ascii_lowercase();
    for (words, unit) in WORDS {
        for word in *words {
            short = short.replace(word, unit);
        }
    }
    let ends_in_digit = short.ends_with(|c: char| c.is_ascii_digit());
    if ends_in_digit {
        // A bare number is minutes, alone and behind hours.
        short.push('m');
    }
    read_minutes(&short)
}

/// Reads one duration, or low, likely and high with `/` or `..` between them, each as
/// [`read_minutes_freely`] does.
pub fn read_estimate_freely(text: &str) -> Option<Estimate> {
    let separator = if text.contains("..") { ".." } else { "/" };
    let minutes: Vec<u32> = text.split(separator).map(read_minutes_freely).collect::<Option<_>>()?;
    match minutes[..] {
        [minutes] => Some(Estimate::exactly(minutes)),
        [low, likely, high] => Some(Estimate::between(low, likely, high)),
        _ => None,
    }
}

/// Minutes in compact form, as sentences have them: `45 m`, `2 h`, `1 h 55 m`.
pub fn shown(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} m"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} m"),
    }
}

/// Words for units, long ones first.
const WORDS: &[(&[&str], &str)] = &[
    (&["minutes", "minute", "mins", "min"], "m"),
    (&["seconds", "second", "secs", "sec"], "s"),
    (&["hours", "hour", "hrs", "hr"], "h"),
    (&["days", "day"], "d"),
];

/// A number in steps of a ten-thousandth.
fn read_scaled(number: &str) -> Option<u64> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let digits = |digits: &str| {
        digits.bytes().fold(0u64, |sum, byte| sum.saturating_mul(10).saturating_add(u64::from(byte - b'0')))
    };
    let decimals = &decimals[..decimals.len().min(MAX_DECIMALS)];
    let missing = (MAX_DECIMALS - decimals.len()) as u32;
    let scale = 10u64.pow(MAX_DECIMALS as u32);
    Some(digits(whole).saturating_mul(scale).saturating_add(digits(decimals) * 10u64.pow(missing)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_add_up_and_seconds_are_rounded_up() {
        for (text, expected) in [
            ("20m", Some(20)),
            ("1h30m", Some(90)),
            ("1.5h", Some(90)),
            ("1.25h", Some(75)),
            ("2d", Some(960)),
            ("1d4h", Some(720)),
            ("0.5d", Some(240)),
            ("30s", Some(1)),
            ("90s", Some(2)),
            ("60s", Some(1)),
            ("1m30s", Some(2)),
            ("1h30s", Some(61)),
            ("0s", Some(0)),
            ("0m", Some(0)),
            ("99999999999999999999h", Some(u32::MAX)),
            ("", None),
            ("20", None),
            ("m", None),
            ("1h30", None),
            ("30m1h", None),
            ("1h2h", None),
            ("1.h", None),
            (".5h", None),
            ("1.2.3h", None),
            ("-5m", None),
            ("20min", None),
            ("2w", None),
        ] {
            assert_eq!(read_minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn forms_take_numbers_and_words() {
        for (text, expected) in [
            ("20", Some(20)),
            (" ~1h30m ", Some(90)),
            ("1h30", Some(90)),
            ("2 h", Some(120)),
            ("45 min", Some(45)),
            ("2 Hours", Some(120)),
            ("90 seconds", Some(2)),
            ("1.5 days", Some(720)),
            ("2.5", Some(3)),
            ("soon", None),
            ("-5", None),
            ("h", None),
            ("", None),
        ] {
            assert_eq!(read_minutes_freely(text), expected, "{text}");
        }
    }
}
