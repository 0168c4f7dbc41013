//! The main use: paste another tool's task list, get phases without collisions, and export them for agents.

use phaseplan::schedule::Budget;
use phaseplan::{Plan, Report, import};

use thirtyfour::Key;

use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::shared_folder;

#[test]
fn a_task_list_of_spec_kit_becomes_phases() {
    journey(async |page| {
        page.open_list(include_str!("../fixtures/imports/newsletter-tasks.md")).await?;
        no_phase_has_a_conflict(page).await
    });
}

#[test]
fn a_task_list_pasted_into_a_plan_is_offered_as_a_plan_of_its_own() {
    let mine = "# Mine\n- T1 One @owns(a)\n";
    journey(async |page| {
        page.write_and_save(mine).await?;
        page.copy_to_clipboard(include_str!("../fixtures/imports/newsletter-tasks.md")).await?;
        page.select_text().await?;
        page.press(Key::Right).await?;
        page.press_with(&[Key::Control], 'v').await?;
        let offer = page.part("notice-action").await?;
        assert_eq!(offer.text().await?, "Import as a new plan");
        assert!(page.text().await?.len() > mine.len(), "the paste itself is there");
        offer.click().await?;
        page.click("open-import").await?;
        page.until(
            "the plan is there",
            "document.querySelector('[data-test=title]').value.includes('ewsletter')",
        )
        .await?;
        page.planned().await?;
        no_phase_has_a_conflict(page).await?;
        page.click("notice-action").await?;
        // The plan it was pasted into is as it was before.
        page.holds_text(mine).await?;
        // Plan text belongs to the plan it is pasted into.
        page.copy_to_clipboard("- T7 Seven @owns(g)\n- T8 Eight @owns(h)\n").await?;
        page.select_text().await?;
        page.press(Key::Right).await?;
        page.press_with(&[Key::Control], 'v').await?;
        page.planned().await?;
        page.settle().await?;
        assert!(!page.shows("[data-test=notice-action]").await?);
        Ok(())
    });
}

#[test]
fn guessed_files_are_confirmed_with_one_press() {
    journey(async |page| {
        let list = "# Implementation Plan\n\n- [x] 1. Store\n  - [x] 1.1 Add `db/cart.sql`\n- [ ] 2. Page\n  \
            - [ ] 2.1 Build `web/cart.tsx`\n    - _Requirements: 1.1_\n  - [ ] 2.2 Style `web/cart.css`\n    \
            - _Requirements: 1.2_\n";
        page.open_list(list).await?;
        let headline = "document.querySelector('[data-test=status]').textContent.includes";
        page.until("it says that files are guessed", &format!("{headline}('0 of 2 · 2 on a guess')")).await?;
        assert!(page.text().await?.contains("@id(2.1)"), "{}", page.text().await?);
        let confirm = "[...document.querySelectorAll('[data-test=fix]')].find(fix => \
            fix.textContent.includes('Confirm all of them'))";
        page.until("the repair is there", confirm).await?;
        page.script(&format!("{confirm}.click();"), vec![]).await?;
        page.until("all are safe", &format!("{headline}('Safe to run: all 2')")).await?;
        assert!(!page.text().await?.contains("guessed"), "{}", page.text().await?);
        Ok(())
    });
}

