//! The worker's side of the web app: the open document, what follows from it, and answers to what the page asks.
//!
//! A session is a plain value: it is told requests one by one and answers each. It keeps the document and its history, because
//! only it can read and change plan text; the page holds the text it shows and asks for everything else.

mod change;
mod comparison;
mod import;
mod review;
mod search;
mod shared;
#[cfg(test)]
mod tests;

use crate::document::lines::waves;
use crate::document::{Document, History, record};
use crate::examples;
use crate::explain;
use crate::export::{EXPORTERS, Exporter};
use crate::layout::{Metrics, Scene, Spot, layout_steadily};
use crate::plan::Plan;
use crate::protocol::{
    Answer, Change, Changed, Compare, Content, Format, Keep, Planned, Problem, Request, TaskLines, Wanted,
};
use crate::report::Report;
use crate::schedule::{Budget, Previous};
use crate::share::Contents;
use crate::view::compare::changes::Changes;
use crate::view::{Drawn, compare, outline, present, problems, share, stage, table, task, timeline, totals};
use crate::view::{Markup, Showing, markup};
use rustc_hash::FxHashMap;
use shared::Shared;

pub use review::{Moment, Unsaved};

/// What is told of a record that can't be read.
const DAMAGED: &str = "This plan is damaged where it is stored, so it was not opened. It stays in the list of plans, where what \
    is left of it can be downloaded.";
/// At most this many wavy lines in the text.
const MOST_WAVES: usize = 300;

/// The open document and what follows from it.
#[derive(Debug, Default)]
pub struct Session {
    /// Counts the documents that were opened; the page says which one this is.
    opening: u32,
    document: Document,
    history: History,
    /// Of the plan that was computed last, which may lag behind the document.
    drawn: Drawn,
    search: search::Search,
    /// Set while the document is one that came in a link and is only shown.
    shared: Option<Shared>,
    /// What was imported last and is not open yet.
    found: Option<(Document, Option<Shared>)>,
    /// Whether a newer program stored the document, so that it can be looked at only.
    is_read_only: bool,
    review: review::Review,
    moment: Moment,
}

impl Session {
    /// The open document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Keeps a document to be opened next as [`Content::Found`].
    pub fn hold(&mut self, found: Document) {
        self.found = Some((found, None));
    }

    /// Whether the open document is only looked at, so that there is nothing to save.
    pub fn is_only_shown(&self) -> bool {
        self.is_read_only || self.shared.is_some()
    }

    /// Whether a link is written or read for the answer, so that the coder should be there; see [`crate::share::coder`].
    pub fn needs_coder(&self, request: &Request) -> bool {
        match request {
            Request::Draw(Wanted::Share { .. }) => true,
            Request::Import { bytes, name: None } | Request::Compare(Compare::Given { bytes, .. }) => {
                shared::holds_link(bytes)
            }
            Request::Draw(Wanted::Review { .. }) => self.has_reply(),
            Request::Change(Change::Review(form)) => form.act == "receive" && form.text.contains('#'),
            _ => false,
        }
    }

    /// Answers a request. What is asked of storage is answered by whoever holds the session, and comes to nothing here.
    pub fn answer(&mut self, request: Request) -> Answer {
        match request {
            Request::Open { opening, content } => Answer::Changed(self.open(opening, content)),
            Request::Change(change) => Answer::Changed(self.change(change)),
            Request::Plan => Answer::Planned(Box::new(self.plan())),
            Request::Draw(wanted) => self.draw(&wanted),
            Request::Neighbour { from, showing, direction } => {
                Answer::Neighbour(self.drawn.neighbour(from.as_ref(), showing, direction).cloned())
            }
            Request::Search { longer } => Answer::Job(self.job(longer)),
            Request::Compare(compare) => self.compare(compare),
            Request::Heard { message, seconds } => self.hear(&message, seconds),
            Request::EndSearch => self.end_search(),
            Request::Formats => {
                let warning = self.warning();
                Answer::Formats(EXPORTERS.iter().map(|exporter| format_of(*exporter, &warning)).collect())
            }
            Request::Export(format) => {
                let exporter = EXPORTERS.get(format);
                let render = |exporter: &&dyn Exporter| exporter.render(&self.drawn.report);
                Answer::Exported(exporter.map_or(String::new(), render))
            }
            Request::Import { bytes, name } => Answer::Imported(self.import(&bytes, name.as_deref())),
            Request::Record => Answer::Record(record::write(&self.document, &self.history)),
            Request::Keep(Keep::Review { markdown }) => Answer::File(self.review_file(markdown)),
            Request::Save | Request::Keep(_) => Answer::Done(Ok(String::new())),
        }
    }

