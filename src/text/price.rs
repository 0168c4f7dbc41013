//! Prices in lines of settings: `price: opus 4/20, haiku 0.1/0.5 above 100k 0.5/2.5`.

use crate::plan::price::{Decimal, LongPrompt, ModelPrice, Rate, is_model_name};

/// Reads the price of one model: `haiku 0.1/0.5 above 100k 0.5/2.5`.
pub(super) fn read_price(text: &str) -> Option<ModelPrice> {
    let mut words = text.split_whitespace();
    let model = words.next().filter(|name| is_model_name(name))?.to_owned();
    let rate = read_rate(words.next()?)?;
    let above = match words.next() {
        None => None,
        Some("above") => {
            Some(LongPrompt { tokens: read_tokens(words.next()?)?, rate: read_rate(words.next()?)? })
        }
        Some(_) => return None,
    };
    words.next().is_none().then_some(ModelPrice { model, rate, above })
}

/// Reads dollars for input and output: `4/20`, `$4/$20`.
fn read_rate(word: &str) -> Option<Rate> {
    let (input, output) = word.split_once('/')?;
    let read = |number: &str| Decimal::read(number.strip_prefix('$').unwrap_or(number));
    Some(Rate { input: read(input)?, output: read(output)? })
}

/// Reads a number of tokens: `100k`, `200000`.
fn read_tokens(word: &str) -> Option<u32> {
    let (digits, unit) = match word.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1_000),
        None => (word, 1),
    };
    super::minutes::read_number(digits).map(|number| number.saturating_mul(unit))
}

/// Writes the price of one model.
pub(super) fn write_price(out: &mut String, price: &ModelPrice) {
    let rate = |rate: Rate| format!("{}/{}", rate.input, rate.output);
    out.push_str(&format!("{} {}", price.model, rate(price.rate)));
    if let Some(above) = price.above {
        let tokens = match above.tokens {
            tokens if tokens > 0 && tokens % 1_000 == 0 => format!("{}k", tokens / 1_000),
            tokens => tokens.to_string(),
        };
        out.push_str(&format!(" above {tokens} {}", rate(above.rate)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_read_and_written() {
        for (text, expected) in [
            ("opus 4/20", Some("opus 4/20")),
            ("  fable  $10/$50 ", Some("fable 10/50")),
            ("haiku 0.1/0.5 above 100k 0.5/2.5", Some("haiku 0.1/0.5 above 100k 0.5/2.5")),
            ("haiku 1/5 above 150000 2/10", Some("haiku 1/5 above 150k 2/10")),
            ("haiku 1/5 above 1234 2/10", Some("haiku 1/5 above 1234 2/10")),
            ("opus", None),
            ("opus 4", None),
            ("opus 4/20/3", None),
            ("opus 4/20 below 3 4/5", None),
            ("opus 4/20 above 100k", None),
            ("opus 4/20 above 100k 5/6 7", None),
            ("4/20", None),
            ("big model 4/20", None),
        ] {
            let written = read_price(text).map(|price| {
                let mut out = String::new();
                write_price(&mut out, &price);
                out
            });
            assert_eq!(written.as_deref(), expected, "{text}");
        }
    }
}
