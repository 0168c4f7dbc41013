//! Changing a plan through fields; the text follows.

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
fn an_empty_field_does_not_look_like_a_value() {
    let looks_like_a_value = "[...document.querySelectorAll('[placeholder]')].filter(field => \
        field.closest('.rows, .task') && /[0-9/*@_]|T\\d/.test(field.placeholder)).length";
    journey(async |page| {
        page.write("- One\n- Two").await?;
        page.element("[data-test=task-card]").await?.click().await?;
        page.part("task").await?;
        page.click("tab-table").await?;
        page.part("row").await?;
        assert_eq!(page.script(&format!("return {looks_like_a_value};"), vec![]).await?, 0);
        // Whoever is about to write is told how.
        let example = "[data-test=task] .labelled:has([data-field=after]) .example";
        assert!(!page.shows(example).await?);
        page.element("[data-test=task] [data-field=after]").await?.click().await?;
        assert!(page.element(example).await?.text().await?.starts_with("e.g. T1"));
        Ok(())
    });
}

#[test]
fn a_new_task_is_named_at_once() {
    journey(async |page| {
        page.write("- T1 One @owns(a)").await?;
        page.click("tab-table").await?;
        page.click("add-task").await?;
        let is_there = "document.activeElement.matches('[data-test=row][data-task=T2] [data-field=title]')";
        page.until("its title has the focus", is_there).await?;
        page.insert("Second").await?;
        page.press(Key::Tab).await?;
        page.until(
            "the text says it",
            "document.querySelector('[data-test=text]').value.includes('- T2 Second')",
        )
        .await?;
        // On a phone, its form opens.
        page.resize(390, 844).await?;
        page.click("close-task").await?;
        page.click("pane-tasks").await?;
        page.element(".phone-bar [data-test=add-task]").await?.click().await?;
        let is_there = "document.activeElement.matches('[data-test=task][data-task=T3] [data-field=title]')";
        page.until("its title has the focus", is_there).await
    });
}

#[test]
fn a_change_elsewhere_leaves_all_other_lines_as_they_were_written() {
    let plan = "# Title\n\n<!-- kept -->\n*   T1   One   @owns( a/** )   ~10m\nA note.\n\n## Group\n- [ \
        ]  T2 Two ~10m @owns(b/**)\n    Say it   twice.\n\n\n- T3 Three @owns(c/**)";
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

/// Replaces the value of a field and leaves it.
async fn fill(page: &Page, field: &str, text: &str) -> Outcome {
    let field = page.element(field).await?;
    field.click().await?;
    page.press_with(&[Key::Control], 'a').await?;
    page.insert(text).await?;
    page.press(Key::Tab).await
}
