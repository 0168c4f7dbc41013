//! The files of a repository: dropped, they become the list of files of the open plan.

use std::path::PathBuf;

use crate::journey::journey;

/// A folder that is deleted when this is dropped.
struct Repository(PathBuf);

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Repository {
    /// With many files, so that only their names are read.
    fn new() -> Repository {
        let folder = std::env::temp_dir().join(format!("phaseplan-evidence-{}", std::process::id()));
        for at in 0..2_100 {
            let inner = folder.join(format!("shop/src/part{}", at % 30));
            std::fs::create_dir_all(&inner).expect("the temporary folder can be written");
            std::fs::write(inner.join(format!("{at}.rs")), "fn main() {}\n").expect("it can be written");
        }
        Repository(folder)
    }
}

#[test]
fn the_names_in_a_dropped_folder_are_known_after_a_reload_until_they_are_removed() {
    let repository = Repository::new();
    let plan = "- T1 Part @owns(src/part1) ~10m\n- T2 All @owns(**/*.rs) ~10m";
    journey(async |page| {
        page.write(plan).await?;
        page.planned().await?;
        page.drop_path(&repository.0.join("shop")).await?;
        let knows =
            "document.querySelector('[data-test=known-files]')?.textContent.includes('Knows 2,100 files')";
        page.until("the list of files is known", knows).await?;
        page.until("the folder is told", "!!document.querySelector('[data-code=PP321]')").await?;
        assert_eq!(page.text().await?, plan);
        page.click("notice-close").await?;
        page.saved("Saved on this device").await?;
        assert_eq!(page.stored("evidence").await?.len(), 1);
        let link = page.link().await?;
        assert!(!link.contains("2100") && link.len() < 300, "{link}");

        page.has_started().await?;
        page.open().await?;
        page.until("the list of files is known again", knows).await?;
        page.until("and so is what follows from it", "!!document.querySelector('[data-code=PP321]')").await?;
        // A change of the plan leaves the list as it is.
        page.write(&format!("{plan}\n- T3 More @owns(more)")).await?;
        page.saved("Saved on this device").await?;
        page.open_shelf().await?;
        page.click("duplicate").await?;
        page.until("there is a copy", "document.querySelectorAll('[data-test=document]').length === 2")
            .await?;
        assert_eq!(page.stored("evidence").await?.len(), 2, "the copy knows as much");
        page.click("close-dialog").await?;

        page.script("document.querySelector('[data-test=known-files] button').click()", Vec::new()).await?;
        page.until("it is gone", "!document.querySelector('[data-test=known-files]')").await?;
        page.until("so is what followed from it", "!document.querySelector('[data-code=PP321]')").await?;
        page.saved("Saved on this device").await?;
        page.has_started().await?;
        page.open().await?;
        page.planned().await?;
        assert!(!page.shows("[data-test=known-files]").await?, "it does not come back");
        assert_eq!(page.stored("evidence").await?.len(), 1, "the copy keeps its own");
        Ok(())
    });
}
