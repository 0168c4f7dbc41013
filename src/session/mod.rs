//! The worker's side of the web app: holds the open document and its results, and answers the requests of the
//! page.
//!
//! A session is a plain value that answers one request after another. It holds the document and its history,
//! because only it can parse and change plan text. The page holds the text it shows and requests everything
//! else.

mod ambient;
mod beside;
mod change;
mod comparison;
mod import;
mod known;
mod preview;
mod queue;
mod ready;
mod review;
mod run;
mod search;
mod shared;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::lines::underlines;
use crate::document::{Document, History, record};
use crate::evidence::Evidence;
use crate::examples;
use crate::explain;
use crate::export::{EXPORTS, Export, Options, Output};
use crate::protocol::{
    Answer, BesideChange, Change, Comparison, Content, DocumentRequest, DocumentState, Exported, Format,
    PlanState, Problem, TaskLines, ViewRequest,
};
use crate::report::Report;
use crate::schedule::{Budget, Previous};
use crate::share::Contents;
use crate::view::compare::changes::Changes;
use crate::view::import::Origin;
use crate::view::{
    Drawing, advice, compare, export, import as import_view, outline, present, problems, share, stage, table,
    task, timeline, totals,
};
use crate::view::{Markup, ReviewAct, Showing, markup};
use crate::zip;
use import::Held;
use known::Known;
use ready::Ready;
use shared::Shared;

pub use ambient::Ambient;
pub use queue::{Missing, Queue};
pub use review::UnsavedReview;

/// The message when a record can't be read.
const DAMAGED: &str = "The saved plan is damaged, so it was not opened. It stays in the list of plans, where \
    you can download what is left of it.";
/// The most underlines in the text.
const MOST_UNDERLINES: usize = 300;

/// The open document and its results.
#[derive(Debug, Default)]
pub struct Session {
    /// The number of documents opened so far, as the page counts them.
    opening: u32,
    document: Document,
    history: History,
    /// The number of states that the history had; see [`DocumentState::step`].
    step: u32,
    /// The drawing of the last computed plan, which may lag behind the document.
    drawn: Drawing,
    /// The schedules of earlier states of the document.
    known: Known,
    search: search::Search,
    /// Set while the document comes from a link and is only shown.
    shared: Option<Shared>,
    /// What was imported last and is not opened or added yet.
    held: Option<Held>,
    /// What is known of the import that the document comes from, as long as it is open.
    origin: Option<Origin>,
    /// Whether a newer program stored the document, so that it can be looked at only.
    is_read_only: bool,
    review: review::Review,
    run: run::Run,
    /// Whether the document comes from storage, so that what was noted later counts.
    is_stored: bool,
    /// What is known of the repository of the document.
    evidence: Arc<Evidence>,
    beside: beside::Beside,
    ambient: Ambient,
}

impl Session {
    /// The open document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Holds a document to be opened next as [`Content::Found`].
    pub fn hold(&mut self, found: Document) {
        self.held = Some(Held::Ready(Box::new(Ready { document: found, ..Ready::default() })));
    }

    /// Whether the open document is only shown, so there is nothing to save.
    pub fn is_only_shown(&self) -> bool {
        self.is_read_only || self.shared.is_some()
    }

    /// Whether the answer encodes or decodes a link, so the coder must be loaded; see
    /// [`crate::share::coder`].
    pub fn needs_coder(&self, request: &DocumentRequest) -> bool {
        match request {
            DocumentRequest::Draw(ViewRequest::Share { .. }) => true,
            DocumentRequest::Import(input)
            | DocumentRequest::Compare(Comparison::With(input))
            | DocumentRequest::Beside(BesideChange::Add(input)) => input.needs_coder(),
            DocumentRequest::Draw(ViewRequest::Review { .. }) => self.has_reply(),
            DocumentRequest::Change(Change::Review(form)) => {
                form.act == ReviewAct::Receive && form.text.contains('#')
            }
            _ => false,
        }
    }

    /// Sets the time and randomness. Call it before each request.
    pub fn set_ambient(&mut self, ambient: Ambient) {
        self.ambient = ambient;
    }

