//! Guesses which files a task changes and which it only reads, from its text.
//!
//! When in doubt, a file counts as changed, because a missed conflict is worse than a false one. Files whose
//! folder is unknown are reported. A task without any changed file remains a task with unknown files.

use super::repository::{Located, Repository, located};
use crate::package_files;
use crate::prose::paths::{Shape, is_single};
use crate::prose::roles::{Role, Said, said};
use crate::prose::sentence::Sentence;
use crate::prose::words::{Token, is_one_of};

/// The files of one task.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Patterns of the files it changes.
    pub owns: Vec<String>,
    /// Patterns of the files it only reads.
    pub reads: Vec<String>,
    /// Names of files in an unknown folder.
    pub unplaced: Vec<String>,
}

/// Guesses the files of a task. `only_checks`: the task changes nothing.
pub fn infer(sentence: &Sentence, repository: &Repository, only_checks: bool) -> Files {
    let reader = Reader { sentence, said: said(sentence), located: located(sentence), repository };
    let mut files = reader.place_all();
    if only_checks {
        let owns = std::mem::take(&mut files.owns);
        files.reads.splice(0..0, owns);
    }
    tidy(&mut files);
    files
}

struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    said: Vec<Said>,
    located: Vec<Located>,
    repository: &'a Repository,
}

