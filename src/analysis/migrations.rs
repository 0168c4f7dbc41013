//! Finds tasks that add to one chain of migrations.
//!
//! Migrations run one after another, and each is written for the state that the one before leaves: by number, by
//! time, or by the name of its parent. Two tasks that add one at the same time take the same number, or build on
//! the same parent, although their files differ.

use indexmap::IndexMap;

use super::pair_set::{Crowd, PairSet};
use super::{Order, Ownership};
use crate::glob::Pattern;

/// Folders whose files are a chain.
const FOLDERS: [&str; 3] = ["migrations", "migrate", "migration"];

/// Files of such a folder that are no migrations.
const OTHERS: [&str; 6] = ["__init__.py", "env.py", "mod.rs", "lib.rs", "main.rs", "index.ts"];

/// Endings of migrations that are programs. Such a folder may hold other programs too.
const PROGRAMS: [&str; 13] =
    ["py", "rb", "ts", "js", "mjs", "cjs", "exs", "ex", "php", "cs", "java", "go", "rs"];

/// Endings of migrations that say what is to be changed.
const STATEMENTS: [&str; 5] = ["sql", "xml", "yaml", "yml", "json"];

/// For each task, the chains of migrations that it adds to. A chain is the folder that holds it.
pub(super) struct Chains<'a> {
    of_task: Vec<Vec<&'a str>>,
}

impl<'a> Chains<'a> {
    /// The chains of all tasks that are not dropped.
    pub(super) fn of(ownership: &'a Ownership) -> Chains<'a> {
        let of_task = ownership.owns.iter().map(|owns| {
            let mut chains: Vec<&str> = Vec::new();
            for chain in owns.includes().iter().filter_map(|member| chain_of(&member.pattern)) {
                if !chains.contains(&chain) {
                    chains.push(chain);
                }
            }
            chains
        });
        Chains { of_task: of_task.collect() }
    }

    /// All unordered pairs of tasks that add to one chain.
    pub(super) fn pairs(&self, order: &Order) -> PairSet {
        let mut by_chain: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for (task, chains) in self.of_task.iter().enumerate() {
            chains.iter().for_each(|chain| by_chain.entry(chain).or_default().push(task));
        }
        let len = self.of_task.len();
        let mut pairs = PairSet::new(len);
        for tasks in by_chain.into_values().filter(|tasks| tasks.len() > 1) {
            let crowd = Crowd::new(tasks.clone(), len);
            pairs.note(&tasks, &crowd);
        }
        pairs.mirror();
        for (waiting, ancestors) in order.ancestors.iter().enumerate() {
            let ordered: Vec<usize> = pairs.row(waiting).intersection(ancestors).collect();
            ordered.into_iter().for_each(|awaited| pairs.remove(waiting, awaited));
        }
        pairs
    }

    /// The first chain that both tasks add to.
    pub(super) fn between(&self, a: usize, b: usize) -> Option<&'a str> {
        self.of_task[a].iter().copied().find(|chain| self.of_task[b].contains(chain))
    }
}

/// The chain of migrations that a pattern certainly adds to: a folder with a known name, or one with numbered
/// files of SQL.
fn chain_of(pattern: &Pattern) -> Option<&str> {
    let lead = pattern.lead().trim_end_matches('/');
    let text = pattern.as_str().trim_end_matches('/');
    let name = text.rsplit('/').next().unwrap_or_default();
    if lead.starts_with("docs/") {
        return None;
    }
    let ends = lead.match_indices('/').map(|(end, _)| end).chain([lead.len()]);
    let chain = ends.map(|end| &lead[..end]).rfind(|folder| is_chain(folder));
    match (chain, pattern.path()) {
        (Some(chain), Some(path)) if path.len() > chain.len() => is_migration(chain, name).then_some(chain),
        (Some(chain), _) => may_match_migrations(name).then_some(chain),
        (None, Some(path)) if is_numbered_sql(name) => path.rsplit_once('/').map(|(folder, _)| folder),
        (None, _) => None,
    }
}

