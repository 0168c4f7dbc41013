//! How many files of the repository the entries of a task match.

use crate::analysis::Field;
use crate::evidence::{Looking, grouped};
use crate::glob::{FileSet, Member};
use crate::report::Report;

/// The most entries of one task that are looked up.
const MOST: usize = 24;

/// A sentence for each entry of a task that adds files: "`src/**` matches 12 known files". Empty without evidence.
pub fn known_files(report: &Report, task: usize, looking: &mut Looking) -> Vec<String> {
    let evidence = &report.evidence;
    if evidence.is_empty() {
        return Vec::new();
    }
    let sets = Field::ALL.into_iter().filter_map(|field| report.analysis.ownership.sets(field).get(task));
    let members = sets.flat_map(FileSet::includes).take(MOST);
    let sentence = |member: &Member| {
        let pattern = member.pattern.as_str();
        match evidence.files_of(&member.pattern, looking) {
            None => {
                format!("How many files `{pattern}` matches is not known: there are too many to look through")
            }
            Some(files) => match &*files {
                [] => format!("`{pattern}` matches no known file"),
                [only] if member.pattern.path().is_some() => format!("`{}` is there", evidence.path(*only)),
                files => {
                    let s = if files.len() == 1 { "" } else { "s" };
                    format!("`{pattern}` matches {} known file{s}", grouped(files.len()))
                }
            },
        }
    };
    members.map(sentence).collect()
}
