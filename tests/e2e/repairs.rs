//! One button fixes a problem, and the fix can be undone.

use thirtyfour::Key;

use crate::journey::journey;

#[test]
fn a_repair_takes_the_problem_away_and_undo_brings_it_back() {
    journey(async |page| {
        page.write("- T1 One @owns(src/api/**) ~20m\n- T2 Two @owns(src/api/users.rs, docs/**) ~10m").await?;
        let before = page.text().await?;
        let problems = page.problems().await?;
        assert!(problems.iter().any(|text| text.contains("src/api/users.rs")), "{problems:#?}");
        page.click("tab-problems").await?;
        page.click("fix").await?;
        page.planned().await?;
        let after = page.text().await?;
        assert_ne!(after, before);
        let left = page.problems().await?;
        assert!(left.len() < problems.len(), "{left:#?}");

        page.click("notice-action").await?;
        page.planned().await?;
        assert_eq!(page.text().await?, before);
        assert_eq!(page.problems().await?, problems);
        page.click("redo").await?;
        page.planned().await?;
        assert_eq!(page.text().await?, after);
        Ok(())
    });
}

/// A notice holds the step it is about: pressing it late never undoes anything else.
#[test]
fn a_notice_undoes_its_own_step_or_nothing() {
    journey(async |page| {
        page.write("- T1 One @owns(src/api/**) ~20m\n- T2 Two @owns(src/api/users.rs, docs/**) ~10m").await?;
        page.click("tab-problems").await?;
        page.click("fix").await?;
        page.part("notice-action").await?;
        page.planned().await?;
        // Undone by the keys: there is nothing left for the notice to undo.
        page.press_with(&[Key::Control], 'z').await?;
        page.until("the offer is gone", "!document.querySelector('[data-test=notice-action]')").await?;
        // Something is typed after the repair.
        page.planned().await?;
        page.click("fix").await?;
        page.part("notice-action").await?;
        page.planned().await?;
        let repaired = page.text().await?;
        page.select_text().await?;
        page.press(Key::End).await?;
        page.insert("\n- T3 Three @owns(c)").await?;
        page.until("the offer is gone", "!document.querySelector('[data-test=notice-action]')").await?;
        assert!(page.text().await?.starts_with(&repaired));
        Ok(())
    });
}
