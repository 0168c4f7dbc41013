//! Derives a short title from a long text.

use crate::import::markdown::plain_text;
use crate::prose::words::is_one_of;

/// The longest title, in characters.
const TITLE_LENGTH: usize = 80;
/// The ends of a clause, each with the length from which the clause is informative enough.
const CLAUSE_ENDS: &[(&str, usize)] =
    &[(". ", 12), ("; ", 12), (" — ", 12), (" – ", 12), (" - ", 12), (" (", 12), (": ", 40)];
/// Words that are meaningless at the end of a title.
const DANGLING: &str = "a an and at by for from in into of on or per the to with";

/// The first clause without Markdown, cut between words.
pub fn title_of(text: &str) -> String {
    let text = plain_text(text);
    let ends = CLAUSE_ENDS
        .iter()
        .filter_map(|(end, shortest)| text.match_indices(end).map(|(at, _)| at).find(|at| at >= shortest));
    let clause = ends.min().map_or(text.as_str(), |at| &text[..at]).trim_end_matches(['.', ':']);
    let clause = clause.trim();
    if clause.chars().count() <= TITLE_LENGTH {
        return clause.to_owned();
    }
    let cut: String = clause.chars().take(TITLE_LENGTH).collect();
    let mut title = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    while let Some((words, _)) = title.rsplit_once(' ').filter(|(_, last)| is_one_of(last, DANGLING)) {
        title = words;
    }
    format!("{}…", title.trim_end_matches([',', ';', ':']))
}
