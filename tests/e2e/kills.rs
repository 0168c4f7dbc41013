//! Tabs and browsers killed at random times: at most a second or two of typing is lost, and stored data remains
//! valid.

use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::journey::{Outcome, journey_with_faults, with_site};
use crate::monkey::{number, random};
use crate::page::Page;
use crate::site::Site;

/// The number of tabs killed in one browser.
const KILLS: u64 = 8;

/// The most typing time that may be lost, in milliseconds.
const MOST_LOST: f64 = 1_000.0;

const PLAN: &str = "# Kept\n\n- T1 One @owns(a/**) ~10m\n- T2 Two @owns(b/**) @after(T1) ~10m\n";

/// Survives the killed tab: every 20 ms the tab sends the text of its box and its running time to another
/// tab. A busy computer may pause a tab, so a pause counts as 100 ms at most.
const TELL: &str = "const channel = new BroadcastChannel('kills'); let ran = 0, before = performance.now(); \
    const tell = () => { const now = performance.now(); ran += Math.min(now - before, 100); before = now; \
    channel.postMessage([ran, document.querySelector('[data-test=text]').value]); }; tell(); \
    setInterval(tell, 20);";
const HEAR: &str = "window.heard = []; window.channel = new BroadcastChannel('kills'); \
    channel.onmessage = ({ data }) => { heard.push(data); };";

#[test]
fn tabs_killed_at_any_instant_lose_at_most_a_second() {
    let first = number("PHASEPLAN_KILL").unwrap_or(0);
    let kills = number("PHASEPLAN_KILLS").unwrap_or(KILLS);
    let (mut most, mut killed) = (0.0, 0);
    for session in 0..kills.div_ceil(KILLS) {
        let begin = first + session * KILLS;
        journey_with_faults(&[], async |page| {
            page.write(PLAN).await?;
            page.saved("Saved on this device").await?;
            let witness = page.driver.new_tab().await?;
            let mut victim = page.driver.windows().await?.into_iter().find(|tab| *tab != witness);
            page.driver.switch_to_window(witness.clone()).await?;
            page.open_beside().await?;
            page.script(HEAR, vec![]).await?;
            for seed in begin..(begin + KILLS).min(first + kills) {
                println!("kill {seed}");
                let tab = victim.take().ok_or("there is a tab")?;
                page.driver.switch_to_window(tab.clone()).await?;
                page.devtools("Page.bringToFront", json!({})).await?;
                let mut state = seed;
                type_until_killed(page, &mut state).await?;
                page.driver.switch_to_window(witness.clone()).await?;
                let heard = page.script("return heard.splice(0);", vec![]).await?;
                let heard: Vec<(f64, String)> = serde_json::from_value(heard)?;
                if random(&mut state).is_multiple_of(3) {
                    kill_while_starting(page, &mut state).await?;
                    page.driver.switch_to_window(witness.clone()).await?;
                }
                let next = page.driver.new_tab().await?;
                page.driver.switch_to_window(next.clone()).await?;
                most = f64::max(most, comes_back(page, &heard).await?);
                killed += 1;
                victim = Some(next);
            }
            every_plan_opens(page).await
        });
    }
    println!("{killed} tabs were killed; at most {most:.0} ms of typing were lost");
}

/// The number of whole browsers killed.
const BROWSER_KILLS: u64 = 2;

/// The most typing time that may be lost with the browser.
const MOST_LOST_WITH_BROWSER: Duration = Duration::from_secs(2);

#[test]
fn a_browser_killed_while_somebody_types_loses_at_most_two_seconds() {
    let first = number("PHASEPLAN_KILL").unwrap_or(0);
    let kills = number("PHASEPLAN_KILLS").unwrap_or(BROWSER_KILLS);
    let mut most = Duration::ZERO;
    with_site(async |site| {
        for seed in first..first + kills {
            let browser = Browser::start();
            let lost = type_until_the_browser_is_killed(&browser, &site, seed).await?;
            println!("kill {seed} of a browser: {} ms of typing were lost", lost.as_millis());
            assert!(lost <= MOST_LOST_WITH_BROWSER, "{lost:?} were lost");
            most = most.max(lost);
        }
        Ok(())
    });
    println!("{kills} browsers were killed; at most {} ms of typing were lost", most.as_millis());
}

/// Types without a pause for 3 to 9 seconds, kills the browser, and opens the app again in the same profile.
/// Returns how much typing time was lost.
async fn type_until_the_browser_is_killed(
    browser: &Browser,
    site: &Rc<Site>,
    mut state: u64,
) -> Outcome<Duration> {
    let page = Page::new(browser.open().await?, Rc::clone(site), browser.downloads());
    page.prepare().await?;
    page.open().await?;
    page.write(PLAN).await?;
    page.saved("Saved on this device").await?;
    page.press("\n- T3 ").await?;
    let (start, ends) = (Instant::now(), Duration::from_millis(3_000 + random(&mut state) % 6_000));
    let mut typed = PLAN.to_owned() + "\n- T3 ";
    let mut times = vec![start];
    while start.elapsed() < ends {
        page.insert("x").await?;
        typed.push('x');
        times.push(Instant::now());
    }
    browser.kill();
    let killed = Instant::now();
    // Nobody answers to its end any more.
    page.driver.clone().leak()?;
    drop(page);
    let page = Page::new(browser.open().await?, Rc::clone(site), browser.downloads());
    page.prepare().await?;
    page.open().await?;
    // The journal may be older than the stored plan, and is stored as a second one then.
    page.until(
        "it is known which plans there are",
        "document.querySelector('[data-test=saved]').textContent \
        || document.querySelector('[data-test=newest]')?.childElementCount",
    )
    .await?;
    let texts = page.stored_texts().await?;
    let longest = texts.iter().max_by_key(|text| text.len()).ok_or("nothing is stored")?;
    assert!(typed.starts_with(longest.as_str()), "{longest:?} is no beginning of {typed:?}");
    page.driver.clone().quit().await?;
    let lost = typed.len() - longest.len();
    Ok(if lost == 0 { Duration::ZERO } else { killed - times[times.len().saturating_sub(lost)] })
}

