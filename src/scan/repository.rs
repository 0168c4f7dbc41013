//! The files of a repository, as imports are looked up in them.

use rustc_hash::FxHashMap;

use super::Contents;
use super::manifests::Manifests;
use crate::evidence::{Evidence, FileNumber, Package};

/// The most files of a folder or a namespace that one import stands for.
const MOST_OF_FOLDER: usize = 64;

/// The files with what manifests and the files say of each other.
pub(super) struct Repository<'a> {
    pub known: &'a Evidence,
    pub manifests: Manifests,
    pub packages: Vec<Package>,
    /// Files by the namespace that they declare and their name without ending.
    pub declared: FxHashMap<(&'a str, &'a str), Vec<FileNumber>>,
}

impl<'a> Repository<'a> {
    pub(super) fn new(
        known: &'a Evidence,
        settings: &[(&str, &str)],
        files: &'a [(String, Contents)],
    ) -> Repository<'a> {
        let mut declared: FxHashMap<(&str, &str), Vec<FileNumber>> = FxHashMap::default();
        for (path, contents) in files {
            let Some(file) = known.file(path) else { continue };
            for namespace in contents.said.iter().flat_map(|said| &said.declares) {
                declared.entry((namespace, stem(path))).or_default().push(file);
            }
        }
        let mut manifests = Manifests::read(settings);
        let packages = std::mem::take(&mut manifests.packages);
        Repository { known, manifests, packages, declared }
    }

    /// The first of these paths that is a file.
    pub(super) fn first<P: AsRef<str>>(&self, paths: impl IntoIterator<Item = P>) -> Option<FileNumber> {
        paths.into_iter().find_map(|path| self.known.file(path.as_ref()))
    }

    /// The files directly in a folder, with their names; of very many none, since nobody means all of them.
    pub(super) fn in_folder(&self, folder: &str) -> Vec<(FileNumber, &'a str)> {
        let lead = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let files = self.known.files();
        let from = files.partition_point(|file| **file < *lead);
        let mut found = Vec::new();
        for (at, file) in files.iter().enumerate().skip(from).take(4_096) {
            let Some(name) = file.strip_prefix(&lead) else { break };
            if !name.contains('/') {
                found.push((at as FileNumber, name));
            }
        }
        if found.len() > MOST_OF_FOLDER { Vec::new() } else { found }
    }
}

/// The folder of a path; empty for the root.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last name up to its first dot.
pub(super) fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or_default()
}

/// A path relative to a folder; `None` if it leads out of the repository.
pub(super) fn relative(folder: &str, path: &str) -> Option<String> {
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// A path in a folder.
pub(super) fn below(folder: &str, path: &str) -> String {
    match (folder, path) {
        ("", path) => path.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, path) => format!("{folder}/{path}"),
    }
}

/// The folder and those around it, the innermost first, and the root last.
pub(super) fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(folder);
    std::iter::from_fn(move || {
        let folder = next?;
        next = (!folder.is_empty()).then(|| folder_of(folder));
        Some(folder)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_lead_nowhere_outside() {
        assert_eq!(relative("src/cart", "../tax/./rates.ts").as_deref(), Some("src/tax/rates.ts"));
        assert_eq!(relative("src", "../../x"), None);
        assert_eq!(upwards("a/b").collect::<Vec<_>>(), ["a/b", "a", ""]);
        assert_eq!(upwards("").collect::<Vec<_>>(), [""]);
    }
}
