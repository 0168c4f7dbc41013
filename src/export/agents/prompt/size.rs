//! How large a prompt is, and how much of it the orchestrator writes again to launch the agents.
//!
//! Launching means writing each prompt once more, as the input of a call, at about 70 tokens a second. As files, it is a
//! line for each agent, and each report that others read once.

use super::{Repeated, Source, reports};
use crate::evidence::grouped;
use crate::export::agents::phases::OpenPhase;
use crate::export::{Export, File, Part};
use crate::report::Report;

/// Characters for one token of English text.
const CHARACTERS_PER_TOKEN: usize = 4;
/// Characters of a report of 400 words.
const CHARACTERS_OF_A_REPORT: usize = 2_200;
/// The tokens from which a prompt is better written as files: more than a minute of writing.
const MOST_REPEATED: usize = 5_000;
/// Tokens that a model writes in a second.
const TOKENS_PER_SECOND: usize = 70;

/// The size of a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// All characters.
    pub characters: usize,
    /// About how many tokens the orchestrator writes again, reports included.
    pub repeated: usize,
}

/// The size of one text, and of files.
pub fn sizes(report: &Report, part: &Part) -> [Size; 2] {
    let (text, repeated) = super::text(report, part);
    let (files, repeated_of_files) = super::files(report, part);
    let of_file = |file: &File| file.text.chars().count();
    [size(text.chars().count(), repeated), size(files.iter().map(of_file).sum(), repeated_of_files)]
}

fn size(characters: usize, repeated: Repeated) -> Size {
    Size { characters, repeated: repeated.div_ceil(CHARACTERS_PER_TOKEN) }
}

/// The size of a prompt in sentences; `None` for other formats.
pub fn about(export: &Export, report: &Report, part: &Part) -> Option<String> {
    let is_files = export.id == super::FILES.id;
    if !is_files && export.id != super::EXPORT.id {
        return None;
    }
    let [text, files] = sizes(report, part);
    let this = if is_files { files } else { text };
    let seconds = this.repeated / TOKENS_PER_SECOND;
    let repeated = format!(
        "{} characters. To launch the agents, about {} tokens are written again ({}).",
        grouped(this.characters),
        grouped(rounded(this.repeated)),
        if seconds < 90 { format!("{seconds} s") } else { format!("{} m", (seconds + 30) / 60) },
    );
    let advice = match (is_files, text.repeated > MOST_REPEATED) {
        (false, true) => format!(
            " As files it would be {}: from {} tokens on, files are better.",
            grouped(rounded(files.repeated)),
            grouped(MOST_REPEATED)
        ),
        (true, false) => format!(
            " As one text it would be {}: up to {} tokens, a text is simpler.",
            grouped(rounded(text.repeated)),
            grouped(MOST_REPEATED)
        ),
        _ => String::new(),
    };
    Some(repeated + advice.as_str())
}

/// What reports add to the prompt of an agent, in characters.
pub(super) fn reports_in_prompt(source: &Source<'_>, at: usize) -> Repeated {
    reports::received(source, at).len() * CHARACTERS_OF_A_REPORT
}

/// What is written into files of reports in a phase, in characters.
pub(super) fn reports_to_save(source: &Source<'_>, phase: &OpenPhase) -> Repeated {
    let saved = phase.tasks().into_iter().filter(|task| source.needed.contains(*task));
    if source.file_names.is_some() { saved.count() * CHARACTERS_OF_A_REPORT } else { 0 }
}

/// To hundreds, and below a thousand to tens: more would look exact.
fn rounded(tokens: usize) -> usize {
    let step = if tokens < 1_000 { 10 } else { 100 };
    (tokens + step / 2) / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        let texts = [0, 999, 1_000, 1_234_567].map(grouped);
        assert_eq!(texts, ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([4, 994, 995, 20_498].map(rounded), [0, 990, 1_000, 20_500]);
    }
}
