//! Recognises commands whose effect goes beyond the files of one task: installs, formatters and generators
//! for the whole repository, migrations, servers, tests that write snapshots.

pub use super::known_commands::Reach;
use super::known_commands::{KNOWN, Needs};
use super::words::is_one_of;

/// A command in a text, or a port that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// As written, without what follows.
    pub text: String,
    /// What it reaches.
    pub reach: Reach,
    /// The paths it is given. If there are any, a formatter takes only these.
    pub paths: Vec<String>,
}

/// The far-reaching commands in a text, in order, each once.
pub fn commands(text: &str) -> Vec<Command> {
    let mut found: Vec<Command> = Vec::new();
    let mut add = |command: Command| {
        if !found.iter().any(|known| known.text == command.text) {
            found.push(command);
        }
    };
    for (index, chunk) in text.split('`').enumerate() {
        let is_code = index % 2 == 1;
        for simple in chunk.split(['\n', ';', '|', '(', ')']).flat_map(|line| line.split("&&")) {
            in_words(simple, is_code).into_iter().for_each(&mut add);
        }
    }
    found
}

/// The command that a text is as a whole, such as a check, without the code span around it.
pub fn as_command(text: &str) -> Option<&str> {
    let text = text.trim();
    let text = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).unwrap_or(text);
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let is_program = is_one_of(first, PROGRAMS) && first.chars().all(|sign| !sign.is_uppercase());
    let is_script = first.starts_with("./") || first.ends_with(".sh");
    let is_variable = first.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|sign| sign.is_ascii_uppercase() || sign == '_')
    });
    let is_sentence = text.ends_with(['.', '!', '?']) && !rest.ends_with(" .") && rest != ".";
    ((is_program || is_script || is_variable) && !is_sentence && !text.contains(['\n', '`'])).then_some(text)
}

/// Programs that texts and checks run.
const PROGRAMS: &str = "actionlint alembic ansible ansible-lint bash bazel biome black buf bun bundle bunx \
    cargo cd clang-tidy cmake composer corepack ctest curl cypress dart deno diesel django-admin docker \
    docker-compose dotnet drizzle-kit elm eslint flake8 flutter flyway git go gofmt golangci-lint goose \
    gradle gradlew grep hadolint helm isort jest just kubectl liquibase ls make markdownlint mix mocha mvn \
    mypy next ninja node nox npm npx nx php phpstan phpunit pip pip3 playwright pnpm poetry pre-commit \
    prettier prisma protoc psql pylint pyright pytest python python3 rails rake rg rspec rubocop ruby ruff \
    rustfmt sbt sh shellcheck sqlx stack stylelint supabase swift task terraform test tox trunk tsc tsx \
    turbo uv uvx vite vitest wasm-pack xcodebuild yamllint yarn zig";

/// Programs that run the program after them.
const RUNNERS: &str = "bunx corepack dotenv env exec npx nx pipx sudo time turbo uvx";

/// Package managers of Node.js.
const NODE: &str = "bun npm pnpm yarn";

fn in_words(line: &str, is_code: bool) -> Vec<Command> {
    let words: Vec<&str> =
        line.split_whitespace().map(|word| if is_code { word } else { without_punctuation(word) }).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(port) = port_of(&words[at..]) {
            found.push(Command { text: port.0, reach: Reach::Server(Some(port.1)), paths: Vec::new() });
        }
        if let Some((length, reach)) = recognise(&words[at..], is_code) {
            let rest = &words[at + length..];
            let taken = if is_code { rest.len() } else { arguments_in_prose(rest) };
            let text = words[at..at + length + taken].join(" ");
            let is_path = |word: &&&str| !word.starts_with('-');
            let paths = rest[..taken].iter().filter(is_path).map(|path| (*path).to_owned()).collect();
            if !only_looks(&words[at..at + length + taken]) {
                found.push(Command { text, reach, paths });
            }
            at += length + taken;
        } else {
            at += 1;
        }
    }
    found
}

fn without_punctuation(word: &str) -> &str {
    let is_quote = |sign: char| matches!(sign, '"' | '\'' | '“' | '”');
    let core =
        word.trim_matches(is_quote).trim_end_matches(|sign: char| ",.:!?".contains(sign) || is_quote(sign));
    if core.is_empty() { word } else { core }
}

/// In a sentence, only switches, dots and paths belong to a command.
fn arguments_in_prose(words: &[&str]) -> usize {
    let is_argument =
        |word: &&&str| word.starts_with('-') && word.len() > 1 || **word == "." || word.contains('/');
    words.iter().take_while(is_argument).count()
}

