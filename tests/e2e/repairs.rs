//! A problem is repaired by one button, and the repair can be undone.

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