impl Reader<'_> {
    fn place_all(&self) -> Files {
        let mut files = Files::default();
        for index in 0..self.sentence.mentions.len() {
            let path = match self.sentence.mentions[index].shape {
                Shape::Name => {
                    self.place_name(index, &mut files);
                    continue;
                }
                Shape::File => self.full_path(index),
                Shape::Folder | Shape::PerhapsFolder => self.folder(index),
            };
            match self.said[index].role {
                Role::Used => files.reads.extend(path),
                Role::Changed | Role::Unsaid => files.owns.extend(path),
                Role::Described => {}
            }
        }
        if files.owns.is_empty() && files.unplaced.is_empty() {
            files.owns.extend(self.components());
        }
        files.owns.extend(self.changed_components());
        files
    }

    /// The files of components that the words say are changed: "Update `TaskInput` to show the menu".
    fn changed_components(&self) -> impl Iterator<Item = String> {
        let named = self.sentence.tokens.windows(2).filter_map(|pair| match pair {
            [Token::Word(verb), Token::Word(name) | Token::Code(name)]
                if is_one_of(verb, "change extend fix modify refactor update") =>
            {
                self.repository.file_called(name)
            }
            _ => None,
        });
        named.map(str::to_owned)
    }

    /// The files of components that the words name, when they name no path: "Add a menu to `TaskInput`".
    fn components(&self) -> Vec<String> {
        let named = self.sentence.tokens.iter().filter_map(|token| match token {
            Token::Word(word) | Token::Code(word) => self.repository.file_called(word),
            _ => None,
        });
        named.map(str::to_owned).collect()
    }

    /// The path of a folder; `None` if the mention only locates file names, describes something else, or is
    /// not a folder.
    fn folder(&self, index: usize) -> Option<String> {
        let mention = &self.sentence.mentions[index];
        let role = self.said[index].role;
        if self.located.iter().any(|located| located.folder == index && !located.is_detail) {
            return None;
        }
        if let Some(located) = self.located.iter().find(|located| located.name == index) {
            let whole = || format!("{}{}", self.sentence.mentions[located.folder].path, mention.path);
            return (!located.is_detail).then(whole);
        }
        let is_written_as_folder = mention.path.ends_with('/');
        let is_believed = match mention.shape {
            Shape::Folder => {
                !is_single(&mention.path)
                    || role != Role::Unsaid
                    || (self.is_known_elsewhere(&mention.path)
                        && !self.is_in_brackets(mention.at)
                        && !self.names_a_file())
            }
            _ => {
                self.repository.tasks_below_root_of(&mention.path) > 0
                    && (is_written_as_folder || role != Role::Unsaid)
            }
        };
        let path = is_believed.then(|| self.full_path(index)).flatten()?;
        Some(if is_written_as_folder { path } else { path + "/" })
    }

    fn is_known_elsewhere(&self, path: &str) -> bool {
        self.sentence.mentions.len() == 1 || self.repository.tasks_below_root_of(path) > 1
    }

    /// Whether the words name a file with its folders.
    fn names_a_file(&self) -> bool {
        self.sentence.mentions.iter().any(|mention| mention.shape == Shape::File)
    }

    /// Whether a bracket near before a token is still open there.
    fn is_in_brackets(&self, token: usize) -> bool {
        let near = &self.sentence.tokens[token.saturating_sub(NEAR)..token];
        let count = |sign: Token| near.iter().filter(|token| **token == sign).count();
        count(Token::Open) > count(Token::Close)
    }

    /// The path from the root of the repository; `None` if its beginning is missing and can't be found.
    fn full_path(&self, index: usize) -> Option<String> {
        let path = &self.sentence.mentions[index].path;
        if self.repository.is_shortened(path) {
            return self.repository.only_file_ending_with(path);
        }
        Some(path.clone())
    }

    fn place_name(&self, index: usize, files: &mut Files) {
        let name = &self.sentence.mentions[index].path;
        let role = self.said[index].role;
        if let Some(located) = self.located.iter().find(|located| located.name == index) {
            if !located.is_detail {
                files.owns.push(format!("{}{name}", self.sentence.mentions[located.folder].path));
            }
            return;
        }
        let is_aside = role == Role::Described || (role == Role::Unsaid && !files.owns.is_empty());
        let is_of_packages = package_files::is_dependency_list(name) || package_files::is_lockfile(name);
        if self.is_at_root(index) || (is_of_packages && role == Role::Changed) {
            let list = if role == Role::Used { &mut files.reads } else { &mut files.owns };
            list.push(name.clone());
        } else if let Some(file) = self.repository.only_file_ending_with(name) {
            let list = if role == Role::Changed { &mut files.owns } else { &mut files.reads };
            list.push(file);
        } else if let Some(path) = self.beside_earlier(index).filter(|_| role != Role::Described) {
            let list = if role == Role::Used { &mut files.reads } else { &mut files.owns };
            list.push(path);
        } else if !is_aside {
            let list = match role {
                _ if !belongs_at_root(name) || self.is_of_something(index) => &mut files.unplaced,
                Role::Used => &mut files.reads,
                _ => &mut files.owns,
            };
            list.push(name.clone());
        }
    }

    /// The path in the folder of the file that the list begins with, if both are files of one kind:
    /// "`src/a.ts`, `b.ts`".
    fn beside_earlier(&self, index: usize) -> Option<String> {
        let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_owned());
        let mentions = &self.sentence.mentions;
        let name = &mentions[index].path;
        let mut first = index;
        while let Some(earlier) = self.said[first].listed_after {
            first = earlier;
            let path = &mentions[first].path;
            if mentions[first].shape == Shape::File {
                let (folder, _) = path.rsplit_once('/')?;
                return (ending(path) == ending(name)).then(|| format!("{folder}/{name}"));
            }
        }
        None
    }

    /// Whether a word in front of the name says whose file it is, as in "the hooks README.md".
    fn is_of_something(&self, index: usize) -> bool {
        let at = self.sentence.mentions[index].at;
        let Some(Token::Word(word)) = at.checked_sub(1).map(|before| self.sentence.tokens[before]) else {
            return false;
        };
        let is_plain = word.starts_with(|letter: char| letter.is_ascii_lowercase());
        is_shouted(&self.sentence.mentions[index].path) && is_plain && !is_one_of(word, BEFORE_ROOT_FILES)
    }

    /// "root `package.json`", "`.agent.md` at repository root", "`src/`, `next.config.js`".
    fn is_at_root(&self, index: usize) -> bool {
        let at = self.sentence.mentions[index].at;
        let mut near = self.sentence.tokens[at.saturating_sub(2)..].iter().take(7);
        let says_root =
            near.any(|token| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("root")));
        let mut first = index;
        while let Some(earlier) = self.said[first].listed_after {
            first = earlier;
        }
        says_root
            || (first != index
                && self.sentence.mentions[first].shape == Shape::Folder
                && is_single(&self.sentence.mentions[first].path))
    }
}

