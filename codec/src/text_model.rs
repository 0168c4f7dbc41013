//! Predicts text bit by bit from the preceding text: context mixing.
//!
//! Several contexts (the last bytes, the word so far, the words before) each predict the next bit from their
//! history. A mixer combines the predictions, trusting the best predictor of each situation, and a final
//! table corrects the result. The structure is that of lpaq (M. Mahoney 2007), reduced to what is useful for
//! short English text, with word contexts in addition to byte contexts.

use super::adaptive::Adaptive;
use super::history::{Histories, NEW};
use super::logistic::{LIMIT, Logistic};
use super::mixer::Mixer;
use super::repeats::{MOST, Repeats};
use super::slots::{Slots, hash};

/// The kind of a text. Each kind has typical words and punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Instructions, goals, comments.
    Prose,
    /// Titles of plans, groups and tasks.
    Title,
    /// Patterns of files.
    Pattern,
    /// Ids, names of agents, models and resources.
    Name,
    /// Commands and statements that must hold at the end.
    Check,
    /// Fields of other versions, as JSON.
    Json,
}

impl Kind {
    /// All of them, in order.
    pub const ALL: [Kind; 6] = [Kind::Prose, Kind::Title, Kind::Pattern, Kind::Name, Kind::Check, Kind::Json];
}

/// The number of kinds of text, rounded up to a power of two.
const KINDS: usize = 8;
/// The number of contexts with histories.
const CONTEXTS: usize = 7;
/// The first contexts are the last bytes, shortest first.
const BYTE_CONTEXTS: usize = 4;
/// Inputs of a mixer: the contexts, the repeat, a constant, and zeros to fill vectors of four.
const INPUTS: usize = (CONTEXTS + 2).next_multiple_of(4);
/// Situations of the first mixer: the longest known byte context, the length of the repeat, the kind.
const KNOWLEDGES: usize = 8 * 4 * KINDS;
/// The number of recent bits that count for a probability.
const MEMORY: u32 = 255;
/// Points on the logistic scale at which the final table learns.
const CORRECTION_POINTS: usize = 33;
/// The number of bits of context that select a row of the final table.
const CORRECTIONS: u32 = 12;

/// The model with everything it has learned. About 5 MB.
#[derive(Clone)]
pub struct TextModel {
    logistic: Logistic,
    histories: Histories,
    slots: Slots,
    /// For each context, the probability of a 1 after each history.
    after_history: [[Adaptive; 256]; CONTEXTS],
    repeats: Repeats,
    /// For each length of agreement, the probability that the repeat is right.
    after_repeat: [Adaptive; 2 * (MOST + 1)],
    by_partial: Mixer<INPUTS, 256>,
    by_knowledge: Mixer<INPUTS, KNOWLEDGES>,
    joined: Mixer<2, KINDS>,
    corrections: Vec<Adaptive>,

    /// Everything read so far, one field after another.
    text: Vec<u8>,
    /// The beginning of the field.
    start: usize,
    /// The beginning of the last title.
    title: usize,
    kind: Kind,
    /// Hashes of the current word, the previous one and the one before that; 0 for none.
    words: [u32; 3],
    /// The bits of the current byte, after a leading 1.
    partial: u32,

    contexts: [u32; CONTEXTS],
    found: [usize; CONTEXTS],
    node: usize,
    /// Changes with every lookup, so no compiler removes [`Slots::fetch`].
    fetched: u8,
    inputs: [i32; INPUTS],
    knowledge: usize,
    /// The outputs of the first two mixers.
    outputs: [i32; 2],
    expected: Option<(u8, usize)>,
    correction_case: usize,
    mixed: i32,
    probability: u32,
}

