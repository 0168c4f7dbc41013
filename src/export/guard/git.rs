//! git: a hook before each commit, for whatever wrote the files.

use super::super::output::File;

/// Does nothing in a repository without the guard, so that it can stay.
const PRE_COMMIT: &str = r#"#!/bin/sh
# Refuses a commit of files that no task of the plan owns; with PHASEPLAN_TASK=T1, of files that T1 does not own.
# Written by phaseplan. To commit all the same: git commit --no-verify
hook="$(git rev-parse --show-toplevel)/.phaseplan/guard/hook.mjs"
[ -f "$hook" ] || exit 0
git diff --cached --name-only --no-renames -z | node "$hook" staged ${PHASEPLAN_TASK:+"$PHASEPLAN_TASK"}
"#;

pub fn files() -> Vec<File> {
    vec![File { path: ".phaseplan/guard/pre-commit".to_owned(), text: PRE_COMMIT.to_owned() }]
}
