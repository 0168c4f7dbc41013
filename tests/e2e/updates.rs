//! A site update during work: nothing is mixed, reloaded without asking, or lost.

use phaseplan::protocol::DocumentRequest;
use serde_json::json;

use crate::faults::panic_at;
use crate::journey::{Outcome, journey, journey_with_broken_files, journey_with_faults};
use crate::page::Page;
use crate::wasm_file::with_other_text;

const FIRST: &str = "- T1 First @owns(a/**) ~10m";
const SECOND: &str = "- T1 First @owns(a/**) ~10m\n- T2 Second @owns(b/**) ~10m";

/// The build name of the worker.
async fn build_of_worker(page: &Page) -> Outcome<String> {
    let script = "const worker = new Worker('./worker_loader.js', { type: 'module', name: 'search' }); \
        const build = await new Promise(done => { worker.onmessage = event => done(event.data); }); \
        worker.terminate(); return build;";
    let build = page.async_script(script, vec![]).await?;
    let build = build.as_str().unwrap_or_default();
    assert_eq!(build.len(), 16, "the worker says its build: {build:?}");
    Ok(build.to_owned())
}

/// Makes the worker come from another build.
async fn update_worker(page: &Page) -> Outcome {
    let build = build_of_worker(page).await?;
    let file = page.site_files().join("worker_bg.wasm");
    std::fs::write(&file, with_other_text(&std::fs::read(&file)?, &build, "ffffffffffffffff"))?;
    Ok(())
}

#[test]
fn a_page_and_a_worker_of_different_builds_are_told_apart() {
    journey_with_broken_files(async |page| {
        page.write_and_save(FIRST).await?;
        let whole = std::fs::read(page.site_files().join("worker_bg.wasm"))?;
        update_worker(page).await?;
        page.has_started().await?;
        let before = page.requests("");
        page.open().await?;
        let notice = page.notice().await?;
        assert!(notice.contains("updated"), "{notice}");
        assert_eq!(page.requests("") - before, 2, "it was loaded anew once, and no more");
        page.select_text().await?;
        page.insert(SECOND).await?;
        page.has_in_journal("Second").await?;
        assert_eq!(page.text().await?, SECOND);
        std::fs::write(page.site_files().join("worker_bg.wasm"), whole)?;
        page.click("notice-action").await?;
        page.holds_text(SECOND).await?;
        page.planned().await?;
        page.until("the next update may reload it again", "!localStorage.getItem('phaseplan/reloaded')").await
    });
}

#[test]
fn a_coder_of_another_build_makes_and_opens_no_links() {
    journey_with_broken_files(async |page| {
        page.write_and_save(FIRST).await?;
        let link = page.link().await?;
        let coder = page.site_files().join("worker-coder_bg.wasm");
        let whole = std::fs::read(&coder)?;
        let build = build_of_worker(page).await?;
        let broken = [
            ("of another build", with_other_text(&whole, &build, "ffffffffffffffff")),
            ("cut off", whole[..whole.len() / 2].to_vec()),
            ("a page that says there is none", b"<!doctype html><title>Not found</title>".to_vec()),
        ];
        for (what, bytes) in broken {
            println!("the coder is {what}");
            std::fs::write(&coder, bytes)?;
            page.open().await?;
            page.has_started().await?;
            page.planned().await?;
            page.click("share").await?;
            let says =
                "/another version/.test(document.querySelector('[data-test=share-dialog]').textContent)";
            page.until("it says so", says).await?;
            assert!(!page.shows("[data-test=share-link]").await?, "{what}: there is no link");
            page.click("close-dialog").await?;
            page.driver.goto(&link).await?;
            let said = page.part("broken-link").await?.text().await?;
            assert!(said.contains("another version"), "{what}: {said}");
            page.driver.goto("about:blank").await?;
        }
        // A restored file is used without a reload.
        page.open().await?;
        std::fs::write(&coder, whole)?;
        assert_eq!(page.link().await?, link);
        assert_eq!(page.stored_texts().await?, [FIRST]);
        Ok(())
    });
}

#[test]
fn a_page_that_is_worked_in_is_not_reloaded_by_an_update() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        page.script("window.isTheSamePage = true;", vec![]).await?;
        update_worker(page).await?;
        page.set_faults(&[&panic_at(DocumentRequest::Plan)]).await?;
        page.select_text().await?;
        page.insert(SECOND).await?;
        page.until("it says so", "/updated/.test(document.querySelector('[data-test=notice]')?.textContent)")
            .await?;
        page.press(" and more").await?;
        let text = format!("{SECOND} and more");
        assert_eq!(page.text().await?, text);
        page.has_in_journal("and more").await?;
        assert_eq!(page.script("return window.isTheSamePage;", vec![]).await?, json!(true));
        Ok(())
    });
}

#[test]
fn an_old_tab_works_on_when_the_files_of_its_build_are_gone() {
    journey_with_broken_files(async |page| {
        page.write_and_save(FIRST).await?;
        assert_eq!(
            page.async_script("return (await navigator.serviceWorker.getRegistrations()).length;", vec![])
                .await?,
            json!(0),
            "no service worker stands between the page and its site"
        );
        for file in std::fs::read_dir(page.site_files())?.flatten() {
            std::fs::remove_file(file.path())?;
        }
        // Typing within a second would join the same step of the history.
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        page.write_and_save(SECOND).await?;
        assert_eq!(page.phases().await?, [["T1", "T2"]]);
        page.press_with(&[thirtyfour::Key::Control], 'z').await?;
        page.holds_text(FIRST).await?;
        page.choose_export("json").await?;
        page.click("close-dialog").await?;
        page.saved("Saved on this device").await?;
        assert_eq!(page.stored_texts().await?, [FIRST]);
        Ok(())
    });
}

#[test]
fn an_old_tab_leaves_the_storage_of_a_newer_program_alone() {
    journey(async |page| {
        page.write_and_save(FIRST).await?;
        let script = "const opening = indexedDB.open('phaseplan', 99); \
            await new Promise((done, fail) => { opening.onsuccess = done; opening.onerror = fail; }); \
            opening.result.close();";
        page.async_script(script, vec![]).await?;
        page.write(SECOND).await?;
        page.saved("Not saved: a newer version of phaseplan uses the storage").await?;
        assert_eq!(page.text().await?, SECOND);
        assert_eq!(page.stored_texts().await?, [FIRST]);
        page.has_in_journal("Second").await
    });
}
