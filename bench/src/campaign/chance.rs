//! Pseudo-random numbers from a seed (`SplitMix64`; G. L. Steele, D. Lea and C. H. Flood 2014), and random
//! inputs for campaigns.

use phaseplan::Plan;
use phaseplan::plan::normal::normalise;
use phaseplan::plan::{Acceptance, Estimate, Field, FieldMut, Resource, ResourceUse, Task, TaskId};
use phaseplan::schedule::random::Random;
use phaseplan::text::{Spelling, print};

/// A random sequence.
pub struct Chance(Random);

const WORDS: [&str; 24] = [
    "Add",
    "the parser",
    "search",
    "tests for",
    "src/api/**",
    "__proto__",
    "constructor",
    "\u{202e}abc",
    "日本語",
    "🦊",
    "<script>",
    "é\u{301}\u{301}",
    "`code`",
    "*",
    "\u{200b}",
    "T1",
    "@owns(x)",
    "1.p.3.zz.AAAe",
    "#",
    "a\tb",
    "database",
    "before the next one starts.",
    "\"quoted\"",
    "\\",
];

/// Fragments that are difficult for the grammar of plan text.
const PIECES: [&str; 72] = [
    "@owns(a)",
    "@owns(",
    "@owns(src/**, !src/x)",
    "@after",
    "@after(T1)",
    "@reads(b/*.rs)",
    "@uses(db 2)",
    "@bob",
    "@x(y)",
    "~20m",
    "~1h30",
    "~1m..2m..3m",
    "~",
    "T1",
    "T2",
    "T12345",
    "[x]",
    "[ ]",
    "[~]",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "#",
    "## ",
    "# ",
    ">",
    "> at most 3",
    "> capacity: db 2",
    "`",
    "``",
    "```",
    "`@owns(a)`",
    "\"",
    "\\",
    "\\@",
    "\\`",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ";",
    "·",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\n- ",
    "\r\n",
    "\r",
    "<!-- c -->",
    "-->",
    "---",
    "**",
    "_",
    "&amp;",
    "|",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "\0",
    "é\u{301}😀",
    "@json({})",
    "@id(x)",
    "@title(y)",
];

