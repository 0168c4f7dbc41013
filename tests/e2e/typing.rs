//! Typing plan text: the schedule follows, nothing is lost, and everything can be undone.

use thirtyfour::Key;

use crate::journey::journey;

const APART: &str = "- T1 One @owns(a/**) ~10m\n- T2 Two @owns(b/**) ~10m";

#[test]
fn phases_follow_every_keystroke() {
    journey(async |page| {
        page.write(APART).await?;
        assert_eq!(page.phases().await?, [["T1", "T2"]]);
        page.part("text").await?.click().await?;
        page.press_with(&[Key::Control], Key::End).await?;
        page.press(" @after(T1)").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"], ["T2"]]);
        Ok(())
    });
}

#[test]
fn a_reload_keeps_the_plan() {
    journey(async |page| {
        page.write(APART).await?;
        page.until("it is saved", "/saved/i.test(document.querySelector('[data-test=saved]').textContent)")
            .await?;
        page.open().await?;
        page.planned().await?;
        assert_eq!(page.text().await?, APART);
        assert_eq!(page.phases().await?, [["T1", "T2"]]);
        Ok(())
    });
}

#[test]
fn undo_and_redo_walk_through_what_was_written() {
    journey(async |page| {
        page.write(APART).await?;
        let together = "- T1 One @owns(a/**) ~10m\n- T2 Two @owns(a/**) ~10m";
        // A pause starts a new step of the history.
        tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
        page.write(together).await?;
        assert_eq!(page.phases().await?.len(), 2);
        page.click("undo").await?;
        page.planned().await?;
        assert_eq!(page.text().await?, APART);
        assert_eq!(page.phases().await?.len(), 1);
        page.click("redo").await?;
        page.planned().await?;
        assert_eq!(page.text().await?, together);
        Ok(())
    });
}

/// An answer may arrive after the requesting part of the screen is gone.
#[test]
fn a_view_that_is_left_while_it_is_drawn_breaks_nothing() {
    journey(async |page| {
        for _ in 0..5 {
            page.write("- T1 One @owns(a) ~10m\n- T2 Two @owns(b) @after(T1) ~10m").await?;
            page.click("tab-table").await?;
            page.click("tab-timeline").await?;
            page.click("tab-text").await?;
            page.click("tab-phases").await?;
            page.select_text().await?;
            page.press(Key::Delete).await?;
            page.part("start").await?;
        }
        page.write("- T1 One @owns(a) ~10m").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"]]);
        Ok(())
    });
}
