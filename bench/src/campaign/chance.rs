//! Numbers that look like chance and follow from a seed (SplitMix64; G. L. Steele, D. Lea and C. H. Flood 2014), and what
//! campaigns make of them.

use phaseplan::Plan;
use phaseplan::plan::restore::normalise;
use phaseplan::plan::{Acceptance, Estimate, Kind, Resource, ResourceUse, Status, Task, TaskId};
use phaseplan::text::{Spelling, print};

/// A sequence of numbers.
pub struct Chance(u64);

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

/// What the grammar of plan text may trip over.
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
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below this one.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Whether something happens that does so once in this many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A few words.
    pub fn words(&mut self, most: usize) -> String {
        let count = self.below(most + 1);
        (0..count).map(|_| *self.pick(&WORDS)).collect::<Vec<_>>().join(" ")
    }

    /// A list of so many at most.
    pub fn list<T>(&mut self, most: usize, mut entry: impl FnMut(&mut Chance) -> T) -> Vec<T> {
        let count = self.below(most + 1);
        (0..count).map(|_| entry(self)).collect()
    }

    /// The id of a task.
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
        Task {
            id: self.id(),
            title: self.words(4),
            instructions: self.words(12),
            owns: self.list(3, |chance| chance.words(1)),
            reads: self.list(1, |chance| chance.words(1)),
            after: self.list(2, Chance::id),
            uses: self
                .list(1, |chance| ResourceUse { resource: chance.words(1), amount: chance.next() as u32 }),
            minutes: self.once_in(2).then(|| {
                Estimate::between(self.below(60) as u32, self.below(60) as u32, self.below(60) as u32)
            }),
            agent: self.words(1),
            kind: *self.pick(&Kind::ALL),
            group: self.words(1),
            status: *self.pick(&Status::ALL),
            checks: self.list(1, |chance| chance.words(2)),
            accepts: self.list(1, |chance| Acceptance { task: chance.id(), reason: chance.words(2) }),
            ..Task::default()
        }
    }

    /// Plan text as people type it, or nearly so: printed ones whose layout was changed, and pieces of the grammar in any order.
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

    /// Pieces of the grammar in any order.
    pub fn pieces(&mut self, most: usize) -> String {
        let count = self.below(most + 1);
        (0..count).map(|_| if self.once_in(4) { *self.pick(&WORDS) } else { *self.pick(&PIECES) }).collect()
    }

    /// Where a letter begins, or the end; twice as often the beginning of a line.
    fn boundary(&mut self, text: &str) -> usize {
        let letters = text.char_indices().filter(|(at, letter)| *letter == '\n' || at % 3 == 0);
        let starts: Vec<usize> = letters
            .map(|(at, letter)| if letter == '\n' { at + 1 } else { at })
            .chain([text.len()])
            .collect();
        *self.pick(&starts)
    }

    /// The text with one stretch of it replaced, as typing, pasting and deleting do.
    pub fn typed(&mut self, text: &str) -> String {
        let (one, other) = (self.boundary(text), self.boundary(text));
        let to = if self.once_in(2) { one } else { one.max(other) };
        let piece = if self.once_in(3) { String::new() } else { self.pieces(4) };
        [&text[..one.min(to)], &piece, &text[to..]].concat()
    }

    /// The text with one to three letters changed, left out, put in or swapped.
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