    /// What is to be known of the plan before it is handed to agents; empty for a plan of one's own that hides nothing.
    fn warning(&self) -> String {
        match &self.shared {
            Some(shared) => shared.about.clone(),
            None => shared::hidden_in(&self.document.text).replacen("It holds", "This plan holds", 1),
        }
    }

    fn open(&mut self, opening: u32, content: Content) -> Result<Box<Changed>, String> {
        let mut is_read_only = false;
        let (document, history) = match content {
            Content::Record(written) => {
                let read = if record::is_newer(&written) {
                    is_read_only = true;
                    record::text_of(&written).map(|text| (Document::from_text(text), History::default()))
                } else {
                    record::read(&written)
                };
                let read = read.ok_or(DAMAGED)?;
                self.shared = None;
                read
            }
            content => {
                let (document, shared) = self.document_of(content);
                self.shared = shared;
                (document, History::default())
            }
        };
        (self.opening, self.document, self.history) = (opening, document, history);
        self.is_read_only = is_read_only;
        self.drawn.changes = None;
        self.follow_plan();
        let selected = self.shared.as_ref().and_then(|shared| shared.task.clone());
        Ok(Box::new(Changed { selected, ..self.changed(true) }))
    }

    /// What a new document holds. Records are read elsewhere, as they bring a history.
    fn document_of(&mut self, content: Content) -> (Document, Option<Shared>) {
        match content {
            Content::Text(text) => (Document::from_text(text), None),
            Content::Shown { text, about } => {
                (Document::from_text(text), Some(Shared { about, ..Shared::default() }))
            }
            Content::Example(example) => (Document::from_text(examples::text(example).to_owned()), None),
            Content::Found | Content::Record(_) | Content::Stored { .. } => {
                self.found.take().unwrap_or_default()
            }
        }
    }

    /// What the page must know of the document after a change.
    fn changed(&self, with_text: bool) -> Changed {
        let plan = self.document.plan();
        let lines = plan.tasks.iter().zip(&self.document.parsed.task_lines);
        Changed {
            text: with_text.then(|| self.document.text.clone()),
            title: plan.title.clone(),
            name: self.document.name().to_owned(),
            tasks: lines
                .map(|(task, lines)| TaskLines { id: task.id.clone(), lines: lines.clone() })
                .collect(),
            done: String::new(),
            doubt: None,
            selected: None,
            shared: self.shared.as_ref().map(|shared| shared.about.clone()),
            is_read_only: self.is_read_only,
            open_threads: self.review.open_threads(),
            review: self.review.version,
            is_same_plan: false,
        }
    }

    /// Computes everything that follows from the document.
    fn plan(&mut self) -> Planned {
        let plan = self.document.plan().clone();
        let before = self.spots_for(&plan);
        let is_same = self.drawn.is_of(self.opening);
        let drawn = &self.drawn.report;
        let previous = if is_same { Previous::of(&drawn.plan, &drawn.schedule) } else { Previous::default() };
        let is_settled = self.search.is_settled || drawn.schedule.is_at_bound();
        let report = Report::near(plan, &previous, &Budget::default());
        let scene = layout_steadily(&report.analysis, &report.schedule, &Metrics::default(), &before);
        self.search.forget(is_same, if is_settled { previous } else { Previous::default() });
        self.show(report, scene);
        self.planned()
    }

    /// What is drawn from now on.
    fn show(&mut self, report: Report, scene: Scene) {
        let changes = self.drawn.changes.take();
        self.drawn = Drawn::new(&self.drawn, report, scene, self.opening);
        self.drawn.compare(changes);
    }

