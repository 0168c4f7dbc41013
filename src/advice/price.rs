//! What tokens cost: the list prices, and those that the plan gives instead.

use crate::agents::Model;
use crate::doer;
use crate::plan::price::{Decimal, LongPrompt, ModelPrice, Rate};
use crate::plan::{Plan, Task};

/// The day on which the list prices were last compared with the published ones.
pub const AS_OF: &str = "24 October 2026";
/// The model of a task that names none.
pub const DEFAULT_MODEL: &str = "opus";
/// What a token costs that is written to the cache, as a share of the price of input.
pub const CACHE_WRITE: f64 = 1.25;
/// What an asynchronous batch costs, as a share of the usual price.
pub const BATCH: Decimal = Decimal::of_ten_thousandths(5_000);

/// A row of the list: the model, dollars for a million tokens of input and output, and the share of the price of input
/// that a token from the cache costs; all in ten-thousandths.
struct Listed {
    model: &'static str,
    rate: [u32; 2],
    above: Option<(u32, [u32; 2])>,
    cache: u32,
}

/// The list prices of [`AS_OF`]: Fable 5.1, Opus 5.5, Sonnet 5.5, Haiku 5.5.
static LIST: [Listed; 4] = [
    Listed { model: "fable", rate: [100_000, 500_000], above: None, cache: 250 },
    Listed { model: "opus", rate: [40_000, 200_000], above: None, cache: 500 },
    Listed { model: "sonnet", rate: [20_000, 100_000], above: None, cache: 500 },
    Listed { model: "haiku", rate: [1_000, 5_000], above: Some((100_000, [5_000, 25_000])), cache: 1_000 },
];

/// The share of the price of input that a token from the cache costs, if the list does not know the model.
const USUAL_CACHE: u32 = 1_000;

/// The price of a model, for this plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// The rates, by the name of the model.
    pub of: ModelPrice,
    /// What a token from the cache costs, as a share of the price of input.
    pub cache: f64,
    /// Whether the plan gives the rates, and not the list.
    pub is_of_plan: bool,
}

/// The price for a task; `None` for a model that neither the plan nor the list has a price for.
pub fn of_task(plan: &Plan, task: &Task) -> Option<Price> {
    let alias = doer::model(task);
    match Model::of(&task.model) {
        Model::Inherited => of_model(plan, alias.unwrap_or(DEFAULT_MODEL)),
        // A price for exactly this version comes before that of its family.
        _ => in_plan(plan, task.model.trim()).or_else(|| of_model(plan, alias?)),
    }
}

/// The price of a model with this alias.
pub fn of_model(plan: &Plan, model: &str) -> Option<Price> {
    in_plan(plan, model).or_else(|| {
        let listed = LIST.iter().find(|listed| listed.model == model)?;
        let above = listed.above.map(|(tokens, of)| LongPrompt { tokens, rate: rate(of) });
        let of = ModelPrice { model: model.to_owned(), rate: rate(listed.rate), above };
        Some(Price { of, cache: cache(plan, model), is_of_plan: false })
    })
}

fn in_plan(plan: &Plan, model: &str) -> Option<Price> {
    let given = plan.settings.prices.models.iter().find(|known| known.model.eq_ignore_ascii_case(model))?;
    Some(Price { of: given.clone(), cache: cache(plan, model), is_of_plan: true })
}

fn rate([input, output]: [u32; 2]) -> Rate {
    Rate { input: Decimal::of_ten_thousandths(input), output: Decimal::of_ten_thousandths(output) }
}

fn cache(plan: &Plan, model: &str) -> f64 {
    let alias = match Model::of(model) {
        Model::Alias(alias) | Model::Full(alias) => alias,
        _ => "",
    };
    let listed = LIST.iter().find(|listed| listed.model == alias).map_or(USUAL_CACHE, |listed| listed.cache);
    plan.settings.prices.cache.unwrap_or(Decimal::of_ten_thousandths(listed)).value()
}

/// What an asynchronous batch costs in this plan, as a share of the usual price.
pub fn of_batch(plan: &Plan) -> f64 {
    plan.settings.prices.batch.unwrap_or(BATCH).value()
}

/// A conversation, or a part of one: its prompt grows evenly from turn to turn.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Stretch {
    /// Tokens of the prompt at the start.
    pub start: f64,
    /// How many of them are sent for the first time.
    pub fresh: f64,
    /// Tokens by which the prompt grows.
    pub grows: f64,
    /// Turns; each reads the prompt so far from the cache.
    pub turns: f64,
    /// Tokens that the model writes.
    pub written: f64,
}

