//! C, C++ and Objective-C.

use super::super::repository::{Repository, below, folder_of, relative, upwards};
use super::{Language, Said, each};
use crate::evidence::FileNumber;

pub(super) const LANGUAGE: Language = Language {
    endings: &["c", "h", "cc", "cpp", "cxx", "hh", "hpp", "hxx", "inl", "m", "mm"],
    read,
    resolve: |repository, path, said| each(said, |import| find(repository, path, import)),
};

fn read(text: &str) -> Said {
    let mut imports = Vec::new();
    for line in text.lines() {
        let Some(rest) = line.trim_start().strip_prefix('#').map(str::trim_start) else { continue };
        let Some(rest) = rest.strip_prefix("include").or_else(|| rest.strip_prefix("import")) else {
            continue;
        };
        let rest = rest.trim_start();
        let close = if rest.starts_with('<') { '>' } else { '"' };
        let inner =
            rest.get(1..).filter(|_| rest.starts_with(['<', '"'])).and_then(|rest| rest.split(close).next());
        imports.extend(inner.map(str::to_owned));
    }
    Said { imports, ..Said::default() }
}

fn find(repository: &Repository<'_>, path: &str, import: &str) -> Option<FileNumber> {
    let folder = folder_of(path);
    let beside = relative(folder, import).and_then(|path| repository.known.file(&path));
    beside.or_else(|| {
        let around = upwards(folder)
            .flat_map(|folder| ["include", "src", ""].map(|inner| below(&below(folder, inner), import)));
        repository.first(around).or_else(|| repository.known.only_ending(import))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn headers_are_found_beside_and_in_usual_folders() {
        check(
            &[
                (
                    "lib/src/cart.cpp",
                    "#include <vector>\n#include \"price.h\"\n# include <shop/tax.h>\n#include \"../api/client.hpp\"\n\
                     #include \"far/away.h\"\n#include \"two.h\"\n#include\n",
                ),
                ("lib/src/price.h", ""),
                ("lib/include/shop/tax.h", ""),
                ("lib/api/client.hpp", ""),
                ("third/far/away.h", ""),
                ("third/a/two.h", ""),
                ("third/b/two.h", ""),
            ],
            &["lib/api/client.hpp", "lib/include/shop/tax.h", "lib/src/price.h", "third/far/away.h"],
        );
    }
}
