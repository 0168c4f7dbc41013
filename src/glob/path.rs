//! Paths that two patterns describe in common.

use super::common_word::{self, Step};
use super::name;
use super::pattern::{Pattern, Segment, example_name};

/// Whether a path exists that both patterns match. Exact.
///
/// Most pairs are told apart by their leads alone. Takes O(n·m) time at most, for patterns of n and m characters.
pub fn intersects(left: &Pattern, right: &Pattern) -> bool {
    leads_agree(left, right)
        && left.alternatives().iter().any(|one| {
            right.alternatives().iter().any(|other| common_word::exists(one, other, is_deep, names_meet))
        })
}

/// A path that both patterns match, or `None` if there is none. Exact.
///
/// It is a path that both spell out, if there is one; otherwise one among the shortest. Where a wildcard would leave a
/// name that begins or ends with a sign, it stands for a letter, so that the path looks like one that could exist.
///
/// Takes O(n·m) time and memory at most, for patterns of n and m characters.
pub fn overlap(left: &Pattern, right: &Pattern) -> Option<String> {
    if !leads_agree(left, right) {
        return None;
    }
    if let Some(path) = left.path().or(right.path()) {
        return intersects(left, right).then(|| path.to_owned());
    }
    let paths = left
        .alternatives()
        .iter()
        .flat_map(|one| right.alternatives().iter().filter_map(|other| shortest_path(one, other)));
    paths.min_by_key(|path| path.chars().count())
}

/// A necessary condition that costs next to nothing.
fn leads_agree(left: &Pattern, right: &Pattern) -> bool {
    let (left, right) = (left.lead().as_bytes(), right.lead().as_bytes());
    let common = left.len().min(right.len());
    left[..common] == right[..common]
}

fn shortest_path(left: &[Segment], right: &[Segment]) -> Option<String> {
    if !common_word::exists(left, right, is_deep, names_meet) {
        return None;
    }
    // One more for the separator.
    let price = |name: String| u32::try_from(name.chars().count() + 1).unwrap_or(u32::MAX);
    let alone = |segment: &Segment| example_name(segment).map_or(u32::MAX, price);
    let steps = common_word::cheapest(left, right, is_deep, alone, |a, b| common_name(a, b).map(price))?;
    let names: Option<Vec<String>> = steps
        .into_iter()
        .map(|step| match step {
            Step::Both(i, j) => common_name(&left[i], &right[j]),
            Step::Left(i) => example_name(&left[i]),
            Step::Right(j) => example_name(&right[j]),
        })
        .collect();
    names.map(|names| names.join("/"))
}

fn is_deep(segment: &Segment) -> bool {
    *segment == Segment::Deep
}

fn names_meet(left: &Segment, right: &Segment) -> bool {
    match (left, right) {
        (Segment::Literal(name), Segment::Literal(other)) => name == other,
        (Segment::Literal(name), Segment::Glob(shapes)) | (Segment::Glob(shapes), Segment::Literal(name)) => {
            name::any_matches(shapes, name)
        }
        (Segment::Glob(shapes), Segment::Glob(others)) => name::meet(shapes, others),
        _ => false,
    }
}

fn common_name(left: &Segment, right: &Segment) -> Option<String> {
    match (left, right) {
        (Segment::Literal(name), other) | (other, Segment::Literal(name)) => {
            names_meet(&Segment::Literal(name.clone()), other).then(|| name.to_string())
        }
        (Segment::Glob(shapes), Segment::Glob(others)) => name::shortest_common(shapes, others),
        _ => None,
    }
}
