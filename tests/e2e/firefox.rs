//! Saving, tabs and crashes in Firefox. Runs if `FIREFOX` and `GECKODRIVER` name the programs: `cargo xtask
//! campaign firefox`. Uses scripts where the other journeys use Chromium's own protocol.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;

use crate::journey::Outcome;
use crate::page::Page;
use crate::site::Site;

const FIRST: &str = "- T1 First @owns(a/**) ~10m";

/// A geckodriver, which is stopped when this is dropped.
struct Gecko(Child);

impl Drop for Gecko {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn saving_tabs_and_crashes_are_the_same_in_firefox() {
    let (Some(firefox), Some(gecko)) = (std::env::var_os("FIREFOX"), std::env::var_os("GECKODRIVER")) else {
        println!("skipped: FIREFOX and GECKODRIVER name no programs");
        return;
    };
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port is free").port();
    let mut call = Command::new(gecko);
    call.arg("--port").arg(port.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
    let _gecko = Gecko(call.spawn().expect("geckodriver can be started"));
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let mut wanted = DesiredCapabilities::firefox();
        wanted.set_headless().expect("it can be said");
        wanted.set_firefox_binary(&firefox.to_string_lossy()).expect("it can be said");
        let address = format!("http://127.0.0.1:{port}");
        let mut driver = WebDriver::new(&address, wanted.clone()).await;
        for _ in 0..20 {
            if driver.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
            driver = WebDriver::new(&address, wanted.clone()).await;
        }
        let driver = driver.expect("Firefox opens");
        let page = Page::new(driver.clone(), Rc::new(Site::start()), PathBuf::new());
        let made = visit(&page).await;
        let _ = driver.quit().await;
        made.expect("the visit goes well");
    });
}

async fn visit(page: &Page) -> Outcome {
    page.open().await?;
    put(page, FIRST).await?;
    page.saved("Saved on this device").await?;
    page.until("it is drawn", "document.querySelectorAll('[data-test=task-card]').length === 1").await?;
    assert_eq!(page.stored_texts().await?, [FIRST]);
    println!("plans and saves");

    let second = format!("{FIRST}\n- T2 Second @owns(b/**)");
    page.has_started().await?;
    put(page, &second).await?;
    page.open().await?;
    has_text(page, &second).await?;
    println!("an edit that was not saved yet comes home after a reload");

    page.click("tab-table").await?;
    page.click("add-task").await?;
    page.until("there are three", "document.querySelectorAll('[data-test=row]').length === 3").await?;
    page.saved("Saved on this device").await?;
    page.has_started().await?;
    page.open().await?;
    page.until("there are three", "document.querySelector('[data-test=text]').value.includes('\n- T3')")
        .await?;
    page.planned().await?;
    page.press_with(&[Key::Control], 'z').await?;
    has_text(page, &second).await?;
    page.saved("Saved on this device").await?;
    println!("undo survives a reload");

    page.has_started().await?;
    let first = page.driver.window().await?;
    let other = page.driver.new_tab().await?;
    page.driver.switch_to_window(other.clone()).await?;
    page.open().await?;
    has_text(page, &second).await?;
    put(page, &format!("{second}\n- T3 Other tab")).await?;
    page.saved("Saved on this device").await?;
    page.driver.switch_to_window(first.clone()).await?;
    page.saved("Changed in another tab").await?;
    put(page, &format!("{second}\n- T3 This tab")).await?;
    page.saved("Saved on this device").await?;
    let texts = page.stored_texts().await?;
    for tab in ["Other tab", "This tab"] {
        assert!(texts.iter().any(|text| text.contains(tab)), "{tab} is not among {texts:?}");
    }
    println!("edits of two tabs are both kept");

    page.driver.switch_to_window(other).await?;
    put(page, &format!("{second}\n- T3 Closed tab")).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    page.driver.close_window().await?;
    page.driver.switch_to_window(first).await?;
    let texts = page.stored_texts().await?;
    assert!(texts.iter().any(|text| text.contains("Closed tab")), "{texts:?}");
    println!("a closed tab loses nothing");

    let script = "const clearing = indexedDB.deleteDatabase('phaseplan'); await new Promise((done, fail) => \
        { clearing.onsuccess = done; clearing.onerror = fail; }); localStorage.clear();";
    page.async_script(script, vec![]).await?;
    put(page, &second).await?;
    page.saved("Saved on this device").await?;
    assert_eq!(page.stored_texts().await?, [second.as_str()]);
    println!("storage that is cleared while open is filled again");

    let refused = "if (!globalThis.trustedTypes) return true; \
        try { document.createElement('p').innerHTML = '<b>bold</b>'; return false; } catch { return true; }";
    assert_eq!(page.script(refused, vec![]).await?, json!(true));
    println!("text becomes no markup");
    Ok(())
}

/// Replaces the whole text, like typing does.
async fn put(page: &Page, text: &str) -> Outcome {
    let script = "const box = document.querySelector('[data-test=text]'); box.focus(); box.select(); \
        document.execCommand('insertText', false, arguments[0]);";
    page.script(script, vec![json!(text)]).await?;
    Ok(())
}

async fn has_text(page: &Page, text: &str) -> Outcome {
    let expression = format!("document.querySelector('[data-test=text]')?.value === {text:?}");
    page.until(&format!("the text is {text:?}"), &expression).await
}
