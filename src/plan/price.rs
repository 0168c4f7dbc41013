//! What tokens cost, as far as a plan says: prices of models, and the factors for cached and for batched tokens.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number with up to four decimals, from 0 to [`Decimal::MAX`]. Whole inside, so that it compares exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "f64"))]
pub struct Decimal {
    ten_thousandths: u32,
}

impl Decimal {
    /// The largest number.
    pub const MAX: Decimal = Decimal { ten_thousandths: 1_000_000_000 };

    /// A number of ten-thousandths.
    pub const fn of_ten_thousandths(ten_thousandths: u32) -> Decimal {
        Decimal { ten_thousandths }
    }

    /// Reads digits with at most one point between them, such as `0.05`. More than four decimals are cut.
    pub fn read(text: &str) -> Option<Decimal> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) {
            return None;
        }
        let whole: u32 = whole.parse().unwrap_or(u32::MAX);
        let decimals: u32 = format!("{decimals:0<4}")[..4].parse().ok()?;
        let sum = whole.saturating_mul(10_000).saturating_add(decimals);
        Some(Decimal { ten_thousandths: sum.min(Decimal::MAX.ten_thousandths) })
    }

    /// The nearest floating-point number.
    pub fn value(self) -> f64 {
        f64::from(self.ten_thousandths) / 10_000.0
    }
}

impl From<f64> for Decimal {
    fn from(value: f64) -> Decimal {
        // What is no number, or below zero, becomes 0.
        Decimal { ten_thousandths: (value * 10_000.0).round() as u32 }.min(Decimal::MAX)
    }
}

impl From<Decimal> for f64 {
    fn from(number: Decimal) -> f64 {
        number.value()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.ten_thousandths / 10_000, self.ten_thousandths % 10_000);
        let decimals = format!("{decimals:04}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            decimals => write!(f, "{whole}.{decimals}"),
        }
    }
}

/// US dollars for a million tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rate {
    /// Of what a model reads.
    pub input: Decimal,
    /// Of what it writes.
    pub output: Decimal,
}

/// The price of a model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelPrice {
    /// Its name, as tasks name it: one word.
    pub model: String,
    /// The price of requests, unless they are long.
    #[serde(flatten)]
    pub rate: Rate,
    /// The price of long requests, if it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<LongPrompt>,
}

/// The price of requests with a long prompt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LongPrompt {
    /// A prompt is long with more tokens than this.
    pub tokens: u32,
    /// The price of the whole request.
    #[serde(flatten)]
    pub rate: Rate,
}

/// The prices of a plan. What it does not say is the list price.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prices {
    /// Prices of models, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<ModelPrice>,
    /// The price of a token that is read from the cache, as a share of the price of input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<Decimal>,
    /// The price of an asynchronous batch, as a share of the usual price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<Decimal>,
}

impl Prices {
    /// Whether the plan says nothing about prices.
    pub fn is_empty(&self) -> bool {
        *self == Prices::default()
    }

    /// Sets the price of a model, instead of an earlier one.
    pub fn set(&mut self, price: ModelPrice) {
        match self.models.iter_mut().find(|known| known.model == price.model) {
            Some(known) => *known = price,
            None => self.models.push(price),
        }
    }
}

/// Whether a model can have this name in a price: one word of letters, digits and `-`, `_`, `.`, `:`.
pub fn is_model_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_and_written() {
        for (text, expected) in [
            ("4", Some("4")),
            ("0.05", Some("0.05")),
            ("0.10", Some("0.1")),
            ("12.34567", Some("12.3456")),
            ("999999999999", Some("100000")),
            ("", None),
            (".5", None),
            ("1.", None),
            ("-1", None),
            ("1e3", None),
        ] {
            let read = Decimal::read(text).map(|number| number.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
        assert_eq!(Decimal::from(f64::NAN), Decimal::default());
        assert_eq!(Decimal::from(-3.0), Decimal::default());
        assert_eq!(Decimal::from(1e300), Decimal::MAX);
        assert_eq!(Decimal::from(Decimal::of_ten_thousandths(123).value()).to_string(), "0.0123");
    }
}