/// Whether a folder holds a chain.
fn is_chain(folder: &str) -> bool {
    let (before, name) = folder.rsplit_once('/').unwrap_or(("", folder));
    let parent = before.rsplit('/').next().unwrap_or_default();
    match name {
        "versions" => parent == "alembic" || FOLDERS.contains(&parent),
        "drizzle" | "flyway" => true,
        "sql" => parent == "flyway",
        "changelog" | "changelogs" => matches!(parent, "db" | "liquibase" | "resources"),
        _ => FOLDERS.contains(&name),
    }
}

/// Whether a file or folder in a chain is a migration, by its name.
fn is_migration(chain: &str, name: &str) -> bool {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let in_versions = chain.ends_with("versions");
    let digits = stem.bytes().filter(u8::is_ascii_digit).count();
    let is_numbered =
        stem.trim_start_matches(['V', 'm', 'v']).starts_with(|first: char| first.is_ascii_digit());
    match ending {
        _ if OTHERS.contains(&name) => false,
        "" => true,
        "sql" => true,
        _ if chain.ends_with("drizzle") || chain.ends_with("flyway") => false,
        _ if PROGRAMS.contains(&ending) => in_versions || is_numbered || digits >= 4,
        _ => STATEMENTS.contains(&ending) && !name.starts_with('_'),
    }
}

/// Whether a pattern with this last name takes in migrations.
fn may_match_migrations(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.is_empty() || ending.contains('*') || PROGRAMS.contains(&ending) || STATEMENTS.contains(&ending)
}

/// `0007_tax.sql`, `V7__tax.sql`.
fn is_numbered_sql(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".sql") else { return false };
    let number = stem.strip_prefix('V').unwrap_or(stem);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &number[digits..];
    (digits >= 3 && rest.starts_with(['_', '-']))
        || (digits > 0 && stem.starts_with('V') && rest.starts_with("__"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_the_folder_of_its_migrations() {
        for (pattern, chain) in [
            ("alembic/versions/0a1_x.py", "alembic/versions"),
            ("src/app/migrations/versions/2026_x.py", "src/app/migrations/versions"),
            ("drizzle/0007_accounts.sql", "drizzle"),
            ("prisma/migrations/20260101_x/migration.sql", "prisma/migrations"),
            ("prisma/migrations/20260101_x/", "prisma/migrations"),
            ("db/migrate/20260101_carts.rb", "db/migrate"),
            ("supabase/migrations/1_carts.sql", "supabase/migrations"),
            ("shop/migrations/0002_tax.py", "shop/migrations"),
            ("src/main/resources/db/migration/V2__tax.sql", "src/main/resources/db/migration"),
            ("priv/repo/migrations/**", "priv/repo/migrations"),
            ("migrations/*.sql", "migrations"),
            ("database/migrations/2026_01_01_x.php", "database/migrations"),
            ("src/migration/AddTax1700000000.ts", "src/migration"),
            ("db/changelog/002-tax.xml", "db/changelog"),
            ("schema/0007_tax.sql", "schema"),
            ("sql/V2__tax.sql", "sql"),
            ("db/migrate/", "db/migrate"),
        ] {
            assert_eq!(chain_of(&Pattern::parse(pattern).unwrap()), Some(chain), "{pattern}");
        }
        for pattern in [
            "src/**",
            "drizzle.config.ts",
            "drizzle/meta/_journal.json",
            "src/migrations.rs",
            "docs/migrations/guide.md",
            "alembic/env.py",
            "src/drizzle/schema.ts",
            "src/migrations/runner.ts",
            "changelog/unreleased/tax.yaml",
            "db/schema.sql",
            "shop/migrations/__init__.py",
            "**/migrations/*.sql",
        ] {
            assert_eq!(chain_of(&Pattern::parse(pattern).unwrap()), None, "{pattern}");
        }
    }
}
