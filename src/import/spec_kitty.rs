//! spec-kitty's work packages: `tasks/WP01-store.md`, each with the files it owns.

use super::json::Reader;
use super::outline::{Item, Outline, Wait};
use super::task_file::{self, Scopes, TaskFile, patterns, task_files};
use super::{Certainty, File, Format, ImportError, Imported};
use crate::import::markdown::FrontMatter;
use crate::plan::Status;

/// The format of `kitty-specs/…/tasks/WP*.md`.
pub static FORMAT: Format = Format {
    id: "spec-kitty",
    name: "spec-kitty work packages",
    description: "A mission of spec-kitty with files such as `tasks/WP01-store.md`; each package is a task.",
    recognise,
    read,
};

/// The fields that are read or only say how the package was worked on; others are preserved.
const KNOWN: &[&str] = &[
    "work_package_id",
    "work_package_title",
    "title",
    "dependencies",
    "owned_files",
    "lane",
    "phase",
    "model",
    "planning_base_branch",
    "merge_target_branch",
    "branch_strategy",
    "base_branch",
    "base_commit",
    "created_at",
    "shell_pid",
    "history",
];

fn recognise(files: &[File]) -> Certainty {
    match task_files(files, is_package).len() {
        0 => Certainty::No,
        1 => Certainty::Sure("it has the field “work_package_id” of spec-kitty".to_owned()),
        count => Certainty::Sure(format!("{count} files have the field “work_package_id” of spec-kitty")),
    }
}

fn is_package(front: &FrontMatter) -> bool {
    front.has("work_package_id")
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let packages = task_files(files, is_package);
    let is_alone = files.len() == 1;
    let scopes = Scopes::of(packages.iter().map(mission));
    let mut outline = Outline::default();
    if let Some(only) = scopes.iter().next().filter(|_| !scopes.are_several()) {
        outline.title = name_of(only).to_owned();
    }
    for package in &packages {
        outline.notes.extend(package.damage(is_alone));
        outline.items.push(read_package(package, &scopes, is_alone));
    }
    outline.notes.extend(task_file::note_unread(files, packages.len()));
    task_file::finish(outline, Reader::default(), &FORMAT)
}

/// The folder of the mission, which holds the folder `tasks`; older versions have one for each lane below that.
fn mission<'a>(package: &TaskFile<'a>) -> &'a str {
    let folder = package.file.folder();
    match folder.rfind("/tasks") {
        Some(at) => &folder[..at],
        None => folder,
    }
}

fn name_of(mission: &str) -> &str {
    mission.rsplit('/').next().unwrap_or_default()
}

fn read_package(package: &TaskFile, scopes: &Scopes, is_alone: bool) -> Item {
    let mission = mission(package);
    let full = |id: &str| scopes.full(mission, id);
    let titles = [package.text("title"), package.text("work_package_title")];
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or(package.stem());
    let mut item = package.item(full(package.text("work_package_id")), title, is_alone);
    item.owns = patterns(task_file::texts_of_list(package.field("owned_files")).iter().map(String::as_str));
    item.waits = package.texts("dependencies").iter().map(|id| Wait::Named(full(id))).collect();
    item.status = read_lane(package.text("lane"));
    item.model = package.text("model").to_owned();
    item.group = match scopes.are_several() {
        true => name_of(mission).to_owned(),
        false => package.text("phase").to_owned(),
    };
    package.keep_others(&mut item, KNOWN);
    item
}

fn read_lane(lane: &str) -> Status {
    match lane {
        "done" | "approved" => Status::Done,
        "doing" | "in_progress" | "claimed" | "for_review" | "in_review" => Status::Running,
        "canceled" | "cancelled" => Status::Dropped,
        _ => Status::Todo,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::lines_with_files;

    fn shown(files: &[(&str, &str)]) -> Vec<String> {
        lines_with_files(&FORMAT, files)
    }

    const STORE: &str = "---\nwork_package_id: WP01\ntitle: Store\ndependencies: []\nsubtasks: [T001, T002]\n\
                         phase: Phase 1\nowned_files:\n- src/store/**\nlane: done\n---\n\n# Store\n";
    const PAGE: &str = "---\nwork_package_id: \"WP02\"\ntitle: 'Page: all of it'\ndependencies: [WP01]\nowned_files: [src/page.rs]\n---\n";

    #[test]
    fn packages_are_tasks() {
        let shown = shown(&[
            ("m/tasks/WP01-store.md", STORE),
            ("m/tasks/WP02-page.md", PAGE),
            ("m/tasks.md", "# Tasks\n"),
        ]);
        assert_eq!(
            shown,
            [
                "WP01 Store <> [Phase 1] src/store/** Done",
                "WP02 Page: all of it <WP01> [] src/page.rs Todo",
                "PP523"
            ]
        );
    }

    #[test]
    fn ids_of_several_missions_are_kept_apart() {
        let damaged = PAGE.replace("'Page: all of it'", "Page: all of it");
        let files =
            [("a/tasks/WP01-x.md", STORE), ("b/tasks/WP01-x.md", STORE), ("b/tasks/WP02-y.md", &damaged)];
        let shown = shown(&files);
        assert_eq!(shown[2], "b:WP02 Page: all of it <b:WP01> [b] src/page.rs Todo");
        assert!(shown.contains(&"PP550".to_owned()));
    }

    #[test]
    fn look_alikes_are_no_packages() {
        for text in ["---\nid: WP01\ntitle: x\n---\n", "## Work Package WP01\n- [ ] T001 x\n"] {
            assert_eq!(recognise(&[File::new("WP01.md", text)]), Certainty::No, "{text}");
        }
    }
}