impl Price {
    /// The dollars of a stretch: what is sent for the first time goes into the cache, what was there before is read from
    /// it in each turn, and what the model writes is output. Turns above the limit of long prompts are paid at their
    /// rate, every token of them.
    pub fn dollars(&self, stretch: Stretch) -> f64 {
        let Stretch { start, fresh, grows, turns, written } = stretch;
        let below = self.share_below(start, grows);
        let usual = self.of.rate;
        let long = self.of.above.map_or(usual, |above| above.rate);
        let [input, output] = [usual.input.value(), usual.output.value()];
        let [long_input, long_output] = [long.input.value(), long.output.value()];
        let above = 1.0 - below;
        let first = if below > 0.0 { input } else { long_input };
        let sent = CACHE_WRITE * (first * fresh + grows * (below * input + above * long_input));
        let read_below = start * below + grows * below * below / 2.0;
        let read_above = start * above + grows * (1.0 - below * below) / 2.0;
        let read = self.cache * turns * (input * read_below + long_input * read_above);
        let output = written * (below * output + above * long_output);
        (sent + read + output) / 1e6
    }

    /// The dollars of one request without a cache.
    pub fn dollars_of_request(&self, prompt: f64, written: f64) -> f64 {
        let is_long = self.of.above.is_some_and(|above| prompt > f64::from(above.tokens));
        let rate = self.of.above.filter(|_| is_long).map_or(self.of.rate, |above| above.rate);
        (rate.input.value() * prompt + rate.output.value() * written) / 1e6
    }

    /// The share of a stretch in which the prompt is not long.
    fn share_below(&self, start: f64, grows: f64) -> f64 {
        let Some(above) = self.of.above else { return 1.0 };
        let room = f64::from(above.tokens) - start;
        if room >= grows { 1.0 } else { (room / grows).max(0.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn price(head: &str, task: &str) -> Option<Price> {
        let plan = text::parse(&format!("{head}\n- T1 Task @owns(a) {task}\n")).plan;
        of_task(&plan, &plan.tasks[0])
    }

    fn rates(head: &str, task: &str) -> String {
        let Some(price) = price(head, task) else { return "unknown".to_owned() };
        format!("{} {}/{} {}", price.of.model, price.of.rate.input, price.of.rate.output, price.cache)
    }

    #[test]
    fn the_plan_comes_before_the_list() {
        for (head, task, expected) in [
            ("", "", "opus 4/20 0.05"),
            ("", "@model(haiku)", "haiku 0.1/0.5 0.1"),
            ("", "@model(claude-sonnet-5-5)", "sonnet 2/10 0.05"),
            ("", "@agent(fable)", "fable 10/50 0.025"),
            ("", "@model(gpt-5)", "unknown"),
            ("> price: gpt-5 3/15", "@model(gpt-5)", "gpt-5 3/15 0.1"),
            ("> price: opus 5/25 · cache 0.1", "", "opus 5/25 0.1"),
            ("> price: opus 5/25", "@model(sonnet)", "sonnet 2/10 0.05"),
            (
                "> price: opus 5/25, claude-opus-4-8 6/30",
                "@model(claude-opus-4-8)",
                "claude-opus-4-8 6/30 0.05",
            ),
        ] {
            assert_eq!(rates(head, task), expected, "{head} {task}");
        }
    }

    #[test]
    fn a_conversation_costs_what_the_formula_says() {
        let opus = price("", "").expect("it is in the list");
        // 15 minutes: 30 turns, 9,000 tokens written, and 10,000 + 9,000 + 21,000 more in the prompt.
        let stretch =
            Stretch { start: 20_000.0, fresh: 20_000.0, grows: 40_000.0, turns: 30.0, written: 9_000.0 };
        let expected = (1.25 * 4.0 * 60_000.0 + 0.2 * 30.0 * 40_000.0 + 20.0 * 9_000.0) / 1e6;
        assert!((opus.dollars(stretch) - expected).abs() < 1e-12);
    }

    #[test]
    fn turns_above_the_limit_are_paid_at_the_long_rate() {
        let haiku =
            price("> price: haiku 1/5 above 100k 2/10 · cache 0.1", "@model(haiku)").expect("it is given");
        let at = |start: f64, grows: f64| {
            haiku.dollars(Stretch { start, fresh: 0.0, grows, turns: 10.0, written: 1_000.0 })
        };
        let (below, above) = (at(50_000.0, 40_000.0), at(150_000.0, 40_000.0));
        let by_hand =
            |rate: f64, middle: f64| rate * (1.25 * 40_000.0 + 10.0 * 0.1 * middle + 5.0 * 1_000.0) / 1e6;
        assert!((below - by_hand(1.0, 70_000.0)).abs() < 1e-12);
        assert!((above - by_hand(2.0, 170_000.0)).abs() < 1e-12);
        // A stretch across the limit is that of its two halves.
        let halves = |start: f64| {
            haiku.dollars(Stretch { start, fresh: 0.0, grows: 20_000.0, turns: 5.0, written: 500.0 })
        };
        assert!((at(80_000.0, 40_000.0) - halves(80_000.0) - halves(100_000.0)).abs() < 1e-12);
    }
}
