//! The plan of another tool, before it becomes a document: it is shown, can be changed, read as another format, opened,
//! or left alone.

use thirtyfour::prelude::*;

use crate::journey::{Outcome, journey};
use crate::page::Page;

const MINE: &str = "- T1 Mine @owns(mine/**) ~10m";

/// Three tasks with guessed files, one of them done.
const KIRO: &str = "# Implementation Plan\n\n- [x] 1. Store\n  - [x] 1.1 Add `db/cart.sql`\n- [ ] 2. Page\n  \
    - [ ] 2.1 Build `web/cart.tsx`\n    - _Requirements: 1.1_\n  - [ ] 2.2 Style `web/cart.css`\n    \
    - _Requirements: 1.2_\n";

/// Waits until the preview says this.
async fn says(page: &Page, words: &str) -> Outcome {
    let script = format!("document.querySelector('[data-test=import]')?.textContent.includes({words:?})");
    page.until(&format!("the preview says “{words}”"), &script).await
}

/// Waits until no dialog is open.
async fn is_closed(page: &Page) -> Outcome {
    page.until("the dialog is closed", "!document.querySelector('dialog[open]')").await
}

/// Writes a value into a field of a task in the preview, and leaves the field.
async fn write(page: &Page, task: &str, field: &str, value: &str) -> Outcome {
    let control = page.element(&format!(".import [data-task='{task}'][data-field={field}]")).await?;
    control.click().await?;
    page.press_with(&[Key::Control], 'a').await?;
    // An empty field that is left would already be a change.
    match value {
        "" => page.press(Key::Delete).await?,
        value => page.press(value).await?,
    }
    page.press(Key::Tab).await
}

#[test]
fn a_pasted_list_is_shown_first_and_changed_and_takes_the_place_of_the_plan() {
    journey(async |page| {
        page.write(MINE).await?;
        page.paste_list(KIRO).await?;
        says(page, "Not known for sure: the files of 3 tasks, which are guessed.").await?;
        says(page, "It surely is Kiro tasks.md").await?;
        assert_eq!(page.text().await?, MINE, "nothing is opened yet");
        page.until("one press opens it", "document.activeElement.dataset.test === 'replace-plan'").await?;
        write(page, "2.1", "owns", "web/cart.tsx, web/basket.tsx").await?;
        write(page, "2.2", "after", "").await?;
        page.element("[data-test=import-row][data-task='2.1'] [data-test=confirm]").await?.click().await?;
        says(page, "the files of 2 tasks, which are guessed").await?;
        page.element("[data-test=import-row][data-task='2.2'] [data-test=reject]").await?.click().await?;
        says(page, "Not known: the files of 1 task. Only guessed: those of 1 task.").await?;
        page.click("replace-plan").await?;
        is_closed(page).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("Pasted as Kiro tasks.md: 3 tasks."), "{notice}");
        page.planned().await?;
        let text = page.text().await?;
        assert!(text.contains("web/basket.tsx") && !text.contains("@owns(web/cart.css)"), "{text}");
        assert_eq!(text.matches("@ownership(guessed)").count(), 1, "{text}");
        page.click("notice-action").await?;
        page.holds_text(MINE).await
    });
}

#[test]
fn a_list_that_is_not_wanted_leaves_everything_as_it_was() {
    journey(async |page| {
        page.write(MINE).await?;
        page.paste_list(KIRO).await?;
        page.click("cancel-import").await?;
        is_closed(page).await?;
        assert_eq!(page.text().await?, MINE);
        page.paste_list(KIRO).await?;
        page.press(Key::Escape).await?;
        is_closed(page).await?;
        // Changes are made to the open plan again.
        page.write("- T1 Still mine @owns(mine/**)").await?;
        assert_eq!(page.phases().await?, [["T1"]]);
        page.paste_list(KIRO).await?;
        page.click("paste-unread").await?;
        is_closed(page).await?;
        page.holds_text(KIRO).await?;
        page.press_with(&[Key::Control], 'z').await?;
        page.holds_text("- T1 Still mine @owns(mine/**)").await
    });
}

#[test]
fn a_list_can_be_read_as_another_format() {
    journey(async |page| {
        page.paste_list(KIRO).await?;
        page.script("document.querySelector('.import details').open = true;", vec![]).await?;
        let choose = async |format: &str| -> Outcome {
            let button = page.element(&format!("[data-test=read-as][data-format='{format}']")).await?;
            Ok(button.click().await?)
        };
        choose("task-master").await?;
        says(page, "It can't be read as").await?;
        says(page, "It surely is Kiro tasks.md").await?;
        choose("text").await?;
        says(page, "Read as plan text because you chose it").await?;
        choose("kiro").await?;
        says(page, "Read as Kiro tasks.md because you chose it").await?;
        page.click("replace-plan").await?;
        is_closed(page).await?;
        page.planned().await?;
        assert!(page.text().await?.contains("@id(2.1)"), "{}", page.text().await?);
        Ok(())
    });
}

#[test]
fn a_dropped_list_becomes_a_plan_of_its_own() {
    journey(async |page| {
        page.write_and_save(MINE).await?;
        page.drop_file("tasks.md", KIRO, 0).await?;
        says(page, "Kiro tasks.md").await?;
        assert!(!page.shows("[data-test=replace-plan]").await?, "a file replaces nothing");
        // Another file takes its place, also one that opens at once.
        page.drop_file("plan.csv", "id,title,depends_on,files\nA1,Store,,src/store.ts\n", 0).await?;
        says(page, "A1").await?;
        page.drop_file("tasks.md", KIRO, 0).await?;
        says(page, "2.1").await?;
        page.click("confirm-all").await?;
        says(page, "Nothing is guessed").await?;
        page.click("open-import").await?;
        is_closed(page).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("Opened tasks.md as Kiro tasks.md: 3 tasks."), "{notice}");
        page.planned().await?;
        assert!(!page.text().await?.contains("guessed"), "{}", page.text().await?);
        page.click("notice-action").await?;
        page.holds_text(MINE).await?;
        page.drop_file("tasks.md", KIRO, 0).await?;
        says(page, "2.1").await?;
        page.drop_file("other.phaseplan.md", "- T9 Other @owns(other/**) ~10m\n", 0).await?;
        is_closed(page).await?;
        page.holds_text("- T9 Other @owns(other/**) ~10m\n").await
    });
}

#[test]
fn what_was_guessed_can_be_looked_at_again_and_confirmed() {
    journey(async |page| {
        page.open_list(KIRO).await?;
        page.until(
            "the cards say so",
            "[...document.querySelectorAll('[data-test=task-card]')].some(card => \
             card.textContent.includes('guess: web/cart.tsx'))",
        )
        .await?;
        page.until(
            "the way back is there",
            "document.querySelector('[data-test=show-imported]').textContent === \
             'What was imported: 3 tasks on a guess, 2 notes'",
        )
        .await?;
        page.click("show-imported").await?;
        says(page, "What was guessed or skipped (2)").await?;
        write(page, "2.1", "owns", "web/basket.tsx").await?;
        page.element("[data-test=import-row][data-task='2.1'] [data-test=confirm]").await?.click().await?;
        says(page, "the files of 2 tasks, which are guessed").await?;
        page.click("confirm-all").await?;
        says(page, "Nothing is guessed").await?;
        page.click("close-dialog").await?;
        let text = page.text().await?;
        assert!(text.contains("web/basket.tsx") && !text.contains("guessed"), "{text}");
        page.until(
            "the notes are still there",
            "document.querySelector('[data-test=show-imported]').textContent.endsWith(': 2 notes')",
        )
        .await
    });
}
