//! Which files a pattern matches.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Evidence, FileNumber};
use crate::glob::{FileSet, Pattern};

/// Limits how many files are compared with patterns. What it allows depends on the plan and the files only.
#[derive(Debug, Clone)]
pub struct Looking {
    left: usize,
}

impl Default for Looking {
    /// Enough for every entry of a large plan in a large repository; takes about a second.
    fn default() -> Looking {
        Looking { left: 3_000_000 }
    }
}

/// The files of patterns that were looked up before.
pub(super) type Cache = FxHashMap<String, Arc<[FileNumber]>>;

/// The most patterns in the cache. A plan with more is looked up anew.
const MAX_CACHED: usize = 4_096;

impl Evidence {
    /// The files that are in the set, by number; `None` if that takes more than is allowed.
    pub fn files_in(&self, set: &FileSet, looking: &mut Looking) -> Option<Vec<FileNumber>> {
        let mut files: Vec<FileNumber> = Vec::new();
        for member in set.includes() {
            files.extend_from_slice(&self.files_of(&member.pattern, looking)?);
        }
        files.sort_unstable();
        files.dedup();
        for member in set.excludes() {
            let excluded = self.files_of(&member.pattern, looking)?;
            looking.left = looking.left.checked_sub(files.len())?;
            files.retain(|file| excluded.binary_search(file).is_err());
        }
        Some(files)
    }

    /// The files that a pattern matches, by number; `None` if that takes more than is allowed.
    pub fn files_of(&self, pattern: &Pattern, looking: &mut Looking) -> Option<Arc<[FileNumber]>> {
        if let Some(path) = pattern.path() {
            return Some(self.file(path).into_iter().collect());
        }
        let ranges = self.ranges(pattern);
        // A look that is remembered counts as well, so that the answer does not depend on earlier questions.
        let looked_at: usize = ranges.iter().map(ExactSizeIterator::len).sum();
        looking.left = looking.left.checked_sub(looked_at)?;
        let key = pattern.as_str();
        // The same text without wildcards may be read as a folder or not.
        let is_cached = key.contains(['*', '?', '[']);
        if is_cached && let Some(known) = self.matched.lock().ok().and_then(|cache| cache.get(key).cloned()) {
            return Some(known);
        }
        let in_ranges = ranges.into_iter().flatten();
        let found: Arc<[FileNumber]> =
            in_ranges.filter(|at| pattern.matches(&self.files[*at])).map(|at| at as FileNumber).collect();
        if is_cached && let Ok(mut cache) = self.matched.lock() {
            if cache.len() >= MAX_CACHED {
                cache.clear();
            }
            cache.insert(key.to_owned(), Arc::clone(&found));
        }
        Some(found)
    }

    /// The stretches of files that begin like the pattern, in order and without overlap.
    fn ranges(&self, pattern: &Pattern) -> Vec<std::ops::Range<usize>> {
        let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
        for beginning in pattern.beginnings() {
            // A whole path ends with `/` here, and is the beginning of what is below it too.
            let start = beginning.strip_suffix('/').unwrap_or(&beginning);
            let from = self.files.partition_point(|file| **file < *start);
            let behind = &self.files[from..];
            let len = behind.partition_point(|file| file.starts_with(start));
            ranges.push(from..from + len);
        }
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        let mut merged: Vec<std::ops::Range<usize>> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILES: [&str; 10] = [
        "a.rs",
        "src/a.rs",
        "src/a/b.rs",
        "src/a/c.ts",
        "src/ab/c.ts",
        "src/[a]/c.ts",
        "srcs/a.rs",
        "lib/core/x.rs",
        "lib/x.rs",
        "docs/ä.md",
    ];

    fn matching(entries: &[&str]) -> String {
        let evidence = Evidence::of_files("a list", FILES);
        let files = evidence.files_in(&FileSet::parse(entries).0, &mut Looking::default());
        let files = files.expect("there is no limit");
        files.iter().map(|file| evidence.path(*file)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn files_are_found_by_pattern() {
        for (entries, expected) in [
            (&["src/a.rs"][..], "src/a.rs"),
            (&["src/a"], ""),
            (&["src/a/**", "!**/*.ts"], "src/a/b.rs"),
            (&["src/[a]/c.ts"], "src/[a]/c.ts src/a/c.ts"),
            (&["{src,lib/core}/*.rs"], "lib/core/x.rs src/a.rs"),
            (&["**/x.rs"], "lib/core/x.rs lib/x.rs"),
            (&["src/a*/*"], "src/a/b.rs src/a/c.ts src/ab/c.ts"),
        ] {
            assert_eq!(matching(entries), expected, "{entries:?}");
        }
    }

    #[test]
    fn the_limit_holds_whatever_was_asked_before() {
        let evidence = Evidence::of_files("a list", FILES);
        let pattern = Pattern::parse("**/*.rs").expect("it is a pattern");
        assert!(evidence.files_of(&pattern, &mut Looking::default()).is_some());
        let mut looking = Looking { left: 15 };
        assert!(evidence.files_of(&pattern, &mut looking).is_some());
        assert!(evidence.files_of(&pattern, &mut looking).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The ranges leave out no file that the pattern matches.
        #[test]
        fn looking_up_finds_what_matching_each_file_finds(
            files in proptest::collection::vec("[ab]{1,2}(/[ab]{1,2}){0,2}", 1..12),
            pattern in "[ab*?]{1,2}(/([ab*]{1,2}|\\*\\*|\\{a,b/a\\})){0,2}",
        ) {
            let Ok(pattern) = Pattern::parse(&pattern) else { return Ok(()) };
            let evidence = Evidence::of_files("a list", files);
            let found = evidence.files_of(&pattern, &mut Looking::default()).expect("there is no limit");
            let expected: Vec<FileNumber> = (0..evidence.files().len() as FileNumber)
                .filter(|file| pattern.matches(evidence.path(*file)))
                .collect();
            prop_assert_eq!(&*found, &*expected, "{}", pattern.as_str());
        }
    }
}
