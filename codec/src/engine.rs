//! What a stream runs on: the coder that is linked in, or the same coder in a program of its own.

use crate::{Damage, Kind, Number, Stream};

/// Codes one value after another. A writer is given them, a reader fills them in.
pub trait Engine {
    /// A whole number; a reader is given anything.
    fn number(&mut self, what: Number, value: u32) -> Result<u32, Damage>;
    /// A text, in place.
    fn text(&mut self, kind: Kind, text: &mut String) -> Result<(), Damage>;
    /// Takes so many bytes of text or entries of lists off what may still come.
    fn take_room(&mut self, count: usize) -> Result<(), Damage>;
    /// So many bytes of text and entries of lists may come.
    fn limit(&mut self, size: usize);
    /// How many bytes of text and entries of lists came.
    fn size(&self) -> usize;
    /// The bytes that stand for all that was written.
    fn finish(self: Box<Self>) -> Vec<u8>;
}

/// Makes streams.
pub trait Codec {
    /// A stream that writes.
    fn writer(&self) -> Stream;
    /// A stream that reads these bytes.
    fn reader(&self, bytes: &[u8]) -> Stream;
}
