//! Following runs: notes in, text and bar out.

use crate::events::Entry;
use crate::protocol::{Answer, Change, Content, DocumentRequest, DocumentState, Form, ViewRequest};
use crate::session::{Ambient, Session};
use crate::view::Markup;

const PLAN: &str = "- T1 Tables @owns(db/**) ~20m\n- T2 Export @owns(src/export/**) ~20m\n- T3 Import @owns(src/import/**) \
    @after(T1) ~20m\n- T4 Go on? @kind(gate) @after(T2)\n- T5 Docs @owns(docs/**) @after(T4) ~10m\n";

/// A tab with a session, at a minute of its clock.
struct Tab {
    session: Session,
    minute: u64,
}

impl Tab {
    fn with(content: Content) -> Tab {
        let mut tab = Tab { session: Session::default(), minute: 0 };
        tab.at(0);
        tab.session.answer(DocumentRequest::Open { opening: 1, content });
        tab.session.answer(DocumentRequest::Plan);
        tab
    }

    fn new(plan: &str) -> Tab {
        Tab::with(Content::Text(plan.to_owned()))
    }

    /// Another tab with the document of this one as it is stored, and with what is stored of its run.
    fn another(&self, entries: &[Entry]) -> Tab {
        let mut tab = Tab::with(Content::Record(self.session.record()));
        tab.take(entries);
        tab
    }

    fn at(&mut self, minute: u64) {
        self.minute = minute;
        let now = 1_700_000_000 + 60 * minute;
        self.session.set_ambient(Ambient { now, minutes_ahead: 0, entropy: [7; 10] });
    }

    fn change(&mut self, change: Change) -> Result<DocumentState, String> {
        let outcome = match self.session.answer(DocumentRequest::Change(change)) {
            Answer::Changed(outcome) => outcome.map(|changed| *changed),
            other => panic!("{other:?}"),
        };
        self.session.answer(DocumentRequest::Plan);
        outcome
    }

    /// Notes something, such as `done T1`, or `read` with a text. Returns what is said.
    fn try_note(&mut self, act: &str, task: &str, text: &str, value: &str) -> Result<String, String> {
        let task = (!task.is_empty()).then(|| task.into());
        let form = Form { task, text: text.to_owned(), value: value.to_owned(), ..Form::default() };
        self.change(Change::Run { act: act.to_owned(), form }).map(|changed| changed.done)
    }

    fn note(&mut self, minute: u64, act: &str, task: &str) -> String {
        self.at(minute);
        self.try_note(act, task, "", "").expect("it can be noted")
    }

    fn read(&mut self, text: &str) -> String {
        self.try_note("read", "", text, "").expect("it can be read");
        self.bar()
    }

    fn take(&mut self, entries: &[Entry]) -> bool {
        let plan = self.session.reviewed_plan().to_owned();
        let changed = self.session.take_stored_run(&plan, entries).is_some();
        self.session.answer(DocumentRequest::Plan);
        changed
    }

    /// The box of each task, in order.
    fn boxes(&self) -> String {
        let lines = self.session.document().text.lines();
        lines
            .filter(|line| line.starts_with("- "))
            .map(|line| if line.starts_with("- [") { &line[3..4] } else { " " })
            .collect()
    }

