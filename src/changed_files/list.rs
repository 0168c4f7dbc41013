//! Reads lists of changed files: names, or what `git status` and `git diff` print.

use rustc_hash::FxHashSet;

use crate::evidence::unquoted;
use crate::import::File;

/// A file that was changed, created or deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// The path below the root of the repository, as git names it. May hold any character. Ends in `/` if git
    /// names only the folder.
    pub path: String,
    /// What the list says of it.
    pub change: Change,
}

/// What a list says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only that it changed.
    Unknown,
    /// It was there before, and has another content, another place or is gone.
    Edited,
    /// It is new, and git will commit it.
    Added,
    /// It is new, and git doesn't know it.
    Untracked,
}

/// Reads a list of changed files; each file once, in the order of the list. Takes names, one a line, and the
/// output of `git status --porcelain=v1`, `git diff --name-only` and `git diff --name-status`, each also with
/// `-z`. Of a rename both names count. What git ignores is no change. Names that are not UTF-8 get U+FFFD for
/// what can't be read.
pub fn read(list: &[u8]) -> Vec<ChangedFile> {
    let has_mark = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"].iter().any(|mark| list.starts_with(mark));
    let decoded = File::new("", if has_mark { list } else { b"" });
    let files = match decoded.text() {
        Ok(text) if has_mark => read_lines(text),
        _ if list.contains(&0) => read_entries(&String::from_utf8_lossy(list)),
        _ => read_lines(&String::from_utf8_lossy(list)),
    };
    let mut seen = FxHashSet::default();
    files.into_iter().filter(|file| !file.path.is_empty() && seen.insert(file.path.clone())).collect()
}

/// Reads entries that end in NUL, in which names stand as they are.
fn read_entries(list: &str) -> Vec<ChangedFile> {
    let entries: Vec<&str> = list.split('\0').filter(|entry| !entry.is_empty()).collect();
    let of_status = || with_states(&entries, |entry| Some((state_of_status(entry)?, Some(&entry[3..]))));
    let of_diff = || with_states(&entries, |entry| Some((state_of_diff(entry)?, None)));
    let names = || entries.iter().map(|name| named(name, Change::Unknown)).collect();
    of_status().or_else(of_diff).unwrap_or_else(names)
}

/// Reads entries with states: `read` takes one apart into its state and, if the name does not follow as an
/// entry of its own, the name. `None` if an entry has no state.
fn with_states<'a>(
    entries: &[&'a str],
    read: impl Fn(&'a str) -> Option<(State, Option<&'a str>)>,
) -> Option<Vec<ChangedFile>> {
    let mut files = Vec::new();
    let mut entries = entries.iter().copied();
    while let Some(entry) = entries.next() {
        let (state, name) = read(entry)?;
        let status_first = name.is_some();
        let first = name.or_else(|| entries.next())?;
        if state.has_two_names {
            let second = entries.next()?;
            // `git status -z` names the new place first, `git diff -z` the old one.
            let (old, new) = if status_first { (second, first) } else { (first, second) };
            files.extend([named(old, Change::Edited), named(new, Change::Added)]);
        } else if let Some(change) = state.change {
            files.push(named(first, change));
        }
    }
    Some(files)
}

/// Reads lines. Git puts names with odd characters between quotes.
fn read_lines(list: &str) -> Vec<ChangedFile> {
    let lines: Vec<&str> = list
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .filter(|line| !line.is_empty())
        .collect();
    let of_status = || lines.iter().map(|line| line_of_status(line)).collect::<Option<Vec<_>>>();
    let of_diff = || lines.iter().map(|line| line_of_diff(line)).collect::<Option<Vec<_>>>();
    let name = |line: &&str| vec![named(&unquoted(line), Change::Unknown)];
    let files = of_diff().or_else(of_status).unwrap_or_else(|| lines.iter().map(name).collect());
    files.into_iter().flatten().collect()
}

/// The files on a line of `git status --porcelain=v1`: `XY name`, or `XY old -> new`.
fn line_of_status(line: &str) -> Option<Vec<ChangedFile>> {
    if line.starts_with("## ") {
        return Some(Vec::new());
    }
    let state = state_of_status(line)?;
    let names = line.get(3..)?;
    let two = names.split_once(" -> ").filter(|_| state.has_two_names);
    Some(match (two, state.change) {
        (Some((old, new)), _) => {
            vec![named(&unquoted(old), Change::Edited), named(&unquoted(new), Change::Added)]
        }
        (None, Some(change)) => vec![named(&unquoted(names), change)],
        (None, None) => Vec::new(),
    })
}

/// The files on a line of `git diff --name-status`: the state and one or two names, between tabs.
fn line_of_diff(line: &str) -> Option<Vec<ChangedFile>> {
    let mut columns = line.split('\t');
    let state = state_of_diff(columns.next()?)?;
    let first = unquoted(columns.next()?);
    Some(match columns.next() {
        Some(second) => vec![named(&first, Change::Edited), named(&unquoted(second), Change::Added)],
        None => vec![named(&first, state.change?)],
    })
}

/// The letters that git puts before a name.
struct State {
    /// `None` if git ignores the file.
    change: Option<Change>,
    has_two_names: bool,
}

