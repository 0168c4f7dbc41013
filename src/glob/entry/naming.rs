//! Writes the entry that names one path.

use std::borrow::Cow;

use super::Entry;
use crate::accents::composed;
use crate::glob::Pattern;

/// The entry of a list of files that names exactly this path; borrowed if the path itself does. `None` if there
/// is no such entry, as for a name with a line end or a wildcard in it.
pub fn entry_for(path: &str) -> Option<Cow<'_, str>> {
    if names_exactly(path, path) {
        return Some(Cow::Borrowed(path));
    }
    Some(format!("./{path}")).filter(|entry| names_exactly(entry, path)).map(Cow::Owned)
}

/// Whether the entry names this path and no other.
fn names_exactly(entry: &str, path: &str) -> bool {
    let Entry::Files(read) = Entry::read(entry) else { return false };
    let Ok(pattern) = Pattern::parse(&read) else { return false };
    matches!(&pattern.paths()[..], [only] if *only == composed(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_get_an_entry_of_their_own() {
        for (path, entry) in [
            ("src/a.rs", "src/a.rs"),
            ("docs/a b.md", "docs/a b.md"),
            ("app/[slug]/page.tsx", "app/[slug]/page.tsx"),
            ("none", "./none"),
            ("größe/ä.md", "größe/ä.md"),
        ] {
            assert_eq!(entry_for(path).as_deref(), Some(entry), "{path}");
        }
        for path in ["a\nb", "a\\b.rs", "", "a.rs and b.rs", "app/[ch].ts", "a*b.rs"] {
            assert_eq!(entry_for(path), None, "{path}");
        }
    }
}
