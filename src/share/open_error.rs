//! The reasons why a link can't be opened.

use std::fmt;

/// Why a link was not opened. Nothing else has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// The text contains no link of this program.
    NoLink,
    /// The link ends before its length can be read.
    CutAtStart,
    /// A part of the payload is missing.
    Cut {
        /// Letters received.
        received: usize,
        /// Letters sent.
        expected: usize,
    },
    /// It has the right length, but its content was changed.
    Changed,
    /// It was made by a newer version of the program.
    NewerVersion(u32),
    /// It contains a review, but a plan is expected.
    IsReview,
    /// It contains a plan, but a review is expected.
    IsPlan,
    /// It is intact, but its content is not something this program writes.
    Unreadable,
    /// Its content is too large for a link.
    TooLarge,
    /// The codec is missing, or from another build; see [`coder`](super::coder).
    NoCoder,
}

impl fmt::Display for OpenError {
    /// What is wrong and what to do, in sentences.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::NoLink => f.write_str(
                "There is no plan in this text. A link to a plan has a part after “#” that begins with “1.”; \
                 copy the whole link, or the whole message with it.",
            ),
            OpenError::CutAtStart => f.write_str(
                "The link is cut off right after its beginning. Ask for it again, or for the plan as a file.",
            ),
            OpenError::Cut { received, expected } => write!(
                f,
                "The link is cut off: {received} of {expected} characters arrived. Ask for it again, or for \
                 the plan as a file."
            ),
            OpenError::Changed => f.write_str(
                "The link was changed on its way: its checksum is wrong, so nothing was opened. Copy it \
                 again from where it was sent, or ask for the plan as a file.",
            ),
            OpenError::NewerVersion(version) => write!(
                f,
                "This link was made by a newer version of phaseplan (format {version}, this one reads {}). \
                 Reload or update, and open it again.",
                super::envelope::FORMAT
            ),
            OpenError::IsReview => f.write_str(
                "This link holds a reply to a review, not a plan. Open the plan that it belongs to, and \
                 paste it there.",
            ),
            OpenError::IsPlan => {
                f.write_str("This link holds a plan, not a reply to a review. Open it separately.")
            }
            OpenError::Unreadable => f.write_str(
                "The link is whole, but there is no plan in it that phaseplan could have written. Nothing \
                 was opened.",
            ),
            OpenError::TooLarge => {
                f.write_str("What the link holds is larger than a link may be. Ask for the plan as a file.")
            }
            OpenError::NoCoder => f.write_str(
                "The part of phaseplan that reads links did not load, or is of another version because \
                 phaseplan was updated, so nothing was opened. Check the connection, reload the page, and \
                 open the link again.",
            ),
        }
    }
}

impl std::error::Error for OpenError {}
