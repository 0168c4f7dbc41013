//! Joins several predictions into one, by weights that follow whoever was right (Mahoney, "Adaptive Weighing of Context
//! Models for Lossless Data Compression", 2005): one artificial neuron for each situation.

use super::logistic::LIMIT;

/// Neurons of one kind. Their sums wrap around, which no text has been seen to reach and which would only cost length.
#[derive(Clone)]
pub struct Mixer<const INPUTS: usize> {
    /// For each situation, in 65,536ths.
    weights: Vec<[i32; INPUTS]>,
    situation: usize,
    rate: i32,
    sum: i32,
}

impl<const INPUTS: usize> Mixer<INPUTS> {
    /// One neuron for each of `situations`, all weights alike.
    pub fn new(situations: usize, weight: i32, rate: i32) -> Self {
        Mixer { weights: vec![[weight; INPUTS]; situations], situation: 0, rate, sum: 0 }
    }

    /// Begins a prediction.
    pub fn begin(&mut self, situation: usize) {
        self.situation = situation;
        self.sum = 0;
    }

    /// Adds one input, on the logistic scale. Inputs come one by one while they are computed, because reading them back
    /// from memory as a row would make the processor wait for the last of them.
    pub fn add(&mut self, number: usize, input: i32) {
        let weight = self.weights[self.situation][number];
        self.sum = self.sum.wrapping_add(weight.wrapping_mul(input) >> 8);
    }

    /// The joined prediction, on the logistic scale as the inputs.
    pub fn output(&self) -> i32 {
        (self.sum >> 8).clamp(-LIMIT, LIMIT)
    }

    /// Moves the weights of the situation; `error` is the bit less the probability that was given, in 65,536ths.
    pub fn learn(&mut self, inputs: &[i32; INPUTS], error: i32) {
        let error = (error * self.rate) >> 8;
        for (weight, input) in self.weights[self.situation].iter_mut().zip(inputs) {
            *weight = weight.wrapping_add((input * error + (1 << 13)) >> 14);
        }
    }
}
