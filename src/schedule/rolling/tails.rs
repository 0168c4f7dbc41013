//! Lower bounds on the time from a task to the end of the plan, considering resources.

use std::cmp::Reverse;

use fixedbitset::FixedBitSet;

/// For each task, the least minutes from its start to the end of the plan. `last_first` names every task
/// after everything in its `after`; `demands` has one row per resource, like `capacities`.
///
/// The successors of a task share the resources: of the successors followed by at least q minutes, the last
/// can't end before all their work is done, and then q minutes still follow (the one-machine bound of Carlier
/// 1982, with a resource of several units as one machine). O(tasks² · (resources + log tasks)).
pub fn tails(
    minutes: &[u32],
    after: &[Vec<usize>],
    last_first: &[usize],
    demands: &[Vec<u32>],
    capacities: &[u32],
) -> Vec<u32> {
    let mut tails = vec![0u32; minutes.len()];
    let mut descendants = vec![FixedBitSet::with_capacity(minutes.len()); minutes.len()];
    // Minutes that follow each task, longest first.
    let mut rests: Vec<(Reverse<u32>, usize)> = Vec::new();
    for &task in last_first {
        let mut row = std::mem::take(&mut descendants[task]);
        for &next in &after[task] {
            row.insert(next);
            row.union_with(&descendants[next]);
        }
        rests.clear();
        rests.extend(row.ones().map(|next| (Reverse(tails[next] - minutes[next]), next)));
        rests.sort_unstable();
        let chain = after[task].iter().map(|&next| tails[next]).max().unwrap_or(0);
        let mut longest = u64::from(chain);
        for (demand, &capacity) in demands.iter().zip(capacities) {
            let mut work = 0u64;
            for &(Reverse(rest), next) in &rests {
                work = work.saturating_add(u64::from(demand[next]) * u64::from(minutes[next]));
                longest = longest.max(work.div_ceil(u64::from(capacity.max(1))) + u64::from(rest));
            }
        }
        tails[task] = u32::try_from(longest).unwrap_or(u32::MAX / 4) + minutes[task];
        descendants[task] = row;
    }
    tails
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_shares_a_resource() {
        // Tasks 1, 2 and 3 come after 0 and before 4. Two of them fit in parallel.
        let after = [vec![1, 2, 3], vec![4], vec![4], vec![4], vec![]];
        let tails = |capacity| tails(&[5, 4, 4, 4, 7], &after, &[4, 3, 2, 1, 0], &[vec![1; 5]], &[capacity]);
        assert_eq!(tails(3), [16, 11, 11, 11, 7]);
        assert_eq!(tails(2), [18, 11, 11, 11, 7]);
        assert_eq!(tails(1), [24, 11, 11, 11, 7]);
    }
}
