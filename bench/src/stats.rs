//! What is told of many measurements.

use serde::Serialize;

/// The middle, and what 99 of 100 stay below.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Spread {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

impl Spread {
    /// Of at least one value, else zeros.
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Self { p50: percentile(&values, 50), p99: percentile(&values, 99) }
    }
}

/// Bytes or instructions to calculate with: far below 2^53, from where it would not be exact.
#[allow(clippy::cast_precision_loss, reason = "see above")]
pub(crate) fn number(count: u64) -> f64 {
    count as f64
}

/// The value that so many percent of the sorted ones are not above (the nearest rank).
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let hundred = (1..=100).rev().map(f64::from).collect();
        assert_eq!(Spread::of(hundred), Spread { p50: 50.0, p99: 99.0 });
        assert_eq!(Spread::of(vec![3.0, 1.0, 2.0]), Spread { p50: 2.0, p99: 3.0 });
        assert_eq!(Spread::of(vec![7.0]), Spread { p50: 7.0, p99: 7.0 });
    }
}
