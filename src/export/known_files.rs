//! What a report says of the evidence that it was made with.

use serde::Serialize;

use crate::analysis::Field;
use crate::evidence::Looking;
use crate::report::Report;

/// The evidence in numbers.
#[derive(Serialize)]
pub(super) struct WrittenEvidence<'a> {
    source: &'a str,
    files: usize,
    imports: usize,
    generated: usize,
    packages: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<WrittenHistory<'a>>,
    ignored: usize,
}

#[derive(Serialize)]
struct WrittenHistory<'a> {
    commits: u32,
    since: &'a str,
    pairs: usize,
}

/// How many known files an entry matches.
#[derive(Serialize)]
pub(super) struct WrittenMatch<'a> {
    field: &'static str,
    pattern: &'a str,
    /// Null if it takes too long to look them up.
    files: Option<usize>,
}

/// The evidence of a report, if there is any.
pub(super) fn written_evidence(report: &Report) -> Option<WrittenEvidence<'_>> {
    let evidence = &report.evidence;
    (!evidence.is_empty()).then(|| WrittenEvidence {
        source: evidence.source(),
        files: evidence.files().len(),
        imports: evidence.imports().len(),
        generated: evidence.generated().len(),
        packages: evidence.packages().len(),
        history: evidence.history().map(|history| WrittenHistory {
            commits: history.commits,
            since: &history.since,
            pairs: history.pairs.len(),
        }),
        ignored: evidence.ignored(),
    })
}

/// For each task the entries that add files, with the number of known files that they match; empty without evidence.
pub(super) fn written_matches(report: &Report) -> Vec<Vec<WrittenMatch<'_>>> {
    let evidence = &report.evidence;
    if evidence.is_empty() {
        return Vec::new();
    }
    let mut looking = Looking::default();
    let mut of_task = |task: usize| {
        let mut matches = Vec::new();
        for field in Field::ALL {
            for member in report.analysis.ownership.sets(field)[task].includes() {
                let files = evidence.files_of(&member.pattern, &mut looking).map(|files| files.len());
                matches.push(WrittenMatch { field: field.name(), pattern: member.pattern.as_str(), files });
            }
        }
        matches
    };
    (0..report.plan.tasks.len()).map(&mut of_task).collect()
}
