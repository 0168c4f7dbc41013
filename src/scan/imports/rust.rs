//! Rust: `mod`, and paths of `use` within the crate and the workspace.

use super::super::repository::{Repository, below, folder_of, relative, stem, upwards};
use super::{Language, Said, code_lines};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language { endings: &["rs"], read, resolve };

/// The most paths of one `use`.
const MOST_PATHS: usize = 100;

/// Modules as `mod name`, paths as `a::b::c`.
fn read(text: &str) -> Said {
    let mut imports = Vec::new();
    // A `use` that goes over several lines.
    let mut open: Option<String> = None;
    for line in code_lines(text) {
        let line = line.split("//").next().unwrap_or_default().trim();
        let item = match line.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => {
                rest.split_once(')').map_or(rest, |(_, rest)| rest).trim_start()
            }
            Some(rest) => rest.trim_start(),
            None => line,
        };
        if let Some(tree) = &mut open {
            tree.push_str(line);
        } else if let Some(tree) = item.strip_prefix("use ") {
            open = Some(tree.to_owned());
        } else if let Some(name) = item.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
            imports.push(format!("mod {}", name.trim()));
        } else {
            imports.extend(line.match_indices("crate::").map(|(at, _)| path_at(&line[at..]).to_owned()));
        }
        if let Some(tree) = open.take_if(|tree| tree.contains(';') || tree.len() > 4_096) {
            imports.extend(paths_of(tree.split(';').next().unwrap_or_default()));
        }
    }
    Said { imports, ..Said::default() }
}

/// The path at the start of a text.
fn path_at(text: &str) -> &str {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ':');
    let end = text.find(|letter: char| !is_part(letter)).unwrap_or(text.len());
    text[..end].trim_end_matches(':')
}

/// The paths of a tree such as `crate::{a, b::{c, d as e}}`.
fn paths_of(tree: &str) -> Vec<String> {
    let mut paths = Vec::new();
    // What the braces around the current place stand behind.
    let mut leads: Vec<String> = vec![String::new()];
    let mut current = String::new();
    for letter in tree.chars() {
        match letter {
            '{' => {
                let lead = format!("{}{}", leads.last().map_or("", String::as_str), current.trim());
                leads.push(lead);
                current.clear();
            }
            ',' | '}' => {
                push_path(&mut paths, &leads, &current);
                current.clear();
                if letter == '}' && leads.len() > 1 {
                    leads.pop();
                }
            }
            letter => current.push(letter),
        }
        if paths.len() >= MOST_PATHS || leads.len() > 16 {
            return paths;
        }
    }
    push_path(&mut paths, &leads, &current);
    paths
}

fn push_path(paths: &mut Vec<String>, leads: &[String], current: &str) {
    let name = current.trim().split(" as ").next().unwrap_or_default().trim();
    if !name.is_empty() {
        let lead = leads.last().map_or("", String::as_str);
        paths.push(format!("{lead}{name}").trim_start_matches("::").to_owned());
    }
}

fn resolve(repository: &Repository<'_>, path: &str, said: &Said) -> Vec<FileNumber> {
    let folder = folder_of(path);
    let Some(root) = root_of(repository, path) else { return Vec::new() };
    // The folder in which the modules of this file stand.
    let inner = match stem(path) {
        "mod" | "lib" | "main" => folder.to_owned(),
        stem => below(folder, stem),
    };
    let find = |import: &str| {
        if let Some(name) = import.strip_prefix("mod ") {
            return module(repository, &below(&inner, name));
        }
        let mut names: Vec<&str> = import.split("::").collect();
        let first = names.remove(0);
        match first {
            "crate" => deepest(repository, &root, &names),
            "self" => deepest(repository, &inner, &names),
            "super" => {
                let outer = names.iter().take_while(|name| **name == "super").count();
                let up = "../".repeat(outer + 1);
                deepest(repository, &relative(&inner, &up)?, &names[outer..])
            }
            name => {
                let (home, _) = repository.manifests.crates.iter().find(|(_, known)| known == name)?;
                let source = below(home, "src");
                deepest(repository, &source, &names)
                    .or_else(|| repository.known.file(&below(&source, "lib.rs")))
            }
        }
    };
    said.imports.iter().filter_map(|import| find(import)).collect()
}

/// The folder of the sources of the crate that a file belongs to.
fn root_of(repository: &Repository<'_>, path: &str) -> Option<String> {
    let folder = folder_of(path);
    let home = upwards(folder).find(|folder| repository.known.file(&below(folder, "Cargo.toml")).is_some());
    match home {
        Some(home) => Some(below(home, "src")).filter(|source| path.starts_with(source.as_str())),
        None => upwards(folder).find(|folder| folder.rsplit('/').next() == Some("src")).map(str::to_owned),
    }
}

fn module(repository: &Repository<'_>, path: &str) -> Option<FileNumber> {
    repository.first([format!("{path}.rs"), below(path, "mod.rs")])
}

/// The innermost module on the way along these names; what follows them is in that file.
fn deepest(repository: &Repository<'_>, folder: &str, names: &[&str]) -> Option<FileNumber> {
    (1..=names.len().min(12))
        .rev()
        .find_map(|len| module(repository, &below(folder, &names[..len].join("/"))))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn modules_are_found_in_the_crate_and_the_workspace() {
        check(
            &[
                (
                    "app/src/cart.rs",
                    "//! use crate::comment::X;\nmod price;\npub(crate) mod sums;\nuse crate::{\n    tax::{self, rates::Rate as R},\n    \
                     text::*,\n};\nuse super::api::Client;\nuse shop_core::money::Euro;\nuse std::fmt;\n\
                     mod inner { }\nfn f() { crate::log::write(1) }\n",
                ),
                ("app/Cargo.toml", "[package]\nname = \"app\"\n"),
                ("app/src/cart/price.rs", ""),
                ("app/src/cart/sums/mod.rs", ""),
                ("app/src/tax/mod.rs", ""),
                ("app/src/tax/rates.rs", ""),
                ("app/src/text.rs", ""),
                ("app/src/api.rs", ""),
                ("app/src/log.rs", ""),
                ("app/src/comment.rs", ""),
                ("core/Cargo.toml", "[package]\nname = \"shop-core\"\n"),
                ("core/src/lib.rs", ""),
            ],
            &[
                "app/src/api.rs",
                "app/src/cart/price.rs",
                "app/src/cart/sums/mod.rs",
                "app/src/log.rs",
                "app/src/tax/mod.rs",
                "app/src/tax/rates.rs",
                "app/src/text.rs",
                "core/src/lib.rs",
            ],
        );
    }
}
