//! Plans in links: sent from one page, opened in another, and never in place of anything.

use thirtyfour::prelude::*;

use crate::journey::{journey, journey_with_broken_files};

/// The program that codes links.
const CODER: &str = "coder_bg.wasm";
const MINE: &str = "- T1 Mine @owns(a/**) ~10m";
const THEIRS: &str =
    "# Theirs\n\n- T1 One @owns(b/**) ~10m\n  Tell nobody.\n- T2 Two @owns(c/**) @after(T1) ~10m";

#[test]
fn a_plan_is_sent_as_a_link_and_opened_without_replacing_anything() {
    journey(async |page| {
        page.write(THEIRS).await?;
        page.click("share").await?;
        let link = page.part("share-link").await?.value().await?.unwrap_or_default();
        assert!(link.contains("#1."), "{link}");
        page.click("close-dialog").await?;
        page.click("open").await?;
        page.click("new-plan").await?;
        page.part("start").await?;
        page.write(MINE).await?;
        page.until(
            "it is saved",
            "document.querySelector('[data-test=saved]').textContent.startsWith('Saved')",
        )
        .await?;

        page.driver.goto(&link).await?;
        page.driver.refresh().await?;
        page.part("banner").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"], ["T2"]]);
        assert!(page.text().await?.contains("Tell nobody."));

        page.click("leave-link").await?;
        page.until("the own plan is back", "!document.querySelector('[data-test=banner]')").await?;
        page.planned().await?;
        assert_eq!(page.text().await?, MINE);

        page.paste(&format!("Look at {link}, please")).await?;
        page.part("banner").await?;
        page.click("edit-copy").await?;
        page.until("it is one's own", "!document.querySelector('[data-test=banner]')").await?;
        let text = page.text().await?;
        page.select_text().await?;
        page.insert(&format!("{text}\n- T3 Three @owns(d) ~5m")).await?;
        page.planned().await?;
        assert_eq!(page.phases().await?.concat().len(), 3);

        page.click("open").await?;
        page.part("recent").await?;
        let recent = page.driver.find_all(By::Css("[data-test=recent]")).await?;
        let mut names = Vec::new();
        for plan in recent {
            names.push(plan.text().await?);
        }
        assert!(names.iter().any(|name| name.contains("Mine")), "{names:?}");
        Ok(())
    });
}

#[test]
fn a_link_that_was_cut_says_so_and_opens_nothing() {
    journey(async |page| {
        page.write(MINE).await?;
        page.click("share").await?;
        let link = page.part("share-link").await?.value().await?.unwrap_or_default();
        page.click("close-dialog").await?;
        page.paste(&link[..link.len() - 5]).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("cut off"), "{notice}");
        Ok(())
    });
}

#[test]
fn the_coder_is_loaded_once_and_only_for_a_link() {
    journey(async |page| {
        page.write(MINE).await?;
        page.click("export").await?;
        page.click("close-dialog").await?;
        page.paste("See #1.p.x for more").await?;
        assert_eq!(page.requests(CODER), 0);
        page.write(MINE).await?;
        for _ in 0..3 {
            page.click("share").await?;
            page.part("share-link").await?;
            page.click("close-dialog").await?;
        }
        assert_eq!(page.requests(CODER), 1);
        Ok(())
    });
}

#[test]
fn a_coder_that_does_not_load_is_told_and_tried_again() {
    journey_with_broken_files(async |page| {
        page.write(MINE).await?;
        page.saved("Saved on this device").await?;
        let (coder, aside) = (page.site_files().join(CODER), page.site_files().join("aside"));
        std::fs::rename(&coder, &aside)?;
        page.click("share").await?;
        page.until(
            "it says so",
            "/did not load/.test(document.querySelector('[data-test=share-dialog]').textContent)",
        )
        .await?;
        page.click("close-dialog").await?;
        assert_eq!(page.text().await?, MINE);
        std::fs::rename(&aside, &coder)?;
        page.click("share").await?;
        assert!(page.part("share-link").await?.value().await?.unwrap_or_default().contains("#1.p."));
        Ok(())
    });
}
