//! Every field in the list of fields: its value survives all formats, and can be shown, changed, compared and
//! commented on.

use phaseplan::compare::{compare_plans, edits};
use phaseplan::import::plan_json::from_json;
use phaseplan::plan::edit::TaskChange;
use phaseplan::plan::normal::normalise;
use phaseplan::plan::{Edit, Field, FieldRef, Shape, Task, TaskId};
use phaseplan::review::{Anchor, Standing};
use phaseplan::schedule::Budget;
use phaseplan::share::{self, Contents};
use phaseplan::text::{Spelling, parse, print, rewrite};
use phaseplan::{Plan, Report};
use serde_json::{Value, json};

/// Values for a field of this shape, all different from that of an empty task.
fn examples(field: Field) -> Vec<Value> {
    match field.shape() {
        Shape::Words => vec![json!("Add a parser"), json!("@owns(x), ~20m `y`")],
        Shape::Prose => vec![json!("Do."), json!("@owns(x)\n\n  and \"more\".")],
        Shape::Name => vec![json!("codex"), json!("a (b) \"c\"")],
        Shape::Patterns => vec![json!(["src/**"]), json!(["a, b/*.rs", "!x"])],
        Shape::Statements => vec![json!(["cargo test"]), json!(["a, b", "c `d`"])],
        Shape::Ids => vec![json!(["T2"]), json!(["T2", "an id"])],
        Shape::Uses => vec![json!([{"resource": "db", "amount": 1}, {"resource": "a b 2", "amount": 3}])],
        Shape::Minutes => vec![json!(20), json!({"low": 1, "likely": 2, "high": 90})],
        Shape::Choice => match Task::default().field(field) {
            Some(FieldRef::Choice(choice)) => choice.names().into_iter().skip(1).map(Value::from).collect(),
            _ => Vec::new(),
        },
        Shape::Acceptances => {
            vec![json!([{"task": "T2", "reason": "only adds: a file"}, {"task": "x", "reason": ""}])]
        }
        Shape::Json => vec![
            json!("findings"),
            json!("5"),
            json!("  @owns(x) `y`\n"),
            json!(5),
            json!(["a", "b"]),
            json!({"name": "x", "items": {"type": ["a) @b(", null, 1.5]}}),
        ],
        Shape::Settings | Shape::Resources => Vec::new(),
    }
}

/// A plan of two tasks.
fn plain() -> Plan {
    parse("# P\n- T1\n- T2 Other\n").plan
}

/// Runs a check for each example of each field, with plans whose first task has the value or not.
fn for_each_value(check: impl Fn(Field, &Plan, &Plan)) {
    for field in Field::OF_TASK {
        let values = examples(field);
        assert!(!values.is_empty(), "{} has examples", field.name());
        for value in values {
            let mut plan = plain();
            let change = TaskChange::from_json(field, &value).expect("a value of its shape");
            change.swap_into(&mut plan.tasks[0]);
            assert_eq!(normalise(&mut plan), [], "{} {value}", field.name());
            assert!(!field.is_same(&plan.tasks[0], &Task::default()), "{} {value}", field.name());
            check(field, &plan, &plain());
        }
    }
}

#[test]
fn text_holds_every_field() {
    for_each_value(|field, plan, _| {
        for spelling in [Spelling::Typing, Spelling::Document] {
            let text = print(plan, spelling);
            assert_eq!(parse(&text).plan, *plan, "{}: {text}", field.name());
            assert_eq!(parse(&text).plan.tasks[0].unknown.len(), 0, "{}: {text}", field.name());
        }
    });
}

#[test]
fn json_holds_every_field() {
    for_each_value(|field, plan, _| {
        let written = serde_json::to_value(plan).expect("a plan has JSON");
        assert_eq!(from_json(&written), Ok((plan.clone(), Vec::new())), "{written}");
        assert_eq!(written["tasks"][0][field.name()], plan.tasks[0].field_as_json(field).unwrap());
        assert_eq!(serde_json::from_value::<Plan>(written).unwrap(), *plan);
    });
}

