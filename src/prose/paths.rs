//! Recognises paths among words: `lib/app/router.dart` is a path; `flutter pub get`, `AuthNotifier.signIn`,
//! `/auth/login`, `@scope/package` and `https://…` are not. Ignores the sentence around the word.

use super::words::is_one_of;

/// The shape of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A file with its folders, such as `src/main.rs`.
    File,
    /// With `/` at the end, such as `src/`.
    Folder,
    /// Perhaps a folder: `apps/web` without `/` at the end, or the word "read/" outside code.
    PerhapsFolder,
    /// A file without its folders, such as `main.rs`.
    Name,
}

/// File extensions that occur in repositories.
const EXTENSIONS: &str = "arb astro bash bat bats c cc cfg cjs clj conf cpp cs csproj css csv cts cxx dart ejs \
    erb erl ex exs fish fs fsproj gd go gql gradle graphql groovy h haml hbs hcl hpp hs htm html ini ipynb \
    jade java jl js json json5 jsonc jsonl jsx kt kts less liquid lock lua m md mdx mjs ml mli mm mod mts \
    mustache nim nix php pl plist png prisma properties proto ps1 pug py pyi r rake rb rs rst sass sbt scala \
    scss sh slim sln sol spec sql storyboard sum svelte svg swift tf tfvars toml tpl ts tsv tsx twig txt vb \
    vue wasm xcconfig xib xml yaml yml zig zsh";

/// File names without an extension.
const NAMES_WITHOUT_EXTENSION: &str = "Caddyfile CODEOWNERS Dockerfile Gemfile Jenkinsfile Justfile justfile \
    LICENSE Makefile Podfile Procfile Rakefile Vagrantfile";

/// Suffixes that describe a kind of file when they stand alone, and don't name a file: `.test.tsx`.
const SUFFIXES: &str =
    ".android .config .d .g .gen .generated .ios .module .native .spec .stories .test .web";

/// Names of objects whose members look like files: `response.json`, and with a word before it,
/// `NextResponse.json`.
const OBJECTS: &str = "req request res response";

/// The path in a word, and its shape; `None` if the word is not a path. `is_code`: the word was between
/// backticks.
pub fn recognise(word: &str, is_code: bool) -> Option<(String, Shape)> {
    let unglued = if is_code { word } else { without_glued_words(word) };
    recognise_alone(unglued, is_code)
}

/// A path in a language that puts no space around it, without the words before and after it: `app/a.py` of
/// `在app/a.py中添加`. Other words stay as they are, also with folders in such a language.
fn without_glued_words(word: &str) -> &str {
    if word.is_ascii() || !word.contains(['/', '.']) {
        return word;
    }
    let is_glue = |letter: char| letter.is_alphabetic() && !letter.is_ascii() && !has_spaces(letter);
    let from = word.find(|letter: char| !is_glue(letter)).unwrap_or(0);
    let is_in_front = from > 0 && word[from..].starts_with(|letter: char| letter.is_ascii_alphanumeric());
    let start = if is_in_front { &word[from..] } else { word };
    let to = start.rfind('.').map_or(0, |dot| dot + 1);
    let end =
        start[to..].find(|letter: char| !letter.is_ascii_alphanumeric()).map_or(start.len(), |at| to + at);
    if start[end..].chars().next().is_some_and(is_glue) && end > to { &start[..end] } else { start }
}

/// Whether the script of a letter puts spaces between words. Chinese and Japanese don't, and Korean puts none before
/// particles.
fn has_spaces(letter: char) -> bool {
    !matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

fn recognise_alone(word: &str, is_code: bool) -> Option<(String, Shape)> {
    let path = without_line_numbers(word).replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    if path.is_empty() || !has_only_path_characters(path) || is_elsewhere(path) {
        return None;
    }
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    // Of `{a.ts,b.ts}`, one stands for all.
    let inside = file.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let file = inside.map_or(file, |names| names.split(',').next().unwrap_or_default());
    let shape = if file.is_empty() {
        if is_code || folders.contains('/') { Shape::Folder } else { Shape::PerhapsFolder }
    } else if !looks_like_file(file, is_code, !folders.is_empty()) {
        (is_code && !folders.is_empty() && !file.contains('.')).then_some(Shape::PerhapsFolder)?
    } else if folders.is_empty() {
        Shape::Name
    } else {
        Shape::File
    };
    Some((path.to_owned(), shape))
}

/// Names of documents that plan a feature.
const DESIGN_DOCUMENTS: &str =
    "constitution.md data-model.md plan.md quickstart.md research.md spec.md tasks.md";

/// Whether the path is a document that plans the feature. Tasks cite such documents but don't change them.
pub fn is_design_document(path: &str) -> bool {
    let is_contract = || {
        let inside = path.strip_prefix("contracts/");
        inside.is_some_and(|rest| {
            rest.is_empty() || [".md", ".yaml", ".yml", ".json"].iter().any(|end| rest.ends_with(end))
        })
    };
    is_one_of(path, DESIGN_DOCUMENTS) || is_contract()
}

/// The first component of a path.
pub fn root(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// Whether the path has only one component: `src/`, `main.rs`.
pub fn is_single(path: &str) -> bool {
    !path.trim_end_matches('/').contains('/')
}

/// `src/a.rs` of `src/a.rs:12-30` and of `src/a.rs#L12`.
fn without_line_numbers(word: &str) -> &str {
    let Some((path, lines)) = word.rsplit_once([':', '#']) else { return word };
    let is_lines =
        !lines.is_empty() && lines.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | 'L' | '–'));
    if is_lines { path } else { word }
}

