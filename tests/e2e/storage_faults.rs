//! Storage failures: typed text remains on the screen, stored data remains stored, and the screen shows the
//! true state.

use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::Key;

use crate::crashes::rounds;
use crate::journey::{journey, journey_with_faults};
use crate::screenshots;

const FIRST: &str = "- T1 First @owns(a/**) ~10m";
const SECOND: &str = "- T1 First @owns(a/**) ~10m\n- T2 Second @owns(b/**) ~10m";

#[test]
fn a_full_disk_at_any_write_keeps_the_version_before() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        for fault in ["full at 1", "full at 2", "full"] {
            page.with_faults(&[fault], async || {
                let text = format!("{SECOND}\n- T3 {fault} @owns(c/**) ~5m");
                page.write(&text).await?;
                page.saved("Not saved: storage is full").await?;
                assert_eq!(page.stored_texts().await?, [FIRST], "{fault}: what was stored stays");
                assert_eq!(page.text().await?, text, "{fault}: what was written stays");
                Ok(())
            })
            .await?;
        }
        page.write_and_save(SECOND).await?;
        assert_eq!(page.stored_texts().await?, [SECOND]);
        Ok(())
    });
}

#[test]
fn no_room_at_the_nth_write_keeps_either_the_old_or_the_new() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        let mut stored = FIRST.to_owned();
        // A save makes two writes, or three when a version is due. With the clock advanced, one always is.
        for round in 1..=rounds(4) {
            let clock = format!("clock {}", 2_000_000_000_000 + u64::from(round) * 3_600_000);
            let text = format!("{SECOND}\n- T3 Write {round} @owns(c/**) ~5m");
            page.with_faults(&[&format!("full at {}", (round - 1) % 4 + 1), &clock], async || {
                page.write(&text).await?;
                page.until(
                    "it is told",
                    "/Saved on|Not saved/.test(document.querySelector('[data-test=saved]').textContent)",
                )
                .await?;
                let is_saved = !page.part("saved").await?.text().await?.contains("Not saved");
                assert_eq!(is_saved, round % 4 == 0, "round {round}");
                let expected = if is_saved { &text } else { &stored };
                assert_eq!(
                    page.stored_texts().await?,
                    [expected.as_str()],
                    "round {round}: one or the other"
                );
                Ok(())
            })
            .await?;
            page.press_with(&[Key::Control], 's').await?;
            page.saved("Saved on this device").await?;
            assert_eq!(
                page.stored_texts().await?,
                [text.as_str()],
                "round {round}: stored as soon as there is room"
            );
            stored = text;
        }
        Ok(())
    });
}

#[test]
fn without_any_storage_the_page_works_and_says_what_to_do() {
    journey_with_faults(&["refused"], async |page| {
        let source = "Object.defineProperty(window, 'localStorage', { \
            get() { throw new DOMException('Storage is not allowed.', 'SecurityError'); } });";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
        page.open().await?;
        page.write(FIRST).await?;
        page.saved("this browser doesn't allow this page to store data").await?;
        page.click("theme").await?;
        page.write(SECOND).await?;
        assert_eq!(page.phases().await?, [["T1", "T2"]]);
        let panic =
            "window.dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('x') }));";
        page.script(panic, vec![]).await?;
        let words = page.element("#stopped p").await?.text().await?;
        assert!(words.contains("download or copy it"), "{words}");
        page.element("#stopped [data-act=download]").await?.click().await?;
        assert_eq!(page.downloaded(".phaseplan.md").await?, SECOND.as_bytes());
        Ok(())
    });
}

