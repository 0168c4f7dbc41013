//! Every screen once: pictures for people, accessibility rules for all.

use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::{accessibility, screenshots};

#[test]
fn an_empty_plan() {
    journey(async |page| look_at(page, "start").await);
}

#[test]
fn a_plan_in_every_view() {
    journey(async |page| {
        page.click("start-example").await?;
        page.planned().await?;
        page.settle().await?;
        screenshots::take_for_readme(page).await?;
        look_at(page, "phases").await?;
        page.click("tab-timeline").await?;
        look_at(page, "timeline").await?;
        page.click("tab-outline").await?;
        look_at(page, "outline").await?;
        page.element("[data-test=outline-task][data-task=T2]").await?.click().await?;
        page.click("tab-task").await?;
        look_at(page, "task").await?;
        page.click("tab-table").await?;
        look_at(page, "table").await?;
        page.click("export").await?;
        page.part("preview").await?;
        look_at(page, "export").await
    });
}

/// In both themes and on both sizes: writes `tests/screenshots/SCREEN-THEME-SIZE.png` and applies the rules.
async fn look_at(page: &Page, screen: &str) -> Outcome {
    for (width, height, size) in [(390, 844, "phone"), (1440, 900, "desktop")] {
        page.resize(width, height).await?;
        for theme in ["dark", "light"] {
            page.prefer_theme(theme).await?;
            page.settle().await?;
            let name = format!("{screen}-{theme}-{size}");
            screenshots::take(page, &name).await?;
            accessibility::check(page, &name).await?;
        }
    }
    Ok(())
}
