//! Tables of tasks: CSV and TSV with a header.

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::error::repeated;
use super::fields::{Collector, Meaning, TITLE_OF_A_TASK, meaning, read_text};
use super::outline::Outline;
use super::{Certainty, File, Format, ImportError, Imported, notes, only_text};

/// Tables whose columns have names such as `id`, `title`, `depends_on` and `files`.
pub static FORMAT: Format = Format {
    id: "csv",
    name: "CSV or TSV table",
    description: "A table of tasks with a header, such as `id`, `title`, `depends on`, `files`, `status`.",
    recognise,
    read,
};

/// The signs that may stand between columns.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// The longest name of a column, in bytes.
const MAX_NAME: usize = 40;

/// The rows of a table, each with its line.
type Rows = Vec<(usize, Vec<String>)>;

fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    let Some((columns, delimiter)) = header(text) else { return Certainty::No };
    let known: Vec<String> =
        columns.iter().filter(|name| is_known(name)).map(|name| format!("“{name}”")).collect();
    let why = format!("its first line names columns: {}", known.join(", "));
    match says_more(&columns) {
        true => Certainty::Likely(why),
        false if rows(text, delimiter).len() > 1 => Certainty::Possible(why),
        false => Certainty::No,
    }
}

/// The names of the columns, and the sign between them, if the first line is a header of a table of tasks.
fn header(text: &str) -> Option<(Vec<String>, u8)> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    if line.len() > 2_000 || line.trim_start().starts_with(['-', '*', '>', '<', '`', '{', '[', '|']) {
        return None;
    }
    let split = |delimiter: u8| {
        let columns = rows(line, delimiter).into_iter().next().map_or_else(Vec::new, |(_, columns)| columns);
        (columns.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>(), delimiter)
    };
    let known = |columns: &[String]| columns.iter().filter(|name| is_known(name)).count();
    let best = DELIMITERS.into_iter().map(split).max_by_key(|(columns, _)| known(columns))?;
    let (columns, _) = &best;
    let has = |is_it: fn(Meaning) -> bool| columns.iter().any(|name| is_it(meaning(name)));
    let has_title = has(|meaning| matches!(meaning, Meaning::Title(rank) if rank <= TITLE_OF_A_TASK));
    let is_named = has_title || has(|meaning| matches!(meaning, Meaning::Id(_) | Meaning::Title(_)));
    let is_header = columns.iter().all(|name| name.len() <= MAX_NAME && !name.contains(['.', '!', '?']));
    let is_table = is_named && known(columns) >= 2 && (has_title || is_of_a_plan(columns));
    (is_header && is_table).then_some(best)
}

fn is_known(name: &str) -> bool {
    meaning(name) != Meaning::Unknown
}

/// Whether a column says what plans say and other tables may say too.
fn says_more(columns: &[String]) -> bool {
    let is_more = |name: &String| matches!(meaning(name), Meaning::Status | Meaning::Duration(_));
    columns.iter().any(is_more) || is_of_a_plan(columns)
}

/// Whether a column says what only plans say.
fn is_of_a_plan(columns: &[String]) -> bool {
    columns.iter().any(|name| {
        let meaning = meaning(name);
        matches!(meaning, Meaning::Waits | Meaning::Blocks | Meaning::Checks)
            || matches!(meaning, Meaning::Owns | Meaning::Reads | Meaning::Files)
    })
}

/// Takes a table apart. Takes linear time.
fn rows(text: &str, delimiter: u8) -> Rows {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut input = text.as_bytes();
    let (mut cell, mut filled) = (vec![0; 1 << 10], 0);
    let (mut rows, mut row) = (Rows::new(), Vec::new());
    let (mut line, mut start) = (1, 1);
    loop {
        if row.is_empty() && filled == 0 {
            let blank = input.iter().take_while(|byte| **byte == b'\n').count();
            input = &input[blank..];
            line += blank;
            start = line;
        }
        let (result, taken, written) = reader.read_field(input, &mut cell[filled..]);
        line += input[..taken].iter().filter(|byte| **byte == b'\n').count();
        input = &input[taken..];
        filled += written;
        match result {
            ReadFieldResult::InputEmpty => {}
            ReadFieldResult::OutputFull => cell.resize(cell.len() * 2, 0),
            ReadFieldResult::Field { record_end } => {
                row.push(String::from_utf8_lossy(&cell[..filled]).into_owned());
                filled = 0;
                if record_end {
                    rows.push((start, std::mem::take(&mut row)));
                }
            }
            ReadFieldResult::End => return rows,
        }
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let text = file.text().map_err(ImportError::clone)?;
    let Some((columns, delimiter)) = header(text) else {
        return Err(ImportError::new(
            "This is no table of tasks: its first line does not name columns such as “id” and “title”.",
        ));
    };
    let mut collector = Collector::default();
    let mut skipped = Vec::new();
    for (line, cells) in rows(text, delimiter).into_iter().skip(1) {
        let named: Vec<(&str, &str)> =
            columns.iter().map(String::as_str).zip(cells.iter().map(String::as_str)).collect();
        let mut found = read_text(&named);
        if found.item.id.is_empty() && found.item.title.is_empty() {
            skipped.extend(cells.iter().any(|cell| !cell.trim().is_empty()).then_some(line));
            continue;
        }
        found.item.line = line;
        collector.add(found, None);
    }
    if collector.items.is_empty() {
        return Err(ImportError::new(format!(
            "This looks like a table with the columns {}, but it has no rows with tasks.",
            repeated(&columns.join(", "))
        )));
    }
    collector.notes.extend(notes::skipped_lines(&skipped, "they have neither an id nor a title"));
    collector.put_steps_in_order();
    let is_list = collector.is_mere_list();
    Ok(Outline { is_list, ..collector.finish() }.into_imported(&FORMAT))
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{refusal, shown};

    #[test]
    fn columns_are_known_by_their_names() {
        let text = "Id;Task;Depends on;Files;Hours;Status\nA1;Store;;src/store/**;1.5;done\n\
            A2;Page;A1, A9;\"web/a.ts, ./web/b.ts\";;open\n";
        assert_eq!(
            shown(text),
            "CSV or TSV table\nA1 done Store = src/store/** ~90\nA2 todo Page = web/a.ts web/b.ts < A1 A9\n\
             note: A2 waits for A9, which is not there.\n"
        );
    }

    #[test]
    fn quotes_lines_in_cells_and_short_rows_are_read() {
        let text = "id\ttitle\tnotes\tafter\n1\t\"Say \"\"hi\"\"\"\t\"a\nb\"\t\n\n\t\t\t1\n2\tGo\t\t#1\n3\n";
        let shown = shown(text);
        assert!(shown.contains("1 todo Say \"hi\"\n2 todo Go < 1\n3 todo 3\n"), "{shown}");
        assert!(shown.contains("Line 5 was skipped"), "{shown}");
    }

    #[test]
    fn people_prose_and_lists_are_no_tables() {
        for text in ["id,name,status\n1,Ann,active\n", "Title, status and files matter.\nSo do tests.\n"] {
            assert!(shown(text).starts_with("plan text"), "{}", shown(text));
        }
        assert!(shown("- [ ] id, title, status\n- [ ] b\n").starts_with("plan text"));
        assert!(
            refusal("id,title,status\n").contains("looks like a table with the columns id, title, status")
        );
    }
}