    fn planned(&self) -> Planned {
        let Drawn { report, scene, .. } = &self.drawn;
        let changes = self.drawn.changes.as_ref();
        let found = &report.analysis.diagnostics;
        let mut counts = vec![0; 5];
        for diagnostic in found {
            counts[diagnostic.severity as usize] += 1;
        }
        let problem = |diagnostic: &crate::analysis::Diagnostic| Problem {
            tasks: diagnostic.places.iter().map(|place| place.id.clone()).collect(),
            has_fixes: !diagnostic.fixes.is_empty(),
        };
        Planned {
            counts,
            problems: found.iter().take(problems::SHOWN).map(problem).collect(),
            waves: waves(&self.document, found, MOST_WAVES),
            tasks: report.plan.tasks.len(),
            cards: scene.cards.len(),
            size: self.drawn.size(),
            summary: explain::summary(report),
            told: [Some(explain::result(report)), changes.map(Changes::told)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            compared: changes.map(|changes| changes.order.clone()),
        }
    }

    /// Where the tasks of the next plan stand in the drawing as it is; nowhere in another document's.
    fn spots_for(&self, plan: &Plan) -> Vec<Option<Spot>> {
        if !self.drawn.is_of(self.opening) {
            return Vec::new();
        }
        let known: FxHashMap<&String, usize> =
            self.drawn.keys.iter().enumerate().map(|(task, name)| (name, task)).collect();
        let names = plan.unique_names();
        names.iter().map(|name| self.drawn.scene.card(*known.get(name)?).map(|card| card.spot)).collect()
    }

    fn draw(&self, wanted: &Wanted) -> Answer {
        let (drawn, plan, searched) = (&self.drawn, self.document.plan(), &self.search.searched);
        let mut place = None;
        let groups = match wanted {
            Wanted::Totals { is_limit_open } => vec![totals::totals(drawn, searched, *is_limit_open)],
            Wanted::Cards(picks) => {
                place = picks.selected.as_ref().and_then(|task| stage::place(drawn, task));
                stage::cards(drawn, picks).into()
            }
            Wanted::Lines(picks) => vec![stage::lines(drawn, picks)],
            Wanted::Reading { showing, selected, rows } => {
                let selected = selected.as_ref().and_then(|id| drawn.find(id));
                vec![vec![reading(drawn, *showing, selected, *rows)]]
            }
            Wanted::Problems { current } => {
                vec![problems::problems(&drawn.report, searched, *current)]
            }
            Wanted::Task { id, problem } => {
                let state = self.state();
                vec![task::task(&self.talk(&state), &drawn.report, id.as_ref(), problem.as_ref())]
            }
            Wanted::Share { structure_only, page } => {
                let contents = if *structure_only { Contents::StructureOnly } else { Contents::Full };
                vec![share::share(plan, contents, self.revision_in_link(), page)]
            }
            Wanted::Shelf(_) => vec![Vec::new()],
            Wanted::Comparing { current } => vec![compare::banner(drawn, *current)],
            Wanted::Presentation { step } => present::present(drawn, &self.state(), *step).into(),
            Wanted::Changes { rows, current, as_text } => {
                vec![compare::list(drawn, *rows, *current, *as_text)]
            }
            Wanted::Table { rows, selected } => {
                vec![table::table(plan, &drawn.open_threads, *rows, selected.as_ref())]
            }
            Wanted::Review { page, rows } => vec![self.draw_review(page, *rows)],
        };
        Answer::Drawn { groups, place }
    }
}

/// The views that are read like a page.
fn reading(drawn: &Drawn, showing: Showing, selected: Option<usize>, rows: usize) -> Markup {
    match showing {
        Showing::Timeline => timeline::timeline(drawn, selected),
        Showing::Outline => outline::outline(drawn, selected, rows, true),
        Showing::Brief => outline::outline(drawn, selected, rows, false),
        Showing::Stage | Showing::Nothing => {
            markup("p", "canvas-empty").text("Phases appear here as soon as there is a task.")
        }
    }
}

fn format_of(exporter: &dyn Exporter, warning: &str) -> Format {
    Format {
        id: exporter.id().to_owned(),
        title: exporter.title().to_owned(),
        description: [exporter.description(), warning].join(" ").trim_end().to_owned(),
        extension: exporter.extension().to_owned(),
        media_type: exporter.media_type().to_owned(),
    }
}
