//! Changing a plan through fields instead of text; the text follows.

use thirtyfour::Key;

use crate::journey::{Outcome, journey};
use crate::page::Page;

const PLAN: &str = "- T1 One @owns(a/**) ~10m\n- T2 Two @owns(b/**) ~10m";

#[test]
fn the_form_of_a_task_changes_the_text_and_the_phases() {
    journey(async |page| {
        page.write(PLAN).await?;
        page.element("[data-test=task-card][data-task=T2]").await?.click().await?;
        page.click("tab-task").await?;
        fill(page, "[data-test=task] [data-field=owns]", "a/two.rs").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?.len(), 2);
        assert!(page.text().await?.contains("a/two.rs"), "{}", page.text().await?);
        Ok(())
    });
}

#[test]
fn the_table_changes_the_text_and_the_phases() {
    journey(async |page| {
        page.write(PLAN).await?;
        page.click("tab-table").await?;
        fill(page, "[data-test=row][data-task=T2] [data-field=after]", "T1").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"], ["T2"]]);
        page.click("add-task").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?.concat().len(), 3);
        page.click("tab-text").await?;
        let text = page.text().await?;
        assert!(text.contains("@after(T1)") && text.contains("T3"), "{text}");
        Ok(())
    });
}

/// Replaces what a field holds and leaves it.
async fn fill(page: &Page, field: &str, text: &str) -> Outcome {
    let field = page.element(field).await?;
    field.click().await?;
    page.press_with(&[Key::Control], 'a').await?;
    page.insert(text).await?;
    page.press(Key::Tab).await
}
