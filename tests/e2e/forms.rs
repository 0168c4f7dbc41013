//! Changing a plan through fields instead of text; the text follows.

use thirtyfour::Key;

use crate::journey::{Outcome, journey};
use crate::page::Page;

const PLAN: &str = "- T1 One @owns(a/**) ~10m\n- T2 Two @owns(b/**) ~10m";

#[test]
fn the_form_of_a_task_changes_the_text_and_the_phases() {
    journey(async |page| {
        page.write(PLAN).await?;
        page.element("[data-test=task-card][data-task=T2]").await?.click().await?;
        page.click("tab-task").await?;
        fill(page, "[data-test=task] [data-field=owns]", "a/two.rs").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?.len(), 2);
        assert!(page.text().await?.contains("a/two.rs"), "{}", page.text().await?);
        Ok(())
    });
}

#[test]
fn the_table_changes_the_text_and_the_phases() {
    journey(async |page| {
        page.write(PLAN).await?;
        page.click("tab-table").await?;
        fill(page, "[data-test=row][data-task=T2] [data-field=after]", "T1").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"], ["T2"]]);
        page.click("add-task").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?.concat().len(), 3);
        page.click("tab-text").await?;
        let text = page.text().await?;
        assert!(text.contains("@after(T1)") && text.contains("T3"), "{text}");
        Ok(())
    });
}

#[test]
fn a_change_elsewhere_leaves_all_other_lines_as_they_were_written() {
    let plan = "# Title\n\n<!-- kept -->\n*   T1   One   @owns( a/** )   ~10m\nA note.\n\n## Group\n- [ ]  T2 Two ~10m @owns(b/**)\n    \
        Say it   twice.\n\n\n- T3 Three @owns(c/**)";
    let others = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.contains("T2")).map(str::to_owned).collect()
    };
    journey(async |page| {
        page.write(plan).await?;
        page.element("[data-test=task-card][data-task=T2]").await?.click().await?;
        page.click("tab-task").await?;
        fill(page, "[data-test=task] [data-field=owns]", "a/two.rs").await?;
        page.planned().await?;
        let by_form = page.text().await?;
        assert!(by_form.contains("a/two.rs"), "{by_form}");
        assert_eq!(others(&by_form), others(plan), "{by_form}");
        page.click("tab-problems").await?;
        page.click("fix").await?;
        page.until(
            "it is repaired",
            &format!("document.querySelector('[data-test=text]').value !== {by_form:?}"),
        )
        .await?;
        page.planned().await?;
        let by_repair = page.text().await?;
        let changed = by_repair.lines().filter(|line| !by_form.lines().any(|other| other == *line)).count();
        assert_eq!(changed, 1, "{by_repair}");
        assert!(by_repair.contains("<!-- kept -->") && by_repair.contains("\nA note.\n"), "{by_repair}");
        Ok(())
    });
}

/// Replaces what a field holds and leaves it.
async fn fill(page: &Page, field: &str, text: &str) -> Outcome {
    let field = page.element(field).await?;
    field.click().await?;
    page.press_with(&[Key::Control], 'a').await?;
    page.insert(text).await?;
    page.press(Key::Tab).await
}