#[test]
fn storage_that_is_refused_is_told_and_the_plan_can_be_downloaded() {
    journey_with_faults(&["refused"], async |page| {
        page.write(FIRST).await?;
        page.saved("this browser doesn't allow this page to store data").await?;
        page.element("[data-test=saved] button").await?.click().await?;
        assert_eq!(page.downloaded(".phaseplan.md").await?, FIRST.as_bytes());
        // Another plan is opened; the first still exists.
        page.click("examples").await?;
        page.click("example").await?;
        page.planned().await?;
        page.open_shelf().await?;
        page.until("both plans are listed", "document.querySelectorAll('[data-test=document]').length === 2")
            .await?;
        page.element("[data-test=document]:not([aria-current])").await?.click().await?;
        page.planned().await?;
        assert_eq!(page.text().await?, FIRST);
        let words = page.part("saved").await?.text().await?;
        assert!(words.contains("Not saved: this browser doesn't allow"), "{words}");
        page.open_shelf().await?;
        page.click("remove-document").await?;
        let notice = page.notice().await?;
        assert!(notice.contains("in this tab only"), "{notice}");
        page.click("close-dialog").await?;
        // As soon as storage works again, it gets all of them.
        page.set_faults(&[]).await?;
        page.write_and_save(SECOND).await?;
        page.until("all is told", "document.querySelector('[data-test=saved]')").await?;
        let texts = page.stored_texts().await?;
        assert!(texts.len() == 2 && texts.contains(&SECOND.to_owned()), "{texts:?}");
        Ok(())
    });
}

#[test]
fn why_nothing_was_saved_can_be_read_whole_on_every_screen() {
    let is_whole = "(() => { const line = document.querySelector('[data-test=saved]'); \
        const [words, button] = line.children; const { right, bottom } = button.getBoundingClientRect(); \
        return line.checkVisibility() && words.scrollWidth <= words.clientWidth + 1 \
            && right <= innerWidth && bottom < 200 \
            && document.elementFromPoint(right - 5, bottom - 5) === button; })()";
    journey_with_faults(&["refused"], async |page| {
        page.write(FIRST).await?;
        page.saved("this browser doesn't allow this page to store data").await?;
        for (width, height) in [(1440, 900), (800, 900), (390, 844)] {
            page.resize(width, height).await?;
            page.until(&format!("it stands there, {width} wide"), is_whole).await?;
            screenshots::take(page, &format!("not-saved-{width}")).await?;
        }
        Ok(())
    });
}

#[test]
fn a_plan_that_is_reopened_from_memory_is_stored_when_there_is_room() {
    journey_with_faults(&["full"], async |page| {
        page.write(FIRST).await?;
        page.saved("Not saved: storage is full").await?;
        page.click("examples").await?;
        page.click("example").await?;
        page.planned().await?;
        page.saved("Not saved: storage is full").await?;
        page.set_faults(&[]).await?;
        page.open_shelf().await?;
        page.element("[data-test=document]:not([aria-current])").await?.click().await?;
        page.planned().await?;
        assert_eq!(page.text().await?, FIRST);
        page.saved("Saved on this device").await?;
        assert!(page.stored_texts().await?.contains(&FIRST.to_owned()));
        Ok(())
    });
}

#[test]
fn an_opening_that_is_blocked_leaves_the_page_usable() {
    journey_with_faults(&["blocked"], async |page| {
        let start = Instant::now();
        page.write(FIRST).await?;
        page.saved("a tab with an older version of phaseplan holds the storage").await?;
        println!("told {:.1} s after typing", start.elapsed().as_secs_f64());
        assert_eq!(page.phases().await?, [["T1"]]);
        page.click("examples").await?;
        page.click("example").await?;
        page.planned().await?;
        page.open_shelf().await?;
        page.until("both plans are listed", "document.querySelectorAll('[data-test=document]').length === 2")
            .await
    });
}

/// Makes the visible tab block the database like an older program that ignores newer ones; its database has
/// no object store for reviews.
const HOLD: &str = "const deleting = indexedDB.deleteDatabase('phaseplan'); \
    await new Promise(done => { deleting.onsuccess = done; }); \
    const opening = indexedDB.open('phaseplan', 1); \
    opening.onupgradeneeded = () => { for (const store of ['heads', 'records', 'versions']) \
        opening.result.createObjectStore(store); }; \
    await new Promise(done => { opening.onsuccess = done; }); \
    window.held = opening.result; held.onversionchange = () => {}; \
    const writing = held.transaction(['heads', 'records'], 'readwrite'); \
    [given[0], given[1]].forEach((texts, at) => Object.entries(texts).forEach(([key, text]) => \
        writing.objectStore(['heads', 'records'][at]).put(text, key))); \
    await new Promise(done => { writing.oncomplete = done; });";

