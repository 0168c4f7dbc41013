//! What changed between two texts, line by line.

/// A line of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// In both texts.
    Same(&'a str),
    /// In the first text only.
    Gone(&'a str),
    /// In the second text only.
    Added(&'a str),
}

/// Up to so many pairs of lines are compared; of texts that differ in more, all lines between the first and the last difference
/// count as changed.
const MOST_PAIRS: usize = 4_000_000;

/// Lines of both texts in order, with as many in common as possible: a longest common subsequence (Wagner and Fischer, 1974)
/// of what lies between the equal starts and ends. Takes time and memory in proportion to the product of the differing
/// lines, which is capped.
pub fn compare<'a>(before: &'a str, after: &'a str) -> Vec<Line<'a>> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let start = before.iter().zip(&after).take_while(same).count();
    let (old, new) = (&before[start..], &after[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    let mut lines: Vec<Line> = before[..start].iter().map(|line| Line::Same(line)).collect();
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        lines.extend(old.iter().map(|line| Line::Gone(line)));
        lines.extend(new.iter().map(|line| Line::Added(line)));
    } else {
        align(old, new, &mut lines);
    }
    lines.extend(before[before.len() - end..].iter().map(|line| Line::Same(line)));
    lines
}

fn align<'a>(old: &[&'a str], new: &[&'a str], lines: &mut Vec<Line<'a>>) {
    let width = new.len() + 1;
    // How many lines the rests from here on have in common.
    let mut common = vec![0u32; (old.len() + 1) * width];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            common[at * width + to] = if old[at] == new[to] {
                common[(at + 1) * width + to + 1] + 1
            } else {
                common[(at + 1) * width + to].max(common[at * width + to + 1])
            };
        }
    }
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        let is_gone =
            to == new.len() || at < old.len() && common[(at + 1) * width + to] >= common[at * width + to + 1];
        if at < old.len() && to < new.len() && old[at] == new[to] {
            lines.push(Line::Same(old[at]));
            (at, to) = (at + 1, to + 1);
        } else if is_gone {
            lines.push(Line::Gone(old[at]));
            at += 1;
        } else {
            lines.push(Line::Added(new[to]));
            to += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let lines = compare(before, after);
        let shown = lines.iter().map(|line| match line {
            Line::Same(text) => [" ", text].concat(),
            Line::Gone(text) => ["-", text].concat(),
            Line::Added(text) => ["+", text].concat(),
        });
        assert_eq!(shown.collect::<Vec<_>>().join("\n"), expected);
    }

    #[test]
    fn lines_in_common_stay_in_place() {
        check("a\nb\nc", "a\nx\nc", " a\n-b\n+x\n c");
        check("a\nb\nc\nd", "b\nc\ne\nd", "-a\n b\n c\n+e\n d");
        check("", "a", "+a");
        check("a\n", "a", " a");
        check("a\na\na", "a", " a\n-a\n-a");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_off(before in "[ab\n]{0,30}", after in "[ab\n]{0,30}") {
            let lines = compare(&before, &after);
            let side = |wanted: fn(&Line) -> bool| -> Vec<&str> {
                let of = |line: &Line<'_>| wanted(line);
                lines.iter().filter(|line| of(line)).map(|line| match line {
                    Line::Same(text) | Line::Gone(text) | Line::Added(text) => *text,
                }).collect()
            };
            prop_assert_eq!(side(|line| !matches!(line, Line::Added(_))), before.lines().collect::<Vec<_>>());
            prop_assert_eq!(side(|line| !matches!(line, Line::Gone(_))), after.lines().collect::<Vec<_>>());
        }
    }
}
