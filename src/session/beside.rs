//! Other plans and open branches beside the open plan.

use super::Session;
use crate::beside::{Together, Work, names_of};
use crate::changed_files;
use crate::explain::counted;
use crate::incoming::{Incoming, Input};
use crate::plan::Plan;
use crate::protocol::{Answer, BesideChange};
use crate::report::Report;

/// The most plans and branches beside the open plan.
const MOST: usize = 20;

/// Work that runs while the open plan does, as long as that is open.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The open plan, then the others; empty if there are none.
    pub works: Vec<Work>,
    /// The paths or titles that the others are named after.
    named_after: Vec<String>,
    pub together: Together,
}

impl Beside {
    /// Compares the others with this state of the open plan.
    pub fn update(&mut self, report: &Report) {
        if self.named_after.is_empty() {
            *self = Beside::default();
            return;
        }
        self.works[0] = Work::plan("", report.plan.clone());
        for (work, name) in self.works.iter_mut().skip(1).zip(names_of(&self.named_after)) {
            work.name = name;
        }
        self.together = Together::of(&self.works, &report.evidence);
    }

    fn add(&mut self, path: String, work: Work) {
        if self.works.is_empty() {
            self.works.push(Work::default());
        }
        self.works.push(work);
        self.named_after.push(path);
    }

    fn remove(&mut self, number: usize) {
        if number < self.named_after.len() {
            self.named_after.remove(number);
            self.works.remove(number + 1);
        }
    }

    /// What screen readers are told; `None` without other work.
    pub fn announcement(&self) -> Option<String> {
        let others = self.named_after.len();
        let conflicts = counted(self.together.count, "conflict");
        (others > 0).then(|| match others {
            1 => format!("{conflicts} with the work beside this plan."),
            _ => format!("{conflicts} between this plan and the work beside it."),
        })
    }
}

impl Session {
    /// Changes what runs beside the open plan. For stored plans see [`Session::put_beside`].
    pub(super) fn change_beside(&mut self, change: BesideChange) -> Answer {
        match change {
            BesideChange::Add(input) => match read(&input) {
                Ok((path, work)) => self.add_beside(path, work),
                Err(message) => Answer::Done(Err(message)),
            },
            BesideChange::Remove(number) => {
                self.beside.remove(number);
                self.beside_anew()
            }
        }
    }

    /// Puts a stored plan with this name beside the open one.
    pub fn put_beside(&mut self, name: &str, plan: Plan) -> Answer {
        self.add_beside(plain(name), Work::plan("", plan))
    }

    fn add_beside(&mut self, path: String, work: Work) -> Answer {
        if self.beside.works.len() > MOST {
            return Answer::Done(Err(format!(
                "There are {MOST} plans and branches beside this one. Remove one first."
            )));
        }
        self.beside.add(path, work);
        self.beside_anew()
    }

    fn beside_anew(&mut self) -> Answer {
        if !self.drawn.is_of(self.opening) || self.drawn.report.plan != *self.document.plan() {
            return Answer::Planned(Box::new(self.plan()));
        }
        self.beside.update(&self.drawn.report);
        Answer::Planned(Box::new(self.planned()))
    }
}

/// The plan in an input, or the branch whose changed files it lists, with the path or title that it is named
/// after.
fn read(input: &Input) -> Result<(String, Work), String> {
    if let [(name, content)] = input.given()
        && changed_files::is_list(content)
    {
        let path = if name.is_empty() { "pasted list" } else { name };
        return Ok((path.to_owned(), Work::branch(path, &changed_files::read(content))));
    }
    let (plan, what) = match input.read().map_err(|error| error.message)? {
        Incoming::Shared(opened) => (opened.plan, "the plan in the link"),
        Incoming::Plan(imported) if imported.plan.tasks.is_empty() => {
            return Err(
                "There is no task in it. Give a plan, a link, or the list that `git diff --name-only` prints."
                    .to_owned(),
            );
        }
        Incoming::Plan(imported) => (imported.plan, "the pasted plan"),
        Incoming::Reply(_) => return Err("This is a reply to a review, not a plan.".to_owned()),
        Incoming::Evidence(_) => {
            return Err("This lists the files of a repository, not those that a branch changes. \
                `git diff --name-only main...BRANCH` prints these."
                .to_owned());
        }
        Incoming::Archive(_) => {
            return Err(
                "This file holds several plans. Open it, then put one of them beside this plan.".to_owned()
            );
        }
    };
    let path = match (input.name(), plan.title.trim()) {
        (Some(name), _) => name.to_owned(),
        (None, "") => what.to_owned(),
        (None, title) => plain(title),
    };
    Ok((path, Work::plan("", plan)))
}

/// A title as it stands: what looks like a folder or an ending in it is none.
fn plain(title: &str) -> String {
    title.replace(['/', '\\', '.'], " ")
}
