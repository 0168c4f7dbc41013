//! A tolerant JSON reader: it takes the values it understands and reports the others.

use serde_json::Value;

/// Reads values and reports those it leaves out.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// Messages about the values left out, in file order.
    pub notes: Vec<String>,
    /// The start of each message: the part of the file being read.
    pub place: String,
}

impl Reader {
    /// Reports that a field is not of the expected type, such as `text`.
    pub fn leave_out(&mut self, name: &str, expected: &str) {
        self.notes.push(format!("{}: “{name}” is not {expected}, so it was left out.", self.place));
    }

    /// Reads a text or a number; `null` changes nothing.
    pub fn text(&mut self, value: &Value, name: &str, into: &mut String) {
        match value {
            Value::String(text) => into.clone_from(text),
            Value::Number(number) => *into = number.to_string(),
            Value::Null => {}
            _ => self.leave_out(name, "text"),
        }
    }

    /// Reads a text or a number that is not empty.
    pub fn one_text(&mut self, value: &Value, name: &str) -> Option<String> {
        let mut text = String::new();
        self.text(value, name, &mut text);
        (!text.is_empty()).then_some(text)
    }

    /// Reads a whole number, from any JSON number or from a text of digits.
    pub fn number(&mut self, value: &Value, name: &str) -> Option<u32> {
        let number = match value {
            Value::String(digits) => digits.trim().parse().ok(),
            _ => value.as_f64(),
        };
        match number {
            Some(number) if number >= 0.0 => Some(number.round() as u32),
            _ => {
                self.leave_out(name, "a number from 0 up");
                None
            }
        }
    }

    /// Reads a list. A single value counts as a list of one.
    pub fn list<T>(
        &mut self,
        value: &Value,
        name: &str,
        read: impl Fn(&mut Self, &Value) -> Option<T>,
    ) -> Vec<T> {
        match value {
            Value::Array(values) => values.iter().filter_map(|value| read(self, value)).collect(),
            Value::Null => Vec::new(),
            Value::Bool(_) => {
                self.leave_out(name, "a list");
                Vec::new()
            }
            _ => read(self, value).into_iter().collect(),
        }
    }

    /// Reads a list of texts.
    pub fn texts(&mut self, value: &Value, name: &str) -> Vec<String> {
        self.list(value, name, |reader, value| reader.one_text(value, name))
    }

    /// Reads an object with a name and an amount, or a name alone, whose amount is one.
    pub fn amount(&mut self, value: &Value, name: &str, amount: &str) -> Option<(String, u32)> {
        let Value::Object(fields) = value else { return Some((self.one_text(value, name)?, 1)) };
        let Some(text) = fields.get(name).and_then(|value| self.one_text(value, name)) else {
            self.leave_out(name, "given");
            return None;
        };
        let amount = fields.get(amount).and_then(|value| self.number(value, amount));
        Some((text, amount.unwrap_or(1)))
    }
}
