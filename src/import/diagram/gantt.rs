//! Gantt charts of Mermaid: `Store carts :done, a1, after a0, 2d`.

use super::graph::{Frame, Graph, Node};
use super::label::duration;
use crate::plan::{Kind, Status};

/// Words at the start of a line that is no task.
const OTHER_LINES: &[&str] = &[
    "dateFormat",
    "axisFormat",
    "tickInterval",
    "excludes",
    "includes",
    "todayMarker",
    "weekday",
    "weekend",
    "inclusiveEndDates",
    "topAxis",
    "click",
    "accTitle",
    "accDescr",
];

/// Reads a gantt chart. `first` is the number of its first line, which is the header.
pub fn read(text: &str, first: usize) -> Graph {
    let mut graph = Graph::default();
    let mut waits: Vec<(usize, Vec<String>)> = Vec::new();
    let mut before = None;
    for (index, line) in text.lines().enumerate().skip(1) {
        let (line, number) = (line.trim(), first + index);
        let word = line.split([' ', ':']).next().unwrap_or_default();
        if line.is_empty() || line.starts_with("%%") || OTHER_LINES.contains(&word) {
        } else if let Some(title) = line.strip_prefix("title ") {
            title.trim().clone_into(&mut graph.title);
        } else if let Some(title) = line.strip_prefix("section ") {
            graph.frames.push(Frame { title: title.trim().to_owned(), line: number, ..Frame::default() });
        } else if let Some((name, fields)) = line.split_once(':') {
            let task = Task::read(fields);
            let frame = graph.frames.len().checked_sub(1);
            let node = add(&mut graph, name.trim(), &task, number, frame);
            match task.start {
                Start::After(ids) => waits.push((node, ids)),
                Start::Unsaid => graph.implied.extend(before.map(|before| (before, node))),
                Start::Date => {}
            }
            before = Some(node);
        } else {
            graph.skip(number);
        }
    }
    for (node, ids) in waits {
        for id in ids {
            // A task may wait for one that follows, or for one that is not there.
            match graph.find(&id) {
                Some(before) => graph.connect(&[before], &[node]),
                None => graph.missing.push((node, id)),
            }
        }
    }
    graph
}

fn add(graph: &mut Graph, name: &str, task: &Task, line: usize, frame: Option<usize>) -> usize {
    let node = match task.id.is_empty() || graph.find(&task.id).is_some() {
        true => graph.add(Node { id: task.id.clone(), line, frame, ..Node::default() }),
        false => graph.node(&task.id, line, frame),
    };
    let node_of = &mut graph.nodes[node];
    name.clone_into(&mut node_of.label);
    node_of.status = task.status;
    node_of.kind = task.is_milestone.then_some(Kind::Gate);
    node_of.minutes = duration(&task.end).filter(|_| !task.is_milestone);
    node
}

enum Start {
    After(Vec<String>),
    Date,
    Unsaid,
}

struct Task {
    id: String,
    status: Status,
    is_milestone: bool,
    start: Start,
    end: String,
}

impl Task {
    /// Reads `done, id, start, end`, of which all but the end may be missing.
    fn read(fields: &str) -> Task {
        let mut fields: Vec<&str> =
            fields.split(',').map(str::trim).filter(|field| !field.is_empty()).collect();
        let mut task = Task {
            id: String::new(),
            status: Status::Todo,
            is_milestone: false,
            start: Start::Unsaid,
            end: String::new(),
        };
        while let Some(tag) = fields.first().filter(|tag| is_tag(tag)) {
            match *tag {
                "done" => task.status = Status::Done,
                "active" => task.status = Status::Running,
                "milestone" => task.is_milestone = true,
                _ => {}
            }
            fields.remove(0);
        }
        let is_time = |field: &str| {
            field.starts_with("after ")
                || field.starts_with("until ")
                || field.starts_with(|c: char| c.is_ascii_digit())
        };
        if fields.len() > 2 || fields.first().is_some_and(|first| fields.len() == 2 && !is_time(first)) {
            fields.remove(0).clone_into(&mut task.id);
        }
        if let Some(end) = fields.pop() {
            end.clone_into(&mut task.end);
        }
        match fields.pop() {
            Some(start) => match start.strip_prefix("after ") {
                Some(ids) => task.start = Start::After(ids.split_whitespace().map(str::to_owned).collect()),
                None => task.start = Start::Date,
            },
            // The only field may be the start of a milestone.
            None => {
                if let Some(ids) = task.end.strip_prefix("after ") {
                    task.start = Start::After(ids.split_whitespace().map(str::to_owned).collect());
                }
            }
        }
        task
    }
}

fn is_tag(word: &str) -> bool {
    matches!(word, "done" | "active" | "crit" | "milestone" | "vert")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_have_tags_ids_starts_and_durations() {
        let text = "gantt\n title Plan\n dateFormat X\n section One\n Store :done, a, 2026-01-01, 2d\n Page :b, after a, 3h\n \
                    Pay :crit, 30m\n Go :milestone, g, after a b, 0d\n Late: l, after gone, 1d\n what\n";
        let graph = read(text, 3);
        let shown: Vec<String> = (graph.nodes.iter())
            .map(|node| {
                format!(
                    "{} {} {:?} {:?}",
                    node.id,
                    node.label,
                    node.status,
                    node.minutes.map(|minutes| minutes.likely)
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "a Store Done Some(960)",
                "b Page Todo Some(180)",
                " Pay Todo Some(30)",
                "g Go Todo None",
                "l Late Todo Some(480)"
            ]
        );
        assert_eq!((&graph.arrows[..], &graph.implied[..]), (&[(0, 1), (0, 3), (1, 3)][..], &[(1, 2)][..]));
        assert_eq!(
            (graph.title.as_str(), &graph.missing[..], graph.skipped.1),
            ("Plan", &[(4, "gone".to_owned())][..], 1)
        );
        assert_eq!(graph.nodes[3].kind, Some(Kind::Gate));
    }
}
