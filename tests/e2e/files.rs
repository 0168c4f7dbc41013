//! Files in: chosen or dropped, they become plans of their own and replace nothing.

use std::path::Path;

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
