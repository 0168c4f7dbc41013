//! What files may be, and how sure that is.

use std::ops::Range;
use std::sync::Arc;

use super::file_names;
use crate::evidence::{Evidence, EvidenceFile, is_list, read_list};
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
    /// What is known of a repository, or why its file can't be read.
    Evidence(Result<Arc<Evidence>, String>),
}

impl Content {
    /// Name for programs.
    pub fn id(&self) -> &'static str {
        match self {
            Content::Plan(format) => format.id,
            Content::Links(_) => "link",
            Content::Events => "review",
            Content::Archive(_) => "archive",
            Content::Evidence(_) => "evidence",
        }
    }
}

type Recogniser = fn(&[File]) -> Option<(Certainty, Content)>;

/// Everything that files may be. Of two that are equally sure, the first one reads.
static RECOGNISERS: &[Recogniser] = &[archive_of_plans, events, evidence, list_of_files, links, plan];

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
            // Beside a plan it is about that plan.
            if is_alone && matches!(content, Content::Evidence(_)) {
                continue;
            }
            if rank > surest.as_ref().map_or(0, |claim| claim.certainty.rank()) {
                surest = Some(Claim { certainty, content, files: part.clone() });
            }
        }
    }
    surest.or_else(|| names(files))
}

/// Files that hold nothing, as those of a repository.
pub fn names(files: &[File]) -> Option<Claim> {
    let known = file_names::evidence(files.iter().map(|file| file.path.as_str()))?;
    let certainty = Certainty::Possible("they are files of one folder, and none holds a plan".to_owned());
    Some(Claim { certainty, content: Content::Evidence(Ok(Arc::new(known))), files: 0..files.len() })
}

fn evidence(files: &[File]) -> Option<(Certainty, Content)> {
    let (_, text) = only_text(files)?;
    let why = || Certainty::Sure("its first field says that it is evidence about a repository".to_owned());
    let read = || Evidence::read(text).map(Arc::new).map_err(|error| error.message);
    EvidenceFile::is_one(text).then(|| (why(), Content::Evidence(read())))
}

fn list_of_files(files: &[File]) -> Option<(Certainty, Content)> {
    let (_, text) = only_text(files)?;
    let why = || Certainty::Likely("every line of it is the path of a file".to_owned());
    is_list(text).then(|| (why(), Content::Evidence(Ok(Arc::new(read_list(text))))))
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
