//! A plain list of files, as `git ls-files` prints it.

use super::quoted::unescaped;
use super::{Evidence, MAX_FILES};
use crate::relative_path::is_inside;

/// The fewest lines that are taken for a list of files.
const FEWEST: usize = 3;

/// Whether the text is a list of files and nothing else: every line is one path, most have a folder, and names end
/// like names of files. A list of tasks, prose and code are none.
pub fn is_list(text: &str) -> bool {
    if is_table(text.lines()) {
        return false;
    }
    let mut lines = 0;
    let (mut in_folder, mut with_ending) = (0, 0);
    for line in text.lines() {
        if line.is_empty() {
            continue;
        }
        let Some(path) = path_of(line) else { return false };
        lines += 1;
        in_folder += usize::from(path.contains('/'));
        with_ending += usize::from(has_ending(&path));
    }
    lines >= FEWEST && in_folder * 2 >= lines && with_ending * 2 >= lines
}

/// Whether lines are the rows of a table: all have as many commas, semicolons or tabs, and at least one. The last column of a table of
/// tasks may hold paths, so that each row ends like one.
pub fn is_table<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    [',', ';', '\t'].iter().any(|separator| {
        let mut counts =
            lines.clone().filter(|line| !line.is_empty()).map(|line| line.matches(*separator).count());
        let first = counts.next().unwrap_or(0);
        first > 0 && counts.all(|count| count == first)
    })
}

/// The evidence of such a list.
pub fn read_list(text: &str) -> Evidence {
    let lines = text.lines().filter(|line| !line.is_empty()).take(MAX_FILES + 1);
    Evidence::of_files("`git ls-files`", lines.map(|line| path_of(line).unwrap_or_else(|| line.to_owned())))
}

/// The path in a line; `None` if the line is no path. Git puts names with other letters between quotes.
fn path_of(line: &str) -> Option<String> {
    let path = match line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => String::from_utf8(unescaped(quoted)?).ok()?,
        None => line.strip_prefix("./").unwrap_or(line).to_owned(),
    };
    let is_name = |name: &str| !name.starts_with(' ') && !name.ends_with(' ');
    let is_plan_text = path.starts_with("- ") || path.starts_with("* ") || path.starts_with('#');
    let is_code = path.ends_with([';', '{', '}', ',', ':']) || path.contains("://");
    (is_inside(&path) && path.split('/').all(is_name) && !is_plan_text && !is_code).then_some(path)
}

/// Whether the last name has an ending, is hidden, or is known without one.
fn has_ending(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let known = ["Dockerfile", "Gemfile", "LICENSE", "Makefile", "Procfile", "Rakefile"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending = (1..=12).contains(&ending.len())
        && ending.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    is_ending || known.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_files_is_told_from_other_lines() {
        assert!(is_list("Cargo.toml\nsrc/main.rs\nsrc/lib.rs\n"));
        assert!(is_list(".gitignore\napp/[slug]/page.tsx\n\"app/\\303\\244.tsx\"\nweb/a b.css\n"));
        for other in [
            "",
            "src/a.rs\nsrc/b.rs",
            "- T1 Cart @owns(src/cart.rs)\n- T2 Tax @owns(src/tax.rs)\n- T3 Page\n",
            "# Plan\n\nWrite src/a.rs.\nThen src/b.rs.\n",
            "use a::b;\nuse c::d;\nfn main() {\n",
            "cart\ntax\npage\n",
            "https://a.example/b.html\nhttps://a.example/c.html\nhttps://a.example/d.html\n",
            "id,title,files\nA1,Store,src/store.ts\nA2,Page,src/page.ts\n",
            "First do this.\nThen do that.\nAt last rest.\n",
        ] {
            assert!(!is_list(other), "{other}");
        }
    }

    #[test]
    fn quoted_names_are_read() {
        let evidence = read_list("src/a.rs\n\"src/\\303\\244 \\\"b\\\".rs\"\n./src/c.rs\n");
        let files: Vec<&str> = evidence.files().iter().map(|path| &**path).collect();
        assert_eq!(files, ["src/a.rs", "src/c.rs", "src/ä \"b\".rs"]);
        assert_eq!(evidence.sentence(), "3 files, from `git ls-files`");
    }
}
