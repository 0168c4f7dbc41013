//! Opening files: chosen or dropped, they become new plans and replace nothing. What the preview of another tool's
//! plan does is tested in `imports`.

use std::path::{Path, PathBuf};

use thirtyfour::prelude::*;

use crate::journey::{Outcome, journey};
use crate::page::Page;

const FIRST: &str = "- T1 First plan @owns(a/**) ~10m";

#[test]
fn a_dropped_file_opens_and_the_plan_before_comes_back() {
    journey(async |page| {
        page.write(FIRST).await?;
        let dropped = "# Dropped\n\n- T1 One @owns(b/**) ~10m\n- T2 Two @owns(c/**) @after(T1) ~10m\n";
        page.drop_file("dropped.phaseplan.md", dropped, 0).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("dropped.phaseplan.md"), "{notice}");
        page.planned().await?;
        assert_eq!(page.text().await?, dropped);
        assert_eq!(page.phases().await?, [["T1"], ["T2"]]);

        page.click("open").await?;
        page.part("recent").await?;
        let recent = page.driver.find_all(By::Css("[data-test=recent]")).await?;
        for plan in recent {
            if plan.text().await?.contains("First plan") {
                plan.click().await?;
                page.planned().await?;
                assert_eq!(page.text().await?, FIRST);
                return Ok(());
            }
        }
        Err("the plan before is not among the recent ones".into())
    });
}

const TASKS: &str = include_str!("../fixtures/imports/newsletter-tasks.md");

/// Waits until the plan of [`TASKS`] is shown with a note about where it was read from, opens it, and waits for a
/// notice that says what was opened.
async fn tasks_are_open(page: &Page, opened: &str, read_from: &str) -> Outcome {
    let shown = page.part("import").await?.text().await?;
    assert!(shown.contains(read_from) && shown.contains("17 tasks"), "{shown}");
    page.click("open-import").await?;
    let notice = page.notice().await?;
    assert!(notice.contains(opened) && notice.contains("spec-kit tasks.md: 17 tasks"), "{notice}");
    page.planned().await?;
    assert!(page.status().await?.contains("2 of 16 done"), "{}", page.status().await?);
    Ok(())
}

#[test]
fn files_that_are_dropped_together_are_read_as_one_plan() {
    journey(async |page| {
        let readme = "# App\n\n- fast\n- small\n";
        page.drop_files(&[("README.md", readme), ("tasks.md", TASKS), ("package.json", "{}")]).await?;
        tasks_are_open(page, "3 files", "Read from tasks.md; 2 other files were not.").await?;
        page.drop_files(&[("README.md", readme), ("package.json", "{}")]).await?;
        page.until(
            "it is refused",
            "document.querySelector('[data-test=notice]').textContent.includes('None of these 2 files')",
        )
        .await
    });
}

#[test]
fn a_dropped_folder_is_read_as_one_plan() {
    let folder = Odd::of("plan-folder");
    let specs = folder.0.join("app/specs/1");
    std::fs::create_dir_all(&specs).expect("the temporary folder can be written");
    std::fs::write(specs.join("tasks.md"), TASKS).expect("it can be written");
    std::fs::write(folder.0.join("app/README.md"), "# App\n").expect("it can be written");
    journey(async |page| {
        page.drop_path(&folder.0.join("app")).await?;
        tasks_are_open(page, "Opened app", "Read from app/specs/1/tasks.md; 1 other file was not.").await
    });
}

#[test]
fn a_zip_archive_opens() {
    journey(async |page| {
        let archive = phaseplan::zip::write([("app/README.md", "# App\n"), ("app/tasks.md", TASKS)]);
        let path = std::env::temp_dir().join(format!("phaseplan-{}.zip", std::process::id()));
        std::fs::write(&path, archive)?;
        let input = page.driver.find(By::Css("[data-test=file-input]")).await?;
        input.send_keys(path.to_string_lossy().as_ref()).await?;
        tasks_are_open(page, ".zip", "Read from app/tasks.md; 1 other file was not.").await?;
        Ok(std::fs::remove_file(path)?)
    });
}

