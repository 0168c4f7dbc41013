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
        page.paste(include_str!("../fixtures/imports/newsletter-tasks.md")).await?;
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
fn a_real_task_list_becomes_a_prompt_and_a_file() {
    let Some(file) = shared_folder::find("corpus/speckit/SK4/tasks.md") else { return };
    let list = std::fs::read_to_string(file).unwrap();
    journey(async |page| {
        page.paste(&list).await?;
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
