//! Plans and reviews in links: the part after `#`, which browsers never send to a server.
//!
//! Writing is deterministic: the same plan gives the same link. Reading is total: any text gives either the
//! plan that was sent or a sentence that says why not. Deliberately absent: addresses to load plans from, and
//! encryption, which is pointless if the link carries its own key.

mod base64url;
pub mod coder;
mod envelope;
mod find;
mod open_error;
mod plan;
mod reply;

pub use envelope::{FORMAT, PayloadKind};
pub use find::{Payload, all as find_links};
pub use open_error::OpenError;
pub use reply::{Brought, Events, events_in, events_of, is_file, lines_of, replies, reply};

use codec::{Damage, MAX_BYTES, Number, Stream};

use crate::events::Digest;
use crate::plan::normal::{self, Change};
use crate::plan::{Plan, TaskId};

/// The part of a plan that goes into a link.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Contents {
    /// Everything.
    #[default]
    Full,
    /// Everything except the instructions, which are most of the length.
    StructureOnly,
}

/// A plan in a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The part after `#`.
    pub fragment: String,
}

impl Link {
    /// The whole link for the page at this address, replacing its fragment.
    pub fn at(&self, page: &str) -> String {
        format!("{}#{}", page.split('#').next().unwrap_or_default(), self.fragment)
    }

    /// The whole link, which opens at one task.
    pub fn at_task(&self, page: &str, task: &TaskId) -> String {
        let mut link = self.at(page) + "&t=";
        for byte in task.as_str().bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => link.push(char::from(byte)),
                _ => link.push_str(&format!("%{byte:02X}")),
            }
        }
        link
    }
}

/// Why no link could be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteError {
    /// The content is too large for a link.
    TooLarge,
    /// The codec is missing, or from another build; see [`coder`].
    NoCoder,
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WriteError::TooLarge => write!(
                f,
                "There is more than {} MB of text, which no link can hold. Send it as a file, or without \
                 instructions.",
                MAX_BYTES >> 20
            ),
            WriteError::NoCoder => f.write_str(
                "The part of phaseplan that writes links did not load, or is of another version because \
                 phaseplan was updated. Check the connection, reload the page and try again, or send the \
                 plan as a file.",
            ),
        }
    }
}

/// The content of a link.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The plan, in normal form.
    pub plan: Plan,
    /// What the sender included.
    pub contents: Contents,
    /// The task to open.
    pub task: Option<TaskId>,
    /// The revision of the plan, if the sender has a review of it.
    pub revision: Option<Digest>,
    /// The corrections made to the plan. Links written by this program need none.
    pub notes: Vec<Change>,
}

/// The link for a plan. The same plan gives the same link.
///
/// # Errors
///
/// If the plan is too large for a link, or the coder is not loaded.
pub fn link(plan: &Plan, contents: Contents) -> Result<Link, WriteError> {
    link_for_review(plan, contents, None)
}

/// The plan as a link with these contents holds it.
pub fn contained(plan: &Plan, contents: Contents) -> Plan {
    let mut plan = plan.clone();
    if contents == Contents::StructureOnly {
        plan.tasks.iter_mut().for_each(|task| task.instructions.clear());
    }
    plan
}

/// Like [`link`], with the id of the revision that verdicts refer to. Without one, it is derived from the
/// plan alone.
///
/// # Errors
///
/// As [`link`].
pub fn link_for_review(
    plan: &Plan,
    contents: Contents,
    revision: Option<Digest>,
) -> Result<Link, WriteError> {
    let mut plan = contained(plan, contents);
    normal::normalise(&mut plan);
    if plan.goal.len() + plan.tasks.iter().map(|task| task.instructions.len()).sum::<usize>() > MAX_BYTES {
        return Err(WriteError::TooLarge);
    }
    let mut head = contents as u32 + if revision.is_some() { WITH_REVISION } else { 0 };
    let bytes = pack(|stream| {
        stream.number(Number::Contents, &mut head)?;
        if let Some(revision) = revision {
            digest(stream, &mut revision.bytes())?;
        }
        plan::plan(stream, &mut plan)
    });
    Ok(Link { fragment: envelope::wrap(PayloadKind::Plan, &bytes?) })
}

/// The plan in a link, or in the first link of a message.
///
/// # Errors
///
/// If there is no whole link to a plan in the text; the error says what arrived.
pub fn open(text: &str) -> Result<Opened, OpenError> {
    open_found(&find::first(text)?)
}

/// The plan in a link found by [`find_links`].
///
/// # Errors
///
/// If the link is damaged, or leads to no plan.
pub fn open_found(found: &Payload) -> Result<Opened, OpenError> {
    if found.kind != PayloadKind::Plan {
        return Err(OpenError::IsReview);
    }
    let mut plan = Plan::default();
    let (mut head, mut revision) = (0, None);
    unpack(&found.bytes, |stream| {
        stream.number(Number::Contents, &mut head)?;
        if head & WITH_REVISION > 0 {
            let mut bytes = [0; 10];
            digest(stream, &mut bytes)?;
            revision = Some(Digest::from_bytes(bytes));
        }
        plan::plan(stream, &mut plan)
    })?;
    let contents = match head & !WITH_REVISION {
        0 => Contents::Full,
        1 => Contents::StructureOnly,
        _ => return Err(OpenError::Unreadable),
    };
    let notes = normal::normalise(&mut plan);
    Ok(Opened { plan, contents, task: task_in(&found.after), revision, notes })
}

/// Flag added to the number of the contents.
const WITH_REVISION: u32 = 2;

