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
        // The menu slides in.
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

/// Fails if anything can be scrolled sideways.
pub async fn nothing_is_wider_than_the_screen(page: &Page) -> Outcome {
    let script = "return [document.documentElement.scrollWidth, innerWidth];";
    let widths = page.script(script, vec![]).await?;
    if widths[0].as_f64() > widths[1].as_f64() {
        return Err(format!("the page is wider than the screen: {widths}").into());
    }
    Ok(())
}