impl TextModel {
    /// An untrained model.
    pub fn new() -> TextModel {
        let logistic = Logistic::new();
        let histories = Histories::new();
        let mut after_history = [[Adaptive::new(0); 256]; CONTEXTS];
        for history in 0..=histories.last() {
            let (zeros, ones) = histories.counts(history);
            let start = (65_535 * (2 * ones + 1)) / (2 * (zeros + ones + 1));
            after_history.iter_mut().for_each(|after| after[usize::from(history)] = Adaptive::new(start));
        }
        let points = (0..CORRECTION_POINTS as i32)
            .map(|point| Adaptive::new(logistic.squash(128 * point - LIMIT - 1) as u32));
        let corrections = points.cycle().take(CORRECTION_POINTS << CORRECTIONS).collect();
        let mut model = TextModel {
            slots: Slots::new(),
            after_history,
            repeats: Repeats::new(),
            after_repeat: [Adaptive::new(1 << 15); 2 * (MOST + 1)],
            by_partial: Mixer::new(16_000, 48),
            by_knowledge: Mixer::new(16_000, 48),
            joined: Mixer::new(1 << 15, 8),
            corrections,
            text: Vec::new(),
            start: 0,
            title: 0,
            kind: Kind::Prose,
            words: [0; 3],
            partial: 1,
            contexts: [0; CONTEXTS],
            found: [0; CONTEXTS],
            node: 1,
            fetched: 0,
            inputs: [0; INPUTS],
            knowledge: 0,
            outputs: [0; 2],
            expected: None,
            correction_case: 0,
            mixed: 0,
            probability: 1 << 15,
            logistic,
            histories,
        };
        model.begin(Kind::Prose);
        model
    }

    /// Begins a field. The text before it is no context, but everything learned there remains.
    pub fn begin(&mut self, kind: Kind) {
        self.kind = kind;
        self.start = self.text.len();
        self.words = [0; 3];
        self.repeats.stop();
        match kind {
            Kind::Title => self.title = self.start,
            // Instructions often begin with the words of the title.
            Kind::Prose => self.repeats.follow(self.title),
            _ => {}
        }
        self.begin_byte();
    }

    /// The probability that the next bit is a 1, in 65,536ths.
    pub fn probability(&self) -> u32 {
        self.probability
    }

    /// Learns the next bit. Bytes come with their highest bit first.
    pub fn learn(&mut self, bit: u32) {
        self.learn_inputs(bit);
        self.learn_mix(bit);
        self.partial = self.partial << 1 | bit;
        match self.partial {
            256.. => self.end_byte(),
            16..32 => {
                self.find_slots();
                self.predict();
            }
            _ => self.predict(),
        }
    }

    fn learn_inputs(&mut self, bit: u32) {
        let node = self.node;
        for (&slot, after) in self.found.iter().zip(&mut self.after_history) {
            let history = self.slots.history_mut(slot, node);
            // Also learns for new contexts, although that is never used.
            after[usize::from(*history)].learn(bit, MEMORY);
            *history = self.histories.next(*history, bit);
        }
        if let Some((byte, agreed)) = self.expected {
            let expected = self.expected_bit(byte);
            self.after_repeat[2 * agreed + expected as usize].learn(bit, MEMORY);
            if expected != bit {
                self.expected = None;
                self.repeats.stop();
            }
        }
    }

    // Four at a time. All browsers support SIMD since March 2023; without it, Wasm would not load at all.
    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn learn_mix(&mut self, bit: u32) {
        let error = |logistic: &Logistic, output| ((bit << 16) as i32) - logistic.squash(output);
        let [by_partial, by_knowledge] = self.outputs;
        self.by_partial.learn(self.situation(), &self.inputs, error(&self.logistic, by_partial));
        self.by_knowledge.learn(self.knowledge, &self.inputs, error(&self.logistic, by_knowledge));
        self.joined.learn(self.kind as usize, &self.outputs, error(&self.logistic, self.mixed));
        self.corrections[self.correction_case].learn(bit, MEMORY);
    }

    /// The situation of the first mixer.
    fn situation(&self) -> usize {
        self.partial as usize
    }

    fn end_byte(&mut self) {
        let byte = self.partial as u8;
        self.text.push(byte);
        let [word, before, _] = self.words;
        if byte.is_ascii_alphabetic() || byte >= 128 {
            self.words[0] = hash(word, u32::from(byte.to_ascii_lowercase()));
        } else if word != 0 {
            self.words = [0, word, before];
        }
        self.repeats.go_on(&self.text, self.start);
        self.begin_byte();
    }

