//! The options of an export.

use std::collections::BTreeMap;

use super::Part;
use crate::run::log::RunState;

/// An option, such as the number of agents that one message starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Name in the command line.
    pub id: &'static str,
    /// Name on the screen.
    pub title: &'static str,
    /// The possible values, each with its names in the command line and on the screen. The first is the
    /// default.
    pub values: &'static [(&'static str, &'static str)],
}

/// The chosen values. Every option has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// By option id. An option with its default value may be missing.
    chosen: BTreeMap<&'static str, &'static str>,
    /// The part of the plan to export, for formats that [have parts](super::Export::has_parts).
    pub part: Part,
    /// What happened in a run of the plan, for its record.
    pub run: RunState,
}

impl Options {
    /// The defaults, for a part of the plan.
    pub fn of_part(part: Part) -> Options {
        Options { part, ..Options::default() }
    }

    /// Reads pairs of option id and value; of several values for one option, the last counts. Refuses a pair
    /// that `choices` doesn't offer, with a sentence that lists the possible ones.
    ///
    /// # Errors
    ///
    /// If a pair is none that `choices` offers; the sentence lists what is possible.
    pub fn read<'a>(
        choices: &[Choice],
        chosen: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Options, String> {
        let mut options = Options::default();
        for (id, value) in chosen {
            let choice = choices.iter().find(|choice| choice.id == id).ok_or_else(|| {
                let known = choices.iter().map(|choice| choice.id);
                format!("There is no option `{id}`. {}", offered("Options", known))
            })?;
            let known = choice.values.iter().map(|(known, _)| *known);
            let value = known
                .clone()
                .find(|known| *known == value)
                .ok_or_else(|| format!("`{id}` can't be `{value}`. {}", offered("Values", known)))?;
            options.chosen.insert(choice.id, value);
        }
        Ok(options)
    }

    /// The value of an option; empty if the option has no values.
    pub fn value(&self, choice: &Choice) -> &'static str {
        let default = choice.values.first().map_or("", |(value, _)| value);
        self.chosen.get(choice.id).copied().unwrap_or(default)
    }
}

/// "Values: a, b."
fn offered<'a>(what: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    if known.is_empty() { format!("{what}: none.") } else { format!("{what}: {}.", known.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Choice =
        Choice { id: "size", title: "Size", values: &[("small", "Small"), ("large", "Large")] };

    fn check(chosen: &[(&str, &str)], expected: Result<&str, &str>) {
        let options = Options::read(&[SIZE], chosen.iter().copied());
        let value = options.as_ref().map(|options| options.value(&SIZE)).map_err(String::as_str);
        assert_eq!(value, expected, "{chosen:?}");
    }

    #[test]
    fn the_first_value_is_the_default_and_the_last_choice_counts() {
        check(&[], Ok("small"));
        check(&[("size", "large")], Ok("large"));
        check(&[("size", "large"), ("size", "small")], Ok("small"));
    }

    #[test]
    fn what_is_not_offered_is_refused() {
        check(&[("sise", "large")], Err("There is no option `sise`. Options: size."));
        check(&[("size", "huge")], Err("`size` can't be `huge`. Values: small, large."));
        let refused = Options::read(&[], [("size", "large")]);
        assert_eq!(refused, Err("There is no option `size`. Options: none.".to_owned()));
    }
}
