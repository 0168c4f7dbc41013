//! Sorting positions by numbers, compiled once.
//!
//! The standard sort is compiled anew for every type and every closure, about 5 kB of WebAssembly each; the browser
//! downloads this one for all.

/// Sorts by key; positions with equal keys keep their order. Time: n log n.
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
}
