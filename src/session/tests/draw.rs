//! Drawing.

use super::{PLAN, ask, change, drawn, id, plan, planned, words};
use crate::layout::{Direction, Zoom};
use crate::protocol::{Answer, Change, DocumentRequest, ViewRequest};
use crate::session::Session;
use crate::view::{Frame, Picks, Showing};

#[test]
fn views_say_what_the_plan_says() {
    let (mut session, planned) = planned(PLAN);
    assert_eq!((planned.tasks, planned.cards), (5, 5));
    let stage = drawn(&mut session, ViewRequest::Cards(Picks::default()));
    let reading = |showing| ViewRequest::Reading { showing, selected: Some(id("T1")), rows: 100 };
    for view in [
        stage,
        drawn(&mut session, reading(Showing::Timeline)),
        drawn(&mut session, reading(Showing::Outline)),
        drawn(&mut session, reading(Showing::Brief)),
        drawn(&mut session, ViewRequest::Table { rows: 100, selected: None }),
    ] {
        let words = format!("{view:?}");
        for task in ["One", "Two", "Three", "Four", "Five"] {
            assert!(words.contains(task), "{task} in {words}");
        }
    }
    let task = drawn(&mut session, ViewRequest::Task { id: Some(id("T3")), problem: None });
    assert!(words(&task).contains("Remove the task"), "{task:?}");
    let nobody = drawn(&mut session, ViewRequest::Task { id: Some(id("T99")), problem: None });
    assert!(words(&nobody).contains("Select a task"), "{nobody:?}");
}

#[test]
fn neighbours_are_those_of_the_view() {
    let (mut session, _) = planned("- T1 One @owns(a)\n- T2 Two @owns(b) @after(T1)");
    let mut go = |from: Option<&str>, showing, direction| match ask(
        &mut session,
        DocumentRequest::Neighbour { from: from.map(id), showing, direction },
    ) {
        Answer::Neighbour(task) => task.map(|task| task.to_string()),
        other => panic!("{other:?}"),
    };
    assert_eq!(go(None, Showing::Stage, Direction::Down).as_deref(), Some("T1"));
    assert_eq!(go(Some("T1"), Showing::Stage, Direction::Right).as_deref(), Some("T2"));
    assert_eq!(go(Some("T1"), Showing::Outline, Direction::Down).as_deref(), Some("T2"));
    assert_eq!(go(Some("T2"), Showing::Outline, Direction::Down), None);
    assert_eq!(go(Some("T2"), Showing::Timeline, Direction::Left).as_deref(), Some("T1"));
}

#[test]
fn the_same_text_looks_the_same_whatever_was_done_before() {
    let text = "- T1 One @owns(a/**) ~20m\n- T2 Two @owns(a/b, c) ~10m\n- T3 Three @owns(c, d) ~15m\n- T4 Four \
                @owns(d) @after(T1) ~5m\n- T5 Five @owns(e) ~30m\n- T6 Six @owns(f) @after(T5) ~5m";
    let picture = |session: &Session| (session.drawn.report.schedule.clone(), session.drawn.scene.clone());
    let (mut session, first) = planned(text);
    let opened = picture(&session);
    for problem in 0..first.problems.len() {
        change(&mut session, Change::Repair { problem, fix: 0 }).expect("it is offered");
        plan(&mut session);
        let repaired = picture(&session);
        let (again, _) = planned(&session.document.text);
        assert!(picture(&again) == repaired, "a reload shows the same");
        change(&mut session, Change::Undo).expect("there is a step");
        plan(&mut session);
        assert!(picture(&session) == opened, "an undo shows what was shown");
    }
    for typed in
        [[text, "\n- T7 Seven @owns(c)"].concat(), text.replace("T5 Five", "T5 Fiv"), text.to_owned()]
    {
        change(&mut session, Change::Type { text: typed, joins: false }).expect("anything can be typed");
        plan(&mut session);
    }
    assert!(picture(&session) == opened, "so does typing the same again");
}

#[test]
fn the_drawing_is_made_for_its_window() {
    let (mut session, _) = planned(PLAN);
    let mut look = |size: (i32, i32), zoom: Zoom| {
        let frame = Frame { size, zoom, unfolded: Vec::new() };
        let picks = Picks { frame, selected: Some(id("T3")), ..Picks::default() };
        match ask(&mut session, DocumentRequest::Draw(ViewRequest::Cards(picks))) {
            Answer::Drawn { placed: Some(placed), .. } => placed,
            other => panic!("{other:?}"),
        }
    };
    let (wide, narrow) = (look((900, 700), Zoom::Free), look((300, 700), Zoom::Free));
    assert!(wide.size.0 <= 900 && narrow.size.0 <= 300 && narrow.size.1 > wide.size.1, "{wide:?} {narrow:?}");
    assert_eq!(look((900, 700), Zoom::Free), wide, "the same window shows the same again");
    let large = look((900, 700), Zoom::Percent(200));
    assert!(large.zoom == 200 && large.size.0 <= 900, "{large:?}");
    let [_, _, _, height] = large.card.expect("T3 has a card");
    assert_eq!(Some(height), wide.card.map(|[_, _, _, height]| 2 * height));
    assert!(look((900, 100), Zoom::Fit).size.1 <= 100);
}

#[test]
fn names_of_files_stand_on_no_card() {
    let text: String =
        (0..20).map(|task| format!("- T{task} Task {task} @owns(src/file{}.rs)\n", task % 5)).collect();
    let (mut session, _) = planned(&text);
    let mut names = Vec::new();
    for (width, percent) in [(500, 50), (700, 50), (1200, 50), (500, 100), (700, 100), (1200, 100)] {
        let frame = Frame { size: (width, 700), zoom: Zoom::Percent(percent), ..Frame::default() };
        let lines =
            drawn(&mut session, ViewRequest::Lines(Picks { frame, all_lines: true, ..Picks::default() }));
        let before = names.len();
        lines.iter().for_each(|element| find_names(element, &mut names));
        for (name, x, y) in &names[before..] {
            let half = name.len() as i32 * 7 / 2;
            let covers = |card: &crate::layout::Card| {
                (card.x < x + half && card.x + card.width > x - half)
                    && (card.y < *y && card.y + card.height > y - 11)
            };
            let covered = session.drawn.scene.cards.iter().find(|card| covers(card));
            assert_eq!(covered, None, "{name} at {x}, {y}, {width} pixels, {percent} %");
        }
    }
    assert!(names.iter().any(|(name, ..)| name == "file0.rs"), "{names:?}");
}

/// The names on lines, with their places.
fn find_names(element: &crate::view::Markup, names: &mut Vec<(String, i32, i32)>) {
    let at = |wanted: &str| {
        let found = element.attributes.iter().find(|(name, _)| *name == wanted);
        found.map_or("", |(_, value)| value.as_str())
    };
    if at("class") == "line-name" {
        let number = |name| at(name).parse().expect("a number");
        names.push((words(&element.children), number("x"), number("y")));
    }
    element.children.iter().for_each(|child| find_names(child, names));
}

#[test]
fn only_a_task_that_is_not_selected_is_described_beside_its_card() {
    let (mut session, _) = planned("- T1 One @owns(a)\n- T2 Two @owns(b)");
    let mut is_described = |selected: Option<&str>| {
        let picks = Picks { pointed: Some(id("T2")), selected: selected.map(id), ..Picks::default() };
        words(&drawn(&mut session, ViewRequest::Lines(picks))).contains("Two")
    };
    assert_eq!([None, Some("T1"), Some("T2")].map(&mut is_described), [true, true, false]);
}