/// Types into the open plan or another one, and kills the tab meanwhile or shortly afterwards.
async fn type_until_killed(page: &Page, state: &mut u64) -> Outcome {
    page.has_started().await?;
    page.script(TELL, vec![]).await?;
    let before = page.text().await?;
    let opens = random(state) % 4;
    match opens {
        0 => {
            page.click("examples").await?;
            page.click("example").await?;
        }
        1 => page.drop_file("dropped.phaseplan.md", &format!("{PLAN}\n{before}"), 0).await?,
        _ => {}
    }
    if opens < 2 {
        let is_other = format!("document.querySelector('[data-test=text]').value !== {}", json!(before));
        page.until("the other plan is there", &is_other).await?;
    }
    page.script(
        "const box = document.querySelector('[data-test=text]'); box.focus(); \
        box.setSelectionRange(box.value.length, box.value.length);",
        vec![],
    )
    .await?;
    let (start, ends) = (Instant::now(), Duration::from_millis(random(state) % 2_000));
    // At least one letter, which distinguishes this plan from an example.
    for letters in 1.. {
        page.insert(if letters % 12 == 0 { "\n- T" } else { "x" }).await?;
        if start.elapsed() > ends {
            break;
        }
    }
    if random(state).is_multiple_of(2) {
        tokio::time::sleep(Duration::from_millis(random(state) % 700)).await;
    }
    kill(page).await;
    Ok(())
}

/// Opens another tab, and kills it before or during the recovery of the previous tab's text.
async fn kill_while_starting(page: &Page, state: &mut u64) -> Outcome {
    let tab = page.driver.new_tab().await?;
    page.driver.switch_to_window(tab).await?;
    page.begin_to_open().await?;
    tokio::time::sleep(Duration::from_millis(random(state) % 800)).await;
    kill(page).await;
    Ok(())
}

/// Kills the program of the tab immediately. The command never gets an answer, because the answering process
/// is gone.
async fn kill(page: &Page) {
    let _ = page.devtools("Page.crash", json!({})).await;
}

/// Opens the app and waits for the last text. Returns how much typing time was lost, in milliseconds.
async fn comes_back(page: &Page, heard: &[(f64, String)]) -> Outcome<f64> {
    page.open().await?;
    page.devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await?;
    // The state of the document opened last; before that the box may show the stored text.
    page.saved("Saved on this device").await?;
    let text = page.text().await?;
    let (end, last) = heard.last().ok_or("the tab told what it held")?;
    let was_there = heard.iter().any(|(_, held)| *held == text);
    let is_between = last.starts_with(text.as_str()) || text.starts_with(last.as_str());
    assert!(was_there || is_between, "{last:?} came back as {text:?}");
    // Text typed after the last message counts as saved by then; otherwise it is lost from the time of the
    // next longer text.
    let held = heard.iter().rposition(|(_, held)| text.starts_with(held.as_str()));
    let lost = held.map_or(f64::INFINITY, |at| heard.get(at + 1).map_or(0.0, |(since, _)| end - since));
    assert!(lost <= MOST_LOST, "{lost:.0} ms were lost: {last:?} came back as {text:?}");
    stored_well(page, &text).await?;
    Ok(lost)
}

/// Checks that the stored data is consistent and includes the shown text.
async fn stored_well(page: &Page, text: &str) -> Outcome {
    let (heads, records) = (page.stored("heads").await?, page.stored("records").await?);
    assert!(heads.keys().eq(records.keys()), "{heads:?} {records:?}");
    let read = |json: &String| serde_json::from_str::<Value>(json).expect("it is whole");
    assert!(heads.iter().all(|(key, head)| read(head)["key"] == key.as_str()), "{heads:?}");
    assert!(records.values().any(|record| read(record)["text"] == text), "{records:?}");
    Ok(())
}

/// Opens all plans in the list, one by one.
async fn every_plan_opens(page: &Page) -> Outcome {
    for (key, record) in page.stored("records").await? {
        page.open_shelf().await?;
        page.element(&format!("[data-test=document][data-key='{key}']")).await?.click().await?;
        let text = serde_json::from_str::<Value>(&record)?["text"].clone();
        page.until("it is open", &format!("document.querySelector('[data-test=text]').value === {text}"))
            .await?;
        page.planned().await?;
    }
    Ok(())
}
