//! The words in a node: without marks of the page, and with a duration on a line of its own.

use crate::plan::Estimate;

/// The words on one line, and the duration if a line is one, as `2h`.
pub fn read(label: &str) -> (String, Option<Estimate>) {
    let mut minutes = None;
    let mut words = Vec::new();
    for line in without_tags(label).split('\n') {
        match duration(line.trim()) {
            Some(found) if !words.is_empty() && minutes.is_none() => minutes = Some(found),
            _ => words.extend(line.split_whitespace().map(str::to_owned)),
        }
    }
    (words.join(" "), minutes)
}

/// `2h`, `30m`, `1.5 days`.
pub fn duration(text: &str) -> Option<Estimate> {
    let number = text.trim_start_matches('~');
    let end = number.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let amount: f64 = number[..end].parse().ok()?;
    let unit = match number[end..].trim() {
        "m" | "min" | "mins" | "minutes" => 1.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 60.0,
        // A day of work.
        "d" | "day" | "days" => 480.0,
        "w" | "week" | "weeks" => 2400.0,
        _ => return None,
    };
    let minutes = (amount * unit).round();
    (1.0..=f64::from(Estimate::MAX)).contains(&minutes).then(|| Estimate::exactly(minutes as u32))
}

/// The text with line breaks instead of `<br/>` and `\n`, and without other tags and codes of letters.
fn without_tags(label: &str) -> String {
    let mut text = label.replace("\\n", "\n").replace("\\l", "\n");
    for tag in ["<br/>", "<br>", "<br />", "<BR/>", "<BR>"] {
        text = text.replace(tag, "\n");
    }
    for tag in ["<b>", "</b>", "<i>", "</i>", "<strong>", "</strong>", "<em>", "</em>", "<small>", "</small>"]
    {
        text = text.replace(tag, "");
    }
    for (code, letter) in [
        ("#quot;", "\""),
        ("&quot;", "\""),
        ("#35;", "#"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("#amp;", "&"),
        ("&amp;", "&"),
    ] {
        text = text.replace(code, letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_on_their_own_line_are_taken_off() {
        let shown = |text: &str| {
            let (words, minutes) = read(text);
            format!("{words} {:?}", minutes.map(|minutes| minutes.likely))
        };
        assert_eq!(shown("T1: Set up<br/>2h"), "T1: Set up Some(120)");
        assert_eq!(shown("Say #quot;hi#quot;\\n<b>now</b>"), "Say \"hi\" now None");
        assert_eq!(shown("2h"), "2h None");
        assert_eq!(shown("Sleep<br>1.5 days<br>x"), "Sleep x Some(720)");
    }
}
