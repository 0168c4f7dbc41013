//! Recognises patterns whose asterisks a Markdown renderer removed as emphasis.

/// How surely asterisks were lost, with the pattern that was probably meant.
pub(super) enum Suspicion {
    /// The pattern makes no sense as written.
    Strong(String),
    /// The pattern makes sense and means the same as the one with asterisks.
    Weak(String),
}

/// Extensions that are hardly ever a whole file name, separated by spaces.
const ENDINGS: &str = " rs ts tsx js jsx mjs cjs py pyi go java kt rb php c h cc hh cpp hpp cs m mm css scss \
    sass less html md mdx sql vue svelte astro swift scala clj ex exs erl hs ml dart lua jl zig sh bat ps1 \
    tf hcl json jsonc yml yaml toml xml csv tsv txt rst tex lock proto graphql gql ipynb snap map png jpg \
    jpeg gif svg webp ico mp3 mp4 pdf woff woff2 wasm csproj sln gradle ";

/// Checks a pattern as written. A quoted pattern is never suspected: quotes are the author's way to confirm
/// it.
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
    let lost = stem.is_empty() && ENDINGS.contains(&format!(" {ending} "))
        || stem.len() > 1 && stem.ends_with(['_', '-']);
    lost.then(|| Suspicion::Strong(format!("{folder}{stem}*.{ending}")))
}