/// Leaves only what is stored, and has the next page begin with the plan of this key.
const ONLY_STORED: &str = "for (const name of Object.keys(localStorage)) \
    if (name.includes('journal')) localStorage.removeItem(name); \
    localStorage.setItem('phaseplan/open', arguments[0]);";

#[test]
fn an_older_tab_that_holds_the_storage_does_not_hold_up_a_newer_one() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        let (heads, records) = (page.stored("heads").await?, page.stored("records").await?);
        let key = heads.keys().next().cloned().unwrap_or_default();
        let app = page.driver.window().await?;
        let older = page.driver.new_tab().await?;
        // With the journal of the previous page, and with stored data only.
        for has_journal in [true, false] {
            page.driver.switch_to_window(older.clone()).await?;
            page.open_beside().await?;
            page.async_script(HOLD, vec![json!(heads), json!(records)]).await?;
            page.driver.switch_to_window(app.clone()).await?;
            // Stored data is shown if it is read before the program waits for its turn.
            for _ in 0..10 {
                page.has_started().await?;
                if !has_journal {
                    // Just before the page is left: a save that comes late names the plan that it saved.
                    page.script(ONLY_STORED, vec![json!(key)]).await?;
                }
                page.open().await?;
                page.saved("a tab with an older version of phaseplan holds the storage").await?;
                if !page.text().await?.is_empty() {
                    break;
                }
            }
            page.planned().await?;
            assert_eq!(page.text().await?, FIRST);
            assert_eq!(page.phases().await?, [["T1"]]);
            page.click("tab-phases").await?;
            if has_journal {
                page.write(SECOND).await?;
                page.saved("a tab with an older version of phaseplan holds the storage").await?;
            }
            page.driver.switch_to_window(older.clone()).await?;
            page.script("held.close();", vec![]).await?;
            page.driver.switch_to_window(app.clone()).await?;
            page.saved("Saved on this device").await?;
            let mut texts = page.stored_texts().await?;
            texts.sort_by_key(String::len);
            let expected = if has_journal { vec![FIRST, SECOND] } else { vec![FIRST] };
            assert_eq!(texts, expected, "what was stored stays, and what was written is stored");
        }
        Ok(())
    });
}

#[test]
fn storage_that_never_answers_does_not_hold_up_the_page() {
    journey_with_faults(&["hangs"], async |page| {
        let start = Instant::now();
        page.write(FIRST).await?;
        assert_eq!(page.phases().await?, [["T1"]]);
        println!("planned {:.1} s after typing", start.elapsed().as_secs_f64());
        page.saved("does not respond").await?;
        page.script("localStorage.setItem('phaseplan/open', 'lost');", vec![]).await?;
        let start = Instant::now();
        page.open().await?;
        page.until("the text is there", "document.querySelector('[data-test=text]').value").await?;
        let waited = start.elapsed();
        assert!(waited < Duration::from_secs(15), "the page was there after {waited:?}");
        Ok(())
    });
}

#[test]
fn a_lost_connection_is_opened_anew_and_one_lost_for_good_is_told() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        page.set_faults(&["lost once"]).await?;
        page.write_and_save(SECOND).await?;
        assert_eq!(page.stored_texts().await?, [SECOND]);
        page.with_faults(&["lost"], async || {
            page.write(FIRST).await?;
            page.saved("does not respond").await
        })
        .await?;
        page.write_and_save(&format!("{FIRST}\n")).await?;
        assert_eq!(page.stored_texts().await?, [format!("{FIRST}\n")]);
        Ok(())
    });
}

