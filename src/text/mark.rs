//! Changes the status of tasks in a text and nothing else, to the last byte.
//!
//! The status stands in a box, or in a tag `@status(…)` that counts before the box. Where there is neither, a
//! box is written behind the bullet. In a line for Markdown, whose tags stand in a code span, the box is only
//! empty or ticked, because renderers know no other.

use std::cmp::Reverse;
use std::ops::Range;

use super::line::{Line, LineKind};
use super::parser::parse;
use super::rewrite::rewrite;
use super::sheet::Sheet;
use super::tag::{Piece, TaskLine};
use crate::plan::{Plan, Status};

/// Bytes of the text, and what to write there instead.
type Change = (Range<usize>, String);

/// See [`super::mark()`].
pub(super) fn mark(text: &str, marks: &[(usize, Status)]) -> Option<String> {
    let read = parse(None, text);
    let plan = with(&read.plan, marks)?;
    let lines = Sheet::of(text).lines;
    let mut changes: Vec<Change> = Vec::new();
    for &(task, status) in marks {
        if read.plan.tasks[task].status != status {
            changes.extend(changes_of(lines.get(read.task_lines.get(task)?.clone())?, status)?);
        }
    }
    let marked = changed(text, changes);
    if parse(None, &marked).plan == plan {
        return Some(marked);
    }
    let concerned = marks.iter().filter_map(|(task, _)| read.task_lines.get(*task)).cloned();
    rewritten(text, &read.plan, &plan, &concerned.collect::<Vec<_>>())
}

/// The plan with these statuses.
fn with(plan: &Plan, marks: &[(usize, Status)]) -> Option<Plan> {
    let mut plan = plan.clone();
    for &(task, status) in marks {
        plan.tasks.get_mut(task)?.status = status;
    }
    Some(plan)
}

fn changed(text: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(range, _)| Reverse(range.start));
    let mut changed = text.to_owned();
    for (range, written) in changes {
        changed.replace_range(range, &written);
    }
    changed
}

/// The text with whole lines written again, if no others change than these, and none is added.
fn rewritten(text: &str, from: &Plan, to: &Plan, concerned: &[Range<usize>]) -> Option<String> {
    let written = rewrite(text, from, to);
    let (before, after): (Vec<_>, Vec<_>) = (text.split('\n').collect(), written.split('\n').collect());
    let is_concerned = |at: usize| concerned.iter().any(|lines| lines.contains(&at));
    let is_kept = |(at, (before, after)): (usize, (&&str, &&str))| is_concerned(at) || before == after;
    (before.len() == after.len() && before.iter().zip(&after).enumerate().all(is_kept)).then_some(written)
}

