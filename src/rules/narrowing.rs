//! Removes files from the ownership of a task.
//!
//! A single file loses its entry; a part of a wildcard gets an exclusion.

use super::Context;
use crate::analysis::Ownership;
use crate::glob::{Member, Pattern, intersects, intersects_outside_within};

/// The most patterns that one fix removes.
const MAX_GIVEN: usize = 8;

/// The ownership of a task during the removal.
pub(super) struct Narrowing<'c, 'a> {
    context: &'c Context<'a>,
    task: usize,
    /// The remaining patterns.
    includes: Vec<&'a Member>,
    excludes: Vec<Pattern>,
    /// The removed patterns.
    given: Vec<String>,
    /// Exclusions to add, without their `!`.
    excluded: Vec<String>,
}

impl<'c, 'a> Narrowing<'c, 'a> {
    /// Starts with everything that the task owns.
    pub fn of(context: &'c Context<'a>, task: usize) -> Narrowing<'c, 'a> {
        let set = &context.ownership().owns[task];
        Narrowing {
            context,
            task,
            includes: set.includes().iter().collect(),
            excludes: set.excludes().iter().map(|member| member.pattern.clone()).collect(),
            given: Vec::new(),
            excluded: Vec::new(),
        }
    }

    /// Removes everything that another task owns. `None` if a few patterns can't express that.
    pub fn leave_all_to(&mut self, other: usize) -> Option<()> {
        let ownership = self.context.ownership();
        let set = &ownership.owns[other];
        let excludes: Vec<&Pattern> = set.excludes().iter().map(|member| &member.pattern).collect();
        for member in set.includes() {
            let text = spelled_out(ownership, self.context, other, member);
            self.leave(&member.pattern, &text, &excludes)?;
        }
        Some(())
    }

    /// Removes the files that match `theirs`, written as `text`, and not `their_excludes`. `None` if a few
    /// patterns can't express that.
    pub fn leave(&mut self, theirs: &Pattern, text: &str, their_excludes: &[&Pattern]) -> Option<()> {
        let excludes: Vec<&Pattern> = self.excludes.iter().chain(their_excludes.iter().copied()).collect();
        let mut shared = Vec::new();
        for member in &self.includes {
            if self.is_shared(member, theirs, &excludes)? {
                shared.push(member.position);
            }
        }
        if shared.is_empty() {
            return Some(());
        }
        // If one of their exclusions overlaps this pattern, nobody would own the excluded files.
        if theirs.path().is_none() && their_excludes.iter().any(|exclude| intersects(exclude, theirs)) {
            return None;
        }
        let (single, wide): (Vec<&Member>, Vec<&Member>) = self
            .includes
            .iter()
            .copied()
            .filter(|member| shared.contains(&member.position))
            .partition(|member| member.pattern.path().is_some());
        self.given.extend(single.iter().map(|member| member.pattern.as_str().to_owned()));
        self.includes.retain(|member| !single.iter().any(|gone| gone.position == member.position));
        if !wide.is_empty() {
            self.given.push(text.to_owned());
            self.excluded.push(text.to_owned());
            self.excludes.push(theirs.clone());
        }
        (self.given.len() <= MAX_GIVEN).then_some(())
    }

    /// Whether a pattern of the task and `theirs` share a path outside the excludes; `None` if that takes too
    /// long to decide.
    fn is_shared(&self, member: &Member, theirs: &Pattern, excludes: &[&Pattern]) -> Option<bool> {
        let mut effort = self.context.effort.borrow_mut();
        let is_affordable = effort.compare(&member.pattern, theirs);
        is_affordable.then(|| intersects_outside_within(&member.pattern, theirs, excludes, &mut effort))
    }

    /// The removed patterns.
    pub fn given(&self) -> &[String] {
        &self.given
    }

    /// The new list, or `None` if it no longer matches any file.
    pub fn owns(&self) -> Option<Vec<String>> {
        let anything = Pattern::parse("**").ok()?;
        let excludes: Vec<&Pattern> = self.excludes.iter().collect();
        let mut includes = self.includes.iter();
        includes.find(|member| self.is_shared(member, &anything, &excludes).unwrap_or(false))?;
        let set = &self.context.ownership().owns[self.task];
        let is_gone = |position: usize| {
            let was_there = set.includes().iter().any(|member| member.position == position);
            was_there && !self.includes.iter().any(|member| member.position == position)
        };
        let kept = self.context.task(self.task).owns.iter().enumerate().filter(|(at, _)| !is_gone(*at));
        let added = self.excluded.iter().map(|text| format!("!{text}"));
        Some(kept.map(|(_, entry)| entry.clone()).chain(added).collect())
    }
}

/// The pattern of another task, with `/**` after a plain path that is read as a folder.
fn spelled_out(ownership: &Ownership, context: &Context<'_>, task: usize, member: &Member) -> String {
    let written = &context.task(task).owns[member.position];
    let by_plan = ownership.folders.iter().map(|folder| &folder.written);
    let mut folders = by_plan.chain(ownership.known_folders.iter().map(|folder| &folder.written));
    let is_folder = folders.any(|folder| folder.task == task && folder.text == *written);
    let read = member.pattern.as_str();
    match is_folder {
        true => format!("{}/**", read.trim_end_matches('/')),
        false => read.to_owned(),
    }
}
