//! The search continues in the background for a plan without a proved optimum, and shows the effect of more
//! agents.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::journey::{Outcome, journey};
use crate::page::Page;

/// Tasks with so many dependencies and conflicts that the quick answer is not optimal.
fn tangled() -> String {
    let line = |task: usize| {
        let after = if task.is_multiple_of(3) && task > 7 {
            format!(" @after(T{})", task - 7)
        } else {
            String::new()
        };
        let (a, b, minutes) = (task * task % 60, task * 5 % 50, 5 + task * 13 % 41);
        format!("- T{task} Task @owns(a{a}, b{b}) ~{minutes}m{after}\n")
    };
    (1..=120).map(line).collect()
}

/// From now on, records every length of the phases on the screen.
async fn watch_lengths(page: &Page) -> Outcome {
    let script = "window.lengths = []; \
        new MutationObserver(() => { \
            const shown = document.querySelector('[data-test=total-phased] dd')?.textContent; \
            if (shown && shown !== window.lengths.at(-1)) window.lengths.push(shown); \
        }).observe(document.body, { subtree: true, childList: true, characterData: true });";
    page.script(script, vec![]).await?;
    Ok(())
}

async fn until_searched(page: &Page) -> Outcome {
    page.part("searching").await?;
    page.until("the search is over", "!document.querySelector('[data-test=searching]')").await
}

/// The minutes in a total such as `10 h 37 m`.
fn minutes(shown: &str) -> u64 {
    let words: Vec<&str> = shown.split(' ').collect();
    words
        .chunks(2)
        .map(|pair| pair[0].parse::<u64>().unwrap_or(0) * if pair[1] == "h" { 60 } else { 1 })
        .sum()
}

#[test]
fn the_search_shortens_the_phases_that_are_shown() {
    journey(async |page| {
        watch_lengths(page).await?;
        // What is pasted was touched by nobody yet.
        page.paste(&tangled()).await?;
        until_searched(page).await?;
        page.planned().await?;
        let lengths = page.script("return window.lengths;", vec![]).await?;
        let lengths: Vec<u64> = serde_json::from_value::<Vec<String>>(lengths)?
            .iter()
            .map(|shown| minutes(shown))
            .filter(|minutes| *minutes > 0)
            .collect();
        assert!(lengths.len() > 1 && lengths.is_sorted_by(|a, b| a > b), "{lengths:?}");
        page.choose_export("report").await?;
        page.until(
            "the report is there",
            "document.querySelector('[data-test=preview]').value.startsWith('{')",
        )
        .await?;
        page.click("download").await?;
        let report: Value = serde_json::from_slice(&page.downloaded(".json").await?)?;
        let shortest = lengths.last().copied().unwrap_or_default();
        assert_eq!(report["makespan"]["phased"], json!(shortest));
        Ok(())
    });
}

#[test]
fn the_search_can_be_ended_and_taken_up_again() {
    journey(async |page| {
        page.write(&tangled()).await?;
        page.click("cancel-search").await?;
        page.until("the search is over", "!document.querySelector('[data-test=searching]')").await?;
        page.click("outcome").await?;
        assert!(page.part("bounds").await?.text().await?.contains("gap"));
        page.click("search-longer").await?;
        page.part("searching").await?;
        page.click("cancel-search").await?;
        page.part("search-longer").await?;
        Ok(())
    });
}

#[test]
fn nothing_moves_under_the_hands_of_somebody_at_work() {
    let places = "[...document.querySelectorAll('.card-slot')].map(card => card.style.transform).join()";
    journey(async |page| {
        page.write(&tangled()).await?;
        page.part("searching").await?;
        page.settle().await?;
        let before = page.script(&format!("return {places};"), vec![]).await?;
        page.part("show-found").await?;
        page.until("the search is over", "!document.querySelector('[data-test=searching]')").await?;
        assert_eq!(page.script(&format!("return {places};"), vec![]).await?, before);
        let length = async || -> Outcome<u64> {
            Ok(minutes(&page.element("[data-test=total-phased] dd").await?.text().await?))
        };
        let quick = length().await?;
        let offer = page.part("show-found").await?.text().await?;
        page.click("show-found").await?;
        page.until("it is shown", "!document.querySelector('[data-test=show-found]')").await?;
        page.planned().await?;
        let shorter = length().await?;
        let saved = offer.split(" shorter").next().map(minutes);
        assert_eq!(saved, Some(quick - shorter), "{offer}");
        Ok(())
    });
}

#[test]
fn escape_ends_the_search() {
    journey(async |page| {
        page.write(&tangled()).await?;
        page.part("searching").await?;
        page.press(Key::Escape).await?;
        page.until("the search is over", "!document.querySelector('[data-test=searching]')").await?;
        page.click("outcome").await?;
        page.part("search-longer").await?;
        Ok(())
    });
}