fn digest(stream: &mut Stream, bytes: &mut [u8; 10]) -> Result<(), Damage> {
    for byte in bytes {
        // The leading one gives all bytes the same length.
        let mut number = 256 | u32::from(*byte);
        stream.number(Number::Byte, &mut number)?;
        *byte = u8::try_from(number ^ 256).map_err(|_| Damage)?;
    }
    Ok(())
}

/// The task that `t=T12` names.
fn task_in(parameters: &str) -> Option<TaskId> {
    let value = parameters.strip_prefix("t=")?;
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%');
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok().filter(|id| !id.is_empty()).map(TaskId)
}

/// Bytes of text per block, as counted at the start of a payload.
const BLOCK: usize = 256;
/// The most text that a payload may announce: this many bytes, plus this many for each byte of payload. It
/// bounds the work to read a link by the length of the link.
const ANNOUNCED: (usize, usize) = (4_096, 200);

/// Encodes with the codec. The payload begins with the amount of text, so a reader knows it in advance.
pub(crate) fn pack(write: impl FnOnce(&mut Stream) -> Result<(), Damage>) -> Result<Vec<u8>, WriteError> {
    let mut stream = coder::coder().ok_or(WriteError::NoCoder)?.writer();
    write(&mut stream).map_err(|Damage| WriteError::TooLarge)?;
    let size = stream.size();
    let mut blocks = size.div_ceil(BLOCK);
    let mut bytes = Vec::new();
    while blocks >= 128 {
        bytes.push(blocks as u8 | 128);
        blocks >>= 7;
    }
    bytes.push(blocks as u8);
    bytes.extend(stream.finish());
    // A reader adds zeros at the end, so trailing zeros change nothing.
    let least = (size.div_ceil(BLOCK) * BLOCK).saturating_sub(ANNOUNCED.0).div_ceil(ANNOUNCED.1);
    bytes.resize(bytes.len().max(least), 0);
    Ok(bytes)
}

/// Decodes with the codec.
pub(crate) fn unpack(
    bytes: &[u8],
    read: impl FnOnce(&mut Stream) -> Result<(), Damage>,
) -> Result<(), OpenError> {
    // Twice as wide as the numbers of a 32-bit program, which 28 bits of blocks would overflow.
    let (mut blocks, mut at): (u64, usize) = (0, 0);
    loop {
        let byte = *bytes.get(at).filter(|_| at < 4).ok_or(OpenError::Unreadable)?;
        blocks |= u64::from(byte & 127) << (7 * at);
        at += 1;
        if byte < 128 {
            break;
        }
    }
    let most = MAX_BYTES.min(ANNOUNCED.0 + ANNOUNCED.1 * bytes.len());
    let announced = usize::try_from(blocks * BLOCK as u64).ok().filter(|announced| *announced <= most);
    let announced = announced.ok_or(OpenError::TooLarge)?;
    let mut stream = coder::coder().ok_or(OpenError::NoCoder)?.reader(&bytes[at..]);
    stream.limit(announced);
    read(&mut stream).map_err(|Damage| OpenError::Unreadable)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Opens bytes that passed all checks of the envelope.
    fn open_bytes(bytes: &[u8]) -> Result<Opened, OpenError> {
        open(&envelope::wrap(PayloadKind::Plan, bytes))
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        // The last one is 0 in 32 bits.
        let lengths: [&[u8]; 4] =
            [&[0x80, 0x80, 0x01], &[0xff, 0xff, 0xff, 0x7f], &[0x81, 0x20], &[0x80, 0x80, 0x80, 0x08]];
        for length in lengths {
            assert_eq!(open_bytes(&[length, &[0x55; 4000]].concat()).map(|_| ()), Err(OpenError::TooLarge));
        }
        // Four hundred bytes may not announce a hundred thousand.
        assert_eq!(
            open_bytes(&[&[0x90, 0x03][..], &[0x55; 400]].concat()).map(|_| ()),
            Err(OpenError::TooLarge)
        );
        for nothing in [&[][..], &[0x80], &[0xff, 0xff, 0xff, 0xff, 0xff]] {
            assert_eq!(open_bytes(nothing).map(|_| ()), Err(OpenError::Unreadable));
        }
    }

    #[test]
    fn text_beyond_what_was_announced_is_refused() {
        let plan = Plan { title: "A title of more than a block. ".repeat(20), ..Plan::default() };
        let mut bytes = find::first(&link(&plan, Contents::Full).unwrap().fragment).unwrap().bytes;
        assert_eq!(open_bytes(&bytes).map(|opened| opened.plan.title.len()), Ok(599));
        bytes[0] -= 1;
        assert_eq!(open_bytes(&bytes).map(|_| ()), Err(OpenError::Unreadable));
    }

    #[test]
    fn a_plan_that_repeats_itself_opens() {
        let task = crate::plan::Task { instructions: "The same again. ".repeat(100), ..Default::default() };
        let mut plan = Plan { tasks: vec![task; 200], ..Plan::default() };
        normal::normalise(&mut plan);
        assert_eq!(open(&link(&plan, Contents::Full).unwrap().fragment).map(|opened| opened.plan), Ok(plan));
    }

    #[test]
    fn the_other_kind_of_link_is_told_apart() {
        assert_eq!(open(&envelope::wrap(PayloadKind::Review, &[0, 0])).map(|_| ()), Err(OpenError::IsReview));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn any_payload_is_a_plan_or_refused(blocks in 0..9u8, rest in proptest::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [&[blocks][..], &rest].concat();
            match open_bytes(&bytes) {
                Ok(mut opened) => prop_assert_eq!(normal::normalise(&mut opened.plan), []),
                Err(refused) => prop_assert_eq!(refused, OpenError::Unreadable),
            }
        }
    }
}