#[test]
fn links_hold_every_field() {
    for_each_value(|field, plan, _| {
        let link = share::link(plan, Contents::Full).expect("a small plan has a link");
        let opened = share::open(&link.at("https://plans.example/")).expect("it opens");
        assert_eq!((&opened.plan, opened.notes), (plan, Vec::new()), "{}", field.name());
    });
}

#[test]
fn forms_show_every_field_and_read_it_again() {
    for_each_value(|field, plan, _| {
        let value = plan.tasks[0].field(field).expect("a field of tasks");
        for separator in ["\n", ", "] {
            let shown = value.show(separator);
            assert!(!shown.is_empty(), "{}", field.name());
            // A comma separates values even within one.
            if !shown.contains("a, b") && !shown.contains("a b 2") {
                assert_eq!(field.read(&shown).ok(), plan.tasks[0].change_to(field), "{shown}");
            }
        }
    });
}

#[test]
fn every_field_can_be_changed_and_changed_back() {
    for_each_value(|field, plan, before| {
        let change = plan.tasks[0].change_to(field).expect("a field of tasks");
        let mut changed = before.clone();
        let back =
            Edit::ChangeTask { id: "T1".into(), change }.apply(&mut changed).expect("the task is there");
        assert_eq!(changed, *plan, "{}", field.name());
        let text = print(before, Spelling::Typing);
        assert_eq!(parse(&rewrite(&text, before, plan)).plan, *plan, "{}", field.name());
        back.apply(&mut changed);
        assert_eq!(changed, *before, "{}", field.name());
    });
}

#[test]
fn a_difference_in_any_field_is_listed() {
    for_each_value(|field, plan, before| {
        let comparison = compare_plans(before, plan, &Budget::default());
        let differing: Vec<Field> = comparison.changed[0].fields.iter().map(|change| change.field).collect();
        assert_eq!(differing, [field]);
        let change = &comparison.changed[0].fields[0];
        assert_ne!(change.before, change.after, "{}", field.name());
        let expected = Edit::ChangeTask {
            id: "T1".into(),
            change: plan.tasks[0].change_to(field).expect("a field of tasks"),
        };
        assert_eq!(edits(before, plan), [expected]);
    });
}

#[test]
fn every_field_can_be_commented_on_and_suggested() {
    for_each_value(|field, plan, before| {
        let task = TaskId::from("T1");
        let anchor = Anchor::at(plan, Some(&task), Some(field), "").expect("it is there");
        assert_eq!(anchor.standing(plan), Standing::Live(None), "{}", field.name());
        assert_eq!(anchor.standing(before), Standing::Stale, "{}", field.name());
        let suggested = plan.tasks[0].field_as_json(field).expect("a field of tasks");
        let mut changed = before.clone();
        Edit::from_json(Some(&task), field, &suggested).expect("it can be suggested").apply(&mut changed);
        assert_eq!(changed, *plan);
    });
}

#[test]
fn values_of_any_size_and_sort_are_planned() {
    for_each_value(|_, plan, _| {
        let report = Report::new(plan.clone(), &Budget::default());
        assert_eq!(report.plan, *plan);
    });
}

#[test]
fn every_field_is_in_the_documents() {
    let plan_json = include_str!("../docs/plan-json.md");
    let plan_text = include_str!("../docs/plan-text.md");
    let schema: Value = serde_json::from_str(include_str!("../docs/phaseplan.schema.json")).unwrap();
    for field in Field::OF_TASK {
        let name = field.name();
        assert!(
            plan_json.contains(&format!("| `{name}`")) || plan_json.contains(&format!(", `{name}` |")),
            "{name}"
        );
        assert!(schema["$defs"]["Task"]["properties"][name].is_object(), "{name}");
        let is_described = field.tag().is_none_or(|tag| plan_text.contains(&format!("`@{tag}(")));
        assert!(is_described, "{name}");
    }
}