/// Whether the command only reports, and writes nothing.
fn only_looks(words: &[&str]) -> bool {
    words.iter().any(|word| {
        matches!(
            *word,
            "--check" | "--list-different" | "-l" | "--diff" | "--dry-run" | "--version" | "--help"
        )
    })
}

/// The number of words that name the command, and what it reaches.
fn recognise(words: &[&str], is_code: bool) -> Option<(usize, Reach)> {
    let first = *words.first()?;
    if first.split_once('=').is_some_and(|(name, _)| is_setting(name)) {
        let (length, reach) = match updates_snapshots(first) {
            true => (words.len().min(3) - 1, Reach::Snapshots),
            false => recognise(&words[1..], is_code)?,
        };
        return Some((length + 1, reach));
    }
    if is_one_of(first, RUNNERS)
        || (is_one_of(first, "bundle poetry uv hatch pdm pipenv") && words.get(1) == Some(&"exec"))
        || (is_one_of(first, "poetry uv hatch pdm pipenv dart flutter") && words.get(1) == Some(&"run"))
        || (is_one_of(first, NODE) && matches!(words.get(1), Some(&("exec" | "dlx" | "x"))))
        || (is_one_of(first, "python python3") && words.get(1) == Some(&"-m"))
    {
        let skipped = if is_one_of(first, RUNNERS) { 1 } else { 2 };
        if let Some((length, reach)) = recognise(words.get(skipped..)?, is_code) {
            return Some((length + skipped, reach));
        }
    }
    let line = words[..words.len().min(6)].join(" ");
    if let Some((known, reach)) = KNOWN.iter().find(|(known, _)| begins_with(&line, known)) {
        let length = known.split(' ').count();
        let has = |switches: &[&str]| words.iter().any(|word| switches.contains(word));
        let applies = match *reach {
            Needs::Always(_) => true,
            Needs::Switch(switches, _) => has(switches),
            Needs::NoSwitch(switches, _) => !has(switches),
            Needs::Argument(_) => {
                words.get(length).is_some_and(|word| is_code || !word.starts_with(char::is_uppercase))
            }
        };
        return applies.then_some((length, reach.reach()));
    }
    script(words, is_code).or_else(|| generator(words, is_code))
}

fn is_setting(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_' || letter.is_ascii_digit())
}

fn updates_snapshots(setting: &str) -> bool {
    [
        "INSTA_UPDATE=",
        "INSTA_FORCE",
        "UPDATE_EXPECT",
        "UPDATE_SNAPSHOT",
        "UPDATE_GOLDEN",
        "TRYBUILD=overwrite",
    ]
    .iter()
    .any(|known| setting.starts_with(known))
}

fn begins_with(line: &str, known: &str) -> bool {
    line.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':']))
}

/// A script of the project by its name: `npm run format`, `make gen-types`, `just migrate`.
fn script(words: &[&str], is_code: bool) -> Option<(usize, Reach)> {
    let (length, name) = match *words {
        [manager, "run", name, ..] if is_one_of(manager, NODE) => (3, name),
        ["make" | "just" | "task" | "nx" | "turbo" | "rake" | "deno" | "composer", "run", name, ..] => {
            (3, name)
        }
        [manager, name, ..] if is_one_of(manager, "pnpm yarn bun") => (2, name),
        // Outside of code these are words of a sentence.
        [manager, name, ..] if is_code && is_one_of(manager, "make just task rake composer") => (2, name),
        ["npm", name @ ("start" | "t"), ..] => (2, name),
        ["cargo", "xtask", name, ..] => (3, name),
        _ => return None,
    };
    let name = name.to_ascii_lowercase();
    let has = |list: &str| name.split([':', '-', '_', '.']).any(|part| is_one_of(part, list));
    let reach = if has("check") {
        return None;
    } else if has("codegen gen generate generated protos proto") {
        Reach::Generated
    } else if has("fmt format prettier fix") {
        Reach::Format("")
    } else if has("migrate migration migrations") || (has("db") && has("push reset seed")) {
        Reach::Database
    } else if has("dev start serve server preview storybook e2e playwright cypress") {
        Reach::Server(None)
    } else {
        return None;
    };
    Some((length, reach))
}

