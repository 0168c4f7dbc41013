//! Input that contains no plan: a message names the problem, and nothing is lost.

use std::fmt::Write;
use std::time::Instant;

use crate::journey::journey;

const PLAN: &str = "- T1 One @owns(a/**) ~10m";
const MEGABYTE: usize = 1 << 20;

#[test]
fn files_that_are_no_plan_are_refused_in_a_sentence() {
    let files: [(&str, &str, usize); 5] = [
        ("noise.bin", "", 4_096),
        ("film.mkv", "", 50 * MEGABYTE),
        ("broken.json", "{\"format\": \"phaseplan/1\", \"tasks\": [", 0),
        ("future.json", "{\"format\": \"phaseplan/999\", \"tasks\": []}", 0),
        ("empty.md", "", 0),
    ];
    journey(async |page| {
        page.write(PLAN).await?;
        for (name, content, size) in files {
            page.drop_file(name, content, size).await?;
            let notice = page.notice().await?;
            assert!(notice.contains(name) || notice.contains(' '), "{name}: {notice}");
            println!("{name}: {notice}");
            assert_eq!(page.text().await?, PLAN, "{name}");
            page.click("notice-close").await?;
        }
        Ok(())
    });
}

#[test]
fn broken_json_that_is_pasted_stays_text() {
    journey(async |page| {
        page.select_text().await?;
        page.copy_to_clipboard("{\"tasks\": [").await?;
        page.press_with(&[thirtyfour::Key::Control], 'v').await?;
        println!("{}", page.notice().await?);
        assert_eq!(page.text().await?, "{\"tasks\": [");
        Ok(())
    });
}

#[test]
fn ten_thousand_tasks_are_planned_and_the_page_still_answers() {
    let mut list = String::new();
    for number in 1..=10_000 {
        let after = if number > 40 { format!(" @after(T{})", number - 40) } else { String::new() };
        let _ = writeln!(list, "- T{number} Task {number} @owns(src/part{}/**){after} ~10m", number % 200);
    }
    journey(async |page| {
        let start = Instant::now();
        page.paste(&list).await?;
        println!("10,000 tasks planned after {:.1} s", start.elapsed().as_secs_f64());
        assert!(page.status().await?.contains("10000"), "{}", page.status().await?);
        let start = Instant::now();
        page.click("tab-outline").await?;
        page.part("outline-task").await?;
        println!("a click was answered after {:.1} s", start.elapsed().as_secs_f64());
        Ok(())
    });
}

/// All lines were drawn first, and all but the visible ones removed again, each with a count of all children.
#[test]
fn of_a_hundred_thousand_blank_lines_only_the_visible_ones_are_ever_drawn() {
    journey(async |page| {
        page.part("text").await?;
        page.script(
            "window.drawn = 0; new MutationObserver(changes => changes.forEach(change => { window.drawn += \
             change.addedNodes.length; })).observe(document.querySelector('.editor-lines'), { childList: true \
             }); const box = document.querySelector('[data-test=text]'); box.focus(); box.value = \
             '\\n'.repeat(100_000) + '- T1 One @owns(a/**) ~10m'; box.dispatchEvent(new Event('input', { \
             bubbles: true }));",
            vec![],
        )
        .await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"]]);
        let drawn = page.script("return window.drawn;", vec![]).await?;
        assert!(drawn.as_u64().is_some_and(|drawn| drawn > 0 && drawn < 1_000), "{drawn} lines were drawn");
        Ok(())
    });
}