#[test]
fn after_a_failed_write_storage_is_in_doubt_until_it_was_read_back() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        page.with_faults(&["full"], async || {
            page.write(SECOND).await?;
            page.saved("Not saved: storage is full").await?;
            page.part("doubt").await?;
            Ok(())
        })
        .await?;
        // There is room again, but Chromium has been seen to lose everything at its next start.
        page.write_and_save(&format!("{SECOND}\n")).await?;
        let words = page.part("doubt").await?.text().await?;
        assert!(words.contains("may lose"), "{words}");
        screenshots::take(page, "storage-in-doubt").await?;
        page.element("[data-test=doubt] .primary").await?.click().await?;
        let file = String::from_utf8(page.downloaded("phaseplan-plans.json").await?)?;
        assert!(file.contains("T2 Second"), "{file}");
        page.open().await?;
        page.until(
            "it is told",
            "/read back/.test(document.querySelector('[data-test=notice]')?.textContent)",
        )
        .await?;
        assert!(!page.shows("[data-test=doubt]").await?);
        // Once more, and now the plan is gone at the next start.
        page.with_faults(&["full"], async || {
            page.write(FIRST).await?;
            page.saved("Not saved: storage is full").await
        })
        .await?;
        page.write_and_save(SECOND).await?;
        let lose = "localStorage.removeItem('phaseplan/open'); for (const name of Object.keys(localStorage)) \
            if (name.includes('journal')) localStorage.removeItem(name); \
            const deleting = indexedDB.deleteDatabase('phaseplan'); \
            await new Promise(done => { deleting.onsuccess = done; });";
        page.driver.goto("about:blank").await?;
        page.open_beside().await?;
        page.async_script(lose, vec![]).await?;
        page.open().await?;
        let words = page.part("doubt").await?.text().await?;
        assert!(words.contains("has lost the last state of “First”"), "{words}");
        page.element("[data-test=doubt] .button").await?.click().await?;
        page.until("it is closed", "!document.querySelector('[data-test=doubt]')").await
    });
}

#[test]
fn a_damaged_record_of_the_open_plan_is_replaced_from_the_journal() {
    journey(async |page| {
        page.write_and_save(FIRST).await?;
        let key = page.stored("records").await?.into_keys().next().ok_or("it is stored")?;
        page.has_started().await?;
        page.tamper("records", &key, "{\"form\":2,\"text\":").await?;
        page.open().await?;
        page.holds_text(FIRST).await?;
        page.saved("Saved on this device").await?;
        assert_eq!(page.stored("records").await?.len(), 2, "the damaged one stays as it is");
        Ok(())
    });
}

#[test]
fn without_local_storage_the_page_of_an_empty_plan_lists_the_plans() {
    journey(async |page| {
        page.write_and_save(FIRST).await?;
        page.has_started().await?;
        page.driver.goto("about:blank").await?;
        page.open().await?;
        page.holds_text(FIRST).await?;
        // Leaving the page would write the journal again.
        page.script("addEventListener('pagehide', () => localStorage.clear());", vec![]).await?;
        page.open().await?;
        page.element("[data-test=newest] [data-test=recent]").await?.click().await?;
        page.holds_text(FIRST).await
    });
}

#[test]
fn a_connection_that_the_browser_closes_is_opened_anew() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        page.set_faults(&["closed"]).await?;
        page.write_and_save(SECOND).await?;
        assert_eq!(page.stored_texts().await?, [SECOND]);
        Ok(())
    });
}

#[test]
fn a_database_that_cannot_be_opened_is_replaced_until_it_can() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        page.with_faults(&["damaged", "lost once"], async || {
            page.write_and_save(SECOND).await?;
            let notice = page.notice().await?;
            assert!(notice.contains("damaged"), "{notice}");
            assert_eq!(page.stored_in("phaseplan-2", "records").await?.len(), 1, "it is stored elsewhere");
            assert_eq!(page.stored_texts().await?, [FIRST], "what can't be read is left alone");
            Ok(())
        })
        .await?;
        page.open().await?;
        page.planned().await?;
        let mut texts = page.stored_texts().await?;
        texts.sort_by_key(String::len);
        assert_eq!(texts, [FIRST, SECOND], "both are in the list");
        assert!(page.stored_in("phaseplan-2", "records").await?.is_empty());
        Ok(())
    });
}

#[test]
fn the_plan_that_was_open_outlives_its_database() {
    journey(async |page| {
        page.write_and_save(FIRST).await?;
        // A database with the same name and version, but without its object stores.
        let script = "const deleting = indexedDB.deleteDatabase('phaseplan'); \
            await new Promise(done => { deleting.onsuccess = done; }); \
            const opening = indexedDB.open('phaseplan', given[0]); \
            await new Promise(done => { opening.onsuccess = done; }); opening.result.close();";
        let version = "const opening = indexedDB.open('phaseplan'); \
            await new Promise(done => { opening.onsuccess = done; }); \
            const { version } = opening.result; opening.result.close(); return version;";
        let version = page.async_script(version, vec![]).await?;
        page.async_script(script, vec![version]).await?;
        page.has_started().await?;
        page.open().await?;
        page.holds_text(FIRST).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("damaged"), "{notice}");
        page.write_and_save(SECOND).await?;
        page.open().await?;
        page.holds_text(SECOND).await
    });
}

