//! Who may install packages: whoever owns a list of packages or its lockfile.

use crate::glob::FileSet;
use crate::package_files::{self, is_dependency_list, is_lockfile};
use crate::plan::Task;

/// Whether the task owns a list of packages: one that it names, or that of the whole repository.
pub fn owns_packages(task: &Task, owned: &FileSet) -> bool {
    let named = |pattern: &String| !pattern.starts_with('!') && names_list(pattern);
    task.owns.iter().any(named) || package_files::names().any(|name| owned.matches(name))
}

/// Whether the last name of a pattern, or of one of its alternatives, is that of a list of packages.
fn names_list(pattern: &str) -> bool {
    let ends = pattern.split(['{', '}', ',']).map(|part| part.rsplit('/').next().unwrap_or(part));
    let mut ends = ends.filter(|end| !end.is_empty());
    ends.any(|end| is_lockfile(end) || is_dependency_list(end) || end.ends_with(".csproj"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_of_a_list_may_install() {
        for (owns, expected) in [
            ("package.json", true),
            ("packages/web/package-lock.json", true),
            ("{Cargo.toml,src/**}", true),
            ("server/Shop.csproj", true),
            ("**", true),
            ("*.toml", true),
            ("src/**", false),
            ("packages/web/**", false),
            ("!package.json", false),
            ("docs/package.json.md", false),
        ] {
            let task = Task { owns: vec![owns.into()], ..Task::default() };
            let (owned, _) = FileSet::parse(&task.owns);
            assert_eq!(owns_packages(&task, &owned), expected, "{owns}");
        }
    }
}
