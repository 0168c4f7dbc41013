//! Lengths of links, compared with those of other programs.
//!
//! `cargo xtask bench link FILES [--json]`. A file is a plan in any supported format, or a generated plan
//! with prose `{cap, resources, tasks: [{id, dur, deps, files, res, title, text}]}`. All lengths are
//! characters of a fragment: bytes in base64, six bits per character.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use phaseplan::Plan;
use phaseplan::export::json::PlanFile;
use phaseplan::plan::{Estimate, Resource, ResourceUse, Task, TaskId};
use phaseplan::share::{self, Contents};
use serde::{Deserialize, Serialize};

use crate::rim::{processor_time, read, say};
use crate::rivals::Rivals;

/// One line of the result.
#[derive(Serialize)]
struct Row {
    file: String,
    tasks: usize,
    /// Length of the link, with instructions.
    characters: usize,
    /// Length of the link without instructions.
    structure_only: usize,
    write_ms: f64,
    read_ms: f64,
    #[serde(flatten)]
    rivals: Rivals,
}

/// Measures every file.
pub fn run(files: &[PathBuf], json: bool) -> Result<(), String> {
    share::coder::provide(Rc::new(codec::LinkedIn));
    // The model is primed once per process, so priming is measured separately.
    let begin = processor_time();
    share::link(&Plan::default(), Contents::Full).map_err(|error| error.to_string())?;
    let priming = milliseconds(processor_time() - begin);
    if !json {
        say(&in_columns(&heads()));
    }
    for file in files {
        let row = measure(file)?;
        say(&match json {
            true => serde_json::to_string(&row).map_err(|error| error.to_string())?,
            false => in_columns(&row.columns()),
        });
    }
    if !json {
        say(&format!(
            "Times are processor milliseconds; the first link also costs {priming:.0} for priming the model."
        ));
    }
    Ok(())
}

fn heads() -> Vec<String> {
    let mut heads = ["file", "tasks", "link", "structure", "write", "read"].map(str::to_owned).to_vec();
    heads.extend(Rivals::HEADS.map(str::to_owned));
    heads
}

impl Row {
    fn columns(&self) -> Vec<String> {
        let mut columns = vec![
            self.file.rsplit('/').next().unwrap_or(&self.file).to_owned(),
            self.tasks.to_string(),
            self.characters.to_string(),
            self.structure_only.to_string(),
            format!("{:.1}", self.write_ms),
            format!("{:.1}", self.read_ms),
        ];
        columns.extend(self.rivals.columns());
        columns
    }
}

fn in_columns(columns: &[String]) -> String {
    let (file, numbers) = columns.split_first().map_or(("", &[][..]), |(file, rest)| (file.as_str(), rest));
    numbers.iter().fold(format!("{file:24}"), |line, number| line + &format!(" {number:>9}"))
}

fn measure(path: &Path) -> Result<Row, String> {
    let (plan, json) = plan_in(path)?;
    let (link, write_ms) = fastest(|| share::link(&plan, Contents::Full));
    let fragment = link.map_err(|error| error.to_string())?.fragment;
    let (opened, read_ms) = fastest(|| share::open(&fragment));
    let opened = opened.map_err(|error| error.to_string())?;
    let mut expected = plan.clone();
    phaseplan::plan::normal::normalise(&mut expected);
    if opened.plan != expected {
        return Err(format!("{}: the link opens as another plan.", path.display()));
    }
    let structure = share::link(&plan, Contents::StructureOnly).map_err(|error| error.to_string())?;
    Ok(Row {
        file: path.display().to_string(),
        tasks: plan.tasks.len(),
        characters: fragment.len(),
        structure_only: structure.fragment.len(),
        write_ms,
        read_ms,
        rivals: Rivals::of(&plan, &json, fragment.len()),
    })
}

/// The least processor time of five runs, in milliseconds.
fn fastest<T>(run: impl Fn() -> T) -> (T, f64) {
    let timed = || {
        let begin = processor_time();
        let result = run();
        (result, milliseconds(processor_time() - begin))
    };
    let (result, mut least) = timed();
    for _ in 0..4 {
        least = least.min(timed().1);
    }
    (result, least)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A generated plan with prose.
#[derive(Deserialize)]
struct Generated {
    cap: u32,
    resources: BTreeMap<String, u32>,
    tasks: Vec<GeneratedTask>,
}

#[derive(Deserialize)]
struct GeneratedTask {
    id: String,
    dur: u32,
    deps: Vec<String>,
    files: Vec<String>,
    res: BTreeMap<String, u32>,
    title: String,
    text: String,
}

/// The plan, and the JSON that others would compress: the file itself if it is generated, otherwise plan
/// JSON.
fn plan_in(path: &Path) -> Result<(Plan, String), String> {
    let text = read(path)?;
    if let Ok(generated) = serde_json::from_str::<Generated>(&text) {
        return Ok((plan_of(generated), text.trim().to_owned()));
    }
    let imported =
        phaseplan::import::import(text.as_bytes(), path.to_str()).map_err(|error| error.message)?;
    let json = serde_json::to_string(&PlanFile::of(&imported.plan)).map_err(|error| error.to_string())?;
    Ok((imported.plan, json))
}

fn plan_of(generated: Generated) -> Plan {
    let mut plan = Plan::default();
    plan.settings.max_parallel = generated.cap;
    plan.resources =
        generated.resources.into_iter().map(|(name, capacity)| Resource { name, capacity }).collect();
    plan.tasks = generated
        .tasks
        .into_iter()
        .map(|task| Task {
            id: TaskId(task.id),
            title: task.title,
            instructions: task.text,
            owns: task.files,
            after: task.deps.into_iter().map(TaskId).collect(),
            uses: task.res.into_iter().map(|(resource, amount)| ResourceUse { resource, amount }).collect(),
            minutes: Some(Estimate::exactly(task.dur)),
            ..Task::default()
        })
        .collect();
    plan
}
