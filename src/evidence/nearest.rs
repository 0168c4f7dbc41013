//! The files and folders that were probably meant by a path that is not there.

use super::{Evidence, FileNumber};
use crate::spelling::one_slip_apart;

/// The most names that are offered.
const MOST: usize = 3;

/// The most neighbours of a name that are compared with it.
const MOST_NEIGHBOURS: usize = 2_000;

impl Evidence {
    /// Up to three paths that are there and were probably meant: one slip away in one name, or a file of the same
    /// name elsewhere. `path` is a file or a folder; folders are answered without a final `/`.
    pub fn nearest(&self, path: &str) -> Vec<String> {
        if self.file(path).is_some() || self.first_below(path).is_some() {
            return Vec::new();
        }
        let mut found = self.one_name_away(path);
        if found.is_empty() {
            let elsewhere = self.of_same_name(path);
            // More of them say nothing about which one was meant.
            if elsewhere.len() <= MOST {
                found = elsewhere.iter().map(|file| self.path(*file).to_owned()).collect();
            }
        }
        found.truncate(MOST);
        found
    }

    /// Paths in which one name of the path is spelled otherwise.
    fn one_name_away(&self, path: &str) -> Vec<String> {
        let names: Vec<&str> = path.split('/').collect();
        let is_there = |path: &str| self.file(path).is_some() || self.first_below(path).is_some();
        // Names up to the first one that is not there are right.
        let mut right = 0;
        while right < names.len() && is_there(&names[..=right].join("/")) {
            right += 1;
        }
        let Some(wrong) = names.get(right) else { return Vec::new() };
        let folder = names[..right].join("/");
        let rest = names[right + 1..].join("/");
        let candidates = self.names_in(&folder).into_iter().filter(|name| is_slip(wrong, name));
        let joined = candidates.map(|name| {
            [folder.as_str(), name, rest.as_str()]
                .iter()
                .filter(|part| !part.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join("/")
        });
        joined.filter(|path| is_there(path)).take(MOST).collect()
    }

    /// The names of files and folders directly in a folder; of very many the first.
    fn names_in(&self, folder: &str) -> Vec<&str> {
        let lead = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut names: Vec<&str> = Vec::new();
        let mut at = self.files.partition_point(|file| **file < *lead);
        while let Some(rest) = self.files.get(at).and_then(|file| file.strip_prefix(&lead))
            && names.len() < MOST_NEIGHBOURS
        {
            let name = rest.split('/').next().unwrap_or_default();
            names.push(name);
            // Everything below a folder of this name comes in one stretch; a name that continues it may come between.
            let below = format!("{lead}{name}/");
            let is_folder = rest.len() > name.len();
            at += match is_folder {
                true => self.files[at..].partition_point(|file| file.starts_with(&below)).max(1),
                false => 1,
            };
        }
        names
    }

    /// The files with the same last name, if it is a name of a file.
    fn of_same_name(&self, path: &str) -> &[FileNumber] {
        let name = last_name(path);
        let by_name = self.by_name.get_or_init(|| {
            let mut numbers: Vec<FileNumber> = (0..self.files.len() as FileNumber).collect();
            numbers.sort_by_key(|file| last_name(self.path(*file)));
            numbers
        });
        let from = by_name.partition_point(|file| last_name(self.path(*file)) < name);
        let len = by_name[from..].partition_point(|file| last_name(self.path(*file)) == name);
        if name.contains('.') { &by_name[from..from + len] } else { &[] }
    }

    /// The only file that has this path at its end, from a whole name on.
    pub fn only_ending(&self, path: &str) -> Option<FileNumber> {
        let ends_so = |file: &FileNumber| {
            let known = self.path(*file);
            known == path || known.strip_suffix(path).is_some_and(|folder| folder.ends_with('/'))
        };
        let mut ending = self.of_same_name(path).iter().copied().filter(ends_so);
        let only = ending.next()?;
        ending.next().is_none().then_some(only)
    }
}

/// Very short names are one slip away from too many others.
fn is_slip(wrong: &str, name: &str) -> bool {
    let is_plural = || {
        let (longer, shorter) = if wrong.len() > name.len() { (wrong, name) } else { (name, wrong) };
        longer.strip_suffix('s') == Some(shorter)
    };
    let is_long = wrong.chars().count() > 3;
    one_slip_apart(wrong, name) && (is_long || wrong.eq_ignore_ascii_case(name) || is_plural())
        || are_swapped(wrong, name)
}

/// Whether two neighbouring letters changed places.
fn are_swapped(wrong: &str, name: &str) -> bool {
    if wrong.len() != name.len() || wrong == name || wrong.len() < 4 {
        return false;
    }
    let differing: Vec<usize> =
        wrong.bytes().zip(name.bytes()).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let (wrong, name) = (wrong.as_bytes(), name.as_bytes());
    matches!(differing[..], [a, b] if b == a + 1 && wrong[a] == name[b] && wrong[b] == name[a])
}

fn last_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &[&str]) {
        let files = [
            "src/checkout/cart.ts",
            "src/checkout/tax.ts",
            "src/checkout-old/cart.ts",
            "src/router.ts",
            "web/pages/Home.tsx",
            "package.json",
        ];
        assert_eq!(Evidence::of_files("a list", files).nearest(path), expected, "{path}");
    }

    #[test]
    fn the_nearest_path_is_one_slip_away_or_has_the_same_name() {
        check("src/chekout/cart.ts", &["src/checkout/cart.ts"]);
        check("src/checkuot", &["src/checkout"]);
        check("src/Checkout", &["src/checkout"]);
        check("web/page/Home.tsx", &["web/pages/Home.tsx"]);
        check("web/pages/home.tsx", &["web/pages/Home.tsx"]);
        check("lib/router.ts", &["src/router.ts"]);
        check("app/cart.ts", &["src/checkout-old/cart.ts", "src/checkout/cart.ts"]);
        check("src/payments", &[]);
        check("src/checkout/card/x.ts", &[]);
        check("src/router.ts", &[]);
    }

    #[test]
    fn a_path_is_completed_only_if_one_file_ends_so() {
        let evidence = Evidence::of_files("a list", ["a/x.ts", "b/x.ts", "b/y.ts", "by.ts"]);
        assert_eq!(evidence.only_ending("x.ts"), None);
        assert_eq!(evidence.only_ending("a/x.ts"), evidence.file("a/x.ts"));
        assert_eq!(evidence.only_ending("y.ts"), evidence.file("b/y.ts"));
    }
}
