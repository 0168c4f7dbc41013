//! Files in: chosen or dropped, they become plans of their own and replace nothing.

use std::path::{Path, PathBuf};

use thirtyfour::prelude::*;

use crate::journey::journey;

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

/// A folder and a file of a gigabyte that takes no room, which go when this is dropped. Tests run at once, so that each
/// has its own.
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
        // As the button of the dialog does, but without the window of the system.
        page.script(
            "HTMLInputElement.prototype.click = () => {}; document.querySelector('[data-act=compare-file]').click();",
            vec![],
        )
        .await?;
        input.send_keys(odd.0.join("huge.md").to_string_lossy().as_ref()).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("1024 MB"), "{notice}");
        let is_in_front = "(() => { const { x, y, width, height } = \
            document.querySelector('[data-test=notice] p').getBoundingClientRect(); \
            return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('[data-test=notice]'); })()";
        page.until("it can be read", is_in_front).await?;
        // Pressed as by hand, it goes away.
        page.click("notice-close").await?;
        page.until("it is gone", "!document.querySelector('[data-test=notice]')").await?;
        // One that is there when the dialog closes stays on the page.
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
