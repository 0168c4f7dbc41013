//! What the page and its worker say to each other, and the worker's side as a plain function.
//!
//! The page holds the plan, its text and the views. Everything that is computed from a plan, and the reading and writing
//! of other formats, is asked of the worker: so typing is never held up, and the page is there before the program that
//! plans has arrived. Each [`Request`] gets one [`Answer`], in the order they were asked. Only a long [`search`] has its own worker, so that it can be ended.

mod report;
pub mod search;
pub mod wire;

use crate::analysis::Analysis;
use crate::export::{EXPORTERS, Exporter};
use crate::import::{self, Note};
use crate::layout::{Metrics, Scene, Spot, layout_steadily};
use crate::plan::{Edit, Plan};
use crate::report::{Gain, Report};
use crate::schedule::{Budget, Schedule};
use crate::text;
use rustc_hash::FxHashMap;
use wire::{Wire, enums, structs};

/// What the page asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Everything that follows from a plan. It is the plan that later requests are about.
    Plan {
        /// Counts the documents that were opened. While it stays the same, little moves in the drawing.
        document: u32,
        /// What to plan.
        plan: Plan,
    },
    /// What these changes of it would gain or cost.
    Gain(Vec<Edit>),
    /// The formats it can be written in.
    Formats,
    /// It in the format with this position.
    Export(usize),
    /// Reads a plan in any known format.
    Import {
        /// The bytes of the file or of the paste.
        bytes: Vec<u8>,
        /// The file's name, where there is one; only used in sentences.
        name: Option<String>,
    },
}

/// What the worker answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// All of the report but the plan, which the page has, and [`Analysis::apart`], which it does not need; and the
    /// drawing of it.
    Planned(Box<Analysis>, Box<Schedule>, Box<Scene>),
    /// What the changes gain or cost.
    Gained(Gain),
    /// The formats, in the order of the menu.
    Formats(Vec<Format>),
    /// The whole file.
    Exported(String),
    /// What was read, or why nothing could be, in sentences.
    Imported(Result<Box<Found>, String>),
}

/// A format that plans are written in; see [`Exporter`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is what the method of `Exporter` with its name gives")]
pub struct Format {
    pub id: String,
    pub title: String,
    pub description: String,
    pub extension: String,
    pub media_type: String,
}

/// A plan that came from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What was read.
    pub plan: Plan,
    /// The text it was written in, if it is plan text, so that the text itself can be kept.
    pub own_text: Option<String>,
    /// What it was taken for.
    pub format: String,
    /// What was guessed and what was skipped.
    pub notes: Vec<Note>,
}

structs! {
    Format { id, title, description, extension, media_type }
    Found { plan, own_text, format, notes }
}

enums! {
    Request { 0 Plan { document, plan }, 1 Gain(edits), 2 Formats, 3 Export(format), 4 Import { bytes, name } }
    Answer {
        0 Planned(analysis, schedule, scene), 1 Gained(gain), 2 Formats(formats), 3 Exported(text), 4 Imported(found),
    }
}

/// The worker's side: answers, and remembers the plan that is spoken of.
#[derive(Debug, Default)]
pub struct Planner {
    report: Report,
    document: u32,
    scene: Scene,
}

impl Planner {
    /// Answers a request.
    pub fn answer(&mut self, request: Request) -> Answer {
        match request {
            Request::Plan { document, plan } => {
                let before = if document == self.document { self.spots_for(&plan) } else { Vec::new() };
                self.document = document;
                self.report = Report::new(plan, &Budget::default());
                let Report { analysis, schedule, .. } = &self.report;
                self.scene = layout_steadily(analysis, schedule, &Metrics::default(), &before);
                let (analysis, schedule) = (analysis.clone(), schedule.clone());
                Answer::Planned(Box::new(analysis), Box::new(schedule), Box::new(self.scene.clone()))
            }
            Request::Gain(edits) => Answer::Gained(self.report.gain(&edits, &Budget::default())),
            Request::Formats => {
                Answer::Formats(EXPORTERS.iter().map(|exporter| format_of(*exporter)).collect())
            }
            Request::Export(format) => {
                let exporter = EXPORTERS.get(format);
                Answer::Exported(exporter.map_or(String::new(), |exporter| exporter.render(&self.report)))
            }
            Request::Import { bytes, name } => Answer::Imported(read(&bytes, name.as_deref())),
        }
    }

    /// Where the tasks of the next plan stand in the drawing as it is.
    fn spots_for(&self, plan: &Plan) -> Vec<Option<Spot>> {
        let names = self.report.plan.unique_names();
        let known: FxHashMap<&String, usize> =
            names.iter().enumerate().map(|(task, name)| (name, task)).collect();
        let names = plan.unique_names();
        names.iter().map(|name| self.scene.card(*known.get(name)?).map(|card| card.spot)).collect()
    }

    /// Answers a request that came as bytes; `None` if they are no request.
    pub fn answer_bytes(&mut self, request: &[u8]) -> Option<Vec<u8>> {
        Some(wire::to_bytes(&self.answer(wire::from_bytes(request)?)))
    }
}

fn format_of(exporter: &dyn Exporter) -> Format {
    Format {
        id: exporter.id().to_owned(),
        title: exporter.title().to_owned(),
        description: exporter.description().to_owned(),
        extension: exporter.extension().to_owned(),
        media_type: exporter.media_type().to_owned(),
    }
}