#[test]
fn a_clock_that_jumps_loses_nothing() {
    journey_with_faults(&[], async |page| {
        page.write_and_save(FIRST).await?;
        // 2040, 1970, and the largest possible time.
        for clock in ["2208988800000", "0", "8640000000000000"] {
            page.set_faults(&[&format!("clock {clock}")]).await?;
            let text = format!("{FIRST}\n- T2 At {clock} @owns(b/**) ~5m");
            page.write_and_save(&text).await?;
            page.until("it is stored", "document.querySelector('[data-test=saved]')").await?;
            assert_eq!(page.stored_texts().await?, [text]);
            page.open_shelf().await?;
            page.part("duplicate").await?;
            page.click("versions").await?;
            page.part("version-name").await?;
            page.click("close-dialog").await?;
        }
        assert_eq!(page.documents().await?.len(), 0, "the list is closed");
        assert_eq!(page.stored("versions").await?.len(), 3, "each was kept before the next");
        Ok(())
    });
}

#[test]
fn a_write_that_comes_back_changed_is_not_called_saved() {
    journey_with_faults(&["mangled"], async |page| {
        page.write(FIRST).await?;
        page.saved("Not saved: storage lost what was written").await?;
        Ok(())
    });
}

#[test]
fn storage_that_is_cleared_while_open_is_filled_again() {
    journey(async |page| {
        page.write_and_save(FIRST).await?;
        let script = "const clearing = indexedDB.deleteDatabase('phaseplan'); await new Promise((done, fail) \
            => { clearing.onsuccess = done; clearing.onerror = fail; }); localStorage.clear();";
        page.async_script(script, vec![]).await?;
        page.write_and_save(SECOND).await?;
        assert_eq!(page.stored_texts().await?, [SECOND]);
        Ok(())
    });
}

#[test]
fn a_damaged_record_stands_alone_and_can_be_downloaded() {
    journey(async |page| {
        page.write_and_save(FIRST).await?;
        let damage = [("one", "{\"form\":2,\"text\":"), ("two", "\u{1}\u{fffd}noise"), ("three", "")];
        for (key, record) in damage {
            page.tamper("records", key, record).await?;
        }
        page.open_shelf().await?;
        page.until("all are listed", "document.querySelectorAll('[data-test=document]').length === 4")
            .await?;
        page.element("tr:has([data-key=two]) [data-test=download-document]").await?.click().await?;
        assert_eq!(page.downloaded(".txt").await?, "\u{1}\u{fffd}noise".as_bytes());
        page.element("[data-test=document][data-key=one]").await?.click().await?;
        let notice = page.notice().await?;
        assert!(notice.contains("damaged"), "{notice}");
        assert_eq!(page.text().await?, FIRST, "the open plan stays");
        page.write_and_save(SECOND).await?;
        assert_eq!(page.stored("records").await?.get("one").map(String::as_str), Some(damage[0].1));
        Ok(())
    });
}

#[test]
fn a_plan_of_a_newer_program_is_shown_and_left_alone() {
    journey(async |page| {
        let record = json!({ "form": 99, "text": FIRST, "shape": "new" }).to_string();
        let head = json!({ "form": 99, "key": "later", "name": "Later", "tasks": 1, "bytes": 9, "revision": 4, "saved": 1 });
        page.write_and_save(SECOND).await?;
        page.tamper("records", "later", &record).await?;
        page.tamper("heads", "later", &head.to_string()).await?;
        page.open_shelf().await?;
        page.element("[data-test=document][data-key=later]").await?.click().await?;
        page.planned().await?;
        page.holds_text(FIRST).await?;
        page.until("it can't be typed into", "document.querySelector('[data-test=text]').readOnly").await?;
        page.click("tab-table").await?;
        page.click("add-task").await?;
        let notice = page.notice().await?;
        assert!(notice.contains("newer version"), "{notice}");
        assert_eq!(page.stored("records").await?.get("later"), Some(&record));
        Ok(())
    });
}
