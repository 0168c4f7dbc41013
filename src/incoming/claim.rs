//! What files may be, and how sure that is.

use std::ops::Range;

use crate::import::{self, Certainty, File, Format, only_text};
use crate::library::archive;
use crate::share::{self, OpenError, Payload};

/// What files are taken for.
#[derive(Debug)]
pub struct Claim {
    /// How sure it is.
    pub certainty: Certainty,
    /// What they are.
    pub content: Content,
    /// Which of the files are meant.
    pub files: Range<usize>,
}

/// What files are, with what was found out while they were recognised.
#[derive(Debug)]
pub enum Content {
    /// A plan in a format.
    Plan(&'static Format),
    /// Links in a message, whole or not; the first one counts.
    Links(Vec<Result<Payload, OpenError>>),
    /// A file of events of a review.
    Events,
    /// Several documents, each with its name and its record.
    Archive(Vec<(String, String)>),
}

impl Content {
    /// Name for programs.
    pub fn id(&self) -> &'static str {
        match self {
            Content::Plan(format) => format.id,
            Content::Links(_) => "link",
            Content::Events => "review",
            Content::Archive(_) => "archive",
        }
    }
}

type Recogniser = fn(&[File]) -> Option<(Certainty, Content)>;

/// Everything that files may be. Of two that are equally sure, the first one reads.
static RECOGNISERS: &[Recogniser] = &[archive_of_plans, events, links, plan];

/// The surest claim on the files. All of them together are asked about first, then each by itself; one of
/// several files must be more than possible, because any text is possibly a plan.
pub fn surest(files: &[File]) -> Option<Claim> {
    let together = std::iter::once(0..files.len());
    let alone = (0..files.len()).map(|at| at..at + 1);
    let parts: Vec<Range<usize>> = together.chain(alone.filter(|_| files.len() > 1)).collect();
    let mut surest: Option<Claim> = None;
    for part in parts {
        let is_alone = part.len() < files.len();
        for recognise in RECOGNISERS {
            let Some((certainty, content)) = recognise(&files[part.clone()]) else { continue };
            let rank =
                if is_alone && matches!(certainty, Certainty::Possible(_)) { 0 } else { certainty.rank() };
            if rank > surest.as_ref().map_or(0, |claim| claim.certainty.rank()) {
                surest = Some(Claim { certainty, content, files: part.clone() });
            }
        }
    }
    surest
}

fn archive_of_plans(files: &[File]) -> Option<(Certainty, Content)> {
    let [file] = files else { return None };
    let records = archive::read(&file.bytes)?;
    Some((Certainty::Sure("it says that it holds several plans".to_owned()), Content::Archive(records)))
}

fn events(files: &[File]) -> Option<(Certainty, Content)> {
    let (_, text) = only_text(files)?;
    let why = || Certainty::Sure("its first line is an event of a review".to_owned());
    share::is_file(text).then(|| (why(), Content::Events))
}

/// A link, or a message with one. A list of tasks only mentions links.
fn links(files: &[File]) -> Option<(Certainty, Content)> {
    let (_, text) = only_text(files)?;
    let is_list = text.lines().any(|line| line.starts_with("- "));
    if is_list || !text.contains('#') {
        return None;
    }
    let links = share::find_links(text);
    let why = match links.first()? {
        Ok(_) => "it holds a link whose checksum is right",
        Err(_) => "it holds a link that is damaged or of a newer version",
    };
    Some((Certainty::Likely(why.to_owned()), Content::Links(links)))
}

fn plan(files: &[File]) -> Option<(Certainty, Content)> {
    import::surest(files).map(|(format, certainty)| (certainty, Content::Plan(format)))
}
