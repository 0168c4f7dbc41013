//! From an outline to an imported plan.

use super::files::{Told, told};
use super::ids::Ids;
use super::waits::{self, Tree, Waits};
use super::{Item, Outline};
use crate::diagnostic::{Definition, Diagnostic};
use crate::import::counts::{Claims, Counts, FileCounts, WaitCounts, contradicted};
use crate::import::prose::title::title_of;
use crate::import::{Format, Imported, MAX_WAITS, cut, notes, of_change};
use crate::plan::{self, FreeIds, Plan, ResourceUse, Task, TaskId, normal};

impl Outline {
    /// The plan of the outline, with notes about everything that was guessed, renamed or left out. Time grows with
    /// the items and the waits, and with the pairs of tasks that claim to be independent.
    pub fn into_imported(mut self, format: &'static Format) -> Imported {
        let cut = cut(&mut self.items);
        let ids = Ids::of(&self.items);
        let tree = Tree::of(&self);
        let waits = waits::find(&self, &tree, &ids);
        let told = told(&self);
        let leaves: Vec<usize> = (0..self.items.len()).filter(|item| tree.is_leaf(*item)).collect();
        let (names, renamed) = self.task_ids(&leaves);
        let mut tasks: Vec<Task> =
            leaves.iter().map(|leaf| self.task(*leaf, &names, &waits, &told[*leaf])).collect();
        if self.is_mere_list(&waits) && tasks.len() > 1 {
            tasks.iter_mut().for_each(|task| task.ordering = plan::Ordering::Guessed);
        }
        let mut plan = Plan { title: self.title.clone(), goal: self.goal.clone(), tasks, ..Plan::default() };
        let changes = normal::normalise(&mut plan);

        let counts = Counts {
            items: self.items.len(),
            waits: WaitCounts { named: waits.named, dangling: dangling(&plan), implied: waits.implied },
            owns: self.file_counts(&leaves, |item| &item.owns, |leaf| !told[leaf].files.owns.is_empty()),
            reads: self.file_counts(&leaves, |item| &item.reads, |leaf| !told[leaf].files.reads.is_empty()),
            claims: Claims {
                parallel: leaves.iter().filter(|leaf| self.items[**leaf].claim.is_some()).count(),
                contradicted: contradicted(&plan),
            },
        };
        let mut notes = std::mem::take(&mut self.notes);
        notes.extend(renamed);
        notes.extend(self.notes_about_waits(&waits));
        notes.extend(self.notes_about_files(&leaves, &told, &plan));
        notes.extend(cut);
        notes.extend(changes.iter().map(of_change));
        notes.sort_by_key(Diagnostic::line);
        let task_lines =
            match leaves.iter().all(|leaf| self.items[*leaf].line > 0 && self.items[*leaf].file.is_empty()) {
                true => leaves.iter().map(|leaf| self.items[*leaf].line).collect(),
                false => Vec::new(),
            };
        Imported { plan, counts, notes, task_lines, format: format.name, ..Imported::default() }
    }

    /// The ids of the tasks, by item, and notes about those that were taken.
    fn task_ids(&self, leaves: &[usize]) -> (Vec<TaskId>, Vec<Diagnostic>) {
        let mut names = vec![TaskId::default(); self.items.len()];
        let mut notes = Vec::new();
        let mut taken = std::collections::HashSet::new();
        let mut repeated = Vec::new();
        for leaf in leaves {
            let id = TaskId(self.items[*leaf].id.clone());
            if id.as_str().is_empty() || !taken.insert(id.clone()) {
                repeated.push(*leaf);
            } else {
                names[*leaf] = id;
            }
        }
        let mut numbers: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        let mut free = FreeIds::besides(taken.iter().cloned().collect());
        for leaf in repeated {
            let item = &self.items[leaf];
            names[leaf] = match item.id.as_str() {
                "" => free.take(),
                id => loop {
                    let number = numbers.entry(id).or_insert(1);
                    *number += 1;
                    let next = TaskId(format!("{id}-{number}"));
                    if taken.insert(next.clone()) {
                        break next;
                    }
                },
            };
            if !item.id.is_empty() {
                let message = format!(
                    "{} is already the id of an earlier task; this one is now {}.",
                    item.id, names[leaf]
                );
                notes.push(item.says(&notes::REPEATED_TASK, &message));
            }
        }
        (names, notes)
    }

    fn task(&self, leaf: usize, names: &[TaskId], waits: &Waits, told: &Told) -> Task {
        let item = &self.items[leaf];
        let title = title_of(&item.title);
        // A title that was shortened is told whole.
        let is_whole = title == item.title.trim();
        let whole = match item.verbatim.as_str() {
            _ if is_whole => "",
            "" => item.title.as_str(),
            verbatim => verbatim,
        };
        let instructions = [whole, &item.text].into_iter().filter(|text| !text.trim().is_empty());
        let declares = item.declares_files();
        let (owns, reads) =
            if declares { (&item.owns, &item.reads) } else { (&told.files.owns, &told.files.reads) };
        let groups: Vec<&str> =
            waits::line_of(self, leaf).skip(1).map(|parent| self.items[parent].title.as_str()).collect();
        Task {
            id: names[leaf].clone(),
            title,
            instructions: instructions.collect::<Vec<_>>().join("\n"),
            owns: owns.clone(),
            reads: reads.clone(),
            after: (waits.after[leaf].iter().map(|before| names[*before].clone()))
                .chain(waits.dangling[leaf].iter().cloned().map(TaskId))
                .collect(),
            uses: (item.uses.iter()).map(|name| ResourceUse { resource: name.clone(), amount: 1 }).collect(),
            minutes: item.minutes,
            agent: item.agent.clone(),
            model: item.model.clone(),
            kind: told.kind,
            group: groups.first().map_or_else(|| item.group.clone(), |parent| title_of(parent)),
            status: item.status,
            checks: item.checks.clone(),
            parallel: match item.claim {
                Some(_) => plan::Parallel::Claimed,
                None => plan::Parallel::Proved,
            },
            ownership: match declares || owns.is_empty() {
                true => plan::Ownership::Declared,
                false => plan::Ownership::Guessed,
            },
            unknown: item.unknown.clone(),
            ..Task::default()
        }
    }

