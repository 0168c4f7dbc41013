//! Using the app by keyboard only.

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

        // From the text to the first fix and back.
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

        // Through the schedule with the arrow keys.
        page.press_with(&[Key::Alt], '2').await?;
        page.until("the schedule has the focus", "document.activeElement.closest('.pane-middle')").await?;
        tab_to(page, "[data-test=task-card]").await?;
        page.press(Key::Right).await?;
        page.until("a card is chosen", "document.activeElement.matches('[data-test=task-card]')").await?;

        // Leaves the drawing: there is no keyboard trap.
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

#[test]
fn the_focus_is_never_lost() {
    let is_kept = "document.activeElement !== document.body";
    journey(async |page| {
        // The last problem is repaired.
        page.write("- T1 One @owns(a/**) ~20m\n- T2 Two @owns(a/b) ~10m").await?;
        for _ in 0..6 {
            if page.problems().await?.is_empty() {
                break;
            }
            page.press_with(&[Key::Control], '.').await?;
            page.until("a repair has the focus", "document.activeElement.matches('[data-test=fix]')").await?;
            let before = page.text().await?;
            page.press(Key::Enter).await?;
            let changed = format!("document.querySelector('[data-test=text]').value !== {before:?}");
            page.until("it is repaired", &changed).await?;
            page.planned().await?;
        }
        assert!(page.problems().await?.is_empty(), "{:?}", page.problems().await?);
        page.until("something has the focus", is_kept).await?;
        page.until("it is in the pane", "document.activeElement.closest('.pane-right')").await?;
        // A row is removed, then the last one.
        page.click("tab-table").await?;
        for left in [1, 0] {
            page.element("[data-test=row] [data-field=title]").await?.click().await?;
            page.element("[data-test=row] [data-test=remove]").await?.focus().await?;
            page.press(Key::Enter).await?;
            let rows = format!("document.querySelectorAll('[data-test=row]').length === {left}");
            page.until("the row is gone", &rows).await?;
            page.until("something has the focus", is_kept).await?;
        }
        // Dialogs that were opened from a menu, by a key, and by a button.
        page.click("tab-text").await?;
        page.write("- T1 One @owns(a)\n- T2 Two @owns(b)").await?;
        page.click("open").await?;
        page.click("all-plans").await?;
        page.part("shelf").await?;
        page.press(Key::Escape).await?;
        page.until("the dialog is closed", "!document.querySelector('dialog[open]')").await?;
        page.until("something has the focus", is_kept).await?;
        page.script("document.activeElement.blur();", vec![]).await?;
        page.press(Key::F9).await?;
        page.part("presentation").await?;
        page.press(Key::Escape).await?;
        page.until("the dialog is closed", "!document.querySelector('dialog[open]')").await?;
        page.until("something has the focus", is_kept).await?;
        // The selected task is removed.
        page.element("[data-test=task-card][data-task=T2]").await?.click().await?;
        page.element("[data-test=task] .danger").await?.focus().await?;
        page.press(Key::Enter).await?;
        page.until("it is gone", "!document.querySelector('[data-test=task-card][data-task=T2]')").await?;
        page.until("something has the focus", is_kept).await
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
