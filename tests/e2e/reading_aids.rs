//! Users who zoom, space letters, choose their own colours or disable motion lose nothing.

use serde_json::json;

use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::{accessibility, screenshots};

/// Uses everything needed to write and read a plan, on a narrow screen.
async fn use_everything(page: &Page, name: &str) -> Outcome {
    page.open().await?;
    page.click("examples").await?;
    page.settle().await?;
    page.click("example").await?;
    for (tab, part) in [("pane-phases", "outline-task"), ("pane-problems", "problem"), ("pane-tasks", "text")]
    {
        page.click(tab).await?;
        page.planned().await?;
        page.part(part).await?;
        nothing_sticks_out(page, &format!("{name}, {tab}")).await?;
        page.settle().await?;
        screenshots::take(page, &format!("{name}-{tab}")).await?;
    }
    page.click("add-task").await?;
    page.planned().await?;
    accessibility::check(page, name).await
}

/// Nothing is wider than the screen, and no label of a button is cut off.
async fn nothing_sticks_out(page: &Page, name: &str) -> Outcome {
    let script = "const cut = [...document.querySelectorAll('button, [role=tab]')].filter(button => \
        button.checkVisibility() && button.textContent.trim() && button.scrollWidth > button.clientWidth + \
        1); return [document.documentElement.scrollWidth - innerWidth, cut.map(button => \
        button.textContent).join(', ')];";
    let found = page.script(script, vec![]).await?;
    assert_eq!(found[1], json!(""), "{name}: these labels are cut off");
    assert!(found[0].as_f64() <= Some(0.0), "{name}: wider than the screen by {}", found[0]);
    Ok(())
}

#[test]
fn at_four_times_the_size_everything_is_there() {
    journey(async |page| {
        // A window of 1280 by 1024 pixels at 400 percent.
        page.resize(320, 256).await?;
        use_everything(page, "zoomed").await
    });
}

#[test]
fn with_more_space_between_letters_and_lines_nothing_is_cut_off() {
    journey(async |page| {
        page.resize(390, 844).await?;
        // The spacing that WCAG 2.2, criterion 1.4.12, requires pages to support.
        let source = "addEventListener('DOMContentLoaded', () => { const sheet = new CSSStyleSheet(); \
            sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; \
            word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }'); \
            document.adoptedStyleSheets = [sheet]; });";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
        use_everything(page, "spaced").await
    });
}

#[test]
fn with_colours_of_the_system_what_is_chosen_can_be_told() {
    journey(async |page| {
        let media = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
        page.devtools("Emulation.setEmulatedMedia", media).await?;
        page.click("start-example").await?;
        page.planned().await?;
        page.element("[data-test=task-card][data-task=T2]").await?.click().await?;
        page.part("task").await?;
        page.settle().await?;
        screenshots::take(page, "forced-colours").await?;
        // Without the app's colours, an outline or a border must show it.
        let script = "const look = element => { const style = getComputedStyle(element); return \
            [style.outlineStyle, style.outlineWidth, style.borderTopWidth, style.borderTopStyle, \
            style.borderTopColor].join(' '); }; return \
            [look(document.querySelector('[data-test=task-card][data-task=T2]')), \
            look(document.querySelector('[data-test=task-card][data-task=T1]'))];";
        let looks = page.script(script, vec![]).await?;
        assert_ne!(looks[0], looks[1], "the selected card looks like the others");
        Ok(())
    });
}

#[test]
fn without_motion_nothing_moves() {
    journey(async |page| {
        let media = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        page.devtools("Emulation.setEmulatedMedia", media).await?;
        page.open().await?;
        page.click("start-example").await?;
        page.planned().await?;
        page.click("examples").await?;
        let longest = "return Math.max(0, ...document.getAnimations().map(animation => \
            animation.effect?.getComputedTiming().endTime ?? 0));";
        let longest = page.script(longest, vec![]).await?;
        assert!(longest.as_f64().is_some_and(|longest| longest < 20.0), "something moves for {longest} ms");
        Ok(())
    });
}
