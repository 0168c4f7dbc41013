//! The outline of a line as SVG path data.

use std::fmt::Write as _;

/// The radius of a corner, in pixels.
const RADIUS: i32 = 6;

/// Appends the line through these points: straight between points of equal height or equal distance from the
/// left, with round corners, and an S-curve between others. All of it stays inside the boxes of neighbouring
/// points, so if these touch no card, the line touches none either.
pub fn curve(path: &mut String, points: &[(i32, i32)]) {
    let Some(&first) = points.first() else { return };
    // Writing to a string can't fail.
    let _ = write!(path, "M{} {}", first.0, first.1);
    let mut at = first;
    for (place, &to) in points.iter().enumerate().skip(1) {
        let is_straight = at.0 == to.0 || at.1 == to.1;
        if !is_straight {
            let middle = at.0 + (to.0 - at.0) / 2;
            let _ = write!(path, "C{middle} {} {middle} {} {} {}", at.1, to.1, to.0, to.1);
            at = to;
            continue;
        }
        let corner = points.get(place + 1).and_then(|&next| rounded(at, to, next));
        let (before, after) = corner.unwrap_or((to, to));
        if at.1 != before.1 {
            let _ = write!(path, "V{}", before.1);
        } else if at.0 != before.0 {
            let _ = write!(path, "H{}", before.0);
        }
        if after != before {
            let _ = write!(path, "Q{} {} {} {}", to.0, to.1, after.0, after.1);
        }
        at = after;
    }
}

/// Where the arc of a corner begins and ends, if both its sides are straight and one is level and one upright.
fn rounded(from: (i32, i32), corner: (i32, i32), to: (i32, i32)) -> Option<((i32, i32), (i32, i32))> {
    let turns = (from.1 == corner.1 && corner.0 == to.0) || (from.0 == corner.0 && corner.1 == to.1);
    let length = |a: (i32, i32), b: (i32, i32)| (a.0 - b.0).abs() + (a.1 - b.1).abs();
    let radius = RADIUS.min(length(from, corner)).min(length(corner, to) / 2);
    let towards = |end: (i32, i32)| {
        (corner.0 + (end.0 - corner.0).signum() * radius, corner.1 + (end.1 - corner.1).signum() * radius)
    };
    (turns && radius > 0).then(|| (towards(from), towards(to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(points: &[(i32, i32)], expected: &str) {
        let mut path = String::new();
        curve(&mut path, points);
        assert_eq!(path, expected);
    }

    #[test]
    fn level_and_bent_pieces() {
        check(&[(0, 10), (20, 10), (40, 50)], "M0 10H20C30 10 30 50 40 50");
        check(&[(5, 5), (9, 5)], "M5 5H9");
        check(&[], "");
    }

    #[test]
    fn corners_are_round() {
        check(&[(0, 0), (20, 0), (20, 40), (0, 40)], "M0 0H14Q20 0 20 6V34Q20 40 14 40H0");
        check(&[(0, 0), (4, 0), (4, 8), (40, 8)], "M0 0Q4 0 4 4Q4 8 8 8H40");
    }
}
