//! What a command does to what it shares with others: the files, the index of git, the packages, the processor.
//!
//! Known by name only, and never complete: a command that is not known counts as one that only looks.

use super::commands::{self, Reach};

/// The resource of commands that change the index or the references of git.
pub const GIT_INDEX: &str = "git-index";
/// The resource of commands that install packages.
pub const PACKAGES: &str = "packages";
/// The resource of commands that change files of the working directory.
pub const FILES: &str = "files";
/// The resource of commands that change a database.
pub const DATABASE: &str = "database";

/// What a command line does beyond reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommandEffect {
    /// What it writes, as names of resources that commands take turns at, each once.
    pub writes: Vec<&'static str>,
    /// Whether it keeps the processor busy, so that others like it slow it down.
    pub is_busy: bool,
}

/// What a command line does. Looks at each of its commands and at redirections; what stands in quotes is an
/// argument. Linear in its length.
pub fn effect_of(line: &str) -> CommandEffect {
    let mut effect = CommandEffect::default();
    for simple in simple_commands(line) {
        let words: Vec<&str> = simple.words.iter().map(String::as_str).collect();
        let words = program(&words);
        let only_informs =
            words.iter().any(|word| matches!(*word, "--version" | "--help" | "-V" | "--dry-run"));
        if simple.writes_file {
            effect.add(FILES);
        }
        if only_informs {
            continue;
        }
        match words {
            ["git", rest @ ..] => git(rest).iter().for_each(|resource| effect.add(resource)),
            [name, ..] if WRITERS.contains(name) => effect.add(FILES),
            ["find", rest @ ..] if rest.iter().any(|word| matches!(*word, "-delete" | "-exec")) => {
                effect.add(FILES);
            }
            ["sed" | "perl", rest @ ..] if rest.iter().any(|word| word.starts_with("-i")) => {
                effect.add(FILES);
            }
            ["cargo", "install" | "uninstall", ..]
            | ["python" | "python3", "-m", "pip", "install" | "uninstall", ..] => {
                effect.add(PACKAGES);
            }
            _ => {}
        }
        effect.is_busy |= is_busy(words);
    }
    for command in commands::commands(&format!("`{}`", line.replace('`', " "))) {
        match command.reach {
            Reach::Packages => effect.add(PACKAGES),
            Reach::Format(_) | Reach::Generated | Reach::Snapshots => effect.add(FILES),
            Reach::Database => effect.add(DATABASE),
            Reach::Server(_) => {}
        }
    }
    effect
}

impl CommandEffect {
    fn add(&mut self, resource: &'static str) {
        if !self.writes.contains(&resource) {
            self.writes.push(resource);
        }
    }
}

/// Programs that change files, whatever their arguments.
const WRITERS: [&str; 13] =
    ["rm", "mv", "cp", "mkdir", "rmdir", "touch", "tee", "ln", "chmod", "truncate", "dd", "rsync", "patch"];

/// Programs that run the program behind them.
const RUNNERS: [&str; 9] = ["sudo", "env", "time", "nice", "npx", "bunx", "uvx", "exec", "command"];

/// The words from the name of the program on: without settings of variables, and without what only runs another
/// program.
fn program<'a, 'b>(mut words: &'b [&'a str]) -> &'b [&'a str] {
    loop {
        match words {
            [first, rest @ ..] if RUNNERS.contains(first) || is_setting(first) => words = rest,
            ["uv" | "poetry" | "pipenv" | "pdm" | "bundle", "run" | "exec", rest @ ..] => words = rest,
            ["python" | "python3", "-m", rest @ ..] if rest.first() != Some(&"pip") => words = rest,
            _ => return words,
        }
    }
}

fn is_setting(word: &str) -> bool {
    let name = word.split_once('=').map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// What a command of git writes.
fn git(words: &[&str]) -> &'static [&'static str] {
    let mut rest = words;
    while let [switch, more @ ..] = rest
        && switch.starts_with('-')
    {
        rest = if matches!(*switch, "-C" | "-c") { more.get(1..).unwrap_or_default() } else { more };
    }
    let (name, arguments) = rest.split_first().map_or(("", rest), |(name, rest)| (*name, rest));
    let first = arguments.first().copied().unwrap_or_default();
    let names_something = arguments.iter().any(|word| !word.starts_with('-'));
    let is_list =
        || arguments.iter().any(|word| matches!(*word, "-l" | "--list" | "-v" | "-vv" | "-a" | "-r"));
    match name {
        "add" | "commit" | "push" | "fetch" | "gc" | "notes" | "update-index" | "update-ref" => &[GIT_INDEX],
        "stash" if matches!(first, "list" | "show") => &[],
        "worktree" | "remote" | "submodule" if matches!(first, "" | "list" | "status" | "-v" | "show") => &[],
        "tag" | "branch" if is_list() || !names_something => &[],
        "tag" | "branch" | "worktree" | "remote" => &[GIT_INDEX],
        "checkout" | "switch" | "stash" | "pull" | "merge" | "rebase" | "reset" | "restore" | "rm" | "mv"
        | "cherry-pick" | "revert" | "clean" | "am" | "apply" | "submodule" | "bisect" => &[GIT_INDEX, FILES],
        _ => &[],
    }
}

