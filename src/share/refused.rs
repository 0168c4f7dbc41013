//! Why a link can't be opened.

use std::fmt;

/// Why nothing was opened. Nothing else happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The text holds no link of this program.
    NoLink,
    /// The link ends before its length can be read.
    CutAtStart,
    /// Only a part of the payload is there.
    Cut {
        /// Letters that are there.
        received: usize,
        /// Letters that were sent.
        expected: usize,
    },
    /// It has its length, but is not what was sent.
    Changed,
    /// A newer version of the program made it.
    NewerVersion(u32),
    /// It holds a review where a plan is wanted.
    IsReview,
    /// It holds a plan where a review is wanted.
    IsPlan,
    /// It is whole, but holds nothing that this program writes.
    Unreadable,
    /// What it holds is larger than any link may be.
    TooLarge,
    /// The program that codes links is not there, or is of another build; see [`coder`](super::coder).
    NoCoder,
}

impl fmt::Display for Refused {
    /// What is wrong and what to do, in sentences.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NoLink => f.write_str(
                "There is no plan in this text. A link to a plan has a part after “#” that begins with “1.”; copy the \
                 whole link, or the whole message with it.",
            ),
            Refused::CutAtStart => f.write_str(
                "The link is cut off right after its beginning. Ask for it again, or for the plan as a file.",
            ),
            Refused::Cut { received, expected } => write!(
                f,
                "The link is cut off: {received} of {expected} characters arrived. Ask for it again, or for the plan as \
                 a file."
            ),
            Refused::Changed => f.write_str(
                "The link was changed on its way: its checksum is wrong, so nothing was opened. Copy it again from where \
                 it was sent, or ask for the plan as a file.",
            ),
            Refused::NewerVersion(version) => write!(
                f,
                "This link was made by a newer version of phaseplan (format {version}, this one reads {}). Reload or \
                 update, and open it again.",
                super::envelope::FORMAT
            ),
            Refused::IsReview => f.write_str(
                "This link holds a reply to a review, not a plan. Open the plan that it belongs to, and paste it there.",
            ),
            Refused::IsPlan => f.write_str(
                "This link holds a plan, not a reply to a review. Open it by itself.",
            ),
            Refused::Unreadable => f.write_str(
                "The link is whole, but there is no plan in it that phaseplan could have written. Nothing was opened.",
            ),
            Refused::TooLarge => {
                f.write_str("What the link holds is larger than a link may be. Ask for the plan as a file.")
            }
            Refused::NoCoder => f.write_str(
                "The part of phaseplan that reads links did not load, or is of another version because phaseplan was \
                 updated, so nothing was opened. Check the connection, reload the page, and open the link again.",
            ),
        }
    }
}

impl std::error::Error for Refused {}
