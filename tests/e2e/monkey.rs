//! Random clicks, keys and text: nothing breaks and nothing is lost.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::accessibility;
use crate::journey::{Outcome, journey};
use crate::page::Page;

/// The number of actions in a session, unless a campaign overrides it.
const ACTIONS: u64 = 60;

const PLAN: &str =
    "# Monkey\n\n- T1 One @owns(a/**) ~10m\n- T2 Two @owns(a/b) @after(T1)\n- T3 Three @uses(db) ~1h\n";

/// Texts to type, from sensible to odd.
const WORDS: [&str; 8] = [
    "- Four @owns(a/*)\n",
    " @after(T2)",
    "\n\n## Group\n",
    "@owns(",
    "{\"tasks\":",
    "\u{202e}\u{200b}é😀",
    " ~90m",
    "  told\n",
];

#[test]
fn random_actions_break_nothing() {
    let first = number("PHASEPLAN_MONKEY").unwrap_or(0);
    for session in first..first + number("PHASEPLAN_MONKEYS").unwrap_or(1) {
        println!("session {session}");
        journey(async |page| {
            page.write(PLAN).await?;
            let mut state = session;
            for _ in 0..number("PHASEPLAN_ACTIONS").unwrap_or(ACTIONS) {
                act(page, random(&mut state)).await?;
            }
            settle(page).await
        });
    }
}

/// A number from the environment, which a campaign sets.
pub fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A linear congruential generator, which makes a session repeatable by its number (Knuth, 1981).
pub fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

async fn act(page: &Page, choice: u64) -> Outcome {
    let detail = choice / 8;
    match choice % 8 {
        0..4 => press_something(page, detail).await,
        4 | 5 => {
            page.script("document.querySelector('[data-test=text]')?.focus();", vec![]).await?;
            page.insert(WORDS[detail as usize % WORDS.len()]).await
        }
        6 => {
            let key = if detail.is_multiple_of(3) { 'y' } else { 'z' };
            page.press_with(&[Key::Control], key).await
        }
        _ => {
            let keys = [Key::Escape, Key::Tab, Key::Enter, Key::F8, Key::Down, Key::Right, Key::Delete];
            page.press(keys[detail as usize % keys.len()].clone()).await
        }
    }
}

/// Presses a visible button, except those that open a window of the system or save a file.
async fn press_something(page: &Page, choice: u64) -> Outcome {
    let script = "const front = document.querySelector('dialog[open]') ?? document; \
        const seen = [...front.querySelectorAll('button, [role=button], a[href]')].filter(element => \
            element.checkVisibility() && !element.disabled && \
            !/(Open|Choose) a file|Download|Paste/.test(element.textContent + element.ariaLabel)); \
        seen[arguments[0] % seen.length]?.click();";
    page.script(script, vec![json!(choice % 1_000_003)]).await?;
    Ok(())
}

/// The final checks: the screen follows the rules for accessible pages, the page responds, and the text in
/// the box is stored.
async fn settle(page: &Page) -> Outcome {
    page.settle().await?;
    accessibility::check(page, "what is shown in the end").await?;
    let close = "document.querySelector('dialog[open]')?.close(); return \
        !document.querySelector('#stopped:not([hidden])');";
    assert_eq!(page.script(close, vec![]).await?, Value::Bool(true), "the program stopped");
    page.settle().await?;
    accessibility::check(page, "what is behind it").await?;
    // The last action may not be finished.
    let start = Instant::now();
    loop {
        let is_saved = "!/Saving|Not saved/.test(document.querySelector('[data-test=saved]').textContent)";
        page.until("it is saved", is_saved).await?;
        let text = page.text().await?;
        let stored = page.stored_texts().await?;
        if text.trim().is_empty() || stored.contains(&text) {
            return Ok(());
        }
        assert!(start.elapsed() < Duration::from_secs(20), "not stored: {text:?}, but {stored:?}");
    }
}
