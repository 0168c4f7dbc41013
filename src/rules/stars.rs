//! Groups pairs that share a task, so one sentence can describe all of them.

/// Pairs with a common end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Star {
    /// The common end.
    pub centre: usize,
    /// Positions of its pairs in the list, ascending.
    pub pairs: Vec<usize>,
}

/// Removes the largest star from the pairs repeatedly, until none has at least `smallest` pairs or `most` are
/// found. Among equally large stars, the smaller centre comes first. Also returns the positions of the
/// remaining pairs, ascending. O(most · ends + pairs).
pub(super) fn gather(pairs: &[(usize, usize)], smallest: usize, most: usize) -> (Vec<Star>, Vec<usize>) {
    let ends = pairs.iter().map(|&(a, b)| a.max(b) + 1).max().unwrap_or(0);
    let mut pairs_of: Vec<Vec<usize>> = vec![Vec::new(); ends];
    for (pair, &(a, b)) in pairs.iter().enumerate() {
        pairs_of[a].push(pair);
        pairs_of[b].push(pair);
    }
    let mut degree: Vec<usize> = pairs_of.iter().map(Vec::len).collect();
    let mut is_taken = vec![false; pairs.len()];
    let mut stars = Vec::new();
    while stars.len() < most {
        let Some(centre) = (0..ends).rev().max_by_key(|&end| degree[end]) else { break };
        if degree[centre] < smallest {
            break;
        }
        let mut inside = std::mem::take(&mut pairs_of[centre]);
        inside.retain(|&pair| !is_taken[pair]);
        for &pair in &inside {
            is_taken[pair] = true;
            degree[pairs[pair].0] -= 1;
            degree[pairs[pair].1] -= 1;
        }
        stars.push(Star { centre, pairs: inside });
    }
    (stars, (0..pairs.len()).filter(|&pair| !is_taken[pair]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_star_goes_first_and_single_pairs_are_left() {
        let pairs = [(0, 1), (2, 3), (2, 4), (0, 2), (1, 5), (6, 7)];
        let (stars, rest) = gather(&pairs, 2, 10);
        let expected = [Star { centre: 2, pairs: vec![1, 2, 3] }, Star { centre: 1, pairs: vec![0, 4] }];
        assert_eq!(stars, expected);
        assert_eq!(rest, [5]);
    }

    #[test]
    fn small_stars_and_those_beyond_the_limit_stay_pairs() {
        assert_eq!(gather(&[(0, 1), (0, 2)], 3, 10), (vec![], vec![0, 1]));
        let two_centres = [(0, 1), (0, 2), (3, 4), (3, 5)];
        assert_eq!(gather(&two_centres, 2, 1).1, [2, 3]);
        assert_eq!(gather(&[], 1, 10), (vec![], vec![]));
    }
}
