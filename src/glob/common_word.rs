//! Words that match two sequences of items. An item matches one letter, or it *repeats*: it matches any
//! number of any letters, including none.
//!
//! One algorithm serves both levels of a pattern: a path is a word whose letters are names (`**` repeats), a
//! name is a word whose letters are characters (`*` repeats). It is the product of two automata, which for
//! such sequences is a grid without cycles: state (i, j) means that i items of the left and j of the right
//! are consumed (the product construction is Rabin and Scott, 1959). Two repeating items never need to match
//! the same letter, because the word without that letter matches too, and is shorter.

/// How the items produce one letter of a common word, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The left and the right item at these positions share a letter.
    Both(usize, usize),
    /// A letter of the left item, matched by a repeating item of the right.
    Left(usize),
    /// A letter of the right item, matched by a repeating item of the left.
    Right(usize),
}

/// Whether a common word exists. Takes O(n·m) calls of `meet`, or at most n + m if both sides repeat, and no
/// memory.
pub(super) fn exists<T: Copy>(
    mut left: impl DoubleEndedIterator<Item = T> + Clone,
    mut right: impl DoubleEndedIterator<Item = T> + Clone,
    repeats: impl Fn(T) -> bool,
    meet: impl Fn(T, T) -> bool,
) -> bool {
    if !letters_meet(&mut left, &mut right, &repeats, &meet) {
        return false;
    }
    let (mut left, mut right) = (left.rev(), right.rev());
    if !letters_meet(&mut left, &mut right, &repeats, &meet) {
        return false;
    }
    let (left, right) = (left.rev(), right.rev());
    match (left.clone().any(&repeats), right.clone().any(&repeats)) {
        // At each end one side repeats and can match the items of the other. The rest of both comes in
        // between, in any order.
        (true, true) => true,
        (_, false) => describes(left, right, repeats, meet),
        (false, true) => describes(right, left, repeats, meet),
    }
}

/// Removes items from both sequences while neither repeats. Returns whether all these pairs share a letter.
fn letters_meet<T: Copy>(
    left: &mut (impl Iterator<Item = T> + Clone),
    right: &mut (impl Iterator<Item = T> + Clone),
    repeats: impl Fn(T) -> bool,
    meet: impl Fn(T, T) -> bool,
) -> bool {
    let is_letter = |item: &T| !repeats(*item);
    while let (Some(item), Some(other)) =
        (left.clone().next().filter(is_letter), right.clone().next().filter(is_letter))
    {
        if !meet(item, other) {
            return false;
        }
        left.next();
        right.next();
    }
    true
}

/// Whether the items match a word of these letters. Backtracks only to the last repeating item, since an
/// earlier one could match nothing that the last one couldn't. O(n·m) calls of `meet`, no memory.
pub(super) fn describes<T: Copy, L: Copy>(
    mut items: impl Iterator<Item = T> + Clone,
    mut letters: impl Iterator<Item = L> + Clone,
    repeats: impl Fn(T) -> bool,
    meet: impl Fn(T, L) -> bool,
) -> bool {
    let mut last_repeating = None;
    loop {
        let (mut items_behind, mut letters_behind) = (items.clone(), letters.clone());
        match (items_behind.next(), letters_behind.next()) {
            (None, None) => return true,
            (Some(item), _) if repeats(item) => {
                last_repeating = Some((items_behind.clone(), letters.clone()));
                items = items_behind;
            }
            (Some(item), Some(letter)) if meet(item, letter) => {
                (items, letters) = (items_behind, letters_behind);
            }
            (Some(_), None) => return false,
            _ => {
                let Some((behind, from)) = &mut last_repeating else { return false };
                if from.next().is_none() {
                    return false;
                }
                (items, letters) = (behind.clone(), from.clone());
            }
        }
    }
}

/// The steps of a common word of least cost, or `None` if there is no common word.
///
/// `alone` is the cost of the cheapest letter of an item that doesn't repeat; `meet` is the cost of the
/// cheapest letter that two such items share. Takes O(n·m) calls of `meet`, time and memory, for the n and m
/// items between the first and the last that repeat; the items at the ends leave no choice.
pub(super) fn cheapest<T>(
    left: &[T],
    right: &[T],
    repeats: impl Fn(&T) -> bool,
    alone: impl Fn(&T) -> u32,
    meet: impl Fn(&T, &T) -> Option<u32>,
) -> Option<Vec<Step>> {
    let are_letters = |&(item, other): &(&T, &T)| !repeats(item) && !repeats(other);
    let head = left.iter().zip(right).take_while(are_letters).count();
    let (left_rest, right_rest) = (&left[head..], &right[head..]);
    let tail = left_rest.iter().rev().zip(right_rest.iter().rev()).take_while(are_letters).count();
    let (left_end, right_end) = (left.len() - tail, right.len() - tail);
    let ends = (0..head).map(|at| (at, at)).chain((0..tail).map(|at| (left_end + at, right_end + at)));
    if ends.clone().any(|(i, j)| meet(&left[i], &right[j]).is_none()) {
        return None;
    }
    let between = cheapest_between(&left[head..left_end], &right[head..right_end], repeats, alone, meet)?;
    let mut steps: Vec<Step> = ends.map(|(i, j)| Step::Both(i, j)).collect();
    let between = between.into_iter().map(|step| match step {
        Step::Both(i, j) => Step::Both(head + i, head + j),
        Step::Left(i) => Step::Left(head + i),
        Step::Right(j) => Step::Right(head + j),
    });
    steps.splice(head..head, between);
    Some(steps)
}

