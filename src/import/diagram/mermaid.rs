//! Mermaid: flowcharts and gantt charts, by themselves or inside of Markdown.

use super::graph::Graph;
use super::{flowchart, gantt};
use crate::import::json::Reader;
use crate::import::{Certainty, File, Format, ImportError, Imported, notes, only_text, task_file};

/// The format of flowcharts and gantt charts.
pub static FORMAT: Format = Format {
    id: "mermaid",
    name: "Mermaid diagram",
    description: "A Mermaid flowchart or gantt chart, alone or in Markdown; an arrow is a wait.",
    recognise,
    read,
};

/// The kinds of diagrams that show no order of tasks, by their first word, and their names.
const OTHER_KINDS: &[(&str, &str)] = &[
    ("sequenceDiagram", "sequence diagram"),
    ("classDiagram", "class diagram"),
    ("stateDiagram", "state diagram"),
    ("erDiagram", "entity diagram"),
    ("journey", "journey"),
    ("pie", "pie chart"),
    ("quadrantChart", "quadrant chart"),
    ("requirementDiagram", "requirement diagram"),
    ("gitGraph", "graph of commits"),
    ("mindmap", "mind map"),
    ("timeline", "timeline"),
    ("sankey", "sankey diagram"),
    ("xychart", "chart"),
    ("block", "block diagram"),
    ("kanban", "board"),
    ("C4Context", "context diagram"),
    ("architecture", "architecture diagram"),
];

/// A diagram in a text.
struct Block<'a> {
    text: &'a str,
    /// The line of its header, counted from 1.
    line: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Flowchart,
    Gantt,
    Other(&'static str),
}

fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    match bare(text).map(|block| block.kind) {
        Some(Kind::Flowchart) => return Certainty::Sure("it starts like a Mermaid flowchart".to_owned()),
        Some(Kind::Gantt) => return Certainty::Sure("it starts like a Mermaid gantt chart".to_owned()),
        Some(Kind::Other(name)) => return Certainty::Likely(format!("it starts like a Mermaid {name}")),
        None => {}
    }
    let graphs = graphs(&fenced(text));
    let Some(graph) = graphs.iter().map(|(_, graph)| graph).max_by_key(|graph| graph.nodes.len()) else {
        return Certainty::No;
    };
    let why = format!("it has a Mermaid diagram with {} nodes", graph.nodes.len());
    let boxes = text.lines().filter(|line| line.trim_start().starts_with("- [")).count();
    match graph.arrows.is_empty() && graph.implied.is_empty() || boxes > 2 * graph.nodes.len() {
        true => Certainty::Possible(why),
        false => Certainty::Likely(why),
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let Some((_, text)) = only_text(files) else { return Err(crate::import::refusal(files)) };
    let blocks = bare(text).map_or_else(|| fenced(text), |block| vec![block]);
    if blocks.is_empty() {
        return Err(ImportError::new("There is no Mermaid diagram in this text."));
    }
    let mut graphs = graphs(&blocks);
    // Of equals, the first one.
    let sizes = graphs.iter().map(|(_, graph)| graph.nodes.len());
    let Some((largest, _)) = sizes.enumerate().rev().max_by_key(|(_, size)| *size) else {
        return Err(refusal(&blocks));
    };
    let lines: Vec<String> = graphs.iter().map(|(line, _)| line.to_string()).collect();
    let (line, graph) = graphs.swap_remove(largest);
    if graph.nodes.is_empty() {
        return Err(ImportError::new("This looks like a Mermaid diagram, but it has no tasks."));
    }
    let mut outline = graph.into_outline();
    if lines.len() > 1 {
        let message = format!(
            "There are {} diagrams, in lines {}; the largest one, in line {line}, was read.",
            lines.len(),
            notes::listed(&lines.iter().map(String::as_str).collect::<Vec<_>>())
        );
        outline.notes.push(notes::DIAGRAM_CHOSEN.says(&message).at_line(line));
    }
    task_file::finish(outline, Reader::default(), &FORMAT)
}

fn refusal(blocks: &[Block]) -> ImportError {
    let name = blocks.iter().find_map(|block| match block.kind {
        Kind::Other(name) => Some(name),
        _ => None,
    });
    ImportError::new(format!(
        "This looks like a Mermaid {}, which shows no tasks that wait for each other. Flowcharts and gantt charts are \
         read.",
        name.unwrap_or("diagram")
    ))
}

fn graphs(blocks: &[Block]) -> Vec<(usize, Graph)> {
    let read = blocks.iter().filter_map(|block| {
        let graph = match block.kind {
            Kind::Flowchart => flowchart::read(block.text, block.line),
            Kind::Gantt => gantt::read(block.text, block.line),
            Kind::Other(_) => return None,
        };
        Some((block.line, graph))
    });
    read.collect()
}

/// The diagram if the text is one.
fn bare(text: &str) -> Option<Block<'_>> {
    block(text, 1)
}