/// The changes in the lines of one task.
fn changes_of(lines: &[Line<'_>], status: Status) -> Option<Vec<Change>> {
    let first = lines.first()?;
    let read = TaskLine::read(first.text, first.content);
    let checkbox =
        read.checkbox.as_ref().map(|(range, _)| first.start + range.start + 1..first.start + range.end - 1);
    let tag = status_tag(lines);
    let fits_box = matches!(status, Status::Todo | Status::Done);
    let span = read.pieces.iter().rev().find_map(|piece| match piece {
        Piece::Backticks(range) => Some(first.start + range.start),
        _ => None,
    });
    let sign = |status: Status| match status {
        Status::Todo => " ",
        Status::Running => "~",
        Status::Done => "x",
        Status::Failed => "!",
        Status::Dropped => "-",
    };
    Some(match (checkbox, tag, span) {
        (Some(checkbox), Some(tag), _) if fits_box => {
            vec![(checkbox, sign(status).to_owned()), (tag.whole, String::new())]
        }
        (Some(checkbox), Some(tag), _) => {
            vec![(checkbox, " ".to_owned()), (tag.value, status.name().to_owned())]
        }
        (None, Some(tag), _) => vec![(tag.value, status.name().to_owned())],
        (Some(checkbox), None, Some(span)) if !fits_box => {
            vec![(checkbox, " ".to_owned()), (span..span, format!(" @status({})", status.name()))]
        }
        (Some(checkbox), None, _) => vec![(checkbox, sign(status).to_owned())],
        (None, None, _) => {
            let behind_bullet = first.start + first.content;
            vec![(behind_bullet..behind_bullet, format!("[{}] ", sign(status)))]
        }
    })
}

/// Where a tag with a status stands, as bytes of the text.
struct StatusTag {
    /// Its value.
    value: Range<usize>,
    /// The tag with the space before it.
    whole: Range<usize>,
}

/// The last tag with a status in the lines of a task: the one that counts.
fn status_tag(lines: &[Line<'_>]) -> Option<StatusTag> {
    let with_tags = lines.iter().enumerate().take_while(|(at, line)| *at == 0 || line.kind == LineKind::Tags);
    let tags = with_tags.flat_map(|(_, line)| {
        let pieces = TaskLine::read(line.text, line.content).pieces.into_iter();
        pieces.filter_map(|piece| match piece {
            Piece::Tag(tag) if line.text[tag.name.clone()] == *"status" => {
                let space = usize::from(line.text[..tag.start].ends_with(' '));
                Some(StatusTag {
                    value: line.start + tag.body.start..line.start + tag.body.end,
                    whole: line.start + tag.start - space..line.start + tag.end,
                })
            }
            _ => None,
        })
    });
    tags.last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Spelling, print};

    /// Marks tasks by id, as `T1=done T2=failed`, and compares the text; `-` if it can't be done.
    #[track_caller]
    fn check(text: &str, marks: &str, expected: &str) {
        let plan = parse(None, text).plan;
        let marks: Vec<(usize, Status)> = marks
            .split(' ')
            .filter_map(|mark| mark.split_once('='))
            .filter_map(|(id, status)| Some((plan.position(&id.into())?, Status::from_name(status)?)))
            .collect();
        assert_eq!(mark(text, &marks).as_deref().unwrap_or("-"), expected, "{text:?}");
    }

    #[test]
    fn only_the_box_changes() {
        check(
            "* [ ] T1  Wide   @owns(a)  \n\t- [ ] no task\n",
            "T1=done",
            "* [x] T1  Wide   @owns(a)  \n\t- [ ] no task\n",
        );
        check("3. [~] T3 Third\n- [X] T4 Fourth", "T3=failed T4=todo", "3. [!] T3 Third\n- [ ] T4 Fourth");
        check("-   T5  No box\n- T6 None", "T5=running T6=dropped", "-   [~] T5  No box\n- [-] T6 None");
        check("- [x] T1 One\n", "T1=done", "- [x] T1 One\n");
    }

    #[test]
    fn each_line_keeps_its_end() {
        check(
            "# A\r\n- T1 One\n- T2 Two\r\n- T3 Three\r",
            "T1=done T2=done T3=done",
            "# A\r\n- [x] T1 One\n- [x] T2 Two\r\n- [x] T3 Three\r",
        );
        check("\u{feff}- T1 One", "T1=done", "\u{feff}- [x] T1 One");
    }

    #[test]
    fn a_tag_that_says_the_status_goes_on_saying_it() {
        check("- T1 One @status(running) @owns(a)\n", "T1=done", "- T1 One @status(done) @owns(a)\n");
        check(
            "- T1 One\n  @owns(a) @status(running)\n",
            "T1=failed",
            "- T1 One\n  @owns(a) @status(failed)\n",
        );
    }

    #[test]
    fn a_line_for_markdown_keeps_to_the_boxes_that_renderers_know() {
        let line = |mark: &str, tag: &str| format!("- [{mark}] T1 One `@owns(a){tag}`\n");
        check(&line(" ", ""), "T1=running", &line(" ", " @status(running)"));
        check(&line(" ", " @status(running)"), "T1=done", &line("x", ""));
        check(&line("x", ""), "T1=todo", &line(" ", ""));
        check(&line("x", ""), "T1=failed", &line(" ", " @status(failed)"));
        let plan = parse(None, "- [~] T1 One @owns(a)\n").plan;
        assert_eq!(print(&plan, Spelling::Document), line(" ", " @status(running)"));
    }

    #[test]
    fn lines_without_bullets_and_ids_are_marked_too() {
        check("First\nSecond\n", "T2=done", "First\n[x] Second\n");
        check("T1 First\nT2 Second\n", "T2=running", "T1 First\n[~] T2 Second\n");
    }

    #[test]
    fn two_tags_that_contradict_each_other_become_one() {
        check(
            "- T1 One @status(done) @status(running)\n",
            "T1=failed",
            "- T1 One @status(done) @status(failed)\n",
        );
        check("- [ ] T1 One @status(done) @status(running)\n", "T1=todo", "- [ ] T1 One\n");
    }
}
