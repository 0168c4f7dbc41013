//! A task that owns files which steer agents, or which run on other machines than the agent's.

use super::{Context, Definition, Finding, Findings, Rule, Severity};
use crate::glob::{Pattern, intersects};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP314",
    name: "steering-files",
    title: "A task owns files that steer agents or run elsewhere",
    severity: Severity::Hint,
    help: "\
Some files have power beyond the repository: hooks and workflows run on other machines with the rights of their users,
and settings and instructions of agents decide what the next agent may do. Whoever may write them can do more than the
plan says.

If the plan is not yours, ask why the task needs them. If it does, look at what it changed before anything runs.",
    example: "\
- T1 Build on every push @owns(.github/workflows/build.yml)
- T2 Cart page @owns(src/ui/cart/**)
",
    repaired: "\
- T1 Build script @owns(scripts/build.sh)
- T2 Cart page @owns(src/ui/cart/**)
",
    },
    check,
};

/// Files and folders, as paths from the root of the repository in lower case, and what they do.
const PATHS: &[(&str, &str)] = &[
    (
        "what git runs or obeys on every machine",
        ".git .githooks .husky .lefthook .pre-commit-config.yaml .pre-commit-hooks.yaml lefthook.yml lefthook.yaml \
         .gitmodules .gitattributes",
    ),
    (
        "what runs on the build servers",
        ".github/workflows .github/actions .gitea/workflows .forgejo/workflows .gitlab-ci.yml .gitlab/ci .circleci \
         .buildkite .drone.yml .woodpecker .woodpecker.yml .travis.yml jenkinsfile azure-pipelines.yml \
         bitbucket-pipelines.yml appveyor.yml cloudbuild.yaml .tekton",
    ),
    (
        "what agents may do, and are told",
        ".claude .claude-plugin .codex .cursor .gemini .opencode .agents .agent .kiro .windsurf .clinerules .roo \
         .continue .junie .amp .factory .qwen .mcp.json mcp.json opencode.json opencode.jsonc .aider.conf.yml \
         .github/agents .github/hooks .github/prompts .github/instructions .github/chatmodes \
         .github/copilot-instructions.md .github/copilot .cursorrules .cursorignore .windsurfrules",
    ),
    (
        "what editors and shells run when the folder is opened",
        ".vscode .idea/runconfigurations .devcontainer .devcontainer.json .envrc .zed .nvim.lua .exrc",
    ),
];

/// Files that agents read in whatever folder they stand.
const NAMES: (&str, &str) = (
    "what agents may do, and are told",
    "CLAUDE.md CLAUDE.local.md AGENTS.md AGENTS.override.md GEMINI.md QWEN.md SKILL.md",
);

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks().filter(|(at, _)| context.is_open(*at)) {
        let owned = context.ownership().owns[at].includes().iter();
        let found: Vec<(&str, &str)> = owned
            .filter_map(|member| Some((power_of(&member.pattern)?, task.owns[member.position].as_str())))
            .collect();
        if !found.is_empty() {
            findings.add(|| describe(context, at, &found));
        }
    }
}

fn describe(context: &Context<'_>, at: usize, found: &[(&str, &str)]) -> Finding {
    const MOST: usize = 4;
    let mut paths: Vec<String> = found.iter().take(MOST).map(|(_, path)| format!("`{path}`")).collect();
    if found.len() > MOST {
        paths.push(format!("{} more", found.len() - MOST));
    }
    let mut powers: Vec<&str> = found.iter().map(|(power, _)| *power).collect();
    powers.sort_unstable();
    powers.dedup();
    Finding {
        title: format!("{} may change {}", context.id(at), powers.join(", and ")),
        detail: format!(
            "It owns {}. Look at what it changed there before anything runs, above all if the plan is not yours.",
            paths.join(", ")
        ),
        places: vec![context.place(at, "owns", found[0].1)],
        fixes: Vec::new(),
    }
}

/// What the files of a pattern have power over. A pattern that names none of their folders, such as `**`, is not taken
/// for one: other rules speak of it.
fn power_of(pattern: &Pattern) -> Option<&'static str> {
    let written = pattern.as_str();
    let named = written.split(['*', '?', '[', '{']).next().unwrap_or_default().to_ascii_lowercase();
    let last = written.rsplit('/').next().unwrap_or_default();
    if NAMES.1.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(last)) {
        return Some(NAMES.0);
    }
    // A shortcut, because nearly no other path begins like one of these.
    if named.is_empty() || !named.starts_with(['.', 'j', 'l', 'a', 'b', 'c', 'm', 'o']) {
        return None;
    }
    let is_met = |path: &str| {
        let rest = named.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            || named.contains('/') && path.starts_with(&named) && meets(pattern, path)
    };
    PATHS.iter().find(|(_, paths)| paths.split_ascii_whitespace().any(is_met)).map(|(power, _)| *power)
}

/// Whether a pattern matches a path or something below it.
fn meets(pattern: &Pattern, path: &str) -> bool {
    let path = Pattern::literal(path);
    intersects(pattern, &path) || intersects(pattern, &path.below())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powerful_files_are_known_by_their_path() {
        for (pattern, expected) in [
            (".git/hooks/**", "git runs"),
            (".github/workflows/**", "build servers"),
            (".github/**", "build servers"),
            (".GitHub/Workflows/ci.yml", "build servers"),
            ("Jenkinsfile", "build servers"),
            (".claude/settings.json", "agents"),
            ("CLAUDE.md", "agents"),
            ("web/app/AGENTS.md", "agents"),
            ("docs/**/CLAUDE.md", "agents"),
            (".vscode/tasks.json", "editors"),
            (".github/ISSUE_TEMPLATE/**", ""),
            (".github/dependabot.yml", ""),
            (".gitignore", ""),
            ("src/**", ""),
            ("**", ""),
            ("docs/claude.rs", ""),
            ("jenkins/**", ""),
        ] {
            let pattern = Pattern::parse(pattern).expect("a pattern");
            let power = power_of(&pattern).unwrap_or_default();
            assert!(power.contains(expected), "{pattern:?}: {power}");
            assert_eq!(power.is_empty(), expected.is_empty(), "{pattern:?}: {power}");
        }
    }
}
