//! Everything by keyboard alone.

use thirtyfour::Key;

use crate::journey::{Outcome, journey};
use crate::page::Page;

#[test]
fn a_plan_is_written_repaired_and_exported_without_a_pointer() {
    journey(async |page| {
        page.press_with(&[Key::Alt], '1').await?;
        page.press("- T1 One @owns(src/api/**) ~20m").await?;
        page.press(Key::Enter).await?;
        page.press("- T2 Two @owns(src/api/users.rs) ~10m").await?;
        page.planned().await?;
        assert!(!page.problems().await?.is_empty());
        let before = page.text().await?;

        // From the text to the first repair, and back out of it.
        page.press_with(&[Key::Control], '.').await?;
        page.until("a repair has the focus", "document.activeElement.matches('[data-test=fix]')").await?;
        page.press(Key::Enter).await?;
        page.planned().await?;
        assert_ne!(page.text().await?, before);
        page.press_with(&[Key::Control], 'z').await?;
        page.planned().await?;
        assert_eq!(page.text().await?, before);

        // The next problem.
        page.press(Key::F8).await?;
        page.until("a problem has the focus", "document.activeElement.closest('[data-test=problem]')")
            .await?;

        // Through the schedule by arrows.
        page.press_with(&[Key::Alt], '2').await?;
        page.until("the schedule has the focus", "document.activeElement.closest('.pane-middle')").await?;
        tab_to(page, "[data-test=task-card]").await?;
        page.press(Key::Right).await?;
        page.until("a card is chosen", "document.activeElement.matches('[data-test=task-card]')").await?;

        // Out, without trap.
        tab_to(page, "[data-test=export]").await?;
        page.press(Key::Enter).await?;
        page.part("export-dialog").await?;
        tab_to(page, "[data-test=copy]").await?;
        page.press(Key::Enter).await?;
        page.until("it says that it is copied", "document.body.textContent.includes('Copied.')").await?;
        assert!(page.clipboard().await?.contains("T2"));
        page.press(Key::Escape).await?;
        page.until("the dialog is closed", "!document.querySelector('dialog[open]')").await
    });
}

#[test]
fn escape_and_tab_leave_the_text_box() {
    journey(async |page| {
        page.select_text().await?;
        page.press(Key::Escape).await?;
        page.press(Key::Tab).await?;
        page.until("the text box lost the focus", "!document.activeElement.matches('[data-test=text]')").await
    });
}

/// Presses Tab until such an element has the focus.
async fn tab_to(page: &Page, selector: &str) -> Outcome {
    for _ in 0..80 {
        let there = format!("return document.activeElement?.matches({selector:?}) ?? false;");
        if page.script(&there, vec![]).await? == true {
            return Ok(());
        }
        page.press(Key::Tab).await?;
    }
    Err(format!("Tab does not reach {selector}").into())
}
