//! Patterns that look as if a Markdown renderer had taken their asterisks for emphasis and removed them.

/// How sure it is that asterisks were lost, with the pattern that was probably meant.
pub(super) enum Suspicion {
    /// The pattern as it stands makes no sense.
    Strong(String),
    /// The pattern makes sense and means the same as the one with asterisks.
    Weak(String),
}

/// Endings of source files that are hardly ever the whole name of a file.
const ENDINGS: [&str; 20] = [
    "rs", "ts", "tsx", "js", "jsx", "mjs", "py", "go", "java", "kt", "rb", "php", "c", "h", "cpp", "cs",
    "css", "html", "md", "sql",
];

/// Looks at one pattern as written. A quoted one is never suspected, which is how an author says that it is right.
pub(super) fn lost_asterisks(raw: &str) -> Option<Suspicion> {
    if raw.as_bytes().first() == Some(&b'"') {
        return None;
    }
    if raw.as_bytes().windows(2).any(|pair| pair == b"//") && !raw.contains("://") {
        return Some(Suspicion::Strong(raw.replace("//", "/**/")));
    }
    let (folder, name) =
        raw.rsplit_once('/').map_or(("", raw), |(folder, name)| (&raw[..folder.len() + 1], name));
    if name.is_empty() && !raw.is_empty() {
        return Some(Suspicion::Weak(format!("{raw}**")));
    }
    let (stem, ending) = name.rsplit_once('.')?;
    let lost = stem.is_empty() && ENDINGS.contains(&ending) || stem.len() > 1 && stem.ends_with(['_', '-']);
    lost.then(|| Suspicion::Strong(format!("{folder}{stem}*.{ending}")))
}
