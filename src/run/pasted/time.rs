//! Times in logs of other programs.

use serde_json::Value;

/// Seconds since 1970 in a value: a number of seconds or milliseconds, or a time as ISO 8601 writes it in UTC.
pub fn seconds(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().filter(|number| *number >= 0.0)?;
            Some(if number > 1e11 { number / 1000.0 } else { number } as u64)
        }
        Value::String(text) => of_iso(text),
        _ => None,
    }
}

/// `2026-11-28T15:40:00.123Z`.
fn of_iso(text: &str) -> Option<u64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let numbers = |text: &str, mark: char| -> Option<Vec<u64>> {
        text.split(mark).map(|part| part.split('.').next()?.parse().ok()).collect()
    };
    let (date, time) = (numbers(date, '-')?, numbers(time, ':')?);
    let (&[year, month, day], &[hour, minute, second]) = (&date[..], &time[..]) else { return None };
    let is_valid = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let is_valid = is_valid && hour < 24 && minute < 60 && second <= 60;
    is_valid.then(|| ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

/// Days since 1970 in the Gregorian calendar. Years begin in March, so that a leap day is the last of a year.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_spelling() {
        for (text, expected) in [
            ("\"1970-01-01T00:00:00Z\"", Some(0)),
            ("\"2000-02-29T12:00:01.5Z\"", Some(951_825_601)),
            ("\"2026-11-28T15:40:00.000Z\"", Some(1_795_880_400)),
            ("1795880400", Some(1_795_880_400)),
            ("1795880400123", Some(1_795_880_400)),
            ("\"2026-13-28T15:40:00Z\"", None),
            ("\"soon\"", None),
            ("-1", None),
            ("null", None),
        ] {
            let value = serde_json::from_str(text).expect("it is JSON");
            assert_eq!(seconds(&value), expected, "{text}");
        }
    }
}
