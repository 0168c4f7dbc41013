//! Addresses of files on the web.

/// The path of the file at an address, or `Some(None)` if the address does not say it. `None` if the text is
/// no address.
pub(super) fn read(text: &str) -> Option<Option<String>> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
        Some(_) => return None,
        None => ("", text.strip_prefix("www.").unwrap_or(text)),
    };
    if scheme == "file" {
        let path = rest.find('/').map_or("", |slash| &rest[slash..]);
        return Some(super::elsewhere::inside(&decoded(path)).unwrap_or(None));
    }
    if scheme.is_empty() && !may_begin(rest) {
        return None;
    }
    let is_sure = !scheme.is_empty();
    let place = rest.find(['?', '#']).map_or(rest, |end| &rest[..end]);
    let names: Vec<String> = place.split('/').map(decoded).collect();
    // Without a scheme it may be a folder named after a host, as sources of Go have.
    Some(path_of(&names)).filter(|path| is_sure || path.is_some())
}

/// Whether the text begins like an address without `https://`.
pub(super) fn may_begin(text: &str) -> bool {
    HOSTS.iter().any(|host| text.starts_with(host))
}

/// Hosts of repositories, whose addresses are often written without `https://`.
const HOSTS: &[&str] =
    &["github.com/", "gitlab.com/", "bitbucket.org/", "codeberg.org/", "raw.githubusercontent.com/"];

fn is_scheme(text: &str) -> bool {
    matches!(text, "http" | "https" | "file" | "git" | "ssh" | "vscode" | "ftp")
}

/// The names of an address behind the branch: `host/owner/repository/blob/branch/path`.
fn path_of(names: &[String]) -> Option<String> {
    let (host, names) = names.split_first()?;
    let after = |kind: &[&str], skipped: usize| {
        let at = names.iter().position(|name| kind.contains(&name.as_str()))?;
        let path = names.get(at + 1 + skipped..)?.join("/");
        (at >= 2 && !path.is_empty()).then(|| if names[at] == "tree" { format!("{path}/**") } else { path })
    };
    if host == "raw.githubusercontent.com" {
        let skipped = if names.get(2).is_some_and(|name| name == "refs") { 5 } else { 3 };
        return names.get(skipped..).map(|path| path.join("/")).filter(|path| !path.is_empty());
    }
    after(&["blob", "tree", "raw", "edit", "blame"], 1).or_else(|| {
        let typed = names.iter().any(|name| matches!(name.as_str(), "branch" | "commit" | "tag"));
        after(&["src"], if typed { 2 } else { 1 })
    })
}

/// The text without `%5B` and the like.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
