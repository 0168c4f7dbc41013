//! Which files changed together: the same commit changed both.
//!
//! Logical coupling after Gall, Hajek and Jazayeri, "Detection of logical coupling based on product release history"
//! (1998); large commits are left out, as in Zimmermann and others, "Mining version histories to guide software
//! changes" (2005).

use rustc_hash::FxHashMap;

use crate::evidence::{FileNumber, History, LeftOut, Pair};

/// A commit with more files says little about any two of them.
const MOST_FILES: usize = 30;

/// The fewest common commits of a pair that is written down.
const FEWEST: u32 = 3;

/// The most different pairs that are counted.
const MOST_COUNTED: usize = 2_000_000;

/// The most pairs that are written down.
const MOST_PAIRS: usize = 20_000;

/// The commits of a repository, newest first.
#[derive(Debug, Default)]
pub struct Commits {
    count: u32,
    since: String,
    /// For each commit the paths that it changed.
    paths: FxHashMap<String, u32>,
    /// Numbers of paths that small commits changed together, one commit after another, each with its length first.
    changed: Vec<u32>,
}

impl Commits {
    /// Adds an older commit: its day, such as `2024-03-01`, and the paths that it changed.
    pub fn add<'p>(&mut self, day: &str, paths: impl Iterator<Item = &'p str>) {
        self.count += 1;
        day.clone_into(&mut self.since);
        let start = self.changed.len();
        self.changed.push(0);
        for path in paths {
            if self.changed.len() - start > MOST_FILES {
                // Such a commit counts for none of its files.
                self.changed.truncate(start);
                return;
            }
            let number = match self.paths.get(path) {
                Some(number) => *number,
                None => {
                    let number = self.paths.len() as u32;
                    self.paths.insert(path.to_owned(), number);
                    number
                }
            };
            self.changed.push(number);
        }
        self.changed[start] = (self.changed.len() - start - 1) as u32;
    }

    /// How many commits there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The day of the oldest one.
    pub fn since(&self) -> &str {
        &self.since
    }

    /// What changed together of the files that `number_of` knows.
    pub fn history(self, number_of: impl Fn(&str) -> Option<FileNumber>, left_out: &mut LeftOut) -> History {
        let mut numbers: Vec<Option<FileNumber>> = vec![None; self.paths.len()];
        let mut paths: Vec<(String, u32)> = self.paths.into_iter().collect();
        paths.sort_unstable_by_key(|(_, number)| *number);
        for (path, number) in &paths {
            numbers[*number as usize] = number_of(path);
        }
        let mut of_file: FxHashMap<FileNumber, u32> = FxHashMap::default();
        let mut both: FxHashMap<(FileNumber, FileNumber), u32> = FxHashMap::default();
        let mut rest = &self.changed[..];
        while let Some((len, behind)) = rest.split_first() {
            let (commit, behind) = behind.split_at((*len as usize).min(behind.len()));
            rest = behind;
            let mut files: Vec<FileNumber> =
                commit.iter().filter_map(|path| numbers.get(*path as usize).copied().flatten()).collect();
            files.sort_unstable();
            files.dedup();
            for (at, a) in files.iter().enumerate() {
                *of_file.entry(*a).or_default() += 1;
                for b in &files[at + 1..] {
                    if both.len() < MOST_COUNTED || both.contains_key(&(*a, *b)) {
                        *both.entry((*a, *b)).or_default() += 1;
                    } else {
                        left_out.pairs += 1;
                    }
                }
            }
        }
        let count = |file: FileNumber| of_file.get(&file).copied().unwrap_or_default();
        let pairs = both.into_iter().map(|((a, b), both)| [a, b, both, count(a), count(b)]);
        let mut pairs: Vec<Pair> = pairs.filter(is_telling).collect();
        pairs.sort_unstable_by_key(|&[a, b, both, ..]| (std::cmp::Reverse(both), a, b));
        left_out.pairs += pairs.len().saturating_sub(MOST_PAIRS);
        pairs.truncate(MOST_PAIRS);
        pairs.sort_unstable();
        History { commits: self.count, since: self.since, pairs }
    }
}

/// Whether the pair changed together several times, and in a third of the commits of one of them.
fn is_telling(&[_, _, both, of_a, of_b]: &Pair) -> bool {
    both >= FEWEST && both.saturating_mul(3) >= of_a.min(of_b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(commits: &[(&str, &str)]) -> History {
        let mut all = Commits::default();
        for (day, paths) in commits {
            all.add(day, paths.split(' '));
        }
        let files = ["a", "b", "c"];
        all.history(
            |path| files.iter().position(|file| *file == path).map(|at| at as FileNumber),
            &mut LeftOut::default(),
        )
    }

    #[test]
    fn pairs_are_counted_with_the_commits_of_each() {
        let history = history(&[
            ("2024-05-04", "a b gone"),
            ("2024-05-03", "a b"),
            ("2024-05-02", "a"),
            ("2024-05-01", "b a c"),
        ]);
        assert_eq!(history, History { commits: 4, since: "2024-05-01".into(), pairs: vec![[0, 1, 3, 4, 3]] });
    }

    #[test]
    fn a_commit_of_very_many_files_says_nothing() {
        let many: Vec<String> = (0..40).map(|at| format!("x{at}")).collect();
        let many = format!("a b {}", many.join(" "));
        let history = history(&[("2024-01-03", &many), ("2024-01-02", &many), ("2024-01-01", &many)]);
        assert_eq!(history.pairs, [[0; 5]; 0]);
    }
}
