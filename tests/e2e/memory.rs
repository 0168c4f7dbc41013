//! Too little memory: no text is lost, and the page says what to do.

use std::fmt::Write;

use crate::journey::{Outcome, journey_with_broken_files};
use crate::page::Page;
use crate::wasm_file::with_little_memory;

const FIRST: &str = "- T1 First @owns(a/**) ~10m";

/// Tasks that take far more memory than their text.
fn many_tasks(count: usize) -> String {
    (1..=count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "- T{number} Task {number} @owns(src/part{number}/**)");
        text
    })
}

/// Limits the memory of a program to this many additional pages.
fn limit(page: &Page, name: &str, pages: u32) -> Outcome {
    let files = std::fs::read_dir(page.site_files())?.flatten().map(|file| file.path());
    let is_it = |path: &std::path::PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        file.starts_with(name) && file.ends_with("_bg.wasm")
    };
    let program = files.into_iter().find(is_it).ok_or("there is such a program")?;
    std::fs::write(&program, with_little_memory(&std::fs::read(&program)?, pages))?;
    // The page has the names of files with hashes of their contents.
    let index = page.site_files().join("index.html");
    let text = std::fs::read_to_string(&index)?;
    let without_sums: Vec<&str> = text.split(" integrity=\"").collect();
    let kept = without_sums.iter().enumerate().map(|(at, part)| match at {
        0 => part,
        _ => part.split_once('"').map_or("", |(_, rest)| rest),
    });
    std::fs::write(&index, kept.collect::<String>())?;
    Ok(())
}

#[test]
fn a_plan_too_large_for_the_worker_is_kept_and_can_be_made_smaller() {
    journey_with_broken_files(async |page| {
        limit(page, "worker", 48)?;
        page.open().await?;
        page.write(FIRST).await?;
        page.saved("Saved on this device").await?;
        let text = many_tasks(8_000);
        page.copy_to_clipboard(&text).await?;
        page.select_text().await?;
        page.press_with(&[thirtyfour::Key::Control], 'v').await?;
        page.until(
            "it says so",
            "/twice|stopped/.test(document.querySelector('[data-test=notice]')?.textContent)",
        )
        .await?;
        assert_eq!(page.text().await?, text);
        page.until(
            "the journal has it",
            "Object.keys(localStorage).some(key => /journal/.test(key) && localStorage[key].length > 200000)",
        )
        .await?;
        page.select_text().await?;
        page.insert(FIRST).await?;
        page.until(
            "it can be planned again",
            "/Plan again/.test(document.querySelector('[data-test=notice]')?.textContent)",
        )
        .await?;
        page.click("notice-action").await?;
        page.planned().await?;
        page.saved("Saved on this device").await?;
        assert_eq!(page.text().await?, FIRST);
        Ok(())
    });
}

#[test]
fn a_text_too_large_for_the_page_is_offered_and_comes_back() {
    journey_with_broken_files(async |page| {
        page.write(FIRST).await?;
        page.saved("Saved on this device").await?;
        let index = page.site_files().join("index.html");
        let before = std::fs::read_to_string(&index)?;
        limit(page, "phaseplan-", 8)?;
        page.open().await?;
        page.planned().await?;
        let text = many_tasks(30_000);
        page.copy_to_clipboard(&text).await?;
        page.select_text().await?;
        page.press_with(&[thirtyfour::Key::Control], 'v').await?;
        page.element("#stopped [data-act=download]").await?.click().await?;
        assert_eq!(page.downloaded(".phaseplan.md").await?, text.as_bytes());
        std::fs::write(&index, before)?;
        limit(page, "phaseplan-", 4_000)?;
        page.element("#stopped [data-act=again]").await?.click().await?;
        let length = text.len();
        page.until(
            "the text is back",
            &format!("document.querySelector('[data-test=text]').value.length === {length}"),
        )
        .await
    });
}
