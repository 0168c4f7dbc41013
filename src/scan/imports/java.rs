//! Java and Kotlin: classes by package, and those of the same folder, which need no import.

use super::super::repository::{Repository, folder_of, stem};
use super::{Language, Said, code_lines, names_of_types};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language { endings: &["java", "kt", "kts"], read, resolve };

const ENDINGS: [&str; 2] = ["java", "kt"];

fn read(text: &str) -> Said {
    let mut imports = Vec::new();
    for line in code_lines(text) {
        let Some(import) = line.strip_prefix("import ") else { continue };
        let import = import.trim().trim_start_matches("static ").split([';', ' ']).next().unwrap_or_default();
        imports.push(import.to_owned());
    }
    Said { imports, names: names_of_types(text), ..Said::default() }
}

fn resolve(repository: &Repository<'_>, path: &str, said: &Said) -> Vec<FileNumber> {
    let mut found: Vec<FileNumber> =
        said.imports.iter().filter_map(|import| class(repository, import)).collect();
    let is_named = |name: &str| said.names.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
    let neighbours = repository.in_folder(folder_of(path)).into_iter();
    let classes =
        neighbours.filter(|(_, name)| ENDINGS.iter().any(|ending| name.ends_with(&format!(".{ending}"))));
    found.extend(classes.filter(|(_, name)| is_named(stem(name))).map(|(file, _)| file));
    found
}

/// The file of a class, or of the class around what is named.
fn class(repository: &Repository<'_>, import: &str) -> Option<FileNumber> {
    let names: Vec<&str> = import.split('.').collect();
    // At most a nested class and a member of it.
    (names.len().saturating_sub(2).max(2)..=names.len()).rev().find_map(|len| {
        let path = names[..len].join("/");
        ENDINGS.iter().find_map(|ending| repository.known.only_ending(&format!("{path}.{ending}")))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn classes_are_found_by_package_and_in_the_same_folder() {
        check(
            &[
                (
                    "web/src/main/java/org/shop/cart/Page.java",
                    "package org.shop.cart;\n\nimport java.util.List;\nimport org.shop.tax.Rates;\n\
                     import static org.shop.api.Client.Kind.PLAIN;\nimport org.shop.data.*;\n\
                     class Page { Price price; }\n",
                ),
                ("web/src/main/java/org/shop/cart/Price.java", ""),
                ("web/src/main/java/org/shop/cart/Other.java", ""),
                ("web/src/main/java/org/shop/api/Client.java", ""),
                ("core/src/main/kotlin/org/shop/tax/Rates.kt", ""),
                ("core/src/main/kotlin/org/shop/data/Table.kt", ""),
            ],
            &[
                "core/src/main/kotlin/org/shop/tax/Rates.kt",
                "web/src/main/java/org/shop/api/Client.java",
                "web/src/main/java/org/shop/cart/Price.java",
            ],
        );
    }
}
