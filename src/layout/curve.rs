//! The outline of a line as SVG path data.

use std::fmt::Write as _;

/// Appends the line through these points: level between points of equal height, an S-curve between others. An
/// S-curve stays inside the box of its ends, so if the straight pieces touch no card, the curve touches none
/// either.
pub fn curve(path: &mut String, points: &[(i32, i32)]) {
    let Some(&(mut x, mut y)) = points.first() else { return };
    // Writing to a string can't fail.
    let _ = write!(path, "M{x} {y}");
    for &(to_x, to_y) in &points[1..] {
        let _ = if to_y == y {
            write!(path, "H{to_x}")
        } else {
            let middle = x + (to_x - x) / 2;
            write!(path, "C{middle} {y} {middle} {to_y} {to_x} {to_y}")
        };
        (x, y) = (to_x, to_y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_and_bent_pieces() {
        let mut path = String::new();
        curve(&mut path, &[(0, 10), (20, 10), (40, 50)]);
        curve(&mut path, &[(5, 5), (9, 5)]);
        assert_eq!(path, "M0 10H20C30 10 30 50 40 50M5 5H9");
    }
}
