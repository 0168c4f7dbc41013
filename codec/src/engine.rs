//! The engine of a stream: the coder that is linked in, or the same coder as a separate program.

use crate::{Damage, Kind, Number, Stream};

/// Codes one value after another. A writer takes the values, a reader returns them.
pub trait Engine {
    /// Codes a whole number. A reader ignores `value`.
    ///
    /// # Errors
    ///
    /// If the bytes read are no number that a writer could have written.
    fn number(&mut self, what: Number, value: u32) -> Result<u32, Damage>;
    /// Codes a text in place.
    ///
    /// # Errors
    ///
    /// If the bytes read are no text, or more than is allowed.
    fn text(&mut self, kind: Kind, text: &mut String) -> Result<(), Damage>;
    /// Subtracts bytes of text or list entries from the amount still allowed.
    ///
    /// # Errors
    ///
    /// If more is taken than is allowed.
    fn take_room(&mut self, count: usize) -> Result<(), Damage>;
    /// Sets the allowed bytes of text and list entries.
    fn limit(&mut self, size: usize);
    /// The bytes of text and list entries so far.
    fn size(&self) -> usize;
    /// The encoded bytes.
    fn finish(self: Box<Self>) -> Vec<u8>;
}

/// Creates streams.
pub trait Codec {
    /// A stream for writing.
    fn writer(&self) -> Stream;
    /// A stream that reads these bytes.
    fn reader(&self, bytes: &[u8]) -> Stream;
}
