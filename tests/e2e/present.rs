//! Presenting a plan step by step: by keyboard, by button, and on a phone.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::accessibility;
use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::phone::nothing_is_wider_than_the_screen;

const PLAN: &str = "# Shop\n\n- T1 Schema @owns(db/**) ~20m @agent(ann)\n- T2 Page @owns(web/**, db/x.sql) \
    ~30m\n- T3 Tests @after(T2) @owns(tests/**) ~10m\n";

/// Waits until the step with this number shows these words.
async fn shows(page: &Page, number: usize, words: &str) -> Outcome {
    let step = format!("document.querySelector('[data-test=present-step][data-number=\"{number}\"]')");
    page.until(
        &format!("step {number} says {words}"),
        &format!("{step}?.textContent.includes({})", json!(words)),
    )
    .await
}

#[test]
fn keys_lead_through_the_plan() {
    journey(async |page| {
        page.write(PLAN).await?;
        page.press(Key::F9).await?;
        shows(page, 0, "What limits it").await?;
        accessibility::check(page, "presentation").await?;
        page.prefer_theme("dark").await?;
        // Colours are animated.
        page.settle().await?;
        accessibility::check(page, "presentation in the dark").await?;
        page.press(Key::Right).await?;
        shows(page, 1, "Phase 1").await?;
        page.press(Key::PageDown).await?;
        shows(page, 2, "Phase 2").await?;
        shows(page, 2, "because").await?;
        accessibility::check(page, "presented phase").await?;
        page.press(Key::End).await?;
        page.until(
            "the last step is a problem",
            "/Repairs/.test(document.querySelector('[data-test=present-step]')?.textContent)",
        )
        .await?;
        accessibility::check(page, "presented problem").await?;
        let status = "return document.querySelector('[data-test=presentation] [role=status]').textContent;";
        let told = page.script(status, vec![]).await?;
        assert!(
            told.as_str().is_some_and(|told| told.starts_with(['4', '5']) && told.contains(" of ")),
            "{told}"
        );
        page.press(Key::PageUp).await?;
        page.press(Key::Home).await?;
        shows(page, 0, "Shop").await?;
        page.press(Key::Left).await?;
        shows(page, 0, "Shop").await?;
        page.press(Key::Escape).await?;
        page.until("it is over", "!document.querySelector('[data-test=presentation]').open").await?;
        assert_eq!(page.text().await?, PLAN);
        Ok(())
    });
}

#[test]
fn buttons_lead_through_the_plan_on_a_phone() {
    journey(async |page| {
        page.resize(390, 844).await?;
        page.open().await?;
        page.write(PLAN).await?;
        page.click("open").await?;
        page.settle().await?;
        page.click("present").await?;
        shows(page, 0, "Shop").await?;
        nothing_is_wider_than_the_screen(page).await?;
        page.click("present-next").await?;
        shows(page, 1, "Phase 1").await?;
        nothing_is_wider_than_the_screen(page).await?;
        accessibility::check(page, "presentation on a phone").await?;
        page.click("present-previous").await?;
        shows(page, 0, "Shop").await?;
        page.click("close-dialog").await?;
        page.until("it is over", "!document.querySelector('[data-test=presentation]').open").await
    });
}