impl Chance {
    /// The sequence of a seed.
    pub fn of(seed: u64) -> Chance {
        Chance(Random::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0.bits()
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// True with a probability of 1 / `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// A random element.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A few words.
    pub fn words(&mut self, most: usize) -> String {
        let count = self.below(most + 1);
        (0..count).map(|_| *self.pick(&WORDS)).collect::<Vec<_>>().join(" ")
    }

    /// A list of at most this many entries.
    pub fn list<T>(&mut self, most: usize, mut entry: impl FnMut(&mut Chance) -> T) -> Vec<T> {
        let count = self.below(most + 1);
        (0..count).map(|_| entry(self)).collect()
    }

    /// A task id.
    pub fn id(&mut self) -> TaskId {
        TaskId(match self.below(8) {
            0 => self.words(1),
            1 => format!("A-{:03}", self.below(12)),
            _ => format!("T{}", self.below(12)),
        })
    }

    /// A plan in normal form.
    pub fn plan(&mut self) -> Plan {
        let mut plan = Plan { title: self.words(3), goal: self.words(6), ..Plan::default() };
        plan.id = if self.once_in(2) { String::new() } else { format!("p{}", self.below(1000)) };
        plan.settings.max_parallel = 1 + self.below(9) as u32;
        plan.resources =
            self.list(2, |chance| Resource { name: chance.words(1), capacity: chance.below(4) as u32 });
        plan.tasks = self.list(6, Chance::task);
        if self.once_in(5) {
            plan.unknown.insert(self.words(1), serde_json::json!([1, {"a": null}]));
        }
        normalise(&mut plan);
        plan
    }

    /// A task, not in normal form.
    pub fn task(&mut self) -> Task {
        let mut task = Task { id: self.id(), ..Task::default() };
        for field in Field::OF_TASK {
            if let Some(value) = task.field_mut(field) {
                self.fill(value);
            }
        }
        task
    }

    fn fill(&mut self, value: FieldMut<'_>) {
        match value {
            FieldMut::Words(text) => *text = self.words(4),
            FieldMut::Prose(text) => *text = self.words(12),
            FieldMut::Name(text) => *text = self.words(1),
            FieldMut::Patterns(list) => *list = self.list(3, |chance| chance.words(1)),
            FieldMut::Statements(list) => *list = self.list(1, |chance| chance.words(2)),
            FieldMut::Ids(list) => *list = self.list(2, Chance::id),
            FieldMut::Uses(list) => {
                *list = self.list(1, |chance| ResourceUse {
                    resource: chance.words(1),
                    amount: chance.next() as u32,
                });
            }
            FieldMut::Minutes(estimate) => *estimate = self.once_in(2).then(|| self.estimate()),
            FieldMut::Choice(choice) => {
                let names = choice.names();
                choice.choose(self.pick::<&str>(&names));
            }
            FieldMut::Acceptances(list) => {
                *list = self.list(1, |chance| Acceptance { task: chance.id(), reason: chance.words(2) });
            }
            FieldMut::Json(value) => {
                *value = match self.below(3) {
                    0 => serde_json::Value::Null,
                    1 => self.words(1).into(),
                    _ => serde_json::json!({self.words(1): [self.words(2), null, 1.5]}),
                };
            }
        }
    }

    fn estimate(&mut self) -> Estimate {
        let [low, likely, high] = [(); 3].map(|()| self.below(60) as u32);
        Estimate::between(low, likely, high)
    }

    /// Plan text as people type it, or nearly so: printed plans with a changed layout, or fragments of the
    /// grammar in any order.
    pub fn plan_text(&mut self) -> String {
        if self.once_in(2) {
            return self.pieces(60);
        }
        let spelling = *self.pick(&[Spelling::Typing, Spelling::Document]);
        let mut text = print(&self.plan(), spelling);
        for _ in 0..self.below(4) {
            let at = self.boundary(&text);
            let notes = ["<!-- kept -->\n", "\n\n", "A note.\n", " ", "", ""];
            let piece = if self.once_in(3) { self.pieces(3) } else { (*self.pick(&notes)).to_owned() };
            text.insert_str(at, &piece);
        }
        text
    }

    /// Fragments of the grammar in any order.
    pub fn pieces(&mut self, most: usize) -> String {
        let count = self.below(most + 1);
        (0..count).map(|_| if self.once_in(4) { *self.pick(&WORDS) } else { *self.pick(&PIECES) }).collect()
    }

    /// A character boundary or the end; beginnings of lines are twice as likely.
    fn boundary(&mut self, text: &str) -> usize {
        let letters = text.char_indices().filter(|(at, letter)| *letter == '\n' || at % 3 == 0);
        let starts: Vec<usize> = letters
            .map(|(at, letter)| if letter == '\n' { at + 1 } else { at })
            .chain([text.len()])
            .collect();
        *self.pick(&starts)
    }

    /// The text with one range replaced, as typing, pasting and deleting do.
    pub fn typed(&mut self, text: &str) -> String {
        let (one, other) = (self.boundary(text), self.boundary(text));
        let to = if self.once_in(2) { one } else { one.max(other) };
        let piece = if self.once_in(3) { String::new() } else { self.pieces(4) };
        [&text[..one.min(to)], &piece, &text[to..]].concat()
    }

    /// The text with one to three letters changed, removed, inserted or swapped.
    pub fn damage(&mut self, text: &str, letters: &[u8]) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            match self.below(4) {
                0 if !bytes.is_empty() => bytes[at] = *self.pick(letters),
                1 if !bytes.is_empty() => {
                    bytes.remove(at);
                }
                2 => bytes.insert(at, *self.pick(letters)),
                _ if bytes.len() > 1 => {
                    let other = self.below(bytes.len());
                    bytes.swap(at, other);
                }
                _ => {}
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
