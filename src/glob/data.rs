//! Patterns as plain data, for generated programs that decide like this module without being a part of it.
//!
//! A file set is `{"in": […], "out": […]}`, each a list of alternatives. An alternative is the list of its components:
//! `0` is any number of names, a text is exactly that name, and a list holds the shapes of a name. A shape is a list of
//! signs: `0` is any number of characters, a text is a run of characters, and a list holds the code points of one
//! character as pairs of first and last. `export/agents/owned_paths.js` reads it.

use serde_json::{Value, json};

use super::char_set::CharSet;
use super::file_set::{FileSet, Member};
use super::name::{Shape, Token};
use super::pattern::{Pattern, Segment};

impl FileSet {
    /// The set as data; see the head of `glob/data.rs`.
    pub fn data(&self) -> Value {
        let all = |members: &[Member]| -> Vec<Value> {
            members.iter().flat_map(|member| alternatives(&member.pattern)).collect()
        };
        json!({"in": all(self.includes()), "out": all(self.excludes())})
    }
}

fn alternatives(pattern: &Pattern) -> Vec<Value> {
    let lead = || pattern.lead().split_terminator('/').map(Value::from);
    pattern.tails().map(|tail| lead().chain(tail.iter().map(component)).collect()).collect()
}

fn component(segment: &Segment) -> Value {
    match segment {
        Segment::Deep => json!(0),
        Segment::Any => json!([[0]]),
        Segment::Literal(name) => Value::from(&**name),
        Segment::Glob(shapes) => shapes.iter().map(shape).collect(),
    }
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Literal(name) => json!([name]),
        Shape::Affix { prefix, suffix } => json!([prefix, 0, suffix]),
        Shape::Tokens(tokens) => runs(tokens),
    }
}

/// The signs, with neighbours that are one character each as one text.
fn runs(tokens: &[Token]) -> Value {
    let mut signs: Vec<Value> = Vec::new();
    for token in tokens {
        match (signs.last_mut(), token) {
            (Some(Value::String(run)), Token::One(CharSet::Char(only))) => run.push(*only),
            _ => signs.push(sign(token)),
        }
    }
    Value::Array(signs)
}

fn sign(token: &Token) -> Value {
    match token {
        Token::Star => json!(0),
        Token::One(CharSet::Char(only)) => Value::from(only.to_string()),
        Token::One(set) => {
            set.ranges().iter().map(|&(first, last)| json!([first as u32, last as u32])).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(entries: &[&str], expected: &str) {
        assert_eq!(FileSet::parse(entries).0.data().to_string(), expected, "{entries:?}");
    }

    #[test]
    fn a_pattern_is_a_list_of_components() {
        check(&["src/app.rs"], r#"{"in":[["src","app.rs"]],"out":[]}"#);
        check(&["src/**", "!src/a/*"], r#"{"in":[["src",[[0]],0]],"out":[["src","a",[[0]]]]}"#);
        check(&["a/*.ts"], r#"{"in":[["a",[["",0,".ts"]]]],"out":[]}"#);
    }

    #[test]
    fn alternatives_and_sets_of_characters_are_spelled_out() {
        check(&["{a,b/c}"], r#"{"in":[["a"],["b","c"]],"out":[]}"#);
        check(&["x[a-c]*"], r#"{"in":[[[["x",[[97,99]],0],["x[a-c]",0,""]]]],"out":[]}"#);
        check(&["ab?cd"], r#"{"in":[[[["ab",[[1,46],[48,91],[93,1114111]],"cd"]]]],"out":[]}"#);
        check(&["{name}"], r#"{"in":[["{name}"]],"out":[]}"#);
    }
}
