//! Joins several predictions into one, by weights that follow whoever was right (Mahoney, "Adaptive Weighing of Context
//! Models for Lossless Data Compression", 2005): one artificial neuron for each situation.

use super::logistic::LIMIT;

/// Neurons of one kind. Their sums wrap around, which no text has been seen to reach and which would only cost length.
#[derive(Clone)]
pub struct Mixer<const INPUTS: usize, const SITUATIONS: usize> {
    /// For each situation, in 65,536ths.
    weights: [[i32; INPUTS]; SITUATIONS],
    rate: i32,
}

impl<const INPUTS: usize, const SITUATIONS: usize> Mixer<INPUTS, SITUATIONS> {
    /// All weights alike. The number of situations is a power of two.
    pub fn new(weight: i32, rate: i32) -> Self {
        Mixer { weights: [[weight; INPUTS]; SITUATIONS], rate }
    }

    /// The joined prediction; on the logistic scale, as the inputs.
    #[inline(always)]
    pub fn output(&self, situation: usize, inputs: &[i32; INPUTS]) -> i32 {
        let weights = &self.weights[situation & (SITUATIONS - 1)];
        let parts = weights.iter().zip(inputs).map(|(weight, input)| weight.wrapping_mul(*input) >> 8);
        (parts.fold(0i32, i32::wrapping_add) >> 8).clamp(-LIMIT, LIMIT)
    }

    /// Moves the weights of the situation; `error` is the bit less the probability that was given, in 65,536ths.
    #[inline(always)]
    pub fn learn(&mut self, situation: usize, inputs: &[i32; INPUTS], error: i32) {
        let error = (error * self.rate) >> 8;
        for (weight, input) in self.weights[situation & (SITUATIONS - 1)].iter_mut().zip(inputs) {
            *weight = weight.wrapping_add((input * error + (1 << 13)) >> 14);
        }
    }
}
