//! Figures in words, no more exact than the estimates that they rest on.

use crate::evidence::grouped;
use crate::explain::duration;

/// Minutes as an estimate: seconds below two minutes, steps of five minutes above an hour and a half, and hours above ten.
pub fn time(minutes: f64) -> String {
    if minutes < 2.0 && (minutes - minutes.round()).abs() > 0.01 {
        let seconds = (minutes * 12.0).round().max(1.0) as u32 * 5;
        return match (seconds / 60, seconds % 60) {
            (0, seconds) => format!("{seconds} s"),
            (minutes, 0) => format!("{minutes} m"),
            (minutes, seconds) => format!("{minutes} m {seconds} s"),
        };
    }
    let step = match minutes {
        _ if minutes > 600.0 => 60.0,
        _ if minutes > 90.0 => 5.0,
        _ => 1.0,
    };
    duration(((minutes / step).round() * step) as u32)
}

/// Dollars with two figures.
pub fn dollars(dollars: f64) -> String {
    match dollars {
        0.0 => "$0".to_owned(),
        _ if dollars < 0.01 => "less than 1 cent".to_owned(),
        _ => {
            let rounded = two_figures(dollars);
            match rounded {
                _ if rounded < 1.0 => format!("${rounded:.2}"),
                _ if rounded < 10.0 && rounded.fract() > 0.0 => format!("${rounded:.1}"),
                _ => format!("${}", grouped(rounded as usize)),
            }
        }
    }
}

/// Dollars with two figures, or that they are not known.
pub fn price(cost: Option<f64>) -> String {
    cost.map_or_else(|| "not known".to_owned(), dollars)
}

/// Tokens with two figures.
pub fn tokens(tokens: f64) -> String {
    grouped(two_figures(tokens) as usize)
}

fn two_figures(value: f64) -> f64 {
    let mut step = 1e-4;
    while value / step >= 99.5 {
        step *= 10.0;
    }
    // A step below 1 divides better as its inverse.
    if step < 1.0 {
        (value * (1.0 / step).round()).round() / (1.0 / step).round()
    } else {
        (value / step).round() * step
    }
}

/// A share such as `5 %` or `2.5 %`.
pub fn share_in_percent(share: f64) -> String {
    format!("{} %", (share * 1_000.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_no_more_exact_than_estimates() {
        for (minutes, expected) in [
            (1.0 / 3.0, "20 s"),
            (0.05, "5 s"),
            (1.5, "1 m 30 s"),
            (1.999, "2 m"),
            (2.4, "2 m"),
            (57.4, "57 m"),
            (92.0, "1 h 30 m"),
            (517.0, "8 h 35 m"),
            (7_655.0, "128 h"),
            (0.0, "0 m"),
        ] {
            assert_eq!(time(minutes), expected, "{minutes}");
        }
        for (value, expected) in [
            (0.0, "$0"),
            (0.004, "less than 1 cent"),
            (0.0104, "$0.01"),
            (0.26, "$0.26"),
            (0.996, "$1"),
            (3.84, "$3.8"),
            (4.0, "$4"),
            (26.4, "$26"),
            (264.0, "$260"),
            (26_400.0, "$26,000"),
        ] {
            assert_eq!(dollars(value), expected, "{value}");
        }
        assert_eq!(tokens(231_500.0), "230,000");
        assert_eq!(tokens(7_277.0), "7,300");
    }
}