/// A diagram that starts in this text, whose first line has this number. Settings and comments may come first.
fn block(text: &str, first: usize) -> Option<Block<'_>> {
    let mut start = 0;
    let mut is_in_front = false;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let trimmed = line.trim();
        if trimmed == "---" {
            is_in_front = !is_in_front && index == 0;
        } else if !(is_in_front || trimmed.is_empty() || trimmed.starts_with("%%")) {
            let kind = kind_of(trimmed)?;
            return Some(Block { text: text.get(start..)?, line: first + index, kind });
        }
        start += line.len();
    }
    None
}

fn kind_of(header: &str) -> Option<Kind> {
    let mut words = header.split([' ', '\t', ';']).filter(|word| !word.is_empty());
    let word = words.next()?;
    let is_direction = |word: &str| matches!(word, "TD" | "TB" | "BT" | "LR" | "RL" | ">" | "<" | "^" | "v");
    match word {
        "graph" | "flowchart" | "flowchart-elk" => {
            words.next().is_none_or(is_direction).then_some(Kind::Flowchart)
        }
        "gantt" => words.next().is_none().then_some(Kind::Gantt),
        _ => {
            // A sentence may start with such a word; a header has at most two.
            let is_short = header.split_whitespace().count() <= 2;
            let (_, name) = OTHER_KINDS.iter().find(|(start, _)| {
                word == *start || word.strip_prefix(start).is_some_and(|rest| rest.starts_with('-'))
            })?;
            let is_certain = word.chars().any(char::is_uppercase) || word.contains('-');
            (is_short && is_certain).then_some(Kind::Other(name))
        }
    }
}

/// The diagrams in code blocks of Markdown.
fn fenced(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let (mut start, mut fence): (usize, Option<(&str, usize, usize)>) = (0, None);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let trimmed = line.trim();
        match fence {
            None => {
                let marks = trimmed.len() - trimmed.trim_start_matches(['`', '~']).len();
                let is_mermaid = || {
                    trimmed[marks..]
                        .trim()
                        .split([' ', '{'])
                        .any(|word| word.trim_end_matches('}') == "mermaid")
                };
                if marks >= 3 && is_mermaid() {
                    fence = Some((&trimmed[..marks], start + line.len(), index + 2));
                } else if trimmed.starts_with(":::") && trimmed[3..].trim() == "mermaid" {
                    fence = Some((":::", start + line.len(), index + 2));
                }
            }
            Some((mark, from, first)) if trimmed == mark => {
                found.extend(block(&text[from..start], first));
                fence = None;
            }
            Some(_) => {}
        }
        start += line.len();
    }
    // A block that is not closed ends with the text.
    found.extend(fence.and_then(|(_, from, first)| block(&text[from..], first)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::lines_with_groups;

    fn shown(text: &str) -> Vec<String> {
        lines_with_groups(&FORMAT, text)
    }

    #[test]
    fn an_arrow_is_a_wait() {
        let text = "# Order\n\n```mermaid\nflowchart LR\n  A[Store carts] --> B[Cart page]\n  A --> C[Router]\n```\n";
        assert_eq!(shown(text), ["A Store carts <> []", "B Cart page <A> []", "C Router <A> []", "PP504"]);
        assert!(matches!(recognise(&[File::new("", text)]), Certainty::Likely(_)));
    }

    #[test]
    fn frames_are_groups_and_may_be_waited_for() {
        let text =
            "graph TD\nsubgraph s [Back end]\n A --> B\nend\ns --> C\nsubgraph \"Front end\"\n C\nend\n";
        assert_eq!(shown(text), ["A A <> [Back end]", "B B <A> [Back end]", "C C <B> [Front end]", "PP504"]);
    }

    #[test]
    fn of_several_diagrams_the_largest_one_is_read() {
        let text = "```mermaid\npie\n\"a\": 1\n```\n~~~mermaid\ngraph LR\nA --> B\n~~~\n```mermaid\n%% x\ngantt\nsection S\n\
                    One: a, 1d\nTwo: 2d\nThree: after a, 1d\n```\n";
        let shown = shown(text);
        assert_eq!(shown[..3], ["a One <> [S]", "T1 Two <a> [S]", "T2 Three <a> [S]"]);
        assert!(shown.contains(&"PP552".to_owned()), "{shown:?}");
    }

    #[test]
    fn other_diagrams_are_refused_and_other_texts_are_none() {
        assert!(
            shown("sequenceDiagram\n A->>B: hi\n")[0]
                .starts_with("This looks like a Mermaid sequence diagram")
        );
        assert!(shown("graph TD\n")[0].contains("no tasks"));
        for text in [
            "graph theory is fun\n",
            "gantt charts\n",
            "digraph {}\n",
            "block the door\n",
            "journey\n",
            "```mermaid\n```\n",
        ] {
            assert_eq!(recognise(&[File::new("", text)]), Certainty::No, "{text}");
        }
    }
}
