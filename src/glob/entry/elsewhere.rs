//! Paths that begin at the root of a disk or in a home folder.

/// Folders at the root of a disk. A repository that has one of these names at its own root is rarer than a
/// path copied from a terminal.
const OF_A_DISK: &[&str] = &[
    "home",
    "Users",
    "root",
    "etc",
    "usr",
    "var",
    "tmp",
    "opt",
    "mnt",
    "media",
    "private",
    "Volumes",
    "proc",
    "sys",
    "workspace",
    "workspaces",
];

/// Folders that commonly stand at the root of a repository.
const OF_A_REPOSITORY: &[&str] = &[
    "src",
    "lib",
    "app",
    "apps",
    "packages",
    "crates",
    "cmd",
    "internal",
    "pkg",
    "server",
    "client",
    "web",
    "api",
    "frontend",
    "backend",
    "tests",
    "test",
    "spec",
    "docs",
    "scripts",
    "db",
    "config",
    "public",
    "components",
    "modules",
    "services",
    ".github",
];

/// Where in the repository a path from the root of a disk probably lies; `Some(None)` if nothing is left of
/// it. `None` if the path does not begin there: a leading `/` alone is the root of the repository.
pub(super) fn inside(path: &str) -> Option<Option<String>> {
    let slashed = path.replace('\\', "/");
    let bytes = slashed.as_bytes();
    let has_drive = bytes.len() > 1
        && bytes[0].is_ascii_alphabetic()
        && bytes[1] == b':'
        && matches!(bytes.get(2), None | Some(b'/'));
    // Behind `\\` stand the names of a computer and of a share.
    let (rest, skipped) = if has_drive {
        (&slashed[2..], 0)
    } else if slashed == "~" || slashed.starts_with("~/") {
        (&slashed[1..], 0)
    } else if path.starts_with("\\\\") {
        (&*slashed, 2)
    } else if is_of_a_disk(&slashed) {
        (&*slashed, 0)
    } else {
        return None;
    };
    let names: Vec<&str> = rest.split('/').filter(|name| !name.is_empty()).skip(skipped).collect();
    let known = names.iter().position(|name| OF_A_REPOSITORY.contains(name)).unwrap_or(0);
    let kept = names.get(known..).unwrap_or_default().join("/");
    Some((!kept.is_empty()).then_some(kept))
}

fn is_of_a_disk(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| {
        let first = rest.split('/').next().unwrap_or_default();
        OF_A_DISK.contains(&first)
    })
}
