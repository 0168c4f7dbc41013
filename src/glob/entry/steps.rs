//! Steps through folders: `.`, `..`, doubled slashes, and a `/` at the start, which is the root of the
//! repository.

use std::borrow::Cow;

/// The path without such steps, with `/` between names. A slash at the end stays.
///
/// # Errors
/// A sentence, if the path leaves the repository or goes up from a folder that is not known.
pub(super) fn walked(path: &str) -> Result<Cow<'_, str>, String> {
    let slashed = path.replace('\\', "/");
    let components = components(&slashed);
    let is_step = |name: &&str| matches!(*name, "" | "." | "..");
    let (last, inner) = components.split_last().unwrap_or((&"", &[]));
    if slashed == path && !inner.iter().any(is_step) && !matches!(*last, "." | "..") {
        return Ok(Cow::Borrowed(path));
    }
    let mut names: Vec<&str> = Vec::with_capacity(components.len());
    for name in &components {
        match *name {
            "" | "." => {}
            ".." => match names.pop() {
                None => {
                    return Err(
                        "`..` leads out of the repository. Write the path relative to the repository."
                            .to_owned(),
                    );
                }
                Some(folder) if folder == "**" || folder.contains('/') => {
                    return Err(format!(
                        "`..` behind `{folder}` has no one meaning. Write the path without it."
                    ));
                }
                Some(_) => {}
            },
            name => names.push(name),
        }
    }
    if names.is_empty() {
        return Ok(Cow::Borrowed("."));
    }
    let is_folder = matches!(*last, "" | "." | "..") && components.len() > 1;
    let end = if is_folder { "/" } else { "" };
    Ok(Cow::Owned(names.join("/") + end))
}

/// The components of a path. A slash inside braces separates none.
fn components(path: &str) -> Vec<&str> {
    let mut components = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'/' if depth == 0 => {
                components.push(&path[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    components.push(&path[start..]);
    components
}