#[test]
fn folders_lines_and_tables_of_other_tools_open() {
    let plan = |number: u32, after: &str, file: &str| {
        format!(
            "---\nphase: 01-cart\nplan: 0{number}\ntype: execute\nwave: {number}\ndepends_on: [{after}]\n\
             files_modified: [{file}]\nautonomous: true\n---\n\n<objective>\nPart {number}\n</objective>\n"
        )
    };
    journey(async |page| {
        let (one, two) = (plan(1, "", "src/store.ts"), plan(2, "01-01", "src/page.ts"));
        page.drop_files(&[("01-01-PLAN.md", &one), ("01-02-PLAN.md", &two)]).await?;
        page.click("open-import").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?.len(), 2);
        let beads = "{\"id\":\"shop-1\",\"title\":\"Store\",\"status\":\"open\",\"issue_type\":\"task\"}\n\
            {\"id\":\"shop-2\",\"title\":\"Page\",\"status\":\"open\",\"issue_type\":\"task\",\"dependencies\":[{\"issue_id\":\"shop-2\",\
            \"depends_on_id\":\"shop-1\",\"type\":\"blocks\"}]}\n";
        page.drop_file("issues.jsonl", beads, 0).await?;
        page.click("open-import").await?;
        page.until(
            "the issues are there",
            "document.querySelector('[data-test=text]').value.includes('shop-2')",
        )
        .await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["shop-1"], ["shop-2"]]);
        page.drop_file(
            "plan.csv",
            "id,title,depends_on,files\nA1,Store,,src/store.ts\nA2,Page,A1,src/page.ts\n",
            0,
        )
        .await?;
        page.click("open-import").await?;
        page.until("the table is there", "document.querySelector('[data-test=text]').value.includes('A2')")
            .await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["A1"], ["A2"]]);
        Ok(())
    });
}

#[test]
fn a_real_task_list_becomes_a_prompt_and_a_file() {
    let Some(file) = shared_folder::find("corpus/speckit/SK4/tasks.md") else { return };
    let list = std::fs::read_to_string(file).unwrap();
    journey(async |page| {
        page.open_list(&list).await?;
        assert!(page.status().await?.contains("of 57 done"), "{}", page.status().await?);

        let phases = page.phases().await?;
        let phase_of = |id: &str| phases.iter().position(|phase| phase.iter().any(|task| task == id));
        for writers_of_one_file in [&["T032", "T042", "T053"][..], &["T026", "T035"]] {
            let mut theirs: Vec<_> = writers_of_one_file.iter().map(|id| phase_of(id)).collect();
            theirs.sort();
            theirs.dedup();
            assert_eq!(theirs.len(), writers_of_one_file.len(), "{writers_of_one_file:?} share a phase");
            assert!(!theirs.contains(&None), "{writers_of_one_file:?} are not all planned");
        }
        no_phase_has_a_conflict(page).await?;

        let problems = page.problems().await?;
        let both = |text: &&String| text.contains("T026") && text.contains("T035");
        assert!(problems.iter().any(|text| both(&text)), "no problem names T026 and T035: {problems:#?}");

        page.choose_export("prompt").await?;
        page.click("copy").await?;
        page.until("it says that it is copied", "document.body.textContent.includes('Copied.')").await?;
        let prompt = page.clipboard().await?;
        assert!(prompt.contains("T026") && prompt.contains("T053"), "{prompt}");
        Ok(())
    });
}

/// Downloads the plan and lets the native program find conflicts: there must be none within a phase on the
/// screen.
async fn no_phase_has_a_conflict(page: &Page) -> Outcome {
    let phases = page.phases().await?;
    assert!(!phases.is_empty());
    let plan = downloaded_plan(page).await?;
    let report = Report::new(plan, &Budget::default());
    let phase_of = |task: usize| {
        let id = report.plan.tasks[task].id.as_str();
        phases.iter().position(|phase| phase.iter().any(|other| other == id))
    };
    for (position, task) in report.plan.tasks.iter().enumerate() {
        assert!(phase_of(position).is_some() || !task.status.is_open(), "{} is in no phase", task.id);
    }
    for conflict in &report.analysis.conflicts {
        assert_ne!(phase_of(conflict.a), phase_of(conflict.b), "{conflict:?}");
    }
    Ok(())
}

async fn downloaded_plan(page: &Page) -> Outcome<Plan> {
    page.choose_export("json").await?;
    page.click("download").await?;
    let file = page.downloaded(".json").await?;
    page.click("close-dialog").await?;
    let imported = import::import(&file, Some("plan.phaseplan.json")).map_err(|error| error.message)?;
    Ok(imported.plan)
}
