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

async fn look_at(page: &Page, screen: &str) -> Outcome {
    screenshots::take(page, screen).await?;
    accessibility::check(page, screen).await
}
