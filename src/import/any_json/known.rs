//! Well-known files in JSON that are no plans.

use serde_json::{Map, Value};

/// What a file is, and the fields by which it is known. A sign after the name says of which type the field must be:
/// `{` an object, `[` a list, `"` a text.
struct Known {
    what: &'static str,
    fields: &'static [&'static str],
}

const fn known(what: &'static str, fields: &'static [&'static str]) -> Known {
    Known { what, fields }
}

/// The surest ones first.
const FILES: &[Known] = &[
    known("a lock file of npm, which lists installed packages", &["lockfileVersion"]),
    known("a lock file of Composer, which lists installed packages", &["content-hash", "packages["]),
    known("a lock file of pipenv, which lists installed packages", &["_meta{", "default{"]),
    known("a tsconfig.json, the settings of a compiler", &["compilerOptions{"]),
    known("a package.json, which describes a package", &["name\"", "scripts{"]),
    known("a package.json, which describes a package", &["name\"", "dependencies{"]),
    known("a package.json, which describes a package", &["name\"", "devDependencies{"]),
    known("a package.json, which describes a package", &["private", "workspaces"]),
    known("a composer.json, which describes a package", &["require{", "autoload{"]),
    known("a description of an API (OpenAPI)", &["openapi", "paths{"]),
    known("a description of an API (Swagger)", &["swagger", "paths{"]),
    known("a notebook (Jupyter)", &["nbformat", "cells["]),
    known("a map (GeoJSON)", &["type\"", "features[", "crs"]),
    known("a source map", &["mappings\"", "sources["]),
    known("an automation of n8n", &["nodes[", "connections{"]),
    known("a list of the tasks that an editor runs (VS Code)", &["version\"", "tasks[", "inputs["]),
    known("settings for a debugger (VS Code)", &["version\"", "configurations["]),
    known("the settings of a monorepo (Nx)", &["targetDefaults{"]),
    known("the settings of a project (Nx)", &["targets{", "sourceRoot\""]),
    known("the settings of a monorepo (Turborepo)", &["pipeline{"]),
    known("a manifest of a browser extension", &["manifest_version"]),
    known("a manifest of a web app", &["start_url", "icons["]),
    known("the settings of MCP servers", &["mcpServers{"]),
    known("the settings of Claude Code", &["permissions{", "hooks{"]),
    known("a requests file of Postman", &["info{", "item["]),
    known("a recording of a browser (HAR)", &["log{"]),
    known("a report of a code analysis (SARIF)", &["runs[", "version\""]),
    known("a report of tests", &["testResults["]),
    known("a report of tests", &["numTotalTests"]),
    known("a list of software (CycloneDX)", &["bomFormat"]),
    known("a list of software (SPDX)", &["spdxVersion"]),
    known("a manifest of Kubernetes", &["apiVersion\"", "kind\"", "metadata{"]),
    known("a template of CloudFormation", &["AWSTemplateFormatVersion"]),
    known("the state of Terraform", &["terraform_version"]),
    known("the settings of a linter", &["rules{", "extends"]),
    known("the settings of Renovate", &["packageRules["]),
    known("a schema (JSON Schema)", &["properties{", "type\"", "$schema\""]),
    known("a schema (JSON Schema)", &["$defs{"]),
    known("a schema (JSON Schema)", &["definitions{", "$schema\""]),
    known("the settings of a Deno project", &["imports{", "tasks{"]),
];

/// What a file is, if it is a well-known one that is no plan.
pub fn kind_of_file(value: &Value) -> Option<&'static str> {
    let fields = value.as_object()?;
    if is_of_an_editor(fields) {
        return Some("a list of the tasks that an editor runs (VS Code)");
    }
    if fields.get("type").and_then(Value::as_str) == Some("FeatureCollection") {
        return Some("a map (GeoJSON)");
    }
    FILES.iter().find(|known| known.fields.iter().all(|name| has(fields, name))).map(|known| known.what)
}

/// Whether the fields have one with this name and type.
fn has(fields: &Map<String, Value>, name: &str) -> bool {
    let is = |name: &str, fits: fn(&Value) -> bool| fields.get(name).is_some_and(fits);
    match name.split_at(name.len() - 1) {
        (name, "{") => is(name, Value::is_object),
        (name, "[") => is(name, Value::is_array),
        (name, "\"") => is(name, Value::is_string),
        _ => fields.contains_key(name),
    }
}

/// Tasks of an editor are commands with a label.
fn is_of_an_editor(fields: &Map<String, Value>) -> bool {
    let tasks = fields.get("tasks").and_then(Value::as_array);
    let is_command = |task: &Value| {
        let has = |name: &str| task.get(name).is_some();
        (has("label") || has("taskName")) && (has("command") || has("script")) && !has("id") && !has("title")
    };
    tasks.is_some_and(|tasks| !tasks.is_empty() && tasks.iter().all(is_command))
}
