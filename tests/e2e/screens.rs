//! Every screen once: screenshots for people, and accessibility rules.

use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::{accessibility, screenshots};

pub const PHONE: (u32, u32) = (390, 844);
pub const DESKTOP: (u32, u32) = (1440, 900);

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

#[test]
fn an_import_before_and_after_it_is_opened() {
    journey(async |page| {
        page.write("- T1 Mine @owns(mine/**)").await?;
        page.paste_list(include_str!("../fixtures/imports/newsletter-tasks.md")).await?;
        look_at_as_it_is(page, "import").await?;
        page.script("document.querySelector('.import details').open = true;", vec![]).await?;
        look_at_as_it_is(page, "import-formats").await?;
        page.script("document.querySelector('.import-rows').scrollIntoView();", vec![]).await?;
        look_at_as_it_is(page, "import-tasks").await?;
        page.click("replace-plan").await?;
        page.planned().await?;
        look_at(page, "import-opened", "pane-phases").await?;
        page.click("show-imported").await?;
        page.part("import-row").await?;
        look_at_as_it_is(page, "import-again").await
    });
}

/// Plans whose headline differs: what is known of their safety, and what is left of them.
const STATES: [(&str, &str); 5] = [
    (
        "safe",
        "# Shop\n- T1 Cart @owns(src/cart/**)\n- T2 Tax @owns(src/tax/**)\n- T3 Docs @owns(docs/**) @after(T1)\n\
         - T4 Try all @kind(verify) @after(T1, T2, T3)",
    ),
    ("unknown", "# Shop\n- T1 Cart\n- T2 Tax\n- T3 Pay"),
    (
        "mixed",
        "# Shop\n- [x] T1 Schema @owns(db/**)\n- [~] T2 Router @owns(src/router/**) @after(T1)\n\
         - T3 Cart @owns(src/cart/**) @after(T1)\n- T4 Styles @owns(src/cart/styles.css) @after(T1)\n\
         - T5 Think about prices\n- T6 Docs @owns(docs/**) @after(T3)\n- T7 Notes @parallel(claimed)\n\
         - [!] T8 Tax @owns(src/tax/**)",
    ),
    ("errors", "# Shop\n- T1 Cart @owns(src/cart/**\n- T2 Tax @owns(../x/**)\n- T3 Docs @owns(docs/**)"),
    ("done", "# Shop\n- [x] T1 Cart @owns(src/cart/**)\n- [x] T2 Tax @owns(src/tax/**)"),
];

#[test]
fn the_headline_in_every_state() {
    journey(async |page| {
        for (state, plan) in STATES {
            page.write(plan).await?;
            page.planned().await?;
            look_at(page, &format!("headline-{state}"), "pane-phases").await?;
        }
        Ok(())
    });
}

/// Checks a screen; on the phone, with this pane in front.
pub async fn look_at(page: &Page, screen: &str, pane: &str) -> Outcome {
    page.resize(PHONE.0, PHONE.1).await?;
    page.click(pane).await?;
    look_at_as_it_is(page, screen).await
}

/// Checks a screen in both themes and both sizes: writes `tests/screenshots/SCREEN-THEME-SIZE.png` and
/// applies the rules.
pub async fn look_at_as_it_is(page: &Page, screen: &str) -> Outcome {
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