/// Reads a plan in any known format.
fn read(bytes: &[u8], name: Option<&str>) -> Result<Box<Found>, String> {
    let imported = import::import(bytes, name).map_err(|error| error.message)?;
    let own = std::str::from_utf8(bytes).ok().filter(|own| text::parse(own).plan == imported.plan);
    Ok(Box::new(Found {
        own_text: own.map(|own| own.replace("\r\n", "\n").replace('\r', "\n")),
        plan: imported.plan,
        format: imported.format.to_owned(),
        notes: imported.notes,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::layout;
    use crate::plan::edit::TaskChange;
    use crate::plan::{Task, TaskId};

    const PLAN: &str = "- T1 One @owns(a/**, A/x) ~20m\n- T2 Two @owns(a/b) @uses(db) ~10/30/40m\n- T3 Three @owns(c) \
        @after(T1, T9) ~30m\n- T4 Four @uses(db) @after(T5)\n- T5 Five @after(T4) @accepts(T4: fine)";

    /// Asks through bytes, as the page does, and gives the answer.
    fn ask(planner: &mut Planner, request: &Request) -> Answer {
        let sent = wire::to_bytes(request);
        assert_eq!(wire::from_bytes::<Request>(&sent).as_ref(), Some(request));
        let answer = planner.answer_bytes(&sent).expect("it is a request");
        wire::from_bytes(&answer).expect("it is an answer")
    }

    #[test]
    fn a_report_arrives_as_it_was_made() {
        let plan = text::parse(PLAN).plan;
        let report = Report::new(plan.clone(), &Budget::default());
        assert!(!report.analysis.diagnostics.is_empty() && !report.analysis.conflicts.is_empty());
        let request = Request::Plan { document: 1, plan };
        let Answer::Planned(analysis, schedule, scene) = ask(&mut Planner::default(), &request) else {
            panic!("another answer")
        };
        assert_eq!(*scene, layout(&report.analysis, &report.schedule, &Metrics::default()));
        assert_eq!(*schedule, report.schedule);
        assert_eq!(analysis.order, report.analysis.order);
        assert_eq!(*analysis, Analysis { apart: Default::default(), ..report.analysis });
    }

    #[test]
    fn the_plan_is_remembered_for_exports_and_gains() {
        let mut planner = Planner::default();
        let plan = text::parse(PLAN).plan;
        ask(&mut planner, &Request::Plan { document: 1, plan: plan.clone() });
        let report = Report::new(plan, &Budget::default());
        for (number, exporter) in EXPORTERS.iter().enumerate() {
            assert_eq!(
                ask(&mut planner, &Request::Export(number)),
                Answer::Exported(exporter.render(&report))
            );
        }
        let change = TaskChange::Owns(vec!["d/**".to_owned()]);
        let edits = vec![
            Edit::ChangeTask { id: TaskId::from("T2"), change },
            Edit::InsertTask { at: 0, task: Box::new(Task::default()) },
        ];
        let gain = report.gain(&edits, &Budget::default());
        assert_eq!(ask(&mut planner, &Request::Gain(edits)), Answer::Gained(gain));
    }

    #[test]
    fn the_drawing_stays_steady_within_a_document() {
        let mut planner = Planner::default();
        let mut draw = |document: u32, tasks: std::ops::Range<usize>| {
            let lines: Vec<String> = tasks.map(|task| format!("- T{task} Task @owns(f{task})")).collect();
            let plan = text::parse(&lines.join("\n")).plan;
            let names = plan.unique_names();
            match ask(&mut planner, &Request::Plan { document, plan }) {
                Answer::Planned(_, _, scene) => {
                    let row = |name: &str| names.iter().position(|known| known == name);
                    scene.card(row("T3").expect("it is there")).map(|card| card.spot.row)
                }
                other => panic!("{other:?}"),
            }
        };
        let first = draw(1, 1..5);
        assert_eq!(draw(1, 2..5), first, "T3 stays where it was");
        assert_ne!(draw(2, 2..5), first, "another document is drawn from nothing");
    }

    #[test]
    fn formats_are_those_of_the_core() {
        let Answer::Formats(formats) = ask(&mut Planner::default(), &Request::Formats) else {
            panic!("another answer")
        };
        let ids: Vec<&str> = formats.iter().map(|format| format.id.as_str()).collect();
        assert_eq!(ids, EXPORTERS.iter().map(|exporter| exporter.id()).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_imported_keeps_its_unknown_fields() {
        let json = r#"{"format":"phaseplan/1","colour":{"a":[1,2]},"tasks":[{"id":"T1","title":"One","mood":null}]}"#;
        let request = Request::Import { bytes: json.into(), name: Some("plan.json".to_owned()) };
        let Answer::Imported(Ok(found)) = ask(&mut Planner::default(), &request) else {
            panic!("another answer")
        };
        assert_eq!(found.plan, import::import(json.as_bytes(), None).expect("it can be read").plan);
        assert_eq!((found.plan.unknown.len(), found.plan.tasks[0].unknown.len()), (1, 1));
        assert_eq!(found.own_text, None);
    }

    #[test]
    fn plan_text_stays_as_it_was_written_and_what_is_no_plan_is_refused() {
        let import = |bytes: &[u8]| match ask(
            &mut Planner::default(),
            &Request::Import { bytes: bytes.into(), name: None },
        ) {
            Answer::Imported(found) => found.map(|found| found.own_text),
            other => panic!("{other:?}"),
        };
        assert_eq!(import(b"- One\r\n- Two\r\n"), Ok(Some("- One\n- Two\n".to_owned())));
        assert!(import(&[0xff, 0, 0x80, 1, 2]).is_err());
    }
}
