//! The calls of a script: which agents run, in which order, and what they are told.

use std::collections::HashMap;
use std::mem::take;
use std::rc::Rc;

use super::tokens::{Kind, Token};
use crate::import::outline::{Item, Outline, Wait};
use crate::import::{MAX_WAITS, notes};
use crate::plan::normal::MAX_TASKS;

/// What a bracket belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// The call of `parallel`.
    Parallel,
    /// The list in it.
    Branches,
    /// The call of `pipeline`.
    Pipeline,
    /// The body of a loop, or the call of `map`.
    Loop,
    /// What is only done under a condition.
    Condition,
    Other,
}

/// An open bracket.
struct Open {
    sign: char,
    frame: Frame,
    /// What runs before every branch.
    entry: Rc<[usize]>,
    /// The last agents of the branches so far.
    exits: Vec<usize>,
    /// What the block after it is.
    block: Frame,
}

/// Reads the tokens of a script.
pub struct Script<'a, 't> {
    tokens: &'t [Token<'a>],
    /// Texts by the names of the constants that hold them.
    constants: HashMap<&'a str, &'t str>,
    outline: Outline,
    open: Vec<Open>,
    /// How many of the open brackets are of each of these frames.
    depths: [usize; 4],
    /// What the next agent waits for.
    before: Rc<[usize]>,
    /// One more than a plan takes, so that the plan says that some are missing.
    waits_left: usize,
    phase: String,
    phases: Vec<Phase>,
    filled: Vec<usize>,
    in_loops: Vec<usize>,
    in_pipelines: Vec<usize>,
    in_conditions: Vec<usize>,
    unread: Vec<&'a str>,
}

/// A phase that the script declares.
#[derive(Default)]
struct Phase {
    title: String,
    detail: String,
    model: String,
}

/// An argument that should be a text.
#[derive(Default)]
struct Told {
    text: String,
    /// Whether parts of it are not literal.
    has_holes: bool,
}

