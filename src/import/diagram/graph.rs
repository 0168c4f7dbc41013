//! The nodes, arrows and frames of a diagram.

use std::collections::{HashMap, HashSet};

use super::label;
use crate::import::outline::{Item, Outline, Wait};
use crate::import::{MAX_WAITS, notes};
use crate::plan::{Estimate, Kind, Status};

/// A diagram.
#[derive(Debug, Default)]
pub struct Graph {
    /// Its title.
    pub title: String,
    /// In the order in which they are named first.
    pub nodes: Vec<Node>,
    /// Frames around nodes.
    pub frames: Vec<Frame>,
    /// Pairs of nodes: the second one waits for the first one.
    pub arrows: Vec<(usize, usize)>,
    /// Pairs of nodes that the rules of the diagram put in order.
    pub implied: Vec<(usize, usize)>,
    /// Nodes that wait for an id that is not there.
    pub missing: Vec<(usize, String)>,
    /// The first line with a connection that has no direction, and how many there are.
    pub undirected: Option<(usize, usize)>,
    /// The lines that were not understood, up to a few, and how many there are.
    pub skipped: (Vec<usize>, usize),
    by_id: HashMap<String, usize>,
    known: HashSet<(usize, usize)>,
}

/// How many frames around a node are looked at.
const MAX_DEPTH: usize = 64;

/// A node.
#[derive(Debug, Default)]
pub struct Node {
    /// As written.
    pub id: String,
    /// The words in it; empty if it has only an id.
    pub label: String,
    /// Where it is named first, counted from 1.
    pub line: usize,
    /// Index of the innermost frame around it.
    pub frame: Option<usize>,
    /// Progress.
    pub status: Status,
    /// `None` if nothing shows it.
    pub kind: Option<Kind>,
    /// Duration.
    pub minutes: Option<Estimate>,
}

/// A frame around nodes: a sub-graph or a section.
#[derive(Debug, Default)]
pub struct Frame {
    /// As written; empty if it has none.
    pub id: String,
    /// Its title; empty if it has none.
    pub title: String,
    /// Where it starts, counted from 1.
    pub line: usize,
    /// Index of the frame around it.
    pub around: Option<usize>,
}

impl Graph {
    /// The node with this id, which is added if there is none.
    pub fn node(&mut self, id: &str, line: usize, frame: Option<usize>) -> usize {
        if let Some(index) = self.by_id.get(id) {
            let node = &mut self.nodes[*index];
            node.frame = node.frame.or(frame);
            return *index;
        }
        self.by_id.insert(id.to_owned(), self.nodes.len());
        self.add(Node { id: id.to_owned(), line, frame, ..Node::default() })
    }

    /// The node with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Adds a node, which needs no id.
    pub fn add(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Makes each of the later nodes wait for each of the earlier ones.
    pub fn connect(&mut self, earlier: &[usize], later: &[usize]) {
        for before in earlier {
            for after in later {
                if self.arrows.len() > MAX_WAITS {
                    return;
                }
                if self.known.insert((*before, *after)) {
                    self.arrows.push((*before, *after));
                }
            }
        }
    }

    /// Counts a connection without direction.
    pub fn count_undirected(&mut self, line: usize) {
        self.undirected = Some(self.undirected.map_or((line, 1), |(first, count)| (first, count + 1)));
    }

    /// Counts a line that was not understood.
    pub fn skip(&mut self, line: usize) {
        if self.skipped.0.len() < 5 {
            self.skipped.0.push(line);
        }
        self.skipped.1 += 1;
    }

    /// The outline of the graph. A frame at the end of an arrow means all that is in it.
    pub fn into_outline(self) -> Outline {
        let mut outline = Outline { title: self.title.clone(), ..Outline::default() };
        self.add_notes(&mut outline);
        let frame_of: HashMap<&str, usize> = (self.frames.iter().enumerate())
            .filter(|(_, frame)| !frame.id.is_empty())
            .map(|(index, frame)| (frame.id.as_str(), index))
            .collect();
        // Frames that are used as nodes come first, since parents do.
        let mut place: Vec<usize> = vec![0; self.nodes.len()];
        let mut item_of_frame: Vec<Option<usize>> = vec![None; self.frames.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            if let Some(frame) = frame_of.get(node.id.as_str()).filter(|_| !node.id.is_empty()) {
                place[index] = outline.items.len();
                item_of_frame[*frame] = Some(outline.items.len());
                outline.items.push(self.item_of_frame(*frame, index));
            }
        }
        for (index, node) in self.nodes.iter().enumerate() {
            let is_frame = !node.id.is_empty() && frame_of.contains_key(node.id.as_str());
            if !is_frame {
                place[index] = outline.items.len();
                outline.items.push(self.item(node));
            }
        }
        for (index, node) in self.nodes.iter().enumerate() {
            let around = self.frames_around(node.frame).find_map(|frame| item_of_frame[frame]);
            outline.items[place[index]].parent = around.filter(|parent| *parent < place[index]);
        }
        for (before, after) in &self.arrows {
            let name = outline.items[place[*before]].names[0].clone();
            outline.items[place[*after]].waits.push(Wait::Named(name));
        }
        for (node, id) in &self.missing {
            outline.items[place[*node]].waits.push(Wait::Named(id.clone()));
        }
        for (before, after) in &self.implied {
            outline.items[place[*after]].waits.push(Wait::Implied(place[*before]));
        }
        outline
    }

    fn frames_around(&self, frame: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let around = |frame: &usize| self.frames[*frame].around.filter(|around| around < frame);
        std::iter::successors(frame, around).take(MAX_DEPTH)
    }

    fn item(&self, node: &Node) -> Item {
        let (title, minutes) = label::read(&node.label);
        let title = if title.is_empty() { node.id.clone() } else { title };
        let group = self.frames_around(node.frame).map(|frame| self.frames[frame].title.clone());
        // A sentence is no id; the task gets a new one.
        let is_id = node.id.len() <= 64 && !node.id.contains(char::is_whitespace);
        Item {
            names: vec![node.id.clone()],
            group: group.into_iter().find(|title| !title.is_empty()).unwrap_or_default(),
            status: node.status,
            kind: node.kind,
            minutes: node.minutes.or(minutes),
            ..Item::new(if is_id { node.id.as_str() } else { "" }, title, node.line)
        }
    }

    fn item_of_frame(&self, frame: usize, node: usize) -> Item {
        let title = &self.frames[frame].title;
        let title = if title.is_empty() { self.nodes[node].id.clone() } else { title.clone() };
        let id = &self.nodes[node].id;
        Item { names: vec![id.clone()], ..Item::new(id, title, self.frames[frame].line) }
    }

    fn add_notes(&self, outline: &mut Outline) {
        if let Some((line, count)) = self.undirected {
            let message = format!("{count} lines have no direction, so nothing waits because of them.");
            outline.notes.push(notes::NO_DIRECTION.says(&message).at_line(line));
        }
        if let (lines, count @ 1..) = &self.skipped {
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            let message = format!("{count} lines were not understood, such as {}.", lines.join(", "));
            outline.notes.push(notes::SECTION_NOT_READ.says(&message));
        }
    }
}
