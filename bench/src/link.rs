//! How long links are, beside what other programs put into theirs.
//!
//! `cargo xtask bench link FILES [--json]`; a file is a plan in any format that is read, or one of the generated plans with
//! prose `{cap, resources, tasks: [{id, dur, deps, files, res, title, text}]}`. All lengths are characters of a fragment:
//! bytes in base64, six bits for each character.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use phaseplan::Plan;
use phaseplan::export::json::PlanFile;
use phaseplan::plan::{Estimate, Resource, ResourceUse, Task, TaskId};
use phaseplan::share::{self, Contents};
use serde::{Deserialize, Serialize};

use crate::rim::processor_time;

/// One line of the result.
#[derive(Serialize)]
struct Row {
    file: String,
    tasks: usize,
    /// The link, with instructions.
    characters: usize,
    /// The link without them.
    structure_only: usize,
    /// JSON, deflate at level 9, base64: what mermaid.live does.
    mermaid: usize,
    /// `characters / mermaid`
    ratio: f64,
    json_brotli: usize,
    json_zstd: usize,
    columns_deflate: usize,
    columns_brotli: usize,
    columns_zstd: usize,
    write_ms: f64,
    read_ms: f64,
}

/// Measures every file.
pub fn run(files: &[PathBuf], json: bool) -> Result<(), String> {
    // Priming the model is done once in a program's life and is measured by itself.
    let begin = processor_time();
    share::link(&Plan::default(), Contents::Full).map_err(|error| error.to_string())?;
    let priming = milliseconds(processor_time() - begin);
    if !json {
        println!(
            "{:24} {:>6} {:>7} {:>9} {:>6} {:>10} {:>8} {:>8} {:>9} {:>8} {:>8} {:>6} {:>6}",
            "file",
            "tasks",
            "link",
            "structure",
            "ratio",
            "deflate",
            "brotli",
            "zstd",
            "columns+d",
            "+brotli",
            "+zstd",
            "write",
            "read"
        );
    }
    for file in files {
        let row = measure(file)?;
        match json {
            true => println!("{}", serde_json::to_string(&row).map_err(|error| error.to_string())?),
            false => println!("{}", row.line()),
        }
    }
    if !json {
        println!(
            "Times are processor milliseconds; the first link also costs {priming:.0} for priming the model."
        );
    }
    Ok(())
}

impl Row {
    fn line(&self) -> String {
        format!(
            "{:24} {:6} {:7} {:9} {:6.3} {:10} {:8} {:8} {:9} {:8} {:8} {:6.1} {:6.1}",
            self.file.rsplit('/').next().unwrap_or(&self.file),
            self.tasks,
            self.characters,
            self.structure_only,
            self.ratio,
            self.mermaid,
            self.json_brotli,
            self.json_zstd,
            self.columns_deflate,
            self.columns_brotli,
            self.columns_zstd,
            self.write_ms,
            self.read_ms
        )
    }
}

fn measure(path: &Path) -> Result<Row, String> {
    let (plan, json) = read(path)?;
    let (link, write_ms) = fastest(|| share::link(&plan, Contents::Full));
    let fragment = link.map_err(|error| error.to_string())?.fragment;
    let (opened, read_ms) = fastest(|| share::open(&fragment));
    let opened = opened.map_err(|error| error.to_string())?;
    let mut expected = plan.clone();
    phaseplan::plan::restore::normalise(&mut expected);
    if opened.plan != expected {
        return Err(format!("{}: the link opens as another plan.", path.display()));
    }
    let structure = share::link(&plan, Contents::StructureOnly).map_err(|error| error.to_string())?;
    let columns = columns(&plan);
    let mermaid = in_base64(deflated(json.as_bytes()));
    Ok(Row {
        file: path.display().to_string(),
        tasks: plan.tasks.len(),
        characters: fragment.len(),
        structure_only: structure.fragment.len(),
        mermaid,
        ratio: fragment.len() as f64 / mermaid as f64,
        json_brotli: in_base64(brotli(json.as_bytes())),
        json_zstd: in_base64(zstd(json.as_bytes())),
        columns_deflate: in_base64(deflated(columns.as_bytes())),
        columns_brotli: in_base64(brotli(columns.as_bytes())),
        columns_zstd: in_base64(zstd(columns.as_bytes())),
        write_ms,
        read_ms,
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

/// The characters that so many bytes take.
fn in_base64(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

fn deflated(bytes: &[u8]) -> usize {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(0, |compressed| compressed.len())
}

fn brotli(bytes: &[u8]) -> usize {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    let _ = brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters);
    compressed.len()
}

fn zstd(bytes: &[u8]) -> usize {
    zstd::bulk::compress(bytes, 22).map_or(0, |compressed| compressed.len())
}

/// The plan field by field, as plain text: what a schema alone gains, before any better coding.
fn columns(plan: &Plan) -> String {
    let position = plan.positions();
    let waits = |(at, task): (usize, &Task)| {
        let back = |id: &TaskId| {
            position.get(id).map_or(String::new(), |other| (at as i64 - *other as i64).to_string())
        };
        task.after.iter().map(back).collect::<Vec<_>>().join(",")
    };
    let uses = |task: &Task| {
        task.uses
            .iter()
            .map(|used| format!("{}x{}", used.resource, used.amount))
            .collect::<Vec<_>>()
            .join(",")
    };
    let per_task =
        |field: &dyn Fn(&Task) -> String| plan.tasks.iter().map(field).collect::<Vec<_>>().join("\n");
    [
        plan.title.clone(),
        plan.goal.clone(),
        plan.settings.max_parallel.to_string(),
        plan.resources
            .iter()
            .map(|one| format!("{},{}", one.name, one.capacity))
            .collect::<Vec<_>>()
            .join(","),
        per_task(&|task| task.minutes.map_or(String::new(), |minutes| minutes.likely.to_string())),
        plan.tasks.iter().enumerate().map(waits).collect::<Vec<_>>().join(";"),
        per_task(&uses),
        per_task(&|task| task.group.clone()),
        per_task(&|task| task.owns.join(" ")),
        per_task(&|task| task.reads.join(" ")),
        per_task(&|task| task.checks.join(" ")),
        per_task(&|task| task.title.clone()),
        per_task(&|task| task.instructions.clone()),
    ]
    .join("\n\n")
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

/// The plan, and the JSON that others would compress: that of the file if it is generated, else plan JSON.
fn read(path: &Path) -> Result<(Plan, String), String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{} can't be read: {error}.", path.display()))?;
    if let Ok(generated) = serde_json::from_slice::<Generated>(&bytes) {
        return Ok((plan_of(generated), String::from_utf8_lossy(&bytes).trim().to_owned()));
    }
    let imported = phaseplan::import::import(&bytes, path.to_str()).map_err(|error| error.message)?;
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
