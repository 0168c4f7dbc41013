//! C#: `using` names namespaces, so files are found by the types that are named and live in one of these.

use super::super::repository::Repository;
use super::{Language, Said, code_lines, names_of_types};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language { endings: &["cs"], read, resolve };

fn read(text: &str) -> Said {
    let (mut imports, mut declares) = (Vec::new(), Vec::new());
    for line in code_lines(text) {
        if let Some(namespace) = line.strip_prefix("namespace ") {
            let name = namespace.split(['{', ';', ' ']).next().unwrap_or_default();
            declares.push(name.to_owned());
        } else if let Some(using) = line.strip_prefix("global using ").or_else(|| line.strip_prefix("using "))
            && let Some(using) = using.split(';').next()
            && !using.contains('(')
        {
            let name = using.rsplit('=').next().unwrap_or_default().trim().trim_start_matches("static ");
            imports.push(name.to_owned());
        }
    }
    Said { imports, declares, names: names_of_types(text) }
}

fn resolve(repository: &Repository<'_>, _: &str, said: &Said) -> Vec<FileNumber> {
    let mut found = Vec::new();
    let mut add = |namespace: &str, name: &str| {
        let files = repository.declared.get(&(namespace, name)).map_or(&[][..], Vec::as_slice);
        // Parts of one class in several files can't be told apart.
        if let [file] = files {
            found.push(*file);
        }
    };
    for import in &said.imports {
        if let Some((namespace, class)) = import.rsplit_once('.') {
            add(namespace, class);
        }
    }
    // What the namespaces around one's own hold is visible without `using`.
    let around = |namespace: &str| {
        let ends: Vec<usize> =
            namespace.match_indices('.').map(|(at, _)| at).chain([namespace.len()]).collect();
        ends.into_iter().map(|end| namespace[..end].to_owned()).collect::<Vec<_>>()
    };
    let own = said.declares.iter().flat_map(|namespace| around(namespace));
    let mut visible: Vec<String> = said.imports.iter().cloned().chain(own).collect();
    visible.sort_unstable();
    visible.dedup();
    for name in &said.names {
        for namespace in &visible {
            add(namespace, name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn types_are_found_in_visible_namespaces() {
        check(
            &[
                (
                    "Web/Page.cs",
                    "using System;\nusing Shop.Tax;\nusing static Shop.Api.Client;\n\nnamespace Shop.Cart;\n\n\
                     class Page { Rates rates; Price price; Root root; Hidden hidden; }\n",
                ),
                ("Core/Rates.cs", "namespace Shop.Tax { class Rates {} }"),
                ("Core/Unused.cs", "namespace Shop.Tax { class Unused {} }"),
                ("Core/Client.cs", "namespace Shop.Api;\n"),
                ("Web/Price.cs", "namespace Shop.Cart\n{\n"),
                ("Web/Root.cs", "namespace Shop;\n"),
                ("Web/Hidden.cs", "namespace Shop.Other;\n"),
            ],
            &["Core/Client.cs", "Core/Rates.cs", "Web/Price.cs", "Web/Root.cs"],
        );
    }
}