    fn begin_byte(&mut self) {
        self.partial = 1;
        self.expected = self.repeats.expected(&self.text);
        let kind = self.kind as u32;
        let [last, second, third, fourth] = [1, 2, 3, 4].map(|back| self.byte(back));
        let two = last | second << 9;
        let three = hash(two, third);
        let four = hash(three, fourth);
        let [word, before, earlier] = self.words;
        let word_in_kind = hash(word, kind);
        self.contexts =
            [hash(last, kind), two, three, four, word_in_kind, hash(word, before), hash(word, earlier)];
        for (number, context) in (1..).zip(&mut self.contexts) {
            *context = hash(*context, number);
        }
        self.find_slots();
        self.predict();
    }

    /// A byte of this field, counted from its end; before its start, a number for the kind of field.
    fn byte(&self, back: usize) -> u32 {
        match self.text.len().checked_sub(back) {
            Some(at) if at >= self.start => u32::from(self.text[at]),
            _ => 256 + self.kind as u32,
        }
    }

    fn find_slots(&mut self) {
        let mut contexts = self.contexts;
        if self.partial > 1 {
            contexts = contexts.map(|context| hash(context, self.partial));
        }
        self.fetched ^= self.slots.fetch(&contexts);
        for (found, context) in self.found.iter_mut().zip(contexts) {
            *found = self.slots.find(context);
        }
    }

    /// The node in the tree over half a byte.
    fn node(&self) -> usize {
        let bits = self.partial.ilog2();
        let within = if bits < 4 { bits } else { bits - 4 };
        (1 << within | self.partial & ((1 << within) - 1)) as usize
    }

    fn expected_bit(&self, byte: u8) -> u32 {
        u32::from(byte) >> (7 - self.partial.ilog2()) & 1
    }

    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn predict(&mut self) {
        self.node = self.node();
        let histories = self.found.map(|slot| self.slots.history(slot, self.node));
        let known = histories[..BYTE_CONTEXTS].iter().rposition(|&history| history != NEW);
        let agreement = self.expected.map_or(0, |(_, agreed)| 1 + agreed / 12);
        self.knowledge =
            (known.map_or(0, |longest| longest + 1) * 4 + agreement) * KINDS + self.kind as usize;
        let inputs = self.inputs(histories);
        self.inputs = inputs;
        self.outputs = [
            self.by_partial.output(self.situation(), &inputs),
            self.by_knowledge.output(self.knowledge, &inputs),
        ];
        self.mixed = self.joined.output(self.kind as usize, &self.outputs);
        let corrected = self.correct();
        let probability = (self.logistic.squash(self.mixed) as u32 + corrected).div_ceil(2);
        self.probability = probability.clamp(32, 65_536 - 32);
    }

    /// The predictions of the contexts. A new context predicts nothing.
    fn inputs(&self, histories: [u8; CONTEXTS]) -> [i32; INPUTS] {
        let says = |after: Adaptive| self.logistic.stretch(after.probability() >> 4);
        std::array::from_fn(|number| match histories.get(number) {
            Some(&NEW) => 0,
            Some(&history) => says(self.after_history[number][usize::from(history)]),
            None if number == CONTEXTS => self.expected.map_or(0, |(byte, agreed)| {
                says(self.after_repeat[2 * agreed + self.expected_bit(byte) as usize])
            }),
            None if number == CONTEXTS + 1 => 256,
            None => 0,
        })
    }

    /// The observed probability of a 1 for this mixer output after this byte, interpolated between the two
    /// nearest points.
    fn correct(&mut self) -> u32 {
        let situation = (hash(self.byte(1), self.partial) >> (32 - CORRECTIONS)) as usize * CORRECTION_POINTS;
        let place = (self.mixed + LIMIT + 1) as usize;
        let (point, rest) = (situation + (place >> 7), place as u32 & 127);
        self.correction_case = if rest < 64 { point } else { point + 1 };
        let (below, above) =
            (self.corrections[point].probability(), self.corrections[point + 1].probability());
        (below * (128 - rest) + above * rest) >> 7
    }
}
