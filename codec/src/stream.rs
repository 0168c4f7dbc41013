//! Numbers and texts, one after another. Writing and reading are the same calls, so the two can't get out of step: a writer is
//! given the values, a reader fills them in.

use crate::{Engine, Kind};

/// Most bytes of text and entries of lists in one link, all fields together.
pub const MAX_BYTES: usize = 1 << 20;

/// The payload is none that a writer makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage;

/// What a number says; each has a distribution of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
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

impl Number {
    /// All of them, in their order.
    pub const ALL: &[Number] = &[
        Number::Contents,
        Number::HasId,
        Number::HasTitle,
        Number::HasGoal,
        Number::IsUsual,
        Number::Parallel,
        Number::Minutes,
        Number::Alone,
        Number::Agents,
        Number::Resources,
        Number::Capacity,
        Number::Unknown,
        Number::Tasks,
        Number::IdFollows,
        Number::SameGroup,
        Number::Owns,
        Number::Reads,
        Number::After,
        Number::Back,
        Number::Forward,
        Number::Uses,
        Number::Resource,
        Number::Amount,
        Number::MinutesForm,
        Number::Spread,
        Number::SameAgent,
        Number::SameModel,
        Number::Kind,
        Number::Status,
        Number::HasInstructions,
        Number::Checks,
        Number::Accepts,
        Number::HasReason,
        Number::Events,
        Number::Byte,
    ];
}

/// Values on their way in or out.
pub struct Stream {
    engine: Box<dyn Engine>,
    is_reader: bool,
}

impl Stream {
    /// A stream that writes.
    pub fn writer(engine: impl Engine + 'static) -> Stream {
        Stream { engine: Box::new(engine), is_reader: false }
    }

    /// A stream that reads.
    pub fn reader(engine: impl Engine + 'static) -> Stream {
        Stream { engine: Box::new(engine), is_reader: true }
    }

    /// Whether values are read, not written.
    pub fn is_reader(&self) -> bool {
        self.is_reader
    }

    /// How many bytes of text and entries of lists may come; a link that holds more is refused where they end.
    pub fn limit(&mut self, size: usize) {
        self.engine.limit(size);
    }

    /// How many bytes of text and entries of lists were written.
    pub fn size(&self) -> usize {
        self.engine.size()
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.engine.finish()
    }

    /// A whole number.
    pub fn number(&mut self, what: Number, value: &mut u32) -> Result<(), Damage> {
        *value = self.engine.number(what, *value)?;
        Ok(())
    }

    /// A yes or a no.
    pub fn flag(&mut self, what: Number, value: bool) -> Result<bool, Damage> {
        Ok(self.engine.number(what, u32::from(value))? > 0)
    }

    /// The length of a list: while reading, that many entries of the given sort are made.
    pub fn list<T>(
        &mut self,
        what: Number,
        list: &mut Vec<T>,
        most: usize,
        entry: impl FnMut() -> T,
    ) -> Result<(), Damage> {
        let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
        let count = self.engine.number(what, count)? as usize;
        if count > most {
            return Err(Damage);
        }
        self.take_room(count)?;
        list.resize_with(count, entry);
        Ok(())
    }

    /// A text.
    pub fn text(&mut self, kind: Kind, text: &mut String) -> Result<(), Damage> {
        self.engine.text(kind, text)
    }

    /// A text that may be empty.
    pub fn optional_text(&mut self, what: Number, kind: Kind, text: &mut String) -> Result<(), Damage> {
        if self.flag(what, !text.is_empty())? { self.text(kind, text) } else { Ok(()) }
    }

    /// Bytes of text and entries of lists are what memory and time are spent on.
    pub fn take_room(&mut self, count: usize) -> Result<(), Damage> {
        self.engine.take_room(count)
    }
}
