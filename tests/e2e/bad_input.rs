//! Input that no plan can be read from: a sentence says what is wrong, and nothing is lost.

use std::fmt::Write;
use std::time::{Duration, Instant};

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
        assert!(page.status().await?.contains("10000 tasks"), "{}", page.status().await?);
        let start = Instant::now();
        page.click("tab-outline").await?;
        page.part("outline-task").await?;
        let answered = start.elapsed();
        assert!(answered < Duration::from_secs(5), "a click was answered after {answered:?}");
        Ok(())
    });
}
