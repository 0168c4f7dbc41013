//! Asks git which files each commit changed.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use phaseplan::scan::Commits;

/// The most commits, the newest first.
const MOST_COMMITS: &str = "5000";

/// The most bytes of git's answer.
const MOST_BYTES: u64 = 256 << 20;

/// What stands before each commit: a character that no date has.
const MARK: char = '\u{1}';

/// The commits that changed files below a folder.
///
/// # Errors
///
/// If there is no git, or no history; the words say why, as a part of a sentence.
pub fn commits(folder: &Path) -> Result<Commits, String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder);
    // Nothing that the configuration of a foreign repository names is run.
    for setting in
        ["core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false", "log.mailmap=false"]
    {
        git.args(["-c", setting]);
    }
    git.args([
        "--no-pager",
        "log",
        "--no-merges",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--name-only",
    ])
    .args(["--relative", "-z", "--format=%x01%cs", "--max-count", MOST_COMMITS, "--", "."])
    .envs([
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("LC_ALL", "C"),
    ])
    .stdin(Stdio::null())
    .stdout(Stdio::piped())
    .stderr(Stdio::null());
    // A hook runs with these, and they would lead to another repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        git.env_remove(name);
    }
    let mut child = git.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no `git` on this machine".to_owned(),
        _ => format!("`git` can't be run ({error})"),
    })?;
    let commits = child.stdout.take().map(|answer| read(answer.take(MOST_BYTES)));
    let status = child.wait();
    match (commits, status) {
        (Some(commits), Ok(status)) if status.success() && commits.count() > 0 => Ok(commits),
        (_, Ok(status)) if status.success() => Err("no commit changed a file of this folder".to_owned()),
        _ => Err("git knows no history of this folder".to_owned()),
    }
}

/// Reads marks, days and names between zeros.
fn read(answer: impl Read) -> Commits {
    let mut commits = Commits::default();
    let mut commit: Option<(String, Vec<String>)> = None;
    let mut add = |commit: Option<(String, Vec<String>)>| {
        if let Some((day, paths)) = commit {
            commits.add(&day, paths.iter().map(String::as_str));
        }
    };
    for part in BufReader::new(answer).split(0) {
        // What ends within a name is the end.
        let Ok(part) = part else { break };
        // A name that is no text is no file that the evidence knows.
        let Ok(part) = String::from_utf8(part) else { continue };
        let part = part.strip_prefix('\n').unwrap_or(&part);
        if let Some(day) = part.strip_prefix(MARK) {
            add(commit.replace((day.trim_end().to_owned(), Vec::new())));
        } else if let Some((_, paths)) = &mut commit
            && !part.is_empty()
        {
            paths.push(part.to_owned());
        }
    }
    add(commit);
    commits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_told_apart_and_odd_names_are_kept() {
        let answer = "\u{1}2024-05-02\0\na b.rs\0c\nd\0\0\u{1}2024-05-01\0\na b.rs\0";
        let commits = read(answer.as_bytes());
        assert_eq!((commits.count(), commits.since()), (2, "2024-05-01"));
    }
}
