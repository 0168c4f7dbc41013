//! Plan text: any text is read as a plan in normal form, and printing and reading that plan gives the same
//! plan.

use phaseplan::Plan;
use phaseplan::import;
use phaseplan::plan::normal::normalise;
use phaseplan::text::{Spelling, highlight, parse, parse_onto, print, write_ids};

use super::Tally;
use super::chance::Chance;

/// Tests one text in every way.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let text = chance.plan_text();
    let plan = tally.timed(|| parse(&text)).plan;
    fixed(&plan, &text)?;
    tally.count("texts were read, printed and read again");
    coloured(&text)?;
    let parsed = parse(&text);
    let named = parse(&write_ids(&text, &parsed)).plan;
    if named != plan {
        return Err(format!("a text with its ids written down is another plan: {text:?}"));
    }
    tally.count("texts took their ids");
    let (mut text, mut plan) = (text, plan);
    for _ in 0..5 {
        text = chance.typed(&text);
        plan = parse_onto(&plan, &text).plan;
        is_normal(&plan, &text)?;
        tally.count("typed texts were read in normal form");
    }
    if let Ok(imported) = tally.timed(|| import::import(text.as_bytes(), None)) {
        is_normal(&imported.plan, &text)?;
        tally.count("texts were taken in as files");
    }
    Ok(())
}

/// Reading a printed plan gives the same plan, in both spellings.
pub fn fixed(plan: &Plan, text: &str) -> Result<(), String> {
    is_normal(plan, text)?;
    for spelling in [Spelling::Typing, Spelling::Document] {
        let printed = print(plan, spelling);
        let read = parse(&printed).plan;
        if read != *plan {
            return Err(format!("{text:?} was printed as {printed:?}, which says something else"));
        }
        if print(&read, spelling) != printed {
            return Err(format!("{printed:?} is printed otherwise"));
        }
    }
    Ok(())
}

/// Fails if the plan is not in normal form.
pub fn is_normal(plan: &Plan, source: &str) -> Result<(), String> {
    let changes = normalise(&mut plan.clone());
    if changes.is_empty() { Ok(()) } else { Err(format!("{changes:?} was left to be done in {source:?}")) }
}

fn coloured(text: &str) -> Result<(), String> {
    let mut end = 0;
    for token in highlight(text) {
        if token.range.start < end || text.get(token.range.clone()).is_none_or(str::is_empty) {
            return Err(format!("the colours of {text:?} overlap or cut a letter at {:?}", token.range));
        }
        end = token.range.end;
    }
    Ok(())
}
