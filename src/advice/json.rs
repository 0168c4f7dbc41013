//! Advice as JSON, for programs. The field names are a contract, described in `docs/command-line.md`. Figures are not
//! rounded.

use serde::Serialize;
use serde_json::{Value, json};

use super::figures::{self, Method, MethodId};
use super::patterns::Pattern;
use super::tokens;
use super::{Advice, Circumstances};
use crate::report::Report;
use indexmap::IndexMap;

/// Advice in the form of the command `advise` and of the report.
#[derive(Debug, Serialize)]
pub struct Written<'a> {
    method: WrittenMethods<'a>,
    path: Vec<WrittenStep<'a>>,
    pattern: Vec<Value>,
    risk: WrittenRisk<'a>,
    cost: WrittenCost,
    context: WrittenContext,
    assumptions: Vec<WrittenAssumption<'a>>,
}

#[derive(Debug, Serialize)]
struct WrittenMethods<'a> {
    best: &'static str,
    answer: &'a str,
    reasons: &'a [String],
    methods: Vec<WrittenMethod<'a>>,
    groups: Vec<WrittenGroup<'a>>,
}

#[derive(Debug, Serialize)]
struct WrittenMethod<'a> {
    id: &'static str,
    possible: bool,
    why: &'a str,
    minutes: Option<f64>,
    cost: Option<f64>,
    context: Option<f64>,
}

#[derive(Debug, Serialize)]
struct WrittenGroup<'a> {
    tasks: Vec<&'a str>,
    best: &'static str,
    methods: Vec<WrittenMethod<'a>>,
}

#[derive(Debug, Serialize)]
struct WrittenStep<'a> {
    question: &'static str,
    answer: &'a str,
}

#[derive(Debug, Serialize)]
struct WrittenRisk<'a> {
    p50: f64,
    p90: f64,
    critical: IndexMap<&'a str, f64>,
    rolling: Option<WrittenQuantiles>,
    draws: usize,
    seed: u64,
    matters_most: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct WrittenQuantiles {
    p50: f64,
    p90: f64,
}

#[derive(Debug, Serialize)]
struct WrittenCost {
    best: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fits: Option<bool>,
    agents: Vec<WrittenRow>,
}

#[derive(Debug, Serialize)]
struct WrittenRow {
    agents: u32,
    minutes: f64,
    cost: Option<f64>,
}

#[derive(Debug, Serialize)]
struct WrittenContext {
    start: f64,
    window: f64,
    direct: Option<f64>,
    best: Option<f64>,
}

#[derive(Debug, Serialize)]
struct WrittenAssumption<'a> {
    name: &'a str,
    value: f64,
    unit: &'static str,
    sentence: &'a str,
}

/// Puts advice into the form of the files.
pub fn written<'a>(report: &'a Report, advice: &'a Advice, circumstances: &Circumstances) -> Written<'a> {
    let id = |task: usize| report.plan.tasks[task].id.as_str();
    let context = |id: MethodId| figures::figures_of(&advice.methods, id).map(|figures| figures.context);
    let groups = advice.groups.iter().map(|group| WrittenGroup {
        tasks: group.tasks.iter().map(|&task| id(task)).collect(),
        best: group.best.name(),
        methods: group.methods.iter().map(written_method).collect(),
    });
    Written {
        method: WrittenMethods {
            best: advice.best.name(),
            answer: &advice.answer,
            reasons: &advice.reasons,
            methods: advice.methods.iter().map(written_method).collect(),
            groups: groups.collect(),
        },
        path: advice
            .path
            .iter()
            .map(|step| WrittenStep { question: step.question, answer: &step.answer })
            .collect(),
        pattern: patterns(report),
        risk: written_risk(report, advice, circumstances),
        cost: written_cost(advice, circumstances),
        context: WrittenContext {
            start: tokens::START,
            window: tokens::WINDOW,
            direct: context(MethodId::Direct),
            best: context(advice.best),
        },
        assumptions: advice
            .assumptions
            .iter()
            .map(|one| WrittenAssumption {
                name: &one.name,
                value: one.value,
                unit: one.unit,
                sentence: &one.sentence,
            })
            .collect(),
    }
}

/// The patterns of the plan.
fn patterns(report: &Report) -> Vec<Value> {
    let written = |pattern: &Pattern| {
        let better = pattern.better.as_ref().map(|better| &better.sentence);
        let Pattern { id, evidence, benefit, tasks, .. } = pattern;
        json!({"id": id, "evidence": evidence, "benefit": benefit, "tasks": tasks, "better": better})
    };
    super::patterns::patterns(report).iter().map(written).collect()
}

fn written_method(method: &Method) -> WrittenMethod<'_> {
    WrittenMethod {
        id: method.id.name(),
        possible: method.figures.is_some(),
        why: &method.why,
        minutes: method.figures.map(|figures| figures.minutes),
        cost: method.figures.and_then(|figures| figures.cost),
        context: method.figures.map(|figures| figures.context),
    }
}

fn written_risk<'a>(report: &'a Report, advice: &Advice, circumstances: &Circumstances) -> WrittenRisk<'a> {
    let id = |task: usize| report.plan.tasks[task].id.as_str();
    let risk = &advice.risk;
    WrittenRisk {
        p50: risk.phased.p50,
        p90: risk.phased.p90,
        critical: risk.critical.iter().map(|(task, share)| (id(*task), *share)).collect(),
        rolling: risk.rolling.map(|rolling| WrittenQuantiles { p50: rolling.p50, p90: rolling.p90 }),
        draws: risk.draws,
        seed: circumstances.seed,
        matters_most: risk.matters_most.map(id),
    }
}

fn written_cost(advice: &Advice, circumstances: &Circumstances) -> WrittenCost {
    let rows = advice.cost.by_agents.iter();
    WrittenCost {
        best: figures::figures_of(&advice.methods, advice.best).and_then(|figures| figures.cost),
        low: advice.cost.range.map(|range| range.0),
        high: advice.cost.range.map(|range| range.1),
        quota: circumstances.quota,
        fits: advice.cost.fits,
        agents: rows
            .map(|row| WrittenRow { agents: row.agents, minutes: row.minutes, cost: row.cost })
            .collect(),
    }
}