/// How many tokens before a path are looked at for an open bracket.
const NEAR: usize = 40;

/// Words before the name of a file in the root folder; any other word says whose file it is.
const BEFORE_ROOT_FILES: &str = "a add adds an and adjust amend at change create delete edit expand \
    extend fix from in into main modify new of on or our project project's refresh remove rename repo \
    repository revise rewrite root s the this to top-level update with write";

/// Settings that stand in the root folder, besides those with "config" in their name.
const ROOT_SETTINGS: &str = "action.yml angular.json app.json biome.json codecov.yml components.json \
    dprint.json eas.json firebase.json global.json lerna.json manifest.json mkdocs.yml now.json nx.json \
    openapi.yaml openapi.yml render.yaml renovate.json rush.json serverless.yml turbo.json vercel.json";

/// Whether a file with this name is usually in the root folder: settings, lock files, documents.
fn belongs_at_root(name: &str) -> bool {
    let is_upper = name.starts_with(|c: char| c.is_ascii_uppercase());
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if name.starts_with(".env") && !name.contains("example") && !name.contains("sample") {
        return false;
    }
    if name.starts_with('.') || package_files::is_dependency_list(name) || package_files::is_lockfile(name) {
        return true;
    }
    let is_settings = match extension {
        // Data, and documents: most have a folder of their own.
        "json" | "jsonc" | "json5" => {
            stem.starts_with("tsconfig") || stem.starts_with("jsconfig") || is_one_of(name, ROOT_SETTINGS)
        }
        "md" | "txt" => is_shouted(name) && stem != "SKILL",
        "yaml" | "yml" => {
            stem.starts_with("docker-compose")
                || stem.starts_with("compose")
                || is_one_of(name, ROOT_SETTINGS)
        }
        "toml" | "lock" | "mod" | "sum" | "cfg" | "ini" | "gradle" | "properties" | "conf" | "xml" | "" => {
            !is_upper || is_shouted(name) || extension.is_empty()
        }
        _ => false,
    };
    // Of Angular, it is beside the program.
    (stem.contains(".config") && stem != "app.config") || is_settings
}

/// Whether the name is in capital letters, such as `README.md`.
fn is_shouted(name: &str) -> bool {
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_of_shout = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    stem.starts_with(|c: char| c.is_ascii_uppercase()) && stem.chars().all(is_of_shout)
}

