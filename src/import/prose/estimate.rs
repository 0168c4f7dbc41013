//! The estimate at the end of a text: "Add login - 4h", "Add login (30 min)".

use crate::plan::Estimate;
use crate::plan::minutes::read_estimate_freely;

/// The estimate that ends the text behind a dash or in brackets.
pub fn at_end(text: &str) -> Option<Estimate> {
    let text = text.trim_end().trim_end_matches('.');
    let last = match text.strip_suffix(')') {
        Some(inside) => inside.rsplit_once('(')?.1,
        None => [" - ", " – ", " — ", " ~"]
            .iter()
            .filter_map(|sign| Some(text.rsplit_once(sign)?.1))
            .min_by_key(|end| end.len())?,
    };
    let last =
        last.trim().trim_start_matches('~').trim_start_matches("est.").trim_start_matches("Estimate:").trim();
    // A bare number is no time.
    let has_unit = last.ends_with(|letter: char| letter.is_alphabetic());
    let is_short = last.len() <= 16 && last.starts_with(|letter: char| letter.is_ascii_digit());
    if has_unit && is_short { read_estimate_freely(last) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_at_the_end_are_found_and_other_numbers_are_not() {
        for (text, minutes) in [
            ("Project file in app/a.csproj - 4h", Some(240)),
            ("Entities in app/a.cs – 30m", Some(30)),
            ("Add login (2 hours)", Some(120)),
            ("Add login ~45m", Some(45)),
            ("Add login (depends on T001)", None),
            ("Support widths from 320 - 1920", None),
            ("Keep files below 3 m", None),
            ("Add a page", None),
        ] {
            assert_eq!(at_end(text), minutes.map(Estimate::exactly), "{text}");
        }
    }
}
