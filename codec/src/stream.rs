//! Numbers and texts over one arithmetic coder. Writing and reading are the same calls, so the two can't get out of step:
//! a writer is given the values, a reader fills them in.

use std::sync::OnceLock;

use super::adaptive::Adaptive;
use super::arithmetic::Coder;
use super::text_model::{Kind, TextModel};

/// Most bytes of text and entries of lists in one link, all fields together.
pub const MAX_BYTES: usize = 1 << 20;

/// The payload is none that a writer makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage;

/// What a number says; each has a distribution of its own.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each is the field of a plan or of a review with its name")]
pub enum Number {
    Contents,
    HasId,
    HasTitle,
    HasGoal,
    IsUsual,
    Parallel,
    Minutes,
    Alone,
    Agents,
    Resources,
    Capacity,
    Unknown,
    Tasks,
    IdFollows,
    SameGroup,
    Owns,
    Reads,
    After,
    Back,
    Forward,
    Uses,
    Resource,
    Amount,
    MinutesForm,
    Spread,
    SameAgent,
    SameModel,
    Kind,
    Status,
    HasInstructions,
    Checks,
    Accepts,
    HasReason,
    Events,
    Byte,
}

/// What plans usually hold, read before anything else. Numbers that are not here are met too seldom to matter.
const USUAL: &[(Number, &[u32])] = &[
    (Number::Contents, &[0, 0, 1]),
    (Number::HasId, &[0, 1]),
    (Number::HasTitle, &[0, 1]),
    (Number::HasGoal, &[0, 0, 1]),
    (Number::IsUsual, &[1, 0]),
    (Number::Parallel, &[3, 4, 5, 6, 8, 10]),
    (Number::Minutes, &[120, 5, 90, 10, 15, 240, 25, 35, 50, 20, 40, 60, 45, 30, 60, 20, 30]),
    (Number::Alone, &[0, 0, 1]),
    (Number::Agents, &[0, 3, 0]),
    (Number::Resources, &[0, 2, 0, 1, 0]),
    (Number::Capacity, &[2, 1, 3, 1]),
    (Number::Unknown, &[0, 0, 0, 0, 0, 0, 0, 0]),
    (Number::Tasks, &[6, 9, 12, 16, 20, 30, 50, 100]),
    (Number::IdFollows, &[1, 1, 1, 0, 1, 1, 1, 1]),
    (Number::SameGroup, &[1, 1, 0, 1, 1, 1, 0, 1]),
    (Number::Owns, &[2, 1, 3, 1, 0, 2, 1, 1]),
    (Number::Reads, &[0, 0, 1, 0, 0, 2, 0, 0]),
    (Number::After, &[1, 0, 2, 1, 0, 1, 3, 1]),
    (Number::Back, &[2, 3, 2, 5, 2, 4, 7, 3]),
    (Number::Uses, &[0, 0, 0, 1, 0, 0, 0, 0]),
    (Number::Resource, &[1, 2, 1, 0, 1]),
    (Number::Amount, &[1, 1, 2, 1, 1]),
    (Number::MinutesForm, &[1, 0, 1, 2, 1, 1]),
    (Number::Spread, &[10, 30, 15, 20, 60]),
    (Number::SameAgent, &[1, 0, 1, 1, 1, 1]),
    (Number::SameModel, &[1, 1, 1, 0, 1, 1, 1, 1]),
    (Number::Kind, &[0, 0, 2, 0, 3, 0, 0, 0]),
    (Number::Status, &[0, 0, 2, 0, 0, 0, 0, 0]),
    (Number::HasInstructions, &[1, 1, 0, 1, 1]),
    (Number::Checks, &[0, 0, 1, 0, 0, 0]),
    (Number::Accepts, &[0, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
    (Number::HasReason, &[1, 0, 1]),
];

const NUMBERS: usize = Number::Byte as usize + 1;

/// Values beside the coder: the text model and what numbers were met.
pub struct Stream<'a> {
    coder: Coder<'a>,
    texts: TextModel,
    /// For each sort of number, whether it is longer than so many bits.
    lengths: Adaptive,
    /// For each sort of number, a tree over its first eight bits.
    heads: Adaptive,
    /// Bytes of text and entries of lists that may still come.
    room: usize,
}

impl<'a> Stream<'a> {
    /// A stream that writes.
    pub fn writer() -> Stream<'static> {
        Stream::over(Coder::writer())
    }

    /// A stream that reads.
    pub fn reader(bytes: &'a [u8]) -> Stream<'a> {
        Stream::over(Coder::reader(bytes))
    }

    fn over(coder: Coder<'a>) -> Stream<'a> {
        let even = |count: usize| std::iter::repeat_n(1 << 15, count);
        let mut stream = Stream {
            coder: Coder::writer(),
            texts: primed().clone(),
            lengths: Adaptive::new(even(NUMBERS * 32), 60),
            heads: Adaptive::new(even(NUMBERS * 256), 60),
            room: MAX_BYTES,
        };
        for &(what, values) in USUAL {
            // A writer refuses no number.
            let _ = values.iter().try_for_each(|&value| stream.number(what, &mut value.clone()));
        }
        Stream { coder, ..stream }
    }

    /// Whether values are read, not written.
    pub fn is_reader(&self) -> bool {
        self.coder.is_reader()
    }

    /// How many bytes of text and entries of lists may come; a link that holds more is refused where they end.
    pub fn limit(&mut self, size: usize) {
        self.room = size.min(MAX_BYTES);
    }

    /// How many bytes of text and entries of lists were written.
    pub fn size(&self) -> usize {
        MAX_BYTES - self.room
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.coder.finish()
    }

    /// A whole number.
    pub fn number(&mut self, what: Number, value: &mut u32) -> Result<(), Damage> {
        let tree = what as usize;
        let given = *value;
        let mut bits = 0;
        // Step by step, since most numbers are small.
        while bits < 32 {
            let case = tree * 32 + bits as usize;
            let is_longer = u32::from(32 - given.leading_zeros() > bits);
            let is_longer = self.coder.bit(bounded(self.lengths.probability(case)), is_longer);
            self.lengths.learn(case, is_longer);
            if is_longer == 0 {
                break;
            }
            bits += 1;
        }
        let mut read = u32::from(bits > 0);
        for left in (0..bits.saturating_sub(1)).rev() {
            let bit = given >> left & 1;
            let bit = if read < 256 {
                let case = tree * 256 + read as usize;
                let bit = self.coder.bit(bounded(self.heads.probability(case)), bit);
                self.heads.learn(case, bit);
                bit
            } else {
                self.coder.bit(1 << 15, bit)
            };
            read = read << 1 | bit;
        }
        *value = read;
        if self.coder.is_past_end() { Err(Damage) } else { Ok(()) }
    }

    /// A yes or a no.
    pub fn flag(&mut self, what: Number, value: bool) -> Result<bool, Damage> {
        let mut number = u32::from(value);
        self.number(what, &mut number)?;
        Ok(number > 0)
    }

    /// The length of a list: while reading, that many entries of the given sort are made.
    pub fn list<T>(
        &mut self,
        what: Number,
        list: &mut Vec<T>,
        most: usize,
        entry: impl FnMut() -> T,
    ) -> Result<(), Damage> {
        let mut count = u32::try_from(list.len()).unwrap_or(u32::MAX);
        self.number(what, &mut count)?;
        let count = count as usize;
        if count > most {
            return Err(Damage);
        }
        self.take_room(count)?;
        list.resize_with(count, entry);
        Ok(())
    }

    /// A text. No byte of UTF-8 is 255, so that one ends it.
    pub fn text(&mut self, kind: Kind, text: &mut String) -> Result<(), Damage> {
        self.texts.begin(kind);
        if !self.is_reader() {
            for byte in text.bytes() {
                self.byte(byte)?;
            }
            self.byte(END)?;
            return Ok(());
        }
        let mut bytes = Vec::new();
        loop {
            match self.byte(0)? {
                END => break,
                byte => bytes.push(byte),
            }
        }
        *text = String::from_utf8(bytes).map_err(|_| Damage)?;
        Ok(())
    }

    /// A text that may be empty.
    pub fn optional_text(&mut self, what: Number, kind: Kind, text: &mut String) -> Result<(), Damage> {
        if self.flag(what, !text.is_empty())? { self.text(kind, text) } else { Ok(()) }
    }

    /// Bytes of text and entries of lists are what memory and time are spent on.
    pub fn take_room(&mut self, count: usize) -> Result<(), Damage> {
        self.room = self.room.checked_sub(count).ok_or(Damage)?;
        Ok(())
    }

    fn byte(&mut self, given: u8) -> Result<u8, Damage> {
        let mut read = 0;
        for left in (0..8).rev() {
            let bit = self.coder.bit(self.texts.probability(), u32::from(given) >> left & 1);
            self.texts.learn(bit);
            read = read << 1 | bit;
        }
        let byte = read as u8;
        if byte != END {
            self.take_room(1)?;
        }
        if self.coder.is_past_end() { Err(Damage) } else { Ok(byte) }
    }
}

const END: u8 = 255;

/// No bit is ever certain.
fn bounded(probability: u32) -> u32 {
    probability.clamp(64, 65_536 - 64)
}

/// The model after reading what people write about tasks, made once. A line is a field; its first letters say which kind, and
/// prose has none.
fn primed() -> &'static TextModel {
    static PRIMED: OnceLock<TextModel> = OnceLock::new();
    PRIMED.get_or_init(|| {
        let mut model = TextModel::new();
        for line in include_str!("priming.txt").lines() {
            let (kind, text) = match line.split_at_checked(2) {
                Some(("t:", title)) => (Kind::Title, title),
                Some(("p:", pattern)) => (Kind::Pattern, pattern),
                Some(("n:", name)) => (Kind::Name, name),
                Some(("c:", check)) => (Kind::Check, check),
                Some(("j:", json)) => (Kind::Json, json),
                _ => (Kind::Prose, line),
            };
            model.begin(kind);
            for byte in text.bytes().chain([END]) {
                (0..8).rev().for_each(|left| model.learn(u32::from(byte) >> left & 1));
            }
        }
        model
    })
}
