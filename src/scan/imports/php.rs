//! PHP: classes by the namespaces that `composer.json` gives to folders, and files by path.

use super::super::repository::{Repository, below, folder_of, relative, upwards};
use super::{Language, Said, code_lines, each, quoted};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language {
    endings: &["php"],
    read,
    resolve: |repository, path, said| each(said, |import| find(repository, path, import)),
};

/// Classes as `\A\B`, files as they are written.
fn read(text: &str) -> Said {
    let mut imports = Vec::new();
    for line in code_lines(text) {
        if let Some(list) = line.strip_prefix("use ").and_then(|rest| rest.split(';').next()) {
            let list = list.trim_start_matches("function ").trim_start_matches("const ");
            let (lead, inner) = match list.split_once('{') {
                Some((lead, inner)) => (lead.trim(), inner.trim_end_matches('}')),
                None => ("", list),
            };
            let classes = inner.split(',').filter_map(|class| class.split_whitespace().next());
            imports.extend(classes.map(|class| format!("\\{lead}{}", class.trim_start_matches('\\'))));
        } else if ["require", "include"].iter().any(|word| line.starts_with(word)) {
            let paths = quoted(line).filter(|(_, path)| path.ends_with(".php"));
            imports.extend(paths.map(|(_, path)| path.trim_start_matches('/').to_owned()));
        }
    }
    Said { imports, ..Said::default() }
}

fn find(repository: &Repository<'_>, path: &str, import: &str) -> Option<FileNumber> {
    let Some(class) = import.strip_prefix('\\') else {
        let beside = relative(folder_of(path), import).and_then(|path| repository.known.file(&path));
        return beside
            .or_else(|| repository.first(upwards(folder_of(path)).map(|folder| below(folder, import))));
    };
    let in_folder = |(namespace, folder): &(String, String)| {
        let rest = class.strip_prefix(namespace.as_str())?;
        repository.known.file(&below(folder, &format!("{}.php", rest.replace('\\', "/"))))
    };
    repository.manifests.php.iter().find_map(in_folder).or_else(|| {
        // Without a manifest folders are mostly named like namespaces.
        let path = format!("{}.php", class.replace('\\', "/"));
        let ends = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
        let mut ends = std::iter::once(path.as_str()).chain(ends).filter(|end| end.contains('/'));
        ends.find_map(|end| repository.known.only_ending(end))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn classes_are_found_by_namespace_and_files_by_path() {
        check(
            &[
                (
                    "src/Cart/Page.php",
                    "<?php\nnamespace App\\Cart;\nuse App\\Tax\\Rates;\nuse App\\Api\\{Client, Server as S};\n\
                     use Other\\Deep\\Thing;\nuse Psr\\Log\\Logger;\nrequire __DIR__ . '/../helpers.php';\n",
                ),
                ("composer.json", "{\"autoload\": {\"psr-4\": {\"App\\\\\": \"src/\"}}}"),
                ("src/Tax/Rates.php", ""),
                ("src/Api/Client.php", ""),
                ("src/Api/Server.php", ""),
                ("src/helpers.php", ""),
                ("legacy/Deep/Thing.php", ""),
            ],
            &[
                "legacy/Deep/Thing.php",
                "src/Api/Client.php",
                "src/Api/Server.php",
                "src/Tax/Rates.php",
                "src/helpers.php",
            ],
        );
    }
}
