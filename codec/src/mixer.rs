//! Mixes several predictions with weights that follow the best predictor (Mahoney, "Adaptive Weighing of
//! Context Models for Lossless Data Compression", 2005): one artificial neuron per situation.

use super::logistic::LIMIT;

/// Neurons of one kind. Their sums wrap around on overflow. No known text causes that, and it would only cost
/// length.
#[derive(Clone)]
pub struct Mixer<const INPUTS: usize, const SITUATIONS: usize> {
    /// Weights per situation, in 65,536ths.
    weights: [[i32; INPUTS]; SITUATIONS],
    rate: i32,
}

impl<const INPUTS: usize, const SITUATIONS: usize> Mixer<INPUTS, SITUATIONS> {
    /// Starts with equal weights. The number of situations is a power of two.
    pub fn new(weight: i32, rate: i32) -> Self {
        Mixer { weights: [[weight; INPUTS]; SITUATIONS], rate }
    }

    /// The mixed prediction, on the logistic scale like the inputs.
    #[inline(always)]
    pub fn output(&self, situation: usize, inputs: &[i32; INPUTS]) -> i32 {
        let weights = &self.weights[situation & (SITUATIONS - 1)];
        let parts = weights.iter().zip(inputs).map(|(weight, input)| weight.wrapping_mul(*input) >> 8);
        (parts.fold(0i32, i32::wrapping_add) >> 8).clamp(-LIMIT, LIMIT)
    }

    /// Adjusts the weights of the situation. `error` is the bit minus the predicted probability, in
    /// 65,536ths.
    #[inline(always)]
    pub fn learn(&mut self, situation: usize, inputs: &[i32; INPUTS], error: i32) {
        let error = (error * self.rate) >> 8;
        for (weight, input) in self.weights[situation & (SITUATIONS - 1)].iter_mut().zip(inputs) {
            *weight = weight.wrapping_add((input * error + (1 << 13)) >> 14);
        }
    }
}
