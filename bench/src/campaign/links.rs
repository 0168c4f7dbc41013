//! Links: round trips, truncation, changes, mangling, and payloads with valid checksums but random content.

use phaseplan::Plan;
use phaseplan::plan::normal::normalise;
use phaseplan::share::{self, Contents, OpenError};

use super::Tally;
use super::chance::Chance;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const PAGE: &str = "https://plans.example/";

/// Tests the link of one plan in every way.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let plan = chance.plan();
    let link = share::link(&plan, Contents::Full).map_err(|error| error.to_string())?;
    let url = link.at(PAGE);
    expect_plan(&url, &plan)?;
    tally.count("plans came out as they went in");
    cut(&url, chance, tally)?;
    for _ in 0..200 {
        let damaged = chance.damage(&link.fragment, LETTERS);
        if let Ok(opened) = share::open(&format!("{PAGE}#{damaged}"))
            && opened.plan != plan
        {
            return Err(format!("a changed link opened as another plan: {damaged}"));
        }
        tally.count("changed links did not open as another plan");
    }
    mangled(&url, &plan, chance, tally)?;
    hostile(&link.fragment, chance, tally)
}

fn expect_plan(text: &str, plan: &Plan) -> Result<(), String> {
    match share::open(text) {
        Ok(opened) if opened.plan == *plan => Ok(()),
        Ok(_) => Err(format!("another plan came out of {text}")),
        Err(refused) => Err(format!("{refused} {text}")),
    }
}

/// Every prefix of the link.
fn cut(url: &str, chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let tail = *chance.pick(&["", " ", "\n", ".", ")", "\nBye, Ada"]);
    for end in PAGE.len()..url.len() {
        match share::open(&format!("{}{tail}", &url[..end])) {
            Err(OpenError::Cut { received, expected }) if received < expected => {}
            Err(OpenError::CutAtStart | OpenError::NoLink) if end < PAGE.len() + 20 => {}
            // If the text after the cut looks like the rest of the link, the checksum decides.
            Err(OpenError::Changed) if !tail.trim().is_empty() => {}
            other => return Err(format!("cut at {end}: {:?} {url}{tail}", other.map(|_| ()))),
        }
        tally.count("cut links were refused");
    }
    Ok(())
}

/// Several random changes that other programs make, one after another.
fn mangled(url: &str, plan: &Plan, chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let width = 20 + chance.below(80);
    let between = *chance.pick(&["\n", "\r\n", "\n> ", "\n    ", "\u{200b}", " ", "\u{ad}", "\\\n"]);
    let letters: Vec<char> = url.chars().collect();
    let wrapped =
        letters.chunks(width).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join(between);
    let encoded = |text: &str| -> String {
        text.chars()
            .map(|c| if ":/#&=%".contains(c) { format!("%{:02X}", c as u32) } else { c.to_string() })
            .collect()
    };
    for text in [
        wrapped.clone(),
        format!(
            "Hi,\n\n> {}\n\nBye 1.2.3",
            letters
                .chunks(width)
                .map(|line| line.iter().collect::<String>())
                .collect::<Vec<_>>()
                .join("\n> ")
        ),
        format!("<{url}|plan>"),
        format!("[plan]({url})."),
        format!("<a href=\"{}\">", url.replace('#', "&#35;")),
        encoded(url),
        encoded(&encoded(url)),
        format!("https://nam.safelinks.protection.outlook.com/?url={}&data=05%7C&reserved=0", encoded(url)),
        format!("“{url}”, she said: 1.p.x"),
    ] {
        expect_plan(&text, plan)?;
        tally.count("mangled links opened");
    }
    Ok(())
}

/// Payloads with a valid checksum: random ones, or changed real ones.
fn hostile(fragment: &str, chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let payload = fragment.rsplit('.').next().unwrap_or_default().trim_end_matches('e');
    for _ in 0..20 {
        let payload = match chance.below(3) {
            0 => (0..chance.below(400)).map(|_| char::from(*chance.pick(LETTERS))).collect(),
            1 => format!("{}{}", chance.pick(&["AA", "Af", "gIAB", "__9_", "_z"]), payload),
            _ => chance.damage(payload, LETTERS),
        };
        for kind in ['p', 'r'] {
            let text = format!("{PAGE}#{}", wrap(kind, &payload));
            let opened = tally.timed(|| share::open(&text));
            let _ = tally.timed(|| share::replies(&text));
            if let Ok(mut opened) = opened
                && !normalise(&mut opened.plan).is_empty()
            {
                return Err(format!("a plan came out that is not in normal form: {text}"));
            }
            tally.count("hostile payloads did no harm");
        }
    }
    Ok(())
}

/// The envelope, implemented again from its description.
fn wrap(kind: char, payload: &str) -> String {
    let head = format!("1.{kind}.");
    let mut sum = u32::MAX;
    for byte in head.bytes().chain(payload.bytes()) {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    format!("{head}{}.{}.{payload}e", base_36(payload.len() as u32), base_36(!sum))
}

fn base_36(number: u32) -> String {
    let digit = char::from_digit(number % 36, 36).unwrap_or('0');
    if number < 36 { digit.to_string() } else { format!("{}{digit}", base_36(number / 36)) }
}
