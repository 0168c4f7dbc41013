//! Tables of tasks: a header that names columns, and a row for each task.

use std::collections::HashMap;

use crate::import::markdown::{
    Block, Collector, Field, Line, field_of, is_id, lines, plain_text, plan_title,
};
use crate::import::outline::Item;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Title,
    Field(Field),
}

/// A row of a table of tasks.
struct Row {
    line: usize,
    id: String,
    title: String,
    values: Vec<(Field, String)>,
}

/// The tasks of all tables with columns for files or waits; `None` if there is no such table.
pub fn read(text: &str) -> Option<Collector> {
    let rows = rows(text);
    if rows.is_empty() {
        return None;
    }
    let mut collector = Collector::default();
    collector.outline.title = title(text);
    for row in rows {
        let item = Item::new(row.id.clone(), row.title.clone(), row.line);
        collector.start(Item { names: vec![row.title.clone()], ..item });
        fill(&mut collector, &row);
    }
    Some(collector)
}

/// Gives tasks that stand in the text what tables say about them, by their ids.
pub fn add_to(text: &str, collector: &mut Collector) {
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, item) in collector.outline.items.iter().enumerate().filter(|(_, item)| !item.id.is_empty()) {
        known.entry(item.id.clone()).or_insert(index);
    }
    for row in rows(text) {
        if let Some(item) = known.get(&row.id) {
            collector.reopen(*item);
            fill(collector, &row);
        }
    }
}

fn fill(collector: &mut Collector, row: &Row) {
    for (field, value) in &row.values {
        collector.take_value(*field, value, row.line);
    }
    collector.close();
}

fn title(text: &str) -> String {
    let heading = lines(text).find_map(|line| match line.block {
        Block::Heading(1, title) => Some(title),
        _ => None,
    });
    heading.map(plan_title).unwrap_or_default()
}

/// The rows of all tables of tasks.
fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut columns: Option<Vec<Column>> = None;
    let mut header: Option<Vec<String>> = None;
    for line in lines(text) {
        let cells = if line.block == Block::Text { cells(line.text) } else { None };
        let Some(cells) = cells else {
            (columns, header) = (None, None);
            continue;
        };
        if let Some(columns) = &columns {
            rows.extend(row(columns, &cells, &line));
        } else if let Some(names) = header.take().filter(|_| is_rule(&cells)) {
            // A table of something else is skipped up to its end.
            columns = Some(columns_of(&names).unwrap_or_default());
        } else {
            header = Some(cells);
        }
    }
    rows
}

fn is_rule(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

/// The cells of a line that begins with a bar.
fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.trim().strip_prefix('|')?;
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in inside.chars() {
        let cell = cells.last_mut()?;
        match c {
            '|' if is_escaped => {
                cell.pop();
                cell.push(c);
            }
            '|' => cells.push(String::new()),
            _ => cell.push(c),
        }
        is_escaped = c == '\\';
    }
    if cells.last().is_some_and(|last| last.trim().is_empty()) {
        cells.pop();
    }
    Some(cells.iter().map(|cell| cell.trim().to_owned()).collect())
}

/// The columns of a table of tasks: what it is called, and files or waits.
fn columns_of(names: &[String]) -> Option<Vec<Column>> {
    let columns: Vec<Column> = names.iter().map(|name| column(&plain_text(name))).collect();
    let has = |column: &Column| columns.contains(column);
    let is_named = has(&Column::Id) || has(&Column::Title);
    let is_plan = has(&Column::Field(Field::After)) || has(&Column::Field(Field::Owns));
    (is_named && is_plan).then_some(columns)
}

fn column(name: &str) -> Column {
    match name.trim().to_lowercase().as_str() {
        "id" | "#" | "task id" | "no" | "no." | "nr" | "number" | "key" | "ticket" | "issue" => Column::Id,
        "task" | "tasks" | "title" | "description" | "name" | "what" | "summary" | "work" | "step" => {
            Column::Title
        }
        other => Column::Field(field_of(other)),
    }
}

fn row(columns: &[Column], cells: &[String], line: &Line) -> Option<Row> {
    let mut row = Row { line: line.number, id: String::new(), title: String::new(), values: Vec::new() };
    for (column, cell) in columns.iter().zip(cells) {
        match column {
            Column::Id => row.id = plain_text(cell).trim().to_owned(),
            Column::Title if row.title.is_empty() => row.title = plain_text(cell),
            Column::Field(Field::Other) | Column::Title => {}
            Column::Field(field) if !cell.is_empty() => row.values.push((*field, cell.clone())),
            Column::Field(_) => {}
        }
    }
    if row.id.is_empty() && is_id(&row.title) {
        row.id.clone_from(&row.title);
    }
    if row.title.is_empty() {
        row.title.clone_from(&row.id);
    }
    (!row.title.is_empty()).then_some(row)
}
