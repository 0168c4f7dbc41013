//! Plans and reviews in links: the part after `#`, which browsers never send to a server.
//!
//! Writing is deterministic: the same plan gives the same link. Reading is total: any text is either the plan that was
//! sent or a sentence that says why not. Absent on purpose: addresses that would be loaded from elsewhere, and encryption, which
//! a link that carries its own key would only pretend.

mod base64url;
pub mod coder;
mod envelope;
mod find;
mod plan;
mod refused;
mod reply;

pub use envelope::{Cargo, FORMAT};
pub use refused::Refused;
pub use reply::{Brought, Events, events_in, is_file, replies, reply};

use codec::{Damage, MAX_BYTES, Number, Stream};

use crate::plan::{Plan, TaskId, restore};
use crate::review::Digest;

/// What of a plan goes into a link.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Contents {
    /// Everything.
    #[default]
    Full,
    /// Everything but the instructions, which make up most of the length.
    StructureOnly,
}

/// A plan in a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What stands after `#`.
    pub fragment: String,
}

impl Link {
    /// The whole link, for the page at this address; its own fragment is replaced.
    pub fn at(&self, page: &str) -> String {
        format!("{}#{}", page.split('#').next().unwrap_or_default(), self.fragment)
    }

    /// The whole link, opened at one task.
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

/// Why there is no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritten {
    /// It would hold more than a link may.
    TooLarge,
    /// The program that codes links is not there, or is of another build; see [`coder`].
    NoCoder,
}

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unwritten::TooLarge => write!(
                f,
                "There is more than {} MB of text, which no link can hold. Send it as a file, or without instructions.",
                MAX_BYTES >> 20
            ),
            Unwritten::NoCoder => f.write_str(
                "The part of phaseplan that writes links did not load, or is of another version because phaseplan was \
                 updated. Check the connection, reload the page and try again, or send the plan as a file.",
            ),
        }
    }
}

/// What a link held.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The plan, in normal form.
    pub plan: Plan,
    /// What the sender put into the link.
    pub contents: Contents,
    /// The task that the link leads to.
    pub task: Option<TaskId>,
    /// The revision of the plan, if the sender has reviews of it.
    pub revision: Option<Digest>,
    /// What had to be changed in the plan, in sentences; a link that this program wrote needs nothing.
    pub notes: Vec<String>,
}

/// The link for a plan. The same plan gives the same link.
pub fn link(plan: &Plan, contents: Contents) -> Result<Link, Unwritten> {
    link_for_review(plan, contents, None)
}

/// The same, with the name of the revision that verdicts are to be about; without one, it follows from the plan alone.
pub fn link_for_review(plan: &Plan, contents: Contents, revision: Option<Digest>) -> Result<Link, Unwritten> {
    let mut plan = plan.clone();
    if contents == Contents::StructureOnly {
        plan.tasks.iter_mut().for_each(|task| task.instructions.clear());
    }
    restore::normalise(&mut plan);
    if plan.goal.len() + plan.tasks.iter().map(|task| task.instructions.len()).sum::<usize>() > MAX_BYTES {
        return Err(Unwritten::TooLarge);
    }
    let mut head = contents as u32 + if revision.is_some() { WITH_REVISION } else { 0 };
    let bytes = pack(|stream| {
        stream.number(Number::Contents, &mut head)?;
        if let Some(revision) = revision {
            digest(stream, &mut revision.bytes())?;
        }
        plan::plan(stream, &mut plan)
    });
    Ok(Link { fragment: envelope::wrap(Cargo::Plan, &bytes?) })
}

/// Whether there is a whole link in the text, so that the coder is needed to read it.
pub fn is_there(text: &str) -> bool {
    find::first(text).is_ok()
}

/// The plan in a link, or in the first link of a message.
pub fn open(text: &str) -> Result<Opened, Refused> {
    let found = find::first(text)?;
    if found.cargo != Cargo::Plan {
        return Err(Refused::IsReview);
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
        _ => return Err(Refused::Unreadable),
    };
    let notes = restore::normalise(&mut plan);
    Ok(Opened { plan, contents, task: task_in(&found.after), revision, notes })
}

/// Added to the number of the contents.
const WITH_REVISION: u32 = 2;

