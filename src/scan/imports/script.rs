//! JavaScript and TypeScript, also in the components of Vue, Svelte and Astro.

use super::super::repository::{Repository, below, folder_of, relative, upwards};
use super::{Language, Said, code_lines, each, quoted};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language {
    endings: &["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "astro"],
    read,
    resolve: |repository, path, said| each(said, |import| find(repository, path, import)),
};

/// Endings that an import may leave out, in the order in which they are tried.
const ENDINGS: [&str; 14] = [
    "", ".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte", ".astro",
    ".json",
];

fn read(text: &str) -> Said {
    let mut imports = Vec::new();
    for line in code_lines(text) {
        for (before, import) in quoted(line) {
            if is_import(before) && !import.is_empty() && !import.contains([' ', '\\', '$']) {
                imports.push(import.to_owned());
            }
        }
    }
    Said { imports, ..Said::default() }
}

/// Whether a text behind this is the name of a module.
fn is_import(before: &str) -> bool {
    let before = before.trim_end();
    if before.ends_with("require(") || before.ends_with("import(") || before.ends_with("require.resolve(") {
        return true;
    }
    let word = before
        .rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '$')
        .next();
    matches!(word, Some("from" | "import"))
}

fn find(repository: &Repository<'_>, path: &str, import: &str) -> Option<FileNumber> {
    // What a bundler is told stands behind the name.
    let import = import.split(['?', '#']).next().unwrap_or_default();
    let folder = folder_of(path);
    if import.starts_with('.') {
        return file_or_index(repository, &relative(folder, import)?);
    }
    let in_package = |(home, name): &(String, String)| {
        let rest = import.strip_prefix(name.as_str())?;
        let rest = match rest.strip_prefix('/') {
            Some(rest) => rest,
            None if rest.is_empty() => "",
            None => return None,
        };
        let places = match rest {
            "" => ["src/index", "index", "lib/index", "src/main"].map(|inner| below(home, inner)),
            rest => {
                [rest, &format!("src/{rest}"), &format!("lib/{rest}"), rest].map(|inner| below(home, inner))
            }
        };
        places.iter().find_map(|place| file_or_index(repository, place))
    };
    if let Some(file) = repository.manifests.scripts.iter().find_map(in_package) {
        return Some(file);
    }
    // Aliases such as `@/cart` stand for the folder of the sources, and `baseUrl` for one around the file.
    let inner = match import.strip_prefix("@/").or_else(|| import.strip_prefix("~/")) {
        Some(inner) => inner,
        None if import.contains('/') && !import.starts_with('@') => import,
        None => return None,
    };
    upwards(folder).find_map(|around| {
        let places = [below(around, &format!("src/{inner}")), below(around, inner)];
        places.iter().find_map(|place| file_or_index(repository, place))
    })
}

fn file_or_index(repository: &Repository<'_>, path: &str) -> Option<FileNumber> {
    let with_ending =
        |path: &str| ENDINGS.iter().find_map(|ending| repository.known.file(&format!("{path}{ending}")));
    // TypeScript names the file that will be compiled.
    let compiled = || {
        let (stem, ending) = path.rsplit_once('.')?;
        let sources: &[&str] = match ending {
            "js" => &["ts", "tsx"],
            "jsx" => &["tsx"],
            "mjs" => &["mts"],
            "cjs" => &["cts"],
            _ => &[],
        };
        repository.first(sources.iter().map(|source| format!("{stem}.{source}")))
    };
    with_ending(path).or_else(compiled).or_else(|| with_ending(&below(path, "index")))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn modules_are_found_by_relative_path_alias_and_package() {
        check(
            &[
                (
                    "apps/web/src/cart/page.tsx",
                    "// import x from './comment'\nimport {\n  a,\n} from './price';\nimport '../style.css'\n\
                     export * from \"../tax/index.js\"\nconst b = require('./old'), c = await import(`@/api/client`);\n\
                     import { d } from '@shop/core/money'\nimport core from '@shop/core'\nimport React from 'react'\n\
                     const text = 'from ./comment';\nimport e from './data?raw'\n",
                ),
                ("apps/web/src/cart/price.ts", ""),
                ("apps/web/src/cart/comment.ts", ""),
                ("apps/web/src/cart/old/index.js", ""),
                ("apps/web/src/cart/data.json", ""),
                ("apps/web/src/style.css", ""),
                ("apps/web/src/tax/index.ts", ""),
                ("apps/web/src/api/client.ts", ""),
                ("packages/core/package.json", "{\"name\": \"@shop/core\"}"),
                ("packages/core/src/index.ts", ""),
                ("packages/core/src/money.ts", ""),
                ("react.ts", ""),
            ],
            &[
                "apps/web/src/api/client.ts",
                "apps/web/src/cart/data.json",
                "apps/web/src/cart/old/index.js",
                "apps/web/src/cart/price.ts",
                "apps/web/src/style.css",
                "apps/web/src/tax/index.ts",
                "packages/core/src/index.ts",
                "packages/core/src/money.ts",
            ],
        );
    }
}
