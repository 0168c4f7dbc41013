//! Crashes: the worker restarts behind the last result, the page says so, and no text is lost.

use phaseplan::protocol::{DocumentRequest, Request};
use serde_json::json;

use crate::faults::{self, panic_at, silent_at};
use crate::journey::{Outcome, journey, journey_with_broken_files, journey_with_faults};
use crate::page::Page;

const FIRST: &str = "- T1 First @owns(a/**) ~10m";
const SECOND: &str = "- T1 First @owns(a/**) ~10m\n- T2 Second @owns(a/**) ~10m";

async fn wrote(page: &Page) -> Outcome {
    page.saved("Saved on this device").await?;
    page.until("both tasks are planned", "document.querySelectorAll('[data-test=task-card]').length === 2")
        .await?;
    assert_eq!(page.text().await?, SECOND);
    assert_eq!(page.stored_texts().await?, [SECOND]);
    Ok(())
}

#[test]
fn a_panic_at_any_call_of_the_core_is_survived() {
    let plan = DocumentRequest::Plan.into();
    for request in [faults::change(), plan, faults::draw(), faults::search(), Request::Save] {
        println!("panic at {request:?}");
        journey_with_faults(&[], async |page| {
            page.write_and_save(FIRST).await?;
            page.set_faults(&[&panic_at(request.clone())]).await?;
            page.select_text().await?;
            page.insert(SECOND).await?;
            if request == Request::Save {
                page.press_with(&[thirtyfour::Key::Control], 's').await?;
            }
            wrote(page).await
        });
    }
}

/// The number of consecutive calls or writes that fail in turn; more with `PHASEPLAN_FAULTS`.
pub fn rounds(otherwise: u32) -> u32 {
    std::env::var("PHASEPLAN_FAULTS").ok().and_then(|count| count.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn a_panic_at_the_nth_call_loses_nothing() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        for call in 1..=rounds(8) {
            page.set_faults(&[&format!("panic at call {call}")]).await?;
            let text = format!("{SECOND}\n- T3 Call {call} @owns(c/**) ~10m");
            page.select_text().await?;
            page.insert(&text).await?;
            page.until("it is planned", "document.querySelectorAll('[data-test=task-card]').length === 3")
                .await?;
            page.saved("Saved on this device").await?;
            page.click("tab-table").await?;
            page.click("add-task").await?;
            // Actions during the crash fail, and the page says so.
            let expression = "document.querySelectorAll('[data-test=row]').length >= 4 || \
                /tries again/.test(document.querySelector('[data-test=notice]')?.textContent)";
            page.until("it is done or told", expression).await?;
            page.click("tab-text").await?;
            page.saved("Saved on this device").await?;
            let shown = page.text().await?;
            assert!(shown.starts_with(&text), "call {call}: {shown}");
            assert_eq!(page.stored_texts().await?, [shown], "call {call}");
        }
        Ok(())
    });
}

#[test]
fn a_plan_that_is_only_shown_stays_so_when_the_worker_stops() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        page.click("share").await?;
        let link = page.part("share-link").await?.value().await?;
        page.driver.goto("about:blank").await?;
        page.driver.goto(link.ok_or("there is a link")?).await?;
        page.part("banner").await?;
        page.planned().await?;
        let about = page.part("banner").await?.text().await?;
        page.set_faults(&[&panic_at(faults::draw())]).await?;
        page.click("tab-outline").await?;
        page.part("outline-task").await?;
        page.planned().await?;
        assert_eq!(page.part("banner").await?.text().await?, about);
        page.until("it can't be typed into", "document.querySelector('[data-test=text]').readOnly").await?;
        page.press_with(&[thirtyfour::Key::Control], 's').await?;
        // Long enough to save it, if that happened.
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        assert_eq!(page.stored_texts().await?, [FIRST], "nothing is stored but one's own");
        page.click("edit-copy").await?;
        page.saved("Saved on this device").await?;
        let texts = page.stored_texts().await?;
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(texts.iter().all(|text| text.trim_end().ends_with(FIRST)), "{texts:?}");
        Ok(())
    });
}

#[test]
fn a_panic_while_reading_writing_or_listing_is_survived() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(SECOND).await?;
        page.set_faults(&[&panic_at(faults::import())]).await?;
        page.drop_file("plan.md", FIRST, 0).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("Try again"), "{notice}");
        wrote(page).await?;
        for request in [DocumentRequest::Formats, DocumentRequest::Export { format: 0, part: String::new() }]
        {
            page.set_faults(&[&panic_at(request)]).await?;
            page.click("export").await?;
            page.click("close-dialog").await?;
            wrote(page).await?;
        }
        page.open_shelf().await?;
        page.part("duplicate").await?;
        page.set_faults(&[&panic_at(faults::duplicate())]).await?;
        page.click("duplicate").await?;
        page.click("close-dialog").await?;
        wrote(page).await
    });
}

#[test]
fn what_stops_planning_twice_is_not_planned_again_by_itself() {
    journey_with_faults(&[&panic_at(DocumentRequest::Plan)], async |page| {
        page.select_text().await?;
        page.insert(SECOND).await?;
        page.until("it says so", "/twice/.test(document.querySelector('[data-test=notice]')?.textContent)")
            .await?;
        page.press(" and more").await?;
        page.saved("Saved on this device").await?;
        let text = format!("{SECOND} and more");
        assert_eq!(page.text().await?, text);
        assert_eq!(page.stored_texts().await?, [text.as_str()]);
        Ok(())
    });
}