#[test]
fn the_same_text_has_the_same_picture_after_a_repair_is_undone_and_after_a_reload() {
    let picture = "[...document.querySelectorAll('.card-slot')].map(card => card.style.transform + \
        card.textContent).sort().join()";
    journey(async |page| {
        page.click("start-example").await?;
        page.planned().await?;
        page.settle().await?;
        let look = async || page.script(&format!("return {picture};"), vec![]).await;
        let opened = look().await?;
        page.click("fix").await?;
        page.part("notice-action").await?;
        page.planned().await?;
        page.settle().await?;
        let repaired = look().await?;
        page.saved("Saved on this device").await?;
        page.has_started().await?;
        page.driver.refresh().await?;
        page.planned().await?;
        page.settle().await?;
        assert_eq!(look().await?, repaired, "a reload");
        page.press_with(&[Key::Control], 'z').await?;
        page.until("it is undone", &format!("{picture} === {opened}")).await
    });
}

#[test]
fn a_newer_edit_ends_the_search_of_an_older_plan() {
    journey(async |page| {
        page.write(&tangled()).await?;
        page.part("searching").await?;
        page.write("- T1 One @owns(a) ~10m\n- T2 Two @owns(b) ~20m").await?;
        page.until("the search is over", "!document.querySelector('[data-test=searching]')").await?;
        watch_lengths(page).await?;
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        assert!(page.part("total-phased").await?.text().await?.contains("20 m"));
        assert!(!page.shows("[data-test=searching]").await?, "a proved plan is not searched");
        assert_eq!(page.phases().await?, [["T1", "T2"]]);
        let lengths = page.script("return window.lengths;", vec![]).await?;
        assert!(lengths == json!([]) || lengths == json!(["20 m"]), "{lengths}");
        Ok(())
    });
}

#[test]
fn a_press_on_the_curve_sets_how_many_work_at_once() {
    journey(async |page| {
        let plan = "- T1 One @owns(a) ~10m\n- T2 Two @owns(b) ~20m\n- T3 Three @owns(c) ~20m";
        page.write(plan).await?;
        page.click("outcome").await?;
        let enough = page.element("[data-test=agents-bar][data-agents='3']").await?;
        assert_eq!(
            enough.attr("aria-label").await?.as_deref(),
            Some("3 at once: 20 m in phases, 20 m rolling")
        );
        let today = page.element("[data-test=agents-bar][aria-pressed=true]").await?;
        assert_eq!(today.attr("data-agents").await?.as_deref(), Some("5"));
        page.element("[data-test=agents-bar][data-agents='1']").await?.click().await?;
        page.until("it is planned", "document.querySelector('[data-agents=\"1\"][aria-pressed=true]')")
            .await?;
        assert!(page.text().await?.contains("at most 1"), "{}", page.text().await?);
        page.click("notice-action").await?;
        page.until("it is undone", "document.querySelector('[data-agents=\"5\"][aria-pressed=true]')")
            .await?;
        assert_eq!(page.text().await?, plan);
        Ok(())
    });
}

#[test]
fn what_would_make_the_whole_plan_shorter_shows_its_effect_first() {
    journey(async |page| {
        let plan = "> at most 1\n- T1 One @owns(a) ~30m\n- T2 Two @owns(b) ~30m";
        page.write(plan).await?;
        let offered = page.part("improvement").await?;
        assert!(offered.text().await?.contains("−30 m, 1 phase"), "{}", offered.text().await?);
        offered.click().await?;
        page.part("notice-action").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1", "T2"]]);
        page.click("notice-action").await?;
        page.until("it is undone", "document.querySelectorAll('[data-test=outline-phase]').length === 2")
            .await?;
        assert_eq!(page.text().await?, plan);
        Ok(())
    });
}

#[test]
fn the_timeline_says_why_a_task_starts_when_it_starts() {
    journey(async |page| {
        page.write(
            "> at most 2\n- T1 One @owns(a) ~20m\n- T2 Two @owns(a) ~10m\n- T3 Three @owns(c) ~30m\n\
             - T4 Four @owns(d) @after(T3) ~20m",
        )
        .await?;
        page.planned().await?;
        page.click("tab-timeline").await?;
        let bar = page.element("[data-test=timeline-bar][data-task=T2]").await?;
        let why = "starts it at 20 m, when T1 is done, which it is kept apart from: both can write a.";
        let title = bar.attr("title").await?.unwrap_or_default();
        assert!(
            title.starts_with("T2 Two, from 20 minutes to 30 minutes.") && title.ends_with(why),
            "{title}"
        );
        bar.click().await?;
        let shown = page.part("why-then").await?.text().await?;
        assert!(shown.ends_with(why), "{shown}");
        page.click("outcome").await?;
        let bounds = page.part("rolling-bounds").await?.text().await?;
        assert!(bounds.contains("50 m") && bounds.contains("0 %"), "{bounds}");
        Ok(())
    });
}
