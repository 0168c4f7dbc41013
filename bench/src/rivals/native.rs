//! JSON and plain columns, compressed with the coders of other programs.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use phaseplan::Plan;
use phaseplan::plan::{Task, TaskId};
use serde::Serialize;

/// Lengths in characters of a fragment: bytes in base64, six bits per character.
#[derive(Serialize)]
pub struct Rivals {
    /// JSON, deflate at level 9, base64, as in mermaid.live.
    pub mermaid: usize,
    /// The length of our link divided by `mermaid`.
    pub ratio: f64,
    json_brotli: usize,
    json_zstd: usize,
    columns_deflate: usize,
    columns_brotli: usize,
    columns_zstd: usize,
}

impl Rivals {
    /// Heads of the columns of [`Rivals::columns`].
    pub const HEADS: [&str; 7] = ["ratio", "deflate", "brotli", "zstd", "columns+d", "+brotli", "+zstd"];

    /// Compares with a link of this length.
    pub fn of(plan: &Plan, json: &str, characters: usize) -> Rivals {
        let columns = columns(plan);
        let mermaid = in_base64(deflated(json.as_bytes()));
        Rivals {
            mermaid,
            ratio: characters as f64 / mermaid as f64,
            json_brotli: in_base64(brotli(json.as_bytes())),
            json_zstd: in_base64(zstd(json.as_bytes())),
            columns_deflate: in_base64(deflated(columns.as_bytes())),
            columns_brotli: in_base64(brotli(columns.as_bytes())),
            columns_zstd: in_base64(zstd(columns.as_bytes())),
        }
    }

    /// The columns of one table row.
    pub fn columns(&self) -> [String; 7] {
        [
            format!("{:.3}", self.ratio),
            self.mermaid.to_string(),
            self.json_brotli.to_string(),
            self.json_zstd.to_string(),
            self.columns_deflate.to_string(),
            self.columns_brotli.to_string(),
            self.columns_zstd.to_string(),
        ]
    }
}

/// The length of this many bytes in base64.
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

/// The plan field by field, as plain text: the gain of a schema alone, without better coding.
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
