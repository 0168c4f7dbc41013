//! The setup and teardown of every test: a fresh browser before, the invariants after.

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::rc::Rc;

use serde_json::Value;
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::page::Page;
use crate::screenshots;
use crate::site::Site;

/// The result of a step. An error fails the test.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Opens the app in a fresh browser, runs the journey, and checks the invariants.
pub fn journey(steps: impl AsyncFnOnce(&Page) -> Outcome) {
    travel(|_| Site::start(), &[], steps);
}

/// A journey with a worker that fails as `faults.js` describes. Its messages in the console are expected.
pub fn journey_with_faults(faults: &[&str], steps: impl AsyncFnOnce(&Page) -> Outcome) {
    travel(|folder| Site::start_with(faults, folder), &["faults.js"], steps);
}

/// A journey with modified files of the app; see [`Page::site_files`].
pub fn journey_with_broken_files(steps: impl AsyncFnOnce(&Page) -> Outcome) {
    travel(|folder| Site::start_with(&[], folder), &[".wasm", "boot-", "worker"], steps);
}

/// A journey of several people, each with a separate browser and profile; they share only the address of the
/// app.
pub fn journey_of(people: usize, steps: impl AsyncFnOnce(&[Page]) -> Outcome) {
    travel_together(people, |_| Site::start(), &[], steps);
}

/// A journey on a host that sends no headers of its own, such as GitHub Pages.
pub fn journey_without_headers(steps: impl AsyncFnOnce(&Page) -> Outcome) {
    travel(Site::start_without_headers, &[], steps);
}

/// Runs steps that start and end their browsers themselves.
pub fn with_site(steps: impl AsyncFnOnce(Rc<Site>) -> Outcome) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(steps(Rc::new(Site::start()))).expect("every step succeeds");
}

fn travel(start: impl FnOnce(&Path) -> Site, expected: &[&str], steps: impl AsyncFnOnce(&Page) -> Outcome) {
    travel_together(1, start, expected, async |pages: &[Page]| steps(&pages[0]).await);
}

fn travel_together(
    people: usize,
    start: impl FnOnce(&Path) -> Site,
    expected: &[&str],
    steps: impl AsyncFnOnce(&[Page]) -> Outcome,
) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let browsers: Vec<Browser> = (0..people).map(|_| Browser::start()).collect();
        let site = Rc::new(start(&browsers[0].site()));
        let mut pages = Vec::new();
        for browser in &browsers {
            let driver = browser.open().await.expect("the browser opens");
            pages.push(Page::new(driver, Rc::clone(&site), browser.downloads()));
        }
        let made = async {
            for page in &pages {
                page.prepare().await?;
                page.open().await?;
            }
            steps(&pages).await
        };
        // The browsers must be closed even if an assertion of the journey fails.
        let made = catch_panic(made).await;
        let mut broken = Vec::new();
        for page in &pages {
            let mut here = broken_invariants(&page.driver, &site).await;
            here.retain(|line| !expected.iter().any(|words| line.contains(words)));
            if !matches!(made, Ok(Ok(()))) || !here.is_empty() {
                screenshots::take_of_failure(page).await;
            }
            broken.extend(here);
        }
        for page in pages {
            page.driver.quit().await.expect("the browser closes");
        }
        match made {
            Ok(Ok(())) => {}
            Ok(Err(error)) => panic!("{error}\n{}", broken.join("\n")),
            Err(panic) => {
                eprintln!("{}", broken.join("\n"));
                std::panic::resume_unwind(panic);
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    });
}

async fn catch_panic<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = Box::pin(future);
    std::future::poll_fn(move |context| {
        let poll = std::panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        match poll {
            Ok(poll) => poll.map(Ok),
            Err(panic) => std::task::Poll::Ready(Err(panic)),
        }
    })
    .await
}

/// Violated invariants, in sentences.
async fn broken_invariants(driver: &WebDriver, site: &Site) -> Vec<String> {
    let mut broken = Vec::new();
    match console(driver).await {
        Ok(lines) => broken.extend(lines),
        Err(error) => broken.push(format!("the console can't be read: {error}")),
    }
    match foreign_requests(driver, &site.origin).await {
        Ok(urls) => broken.extend(urls.into_iter().map(|url| format!("a request left the app: {url}"))),
        Err(error) => broken.push(format!("the record of requests can't be read: {error}")),
    }
    broken.extend(site.missing().into_iter().map(|target| format!("a file is missing: {target}")));
    broken
}

/// Errors and warnings in the console, including uncaught errors and violations of the content security
/// policy.
async fn console(driver: &WebDriver) -> WebDriverResult<Vec<String>> {
    // Chromium reports for every preloaded WebAssembly file that its integrity is not checked.
    let harmless = |message: &str| message.contains("integrity") && message.contains("preload");
    let entries = driver.browser_log().await?;
    Ok(entries
        .into_iter()
        .filter(|entry| ["SEVERE", "WARNING"].contains(&entry.level.as_str()) && !harmless(&entry.message))
        .map(|entry| format!("the console says: {}", entry.message))
        .collect())
}

/// Addresses outside the app that the page requested.
async fn foreign_requests(driver: &WebDriver, origin: &str) -> WebDriverResult<Vec<String>> {
    let own = |url: &str| {
        let own_file = url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'));
        own_file
            || ["data:", "blob:", "about:", "chrome:", "chrome-untrusted:"]
                .iter()
                .any(|scheme| url.starts_with(scheme))
    };
    let entries = driver.get_log("performance").await?;
    let urls = entries.iter().filter_map(|entry| {
        let event: Value = serde_json::from_str(&entry.message).ok()?;
        let message = &event["message"];
        (message["method"] == "Network.requestWillBeSent").then_some(())?;
        message["params"]["request"]["url"].as_str().map(str::to_owned)
    });
    Ok(urls.filter(|url| !own(url)).collect())
}
