//! The coder: a text model and adaptive number models over one arithmetic coder.

use std::sync::OnceLock;

use super::adaptive::Adaptive;
use super::arithmetic::Arithmetic;
use super::text_model::TextModel;
use super::{Codec, Damage, Engine, Kind, MAX_BYTES, Number, Stream};

/// Typical numbers in plans, to prime the models. Numbers missing here are too rare to matter.
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

const NUMBERS: usize = Number::ALL.len();

/// The codec that is linked into this program.
pub struct LinkedIn;

impl Codec for LinkedIn {
    fn writer(&self) -> Stream {
        Stream::writer(Coder::writer())
    }

    fn reader(&self, bytes: &[u8]) -> Stream {
        Stream::reader(Coder::reader(bytes.to_vec()))
    }
}

/// One link being written or read.
pub struct Coder {
    bits: Arithmetic,
    texts: TextModel,
    /// For each kind of number and each length in bits, the probability that the number is longer.
    lengths: Vec<Adaptive>,
    /// For each kind of number, a tree over its first eight bits.
    heads: Vec<Adaptive>,
    /// The bytes of text and list entries that are still allowed.
    room: usize,
}

impl Coder {
    /// A coder for writing.
    pub fn writer() -> Coder {
        Coder::over(Arithmetic::writer())
    }

    /// A coder for reading.
    pub fn reader(bytes: Vec<u8>) -> Coder {
        Coder::over(Arithmetic::reader(bytes))
    }

    fn over(bits: Arithmetic) -> Coder {
        let even = |count: usize| vec![Adaptive::new(1 << 15); count];
        let mut primed = Coder {
            bits: Arithmetic::writer(),
            texts: primed().clone(),
            lengths: even(NUMBERS * 32),
            heads: even(NUMBERS * 256),
            room: MAX_BYTES,
        };
        for &(what, values) in USUAL {
            // A writer never fails.
            let _ = values.iter().try_for_each(|&value| primed.number(what, value).map(|_| ()));
        }
        Coder { bits, ..primed }
    }

    fn byte(&mut self, given: u8) -> Result<u8, Damage> {
        let mut read = 0;
        for left in (0..8).rev() {
            let bit = self.bits.bit(self.texts.probability(), u32::from(given) >> left & 1);
            self.texts.learn(bit);
            read = read << 1 | bit;
        }
        let byte = read as u8;
        if byte != END {
            self.take_room(1)?;
        }
        if self.bits.is_past_end() { Err(Damage) } else { Ok(byte) }
    }
}

impl Engine for Coder {
    fn number(&mut self, what: Number, given: u32) -> Result<u32, Damage> {
        let tree = what as usize;
        let mut bits = 0;
        // Step by step, since most numbers are small.
        while bits < 32 {
            let case = tree * 32 + bits as usize;
            let is_longer = u32::from(32 - given.leading_zeros() > bits);
            let is_longer = self.bits.bit(bounded(self.lengths[case]), is_longer);
            self.lengths[case].learn(is_longer, MEMORY);
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
                let bit = self.bits.bit(bounded(self.heads[case]), bit);
                self.heads[case].learn(bit, MEMORY);
                bit
            } else {
                self.bits.bit(1 << 15, bit)
            };
            read = read << 1 | bit;
        }
        if self.bits.is_past_end() { Err(Damage) } else { Ok(read) }
    }

    /// 255 marks the end, because it never occurs in UTF-8.
    fn text(&mut self, kind: Kind, text: &mut String) -> Result<(), Damage> {
        self.texts.begin(kind);
        if !self.bits.is_reader() {
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

    fn take_room(&mut self, count: usize) -> Result<(), Damage> {
        self.room = self.room.checked_sub(count).ok_or(Damage)?;
        Ok(())
    }

    fn limit(&mut self, size: usize) {
        self.room = size.min(MAX_BYTES);
    }

    fn size(&self) -> usize {
        MAX_BYTES - self.room
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.bits.finish()
    }
}

const END: u8 = 255;

/// The number of recent bits that count for a probability of a number's bit.
const MEMORY: u32 = 60;

/// A probability that is never 0 or 1.
fn bounded(adaptive: Adaptive) -> u32 {
    adaptive.probability().clamp(64, 65_536 - 64)
}

/// The text model, primed with text about tasks; computed once. A line is a field; its first letters are its
/// kind, and prose has none.
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
