//! Sorts positions by numbers: compiled once for all uses.
//!
//! The standard sort is compiled separately for every type and closure, about 5 kB of WebAssembly each; the
//! browser downloads only this one.

/// Sorts by key. Stable. Time: O(n log n).
pub fn by_key(positions: &mut [usize], key: &mut dyn FnMut(usize) -> (i64, i64)) {
    let mut keyed: Vec<(i64, i64, usize, usize)> = Vec::with_capacity(positions.len());
    for (place, &position) in positions.iter().enumerate() {
        let (major, minor) = key(position);
        keyed.push((major, minor, place, position));
    }
    keyed.sort_unstable();
    for (position, (.., sorted)) in positions.iter_mut().zip(keyed) {
        *position = sorted;
    }
}

/// Which values are in one longest increasing subsequence; `None` is in none. O(n log n) (Fredman, "On
/// computing the length of longest increasing subsequences", 1975).
pub fn longest_increasing(values: &[Option<usize>]) -> Vec<bool> {
    // Position of the smallest value that ends a subsequence of each length, and the position before each
    // position.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; values.len()];
    for (position, value) in values.iter().enumerate().filter(|(_, value)| value.is_some()) {
        let length = ends.partition_point(|end| values[*end] < *value);
        before[position] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length < ends.len() { ends[length] = position } else { ends.push(position) }
    }
    let mut belongs = vec![false; values.len()];
    let mut position = ends.last().copied();
    while let Some(at) = position {
        belongs[at] = true;
        position = before[at];
    }
    belongs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let keys = [(2, 0), (1, 5), (2, -1), (1, 5)];
        let mut positions = [3, 0, 1, 2];
        by_key(&mut positions, &mut |position| keys[position]);
        assert_eq!(positions, [3, 1, 2, 0]);
    }

    #[test]
    fn what_does_not_belong_has_to_move() {
        let check = |values: &[i32], expected: &[usize]| {
            let values: Vec<Option<usize>> =
                values.iter().map(|value| usize::try_from(*value).ok()).collect();
            let belongs = longest_increasing(&values);
            let places: Vec<usize> = (0..values.len()).filter(|&place| belongs[place]).collect();
            assert_eq!(places, expected, "{values:?}");
        };
        check(&[], &[]);
        check(&[0, 1, 2], &[0, 1, 2]);
        check(&[2, 0, -1, 1], &[1, 3]);
        check(&[3, 2, 1], &[2]);
    }
}
