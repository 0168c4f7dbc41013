//! Several plans on one device: listed, copied, removed, versioned, downloaded, and never overwritten.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::journey::{Outcome, journey};
use crate::page::Page;

const FIRST: &str = "# First plan\n\n- T1 One @owns(a/**) ~10m\n";
const SECOND: &str = "# First plan\n\n- T1 One @owns(a/**) ~10m\n- T2 Two @owns(b/**) ~10m\n";

/// Presses a button in the row of a plan.
async fn press(page: &Page, name: &str, button: &str) -> Outcome {
    // Rows may be redrawn between two commands of the driver, but not within one.
    let script = "const rows = [...document.querySelectorAll('[data-test=shelf] tr')]; \
        const row = rows.find(row => row.textContent.includes(arguments[0])); \
        row?.querySelector(`[data-test=${arguments[1]}]`)?.click(); return Boolean(row);";
    let found = page.script(script, vec![json!(name), json!(button)]).await?;
    if found == json!(true) { Ok(()) } else { Err(format!("there is no row of {name}").into()) }
}

async fn listed(page: &Page, count: usize) -> Outcome<Vec<String>> {
    let expression = format!("document.querySelectorAll('[data-test=document]').length === {count}");
    page.until(&format!("{count} plans are listed"), &expression).await?;
    page.documents().await
}

#[test]
fn plans_are_copied_removed_put_back_and_downloaded() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.saved("Saved on this device").await?;
        page.open_shelf().await?;
        listed(page, 1).await?;
        press(page, "First plan", "duplicate").await?;
        assert_eq!(listed(page, 2).await?, ["First plan (copy)", "First plan"]);
        press(page, "(copy)", "remove-document").await?;
        listed(page, 1).await?;
        page.until("it is in the bin", "document.querySelector('[data-test=put-back]')").await?;
        press(page, "(copy)", "put-back").await?;
        listed(page, 2).await?;
        page.click("download-all").await?;
        let archive = page.downloaded("phaseplan-plans.json").await?;
        press(page, "(copy)", "download-document").await?;
        assert_eq!(page.downloaded(".phaseplan.md").await?, FIRST.as_bytes());
        page.click("close-dialog").await?;
        // The file with all plans can be opened: the first is on the screen, the other in the list.
        page.drop_file("phaseplan-plans.json", &String::from_utf8(archive)?, 0).await?;
        let says = "/the first of 2 plans/.test(document.querySelector('[data-test=notice]')?.textContent)";
        page.until("it says so", says).await?;
        page.saved("Saved on this device").await?;
        assert_eq!(page.stored_texts().await?, [FIRST; 4]);
        Ok(())
    });
}

#[test]
fn a_named_version_is_compared_and_opened_as_a_plan_of_its_own() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.saved("Saved on this device").await?;
        page.open_shelf().await?;
        page.click("versions").await?;
        page.part("version-name").await?.send_keys("Before the review").await?;
        page.click("name-version").await?;
        page.part("compare").await?;
        page.click("close-dialog").await?;
        page.write(SECOND).await?;
        page.saved("Saved on this device").await?;
        page.open_shelf().await?;
        page.click("versions").await?;
        page.click("compare").await?;
        let changes = page.part("change").await?.text().await?;
        assert!(changes.contains("T2 Two"), "{changes}");
        page.open_shelf().await?;
        page.click("versions").await?;
        page.click("open-version").await?;
        page.until("it is open", &format!("document.querySelector('[data-test=text]').value === {FIRST:?}"))
            .await?;
        let mut texts = page.stored_texts().await?;
        texts.sort_by_key(String::len);
        assert_eq!(texts, [FIRST, SECOND], "the plan itself is as it was");
        Ok(())
    });
}

#[test]
fn what_can_be_undone_survives_a_reload() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.saved("Saved on this device").await?;
        page.click("tab-table").await?;
        page.click("add-task").await?;
        page.until("there are two tasks", "document.querySelectorAll('[data-test=row]').length === 2")
            .await?;
        page.saved("Saved on this device").await?;
        page.open().await?;
        page.planned().await?;
        page.press_with(&[Key::Control], 'z').await?;
        page.until(
            "the task is gone",
            &format!("document.querySelector('[data-test=text]').value === {FIRST:?}"),
        )
        .await?;
        Ok(())
    });
}

#[test]
fn examples_and_files_never_replace_a_plan() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.click("examples").await?;
        page.click("example").await?;
        page.planned().await?;
        page.drop_file("plan.md", SECOND, 0).await?;
        page.notice().await?;
        page.planned().await?;
        page.saved("Saved on this device").await?;
        let texts = page.stored_texts().await?;
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert!(texts.contains(&FIRST.to_owned()) && texts.contains(&SECOND.to_owned()), "{texts:?}");
        Ok(())
    });
}

#[test]
fn plans_of_earlier_programs_move_into_the_list() {
    journey(async |page| {
        let record = |text: &str| json!({ "form": 2, "text": text, "plan": text }).to_string();
        let script = "localStorage.clear(); for (const [key, value] of given[0]) \
            localStorage.setItem(`phaseplan/${key}`, value);";
        let kept = vec![
            json!(["open", "two"]),
            json!(["recent", "{\"documents\":[]}"]),
            json!(["document/one", record(FIRST)]),
            json!(["document/two", record(SECOND)]),
            json!(["document/three", "damaged"]),
            json!(["rescued", json!({ "key": "one", "text": "- T9 Rescued" }).to_string()]),
        ];
        page.async_script(script, vec![json!(kept)]).await?;
        page.open().await?;
        page.until("it is in the box", "document.querySelector('[data-test=text]').value").await?;
        page.until(
            "local storage is empty",
            "!Object.keys(localStorage).some(key => /document|rescued/.test(key))",
        )
        .await?;
        let mut texts = page.stored_texts().await?;
        texts.sort_by_key(String::len);
        assert_eq!(texts, ["- T9 Rescued", FIRST, SECOND]);
        assert_eq!(page.stored("records").await?.get("three").map(String::as_str), Some("damaged"));
        Ok(())
    });
}

#[test]
fn steps_that_come_to_nothing_leave_the_text_as_it_is_stored() {
    journey(async |page| {
        page.write("- T1 First @owns(a/**) ~10m").await?;
        page.saved("Saved on this device").await?;
        // All are sent before the first is answered, and the last ones have nothing to undo.
        let script = "for (let i = 0; i < 9; i++) document.querySelector('[data-test=undo]').click();";
        page.script(script, vec![]).await?;
        page.until("it is all undone", "document.querySelector('[data-test=text]').value === ''").await?;
        page.script(&script.replace("undo", "redo"), vec![]).await?;
        page.until("it is all redone", "document.querySelector('[data-test=text]').value.includes('First')")
            .await
    });
}
