//! cargo-deny: checks licences, sources, known vulnerabilities and withdrawn versions of all dependencies. And those
//! of the web app are listed with their purpose, so that none comes in unnoticed.

use std::collections::BTreeSet;

use super::Outcome;
use crate::process::Call;
use crate::{Result, project, tools};

/// The list of the crates of the web app.
const LIST: &str = "docs/dependencies.md";

pub fn run() -> Result<Outcome> {
    check_list()?;
    let folders = Vec::from_iter(tools::ensure(&tools::cargo_deny())?);
    let deny = || Call::new("cargo-deny").path(&folders);
    deny()
        .arguments("--all-features --locked check --hide-inclusion-graph licenses sources bans")
        .run()
        .map_err(|_| "a dependency breaks a rule of deny.toml; it stands above".to_owned())?;
    // The database of flaws, and the index, which names withdrawn versions.
    if let Err(why) = deny().arguments("--all-features --locked fetch db index").read() {
        if is_on_github() {
            return Err(format!("known flaws can't be looked up: {why}"));
        }
        return Ok(Outcome::passed_with(
            "licences and sources; known flaws were not looked up, since their database can't be reached"
                .into(),
        ));
    }
    deny()
        .arguments("--all-features --locked --offline check advisories")
        .run()
        .map_err(|_| "a dependency has a known flaw or was withdrawn; it stands above".to_owned())?;
    Ok(Outcome::passed_with("licences, sources, known flaws and withdrawn versions".into()))
}

/// Whether this run decides what is published. The database is on the same host, so it can be reached there.
fn is_on_github() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some()
}

/// Compares the crates of the web app with the list of them.
fn check_list() -> Result<()> {
    let path = project::root().join(LIST);
    let text = std::fs::read_to_string(path).map_err(|error| format!("{LIST} can't be read: {error}."))?;
    let tree = |edges: &str| -> Result<BTreeSet<String>> {
        let tree = Call::cargo()
            .arguments("tree --locked --target wasm32-unknown-unknown --prefix none --edges")
            .argument(edges)
            .read()?;
        Ok(tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
    };
    let loaded = tree("normal,no-proc-macro")?;
    let built: BTreeSet<String> = tree("normal,build")?.difference(&loaded).cloned().collect();
    let [listed_as_loaded, listed_as_built] = listed(&text);
    for (there, listed) in [(loaded, listed_as_loaded), (built, listed_as_built)] {
        let missing: Vec<&str> = there.difference(&listed).map(String::as_str).collect();
        let gone: Vec<&str> = listed.difference(&there).map(String::as_str).collect();
        if !missing.is_empty() || !gone.is_empty() {
            return Err(format!(
                "{LIST} is not up to date. Say what these are for: {}. Remove these: {}",
                if missing.is_empty() { "none".to_owned() } else { missing.join(", ") },
                if gone.is_empty() { "none".to_owned() } else { gone.join(", ") },
            ));
        }
    }
    Ok(())
}

/// The names in the first columns of the tables below the first and the second heading.
fn listed(text: &str) -> [BTreeSet<String>; 2] {
    let mut sections = text.split("\n## ").skip(1);
    [sections.next(), sections.next()].map(|section| {
        let rows = section.unwrap_or_default().lines().filter_map(|line| line.strip_prefix("| `"));
        let firsts = rows.filter_map(|row| row.split(" |").next());
        firsts.flat_map(|names| names.split('`').step_by(2)).map(str::to_owned).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_the_tables() {
        let text = "# Crates\n\n## Loaded\n\n| crate | for |\n|---|---|\n| `a-b`, `c` | `d` |\n\n## Built\n\n| `e` | f |\n";
        assert_eq!(listed(text).map(|names| names.into_iter().collect::<Vec<_>>().join(" ")), ["a-b c", "e"]);
    }

    /// A tag can be moved to other code by whoever holds the repository of an action.
    #[test]
    fn every_action_is_named_by_its_commit() {
        let folder = project::root().join(".github/workflows");
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let uses = text.lines().filter_map(|line| line.split_once("uses: ")).map(|(_, action)| action);
            for action in uses {
                let commit = action.split_once('@').and_then(|(_, named)| named.split(' ').next()).unwrap();
                assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{action}");
            }
        }
    }
}