/// A generator by its name: `./gen-bindings.sh`, `scripts/generate_types.py`, `graphql-codegen`.
fn generator(words: &[&str], is_code: bool) -> Option<(usize, Reach)> {
    let at = usize::from(matches!(
        words[0],
        "bash" | "sh" | "node" | "python" | "python3" | "ruby" | "tsx" | "deno"
    ));
    let word = words.get(at)?;
    let name = word.rsplit('/').next().unwrap_or(word);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_run = at == 1 || word.starts_with("./") || (word.contains('/') && is_one_of(ending, "sh bash"));
    let is_script = is_run && is_one_of(ending, "sh py js mjs cjs ts rb pl bash");
    let parts = || stem.split(['-', '_']);
    let is_called = parts().any(|part| is_one_of(part, "gen generate codegen regenerate"));
    let is_program = is_code
        && at == 0
        && ending.is_empty()
        && !name.contains('/')
        && stem.contains(['-', '_'])
        && (parts().next().is_some_and(|part| is_one_of(part, "gen generate"))
            || parts().any(|part| is_one_of(part, "codegen")));
    ((is_script && is_called) || is_program).then_some((at + 1, Reach::Generated))
}

/// "localhost:3000", "port 3000".
fn port_of(words: &[&str]) -> Option<(String, u16)> {
    let first = words[0].trim_start_matches("http://").trim_start_matches("https://");
    let host = ["localhost:", "127.0.0.1:", "0.0.0.0:"].iter().find_map(|host| first.strip_prefix(host));
    let digits = |text: &str| -> Option<u16> {
        let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        text[..end].parse().ok().filter(|port| *port >= 80)
    };
    if let Some(port) = host.and_then(digits) {
        return Some((format!("localhost:{port}"), port));
    }
    let is_word = first.eq_ignore_ascii_case("port") || first.eq_ignore_ascii_case("--port") || first == "-p";
    let next = words.get(1)?.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let port: u16 = is_word.then(|| next.parse().ok()).flatten().filter(|port| *port >= 1000)?;
    (first != "-p").then(|| (format!("port {port}"), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_from_sentences() {
        for (check, expected) in [
            ("npm test", Some("npm test")),
            ("`cargo test prices`", Some("cargo test prices")),
            ("./gradlew check", Some("./gradlew check")),
            ("make", Some("make")),
            ("ruff check .", Some("ruff check .")),
            ("make sure that it works.", None),
            ("the page shows both", None),
            ("", None),
            ("RUST_LOG=debug cargo test", Some("RUST_LOG=debug cargo test")),
            ("`npm ci` and `npm test`", None),
        ] {
            assert_eq!(as_command(check), expected, "{check}");
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<String> =
            commands(text).iter().map(|command| format!("{:?} {}", command.reach, command.text)).collect();
        assert_eq!(found.join(", "), expected, "{text}");
    }

    #[test]
    fn far_reaching_commands_are_recognised() {
        check(
            "When done run `cargo fmt --all` and `./gen-bindings.sh`.",
            "Format(\"rs\") cargo fmt --all, Generated ./gen-bindings.sh",
        );
        check(
            "When done run cargo fmt --all and ./gen-bindings.sh.",
            "Format(\"rs\") cargo fmt --all, Generated ./gen-bindings.sh",
        );
        check("npx playwright test drawer", "Server(None) npx playwright test");
        check("`cd web && npm install zod`", "Packages npm install zod");
        check("`pnpm exec prisma migrate dev`", "Database pnpm exec prisma migrate dev");
        check("open http://localhost:3000/cart", "Server(Some(3000)) localhost:3000");
        check("It listens on port 8080.", "Server(Some(8080)) port 8080");
        check("`npm run format`", "Format(\"\") npm run format");
        check("`INSTA_UPDATE=always cargo test`", "Snapshots INSTA_UPDATE=always cargo test");
        check("`poetry run alembic upgrade head`", "Database poetry run alembic upgrade head");
        check("`make gen-types` then `yarn dev`", "Generated make gen-types, Server(None) yarn dev");
        check("`python scripts/generate_types.py`", "Generated python scripts/generate_types.py");
    }

    #[test]
    fn commands_that_look_or_stay_inside_are_not() {
        for text in [
            "Run `cargo test`, `npm test` and `pytest tests/model`",
            "`cargo fmt --check` and `cargo fmt -p cart`",
            "`prettier --check .`",
            "Support more ports, a port of the game",
            "`npm run build` and `make check`, `npm run format:check`",
            "Add a generator in src/generate.ts",
            "Make start pages load faster",
            "Black text on white",
        ] {
            check(text, "");
        }
    }
}
