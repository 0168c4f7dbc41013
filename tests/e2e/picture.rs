//! The picture of a plan, small and large: everything can be seen, and nothing is scrolled sideways.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::journey::{Outcome, journey};
use crate::page::Page;

/// How many cards there are, how many of them are outside the window, the smallest letters in pixels, and
/// whether anything can be scrolled sideways.
const LOOK: &str = "const stage = document.querySelector('.stage'), box = stage.getBoundingClientRect(); \
    const cards = [...stage.querySelectorAll('.card')]; \
    const outside = cards.filter(card => { const place = card.getBoundingClientRect(); \
        return place.bottom > box.bottom || place.top < box.top || place.right > box.right; }).length; \
    const texts = [...stage.querySelectorAll('.card *, .phase-head *')].filter(element => \
        !element.matches('.spoken, .spoken *') && element.textContent && element.offsetParent); \
    const sizes = texts.map(element => parseFloat(getComputedStyle(element).fontSize)); \
    return [cards.length, outside, Math.min(...sizes), stage.scrollWidth > stage.clientWidth];";

/// A plan with so many phases, and so many tasks in each.
fn plan(phases: usize, tasks: usize) -> String {
    let mut text = format!("# Modules\n> at most {tasks}\n\n");
    for phase in 0..phases {
        for task in 0..tasks {
            let number = phase * tasks + task + 1;
            let after = if phase == 0 { String::new() } else { format!(" @after(T{})", number - tasks) };
            text.push_str(&format!(
                "- T{number} Migrate module number {number} to the new storage @owns(m{number}/**){after}\n"
            ));
        }
    }
    text
}

async fn look(page: &Page) -> Outcome<Value> {
    page.settle().await?;
    page.script(LOOK, vec![]).await
}

#[test]
fn forty_tasks_at_once_are_read_without_scrolling() {
    journey(async |page| {
        page.paste(&plan(1, 40)).await?;
        assert_eq!(look(page).await?, json!([40, 0, 11, false]));
        let titles = "return [...document.querySelectorAll('.card-title')].map(title => title.textContent);";
        let titles = page.script(titles, vec![]).await?;
        let distinct: std::collections::BTreeSet<_> =
            titles.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(distinct.len(), 40, "titles that begin alike are told apart");
        Ok(())
    });
}

#[test]
fn five_hundred_tasks_are_all_seen_at_once() {
    journey(async |page| {
        page.paste(&plan(100, 5)).await?;
        page.element(".card").await?;
        page.script("document.querySelector('[data-act=fit]').click();", vec![]).await?;
        page.until("it is drawn", "document.querySelector('[data-test=zoom]').textContent === 'Cells'")
            .await?;
        assert_eq!(look(page).await?, json!([500, 0, 11, false]));
        page.script("document.querySelector('[data-act=larger]').click();", vec![]).await?;
        page.until("it is drawn", "document.querySelector('[data-test=zoom]').textContent === 'Lines'")
            .await?;
        let found = look(page).await?;
        assert_eq!([&found[2], &found[3]], [&json!(11), &json!(false)], "{found}");
        Ok(())
    });
}

#[test]
fn a_run_of_phases_is_unfolded_and_folded_in_its_place() {
    let run: String =
        (3..9).map(|task| format!("- T{task} Step {task} @owns({task}) @after(T{})\n", task - 1)).collect();
    let text = ["- T1 One @owns(1)\n- T2 Two @owns(2)\n", &run].concat();
    journey(async |page| {
        page.write(&text).await?;
        let blocks = async || page.script("return document.querySelectorAll('.phase').length;", vec![]).await;
        assert_eq!(blocks().await?, 2);
        page.element("[data-act=fold]").await?.click().await?;
        page.until("it is unfolded", "document.querySelectorAll('.phase').length === 7").await?;
        page.element("[data-act=fold]").await?.click().await?;
        page.until("it is folded", "document.querySelectorAll('.phase').length === 2").await
    });
}

#[test]
fn a_card_tells_everything_when_it_is_pointed_at_or_has_the_focus() {
    journey(async |page| {
        page.write("- T1 One @owns(a/**) ~20m\n- T2 Two @owns(a/b) ~10m\n- T3 Three @owns(c) @after(T1)")
            .await?;
        let card = page.element("[data-test=task-card][data-task=T2]").await?;
        page.driver.action_chain().move_to_element_center(&card).perform().await?;
        let said = page.element(".peek-card").await?.text().await?;
        assert!(said.contains("Two") && said.contains("a/b") && said.contains("T1"), "{said}");
        page.script("document.querySelector('[data-task=T3].card').focus();", vec![]).await?;
        page.until("it is about T3", "document.querySelector('.peek-card')?.dataset.task === 'T3'").await?;
        page.press(Key::Escape).await?;
        page.until("it is gone", "!document.querySelector('.peek-card')").await
    });
}
