//! The main job: a task list of another tool goes in, phases without collisions come out, and agents can be told.

use phaseplan::plan::Status;
use phaseplan::schedule::Budget;
use phaseplan::{Plan, Report, import};

use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::shared_corpus;

#[test]
fn a_task_list_of_spec_kit_becomes_phases() {
    journey(async |page| {
        page.paste(include_str!("../fixtures/imports/newsletter-tasks.md")).await?;
        no_phase_has_a_conflict(page).await
    });
}

#[test]
fn a_real_task_list_becomes_a_prompt_and_a_file() {
    let Some(list) = shared_corpus::read("speckit/SK4/tasks.md") else { return };
    journey(async |page| {
        page.paste(&list).await?;
        assert!(page.status().await?.contains("57 tasks"), "{}", page.status().await?);

        let phases = page.phases().await?;
        let phase_of = |id: &str| phases.iter().position(|phase| phase.iter().any(|task| task == id));
        for writers_of_one_file in [&["T022", "T032", "T042", "T053"][..], &["T026", "T035"]] {
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

/// Downloads the plan and lets the native program find conflicts: none may be inside one phase of the screen.
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
        assert!(phase_of(position).is_some() || task.status == Status::Dropped, "{} is in no phase", task.id);
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
