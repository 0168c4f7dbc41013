//! Every screen once: pictures for people, accessibility rules for all.

use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::{accessibility, screenshots};

const PHONE: (u32, u32) = (390, 844);
const DESKTOP: (u32, u32) = (1440, 900);

#[test]
fn an_empty_plan() {
    journey(async |page| look_at(page, "start", "pane-tasks").await);
}

#[test]
fn a_plan_in_every_view() {
    journey(async |page| {
        page.click("start-example").await?;
        page.planned().await?;
        page.settle().await?;
        screenshots::take_for_readme(page).await?;
        look_at(page, "phases", "pane-phases").await?;
        look_at(page, "problems", "pane-problems").await?;
        page.click("tab-timeline").await?;
        look_at(page, "timeline", "pane-phases").await?;
        page.click("tab-outline").await?;
        look_at(page, "outline", "pane-phases").await?;
        page.click("tab-table").await?;
        look_at(page, "table", "pane-tasks").await
    });
}

#[test]
fn a_task_and_the_export() {
    journey(async |page| {
        page.click("start-example").await?;
        page.planned().await?;
        page.element("[data-test=task-card][data-task=T2]").await?.click().await?;
        page.part("task").await?;
        look_at_as_it_is(page, "task").await?;
        page.click("export").await?;
        page.part("preview").await?;
        look_at_as_it_is(page, "export").await
    });
}

/// Looks at the screen, on the phone with this pane in front.
async fn look_at(page: &Page, screen: &str, pane: &str) -> Outcome {
    page.resize(PHONE.0, PHONE.1).await?;
    page.click(pane).await?;
    look_at_as_it_is(page, screen).await
}

/// In both themes and on both sizes: writes `tests/screenshots/SCREEN-THEME-SIZE.png` and applies the rules.
async fn look_at_as_it_is(page: &Page, screen: &str) -> Outcome {
    for ((width, height), size) in [(PHONE, "phone"), (DESKTOP, "desktop")] {
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
