//! The modules of the library and the programs, and the dependencies between files.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Import, Path, Source};

/// The root files, each with the name of its module in other files, or of its room.
const ROOTS: [(&str, &str); 3] = [("lib.rs", LIBRARY), ("main.rs", "main"), ("bin/worker/main.rs", "worker")];
/// The name of the library in programs.
const LIBRARY: &str = "phaseplan";
/// The most imports followed to resolve a name.
const MOST_IMPORTS: usize = 20;

/// A module by its names from the root, such as `phaseplan`, `review`, `state`.
type Name = Vec<String>;

/// Every module that is compiled into the library or a program.
pub struct Tree {
    modules: BTreeMap<Name, Module>,
}

struct Module {
    /// Path of its file below `src`.
    file: String,
    source: Source,
}

/// A dependency of one file on another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    /// Path of the file below `src`.
    pub from: String,
    /// Path of the used file below `src`.
    pub to: String,
    /// The first line that uses it.
    pub line: usize,
    /// Whether it can be part of a cycle. Uses of a parent module can't: `rules/cycle.rs` may use what
    /// `rules/mod.rs` has for all rules.
    pub counts_in_cycles: bool,
    rooms: (String, String),
}

impl Arrow {
    /// The rooms of the files, if they differ.
    pub fn between_rooms(&self) -> Option<(&str, &str)> {
        let (from, to) = &self.rooms;
        (from != to && !from.is_empty() && !to.is_empty()).then_some((from, to))
    }
}

impl Tree {
    /// Finds the modules in files, given by their paths below `src`.
    pub fn of(files: &BTreeMap<String, String>) -> Tree {
        let mut tree = Tree { modules: BTreeMap::new() };
        for (root, name) in ROOTS {
            if files.contains_key(root) {
                let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
                tree.add(files, vec![name.to_owned()], root, folder);
            }
        }
        tree
    }

    /// Adds a module with everything below it. `folder` is the folder of its submodules.
    fn add(&mut self, files: &BTreeMap<String, String>, name: Name, file: &str, folder: &str) {
        let source = Source::read(&files[file]);
        for part in &source.modules {
            let inner = if folder.is_empty() { part.clone() } else { format!("{folder}/{part}") };
            let found = [format!("{inner}.rs"), format!("{inner}/mod.rs")];
            if let Some(file) = found.iter().find(|file| files.contains_key(*file)) {
                let name = [&name[..], std::slice::from_ref(part)].concat();
                self.add(files, name, file, &inner);
            }
        }
        self.modules.insert(name, Module { file: file.to_owned(), source });
    }

    /// The number of modules with files.
    pub fn len(&self) -> usize {
        self.modules.len()
    }

    /// Every room with a file.
    pub fn rooms(&self) -> BTreeSet<String> {
        self.modules.keys().map(room).filter(|room| !room.is_empty()).collect()
    }

    /// The modules of the library in the order in which `lib.rs` lists them.
    pub fn listed(&self) -> Vec<String> {
        let root = self.modules.get(&vec![LIBRARY.to_owned()]);
        root.map_or_else(Vec::new, |root| root.source.modules.clone())
    }

    /// The dependencies between files, without repetitions.
    pub fn arrows(&self) -> Vec<Arrow> {
        let mut arrows: BTreeMap<(&str, &str), Arrow> = BTreeMap::new();
        for (name, module) in &self.modules {
            let Source { imports, paths, .. } = &module.source;
            let imported = imports.iter().map(|import| (&import.path, import.name == "*"));
            for (path, is_all) in imported.chain(paths.iter().map(|path| (path, false))) {
                let Some((used, is_module)) = self.resolve(name, path, MOST_IMPORTS) else { continue };
                // If a module is imported, the next path shows what is used from it.
                if used == *name || is_module && !is_all {
                    continue;
                }
                let (from, to) = (&module.file, &self.modules[&used].file);
                let arrow = arrows.entry((from, to)).or_insert_with(|| Arrow {
                    from: from.clone(),
                    to: to.clone(),
                    line: path.line,
                    counts_in_cycles: !name.starts_with(&used),
                    rooms: (room(name), room(&used)),
                });
                arrow.line = arrow.line.min(path.line);
            }
        }
        arrows.into_values().collect()
    }

    /// The module that a path leads to, and whether the path is the module itself; `None` if it leads
    /// elsewhere.
    fn resolve(&self, from: &Name, path: &Path, imports_left: usize) -> Option<(Name, bool)> {
        let (first, rest) = path.names.split_first()?;
        let mut module = from.clone();
        let mut rest = rest;
        match first.as_str() {
            "crate" => module.truncate(1),
            "self" => {}
            "super" => {
                let more = rest.iter().take_while(|name| *name == "super").count();
                rest = &rest[more..];
                module.truncate(module.len().saturating_sub((1 + more).saturating_sub(path.inside)));
            }
            LIBRARY if from[0] != LIBRARY => module = vec![LIBRARY.to_owned()],
            _ if self.has(from, first) => rest = &path.names,
            _ => {
                let import = self.import(from, first).filter(|import| import.path != *path)?;
                return self.follow(from, import, rest, imports_left);
            }
        }
        self.walk(module, rest, imports_left)
    }

    /// Descends from a module. A name that is not a module is an item or an import.
    fn walk(&self, mut module: Name, names: &[String], imports_left: usize) -> Option<(Name, bool)> {
        for (at, name) in names.iter().enumerate() {
            if self.has(&module, name) {
                module.push(name.clone());
                continue;
            }
            return match self.import(&module, name) {
                Some(import) => self.follow(&module, import, &names[at + 1..], imports_left),
                None => Some((module, false)),
            };
        }
        Some((module, true))
    }

    fn follow(
        &self,
        module: &Name,
        import: &Import,
        rest: &[String],
        imports_left: usize,
    ) -> Option<(Name, bool)> {
        let names = [&import.path.names[..], rest].concat();
        self.resolve(module, &Path { names, ..import.path.clone() }, imports_left.checked_sub(1)?)
    }

    fn has(&self, module: &Name, part: &String) -> bool {
        self.modules.contains_key(&[&module[..], std::slice::from_ref(part)].concat())
    }

    fn import(&self, module: &Name, name: &String) -> Option<&Import> {
        self.modules.get(module)?.source.imports.iter().find(|import| import.name == *name)
    }
}

/// The room of a module; empty for the roots of the library and of the page.
fn room(name: &Name) -> String {
    match &name[..] {
        [root, ..] if root == "worker" => root.clone(),
        [_, room, ..] => room.clone(),
        _ => String::new(),
    }
}
