//! Ruby. What Rails loads by name alone is not found.

use super::super::repository::{Repository, below, folder_of, relative, upwards};
use super::{Language, Said, each, quoted};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language {
    endings: &["rb", "rake"],
    read,
    resolve: |repository, path, said| each(said, |import| find(repository, path, import)),
};

/// Imports as written; those relative to the file begin with `./`.
fn read(text: &str) -> Said {
    let mut imports = Vec::new();
    for line in text.lines().map(str::trim_start) {
        let Some(rest) = line.strip_prefix("require").or_else(|| line.strip_prefix("load ")) else {
            continue;
        };
        let is_relative = rest.starts_with("_relative");
        let lead = if is_relative { "./" } else { "" };
        imports.extend(quoted(rest).take(1).map(|(_, import)| format!("{lead}{import}")));
    }
    Said { imports, ..Said::default() }
}

fn find(repository: &Repository<'_>, path: &str, import: &str) -> Option<FileNumber> {
    let file = if import.ends_with(".rb") { import.to_owned() } else { format!("{import}.rb") };
    if file.starts_with('.') {
        return repository.known.file(&relative(folder_of(path), &file)?);
    }
    let around = upwards(folder_of(path));
    let places =
        around.flat_map(|folder| ["lib", "app", "spec", ""].map(|inner| below(&below(folder, inner), &file)));
    repository.first(places).or_else(|| repository.known.only_ending(&file).filter(|_| file.contains('/')))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn files_are_found_beside_and_in_lib() {
        check(
            &[
                (
                    "lib/shop/cart.rb",
                    "require 'json'\nrequire 'shop/tax'\nrequire_relative '../api/client'\nrequire_relative \"price.rb\"\n\
                     # require 'shop/comment'\n",
                ),
                ("lib/shop/tax.rb", ""),
                ("lib/shop/comment.rb", ""),
                ("lib/shop/price.rb", ""),
                ("lib/api/client.rb", ""),
            ],
            &["lib/api/client.rb", "lib/shop/price.rb", "lib/shop/tax.rb"],
        );
    }
}
