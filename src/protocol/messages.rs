//! How the messages travel.

use super::wire::{Wire, enums, structs};
use super::{
    Answer, Change, Changed, Compare, Content, Form, Format, Found, Planned, Problem, Request, TaskLines,
    Wanted,
};
use super::{Journal, Keep, Kept, OldDocument, SavedFile, Saving, Shelf};
use crate::TaskId;
use crate::analysis::Severity;
use crate::document::lines::Wave;
use crate::layout::Direction;
use crate::view::task::FieldProblem;
use crate::view::{Markup, Part, Picks, Showing};

structs! {
    Changed { text, title, name, tasks, done, doubt, selected, shared, is_read_only, open_threads, review, is_same_plan }
    Form { act, about, task, field, text, value, name }
    TaskLines { id, lines }
    Planned { counts, problems, waves, tasks, cards, size, summary, told, compared }
    Problem { tasks, has_fixes }
    Wave { range, severity }
    Format { id, title, description, extension, media_type }
    Found { tasks, is_plan_text, is_shared, is_review, format, notes }
    FieldProblem { task, field, sentence }
    Picks { selected, highlight, pointed, all_lines, focus_mode, part }
    Part { left, top, right, bottom }
    OldDocument { key, record }
    Journal { key, revision, text, is_stored }
    Kept { opening, key, revision, through, saving, told }
    SavedFile { name, media_type, content }
}

enums! {
    Request {
        0 Open { opening, content }, 1 Change(change), 2 Plan, 3 Draw(wanted), 4 Neighbour { from, showing, direction },
        5 Search { longer }, 6 Heard { message, seconds }, 7 EndSearch, 8 Formats, 9 Export(format),
        10 Import { bytes, name }, 11 Record, 12 Save, 13 Keep(keep), 14 Compare(compare),
    }
    Content { 0 Text(text), 1 Record(record), 2 Found, 3 Example(example), 4 Stored { key, revision }, 5 Shown { text, about } }
    Keep {
        0 Adopt(document), 1 Recover(journal), 2 Duplicate(key), 3 Remove(key), 4 PutBack(key), 5 File(key), 6 AllFiles,
        7 NameVersion(name), 8 OpenVersion { key, saved }, 9 Review { markdown },
    }
    Shelf { 0 Recent, 1 All, 2 Versions(key), 3 Compare { problem }, 4 Link { problem } }
    Compare { 0 Given { bytes, name }, 1 Document(key), 2 Version { key, saved }, 3 Revision(name), 4 Swap, 5 End }
    Saving { 0 Nothing, 1 At(time), 2 Failed(why), 3 Elsewhere }
    Change {
        0 Type { text, joins }, 1 Become { content, label }, 2 Title(title), 3 Add, 4 Remove(id), 5 Move { id, down },
        6 Write { id, field, written }, 7 Repair { problem, fix }, 8 Improve(number), 9 Agents(count),
        10 Undo, 11 Redo, 12 Keep, 13 Review(form),
    }
    Wanted {
        0 Totals { is_limit_open }, 1 Cards(picks), 2 Lines(picks), 3 Reading { showing, selected, rows },
        4 Problems { current }, 5 Task { id, problem }, 6 Table { rows, selected },
        7 Share { structure_only, page },
        8 Shelf(shelf), 9 Comparing { current }, 10 Changes { rows, current, as_text },
        11 Review { page, rows }, 12 Presentation { step },
    }
    Answer {
        0 Changed(changed), 1 Planned(planned), 2 Drawn { groups, place }, 3 Neighbour(task), 4 Job(job),
        5 Heard { planned, is_over }, 6 Formats(formats), 7 Exported(text), 8 Imported(found), 9 Record(record),
        10 Kept(kept), 11 Done(outcome), 12 File(file),
    }
    Showing { 0 Nothing, 1 Stage, 2 Timeline, 3 Outline, 4 Brief }
    Direction { 0 Up, 1 Down, 2 Left, 3 Right, 4 Back, 5 Forward }
    Severity { 0 Error, 1 Conflict, 2 Warning, 3 Unknown, 4 Hint }
}

impl Wire for TaskId {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<TaskId> {
        String::read(bytes).map(TaskId)
    }
}

/// As a pair of pairs.
impl Wire for [i32; 4] {
    fn write(&self, bytes: &mut Vec<u8>) {
        let [left, top, width, height] = *self;
        ((left, top), (width, height)).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<[i32; 4]> {
        let ((left, top), (width, height)) = Wire::read(bytes)?;
        Some([left, top, width, height])
    }
}

/// Deepest nesting that is read: views are a dozen elements deep.
const DEEPEST: usize = 64;

impl Wire for Markup {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.tag.write(bytes);
        if self.tag.is_empty() {
            return self.text.write(bytes);
        }
        self.key.write(bytes);
        self.attributes.write(bytes);
        self.children.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Markup> {
        read_markup(bytes, DEEPEST)
    }
}

fn read_markup(bytes: &mut &[u8], deepest: usize) -> Option<Markup> {
    let tag = <&'static str>::read(bytes)?;
    if tag.is_empty() {
        return Some(Markup { text: Wire::read(bytes)?, ..Markup::default() });
    }
    let mut markup =
        Markup { tag, key: Wire::read(bytes)?, attributes: Wire::read(bytes)?, ..Markup::default() };
    let inside = deepest.checked_sub(1)?;
    for _ in 0..usize::read(bytes)? {
        markup.children.push(read_markup(bytes, inside)?);
    }
    Some(markup)
}