/// Like [`cheapest`], by filling the grid row by row.
fn cheapest_between<T>(
    left: &[T],
    right: &[T],
    repeats: impl Fn(&T) -> bool,
    alone: impl Fn(&T) -> u32,
    meet: impl Fn(&T, &T) -> Option<u32>,
) -> Option<Vec<Step>> {
    /// How to reach a cell of the grid at the least cost.
    #[derive(Clone, Copy)]
    struct Cell {
        cost: u32,
        used_left: bool,
        used_right: bool,
        letter: bool,
    }
    const UNREACHED: Cell = Cell { cost: u32::MAX, used_left: false, used_right: false, letter: false };

    let width = right.len() + 1;
    let mut cells = vec![UNREACHED; (left.len() + 1) * width];
    cells[0].cost = 0;
    for at in 0..cells.len() {
        let reached = cells[at].cost;
        if reached == UNREACHED.cost {
            continue;
        }
        let (item, other) = (left.get(at / width), right.get(at % width));
        let mut reach = |used_left: bool, used_right: bool, price: Option<u32>, letter: bool| {
            let cell = &mut cells[at + usize::from(used_left) * width + usize::from(used_right)];
            if let Some(cost) = price.map(|price| reached.saturating_add(price))
                && cost < cell.cost
            {
                *cell = Cell { cost, used_left, used_right, letter };
            }
        };
        let (takes, other_takes) = (item.is_some_and(&repeats), other.is_some_and(&repeats));
        if takes {
            reach(true, false, Some(0), false);
        }
        if other_takes {
            reach(false, true, Some(0), false);
        }
        match (item, other) {
            (Some(item), _) if other_takes && !takes => reach(true, false, Some(alone(item)), true),
            (_, Some(other)) if takes && !other_takes => reach(false, true, Some(alone(other)), true),
            (Some(item), Some(other)) if !takes => reach(true, true, meet(item, other), true),
            _ => {}
        }
    }

    let mut at = cells.len() - 1;
    if cells[at].cost == UNREACHED.cost {
        return None;
    }
    let mut steps = Vec::new();
    while at > 0 {
        let Cell { used_left, used_right, letter, .. } = cells[at];
        at -= usize::from(used_left) * width + usize::from(used_right);
        if letter {
            let (i, j) = (at / width, at % width);
            steps.push(match (used_left, used_right) {
                (true, true) => Step::Both(i, j),
                (true, false) => Step::Left(i),
                _ => Step::Right(j),
            });
        }
    }
    steps.reverse();
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as sequences of characters; `*` repeats.
    fn common(left: &str, right: &str) -> Option<String> {
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let repeats = |c: &char| *c == '*';
        let steps = cheapest(&left, &right, repeats, |_| 1, |a, b| (a == b).then_some(1));
        let answer = exists(left.iter(), right.iter(), repeats, |a, b| a == b);
        assert_eq!(answer, steps.is_some(), "{left:?} and {right:?}");
        steps.map(|steps| {
            let letter = |step| match step {
                Step::Both(i, _) | Step::Left(i) => left[i],
                Step::Right(j) => right[j],
            };
            steps.into_iter().map(letter).collect()
        })
    }

    #[test]
    fn finds_the_shortest_common_word() {
        let cases = [
            ("", "", Some(0)),
            ("", "*", Some(0)),
            ("", "a", None),
            ("*", "*", Some(0)),
            ("**", "a*", Some(1)),
            ("abc", "abc", Some(3)),
            ("abc", "abd", None),
            ("ab*", "*bc", Some(3)),
            ("a*a", "a", None),
            ("a*a", "*aa*", Some(2)),
            ("a*b*c", "*c*c", Some(4)),
            ("*a*b", "*b*a", None),
            ("*a*b*", "*b*a*", Some(3)),
        ];
        for (left, right, length) in cases {
            for (left, right) in [(left, right), (right, left)] {
                let word = common(left, right);
                assert_eq!(word.as_ref().map(String::len), length, "{left} and {right}: {word:?}");
                if let Some(word) = word {
                    assert!(common(&word, left).is_some() && common(&word, right).is_some(), "{word}");
                }
            }
        }
    }
}