    fn bar(&mut self) -> String {
        match self.session.answer(DocumentRequest::Draw(ViewRequest::Totals { is_limit_open: false })) {
            Answer::Drawn { groups, .. } => words(&groups.concat()),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn shows(&mut self, part: &str) {
        let bar = self.bar();
        assert!(bar.contains(part), "{part} is not in {bar}");
    }
}

fn words(parts: &[Markup]) -> String {
    parts.iter().map(|part| [part.text.as_str(), &words(&part.children)].concat()).collect()
}

#[test]
fn notes_change_the_boxes_of_their_tasks_and_tell_when_it_ends() {
    let mut tab = Tab::new(PLAN);
    assert_eq!(tab.try_note("start", "", "", "T1\nT2"), Ok("T1 and T2 are at work.".to_owned()));
    assert_eq!(tab.boxes(), "~~   ");
    assert_eq!(tab.note(12, "done", "T1"), "T1 is done.");
    assert_eq!(tab.note(25, "failed", "T2"), "T2 failed.");
    assert_eq!(tab.boxes(), "x!   ");
    tab.shows("1 of 5 done");
    tab.shows("T2 failed. ");
    tab.try_note("failed", "T2", "No disk.", "").expect("a reason is given later");
    tab.shows("T2 failed: No disk.");
    assert_eq!(tab.note(26, "start", "T2"), "T2 is at work.");
    tab.note(56, "done", "T2");
    tab.shows("late, ends about 23:");
}

#[test]
fn what_can_not_be_noted_says_why() {
    let mut tab = Tab::new(PLAN);
    assert_eq!(tab.try_note("done", "", "", ""), Err("Select a task first.".to_owned()));
    tab.note(0, "done", "T1");
    assert_eq!(tab.try_note("done", "T1", "", ""), Err("T1 is already done.".to_owned()));
    assert_eq!(
        tab.try_note("start", "T1", "", ""),
        Err("T1 is done. Mark it as to do again first.".to_owned())
    );
    assert_eq!(
        tab.try_note("answer", "T2", "", "yes"),
        Err("T2 is no decision, so it has no answer.".to_owned())
    );
    assert_eq!(
        tab.try_note("start", "T5", "", ""),
        Ok("T5 is at work. T5 waits for T4, which is not done.".to_owned())
    );
}

#[test]
fn an_undo_takes_back_a_note_without_losing_it() {
    let mut tab = Tab::new(PLAN);
    tab.note(0, "start", "T1");
    tab.note(9, "done", "T1");
    tab.change(Change::Undo).expect("there is a step");
    assert_eq!(tab.boxes(), "~    ");
    tab.at(30);
    tab.session.answer(DocumentRequest::Plan);
    tab.shows("T1 has run for 30 m of 20 m");
    tab.change(Change::Redo).expect("there is a step");
    assert_eq!((tab.boxes().as_str(), tab.session.run.log().len()), ("x    ", 4));
}

#[test]
fn a_box_that_is_typed_is_noted_and_a_slip_costs_no_time() {
    let mut tab = Tab::new(PLAN);
    tab.note(0, "start", "T1");
    tab.at(20);
    for mark in ["", "[x] "] {
        let text =
            tab.session.document().text.replace("- [~] T1", "- T1").replace("- T1", &format!("- {mark}T1"));
        tab.change(Change::Type { text, joins: true }).expect("it can be typed");
    }
    let run = tab.session.run.state.task(&"T1".into()).cloned().expect("it is noted");
    assert_eq!(run.minutes(), Some(20));
}

#[test]
fn a_no_leaves_out_what_waits_for_it_in_one_step() {
    let mut tab = Tab::new(PLAN);
    tab.note(0, "done", "T2");
    let said = tab.try_note("answer", "T4", "", "no");
    assert_eq!(said, Ok("The answer to T4 is no. T5, which waits for it, is left out.".to_owned()));
    assert_eq!(tab.boxes(), " x x-");
    tab.change(Change::Undo).expect("there is a step");
    assert_eq!(tab.boxes(), " x   ");
    assert_eq!(tab.session.run.state.task(&"T4".into()).and_then(|run| run.answer.clone()), None);
}

#[test]
fn tabs_are_joined_and_a_reload_keeps_everything() {
    let mut first = Tab::new(PLAN);
    first.note(0, "start", "T1");
    let mut entries = first.session.take_unsaved_run();
    first.take(&entries);
    let early = first.session.record();
    let mut second = first.another(&entries);
    assert_eq!(second.boxes(), "~    ");
    first.note(5, "done", "T1");
    second.note(6, "start", "T2");
    let (of_first, of_second) = (first.session.take_unsaved_run(), second.session.take_unsaved_run());
    assert!(second.take(&of_first) && first.take(&of_second));
    assert_eq!((first.boxes(), second.boxes()), ("x~   ".to_owned(), "x~   ".to_owned()));
    entries.extend([of_first, of_second].concat());
    // A tab that ended before its plan was saved.
    let mut third = Tab::with(Content::Record(early));
    assert_eq!(third.boxes(), "~    ");
    assert!(third.take(&entries));
    assert_eq!(third.boxes(), "x~   ");
}

#[test]
fn the_log_of_a_run_is_read_back_and_that_of_another_plan_is_refused() {
    let mut tab = Tab::new(PLAN);
    tab.note(0, "start", "T1");
    let lines = tab.session.run.log().to_lines();
    let mut other = tab.another(&[]);
    assert_eq!(other.try_note("read", "", &lines, ""), Ok("Log of a run: 1 new, 0 already here.".to_owned()));
    assert_eq!(other.try_note("read", "", &lines, ""), Ok("Log of a run: 0 new, 1 already here.".to_owned()));
    let refused = Tab::new("- T9 Other").try_note("read", "", &lines, "");
    assert_eq!(refused, Err("This is the log of a run of another plan. Open that plan first.".to_owned()));
}

#[test]
fn what_is_pasted_is_confirmed_before_it_counts() {
    let mut tab = Tab::new(PLAN);
    tab.try_note("start", "", "", "T1\nT2").expect("they start");
    tab.at(15);
    let shown = tab.read("- T1: done\n- T2: failed, no disk\n");
    assert!(shown.contains("Taken for reports of T1 and T2.") && shown.contains("Confirm all 2"), "{shown}");
    assert_eq!(tab.boxes(), "~~   ");
    assert_eq!(tab.try_note("confirm", "", "", "0"), Ok("T1 is done, after 15 m.".to_owned()));
    assert_eq!(tab.boxes(), "x~   ");
    assert_eq!(tab.try_note("confirm", "", "", ""), Ok("T2 failed: no disk.".to_owned()));
    assert_eq!(tab.boxes(), "x!   ");
    assert!(tab.try_note("confirm", "", "", "0").is_err());
    let shown = tab.read("nothing to commit, working tree clean");
    assert!(shown.contains("Taken for something that goes wrong in runs."), "{shown}");
    tab.note(16, "put-away", "");
    assert!(!tab.bar().contains("goes wrong"));
}

#[test]
fn a_file_of_another_task_stops_its_task_until_it_is_settled() {
    let mut tab = Tab::new(PLAN);
    tab.note(0, "start", "T2");
    tab.at(5);
    tab.read("{\"task\":\"T2\",\"path\":\"db/x.sql\",\"tool\":\"Edit\",\"agent\":\"plan-t2\"}");
    tab.try_note("confirm", "", "", "0").expect("it is offered");
    tab.shows("T2 needs db/x.sql, which T1 owns (to do). Stop T2 until this is settled.");
    tab.shows("Let T2 wait for T1, and give it db/x.sql then: ");
    let said = tab.try_note("repair", "", "", "0 1").expect("it is offered");
    assert_eq!(said, "Let T2 wait for T1, and give it `db/x.sql` then.");
    assert_eq!(tab.boxes(), "     ");
    let task = tab.session.document().plan().task(&"T2".into()).cloned().expect("it is there");
    assert_eq!((task.owns.join(" "), task.after), ("src/export/** db/x.sql".to_owned(), vec!["T1".into()]));
    assert!(!tab.bar().contains("needs"));
    assert_eq!(
        tab.session.run.state.task(&"T2".into()).and_then(|run| run.status),
        Some(crate::plan::Status::Todo)
    );
}

#[test]
fn new_estimates_follow_from_what_is_done() {
    let mut tab =
        Tab::new("- T1 A @owns(a) ~10m\n- T2 B @owns(b) ~10m\n- T3 C @owns(c) ~10m\n- T4 D @owns(d) ~20m\n");
    tab.try_note("start", "", "", "T1\nT2\nT3").expect("they start");
    tab.at(20);
    tab.try_note("done", "", "", "T1\nT2\nT3").expect("they end");
    tab.shows("Tasks of kind change took 2.0 times their estimates (3 done).");
    assert_eq!(
        tab.try_note("estimate", "", "", ""),
        Ok("1 estimate changed, by how long the others took.".to_owned())
    );
    assert!(tab.session.document().text.contains("T4 D @owns(d) ~40m"), "{}", tab.session.document().text);
}

#[test]
fn a_plan_from_a_link_is_not_marked() {
    let shown = Content::Shown { text: PLAN.to_owned(), about: "It is shown.".to_owned() };
    let mut tab = Tab::with(shown);
    assert!(tab.try_note("done", "T1", "", "").is_err());
    assert!(!tab.bar().contains("Follow a run"));
}
