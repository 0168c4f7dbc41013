//! Following a run on the page.

use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::screens::{look_at, look_at_as_it_is};
use crate::screenshots;

#[test]
fn a_bar_says_what_is_next_and_copies_the_prompt_for_it() {
    journey(async |page| {
        let tasks = "- T2 Import @owns(src/import/**) ~20m\n- T3 Web @owns(web/**) @after(T2) ~20m\n";
        page.write(&format!("# Ledger\n- [~] T1 Export @owns(src/export/**) ~30m\n{tasks}")).await?;
        page.planned().await?;
        let bar = page.part("now").await?.text().await?;
        assert!(bar.contains("Launch now: T2"), "{bar}");
        assert!(bar.contains("T1 is running and holds src/export/**."), "{bar}");
        screenshots::take(page, "now").await?;
        page.click("copy-now").await?;
        page.until("it says that it is copied", "document.body.textContent.includes('Copied.')").await?;
        let prompt = page.clipboard().await?;
        assert!(prompt.contains("description: \"T2 Import\"") && !prompt.contains("T3 Web"), "{prompt}");

        page.write(&format!("# Ledger\n- [!] T1 Export @owns(src/export/**) ~30m\n{tasks}")).await?;
        page.until(
            "the failed task is next, too",
            "/Launch these 2 now: T2 +T1/.test(document.querySelector('[data-test=now]').textContent)",
        )
        .await?;
        page.write(&format!("# Ledger\n- [ ] T1 Export @owns(src/export/**) ~30m\n{tasks}")).await?;
        page.until("there is no bar before a run", "!document.querySelector('[data-test=now]')").await
    });
}

const PLAN: &str = "# Ledger\n- T1 Tables @owns(db/**) ~20m\n- T2 Export @owns(src/export/**) ~20m\n- T3 Import \
    @owns(src/import/**) ~20m\n- T4 Web @owns(web/**) @after(T1) ~20m\n- T5 Publish? @kind(gate) @after(T2)\n- T6 \
    Announce @owns(news/**) @after(T5) ~5m";

/// Presses a mark in the bar.
async fn note(page: &Page, act: &str, task: &str) -> Outcome {
    page.element(&format!(".now [data-run={act}][data-task={task}]")).await?.click().await?;
    Ok(())
}

/// Waits until the boxes of all tasks are these, in the order of the plan.
async fn boxes(page: &Page, expected: &str) -> Outcome {
    let read = "[...(document.querySelector('[data-test=text]')?.value ?? '').matchAll(/^- (?:\\[(.)\\] )?T/gm)].map(found => \
        found[1] ?? ' ').join('')";
    page.until(&format!("the boxes are {expected:?}"), &format!("{read} === {expected:?}")).await?;
    page.planned().await
}

async fn bar_says(page: &Page, words: &str) -> Outcome {
    let text = "document.querySelector('[data-test=now]')?.textContent.includes";
    page.until(&format!("the bar says “{words}”"), &format!("{text}({words:?})")).await
}

/// Pastes a text into the box for what happened.
async fn happened(page: &Page, text: &str) -> Outcome {
    page.element("[data-test=happened] > summary").await?.click().await?;
    page.element("[data-test=happened] textarea").await?.click().await?;
    page.insert(text).await?;
    page.element("[data-test=happened] [data-run=read]").await?.click().await?;
    page.part("pasted").await?;
    Ok(())
}

async fn confirm(page: &Page, number: &str) -> Outcome {
    let button = format!("[data-test=pasted] [data-run=confirm][data-value=\"{number}\"]");
    page.element(&button).await?.click().await?;
    Ok(())
}

#[test]
fn a_plan_is_followed_to_its_end() {
    journey(async |page| {
        page.write_and_save(PLAN).await?;
        page.element("[data-test=follow] > summary").await?.click().await?;
        look_at(page, "run-before", "pane-phases").await?;
        page.click("start-now").await?;
        boxes(page, "~~~   ").await?;
        bar_says(page, "On time, ends about ").await?;
        look_at(page, "run-started", "pane-phases").await?;

        note(page, "done", "T1").await?;
        boxes(page, "x~~   ").await?;
        happened(page, "T3: failed, the parser panics\nT2 is done.").await?;
        look_at(page, "run-read", "pane-phases").await?;
        page.element("[data-test=pasted] [data-run=confirm]:not([data-value])").await?.click().await?;
        boxes(page, "xx!   ").await?;
        bar_says(page, "T3 failed: the parser panics").await?;
        page.saved("Saved on this device").await?;

        page.driver.refresh().await?;
        boxes(page, "xx!   ").await?;
        bar_says(page, "T3 failed: the parser panics").await?;
        let first = page.driver.window().await?;
        let second = page.driver.new_tab().await?;
        page.driver.switch_to_window(second.clone()).await?;
        page.open().await?;
        boxes(page, "xx!   ").await?;
        note(page, "start", "T3").await?;
        boxes(page, "xx~   ").await?;
        page.driver.switch_to_window(first.clone()).await?;
        boxes(page, "xx~   ").await?;

        happened(page, "{\"task\":\"T3\",\"path\":\"web/form.ts\",\"tool\":\"Edit\",\"agent\":\"plan-t3\"}")
            .await?;
        confirm(page, "0").await?;
        bar_says(page, "T3 needs web/form.ts, which T4 owns (to do). Stop T3 until this is settled.").await?;
        look_at(page, "run-foreign", "pane-phases").await?;
        page.element("[data-test=foreign] [data-run=repair][data-value=\"0 0\"]").await?.click().await?;
        page.until("it is settled", "!document.querySelector('[data-test=foreign]')").await?;
        assert!(
            page.text().await?.contains("T3 Import @owns(src/import/**, web/form.ts)"),
            "{}",
            page.text().await?
        );
        bar_says(page, "Next: T4 can't run beside T3, which is running").await?;
        look_at(page, "run-again", "pane-phases").await?;

        page.element(".now [data-run=answer][data-value=no]").await?.click().await?;
        boxes(page, "xx~ x-").await?;
        let notice = page.notice().await?;
        assert!(notice.contains("T6, which waits for it, is left out."), "{notice}");

        page.element(".now .task-link[data-task=T3]").await?.click().await?;
        page.part("task-run").await?;
        look_at_as_it_is(page, "run-task").await?;
        page.press("d").await?;
        boxes(page, "xxx x-").await?;
        page.press(thirtyfour::Key::Escape).await?;
        page.click("start-now").await?;
        boxes(page, "xxx~x-").await?;
        note(page, "done", "T4").await?;
        boxes(page, "xxxxx-").await?;
        bar_says(page, "Ended after").await?;
        look_at(page, "run-ended", "pane-phases").await?;

        page.press_with(&[thirtyfour::Key::Control], 'z').await?;
        boxes(page, "xxx~x-").await?;
        page.press_with(&[thirtyfour::Key::Control, thirtyfour::Key::Shift], 'z').await?;
        boxes(page, "xxxxx-").await?;
        page.driver.switch_to_window(second).await?;
        boxes(page, "xxxxx-").await?;
        let events = page.stored("reviews").await?;
        let of_run = events.keys().filter(|key| key.starts_with("run ") && key.contains(",event,")).count();
        assert_eq!(of_run, 15, "{events:?}");
        page.driver.close_window().await?;
        page.driver.switch_to_window(first).await?;

        page.click("export").await?;
        page.element("[data-format=record-csv]").await?.click().await?;
        page.until(
            "the record is there",
            "/^T3,Import,change,done,20,\\d+,2,1,/m.test(document.querySelector('[data-test=preview]').value)",
        )
        .await
    });
}
