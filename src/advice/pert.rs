//! How long a task takes if its estimate is low, likely and high: the beta-PERT distribution.
//!
//! The beta distribution over `low..high` with the parameters `1 + 4·(likely − low)/(high − low)` and
//! `1 + 4·(high − likely)/(high − low)` (Malcolm and others 1959; Vose 2008). Its inverse is tabulated once, so that a
//! draw is one look-up. Only additions, multiplications and divisions are used, which are exact to the bit on every
//! machine; logarithms and powers of the system's library are not.

/// Cells of the table of the inverse.
const CELLS: usize = 1_024;
/// Steps of the integration.
const STEPS: usize = 4_096;

/// The inverse of the distribution function, for estimates whose likely value lies at one share of the range.
#[derive(Debug, Clone, PartialEq)]
pub struct Pert {
    /// At equal steps of probability from 0 to 1: the share of the range.
    quantiles: Vec<f64>,
}

impl Pert {
    /// For a likely value at this share of the range, from 0 to 1.
    pub fn at(mode: f64) -> Pert {
        let (rising, falling) = (4.0 * mode, 4.0 * (1.0 - mode));
        let mut sums = Vec::with_capacity(STEPS + 1);
        let mut sum = 0.0;
        sums.push(sum);
        for step in 0..STEPS {
            let x = (step as f64 + 0.5) / STEPS as f64;
            sum += exp(rising * ln(x) + falling * ln(1.0 - x));
            sums.push(sum);
        }
        Pert { quantiles: inverted(&sums) }
    }

    /// The share of the range for 64 random bits.
    pub fn share(&self, bits: u64) -> f64 {
        let cell = (bits >> 54) as usize;
        let within = ((bits >> 22) & 0xFFFF_FFFF) as f64 / 4_294_967_296.0;
        let [from, to] = [self.quantiles[cell], self.quantiles[cell + 1]];
        from + (to - from) * within
    }
}

/// The share of the range at each of [`CELLS`] equal steps of what is summed up, with straight lines between the sums.
fn inverted(sums: &[f64]) -> Vec<f64> {
    let whole = sums.last().copied().unwrap_or(0.0);
    let mut step = 0;
    let at = |cell: usize| {
        let wanted = whole * cell as f64 / CELLS as f64;
        while step + 2 < sums.len() && sums[step + 1] < wanted {
            step += 1;
        }
        let height = sums[step + 1] - sums[step];
        let within = if height > 0.0 { ((wanted - sums[step]) / height).clamp(0.0, 1.0) } else { 0.0 };
        (step as f64 + within) / (sums.len() - 1) as f64
    };
    (0..=CELLS).map(at).collect()
}

/// The natural logarithm of a positive normal number, to about 15 digits.
fn ln(x: f64) -> f64 {
    const MANTISSA: u64 = (1 << 52) - 1;
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7FF) as f64 - 1_023.0;
    let mantissa = f64::from_bits((bits & MANTISSA) | 1.0_f64.to_bits());
    // ln m = 2·atanh((m − 1)/(m + 1)), with m from 1 to 2.
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let series = (0..20).rev().fold(0.0, |sum, term| sum * square + 1.0 / f64::from(2 * term + 1));
    exponent * std::f64::consts::LN_2 + 2.0 * ratio * series
}

/// The exponential of a number from −700 to 700, to about 15 digits.
fn exp(x: f64) -> f64 {
    let whole = (x / std::f64::consts::LN_2).round();
    let rest = x - whole * std::f64::consts::LN_2;
    let series = (1..20).rev().fold(1.0, |sum, term| 1.0 + sum * rest / f64::from(term));
    series * f64::from_bits(((whole + 1_023.0) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::random::Random;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a comparison within a tolerance, in a test")]
    fn logarithm_and_exponential_agree_with_the_library() {
        for x in [1e-9, 0.0001, 0.3, 0.5, 0.999_9, 1.0, 1.5, 2.0, 700.0] {
            assert!((ln(x) - x.ln()).abs() <= 1e-13 * x.ln().abs().max(1.0), "ln {x}");
        }
        for x in [-600.0, -40.0, -1.0, -0.1, 0.0, 0.3, 1.0, 10.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-12, "exp {x}");
        }
    }

    /// Where `likely` is the best or the worst case, the distribution function is `1 − (1 − x)⁵` or `x⁵`.
    #[test]
    fn the_ends_have_a_closed_form() {
        for (mode, inverse) in [(1.0, true), (0.0, false)] {
            let pert = Pert::at(mode);
            for (share, probability) in [(0.1, 0.1), (0.5, 0.5), (0.9, 0.9)] {
                let bits = (probability * 18_446_744_073_709_551_616.0) as u64;
                let x = pert.share(bits);
                let reached = if inverse { x.powi(5) } else { 1.0 - (1.0 - x).powi(5) };
                assert!((reached - share).abs() < 1e-4, "{mode} {probability}: {reached}");
            }
        }
    }

    /// The mean is (low + 4·likely + high)/6, the variance (mean − low)·(high − mean)/7.
    #[test]
    fn mean_and_variance_are_those_of_the_distribution() {
        const DRAWS: usize = 200_000;
        for mode in [0.0, 0.1, 0.25, 0.5, 0.8, 1.0] {
            let pert = Pert::at(mode);
            let mut random = Random::new(7);
            let drawn: Vec<f64> = (0..DRAWS).map(|_| pert.share(random.bits())).collect();
            let mean = drawn.iter().sum::<f64>() / DRAWS as f64;
            let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / DRAWS as f64;
            let expected = (4.0 * mode + 1.0) / 6.0;
            let expected_variance = expected * (1.0 - expected) / 7.0;
            let error = (expected_variance / DRAWS as f64).sqrt();
            assert!((mean - expected).abs() < 3.0 * error, "{mode}: {mean} for {expected}");
            assert!((variance / expected_variance - 1.0).abs() < 0.02, "{mode}: {variance}");
        }
    }
}
