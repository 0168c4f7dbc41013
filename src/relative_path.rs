//! Paths below a folder, as they come out of archives and go into sets of files.

/// Whether the path names a file below the folder it is applied to, on every system: no empty name, no `.` or
/// `..`, no root, no drive, no other separator than `/`.
pub fn is_inside(path: &str) -> bool {
    let is_name = |name: &str| {
        !matches!(name, "" | "." | "..") && !name.contains(|c: char| c == '\\' || c.is_control())
    };
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    !has_drive && path.split('/').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn only_names_below_the_folder_are_inside() {
        for path in ["a", "a/b.md", ".planning/1-PLAN.md", "..a/b..", "ä b/c", "log 10:30.md"] {
            assert!(is_inside(path), "{path}");
        }
        for path in
            ["", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "a\\..\\b", "C:/a", "a\0b", "a\nb"]
        {
            assert!(!is_inside(path), "{path:?}");
        }
    }
}
