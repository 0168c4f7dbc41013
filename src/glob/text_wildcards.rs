//! Patterns in the language of tools that know no names: `*` is any text, `/` included.

use super::name::Shape;
use super::pattern::{Pattern, Segment};

impl Pattern {
    /// For each alternative, in the order of [`Pattern::beginnings`], the same paths in a language in which `*` is any text and
    /// everything else is itself; `None` if it can't be said there.
    pub fn as_text_wildcards(&self) -> Vec<Option<String>> {
        self.tails().map(|tail| said(self.lead(), tail)).collect()
    }
}

fn said(lead: &str, tail: &[Segment]) -> Option<String> {
    let literals = tail.iter().take_while(|segment| matches!(segment, Segment::Literal(_))).count();
    let mut text = lead.to_owned();
    for segment in &tail[..literals] {
        let Segment::Literal(name) = segment else { return None };
        text.push_str(name);
        text.push('/');
    }
    if text.contains(['*', '?']) {
        return None;
    }
    match &tail[literals..] {
        [] => Some(text.trim_end_matches('/').to_owned()),
        [Segment::Any, Segment::Deep] => Some(text + "*"),
        [Segment::Deep, Segment::Any] => Some(text + "*"),
        [Segment::Deep, Segment::Glob(shapes)] => match &**shapes {
            [Shape::Affix { prefix, suffix }] if prefix.is_empty() && !suffix.contains(['*', '?']) => {
                Some(format!("{text}*{suffix}"))
            }
            _ => None,
        },
        _ => None,
    }
}