    /// Answers a request.
    pub fn answer(&mut self, request: DocumentRequest) -> Answer {
        match request {
            DocumentRequest::Open { opening, content } => Answer::Changed(self.open(opening, content)),
            DocumentRequest::Change(change) => Answer::Changed(self.change(change)),
            DocumentRequest::Plan => Answer::Planned(Box::new(self.plan())),
            DocumentRequest::Draw(wanted) => self.draw(&wanted),
            DocumentRequest::Neighbour { from, showing, direction } => {
                Answer::Neighbour(self.drawn.neighbour(from.as_ref(), showing, direction).cloned())
            }
            DocumentRequest::Compare(comparison) => self.compare(comparison),
            DocumentRequest::Beside(change) => self.change_beside(change),
            DocumentRequest::Search(request) => self.search(request),
            DocumentRequest::Formats => {
                let warning = self.warning();
                Answer::Formats(EXPORTS.iter().map(|export| format_of(export, &warning)).collect())
            }
            DocumentRequest::Export { format, part } => {
                let report = &self.drawn.report;
                let render = |export: &&Export| {
                    let part = export.part_or_whole(&part, report);
                    let mut options = Options::of_part(part);
                    options.run = self.run.state().clone();
                    (export.render)(report, &options)
                };
                let output = EXPORTS.get(format).map_or(Output::Text(String::new()), render);
                Answer::Exported(exported(output))
            }
            DocumentRequest::Import(input) => Answer::Imported(self.import(input)),
            DocumentRequest::ChangeImport(change) => {
                Answer::Changed(self.change_import(change).map(|()| Box::default()))
            }
            DocumentRequest::ReadImportAs(format) => {
                Answer::Done(self.read_import_as(&format).map(|()| String::new()))
            }
            DocumentRequest::ExportReview { markdown } => Answer::Files(self.review_files(markdown)),
        }
    }

    /// The open document with its history, in storage format.
    pub fn record(&self) -> String {
        record::write(&self.document, &self.history)
    }

    /// A warning to read before handing the plan to agents; empty for the user's own plan without hidden
    /// characters.
    fn warning(&self) -> String {
        match &self.shared {
            Some(shared) => shared.about.clone(),
            None => shared::hidden_in(&self.document.text),
        }
    }

