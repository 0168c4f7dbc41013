//! Arbitrary plans for property tests. Fields get their values by shape, so every field is covered.

use phaseplan::Plan;
use phaseplan::plan::edit::TaskChange;
use phaseplan::plan::price::{Decimal, LongPrompt, ModelPrice, Prices, Rate};
use phaseplan::plan::{
    Efficiency, Estimate, Field, FieldMut, FieldRef, Minutes, Resource, Settings, Shape, Task, TaskId,
    UnknownFields,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The parts of generated plans.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Any text.
    pub text: BoxedStrategy<String>,
    /// An id of a task.
    pub id: BoxedStrategy<String>,
    /// Fields that the program does not know.
    pub unknown: BoxedStrategy<UnknownFields>,
    /// The most tasks in a plan.
    pub tasks: usize,
}

/// A plan, not in normal form.
pub fn any_plan(parts: &Parts) -> impl Strategy<Value = Plan> + use<> {
    let optional = optional(&parts.text);
    let minutes = (any_minutes(any::<u32>()), any_minutes(0..100u32));
    let money = any_prices(&parts.text);
    let settings = (any::<u32>(), minutes, any::<bool>(), any_order(), vec(parts.text.clone(), 0..3), money);
    let settings =
        settings.prop_map(|(max_parallel, minutes, unknown_beside, order, agents, prices)| Settings {
            max_parallel,
            default_minutes: minutes.0,
            phase_overhead: minutes.1,
            unknown_beside,
            groups_in_order: order.0,
            efficiency: order.1,
            agents,
            prices,
        });
    let settings = prop_oneof![Just(Settings::default()), settings];
    let resource =
        (parts.text.clone(), any::<u32>()).prop_map(|(name, capacity)| Resource { name, capacity });
    let head = (optional.clone(), parts.text.clone(), optional, settings, vec(resource, 0..3));
    (head, vec(any_task(parts), 0..=parts.tasks), parts.unknown.clone()).prop_map(
        |((id, title, goal, settings, resources), tasks, unknown)| Plan {
            id,
            title,
            goal,
            settings,
            resources,
            tasks,
            unknown,
        },
    )
}

fn any_prices(text: &BoxedStrategy<String>) -> impl Strategy<Value = Prices> + use<> {
    let decimal = || any::<u32>().prop_map(|number| Decimal::of_ten_thousandths(number % 1_000_000_001));
    let rate = move || (decimal(), decimal()).prop_map(|(input, output)| Rate { input, output });
    let above = (any::<u32>(), rate()).prop_map(|(tokens, rate)| LongPrompt { tokens, rate });
    let model = prop_oneof![text.clone(), "[a-z][a-z0-9.-]{0,8}"];
    let price = (model, rate(), proptest::option::of(above)).prop_map(|(model, rate, above)| ModelPrice {
        model,
        rate,
        above,
    });
    let factor = || proptest::option::of(decimal());
    (vec(price, 0..3), factor(), factor()).prop_map(|(models, cache, batch)| Prices { models, cache, batch })
}

/// A task, not in normal form.
pub fn any_task(parts: &Parts) -> impl Strategy<Value = Task> + use<> {
    let changes: Vec<_> = Field::OF_TASK.iter().map(|field| any_change(*field, parts)).collect();
    (parts.id.clone(), changes, parts.unknown.clone()).prop_map(|(id, changes, unknown)| {
        let mut task = Task { id: TaskId(id), unknown, ..Task::default() };
        for change in changes {
            change.swap_into(&mut task);
        }
        task
    })
}

/// A new value for this field of a task.
pub fn any_change(field: Field, parts: &Parts) -> BoxedStrategy<TaskChange> {
    if field.shape() == Shape::Minutes {
        return any_estimate(field);
    }
    let change = move |value| TaskChange::from_json(field, &value).expect("a value of its shape");
    any_value(field, parts).prop_map(change).boxed()
}

fn any_value(field: Field, parts: &Parts) -> BoxedStrategy<Value> {
    let Parts { text, id, .. } = parts;
    match field.shape() {
        Shape::Words => text.clone().prop_map(Value::from).boxed(),
        Shape::Prose => optional(text).prop_map(Value::from).boxed(),
        // A few tasks share a name.
        Shape::Name => {
            prop_oneof![1 => Just("G".to_owned()), 3 => optional(text)].prop_map(Value::from).boxed()
        }
        Shape::Patterns | Shape::Statements => vec(text.clone(), 0..3).prop_map(Value::from).boxed(),
        Shape::Ids => vec(id.clone(), 0..4).prop_map(Value::from).boxed(),
        Shape::Uses => {
            let amount = prop_oneof![0..3u32, any::<u32>()];
            let used = (text.clone(), amount)
                .prop_map(|(resource, amount)| json!({"resource": resource, "amount": amount}));
            vec(used, 0..3).prop_map(Value::from).boxed()
        }
        Shape::Choice => prop::sample::select(words_of(field)).prop_map(Value::from).boxed(),
        Shape::Acceptances => {
            let accepted = (prop_oneof![id.clone(), text.clone()], text.clone())
                .prop_map(|(task, reason)| json!({"task": task, "reason": reason}));
            vec(accepted, 0..2).prop_map(Value::from).boxed()
        }
        Shape::Json => any_json(text),
        Shape::Minutes | Shape::Settings | Shape::Resources => Just(Value::Null).boxed(),
    }
}

/// Any JSON, most often null or a text.
pub fn any_json(text: &BoxedStrategy<String>) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        2 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        2 => text.clone().prop_map(Value::from),
    ];
    let text = text.clone();
    let nested = leaf.prop_recursive(3, 8, 3, move |inner| {
        let fields = vec((text.clone(), inner.clone()), 0..3);
        prop_oneof![
            vec(inner, 0..3).prop_map(Value::from),
            fields.prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    });
    nested.boxed()
}

/// Whether groups wait, and how much of its speed a command keeps.
fn any_order() -> impl Strategy<Value = (bool, Efficiency)> {
    let efficiency = (1..=1_000u32)
        .prop_filter_map("a share", |thousandths| Efficiency::of_number(f64::from(thousandths) / 1_000.0));
    (any::<bool>(), efficiency)
}

/// Whole minutes, or as many seconds.
fn any_minutes(numbers: impl Strategy<Value = u32>) -> impl Strategy<Value = Minutes> {
    let minutes = |(number, whole): (u32, bool)| match whole {
        true => Minutes::whole(number),
        false => Minutes::of_seconds(number.into()),
    };
    (numbers, any::<bool>()).prop_map(minutes)
}

/// Minutes in any order, which JSON would correct.
fn any_estimate(field: Field) -> BoxedStrategy<TaskChange> {
    let estimate = (any_minutes(any::<u32>()), any_minutes(0..200u32), any_minutes(0..200u32));
    let estimate = estimate.prop_map(|(low, likely, high)| Estimate { low, likely, high });
    let change = move |estimate| {
        let mut task = Task::default();
        if let Some(FieldMut::Minutes(minutes)) = task.field_mut(field) {
            *minutes = estimate;
        }
        task.change_to(field).expect("a field of tasks")
    };
    proptest::option::of(estimate).prop_map(change).boxed()
}

fn words_of(field: Field) -> Vec<&'static str> {
    match Task::default().field(field) {
        Some(FieldRef::Choice(choice)) => choice.names(),
        _ => Vec::new(),
    }
}

fn optional(text: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop_oneof![2 => Just(String::new()), 1 => text.clone()].boxed()
}
