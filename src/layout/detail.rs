//! How much is drawn of each task, and how much space that takes.

/// What is drawn of each task. More detail needs more space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// A small box with the id, or with a colour only.
    Cells,
    /// One line with id and title.
    Lines,
    /// A card with title, id, minutes, sign and files.
    #[default]
    Cards,
}

/// The number of letters of each text, which decides how much space it needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letters {
    /// Of the longest id.
    pub id: usize,
    /// Of the title of each task.
    pub titles: Vec<usize>,
}

impl Letters {
    /// Counts those of a plan.
    pub fn of(plan: &crate::Plan) -> Letters {
        let count = |text: &str| text.chars().count();
        Letters {
            id: plan.tasks.iter().map(|task| count(task.id.as_str())).max().unwrap_or(0),
            titles: plan.tasks.iter().map(|task| count(&task.title)).collect(),
        }
    }
}

/// Width of a letter of a title, in pixels. Wide system fonts need that much.
pub const LETTER: i32 = 7;

/// The sizes of cards or lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Metrics {
    /// The least width of a card.
    pub narrowest: i32,
    /// The width of a card at which more would be of little use.
    pub widest: i32,
    /// Height of a card with a title of one line.
    pub height: i32,
    /// Height of each further line of the title.
    pub line: i32,
    /// The most lines of a title.
    pub most_lines: i32,
    /// Vertical space between cards.
    pub gap: i32,
    /// Space between the edge of a block and its cards.
    pub padding: i32,
    /// Height of the head of a block.
    pub head: i32,
    /// Space between blocks that are side by side. Lines go up and down in it.
    pub channel: i32,
    /// Space between two rows of blocks. Lines go sideways in it.
    pub gutter: i32,
    /// Where lines meet a card, below its upper edge.
    pub anchor: i32,
}

impl Metrics {
    /// The sizes at a level of detail. Cells have none of their own: they take the space there is.
    pub fn of(detail: Detail, letters: &Letters) -> Metrics {
        match detail {
            Detail::Cards => Metrics {
                narrowest: 172,
                widest: 264,
                height: 64,
                line: 17,
                most_lines: 3,
                gap: 8,
                padding: 8,
                head: 36,
                channel: 14,
                gutter: 20,
                anchor: 20,
            },
            Detail::Lines | Detail::Cells => Metrics {
                narrowest: line_width(letters, 18),
                widest: 420,
                height: 22,
                line: 0,
                most_lines: 1,
                gap: 0,
                padding: 2,
                head: 20,
                channel: 12,
                gutter: 7,
                anchor: 11,
            },
        }
    }

    /// Distance between the left edges of two cards side by side, less the width of a card.
    pub fn between(&self) -> i32 {
        self.channel + 2 * self.padding
    }

    /// Height of a card whose title has so many letters.
    pub fn card_height(&self, width: i32, letters: usize) -> i32 {
        let in_line = usize::try_from((width - 26) / LETTER).unwrap_or(0).max(1);
        let lines = i32::try_from(letters.div_ceil(in_line)).unwrap_or(i32::MAX);
        self.height + self.line * (lines.clamp(1, self.most_lines) - 1)
    }
}

/// The most letters of an id that a line or cell has room for.
const LONGEST_ID: usize = 10;

/// Width of an id, in pixels.
pub(super) fn id_width(letters: &Letters) -> i32 {
    LETTER * letters.id.clamp(2, LONGEST_ID) as i32
}

/// Width of a line in which so many letters of the title can be read.
fn line_width(letters: &Letters, title: i32) -> i32 {
    LINE_EDGES + id_width(letters) + title * LETTER
}

/// Space in a line for its edge, its margins, and the space between id and title.
const LINE_EDGES: i32 = 24;

/// The letters of a title that can be read in a line of this width, at least.
pub fn letters_in_line(width: i32, letters: &Letters) -> usize {
    usize::try_from((width - LINE_EDGES - id_width(letters)) / LETTER).unwrap_or(0)
}
