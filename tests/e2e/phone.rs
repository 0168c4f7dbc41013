//! A phone: one pane at a time, nothing wider than the screen.

use crate::journey::{Outcome, journey};
use crate::page::Page;

#[test]
fn a_plan_is_made_on_a_phone() {
    journey(async |page| {
        page.resize(390, 844).await?;
        page.open().await?;
        nothing_is_wider_than_the_screen(page).await?;
        page.click("examples").await?;
        // The menu is animated.
        page.settle().await?;
        page.click("example").await?;
        page.click("pane-phases").await?;
        page.planned().await?;
        page.part("outline-task").await?;
        nothing_is_wider_than_the_screen(page).await?;
        page.click("outline-task").await?;
        page.part("task").await?;
        nothing_is_wider_than_the_screen(page).await?;
        page.click("close-task").await?;
        page.click("pane-problems").await?;
        page.part("problem").await?;
        nothing_is_wider_than_the_screen(page).await?;
        page.click("pane-tasks").await?;
        page.part("text").await?;
        page.click("add-task").await?;
        page.planned().await?;
        nothing_is_wider_than_the_screen(page).await
    });
}

#[test]
fn nothing_is_cut_on_the_smallest_screen() {
    journey(async |page| {
        page.resize(320, 640).await?;
        page.open().await?;
        page.click("examples").await?;
        page.settle().await?;
        page.click("example").await?;
        page.planned().await?;
        for pane in ["pane-tasks", "pane-phases", "pane-problems", "pane-review"] {
            page.click(pane).await?;
            page.settle().await?;
            is_as_wide_as(page, 320).await?;
        }
        page.click("pane-phases").await?;
        page.click("outline-task").await?;
        page.part("task").await?;
        page.settle().await?;
        is_as_wide_as(page, 320).await?;
        let inside = "return [...document.querySelectorAll('.pane-right, [data-test=close-task], [data-test=task] \
            .field')].every(part => { const { left, right } = part.getBoundingClientRect(); return left >= 0 && \
            right <= 320; });";
        assert_eq!(page.script(inside, vec![]).await?, true);
        page.click("close-task").await
    });
}

#[test]
fn the_phases_of_the_first_example_fit_on_a_small_laptop() {
    journey(async |page| {
        page.resize(1280, 720).await?;
        page.open().await?;
        page.click("start-example").await?;
        page.planned().await?;
        page.settle().await?;
        let fits =
            "const stage = document.querySelector('.stage'); return stage.scrollWidth <= stage.clientWidth;";
        assert_eq!(page.script(fits, vec![]).await?, true);
        let lines = "return new Set([...document.querySelectorAll('.figures > div')].map(figure => \
            Math.round(figure.getBoundingClientRect().top))).size;";
        assert_eq!(page.script(lines, vec![]).await?, 1);
        let height = "return document.querySelector('.figures').getBoundingClientRect().height;";
        assert!(page.script(height, vec![]).await?.as_f64() < Some(48.0), "the labels are in one line, too");
        Ok(())
    });
}

/// Fails if the page is wider than this.
async fn is_as_wide_as(page: &Page, width: u64) -> Outcome {
    let found = page.script("return document.documentElement.scrollWidth;", vec![]).await?;
    if found.as_u64() > Some(width) {
        return Err(format!("the page is {found} wide, and the screen {width}").into());
    }
    Ok(())
}

/// Fails if anything can be scrolled sideways.
pub async fn nothing_is_wider_than_the_screen(page: &Page) -> Outcome {
    let script = "return [document.documentElement.scrollWidth, innerWidth];";
    let widths = page.script(script, vec![]).await?;
    if widths[0].as_f64() > widths[1].as_f64() {
        return Err(format!("the page is wider than the screen: {widths}").into());
    }
    Ok(())
}
