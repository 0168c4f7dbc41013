//! Files that say which packages a repository has: `package.json`, `pnpm-workspace.yaml`, `Cargo.toml`, `go.work`,
//! `go.mod`, `composer.json`.

use serde_json::Value;

use crate::evidence::Package;
use crate::glob::{Pattern, Reading};

/// Names of files that are read whole.
const NAMES: [&str; 6] =
    ["package.json", "pnpm-workspace.yaml", "Cargo.toml", "go.work", "go.mod", "composer.json"];

/// Whether the file says something about packages.
pub(super) fn is_one(path: &str) -> bool {
    NAMES.contains(&name_of(path))
}

/// What all of them say.
#[derive(Debug, Default)]
pub(super) struct Manifests {
    /// Folder and name of every package with a `package.json`, longest name first.
    pub scripts: Vec<(String, String)>,
    /// Folder and module path of every `go.mod`, longest path first.
    pub go_modules: Vec<(String, String)>,
    /// Folder and name of every crate, with `_` for `-`.
    pub crates: Vec<(String, String)>,
    /// Namespace and folder of PHP's autoloading, longest namespace first.
    pub php: Vec<(String, String)>,
    /// The members of workspaces, sorted.
    pub packages: Vec<Package>,
}

impl Manifests {
    /// Reads them: path and text of each.
    pub(super) fn read(settings: &[(&str, &str)]) -> Manifests {
        let mut manifests = Manifests::default();
        let mut named: Vec<Package> = Vec::new();
        let mut members: Vec<(String, &str)> = Vec::new();
        for &(path, text) in settings {
            let folder =
                path.strip_suffix(name_of(path)).unwrap_or_default().trim_end_matches('/').to_owned();
            let mut add = |name: String| {
                named.push(Package { folder: folder.clone(), name, manifest: name_of(path).to_owned() });
            };
            match name_of(path) {
                "package.json" => {
                    let json: Value = serde_json::from_str(text).unwrap_or_default();
                    if let Some(name) = json["name"].as_str() {
                        manifests.scripts.push((folder.clone(), name.to_owned()));
                        add(name.to_owned());
                    }
                    let lists = [&json["workspaces"], &json["workspaces"]["packages"]];
                    let entries =
                        lists.into_iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str);
                    members.extend(entries.map(|entry| (joined(&folder, entry), "package.json")));
                }
                "pnpm-workspace.yaml" => {
                    members.extend(yaml_list(text).map(|entry| (joined(&folder, entry), "package.json")));
                }
                "Cargo.toml" => {
                    if let Some(name) = toml_text(text, "package", "name") {
                        manifests.crates.push((folder.clone(), name.replace('-', "_")));
                        add(name.to_owned());
                    }
                    let entries = toml_list(text, "workspace", "members");
                    members.extend(entries.into_iter().map(|entry| (joined(&folder, entry), "Cargo.toml")));
                }
                "go.mod" => {
                    let module = text.lines().find_map(|line| line.trim().strip_prefix("module "));
                    if let Some(module) = module.map(|name| name.trim().trim_matches('"')) {
                        manifests.go_modules.push((folder.clone(), module.to_owned()));
                        add(module.to_owned());
                    }
                }
                "go.work" => {
                    members.extend(go_uses(text).map(|entry| (joined(&folder, entry), "go.mod")));
                }
                _ => manifests.php.extend(php_namespaces(&folder, text)),
            }
        }
        let longest = |list: &mut Vec<(String, String)>, key: fn(&(String, String)) -> &String| {
            list.sort_unstable_by(|a, b| key(b).len().cmp(&key(a).len()).then_with(|| a.cmp(b)));
        };
        longest(&mut manifests.scripts, |entry| &entry.1);
        longest(&mut manifests.go_modules, |entry| &entry.1);
        longest(&mut manifests.php, |entry| &entry.0);
        manifests.crates.sort_unstable();
        manifests.packages = packages(named, &members);
        manifests
    }
}

/// Packages whose folder a workspace names.
fn packages(named: Vec<Package>, members: &[(String, &str)]) -> Vec<Package> {
    let patterns: Vec<(Pattern, &str)> = members
        .iter()
        .filter_map(|(pattern, manifest)| {
            Some((Pattern::parse_as(pattern, Reading::Strict).ok()?, *manifest))
        })
        .collect();
    let is_member = |package: &Package| {
        patterns
            .iter()
            .any(|(pattern, manifest)| *manifest == package.manifest && pattern.matches(&package.folder))
    };
    let mut packages: Vec<Package> = named.into_iter().filter(is_member).collect();
    packages.sort_unstable();
    packages
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// An entry of a list in a folder as a path below the root.
fn joined(folder: &str, entry: &str) -> String {
    let entry = entry.strip_prefix("./").unwrap_or(entry).trim_end_matches('/');
    if folder.is_empty() { entry.to_owned() } else { format!("{folder}/{entry}") }
}

/// The entries below `packages:`.
fn yaml_list(text: &str) -> impl Iterator<Item = &str> {
    let below = text.lines().skip_while(|line| line.trim_end() != "packages:").skip(1);
    let entries = below.take_while(|line| line.trim().is_empty() || line.starts_with([' ', '-', '#']));
    let entries = entries.filter_map(|line| line.trim().strip_prefix('-'));
    entries.map(|entry| entry.trim().trim_matches(['\'', '"'])).filter(|entry| !entry.starts_with('!'))
}

/// The lines of a table of TOML.
fn toml_table<'t>(text: &'t str, table: &str) -> impl Iterator<Item = &'t str> {
    let heading = format!("[{table}]");
    let below = text.lines().skip_while(move |line| line.trim() != heading).skip(1);
    below.take_while(|line| !line.starts_with('['))
}

