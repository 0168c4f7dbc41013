//! Words that two sequences of items describe in common. An item stands for one letter, or it *repeats*: it stands for
//! any number of any letters, none included.
//!
//! One algorithm serves both levels of a pattern: a path is a word whose letters are names (`**` repeats), a name is a
//! word whose letters are characters (`*` repeats). It is the product of two automata, which for such sequences is a
//! grid without cycles: state (i, j) says that i items of the left and j of the right are used up (the product
//! construction is Rabin and Scott, 1959). Two repeating items never need to take a letter together, because a word
//! without that letter is described too, and shorter.

/// How one letter, or none, of a common word comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The item of the left at this position and that of the right agree on a letter.
    Both(usize, usize),
    /// A letter of the left item, taken by a repeating item of the right.
    Left(usize),
    /// A letter of the right item, taken by a repeating item of the left.
    Right(usize),
}

/// Whether a common word exists. Takes O(n·m) calls of `meet`, far fewer if the ends do not repeat, and O(n + m) memory.
pub(super) fn exists<T: Copy>(
    mut left: impl DoubleEndedIterator<Item = T> + Clone,
    mut right: impl DoubleEndedIterator<Item = T> + Clone,
    repeats: impl Fn(T) -> bool,
    meet: impl Fn(T, T) -> bool,
) -> bool {
    let is_letter = |item: &T| !repeats(*item);
    while let (Some(first), Some(other)) =
        (left.clone().next().filter(is_letter), right.clone().next().filter(is_letter))
    {
        if !meet(first, other) {
            return false;
        }
        left.next();
        right.next();
    }
    while let (Some(last), Some(other)) =
        (left.clone().next_back().filter(is_letter), right.clone().next_back().filter(is_letter))
    {
        if !meet(last, other) {
            return false;
        }
        left.next_back();
        right.next_back();
    }
    let ends =
        (left.clone().next(), left.clone().next_back(), right.clone().next(), right.clone().next_back());
    let (Some(first), Some(last), Some(other_first), Some(other_last)) = ends else {
        return left.all(&repeats) && right.all(&repeats);
    };
    // A word of the one side, then a word of the other.
    if repeats(first) && repeats(other_last) || repeats(other_first) && repeats(last) {
        return true;
    }
    let (left, right): (Vec<T>, Vec<T>) = (left.collect(), right.collect());
    if left.len() == 1 && repeats(first) || right.len() == 1 && repeats(other_first) {
        return true;
    }
    exists_between(&left, &right, repeats, meet)
}

/// The same by going through the grid row by row.
fn exists_between<T: Copy>(
    left: &[T],
    right: &[T],
    repeats: impl Fn(T) -> bool,
    meet: impl Fn(T, T) -> bool,
) -> bool {
    let mut row = vec![false; right.len() + 1];
    let mut next = vec![false; right.len() + 1];
    row[0] = true;
    for &item in left {
        let takes = repeats(item);
        for j in 0..=right.len() {
            if !row[j] {
                continue;
            }
            next[j] |= takes;
            if let Some(&other) = right.get(j) {
                let other_takes = repeats(other);
                row[j + 1] |= takes || other_takes;
                next[j] |= other_takes;
                next[j + 1] |= !takes && !other_takes && !next[j + 1] && meet(item, other);
            }
        }
        std::mem::swap(&mut row, &mut next);
        next.fill(false);
    }
    for j in 0..right.len() {
        row[j + 1] |= row[j] && repeats(right[j]);
    }
    row[right.len()]
}

/// The steps of a common word of least cost, or `None` if there is no common word.
///
/// `alone` is the cost of the cheapest letter of an item that does not repeat, `meet` that of the cheapest letter two
/// such items agree on. Takes O(n·m) calls of `meet`, time and memory.
pub(super) fn cheapest<T>(
    left: &[T],
    right: &[T],
    repeats: impl Fn(&T) -> bool,
    alone: impl Fn(&T) -> u32,
    meet: impl Fn(&T, &T) -> Option<u32>,
) -> Option<Vec<Step>> {
    /// How a cell of the grid is reached at the least cost.
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

    /// Words as sequences of characters, `*` repeating.
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
