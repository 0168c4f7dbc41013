//! Files that hold no plan, but are those of a repository: their names are a list of files.

use crate::evidence::Evidence;

/// The fewest files that are taken for a repository.
const FEWEST: usize = 3;

/// What the names of the files of one folder tell; `None` if they are not of one folder. Names begin with that of the
/// folder that was given, which is left out.
pub(super) fn evidence<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Option<Evidence> {
    let folder = names.clone().next()?.split_once('/')?.0;
    let below = |name: &'a str| name.strip_prefix(folder)?.strip_prefix('/');
    let files: Option<Vec<&str>> = names.map(below).collect();
    let files = files.filter(|files| files.len() >= FEWEST)?;
    Some(Evidence::of_files(format!("the names in the folder {folder}"), files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_one_folder_are_a_list_without_its_name() {
        let known =
            evidence(["shop/a.rs", "shop/src/b.rs", "shop/src/c.rs"].into_iter()).expect("one folder");
        assert_eq!(
            known.files().iter().map(|path| &**path).collect::<Vec<_>>(),
            ["a.rs", "src/b.rs", "src/c.rs"]
        );
        for names in [&["a.rs", "b.rs", "c.rs"][..], &["x/a", "y/b", "x/c"], &["x/a", "x/b"], &[]] {
            assert!(evidence(names.iter().copied()).is_none(), "{names:?}");
        }
    }
}