    /// Whether nothing but the sequence of a list says what waits for what.
    fn is_mere_list(&self, waits: &Waits) -> bool {
        self.is_list && waits.named == 0 && waits.dangling.iter().all(Vec::is_empty) && !self.has_claims()
    }

    fn has_claims(&self) -> bool {
        self.items.iter().any(|item| item.claim.is_some())
    }

    fn file_counts(
        &self,
        leaves: &[usize],
        declared: impl Fn(&Item) -> &Vec<String>,
        is_guessed: impl Fn(usize) -> bool,
    ) -> FileCounts {
        let patterns = leaves.iter().map(|leaf| declared(&self.items[*leaf]).len());
        FileCounts {
            declared: patterns.clone().filter(|patterns| *patterns > 0).count(),
            guessed: leaves.iter().filter(|leaf| is_guessed(**leaf)).count(),
            patterns: patterns.sum(),
        }
    }

    fn notes_about_waits(&self, waits: &Waits) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (item, missing) in self.items.iter().zip(&waits.dangling) {
            for id in missing {
                let message = format!("{} waits for {id}, which is not there.", item.called());
                found.push(item.says(&notes::MISSING_TASK, &message));
            }
        }
        for index in &waits.own {
            let item = &self.items[*index];
            let message =
                format!("{} waits for itself or for what it is a part of; that was left out.", item.called());
            found.push(item.says(&notes::MISSING_TASK, &message));
        }
        if waits.implied > 0 && !self.is_mere_list(waits) {
            let message = format!(
                "{} dependencies. {} are named; the others come from the order of the file.",
                waits.named + waits.implied,
                waits.named
            );
            found.push(notes::ORDER_GUESSED.says(&message));
        }
        if waits.is_cut {
            let message = format!("There are more than {MAX_WAITS} dependencies; the rest were left out.");
            found.push(notes::MANY_WAITS.says(&message));
        }
        found
    }

    fn notes_about_files(&self, leaves: &[usize], told: &[Told], plan: &Plan) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let guessed = leaves.iter().filter(|leaf| !told[**leaf].files.owns.is_empty()).count();
        if guessed > 0 {
            found.push(notes::OWNED_FILES_GUESSED.says(&format!(
                "The files of {guessed} tasks were guessed from their text. Check them before you rely on the \
                 conflicts."
            )));
        }
        let positions = || 0..plan.tasks.len();
        let is_unknown = |position: &usize| {
            let task = &plan.tasks[*position];
            task.has_unknown_ownership() && task.status != plan::Status::Dropped
        };
        let unknown: Vec<usize> = positions().filter(is_unknown).collect();
        let using: Vec<usize> =
            positions().filter(|position| !told[leaves[*position]].files.reads.is_empty()).collect();
        for (meant, definition, words) in [
            (unknown, &notes::NO_FILES_FOUND, "Nothing says which files these change"),
            (using, &notes::READ_FILES_GUESSED, "Some files seem to be only read in"),
        ] {
            let names: Vec<&str> = meant.iter().map(|position| plan.tasks[*position].id.as_str()).collect();
            if let Some(first) = meant.first() {
                let message = format!("{words}: {}.", notes::listed(&names));
                found.push(self.items[leaves[*first]].says(definition, &message));
            }
        }
        for leaf in leaves.iter().filter(|leaf| !told[**leaf].files.unplaced.is_empty()) {
            let names: Vec<&str> = told[*leaf].files.unplaced.iter().map(String::as_str).collect();
            let item = &self.items[*leaf];
            let message = format!(
                "{} names {} without a folder, so it was not counted as a file of the task.",
                item.called(),
                notes::listed(&names)
            );
            found.push(item.says(&notes::FILE_WITHOUT_FOLDER, &message));
        }
        found
    }
}

impl Item {
    /// Its id, or its title in quotes.
    pub fn called(&self) -> String {
        if self.id.is_empty() { format!("“{}”", title_of(&self.title)) } else { self.id.clone() }
    }

    /// A note about the item, with its place.
    pub fn says(&self, definition: &'static Definition, message: &str) -> Diagnostic {
        match (self.file.as_str(), self.line) {
            ("", 0) => definition.says(message),
            ("", line) => definition.says(message).at_line(line),
            (file, _) => definition.says(&format!("{file}: {message}")),
        }
    }
}

/// What tasks wait for and what is no task, each once and spelled as in the plan.
fn dangling(plan: &Plan) -> Vec<String> {
    let positions = plan.positions();
    let mut seen = std::collections::HashSet::new();
    let waits = plan.tasks.iter().flat_map(|task| &task.after);
    let missing = waits.filter(|id| !positions.contains_key(id) && seen.insert(*id));
    missing.map(ToString::to_string).collect()
}