/// The state that an entry of `git status` begins with: two letters and a space.
fn state_of_status(entry: &str) -> Option<State> {
    let &[index, folder, b' ', _, ..] = entry.as_bytes() else { return None };
    let change = match (index, folder) {
        (b'?', b'?') => Some(Change::Untracked),
        (b'!', b'!') => None,
        (b' ', b' ') => return None,
        _ if [index, folder].iter().any(|letter| !b" MTADRCU".contains(letter)) => return None,
        _ if index == b'A' || folder == b'A' => Some(Change::Added),
        _ => Some(Change::Edited),
    };
    let has_two_names = [index, folder].iter().any(|letter| b"RC".contains(letter));
    Some(State { change, has_two_names })
}

/// The state that `git diff --name-status` prints: a letter, for renames and copies with a percentage.
fn state_of_diff(entry: &str) -> Option<State> {
    let mut letters = entry.bytes();
    let letter = letters.next().filter(|letter| b"ACDMRTUXB".contains(letter))?;
    let is_number = entry.len() <= 4 && letters.all(|digit| digit.is_ascii_digit());
    let change = if letter == b'A' { Change::Added } else { Change::Edited };
    is_number.then_some(State { change: Some(change), has_two_names: b"RC".contains(&letter) })
}

fn named(name: &str, change: Change) -> ChangedFile {
    ChangedFile { path: name.strip_prefix("./").unwrap_or(name).to_owned(), change }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Compares a list as `letter path`, one a line, with `?` for what is only named.
    #[track_caller]
    fn check(list: &str, expected: &str) {
        let letter = |change: Change| match change {
            Change::Unknown => '?',
            Change::Edited => 'E',
            Change::Added => 'A',
            Change::Untracked => 'U',
        };
        let lines: Vec<String> = read(list.as_bytes())
            .iter()
            .map(|file| format!("{} {}", letter(file.change), file.path.escape_debug()))
            .collect();
        assert_eq!(lines.join("\n"), expected, "{list:?}");
    }

    #[test]
    fn names_stand_one_a_line() {
        check("a.rs\n./src/b c.rs\r\n\na.rs\n", "? a.rs\n? src/b c.rs");
        check(" leading.txt\n-> x\nM\n", "?  leading.txt\n? -> x\n? M");
        check("\"docs/two\\nlines.md\"\n\"gr\\303\\266\\303\\237e\"\n", "? docs/two\\nlines.md\n? größe");
        check("", "");
    }

    #[test]
    fn git_status_says_what_is_new() {
        check(" M a.rs\0?? b\nc.rs\0A  -> d\0 D e\0!! target/x\0", "E a.rs\nU b\\nc.rs\nA -> d\nE e");
        check("R  new.rs\0old.rs\0MM x\0", "E old.rs\nA new.rs\nE x");
        check(
            "## main...origin/main\n M a.rs\n?? \"b\\tc\"\nR  old.rs -> new.rs\n",
            "E a.rs\nU b\\tc\nE old.rs\nA new.rs",
        );
        check("??  leading.txt\0", "U  leading.txt");
        check("?? new/\n", "U new/");
    }

    #[test]
    fn git_diff_names_both_ends_of_a_rename() {
        check("M\0a.rs\0R087\0old.rs\0new.rs\0D\0b\0", "E a.rs\nE old.rs\nA new.rs\nE b");
        check("M\ta.rs\nA\tb c\nC100\tx\ty\n", "E a.rs\nA b c\nE x\nA y");
        check("a.rs\0M\0", "? a.rs\n? M");
    }

    #[test]
    fn a_list_of_another_encoding_is_read() {
        let wide: Vec<u8> = "\u{feff}src/ä.rs\r\nb\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let paths: Vec<String> = read(&wide).into_iter().map(|file| file.path).collect();
        assert_eq!(paths, ["src/ä.rs", "b"]);
        assert_eq!(read(b"caf\xe9\n")[0].path, "caf\u{fffd}");
    }

    /// A name of a file as git knows it.
    fn any_name() -> impl Strategy<Value = String> {
        "[a-zé\"\\\\\n\t >!?-]{1,6}(/[a-zA-Z.\" \n]{1,5}){0,2}"
            .prop_filter("no ./", |name| !name.starts_with("./") && !name.contains("//"))
    }

    proptest! {
        #[test]
        fn every_name_comes_back_whole(rows in proptest::collection::vec((any_name(), 0..4usize), 1..8)) {
            let (edited, added) = (Change::Edited, Change::Added);
            let states = [(" M ", edited), ("?? ", Change::Untracked), ("A  ", added), ("D  ", edited)];
            let entry = |(name, state): &(String, usize)| format!("{}{name}\0", states[*state].0);
            let list: String = rows.iter().map(entry).collect();
            let mut expected: Vec<ChangedFile> = Vec::new();
            for (name, state) in &rows {
                if !expected.iter().any(|known| known.path == *name) {
                    expected.push(ChangedFile { path: name.clone(), change: states[*state].1 });
                }
            }
            prop_assert_eq!(read(list.as_bytes()), expected);
        }

        #[test]
        fn anything_is_read(list: Vec<u8>) {
            read(&list);
        }
    }
}