/// Whether a command computes for long: builds, tests, type checks and lints.
fn is_busy(words: &[&str]) -> bool {
    const PROGRAMS: [&str; 37] = [
        "pytest",
        "unittest",
        "tox",
        "nox",
        "mypy",
        "pyright",
        "pylint",
        "flake8",
        "ruff",
        "jest",
        "vitest",
        "mocha",
        "ava",
        "tsc",
        "eslint",
        "webpack",
        "rollup",
        "esbuild",
        "playwright",
        "cypress",
        "make",
        "ninja",
        "cmake",
        "ctest",
        "mvn",
        "gradle",
        "./gradlew",
        "gradlew",
        "bazel",
        "rspec",
        "phpunit",
        "phpstan",
        "rustc",
        "gcc",
        "g++",
        "clang",
        "cc",
    ];
    const TASKS: [&str; 16] = [
        "test",
        "t",
        "build",
        "check",
        "clippy",
        "bench",
        "doc",
        "nextest",
        "run",
        "vet",
        "lint",
        "typecheck",
        "exec",
        "publish",
        "package",
        "compile",
    ];
    match words {
        [name, ..] if PROGRAMS.contains(name) => true,
        [
            "cargo" | "npm" | "pnpm" | "yarn" | "bun" | "go" | "dotnet" | "swift" | "deno" | "zig" | "stack"
            | "sbt" | "docker" | "vite" | "next" | "mix" | "flutter" | "dart",
            task,
            ..,
        ] => TASKS.contains(task),
        _ => false,
    }
}

/// A command without operators.
#[derive(Default)]
struct Simple {
    words: Vec<String>,
    /// Whether its output goes into a file.
    writes_file: bool,
}

/// The commands of a line: what stands between `&&`, `||`, `|`, `;`, `&` and parentheses, without redirections.
fn simple_commands(line: &str) -> Vec<Simple> {
    let mut found = Vec::new();
    let mut simple = Simple::default();
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '|' | ';' | '&' | '(' | ')' => found.push(std::mem::take(&mut simple)),
            '>' => {
                while letters.next_if(|next| matches!(next, '>' | '|' | ' ')).is_some() {}
                let target = word(&mut letters);
                let is_number = simple.words.last().is_some_and(|last| matches!(&**last, "1" | "2"));
                if is_number {
                    simple.words.pop();
                }
                let is_stream = target.starts_with('&') || target.is_empty();
                simple.writes_file |= !is_stream && target != "/dev/null";
            }
            _ if letter.is_whitespace() => {}
            _ => simple.words.push(argument(letter, &mut letters)),
        }
    }
    found.push(simple);
    found.retain(|simple| !simple.words.is_empty() || simple.writes_file);
    found
}

fn word(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    if letters.peek() == Some(&'&') {
        letters.next();
        while letters.next_if(char::is_ascii_digit).is_some() {}
        return "&".to_owned();
    }
    std::iter::from_fn(|| letters.next_if(|next| !ends_word(*next))).collect()
}

/// The word that begins with `first`, without its quotes; a backslash in double quotes keeps what is behind it.
fn argument(first: char, letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut text = String::new();
    let mut quote = None;
    let mut letter = first;
    loop {
        match quote {
            Some('"') if letter == '\\' => text.extend(letters.next()),
            Some(open) if letter == open => quote = None,
            None if is_quote(letter) => quote = Some(letter),
            _ => text.push(letter),
        }
        let ends = |next: &char| quote.is_none() && ends_word(*next);
        match letters.next_if(|next| !ends(next)) {
            Some(next) => letter = next,
            None => return text,
        }
    }
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'')
}

fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '|' | ';' | '&' | '(' | ')' | '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `writes` by name, and `busy` if it is.
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let effect = effect_of(line);
        let busy = effect.is_busy.then_some("busy");
        let told: Vec<&str> = effect.writes.iter().copied().chain(busy).collect();
        assert_eq!(told.join(" "), expected, "{line}");
    }

    #[test]
    fn commands_that_look_write_nothing() {
        for line in [
            "git status",
            "git log -20 --oneline",
            "git -C ../other diff --stat",
            "git tag",
            "git branch -a",
            "git stash list",
            "grep -rn TODO src",
            "grep -rn 'git add > x' src",
            "ls src 2>&1",
            "cat a.txt > /dev/null",
            "docker ps",
            "rustc --version",
            "",
        ] {
            check(line, "");
        }
    }

    #[test]
    fn commands_that_write_take_turns() {
        check("git add docs", "git-index");
        check("git commit -m \"Manual; rm\"", "git-index");
        check("git -C a -c user.name=x push", "git-index");
        check("git tag v1", "git-index");
        check("git checkout main", "git-index files");
        check("git stash", "git-index files");
        check("npm install left-pad", "packages");
        check("pip install -r requirements.txt", "packages");
        check("cargo install just", "packages");
        check("FOO=1 rm -rf target", "files");
        check("ls > list.txt", "files");
        check("ls>>list.txt 2>/dev/null", "files");
        check("git status && git add .", "git-index");
        check("sed -i s/a/b/ x.txt", "files");
    }

    #[test]
    fn suites_keep_the_processor_busy() {
        check("pytest tests/core", "busy");
        check("cargo test --lib", "busy");
        check("npx tsc -p .", "busy");
        check("python -m pytest -q", "busy");
        check("uv run mypy src", "busy");
        check("npm test", "busy");
        check("cargo tree", "");
    }
}