/// The text of a key.
fn toml_text<'t>(text: &'t str, table: &str, key: &str) -> Option<&'t str> {
    let value = toml_table(text, table)
        .find_map(|line| line.trim().strip_prefix(key)?.trim_start().strip_prefix('='))?;
    value.trim().strip_prefix('"')?.split('"').next()
}

/// The texts of a list, which may go over several lines.
fn toml_list<'t>(text: &'t str, table: &str, key: &str) -> Vec<&'t str> {
    let mut entries = Vec::new();
    let mut in_list = false;
    for line in toml_table(text, table) {
        let rest = match in_list {
            true => line,
            false => match line.trim().strip_prefix(key).and_then(|rest| rest.trim_start().strip_prefix('='))
            {
                Some(rest) => rest,
                None => continue,
            },
        };
        in_list = true;
        entries.extend(rest.split('"').skip(1).step_by(2));
        if rest.contains(']') {
            break;
        }
    }
    entries
}

/// The folders of `use`, one by one or in brackets.
fn go_uses(text: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    text.lines().map(str::trim).filter_map(move |line| {
        let line = line.split("//").next().unwrap_or_default().trim();
        if in_block {
            in_block = line != ")";
            return Some(line).filter(|line| !matches!(*line, "" | ")"));
        }
        in_block = line.starts_with("use") && line.ends_with('(');
        line.strip_prefix("use ").map(str::trim).filter(|folder| *folder != "(")
    })
}

/// Namespaces with their folders.
fn php_namespaces(folder: &str, text: &str) -> Vec<(String, String)> {
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    let mut namespaces = Vec::new();
    for list in [&json["autoload"]["psr-4"], &json["autoload-dev"]["psr-4"]] {
        for (namespace, folders) in list.as_object().into_iter().flatten() {
            let folders =
                folders.as_array().map_or_else(|| vec![folders], |folders| folders.iter().collect());
            let folders = folders.into_iter().filter_map(Value::as_str);
            namespaces.extend(folders.map(|inner| (namespace.clone(), joined(folder, inner))));
        }
    }
    namespaces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages(settings: &[(&str, &str)]) -> String {
        let packages = Manifests::read(settings).packages;
        packages.iter().map(|package| format!("{}={} ", package.folder, package.name)).collect()
    }

    #[test]
    fn members_of_every_kind_of_workspace_are_found() {
        let cart = ("packages/cart/package.json", "{\"name\": \"@shop/cart\"}");
        let tool = ("tools/x/package.json", "{\"name\": \"x\"}");
        let root = ("package.json", "{\"name\": \"shop\", \"workspaces\": [\"packages/*\"]}");
        assert_eq!(packages(&[root, cart, tool]), "packages/cart=@shop/cart ");
        let root = ("package.json", "{\"workspaces\": {\"packages\": [\"./tools/**/\"]}}");
        assert_eq!(packages(&[root, cart, tool]), "tools/x=x ");
        let pnpm = (
            "pnpm-workspace.yaml",
            "packages:\n  # all\n  - 'packages/*'\n  - \"!**/test\"\ncatalog:\n  - 'tools/*'\n",
        );
        assert_eq!(packages(&[pnpm, cart, tool]), "packages/cart=@shop/cart ");
        let cargo =
            ("Cargo.toml", "[workspace]\nmembers = [\n  \"crates/*\", # all\n  \"xtask\"\n]\n[profile]\n");
        let one = ("crates/my-core/Cargo.toml", "[package]\nname = \"my-core\"\n");
        assert_eq!(packages(&[cargo, one]), "crates/my-core=my-core ");
        let work = ("go.work", "go 1.22\n\nuse (\n\t./api\n\t./web // page\n)\nuse ./tools\n");
        let api = ("api/go.mod", "module example.org/shop/api\n\ngo 1.22\n");
        let tools = ("tools/go.mod", "module \"example.org/tools\"\n");
        assert_eq!(packages(&[work, api, tools]), "api=example.org/shop/api tools=example.org/tools ");
    }

    #[test]
    fn files_that_are_not_what_they_should_be_say_nothing() {
        for text in ["", "{", "[]", "{\"name\": 7, \"workspaces\": 3}", "[workspace]\nmembers = [", "use ("] {
            let settings: Vec<(&str, &str)> = NAMES.iter().map(|name| (*name, text)).collect();
            assert_eq!(packages(&settings), "", "{text}");
        }
    }
}