fn has_only_path_characters(path: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "_-./[](){}*+@$,".contains(c);
    let braces = path.contains(['{', ',']);
    path.chars().all(allowed)
        && path.contains(|c: char| c.is_alphanumeric())
        && (!braces
            || path.split_once('{').is_some_and(|(_, inside)| inside.contains(',') && inside.contains('}')))
        && (!path.contains(['*', '(']) || path.contains('/'))
}

/// Whether the word is outside the repository or not a file: routes, home folders, packages, URLs.
fn is_elsewhere(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let is_host =
        |domain: &str| first.len() < path.len() && first.ends_with(domain) && !first.starts_with('.');
    path.starts_with(['/', '@', '$', ',', '-', '*', '+']) && !path.starts_with("**/")
        || path.split('/').any(|part| part == "..")
        || path.trim_end_matches('/').split('/').any(str::is_empty)
        || [".com", ".org", ".net", ".io", ".dev"].into_iter().any(is_host)
}

fn looks_like_file(file: &str, is_code: bool, has_folder: bool) -> bool {
    if NAMES_WITHOUT_EXTENSION.split(' ').any(|name| name == file) {
        return true;
    }
    let Some((stem, extension)) = file.rsplit_once('.') else { return false };
    if stem.is_empty() || file.starts_with(".env") {
        return is_dotfile(file);
    }
    let is_library = !is_code && extension == "js" && stem.starts_with(|c: char| c.is_ascii_uppercase());
    is_one_of(extension, EXTENSIONS)
        && !is_one_of(stem, SUFFIXES)
        && (has_folder || !is_object(stem))
        && !is_library
}

/// Whether it is the name of an object: `res`, `NextResponse`; not a word that only ends like one.
fn is_object(stem: &str) -> bool {
    OBJECTS.split(' ').any(|object| {
        let start = stem.len().saturating_sub(object.len());
        let begins_word = start == 0 || stem[start..].starts_with(|c: char| c.is_ascii_uppercase());
        stem.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(object)) && begins_word
    })
}

fn is_dotfile(file: &str) -> bool {
    let known = [".babelrc", ".dockerignore", ".editorconfig", ".env", ".npmrc", ".nvmrc", ".tool-versions"];
    known.contains(&file)
        || file.starts_with(".env.")
        || file.starts_with(".git")
        || file.starts_with(".eslint")
        || file.starts_with(".prettier")
        || file.starts_with(".rubocop")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_recognised() {
        for (word, path, shape) in [
            ("lib/app/router/app_router.dart", "lib/app/router/app_router.dart", Shape::File),
            ("./src/a.rs:12-30", "src/a.rs", Shape::File),
            ("src/a.rs#L12", "src/a.rs", Shape::File),
            ("src\\app\\Main.cs", "src/app/Main.cs", Shape::File),
            ("src/app/api/events/[id]/route.ts", "src/app/api/events/[id]/route.ts", Shape::File),
            ("app/(tabs)/_layout.tsx", "app/(tabs)/_layout.tsx", Shape::File),
            ("packages/ui/*.native.tsx", "packages/ui/*.native.tsx", Shape::File),
            ("src/{a,b}/x.ts", "src/{a,b}/x.ts", Shape::File),
            (".github/workflows/ci.yml", ".github/workflows/ci.yml", Shape::File),
            ("docker/Dockerfile", "docker/Dockerfile", Shape::File),
            ("lib/generated/openapi/", "lib/generated/openapi/", Shape::Folder),
            ("src/", "src/", Shape::Folder),
            ("apps/web", "apps/web", Shape::PerhapsFolder),
            ("pubspec.yaml", "pubspec.yaml", Shape::Name),
            (".gitignore", ".gitignore", Shape::Name),
            (".env.example", ".env.example", Shape::Name),
            (".agent.md", ".agent.md", Shape::Name),
            ("Makefile", "Makefile", Shape::Name),
            ("src/request.rs", "src/request.rs", Shape::File),
            ("postgres.ts", "postgres.ts", Shape::Name),
        ] {
            assert_eq!(recognise(word, true), Some((path.to_owned(), shape)), "{word}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for word in [
            "AuthNotifier.signIn",
            "AuthRepositoryImpl.login",
            ".me",
            ".arb",
            ".web.tsx",
            "/auth/login",
            "/",
            "http://a.b/c.html",
            "example.com/a.html",
            "@next/bundle-analyzer",
            "@/lib/errors.ts",
            "../../packages/ui/x.ts",
            "~/notes.md",
            "response.json",
            "NextResponse.json",
            "v1.2",
            "0..15",
            "e.g.",
            "PrivilegeUpdate[]",
            "$1",
            "a//b.ts",
            "C/R/U/D.",
            "{user_id}/x.ts",
            "users/{user_id}.ts",
            "tokens:build",
            "color.dark.*",
            "-h",
            "a=b.json",
            "",
        ] {
            assert_eq!(recognise(word, true), None, "{word}");
        }
        for (word, path) in [
            ("app/database.py에서", "app/database.py"),
            ("app/database.pyを読み直して直す", "app/database.py"),
            ("在app/database.py中添加日志", "app/database.py"),
            ("文档/说明.md", "文档/说明.md"),
        ] {
            assert_eq!(recognise(word, false), Some((path.to_owned(), Shape::File)), "{word}");
        }
        for word in ["Node.js", "and/or", "create/edit", "input/output"] {
            assert_eq!(recognise(word, false), None, "{word}");
        }
    }
}
