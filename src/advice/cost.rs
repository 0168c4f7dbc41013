//! What each method costs, and what it leaves in the main conversation.

use super::price::{self, Price, Stretch};
use super::tokens::{self, Work};
use super::work_left::WorkLeft;

/// Dollars of all tasks, each done by an agent of its own. `None` if a price is not known.
///
/// Each agent sends its instructions and what it reads and writes once, reads its conversation from the cache in each turn,
/// and writes: `(1.25·p_in·(B + grows) + cache·p_in·turns·(B + grows/2) + p_out·written) / 10⁶`.
pub fn of_agents(left: WorkLeft) -> Option<f64> {
    left.launched().into_iter().map(|task| of_agent(left, task, left.work(task))).sum()
}

/// Dollars of one agent. `None` if the price of its model is not known.
pub fn of_agent(left: WorkLeft, task: usize, work: Work) -> Option<f64> {
    let Work { turns, written, grows, .. } = work;
    let start = tokens::START;
    let price = price::of_task(&left.report.plan, left.task(task))?;
    Some(price.dollars(Stretch { start, fresh: start, grows, turns, written }))
}

/// Dollars of all tasks in one conversation, which begins each task with all that was there before. It is held with the
/// dearest model that one of them names, since a conversation has one.
pub fn of_conversation(left: WorkLeft) -> Option<f64> {
    let Some(price) = of_one_model(left)? else { return Some(0.0) };
    let (mut start, mut fresh, mut dollars) = (tokens::START, tokens::START, 0.0);
    for task in left.launched() {
        let Work { turns, written, grows, .. } = left.work(task);
        dollars += price.dollars(Stretch { start, fresh, grows, turns, written });
        (start, fresh) = (start + grows, 0.0);
    }
    Some(dollars)
}

/// Dollars of tool calls in one conversation, ten in a message.
pub fn of_calls(left: WorkLeft) -> Option<f64> {
    let Some(price) = of_one_model(left)? else { return Some(0.0) };
    let calls = left.launched();
    let turns = left.messages().len() as f64 + 1.0;
    let grows = context_of_calls(left) - tokens::START;
    let written = tokens::OF_A_CALL * calls.len() as f64;
    let start = tokens::START;
    Some(price.dollars(Stretch { start, fresh: start, grows, turns, written }))
}

/// Dollars of an asynchronous batch: one request for each task, which holds its prompt and its files.
pub fn of_batch(left: WorkLeft) -> Option<f64> {
    let plan = &left.report.plan;
    let of_request = |task: usize| {
        let price = price::of_task(plan, left.task(task))?;
        let work = left.work(task);
        Some(price.dollars_of_request(tokens::prompt(left.task(task)) + work.read, work.written))
    };
    let usual: Option<f64> = left.launched().into_iter().map(of_request).sum();
    usual.map(|usual| usual * price::of_batch(plan))
}

/// The dearest of the prices of all tasks, by output; `Some(None)` if no model does any.
fn of_one_model(left: WorkLeft) -> Option<Option<Price>> {
    let mut dearest: Option<Price> = None;
    for task in left.launched() {
        let price = price::of_task(&left.report.plan, left.task(task))?;
        if dearest.as_ref().is_none_or(|known| price.of.rate.output > known.of.rate.output) {
            dearest = Some(price);
        }
    }
    Some(dearest)
}

/// Tokens of the conversation at the end, if it does all tasks itself.
pub fn context_of_conversation(left: WorkLeft) -> f64 {
    tokens::START + left.launched().into_iter().map(|task| left.work(task).grows).sum::<f64>()
}

/// Tokens of the conversation at the end, if it makes each task as a tool call.
pub fn context_of_calls(left: WorkLeft) -> f64 {
    let of_call = |task: usize| {
        let read = tokens::read(&left.report.evidence, left.task(task));
        tokens::OF_A_CALL + read.max(tokens::OF_AN_ANSWER)
    };
    tokens::START + left.launched().into_iter().map(of_call).sum::<f64>()
}

/// Tokens of the conversation at the end, if it launches agents: it reads what to do, writes each prompt once more as it
/// launches its agent, and gets a report from each.
pub fn context_of_agents(left: WorkLeft) -> f64 {
    let of_agent = |task: usize| 2.0 * tokens::prompt(left.task(task)) + tokens::OF_A_REPORT;
    let head = tokens::HEAD_CHARACTERS / tokens::CHARACTERS;
    tokens::START + head + left.launched().into_iter().map(of_agent).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::schedule::Budget;
    use crate::text;

    /// The example of the guide, calculated by hand in `docs/advice.md`.
    #[test]
    fn the_example_of_the_guide_costs_what_the_formula_says() {
        let plan = "- T1 api-logging @owns(src/api/**) ~15m\n- T2 db-logging @owns(src/db/**) ~15m\n- T3 \
            utils-logging @owns(src/utils/**) ~10m\n- T4 logging-tests @owns(tests/logging/**) @reads(src/api/**, \
            src/db/**, src/utils/**) @after(T1, T2, T3) ~20m\n- T5 logging-docs @owns(docs/logging.md) @after(T4) ~10m\n\
            - T6 Run make lint @after(T5) @kind(verify) ~5m\n";
        let report = Report::new(text::parse(plan).plan, &Budget::default());
        let left = WorkLeft { report: &report };
        let rounded = |dollars: Option<f64>| format!("{:.2}", dollars.unwrap_or(f64::NAN));
        assert_eq!(rounded(of_agents(left)), "3.88");
        assert_eq!(rounded(of_conversation(left)), "6.00");
        assert_eq!(context_of_conversation(left), 241_500.0);
    }

    #[test]
    fn an_unknown_model_has_no_price() {
        let plan = "- T1 a @owns(a)\n- T2 b @owns(b) @model(gpt-5)\n";
        let report = Report::new(text::parse(plan).plan, &Budget::default());
        let left = WorkLeft { report: &report };
        assert_eq!((of_agents(left), of_conversation(left), of_batch(left)), (None, None, None));
    }
}
