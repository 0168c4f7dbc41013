//! Python.

use super::super::repository::{Repository, below, folder_of, upwards};
use super::{Language, Said, each};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language {
    endings: &["py", "pyi"],
    read,
    resolve: |repository, path, said| each(said, |import| find(repository, path, import)),
};

/// Imports as `module`, or as `module:name` for a name from it.
fn read(text: &str) -> Said {
    let mut imports = Vec::new();
    // The module whose names go on over several lines.
    let mut open: Option<String> = None;
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(module) = &open {
            imports.extend(names(line).map(|name| format!("{module}:{name}")));
            if line.contains(')') || line.is_empty() {
                open = None;
            }
        } else if let Some(modules) = line.strip_prefix("import ") {
            imports.extend(names(modules).map(str::to_owned));
        } else if let Some((module, rest)) =
            line.strip_prefix("from ").and_then(|rest| rest.split_once(" import"))
        {
            let module = module.trim();
            imports.extend(names(rest).map(|name| format!("{module}:{name}")));
            open = (rest.contains('(') && !rest.contains(')')).then(|| module.to_owned());
        }
    }
    Said { imports, ..Said::default() }
}

/// The names of a list, without what they are called here.
fn names(list: &str) -> impl Iterator<Item = &str> {
    let names = list.split(',').map(|name| name.trim().trim_matches(['(', ')', '\\', ' ']));
    let names = names.filter_map(|name| name.split_whitespace().next());
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '*');
    names.filter(move |name| name.chars().all(is_part))
}

fn find(repository: &Repository<'_>, path: &str, import: &str) -> Option<FileNumber> {
    let (module, name) = import.split_once(':').unwrap_or((import, ""));
    let dots = module.len() - module.trim_start_matches('.').len();
    let inner = module[dots..].replace('.', "/");
    if dots > 0 {
        let folder = upwards(folder_of(path)).nth(dots - 1)?;
        return module_or_name(repository, &below(folder, &inner), name);
    }
    let around = upwards(folder_of(path));
    let found = around.flat_map(|folder| [below(folder, &inner), below(folder, &format!("src/{inner}"))]);
    let mut found = found.filter_map(|place| module_or_name(repository, &place, name));
    found.next().or_else(|| {
        // A package somewhere else in the repository, if there is only one of that name.
        let ending = |path: String| repository.known.only_ending(&path).filter(|_| path.contains('/'));
        ending(format!("{inner}/{name}.py")).or_else(|| ending(format!("{inner}.py")))
    })
}

/// The submodule of that name, or else the module.
fn module_or_name(repository: &Repository<'_>, module: &str, name: &str) -> Option<FileNumber> {
    let of = |module: &str| {
        repository.first([
            format!("{module}.py"),
            below(module, "__init__.py"),
            format!("{module}.pyi"),
            below(module, "__init__.pyi"),
        ])
    };
    let submodule = if matches!(name, "" | "*") { None } else { of(&below(module, name)) };
    submodule.or_else(|| of(module).filter(|_| !module.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn modules_are_found_from_the_file_upwards() {
        check(
            &[
                (
                    "src/shop/cart/page.py",
                    "import os, shop.tax.rates as rates\nfrom . import price, gone\nfrom .models import Item\n\
                     from ..api import (\n    client,  # all\n    Server,\n)\nfrom lib.money import Euro\n\
                     # from .comment import x\n",
                ),
                ("src/shop/cart/__init__.py", ""),
                ("src/shop/cart/price.py", ""),
                ("src/shop/cart/models.py", ""),
                ("src/shop/cart/comment.py", ""),
                ("src/shop/tax/rates.py", ""),
                ("src/shop/api/__init__.py", ""),
                ("src/shop/api/client.py", ""),
                ("other/lib/money.py", ""),
            ],
            &[
                "other/lib/money.py",
                "src/shop/api/__init__.py",
                "src/shop/api/client.py",
                "src/shop/cart/__init__.py",
                "src/shop/cart/models.py",
                "src/shop/cart/price.py",
                "src/shop/tax/rates.py",
            ],
        );
    }
}
