//! Advice about the plan: the answer, what may change it, why, and the figures with what they rest on.

use super::act::ViewOption;
use super::markup::{Markup, button, markup};
use super::test_name as test;
use crate::advice::amounts::{price, time, tokens};
use crate::advice::method::BATCH;
use crate::advice::words::name;
use crate::advice::{Advice, Circumstances, Method, advise};
use crate::report::Report;

/// With more tasks, drawing waits for no schedules with other numbers of agents.
const MOST_TASKS: usize = 60;

/// The pane. `by_tomorrow` and `is_interactive` are what the user says about the hour and about steering.
pub fn advice(report: &Report, by_tomorrow: bool, is_interactive: bool) -> Vec<Markup> {
    if report.plan.tasks.is_empty() {
        return vec![markup("p", "empty").text("Advice appears here as soon as there is a task.")];
    }
    let circumstances = Circumstances {
        by: by_tomorrow.then_some(BATCH),
        is_interactive,
        with_schedules: report.plan.tasks.len() <= MOST_TASKS,
        ..Circumstances::default()
    };
    let advice = advise(report, &circumstances);
    let answer = markup("p", "advice-answer")
        .set("data-test", test::ADVICE_ANSWER)
        .set("role", "status")
        .text(&advice.answer);
    if advice.reasons.is_empty() {
        return vec![answer];
    }
    let why = advice.reasons.iter().map(|reason| markup("p", "").sentence(reason));
    let mut parts = vec![answer, choices(by_tomorrow, is_interactive)];
    parts.push(section("Why", why.collect()));
    parts.push(section("Methods", advice.methods.iter().map(|method| of_method(&advice, method)).collect()));
    if !advice.cost.by_agents.is_empty() {
        parts.push(section("By how many agents at once", vec![by_agents(&advice)]));
    }
    parts.push(section("How sure", vec![markup("p", "").sentence(&advice.certainty)]));
    parts.push(assumptions(&advice));
    vec![markup("div", "advice").children(parts)]
}

/// The two answers that a plan does not have.
fn choices(by_tomorrow: bool, is_interactive: bool) -> Markup {
    let choice = |option: ViewOption, test: &str, words: &str, is_on: bool| {
        button("button")
            .toggles(option)
            .set("data-test", test)
            .set("aria-pressed", if is_on { "true" } else { "false" })
            .text(words)
    };
    let tomorrow = "Tomorrow is soon enough";
    markup("p", "advice-choices")
        .child(choice(ViewOption::ByTomorrow, test::ADVICE_BY_TOMORROW, tomorrow, by_tomorrow))
        .child(choice(ViewOption::Steering, test::ADVICE_STEERING, "I want to steer", is_interactive))
}

fn section(title: &str, parts: Vec<Markup>) -> Markup {
    markup("section", "").child(markup("h3", "").text(title)).children(parts)
}

/// A method, which opens to what its figures consist of.
fn of_method(advice: &Advice, method: &Method) -> Markup {
    let is_best = method.id == advice.best;
    let figures = match method.figures {
        None => "not possible".to_owned(),
        Some(figures) => {
            let context = match figures.context {
                0.0 => "no conversation".to_owned(),
                context => format!("{} tokens at the end", tokens(context)),
            };
            format!("{} · {} · {context}", time(figures.minutes), price(figures.cost))
        }
    };
    let class = match method.figures {
        _ if is_best => "advice-method is-best",
        None => "advice-method is-impossible",
        Some(_) => "advice-method",
    };
    let best = if is_best { " (best)" } else { "" };
    let summary = markup("summary", "")
        .child(markup("b", "").text(&format!("{}{best}", Advice::label(method.id))))
        .text(&format!(" {figures}"));
    markup("details", class).key(name(method.id)).child(summary).child(markup("p", "").sentence(&method.why))
}

fn by_agents(advice: &Advice) -> Markup {
    let cells = |tag: &'static str, cells: [String; 3]| {
        markup("tr", "").children(cells.iter().map(|cell| markup(tag, "").text(cell)).collect())
    };
    let head = cells("th", ["Agents", "Time", "Price"].map(str::to_owned));
    let rows = advice.cost.by_agents.iter();
    let rows = rows.map(|row| cells("td", [row.agents.to_string(), time(row.minutes), price(row.cost)]));
    markup("table", "")
        .child(markup("thead", "").child(head))
        .child(markup("tbody", "").children(rows.collect()))
}

fn assumptions(advice: &Advice) -> Markup {
    let list = advice.assumptions.iter().map(|one| markup("li", "").sentence(&one.sentence));
    markup("details", "advice-method")
        .key("assumptions")
        .child(markup("summary", "").text("What the figures rest on"))
        .child(markup("ul", "").children(list.collect()))
}
