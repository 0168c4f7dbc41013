//! Two tabs, and closed tabs: no edit is lost, and the user is informed.

use std::time::Duration;

use serde_json::json;

use crate::journey::{Outcome, journey};
use crate::page::Page;

const FIRST: &str = "- T1 First @owns(a/**) ~10m";

async fn has_text(page: &Page, text: &str) -> Outcome {
    let expression = format!("document.querySelector('[data-test=text]')?.value === {text:?}");
    page.until(&format!("the text is {text:?}"), &expression).await
}

#[test]
fn edits_of_two_tabs_are_both_kept_and_the_loser_is_told() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.saved("Saved on this device").await?;
        let first = page.driver.window().await?;
        let second = page.driver.new_tab().await?;
        page.driver.switch_to_window(second.clone()).await?;
        page.open().await?;
        has_text(page, FIRST).await?;
        page.write(&format!("{FIRST}\n- T2 Second tab")).await?;
        page.saved("Saved on this device").await?;
        page.driver.switch_to_window(first).await?;
        page.saved("Changed in another tab").await?;
        page.write(&format!("{FIRST}\n- T2 First tab")).await?;
        page.saved("Saved on this device").await?;
        let notice = page.notice().await?;
        assert!(notice.contains("another tab"), "{notice}");
        let mut texts = page.stored_texts().await?;
        texts.sort();
        assert_eq!(texts, [format!("{FIRST}\n- T2 First tab"), format!("{FIRST}\n- T2 Second tab")]);
        page.driver.switch_to_window(second).await?;
        page.driver.close_window().await?;
        page.driver.switch_to_window(page.driver.windows().await?[0].clone()).await?;
        Ok(())
    });
}

#[test]
fn many_tabs_at_once_and_quick_reloads_are_no_failed_starts() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.saved("Saved on this device").await?;
        let mut tabs = vec![page.driver.window().await?];
        for _ in 0..5 {
            tabs.push(page.driver.new_tab().await?);
        }
        // All begin before the first one has ended.
        for tab in &tabs {
            page.driver.switch_to_window(tab.clone()).await?;
            page.begin_to_open().await?;
        }
        for tab in &tabs {
            page.driver.switch_to_window(tab.clone()).await?;
            page.devtools("Page.bringToFront", json!({})).await?;
            has_text(page, FIRST).await?;
            page.until("the program is there", "!document.getElementById('shell')").await?;
            assert!(!page.shows("#stopped").await?);
        }
        for pause in [300, 700, 0, 100] {
            page.begin_to_open().await?;
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        page.open().await?;
        has_text(page, FIRST).await?;
        assert!(!page.shows("#stopped").await?);
        Ok(())
    });
}

#[test]
fn a_killed_tab_loses_at_most_a_second() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.saved("Saved on this device").await?;
        let first = page.driver.window().await?;
        page.select_text().await?;
        page.insert(&format!("{FIRST}\n- T2 Second")).await?;
        for _ in 0..6 {
            page.press(" x").await?;
        }
        let written = page.text().await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let other = page.driver.new_tab().await?;
        page.driver.switch_to_window(first).await?;
        // The command never returns, because the answering process is gone.
        let _ = page.devtools("Page.crash", json!({})).await;
        page.driver.switch_to_window(other).await?;
        page.open().await?;
        page.planned().await?;
        has_text(page, &written).await
    });
}