/// Removes duplicates and everything inside an owned folder.
fn tidy(files: &mut Files) {
    fn without_covered(paths: &[String], folders: &[String]) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for path in paths {
            let covers = |folder: &String| {
                folder.ends_with('/') && folder != path && path.starts_with(folder.as_str())
            };
            if !kept.contains(path) && !folders.iter().any(covers) {
                kept.push(path.clone());
            }
        }
        kept
    }
    files.owns = without_covered(&files.owns, &files.owns);
    files.reads.retain(|path| !files.owns.contains(path));
    let folders: Vec<String> = files.owns.iter().chain(&files.reads).cloned().collect();
    files.reads = without_covered(&files.reads, &folders);
    files.unplaced.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The guess for the last text. The texts before it only describe the repository.
    #[track_caller]
    fn check(texts: &[&str], expected: &str) {
        let sentences: Vec<Sentence> = texts.iter().map(|text| Sentence::read(text)).collect();
        let files = infer(sentences.last().unwrap(), &Repository::of(&sentences), false);
        let found =
            format!("{} < {} ? {}", files.owns.join(" "), files.reads.join(" "), files.unplaced.join(" "));
        assert_eq!(found.trim_end_matches([' ', '?']).trim_end_matches([' ', '<']), expected, "{texts:?}");
    }

    #[test]
    fn paths_are_changed_unless_the_words_say_otherwise() {
        check(&["Create the cart in src/cart.rs"], "src/cart.rs");
        check(&["Add `a`/`b` to `src/a.rs` and `src/b.rs:3-9` (FR-001)"], "src/a.rs src/b.rs");
        check(
            &["Use `src/api/` from `src/gen/client.ts` in `src/page.ts`"],
            "src/page.ts < src/api/ src/gen/client.ts",
        );
        check(&["Create src/page.ts using the generated `src/gen/` client"], "src/page.ts < src/gen/");
        check(
            &["Write it per contracts/api.md (research.md §2) in src/a.ts, see `docs/a.md`"],
            "src/a.ts < docs/a.md",
        );
        check(
            &["Extract the types from `web/src/types/` into `shared/types/`"],
            "web/src/types/ shared/types/",
        );
        check(&["Call the restore path from `lib/app.dart`"], "lib/app.dart");
        check(&["Resolve all warnings across lib/core/, lib/app/"], "lib/core/ lib/app/");
        check(&["Create src/shop/ with src/shop/cart.rs"], "src/shop/");
    }

    #[test]
    fn names_get_the_folder_that_belongs_to_them() {
        check(&["Create `a.ts` (one, two) and `b.ts` (three) in `src/net/`"], "src/net/a.ts src/net/b.ts");
        check(&["Implement `Cart/` and `List/` in `src/ui/`"], "src/ui/Cart/ src/ui/List/");
        check(&["Create hooks in `src/hooks/` — `useA.ts` (a list), `useB.ts`"], "src/hooks/");
        check(&["Create `src/hooks/` (useA.ts, useB.ts)", "Fix `useA.ts`"], "src/hooks/useA.ts");
        check(
            &["Create lib/app/router.dart", "Handle 401: `router.dart` redirects"],
            " < lib/app/router.dart",
        );
        check(
            &["Create lib/main.dart", "Call it from `lib/app.dart`/`main.dart`"],
            "lib/app.dart lib/main.dart",
        );
        check(
            &["Create lib/core/a.dart", "Create lib/b.dart (shared code lives in `core/a.dart`)"],
            "lib/b.dart lib/core/a.dart",
        );
    }

    #[test]
    fn names_without_a_folder_stand_at_the_root_or_nowhere() {
        check(&["Update `pubspec.yaml` with `dio`, `intl`"], "pubspec.yaml");
        check(&["Create web/package.json", "Update root `package.json`"], "package.json");
        check(&["Create `.agent.md` at repository root"], ".agent.md");
        check(
            &["Move `src/`, `next.config.js`, `next-env.d.ts` into `apps/web/`"],
            "src/ next.config.js next-env.d.ts apps/web/",
        );
        check(&["Create scaffolds with `package.json` for `packages/a/`"], "packages/a/");
        check(&["Fix the sizes in `Button.tsx`"], " <  ? Button.tsx");
        check(&["Add `dist/` and `packages/a/` to `.gitignore`"], ".gitignore");
    }

    #[test]
    fn what_is_no_path_of_the_repository_is_left_out() {
        for text in [
            "Run `flutter pub get`",
            "Register the `/auth/login` route and call `AuthNotifier.signIn`",
            "Install `@next/bundle-analyzer` (see https://example.com/a/b.html)",
            "Test sign in (success/ failure) and create/update",
            "Follow plan.md, [spec.md](./spec.md) and contracts/a.yaml",
        ] {
            check(&[text], "");
        }
        check(&["Create apps/web/a.ts", "Update `apps/web` imports"], "apps/web/");
    }

    #[test]
    fn a_task_that_only_checks_changes_nothing() {
        let text = "Verify that `src/a.rs` and src/b.rs agree";
        let sentence = Sentence::read(text);
        let files = infer(&sentence, &Repository::of(std::slice::from_ref(&sentence)), true);
        assert_eq!((files.owns.len(), files.reads.join(" ")), (0, "src/a.rs src/b.rs".to_owned()));
    }
}
