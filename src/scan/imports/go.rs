//! Go: an import is a folder, and stands for all of its files.

use super::super::repository::{Repository, below};
use super::{Language, Said, code_lines, quoted};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language { endings: &["go"], read, resolve };

fn read(text: &str) -> Said {
    let mut imports = Vec::new();
    let mut in_block = false;
    for line in code_lines(text) {
        let is_import = in_block || line.starts_with("import ") || line.starts_with("import(");
        if is_import {
            imports.extend(quoted(line).map(|(_, import)| import.to_owned()));
        }
        if line.starts_with("import") && line.contains('(') {
            in_block = true;
        }
        in_block &= !line.contains(')');
        if line.starts_with("func ") || line.starts_with("type ") {
            break;
        }
    }
    Said { imports, ..Said::default() }
}

fn resolve(repository: &Repository<'_>, _: &str, said: &Said) -> Vec<FileNumber> {
    let mut found = Vec::new();
    for import in &said.imports {
        let folder = repository.manifests.go_modules.iter().find_map(|(home, module)| {
            let rest = import.strip_prefix(module.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| below(home, rest.trim_start_matches('/')))
        });
        let Some(folder) = folder else { continue };
        let is_built = |name: &str| name.ends_with(".go") && !name.ends_with("_test.go");
        found.extend(
            repository
                .in_folder(&folder)
                .into_iter()
                .filter(|(_, name)| is_built(name))
                .map(|(file, _)| file),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn packages_are_found_by_the_path_of_their_module() {
        check(
            &[
                (
                    "api/cart/page.go",
                    "package cart\n\nimport \"fmt\"\nimport (\n\t// \"example.org/shop/old\"\n\tt \"example.org/shop/tax\"\n\
                     \t\"example.org/other\"\n)\n\nfunc a() { b(\"example.org/shop/old\") }\n",
                ),
                ("api/go.mod", "module example.org/shop\n"),
                ("api/tax/rates.go", ""),
                ("api/tax/rates_test.go", ""),
                ("api/tax/table.go", ""),
                ("api/tax/table.txt", ""),
                ("api/old/old.go", ""),
            ],
            &["api/tax/rates.go", "api/tax/table.go"],
        );
    }
}
