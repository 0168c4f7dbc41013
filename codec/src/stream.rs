//! Numbers and texts, one after another. Writing and reading use the same calls, so they can't diverge: a
//! writer takes the values, a reader fills them in.

use crate::{Engine, Kind};

/// The most bytes of text and list entries in one link, over all fields.
pub const MAX_BYTES: usize = 1 << 20;

/// The payload is not something that a writer produces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage;

/// The meaning of a number. Each has its own distribution.
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
    /// All of them, in order.
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

/// Values being written or read.
pub struct Stream {
    engine: Box<dyn Engine>,
    is_reader: bool,
}

impl Stream {
    /// A stream for writing.
    pub fn writer(engine: impl Engine + 'static) -> Stream {
        Stream { engine: Box::new(engine), is_reader: false }
    }

    /// A stream for reading.
    pub fn reader(engine: impl Engine + 'static) -> Stream {
        Stream { engine: Box::new(engine), is_reader: true }
    }

    /// Whether values are read rather than written.
    pub fn is_reader(&self) -> bool {
        self.is_reader
    }

    /// Sets the allowed bytes of text and list entries. Reading a link with more fails.
    pub fn limit(&mut self, size: usize) {
        self.engine.limit(size);
    }

    /// The bytes of text and list entries so far.
    pub fn size(&self) -> usize {
        self.engine.size()
    }

    /// The encoded bytes.
    pub fn finish(self) -> Vec<u8> {
        self.engine.finish()
    }

    /// Codes a whole number.
    ///
    /// # Errors
    ///
    /// When reading, if the bytes are damaged.
    pub fn number(&mut self, what: Number, value: &mut u32) -> Result<(), Damage> {
        *value = self.engine.number(what, *value)?;
        Ok(())
    }

    /// Codes a boolean.
    ///
    /// # Errors
    ///
    /// When reading, if the bytes are damaged.
    pub fn flag(&mut self, what: Number, value: bool) -> Result<bool, Damage> {
        Ok(self.engine.number(what, u32::from(value))? > 0)
    }

    /// Codes the length of a list. When reading, creates that many entries.
    ///
    /// # Errors
    ///
    /// When reading, if the bytes are damaged or the list is longer than `most`.
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

    /// Codes a text.
    ///
    /// # Errors
    ///
    /// When reading, if the bytes are damaged.
    pub fn text(&mut self, kind: Kind, text: &mut String) -> Result<(), Damage> {
        self.engine.text(kind, text)
    }

    /// Codes a text that may be empty.
    ///
    /// # Errors
    ///
    /// When reading, if the bytes are damaged.
    pub fn optional_text(&mut self, what: Number, kind: Kind, text: &mut String) -> Result<(), Damage> {
        if self.flag(what, !text.is_empty())? { self.text(kind, text) } else { Ok(()) }
    }

    /// Counts bytes of text and list entries: they determine memory and time.
    ///
    /// # Errors
    ///
    /// If more is counted than the stream allows.
    pub fn take_room(&mut self, count: usize) -> Result<(), Damage> {
        self.engine.take_room(count)
    }
}
