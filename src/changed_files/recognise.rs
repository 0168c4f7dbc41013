//! Tells a list of changed files from other texts.

use super::list::{Change, read};
use crate::evidence::is_table;

/// The longest list that is looked at.
const MOST_BYTES: usize = 8 << 20;

/// Names of files without an ending that stand in the root of many repositories.
const WITHOUT_ENDING: [&str; 8] =
    ["Makefile", "Dockerfile", "LICENSE", "Justfile", "Gemfile", "Rakefile", "Procfile", "CODEOWNERS"];

/// Whether a file holds a list of changed files and nothing else: every line is one path, or has the letters in
/// front that git prints.
pub fn is_list(content: &[u8]) -> bool {
    if content.len() > MOST_BYTES || content.starts_with(crate::zip::START) {
        return false;
    }
    let files = read(content);
    !files.is_empty()
        && !is_table(files.iter().map(|file| &*file.path))
        && files.iter().all(|file| match file.change {
            Change::Unknown => is_path(&file.path),
            _ => is_path(&file.path) || is_plain(&file.path),
        })
}

/// Whether a line reads like a path: a folder or an ending, and no mark-up in front. With spaces in it, it
/// needs both.
fn is_path(line: &str) -> bool {
    let name = line.rsplit('/').next().unwrap_or(line);
    let has_folder = line.contains('/');
    let has_ending = name.rsplit_once('.').is_some_and(|(_, ending)| is_ending(ending));
    let is_shaped = if line.contains(' ') {
        has_folder && has_ending && !line.contains([':', '(', '{']) && line.split(' ').count() <= 6
    } else {
        has_folder || has_ending || WITHOUT_ENDING.contains(&name)
    };
    is_shaped && begins_plainly(line) && !line.contains(['`', '<', '|']) && !line.contains("://")
}

/// Whether a name behind letters of git is one word.
fn is_plain(name: &str) -> bool {
    begins_plainly(name) && !name.contains(char::is_whitespace)
}

fn begins_plainly(line: &str) -> bool {
    !line.starts_with(['#', '-', '*', '+', '>', '[', '"', '\'', ' ', '\t', '/', '~', '!'])
}

fn is_ending(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_files_are_told_from_plans() {
        for list in [
            "src/a.rs\nsrc/b.rs\n",
            "README.md\n",
            "Makefile\n.github/workflows/ci.yml\n",
            "docs/My notes.md\nsrc/a.rs\n",
            "app/(shop)/[id]/page.tsx\n",
            "M\tsrc/a.rs\nR100\told\tnew\n",
            " M src/a.rs\n?? LICENSE\n",
            " M src/a.rs\0?? docs/two\nlines.md\0",
            "\"gr\\303\\266\\303\\237e/a.rs\"\n",
        ] {
            assert!(is_list(list.as_bytes()), "{list:?}");
        }
        for other in [
            "",
            "# Plan\n- T1 First @owns(src/a.rs)\n",
            "- src/a.rs\n",
            "T1 First @owns(a.rs)\n",
            "Fix the login in src/a.rs: it fails\n",
            "Login\nLogout\n",
            "1. src/a.rs\n2. Add tests\n",
            "{\"format\": \"phaseplan/1\"}\n",
            "https://example.org/#1.plan\n",
            "phases:\n  - a\n",
            "files,id\nsrc/store.ts,A1.1\nsrc/page.ts,A1.2\n",
            "PK\u{3}\u{4}src/a.rs",
        ] {
            assert!(!is_list(other.as_bytes()), "{other:?}");
        }
    }
}