impl<'a, 't> Script<'a, 't> {
    /// The agents of a script as items, with notes. Time grows with the tokens and the waits.
    pub fn read(tokens: &'t [Token<'a>]) -> Outline {
        let mut script = Script {
            tokens,
            constants: constants(tokens),
            outline: Outline::default(),
            open: Vec::new(),
            depths: [0; 4],
            before: Rc::from([]),
            waits_left: MAX_WAITS + 1,
            phase: String::new(),
            phases: Vec::new(),
            filled: Vec::new(),
            in_loops: Vec::new(),
            in_pipelines: Vec::new(),
            in_conditions: Vec::new(),
            unread: Vec::new(),
        };
        script.read_all();
        script.finish()
    }

    fn kind(&self, at: usize) -> Option<&'t Kind<'a>> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    fn is(&self, at: usize, sign: char) -> bool {
        self.kind(at).is_some_and(|kind| kind.is(sign))
    }

    fn read_all(&mut self) {
        let (mut call, mut block) = (Frame::Other, Frame::Other);
        let mut at = 0;
        while let Some(kind) = self.kind(at) {
            match kind {
                Kind::Word("meta") if self.is(at + 1, '=') && self.is(at + 2, '{') => {
                    at = self.read_meta(at + 2);
                    continue;
                }
                Kind::Word("agent") if self.is(at + 1, '(') => {
                    at = self.read_agent(at);
                    continue;
                }
                Kind::Word("phase") if self.is(at + 1, '(') => {
                    if let (Some(Kind::Text(title)), true) = (self.kind(at + 2), self.is(at + 3, ')')) {
                        self.phase.clone_from(title);
                    }
                }
                Kind::Word(word) if self.is(at + 1, '(') => call = frame_of_call(word),
                Kind::Word("else" | "try" | "do" | "finally" | "catch") => {
                    block = match kind {
                        Kind::Word("else" | "catch") => Frame::Condition,
                        Kind::Word("do") => Frame::Loop,
                        _ => Frame::Other,
                    };
                    at += 1;
                    continue;
                }
                Kind::Sign(sign @ ('(' | '[' | '{')) => self.push(*sign, take_frame(&mut call), block),
                Kind::Sign(sign @ (')' | ']' | '}')) => {
                    block = self.pop(*sign);
                    at += 1;
                    continue;
                }
                Kind::Sign(',') => self.end_branch(),
                _ => {}
            }
            block = Frame::Other;
            at += 1;
        }
        while let Some(open) = self.open.last() {
            self.pop(closing(open.sign));
        }
    }

    fn push(&mut self, sign: char, call: Frame, block: Frame) {
        let is_list = sign == '[' && self.open.last().is_some_and(|open| open.frame == Frame::Parallel);
        let (frame, block) = match (sign, call) {
            ('(', Frame::Loop | Frame::Condition) => (Frame::Other, call),
            ('(', Frame::Parallel | Frame::Pipeline) => (call, Frame::Other),
            _ if is_list => (Frame::Branches, Frame::Other),
            ('{', _) => (block, Frame::Other),
            _ => (Frame::Other, Frame::Other),
        };
        // Calls such as `map` hold what is repeated in their own brackets.
        let frame = if sign == '(' && call == Frame::Branches { Frame::Loop } else { frame };
        if let Some(at) = counted(frame) {
            self.depths[at] += 1;
        }
        self.open.push(Open { sign, frame, entry: Rc::clone(&self.before), exits: Vec::new(), block });
    }

    /// Closes a bracket; returns what the block behind it is. A bracket that closes nothing is passed over.
    fn pop(&mut self, sign: char) -> Frame {
        if self.open.last().is_none_or(|open| closing(open.sign) != sign) {
            return Frame::Other;
        }
        self.end_branch();
        let Some(open) = self.open.pop() else { return Frame::Other };
        if let Some(at) = counted(open.frame) {
            self.depths[at] -= 1;
        }
        if open.frame == Frame::Branches && !open.exits.is_empty() {
            self.before = open.exits.into();
        }
        open.block
    }

    /// Ends a branch of `parallel`, if the innermost bracket is its list.
    fn end_branch(&mut self) {
        let Some(open) = self.open.last_mut().filter(|open| open.frame == Frame::Branches) else { return };
        if !Rc::ptr_eq(&open.entry, &self.before) {
            open.exits.extend(self.before.iter());
            self.before = Rc::clone(&open.entry);
        }
    }

    /// Reads `agent('Write src/a.rs', {label: 'a'})`; returns where it ends.
    fn read_agent(&mut self, at: usize) -> usize {
        let line = self.tokens[at].line;
        let (told, mut at) = self.read_text(at + 2);
        let mut item = Item { group: self.phase.clone(), line, ..Item::default() };
        let mut label = String::new();
        if self.is(at, ',') && self.is(at + 1, '{') {
            at = self.read_options(at + 1, &mut item, &mut label);
        }
        at = self.after_bracket(at);
        let is_id = !label.is_empty() && !label.contains(char::is_whitespace) && label.len() <= 40;
        let index = self.outline.items.len();
        if index > 2 * MAX_TASKS {
            // The plan takes no more, and says how many there are.
            self.outline.items.push(item);
            return at;
        }
        if is_id {
            item.id.clone_from(&label);
        }
        item.title = match label.as_str() {
            "" => told.text.clone(),
            label if is_id => label.split(['-', '_']).collect::<Vec<_>>().join(" "),
            label => label.to_owned(),
        };
        if !label.is_empty() {
            item.text.clone_from(&told.text);
            item.names.push(label);
        }
        let declared = self.phases.iter().find(|phase| phase.title == item.group);
        if let Some(phase) = declared.filter(|_| item.model.is_empty()) {
            item.model.clone_from(&phase.model);
        }
        let waits = self.before.iter().take(self.waits_left).map(|before| Wait::Implied(*before));
        item.waits = waits.collect();
        self.waits_left -= item.waits.len();
        item.claim = (self.depths[0] > 0).then(|| "as a branch of `parallel`".to_owned());
        for (depth, list) in
            self.depths[1..].iter().zip([&mut self.in_loops, &mut self.in_conditions, &mut self.in_pipelines])
        {
            if *depth > 0 {
                list.push(index);
            }
        }
        if told.has_holes {
            self.filled.push(index);
        }
        self.outline.items.push(item);
        self.before = Rc::from([index]);
        at
    }

    /// Reads an argument up to its comma or bracket.
    fn read_text(&self, mut at: usize) -> (Told, usize) {
        let mut told = Told::default();
        let mut is_hole = false;
        while let Some(kind) = self.kind(at) {
            let text = match kind {
                Kind::Sign(',' | ')') => break,
                Kind::Sign('+') => None,
                Kind::Text(text) => Some(text.as_str()),
                Kind::Template(text) => {
                    told.has_holes = true;
                    Some(text.as_str())
                }
                Kind::Word(word) if !self.is(at + 1, '.') && !self.is(at + 1, '(') => {
                    self.constants.get(word).copied().or(Some(""))
                }
                _ => Some(""),
            };
            match text {
                Some("") if !is_hole => {
                    told.text.push_str("${…}");
                    (told.has_holes, is_hole) = (true, true);
                }
                Some(text) if !text.is_empty() => {
                    told.text.push_str(text);
                    is_hole = false;
                }
                Some(_) => {}
                None => is_hole = false,
            }
            at = match kind {
                Kind::Sign('(' | '[' | '{') => self.after_bracket(at + 1),
                _ => at + 1,
            };
        }
        (told, at)
    }

    /// Reads the options of an agent from their brace on; returns where they end. Another bracket that closes ends them
    /// too: it closes the call, and the brace was forgotten.
    fn read_options(&mut self, brace: usize, item: &mut Item, label: &mut String) -> usize {
        let mut at = brace + 1;
        while self.kind(at).is_some_and(|kind| !matches!(kind, Kind::Sign('}' | ')' | ']'))) {
            let (name, value) = match (self.kind(at), self.is(at + 1, ':')) {
                (Some(Kind::Word(name)), true) => (*name, at + 2),
                (Some(Kind::Text(name)), true) => (name.as_str(), at + 2),
                _ => ("", at),
            };
            let ends = self.is(value + 1, ',') || self.is(value + 1, '}');
            let literal = match self.kind(value).filter(|_| ends) {
                Some(Kind::Text(text)) => Some(text.as_str()),
                Some(Kind::Word(word)) => self.constants.get(word).copied(),
                _ => None,
            };
            match (name, literal) {
                ("label", Some(text)) => text.trim().clone_into(label),
                ("phase", Some(text)) => text.clone_into(&mut item.group),
                ("model", Some(text)) => text.clone_into(&mut item.model),
                ("agentType", Some(text)) => text.clone_into(&mut item.agent),
                ("effort" | "isolation", Some(text)) => {
                    item.unknown.insert(name.to_owned(), text.into());
                }
                ("", _) => {}
                (_, _) => {
                    if let Some(name) = OPTIONS.iter().find(|known| **known == name)
                        && !self.unread.contains(name)
                    {
                        self.unread.push(name);
                    }
                }
            }
            at = self.after_value(value);
        }
        if self.is(at, '}') { at + 1 } else { at }
    }

    /// Where the next entry of an object begins.
    fn after_value(&self, mut at: usize) -> usize {
        while let Some(kind) = self.kind(at) {
            match kind {
                Kind::Sign(',') => return at + 1,
                Kind::Sign('}' | ')' | ']') => return at,
                Kind::Sign('(' | '[' | '{') => at = self.after_bracket(at + 1),
                _ => at += 1,
            }
        }
        at
    }

    /// The end of the bracket that is open at a token.
    fn after_bracket(&self, mut at: usize) -> usize {
        let mut depth = 1;
        while let Some(kind) = self.kind(at) {
            match kind {
                Kind::Sign('(' | '[' | '{') => depth += 1,
                Kind::Sign(')' | ']' | '}') => depth -= 1,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at
    }

    /// Reads `meta` from its brace on; returns where it ends.
    fn read_meta(&mut self, brace: usize) -> usize {
        let end = self.after_bracket(brace + 1);
        let mut depth = 0;
        for at in brace..end {
            match self.kind(at) {
                Some(Kind::Sign('(' | '[' | '{')) => depth += 1,
                Some(Kind::Sign(')' | ']' | '}')) => depth -= 1,
                Some(Kind::Word(name)) if self.is(at + 1, ':') => {
                    let Some(Kind::Text(text)) = self.kind(at + 2) else { continue };
                    match (*name, depth) {
                        ("name", 1) => self.outline.title.clone_from(text),
                        ("description", 1) => self.outline.goal.clone_from(text),
                        ("title", 3) => {
                            self.phases.push(Phase { title: text.clone(), ..Phase::default() });
                        }
                        ("detail", 3) => {
                            if let Some(phase) = self.phases.last_mut() {
                                phase.detail.clone_from(text);
                            }
                        }
                        ("model", 3) => {
                            if let Some(phase) = self.phases.last_mut() {
                                phase.model.clone_from(text);
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        end
    }

    fn finish(mut self) -> Outline {
        for phase in self.phases.iter().filter(|phase| !phase.detail.is_empty()) {
            self.outline.goal += &format!("\n{}: {}", phase.title, phase.detail);
        }
        let runs = "stands in a loop and is read as if it ran once";
        let stages =
            "stands in a pipeline, which runs it once for each entry of a list; it is read as one task";
        let condition = "is only called under a condition; it is read as if it always ran";
        let filled = "is told something that is put together while the script runs";
        for (list, singular) in [
            (take(&mut self.in_loops), runs),
            (take(&mut self.in_pipelines), stages),
            (take(&mut self.in_conditions), condition),
        ] {
            self.note(&list, |names| format!("{names} {singular}."), singular);
        }
        let list = take(&mut self.filled);
        self.note(
            &list,
            |names| {
                format!(
                    "What {names} is told is put together while the script runs; ${{…}} stands for what is not \
                     known."
                )
            },
            filled,
        );
        let used: std::collections::HashSet<&str> =
            self.outline.items.iter().map(|item| item.group.as_str()).collect();
        let empty: Vec<&str> = (self.phases.iter().map(|phase| phase.title.as_str()))
            .filter(|title| !used.contains(title))
            .collect();
        if !empty.is_empty() {
            let (phases, have) = if empty.len() == 1 { ("phase", "has") } else { ("phases", "have") };
            let message =
                format!("The {phases} {} {have} no agents and were left out.", notes::listed(&empty));
            let message = if empty.len() == 1 { message.replace("were left", "was left") } else { message };
            self.outline.notes.push(notes::PARTS_NOT_READ.says(&message));
        }
        self.outline.notes.extend(notes::parts_not_read(&self.unread));
        self.outline
    }

    /// A note about some agents, with the place of the first.
    fn note(&mut self, list: &[usize], one: impl Fn(&str) -> String, several: &str) {
        let Some(first) = list.first().and_then(|first| self.outline.items.get(*first)) else { return };
        let called: Vec<String> =
            list.iter().take(12).map(|item| self.outline.items[*item].called()).collect();
        let message = match called.as_slice() {
            [name] if list.len() == 1 => one(name),
            _ => {
                let names: Vec<&str> = called.iter().map(String::as_str).collect();
                let more = match list.len() - names.len() {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!("Of each of these holds that it {several}: {}{more}.", names.join(", "))
            }
        };
        let note = first.says(&notes::DECIDED_WHILE_RUNNING, &message);
        self.outline.notes.push(note);
    }
}

/// Options of agents that are known and not read, or only read if they are literal.
const OPTIONS: [&str; 7] = ["label", "phase", "model", "agentType", "effort", "isolation", "schema"];

/// What the brackets of a call hold. `Branches` stands for calls that repeat what is in their own brackets.
fn frame_of_call(word: &str) -> Frame {
    match word {
        "parallel" | "all" | "allSettled" => Frame::Parallel,
        "pipeline" => Frame::Pipeline,
        "for" | "while" => Frame::Loop,
        "if" | "switch" | "catch" => Frame::Condition,
        "map" | "flatMap" | "forEach" => Frame::Branches,
        _ => Frame::Other,
    }
}

fn take_frame(frame: &mut Frame) -> Frame {
    std::mem::replace(frame, Frame::Other)
}

/// The place of a frame among those whose depth counts.
fn counted(frame: Frame) -> Option<usize> {
    [Frame::Branches, Frame::Loop, Frame::Condition, Frame::Pipeline].iter().position(|known| *known == frame)
}

fn closing(sign: char) -> char {
    match sign {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Constants that are nothing but a text.
fn constants<'a, 't>(tokens: &'t [Token<'a>]) -> HashMap<&'a str, &'t str> {
    let found = tokens.windows(5).filter_map(|five| match five {
        [declared, name, equals, value, after]
            if declared.kind == Kind::Word("const")
                && equals.kind.is('=')
                && !matches!(after.kind, Kind::Sign('+' | '.' | '[' | '?' | '(')) =>
        {
            match (&name.kind, &value.kind) {
                (Kind::Word(name), Kind::Text(text)) => Some((*name, text.as_str())),
                _ => None,
            }
        }
        _ => None,
    });
    found.collect()
}