fn digest(stream: &mut Stream, bytes: &mut [u8; 10]) -> Result<(), Damage> {
    for byte in bytes {
        // The leading one keeps all bytes equally long.
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

/// So many bytes of text are one block in the number at the start of a payload.
const BLOCK: usize = 256;
/// So many bytes of text, and so many more for each byte of a payload, are the most that a payload may announce. What
/// a reader spends on a link is thus bounded by the length of the link.
const ANNOUNCED: (usize, usize) = (4_096, 200);

/// Writes through the codec. The payload begins with how much text is in it, so that a reader knows before it reads.
pub(crate) fn pack(write: impl FnOnce(&mut Stream) -> Result<(), Damage>) -> Result<Vec<u8>, Unwritten> {
    let mut stream = coder::coder().ok_or(Unwritten::NoCoder)?.writer();
    write(&mut stream).map_err(|Damage| Unwritten::TooLarge)?;
    let size = stream.size();
    let mut blocks = size.div_ceil(BLOCK);
    let mut bytes = Vec::new();
    while blocks >= 128 {
        bytes.push(blocks as u8 | 128);
        blocks >>= 7;
    }
    bytes.push(blocks as u8);
    bytes.extend(stream.finish());
    // A reader adds zeros at the end, so they change nothing.
    let least = (size.div_ceil(BLOCK) * BLOCK).saturating_sub(ANNOUNCED.0).div_ceil(ANNOUNCED.1);
    bytes.resize(bytes.len().max(least), 0);
    Ok(bytes)
}

/// Reads through the codec.
pub(crate) fn unpack(
    bytes: &[u8],
    read: impl FnOnce(&mut Stream) -> Result<(), Damage>,
) -> Result<(), Refused> {
    let (mut blocks, mut at) = (0, 0);
    loop {
        let byte = *bytes.get(at).filter(|_| at < 4).ok_or(Refused::Unreadable)?;
        blocks |= usize::from(byte & 127) << (7 * at);
        at += 1;
        if byte < 128 {
            break;
        }
    }
    if blocks * BLOCK > MAX_BYTES.min(ANNOUNCED.0 + ANNOUNCED.1 * bytes.len()) {
        return Err(Refused::TooLarge);
    }
    let mut stream = coder::coder().ok_or(Refused::NoCoder)?.reader(&bytes[at..]);
    stream.limit(blocks * BLOCK);
    read(&mut stream).map_err(|Damage| Refused::Unreadable)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Opens bytes that passed every check of the envelope.
    fn open_bytes(bytes: &[u8]) -> Result<Opened, Refused> {
        open(&envelope::wrap(Cargo::Plan, bytes))
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        for length in [&[0x80, 0x80, 0x01][..], &[0xff, 0xff, 0xff, 0x7f], &[0x81, 0x20]] {
            assert_eq!(open_bytes(&[length, &[0x55; 4000]].concat()).map(|_| ()), Err(Refused::TooLarge));
        }
        // Four hundred bytes may not announce a hundred thousand.
        assert_eq!(
            open_bytes(&[&[0x90, 0x03][..], &[0x55; 400]].concat()).map(|_| ()),
            Err(Refused::TooLarge)
        );
        for nothing in [&[][..], &[0x80], &[0xff, 0xff, 0xff, 0xff, 0xff]] {
            assert_eq!(open_bytes(nothing).map(|_| ()), Err(Refused::Unreadable));
        }
    }

    #[test]
    fn text_beyond_what_was_announced_is_refused() {
        let plan = Plan { title: "A title of more than a block. ".repeat(20), ..Plan::default() };
        let mut bytes = find::first(&link(&plan, Contents::Full).unwrap().fragment).unwrap().bytes;
        assert_eq!(open_bytes(&bytes).map(|opened| opened.plan.title.len()), Ok(599));
        bytes[0] -= 1;
        assert_eq!(open_bytes(&bytes).map(|_| ()), Err(Refused::Unreadable));
    }

    #[test]
    fn a_plan_that_repeats_itself_opens() {
        let task = crate::plan::Task { instructions: "The same again. ".repeat(100), ..Default::default() };
        let mut plan = Plan { tasks: vec![task; 200], ..Plan::default() };
        restore::normalise(&mut plan);
        assert_eq!(open(&link(&plan, Contents::Full).unwrap().fragment).map(|opened| opened.plan), Ok(plan));
    }

    #[test]
    fn the_other_kind_of_link_is_told_apart() {
        assert_eq!(open(&envelope::wrap(Cargo::Review, &[0, 0])).map(|_| ()), Err(Refused::IsReview));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn any_payload_is_a_plan_or_refused(blocks in 0..9u8, rest in proptest::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [&[blocks][..], &rest].concat();
            match open_bytes(&bytes) {
                Ok(mut opened) => prop_assert_eq!(restore::normalise(&mut opened.plan), Vec::<String>::new()),
                Err(refused) => prop_assert_eq!(refused, Refused::Unreadable),
            }
        }
    }
}
