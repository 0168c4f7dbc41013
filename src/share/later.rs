//! What was added to plans after format 1 of links.
//!
//! It travels among the unknown fields: a program that doesn't know it preserves it. What an older program may
//! have changed since counts as it left it.

use serde_json::Value;

use crate::plan::edit::TaskChange;
use crate::plan::{Efficiency, Estimate, Field, Kind, Minutes, Plan, Prices, Settings, Task, UnknownFields};

/// The task fields that format 1 codes. This list never changes.
const CODED: [Field; 14] = [
    Field::Group,
    Field::Title,
    Field::Owns,
    Field::Reads,
    Field::After,
    Field::Uses,
    Field::Minutes,
    Field::Agent,
    Field::Model,
    Field::Kind,
    Field::Status,
    Field::Instructions,
    Field::Checks,
    Field::Accepts,
];

/// Estimates that are not of whole minutes, in seconds: a number, or low, likely and high.
const SECONDS: &str = "exact_seconds";
/// The default minutes and the overhead of a phase in seconds, if they are not whole minutes.
const DEFAULT_SECONDS: &str = "exact_default_seconds";
const OVERHEAD_SECONDS: &str = "exact_overhead_seconds";
/// The setting that lets tasks without files run beside others.
const BESIDE: &str = "unknown_beside";
/// The setting that has groups wait for each other.
const IN_ORDER: &str = "groups_in_order";
/// The setting that says how much commands slow each other down.
const EFFICIENCY: &str = "efficiency";
/// What tokens cost.
const PRICES: &str = "prices";
/// The kind of a task that format 1 doesn't have; it is coded as [`Kind::Verify`], which changes nothing
/// either.
const KIND: &str = "kind";

/// The kinds that format 1 codes. This list never changes.
pub const KINDS: [Kind; 8] = [
    Kind::Change,
    Kind::Research,
    Kind::Test,
    Kind::Docs,
    Kind::Config,
    Kind::Integrate,
    Kind::Verify,
    Kind::Gate,
];

/// The settings as format 1 codes them: times in whole minutes, rounded up.
pub fn as_of_format_1(settings: &Settings) -> Settings {
    Settings {
        unknown_beside: false,
        groups_in_order: false,
        efficiency: Efficiency::default(),
        prices: Prices::default(),
        default_minutes: settings.default_minutes.rounded_up().into(),
        phase_overhead: settings.phase_overhead.rounded_up().into(),
        ..settings.clone()
    }
}

/// Moves settings that format 1 doesn't code to the unknown fields.
pub fn move_settings_to_unknown(plan: &mut Plan) {
    let Plan { settings, unknown, .. } = plan;
    if settings.unknown_beside {
        unknown.insert(BESIDE.to_owned(), true.into());
    }
    if settings.groups_in_order {
        unknown.insert(IN_ORDER.to_owned(), true.into());
    }
    if !settings.efficiency.is_usual() {
        unknown.insert(EFFICIENCY.to_owned(), f64::from(settings.efficiency).into());
    }
    if !settings.prices.is_empty()
        && let Ok(prices) = serde_json::to_value(&settings.prices)
    {
        unknown.insert(PRICES.to_owned(), prices);
    }
    for (name, minutes) in
        [(DEFAULT_SECONDS, settings.default_minutes), (OVERHEAD_SECONDS, settings.phase_overhead)]
    {
        if !minutes.is_whole() {
            unknown.insert(name.to_owned(), minutes.seconds().into());
        }
    }
}

