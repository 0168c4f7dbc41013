//! How sure a format is that it can read some files.

/// How sure a format is, with a reason that fits into a sentence: "12 items have a box and an id such as
/// T001".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certainty {
    /// The files are not in this format.
    No,
    /// The files can be read in this format, but so can many others.
    Possible(String),
    /// The files look like this format.
    Likely(String),
    /// The files have something that no other format has.
    Sure(String),
}

impl Certainty {
    /// A number that grows with certainty.
    pub fn rank(&self) -> u8 {
        match self {
            Certainty::No => 0,
            Certainty::Possible(_) => 1,
            Certainty::Likely(_) => 2,
            Certainty::Sure(_) => 3,
        }
    }

    /// `sure`, `likely`, `possible` or `no`.
    pub fn name(&self) -> &'static str {
        match self {
            Certainty::No => "no",
            Certainty::Possible(_) => "possible",
            Certainty::Likely(_) => "likely",
            Certainty::Sure(_) => "sure",
        }
    }

    /// The reason; empty for [`Certainty::No`].
    pub fn why(&self) -> &str {
        match self {
            Certainty::No => "",
            Certainty::Possible(why) | Certainty::Likely(why) | Certainty::Sure(why) => why,
        }
    }
}
