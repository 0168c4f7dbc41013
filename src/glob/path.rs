//! Paths that match two patterns.

use super::common_word::{self, Step};
use super::name::{self, Shape};
use super::pattern::{Pattern, Segment};

/// Whether a path matches both patterns. Exact.
///
/// Most pairs differ in their leads alone. Takes at most O(n·m) time for patterns of n and m characters.
pub fn intersects(left: &Pattern, right: &Pattern) -> bool {
    let Some((short, long, between)) = by_lead(left, right) else { return false };
    short.tails().any(|tail| match tail {
        [] => between.is_empty() && long.tails().any(<[_]>::is_empty),
        // Everything below; a tail that is not empty matches at least one name.
        [Segment::Any, Segment::Deep] => !between.is_empty() || long.tails().any(|other| !other.is_empty()),
        _ => long.tails().any(|other| {
            let behind = literals(between).chain(components(other));
            common_word::exists(components(tail), behind, is_deep, names_meet)
        }),
    })
}

/// A path that matches both patterns, or `None` if there is none. Exact.
///
/// Prefers a path that one of the patterns spells out; otherwise it is one of the shortest. Where a wildcard
/// would leave a name that begins or ends with punctuation, it becomes a letter, so the path looks like one
/// that could exist.
///
/// Takes at most O(n·m) time and memory for patterns of n and m characters.
pub fn overlap(left: &Pattern, right: &Pattern) -> Option<String> {
    if !intersects(left, right) {
        return None;
    }
    if let Some(path) = left.path().or(right.path()) {
        return Some(path.to_owned());
    }
    let (short, long, between) = by_lead(left, right)?;
    let rest = |tail: &[Segment]| {
        let behind: Vec<Vec<Component<'_>>> =
            long.tails().map(|other| literals(between).chain(components(other)).collect()).collect();
        let tail: Vec<Component<'_>> = components(tail).collect();
        behind.iter().filter_map(|other| shortest_path(&tail, other)).collect::<Vec<_>>()
    };
    let shortest = short.tails().flat_map(rest).min_by_key(|path| path.chars().count())?;
    Some(format!("{}{shortest}", short.lead()))
}

/// The pattern with the shorter lead, the pattern with the longer lead, and the rest of the longer lead.
/// `None` if the leads disagree, so no path can match both.
fn by_lead<'a>(left: &'a Pattern, right: &'a Pattern) -> Option<(&'a Pattern, &'a Pattern, &'a str)> {
    let (short, long) = if left.lead().len() <= right.lead().len() { (left, right) } else { (right, left) };
    let between = match short.lead() {
        // Many patterns have no lead, and comparing zero bytes is slow on some processors.
        "" => long.lead(),
        lead => long.lead().strip_prefix(lead)?,
    };
    Some((short, long, between))
}

/// What one component of a pattern matches.
#[derive(Debug, Clone, Copy)]
enum Component<'a> {
    Deep,
    Any,
    Literal(&'a str),
    Glob(&'a [Shape]),
}

fn components(segments: &[Segment]) -> impl DoubleEndedIterator<Item = Component<'_>> + Clone {
    segments.iter().map(|segment| match segment {
        Segment::Deep => Component::Deep,
        Segment::Any => Component::Any,
        Segment::Literal(name) => Component::Literal(name),
        Segment::Glob(shapes) => Component::Glob(shapes),
    })
}

/// The names of a lead, which are each followed by `/`.
fn literals(lead: &str) -> impl DoubleEndedIterator<Item = Component<'_>> + Clone {
    lead.split_terminator('/').map(Component::Literal)
}

fn shortest_path(left: &[Component<'_>], right: &[Component<'_>]) -> Option<String> {
    if !left.iter().chain(right).any(|&component| is_deep(component)) {
        if left.len() != right.len() {
            return None;
        }
        let names = left.iter().zip(right).map(|(&name, &other)| common_name(name, other));
        return names.collect::<Option<Vec<String>>>().map(|names| names.join("/"));
    }
    // One more for the separator.
    let price = |name: String| u32::try_from(name.chars().count() + 1).unwrap_or(u32::MAX);
    let alone = |component: &Component<'_>| example_name(*component).map_or(u32::MAX, price);
    let meet = |a: &Component<'_>, b: &Component<'_>| common_name(*a, *b).map(price);
    let steps = common_word::cheapest(left, right, |component| is_deep(*component), alone, meet)?;
    let names: Option<Vec<String>> = steps
        .into_iter()
        .map(|step| match step {
            Step::Both(i, j) => common_name(left[i], right[j]),
            Step::Left(i) => example_name(left[i]),
            Step::Right(j) => example_name(right[j]),
        })
        .collect();
    names.map(|names| names.join("/"))
}

fn is_deep(component: Component<'_>) -> bool {
    matches!(component, Component::Deep)
}

fn names_meet(left: Component<'_>, right: Component<'_>) -> bool {
    match (left, right) {
        (Component::Deep, _) | (_, Component::Deep) => false,
        (Component::Any, _) | (_, Component::Any) => true,
        (Component::Literal(name), Component::Literal(other)) => name == other,
        (Component::Literal(name), Component::Glob(shapes))
        | (Component::Glob(shapes), Component::Literal(name)) => name::any_matches(shapes, name),
        (Component::Glob(shapes), Component::Glob(others)) => name::meet(shapes, others),
    }
}

fn common_name(left: Component<'_>, right: Component<'_>) -> Option<String> {
    match (left, right) {
        (Component::Any, other) | (other, Component::Any) => example_name(other),
        (Component::Literal(name), _) | (_, Component::Literal(name)) => {
            names_meet(left, right).then(|| name.to_owned())
        }
        (Component::Glob(shapes), Component::Glob(others)) => name::shortest_common(shapes, others),
        _ => None,
    }
}

/// A short name, if the component matches exactly one name.
fn example_name(component: Component<'_>) -> Option<String> {
    match component {
        Component::Deep => None,
        Component::Any => Some("a".to_owned()),
        Component::Literal(name) => Some(name.to_owned()),
        Component::Glob(shapes) => name::example(shapes),
    }
}