/// Moves settings that format 1 doesn't code back from the unknown fields.
pub fn move_settings_from_unknown(plan: &mut Plan) {
    let Plan { settings, unknown, .. } = plan;
    if unknown.get(BESIDE) == Some(&true.into()) {
        unknown.shift_remove(BESIDE);
        settings.unknown_beside = true;
    }
    if unknown.get(IN_ORDER) == Some(&true.into()) {
        unknown.shift_remove(IN_ORDER);
        settings.groups_in_order = true;
    }
    let efficiency = unknown.get(EFFICIENCY).and_then(Value::as_f64).and_then(Efficiency::of_number);
    if let Some(efficiency) = efficiency {
        unknown.shift_remove(EFFICIENCY);
        settings.efficiency = efficiency;
    }
    if let Some(prices) = unknown.get(PRICES).and_then(|value| serde_json::from_value(value.clone()).ok()) {
        unknown.shift_remove(PRICES);
        settings.prices = prices;
    }
    for (name, minutes) in
        [(DEFAULT_SECONDS, &mut settings.default_minutes), (OVERHEAD_SECONDS, &mut settings.phase_overhead)]
    {
        if let Some(exact) = unknown.get(name).and_then(|value| exact(value, *minutes)) {
            *minutes = exact;
            unknown.shift_remove(name);
        }
    }
}

/// Moves a kind that format 1 doesn't code to the unknown fields, and puts another in its place.
pub fn move_kind_to_unknown(task: &mut Task) {
    if !KINDS.contains(&task.kind) {
        task.unknown.insert(KIND.to_owned(), task.kind.name().into());
        task.kind = Kind::Verify;
    }
}

/// Moves fields that format 1 doesn't code to the unknown ones.
pub fn move_fields_to_unknown(task: &mut Task) {
    let empty = Task::default();
    for field in later_fields() {
        if let Some(value) = task.field_as_json(field).filter(|_| !field.is_same(task, &empty)) {
            task.unknown.insert(field.name().to_owned(), value);
        }
    }
    if let Some(estimate) = task.minutes {
        let parts = [estimate.low, estimate.likely, estimate.high];
        if parts.iter().any(|part| !part.is_whole()) {
            let seconds = parts.map(Minutes::seconds);
            let value = if estimate.is_exact() { seconds[1].into() } else { seconds.to_vec().into() };
            task.unknown.insert(SECONDS.to_owned(), value);
        }
    }
}

/// Moves fields that format 1 doesn't code back from the unknown ones. Values of another type stay there.
pub fn move_fields_from_unknown(task: &mut Task) {
    for field in later_fields() {
        let change = task.unknown.get(field.name()).and_then(|value| TaskChange::from_json(field, value));
        if let Some(change) = change {
            task.unknown.shift_remove(field.name());
            change.swap_into(task);
        }
    }
    let kind = task.unknown.get(KIND).and_then(Value::as_str).and_then(Kind::from_name);
    if let Some(kind) = kind.filter(|kind| task.kind == Kind::Verify && !KINDS.contains(kind)) {
        task.kind = kind;
        task.unknown.shift_remove(KIND);
    }
    if let Some(estimate) = exact_estimate(task.minutes, &task.unknown) {
        task.minutes = Some(estimate);
        task.unknown.shift_remove(SECONDS);
    }
}

fn later_fields() -> impl Iterator<Item = Field> {
    Field::OF_TASK.into_iter().filter(|field| !CODED.contains(field))
}

/// The estimate to the second, if it still rounds to the one in minutes.
fn exact_estimate(minutes: Option<Estimate>, unknown: &UnknownFields) -> Option<Estimate> {
    let (minutes, seconds) = (minutes?, unknown.get(SECONDS)?);
    let [low, likely, high] = match seconds {
        Value::Array(parts) => [parts.first()?, parts.get(1)?, parts.get(2)?],
        one => [one; 3],
    };
    let (low, likely, high) =
        (exact(low, minutes.low)?, exact(likely, minutes.likely)?, exact(high, minutes.high)?);
    let estimate = Estimate::between(low, likely, high);
    (estimate == Estimate { low, likely, high }).then_some(estimate)
}

/// The length of a number of seconds, if it still rounds to these minutes.
fn exact(seconds: &Value, minutes: Minutes) -> Option<Minutes> {
    let exact = Minutes::of_seconds(seconds.as_u64()?);
    (Minutes::whole(exact.rounded_up()) == minutes).then_some(exact)
}