#[test]
fn a_worker_that_never_answers_can_be_stopped() {
    journey_with_faults(&[], async |page| {
        page.write(FIRST).await?;
        page.set_faults(&[&silent_at(DocumentRequest::Plan)]).await?;
        page.select_text().await?;
        page.insert(SECOND).await?;
        page.saved("Saved on this device").await?;
        page.until(
            "it can be stopped",
            "/Stop it/.test(document.querySelector('[data-test=notice]')?.textContent)",
        )
        .await?;
        page.click("notice-action").await?;
        wrote(page).await
    });
}

#[test]
fn a_panic_in_the_page_offers_a_restart_and_the_text() {
    journey(async |page| {
        page.write_and_save(FIRST).await?;
        page.select_text().await?;
        page.insert(SECOND).await?;
        let panic = "const error = new WebAssembly.RuntimeError('unreachable'); \
            window.dispatchEvent(new ErrorEvent('error', { error }));";
        page.script(panic, vec![]).await?;
        page.element("#stopped [data-act=download]").await?.click().await?;
        assert_eq!(page.downloaded(".phaseplan.md").await?, SECOND.as_bytes());
        page.element("#stopped [data-test=kept-document]").await?;
        page.element("#stopped [data-act=again]").await?.click().await?;
        page.until("the program is there", "!document.getElementById('shell')").await?;
        page.holds_text(SECOND).await?;
        Ok(())
    });
}

#[test]
fn without_a_program_the_page_still_lists_and_downloads_plans() {
    journey_with_broken_files(async |page| {
        page.write_and_save(FIRST).await?;
        let files = std::fs::read_dir(page.site_files())?.flatten().map(|file| file.path());
        let program = files
            .filter(|path| path.to_string_lossy().ends_with("_bg.wasm"))
            .find(|path| {
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("phaseplan-"))
            })
            .ok_or("there is a program")?;
        let whole = std::fs::read(&program)?;
        let other = std::fs::read(page.site_files().join("worker_bg.wasm"))?;
        for (what, bytes) in [
            ("truncated", Some(&whole[..whole.len() / 2])),
            ("of another build", Some(&other[..])),
            ("empty", Some(&[][..])),
            ("missing", None),
        ] {
            println!("the program is {what}");
            match bytes {
                Some(bytes) => std::fs::write(&program, bytes)?,
                None => std::fs::remove_file(&program)?,
            }
            page.script("sessionStorage.removeItem('phaseplan/starts');", vec![]).await?;
            page.begin_to_open().await?;
            page.element("#stopped [data-test=kept-document]").await?;
            assert_eq!(page.text().await?, FIRST, "{what}: the text is in the box");
        }
        page.element("#stopped [data-test=kept-document]").await?.click().await?;
        assert_eq!(page.downloaded(".phaseplan.md").await?, FIRST.as_bytes());
        std::fs::write(&program, whole)?;
        page.element("#stopped [data-act=again]").await?.click().await?;
        page.until("the program is there", "!document.getElementById('shell')").await?;
        page.planned().await
    });
}

#[test]
fn a_browser_without_webassembly_shows_the_stored_plans() {
    journey_with_broken_files(async |page| {
        page.write_and_save(FIRST).await?;
        let index = page.site_files().join("index.html");
        let whole = std::fs::read_to_string(&index)?;
        std::fs::write(&index, whole.replace(" 'wasm-unsafe-eval'", ""))?;
        page.begin_to_open().await?;
        page.element("#stopped [data-test=kept-document]").await?;
        assert_eq!(page.text().await?, FIRST);
        std::fs::write(&index, whole)?;
        let source = json!({ "source": "delete globalThis.WebAssembly;" });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", source).await?;
        page.script("sessionStorage.removeItem('phaseplan/starts');", vec![]).await?;
        page.begin_to_open().await?;
        page.element("#stopped [data-test=kept-document]").await?.click().await?;
        assert_eq!(page.downloaded(".phaseplan.md").await?, FIRST.as_bytes());
        Ok(())
    });
}

#[test]
fn a_missing_worker_is_not_blamed_on_the_text() {
    journey_with_broken_files(async |page| {
        page.write_and_save(FIRST).await?;
        page.has_started().await?;
        let loader = page.site_files().join("worker_loader.js");
        let whole = std::fs::read(&loader)?;
        std::fs::remove_file(&loader)?;
        page.open().await?;
        let words = "/could not be loaded/.test(document.querySelector('[data-test=notice]')?.textContent)";
        page.until("it says so", words).await?;
        page.holds_text(FIRST).await?;
        std::fs::write(&loader, whole)?;
        page.click("notice-action").await?;
        page.planned().await?;
        page.until("it is planned", "document.querySelectorAll('[data-test=task-card]').length === 1").await
    });
}

#[test]
fn a_clipboard_that_is_refused_leaves_the_text_selected() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.script(
            "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));",
            vec![json!(null)],
        )
        .await?;
        page.choose_export("text").await?;
        page.click("copy").await?;
        let selected = "getSelection().toString().length > 0 || \
            document.querySelector('[data-test=preview]').selectionEnd > 0";
        page.until("everything is selected", selected).await
    });
}