    fn open(&mut self, opening: u32, content: Content) -> Result<Box<DocumentState>, String> {
        let mut is_read_only = false;
        let mut origin = None;
        self.is_stored = matches!(content, Content::Record(_));
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
                let ready = self.document_of(content)?;
                (self.shared, origin) = (ready.shared, ready.origin);
                (ready.document, ready.history)
            }
        };
        (self.opening, self.document, self.history) = (opening, document, history);
        self.step += 1;
        self.known = Known::default();
        self.evidence = Arc::default();
        self.beside = beside::Beside::default();
        (self.is_read_only, self.origin) = (is_read_only, origin);
        self.drawn.changes = None;
        self.follow_plan();
        let selected = self.shared.as_ref().and_then(|shared| shared.task.clone());
        Ok(Box::new(DocumentState { selected, ..self.changed(true) }))
    }

    /// The document for this content. Records are read elsewhere, because they include a history.
    fn document_of(&mut self, content: Content) -> Result<Ready, String> {
        let (text, shared) = match content {
            Content::Found | Content::Record(_) => return self.take_ready(),
            Content::Unread => (self.take_unread()?, None),
            Content::Text(text) => (text, None),
            Content::Shown { text, about } => (text, Some(Shared { about, ..Shared::default() })),
            Content::Example(example) => (examples::text(example).to_owned(), None),
        };
        Ok(Ready { document: Document::from_text(text), shared, ..Ready::default() })
    }

    /// The state of the document after a change, for the page.
    fn changed(&self, with_text: bool) -> DocumentState {
        let plan = self.document.plan();
        let lines = plan.tasks.iter().zip(&self.document.parsed.task_lines);
        DocumentState {
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
            step: self.step,
            is_step: false,
        }
    }

    /// Computes all results of the document.
    fn plan(&mut self) -> PlanState {
        let plan = self.document.plan().clone();
        let is_same = self.drawn.is_of(self.opening);
        let drawn = &self.drawn.report;
        let previous = if is_same { Previous::of(&drawn.plan, &drawn.schedule) } else { Previous::default() };
        let is_settled = self.search.is_settled || drawn.schedule.is_at_bound();
        let report = match self.known.of(&self.document.text, (plan.clone(), &self.evidence)) {
            Some(report) => report,
            None => Report::edited((plan, &self.evidence), &previous, &Budget::default()),
        };
        let report = report.with_reading(self.document.parsed.problems.clone());
        self.search.forget(is_same, if is_settled { previous } else { Previous::default() });
        self.show(report);
        self.refresh_run_if_due();
        self.planned()
    }

    /// Replaces the drawing.
    fn show(&mut self, report: Report) {
        self.known.remember(&self.document.text, &report);
        self.beside.update(&report);
        let changes = self.drawn.changes.take();
        self.drawn = Drawing::new(&self.drawn, report, changes, self.opening);
    }

    fn planned(&self) -> PlanState {
        let Drawing { report, scene, .. } = &self.drawn;
        let changes = self.drawn.changes.as_ref();
        let found = &report.diagnostics;
        let mut counts = vec![0; 5];
        for diagnostic in found {
            counts[diagnostic.severity as usize] += 1;
        }
        let problem = |diagnostic: &Diagnostic| Problem {
            tasks: diagnostic.places.iter().map(|place| place.id.clone()).collect(),
            has_fixes: !diagnostic.fixes.is_empty(),
            range: diagnostic.location.as_ref().map(|location| location.range.clone()),
        };
        let underlines = underlines(&self.document, found, MOST_UNDERLINES);
        let mut underlined: Vec<usize> = underlines.iter().map(|underline| underline.diagnostic).collect();
        underlined.dedup();
        PlanState {
            counts,
            problems: found.iter().take(problems::SHOWN).map(problem).collect(),
            underlines,
            sentences: underlined.into_iter().map(|number| (number, found[number].sentences())).collect(),
            tasks: report.plan.tasks.len(),
            cards: scene.cards.len(),
            summary: explain::summary(report),
            announcement: [
                Some(explain::result(report)),
                self.beside.announcement(),
                changes.map(Changes::announcement),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
            compared: changes.map(|changes| changes.order.clone()),
        }
    }

    fn draw(&mut self, wanted: &ViewRequest) -> Answer {
        if let ViewRequest::Cards(picks) | ViewRequest::Lines(picks) = wanted {
            self.drawn.fit(&picks.frame);
        }
        let (drawn, plan, searched) = (&self.drawn, self.document.plan(), &self.search.searched);
        let mut placed = None;
        let groups = match wanted {
            ViewRequest::Totals { is_limit_open } => {
                vec![totals::totals(drawn, searched, *is_limit_open, &self.run_view())]
            }
            ViewRequest::Cards(picks) => {
                placed = Some(stage::placed(drawn, picks.selected.as_ref()));
                stage::cards(drawn, picks).into()
            }
            ViewRequest::Lines(picks) => stage::lines(drawn, picks).into(),
            ViewRequest::Reading { showing, selected, rows } => {
                let selected = selected.as_ref().and_then(|id| drawn.find(id));
                vec![vec![reading(drawn, *showing, selected, *rows)]]
            }
            ViewRequest::Problems { current } => {
                let way_back = import_view::way_back(plan, self.origin.as_ref());
                let list = problems::problems(
                    &drawn.report,
                    searched,
                    (&self.beside.works, &self.beside.together),
                    *current,
                );
                vec![way_back.into_iter().chain(list).collect()]
            }
            ViewRequest::Advice { by_tomorrow, is_interactive } => {
                vec![advice::advice(&drawn.report, *by_tomorrow, *is_interactive)]
            }
            ViewRequest::Task { id, problem } => {
                let state = self.state();
                let (context, run) = (self.review_context(&state), self.run_view());
                vec![task::task(&context, &drawn.report, id.as_ref(), problem.as_ref(), &run)]
            }
            ViewRequest::Share { structure_only, page } => {
                let contents = if *structure_only { Contents::StructureOnly } else { Contents::Full };
                vec![share::share(plan, contents, self.revision_in_link(), page)]
            }
            ViewRequest::Export { format, part } => {
                vec![export::export(&drawn.report, EXPORTS.get(*format).copied(), part)]
            }
            ViewRequest::Comparing { current } => vec![compare::banner(drawn, *current)],
            ViewRequest::Presentation { step } => present::present(drawn, &self.state(), *step).into(),
            ViewRequest::Changes { rows, current, as_text } => {
                vec![compare::list(drawn, *rows, *current, *as_text)]
            }
            ViewRequest::Table { rows, selected } => {
                vec![table::table(plan, &drawn.open_threads, *rows, selected.as_ref())]
            }
            ViewRequest::Review { page, rows } => vec![self.draw_review(page, *rows)],
        };
        Answer::Drawn { groups, placed }
    }
}

/// The views that are pages of text.
fn reading(drawn: &Drawing, showing: Showing, selected: Option<usize>, rows: usize) -> Markup {
    match showing {
        Showing::Timeline => timeline::timeline(drawn, selected),
        Showing::Outline => outline::outline(drawn, selected, rows, true),
        Showing::Brief => outline::outline(drawn, selected, rows, false),
        Showing::Stage | Showing::Nothing => {
            markup("p", "canvas-empty").text(match drawn.report.plan.tasks.is_empty() {
                true => "Phases appear here as soon as there is a task.",
                false => "Nothing is left to run.",
            })
        }
    }
}

fn format_of(export: &Export, warning: &str) -> Format {
    Format {
        id: export.id.to_owned(),
        group: export.group.title().to_owned(),
        title: export.title.to_owned(),
        description: [export.description, warning].join(" ").trim_end().to_owned(),
        extension: export.extension.to_owned(),
        media_type: export.media_type.to_owned(),
    }
}

/// What the page shows and downloads.
fn exported(output: Output) -> Exported {
    let text = output.preview();
    let archive = match output {
        Output::Text(_) => None,
        Output::InTurn(files) if files.len() == 1 => None,
        Output::Files(files) | Output::InTurn(files) => {
            Some(zip::write(files.iter().map(|file| (file.path.as_str(), file.text.as_str()))))
        }
    };
    Exported { text, archive }
}
