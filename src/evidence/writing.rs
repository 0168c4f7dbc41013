//! The evidence file of evidence that was read, so that it can be stored.

use super::file::{Folder, Generated, History};
use super::{Commits, Evidence, EvidenceFile, FileNumber, Why};

impl EvidenceFile {
    /// The file that says what is known. Reading it gives the same evidence, apart from the entries that
    /// were of no use. O(n log n).
    pub fn of(evidence: &Evidence) -> EvidenceFile {
        let (folders, numbers) = folders(&evidence.files);
        let number = |file: FileNumber| numbers.get(file as usize).copied().unwrap_or_default();
        let of_kind = |wanted: Why| {
            let generated = evidence.generated.iter().filter(|(_, why)| *why == wanted);
            generated.map(|(file, _)| number(*file)).collect()
        };
        EvidenceFile {
            source: evidence.source.clone(),
            folders,
            imports: imports(&evidence.imports, &number),
            history: evidence.history.as_ref().map(|commits| history(commits, &number)),
            generated: Generated {
                header: of_kind(Why::Header),
                attributes: of_kind(Why::Attributes),
                name: of_kind(Why::Name),
                lockfile: of_kind(Why::Lockfile),
            },
            packages: evidence.packages.clone(),
            ..EvidenceFile::default()
        }
    }
}

/// The folders by path, and the number in them of each file.
fn folders(files: &[Box<str>]) -> (Vec<Folder>, Vec<FileNumber>) {
    let mut parts: Vec<(&str, &str, usize)> = files
        .iter()
        .enumerate()
        .map(|(at, path)| {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            (folder, name, at)
        })
        .collect();
    // Files are sorted by their whole path, in which those of a folder need not follow each other.
    parts.sort_unstable();
    let mut folders: Vec<Folder> = Vec::new();
    let mut numbers = vec![0; files.len()];
    for (number, (path, name, at)) in parts.into_iter().enumerate() {
        numbers[at] = number as FileNumber;
        match folders.last_mut().filter(|last| last.path == path) {
            Some(folder) => folder.files.push(name.to_owned()),
            None => folders.push(Folder { path: path.to_owned(), files: vec![name.to_owned()] }),
        }
    }
    (folders, numbers)
}

fn imports(
    known: &[(FileNumber, FileNumber)],
    number: &impl Fn(FileNumber) -> FileNumber,
) -> Vec<Vec<FileNumber>> {
    let lines = known.chunk_by(|one, next| one.0 == next.0);
    lines
        .map(|line| line[..1].iter().map(|(from, _)| *from).chain(line.iter().map(|(_, to)| *to)))
        .map(|line| line.map(number).collect())
        .collect()
}

fn history(commits: &Commits, number: &impl Fn(FileNumber) -> FileNumber) -> History {
    let pairs = commits.pairs.iter();
    History {
        commits: commits.commits,
        since: commits.since.clone(),
        pairs: pairs.map(|pair| [number(pair.a), number(pair.b), pair.both, pair.of_a, pair.of_b]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A file with anything in it that a scan could write, and some of what none would.
    fn any_file() -> impl Strategy<Value = EvidenceFile> {
        let folder = ("(|[a-c]|[a-c]/[a-c.!]|[a-c]!)", proptest::collection::vec("[a-c.]{1,3}", 0..4))
            .prop_map(|(path, files)| Folder { path, files });
        let numbers = || proptest::collection::vec(0..12u32, 0..4);
        let pair = [0..12u32, 0..12, 0..5, 0..9, 0..9];
        let history = (0..9u32, proptest::collection::vec(pair, 0..6)).prop_map(|(commits, pairs)| History {
            commits,
            since: "2024-03-01".to_owned(),
            pairs,
        });
        (
            proptest::collection::vec(folder, 0..6),
            proptest::collection::vec(numbers(), 0..6),
            proptest::option::of(history),
            (numbers(), numbers(), numbers(), numbers()),
        )
            .prop_map(|(folders, imports, history, (header, attributes, name, lockfile))| {
                EvidenceFile {
                    source: "`phaseplan scan`".to_owned(),
                    folders,
                    imports,
                    history,
                    generated: Generated { header, attributes, name, lockfile },
                    ..EvidenceFile::default()
                }
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(file in any_file()) {
            let known = Evidence::from(file);
            let text = EvidenceFile::of(&known).to_json();
            prop_assert_eq!(Evidence::read(&text), Ok(known));
        }
    }

    #[test]
    fn a_plain_list_of_files_becomes_an_evidence_file() {
        let known = Evidence::of_files("`git ls-files`", ["src/a.rs", "README.md", "src/a/x.rs", "src/b.rs"]);
        let file = EvidenceFile::of(&known);
        let folders: Vec<(&str, usize)> =
            file.folders.iter().map(|folder| (folder.path.as_str(), folder.files.len())).collect();
        assert_eq!(folders, [("", 1), ("src", 2), ("src/a", 1)]);
        assert_eq!(Evidence::read(&file.to_json()), Ok(known));
    }
}
