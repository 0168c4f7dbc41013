//! The cheapest mixture of known phases that covers every task, found by the revised simplex method with an
//! explicit inverse (Dantzig, Orchard-Hays 1954).

use std::collections::BTreeSet;

/// Smaller differences count as rounding errors.
const TOLERANCE: f64 = 1e-7;

/// The smallest value that a pivot divides by.
const PIVOT: f64 = 1e-9;

/// The master problem. Rows are tasks, columns are phases. A row may be covered more than once.
pub struct Master {
    columns: Vec<Column>,
    known: BTreeSet<Vec<usize>>,
    /// The basic variable of each row.
    basis: Vec<Basic>,
    /// Inverse of the basis matrix, row by row.
    inverse: Vec<f64>,
    /// Values of the basic variables.
    values: Vec<f64>,
    prices: Vec<f64>,
}

struct Column {
    tasks: Vec<usize>,
    cost: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Basic {
    Column(usize),
    /// How many times the task is covered beyond once.
    Surplus(usize),
}

impl Master {
    /// Starts with one phase for each task, at these costs.
    pub fn new(costs: Vec<u64>) -> Master {
        let len = costs.len();
        let mut inverse = vec![0.0; len * len];
        for row in 0..len {
            inverse[row * len + row] = 1.0;
        }
        let columns: Vec<Column> = costs
            .iter()
            .enumerate()
            .map(|(task, &cost)| Column { tasks: vec![task], cost: cost as f64 })
            .collect();
        Master {
            known: (0..len).map(|task| vec![task]).collect(),
            basis: (0..len).map(Basic::Column).collect(),
            inverse,
            // Slightly different right-hand sides avoid degenerate pivots. The prices don't depend on them.
            values: (0..len).map(|row| 1.0 + 1e-4 * ((row * 7919) % 1009) as f64 / 1009.0).collect(),
            prices: columns.iter().map(|column| column.cost).collect(),
            columns,
        }
    }

    /// Adds a phase. Returns whether it is new.
    pub fn add(&mut self, mut tasks: Vec<usize>, cost: u64) -> bool {
        tasks.sort_unstable();
        if !self.known.insert(tasks.clone()) {
            return false;
        }
        self.columns.push(Column { tasks, cost: cost as f64 });
        true
    }

    /// The price (dual value) of each task.
    pub fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// Pivots until no known phase is worth more than it costs. Returns the number of operations. Calls
    /// `go_on` now and then with the operations so far, and stops if it returns false.
    pub fn optimise(&mut self, go_on: &mut dyn FnMut(u64) -> bool) -> u64 {
        let len = self.basis.len();
        let mut operations = 0;
        // A safety net: each pivot improves the objective, but rounding errors could make the method cycle.
        for pivot in 0..50 * len + 1000 {
            operations += (len * len + self.columns.len() * 4) as u64;
            let Some(entering) = self.most_profitable() else { break };
            if !self.pivot(entering) || (pivot % 16 == 15 && !go_on(operations)) {
                break;
            }
        }
        operations
    }

    fn most_profitable(&self) -> Option<Basic> {
        let mut best = (-TOLERANCE, None);
        for (at, column) in self.columns.iter().enumerate() {
            let worth: f64 = column.tasks.iter().map(|&task| self.prices[task]).sum();
            let gain = column.cost - worth;
            if gain < best.0 * (1.0 + column.cost) {
                best = (gain / (1.0 + column.cost), Some(Basic::Column(at)));
            }
        }
        for (task, &price) in self.prices.iter().enumerate() {
            if price < best.0 {
                best = (price, Some(Basic::Surplus(task)));
            }
        }
        best.1
    }

    fn pivot(&mut self, entering: Basic) -> bool {
        let len = self.basis.len();
        let column = |row: usize, inverse: &[f64]| -> f64 {
            match entering {
                Basic::Column(at) => {
                    self.columns[at].tasks.iter().map(|&task| inverse[row * len + task]).sum()
                }
                Basic::Surplus(task) => -inverse[row * len + task],
            }
        };
        let direction: Vec<f64> = (0..len).map(|row| column(row, &self.inverse)).collect();
        let mut leaving: Option<(f64, usize)> = None;
        for (row, &step) in direction.iter().enumerate() {
            if step > PIVOT {
                let ratio = self.values[row] / step;
                let better = leaving.is_none_or(|(least, at)| {
                    ratio < least - 1e-12 || (ratio <= least + 1e-12 && step > direction[at])
                });
                if better {
                    leaving = Some((ratio, row));
                }
            }
        }
        let Some((ratio, pivot_row)) = leaving else { return false };
        let (cost, worth) = match entering {
            Basic::Column(at) => (
                self.columns[at].cost,
                self.columns[at].tasks.iter().map(|&task| self.prices[task]).sum::<f64>(),
            ),
            Basic::Surplus(task) => (0.0, -self.prices[task]),
        };
        let scale = 1.0 / direction[pivot_row];
        let pivot: Vec<f64> =
            self.inverse[pivot_row * len..][..len].iter().map(|value| value * scale).collect();
        for (row, &factor) in direction.iter().enumerate() {
            let values = &mut self.inverse[row * len..][..len];
            if row == pivot_row {
                values.copy_from_slice(&pivot);
            } else if factor != 0.0 {
                for (value, pivot) in values.iter_mut().zip(&pivot) {
                    *value -= factor * pivot;
                }
                self.values[row] -= factor * ratio;
            }
        }
        self.values[pivot_row] = ratio;
        self.basis[pivot_row] = entering;
        let gain = cost - worth;
        for (price, pivot) in self.prices.iter_mut().zip(&pivot) {
            *price += gain * pivot;
        }
        true
    }
}