#[test]
fn a_chosen_file_opens() {
    journey(async |page| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plans/storefront.md");
        let input = page.driver.find(By::Css("[data-test=file-input]")).await?;
        input.send_keys(path.to_string_lossy().as_ref()).await?;
        page.planned().await?;
        assert_eq!(page.phases().await?.concat().len(), 7);
        assert_eq!(page.text().await?, std::fs::read_to_string(path)?);
        Ok(())
    });
}

/// A folder, and a sparse file of a gigabyte; both are deleted when this is dropped. Tests run in parallel,
/// so each has its own.
struct Odd(PathBuf);

impl Odd {
    fn of(test: &str) -> Odd {
        let folder = std::env::temp_dir().join(format!("phaseplan-{test}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("folder")).expect("the temporary folder can be written");
        let file = std::fs::File::create(folder.join("huge.md")).expect("it can be written");
        file.set_len(1 << 30).expect("a file may have holes");
        Odd(folder)
    }
}

impl Drop for Odd {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_and_a_gigabyte_are_refused_in_a_sentence() {
    let odd = Odd::of("dropped");
    journey(async |page| {
        page.write(FIRST).await?;
        for (name, words) in [("folder", "a file inside it"), ("huge.md", "1024 MB")] {
            page.drop_path(&odd.0.join(name)).await?;
            let notice = page.notice().await?;
            assert!(notice.contains(name) && notice.contains(words), "{notice}");
            assert_eq!(page.text().await?, FIRST);
            page.click("notice-close").await?;
        }
        Ok(())
    });
}

#[test]
fn a_notice_stands_in_front_of_the_dialog_it_is_about() {
    let odd = Odd::of("chosen");
    journey(async |page| {
        page.write(FIRST).await?;
        page.click("open").await?;
        page.element("[data-act=compare-plan]").await?.click().await?;
        page.element("#documents [data-act=compare-document], #documents textarea").await?;
        let input = page.driver.find(By::Css("[data-test=file-input]")).await?;
        // Like the button in the dialog, but without the system's window.
        page.script(
            "HTMLInputElement.prototype.click = () => {}; \
             document.querySelector('[data-act=compare-file]').click();",
            vec![],
        )
        .await?;
        input.send_keys(odd.0.join("huge.md").to_string_lossy().as_ref()).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("1024 MB"), "{notice}");
        let is_in_front = "(() => { const { x, y, width, height } = \
            document.querySelector('[data-test=notice] p').getBoundingClientRect(); return \
            document.elementFromPoint(x + width / 2, y + height / 2)?.closest('[data-test=notice]'); })()";
        page.until("it can be read", is_in_front).await?;
        // Closed by hand, it disappears.
        page.click("notice-close").await?;
        page.until("it is gone", "!document.querySelector('[data-test=notice]')").await?;
        // A notice remains on the page when the dialog closes.
        input.send_keys(odd.0.join("huge.md").to_string_lossy().as_ref()).await?;
        page.part("notice").await?;
        page.click("close-dialog").await?;
        page.until("it is on the page", "!document.querySelector('dialog[open]')").await?;
        page.until("it can still be read", is_in_front).await
    });
}

#[test]
fn a_plan_that_is_only_looked_at_in_another_tab_is_not_saved_by_it() {
    journey(async |page| {
        page.write(FIRST).await?;
        page.until(
            "it is saved",
            "document.querySelector('[data-test=saved]').textContent.startsWith('Saved')",
        )
        .await?;
        let before = page.stored("heads").await?;
        page.driver.refresh().await?;
        page.planned().await?;
        page.press_with(&[Key::Control], 's').await?;
        page.until(
            "it says so",
            "document.querySelector('[data-test=spoken]').textContent === 'Saved on this device.'",
        )
        .await?;
        assert_eq!(page.stored("heads").await?, before);
        Ok(())
    });
}
