//! Paths that match two patterns and none of a list of excluding patterns.
//!
//! An exclude is a complement, so comparing pattern with pattern is not enough: the search follows both
//! patterns and the set of all states that the excludes can be in, character by character. That is the
//! product of two automata with the subset construction of a third (Rabin and Scott, 1959), built only as far
//! as the search gets. It is breadth first, so the first path found is one of the shortest.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Effort;
use super::char_set::CharSet;
use super::name::{Shape, Token};
use super::path::{intersects, overlap};
use super::pattern::{Pattern, Segment};

/// The most steps before the search gives up. Excludes of real plans need some hundred; only patterns made
/// for the purpose come near the limit.
const MAX_STEPS: usize = 200_000;

/// The cost of a step, in units of [`Effort`].
const STEP_EFFORT: usize = 8;

/// A path that matches both patterns and none of the excludes, or `None` if there is none.
///
/// Exact, except for excludes so complex that the search would take too long. Then the answer ignores the
/// excludes, because a missed conflict does more harm than a false alarm.
pub fn overlap_outside(left: &Pattern, right: &Pattern, excludes: &[&Pattern]) -> Option<String> {
    overlap_outside_within(left, right, excludes, &mut Effort::new(usize::MAX))
}

/// Whether there is such a path, within a limit. If the limit is reached, the answer ignores the excludes.
pub fn intersects_outside_within(
    left: &Pattern,
    right: &Pattern,
    excludes: &[&Pattern],
    effort: &mut Effort,
) -> bool {
    intersects(left, right)
        && (!excludes.iter().any(|exclude| bears(exclude, left, right, effort))
            || overlap_outside_within(left, right, excludes, effort).is_some())
}

/// A path that matches both patterns and none of the excludes, within a limit. If the limit is reached, the
/// answer ignores the excludes.
pub fn overlap_outside_within(
    left: &Pattern,
    right: &Pattern,
    excludes: &[&Pattern],
    effort: &mut Effort,
) -> Option<String> {
    if excludes.iter().any(|exclude| takes_in(exclude, left) || takes_in(exclude, right)) {
        return None;
    }
    let shortest = overlap(left, right)?;
    let excludes: Vec<&Pattern> =
        excludes.iter().copied().filter(|exclude| bears(exclude, left, right, effort)).collect();
    if !excludes.iter().any(|exclude| exclude.matches(&shortest)) {
        return Some(shortest);
    }
    if left.path().is_some() || right.path().is_some() {
        return None;
    }
    // Building the automata takes time too.
    if !effort.spend(STEP_EFFORT * excludes.iter().map(|exclude| exclude.size()).sum::<usize>()) {
        return Some(shortest);
    }
    let automata = [Automaton::of(&[left]), Automaton::of(&[right]), Automaton::of(&excludes)];
    let symbols = symbols(&automata);
    for readable in [true, false] {
        let mut search =
            Search::new(&automata, &symbols, readable, (effort.left() / STEP_EFFORT).min(MAX_STEPS));
        let found = search.run();
        effort.spend(search.steps * STEP_EFFORT);
        match found {
            Found::Path(path) => return Some(path),
            Found::Nothing => {}
            Found::TooLong => return Some(shortest),
        }
    }
    None
}

/// Whether the exclude has paths in common with both patterns. No if the limit is reached.
fn bears(exclude: &Pattern, left: &Pattern, right: &Pattern, effort: &mut Effort) -> bool {
    let meets =
        |effort: &mut Effort, pattern| effort.compare(exclude, pattern) && intersects(exclude, pattern);
    meets(effort, left) && meets(effort, right)
}

/// Whether the exclude certainly matches everything that the pattern does: they are equal, or the exclude is
/// everything below a folder that contains the pattern. Most excludes of real plans are like this.
fn takes_in(exclude: &Pattern, pattern: &Pattern) -> bool {
    let Some(inside) = pattern.lead().strip_prefix(exclude.lead()) else { return false };
    let mut tails = exclude.tails();
    match tails.next() {
        Some([Segment::Any, Segment::Deep]) if tails.next().is_none() => {
            !inside.is_empty() || pattern.tails().all(|tail| !tail.is_empty())
        }
        _ => inside.is_empty() && exclude.tails().eq(pattern.tails()),
    }
}

/// A state of a pattern, described by the next character it accepts. A path is read with a `/` before each of
/// its names.
#[derive(Debug)]
enum State {
    /// The end of the pattern.
    End,
    /// One character of the set, then that state.
    One(CharSet, usize),
    /// Any characters of one name, then that state.
    Star(usize),
    /// A `/`, then that state.
    Slash(usize),
    /// Any number of names, then that state. The following state is [`State::Inside`] of such a name.
    Deep(usize),
    /// Inside a name that the [`State::Deep`] at that state matches.
    Inside(usize),
    /// Any of these states.
    Fork(Vec<usize>),
}

/// An automaton for the paths that any of some patterns match.
struct Automaton {
    states: Vec<State>,
    /// For each state, its epsilon closure: all states reached without a character, ascending, except pure
    /// forks.
    settled: Vec<Vec<usize>>,
    start: usize,
}

impl Automaton {
    fn of(patterns: &[&Pattern]) -> Automaton {
        let mut states = vec![State::End];
        let mut starts = Vec::new();
        for (pattern, tail) in patterns.iter().flat_map(|one| one.tails().map(move |tail| (one, tail))) {
            let behind = tail.iter().rev().fold(0, |next, segment| prepend(&mut states, segment, next));
            let names = pattern.lead().split_terminator('/').rev();
            starts.push(
                names.fold(behind, |next, name| prepend(&mut states, &Segment::Literal(name.into()), next)),
            );
        }
        states.push(State::Fork(starts));
        let settled = (0..states.len()).map(|state| settle(&states, state)).collect();
        Automaton { start: states.len() - 1, states, settled }
    }

    /// The state after one state reads this character.
    fn step(&self, state: usize, symbol: char) -> Option<usize> {
        match &self.states[state] {
            State::One(set, next) if set.contains(symbol) => Some(*next),
            State::Star(_) | State::Inside(_) if symbol != '/' => Some(state),
            State::Slash(next) if symbol == '/' => Some(*next),
            State::Deep(_) if symbol == '/' => Some(state + 1),
            _ => None,
        }
    }

    /// Whether every continuation from here matches.
    fn takes_all(&self, state: usize) -> bool {
        matches!(self.states[state], State::Deep(0))
    }
}

/// The epsilon closure: all states reached without a character, ascending, except pure forks.
fn settle(states: &[State], from: usize) -> Vec<usize> {
    let mut open = vec![from];
    let mut settled = Vec::new();
    while let Some(state) = open.pop() {
        match &states[state] {
            State::Fork(all) => {
                open.extend(all);
                continue;
            }
            State::Star(next) | State::Deep(next) | State::Inside(next) => open.push(*next),
            _ => {}
        }
        settled.push(state);
    }
    settled.sort_unstable();
    settled.dedup();
    settled
}

/// Adds the states of one component before `next`. Returns its first state.
fn prepend(states: &mut Vec<State>, segment: &Segment, next: usize) -> usize {
    let mut push = |state: State| {
        states.push(state);
        states.len() - 1
    };
    let mut name = |shape: &Shape| {
        shape.tokens().iter().rev().fold(next, |next, token| match token {
            Token::One(set) => push(State::One(set.clone(), next)),
            Token::Star => push(State::Star(next)),
        })
    };
    let first = match segment {
        Segment::Any => push(State::Star(next)),
        Segment::Deep => {
            let deep = push(State::Deep(next));
            push(State::Inside(deep));
            return deep;
        }
        Segment::Literal(text) => name(&Shape::Literal(text.clone())),
        Segment::Glob(shapes) => {
            let starts = shapes.iter().map(&mut name).collect();
            push(State::Fork(starts))
        }
    };
    states.push(State::Slash(first));
    states.len() - 1
}

/// One character for each group that no state distinguishes, the most readable first, then `/`.
fn symbols(automata: &[Automaton]) -> Vec<char> {
    let mut edges: Vec<CharSet> = vec![CharSet::Any, CharSet::Char('.')];
    for state in automata.iter().flat_map(|automaton| &automaton.states) {
        if let State::One(set, _) = state {
            edges.push(set.clone());
        }
    }
    let mut symbols = CharSet::partition(&edges);
    symbols.push('/');
    symbols
}

/// What the current name is so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Name {
    Empty,
    Dot,
    TwoDots,
    /// A valid name.
    Whole,
    /// A valid name, but one that ends in punctuation.
    Unreadable,
}

/// The state of the search in all three automata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Position {
    left: usize,
    right: usize,
    /// Number of the state set of the excludes.
    excluded: usize,
    name: Name,
}

enum Found {
    Path(String),
    Nothing,
    TooLong,
}

struct Search<'a> {
    automata: &'a [Automaton; 3],
    symbols: &'a [char],
    /// Whether every name must begin and end with a letter or a digit.
    readable: bool,
    sets: Vec<Vec<usize>>,
    set_numbers: FxHashMap<Vec<usize>, usize>,
    /// Every position reached, with the previous one and the character in between.
    trail: Vec<(Position, Option<(usize, char)>)>,
    met: FxHashSet<Position>,
    queue: VecDeque<usize>,
    steps: usize,
    most_steps: usize,
}

impl<'a> Search<'a> {
    fn new(
        automata: &'a [Automaton; 3],
        symbols: &'a [char],
        readable: bool,
        most_steps: usize,
    ) -> Search<'a> {
        Search {
            automata,
            symbols,
            readable,
            sets: Vec::new(),
            set_numbers: FxHashMap::default(),
            trail: Vec::new(),
            met: FxHashSet::default(),
            queue: VecDeque::new(),
            steps: 0,
            most_steps,
        }
    }

    fn run(&mut self) -> Found {
        let [left, right, excludes] = self.automata;
        let excluded = self.number_of(excludes.settled[excludes.start].clone());
        for &left in &left.settled[left.start] {
            for &right in &right.settled[right.start] {
                // The `/` before every path completes no name.
                self.meet(Position { left, right, excluded, name: Name::Whole }, None);
            }
        }
        while let Some(at) = self.queue.pop_front() {
            if self.is_match(self.trail[at].0) {
                return Found::Path(self.path_to(at));
            }
            for symbol in self.symbols {
                self.advance(at, *symbol);
            }
            if self.steps > self.most_steps {
                return Found::TooLong;
            }
        }
        Found::Nothing
    }

    fn is_match(&self, position: Position) -> bool {
        let [left, right, excludes] = self.automata;
        let ends = |automaton: &Automaton, state: usize| matches!(automaton.states[state], State::End);
        ends(left, position.left)
            && ends(right, position.right)
            && position.name == Name::Whole
            && !self.sets[position.excluded].iter().any(|&state| ends(excludes, state))
    }

    fn advance(&mut self, at: usize, symbol: char) {
        let [left, right, excludes] = self.automata;
        let from = self.trail[at].0;
        self.steps += 1;
        let (Some(left_next), Some(right_next)) =
            (left.step(from.left, symbol), right.step(from.right, symbol))
        else {
            return;
        };
        let Some(name) = self.name_after(from.name, symbol) else { return };
        let set = &self.sets[from.excluded];
        self.steps += set.len();
        let next = set.iter().filter_map(|&state| excludes.step(state, symbol));
        let mut moved: Vec<usize> = next.flat_map(|state| &excludes.settled[state]).copied().collect();
        moved.sort_unstable();
        moved.dedup();
        if moved.iter().any(|&state| excludes.takes_all(state)) {
            return;
        }
        let excluded = self.number_of(moved);
        for &left in &left.settled[left_next] {
            for &right in &right.settled[right_next] {
                self.meet(Position { left, right, excluded, name }, Some((at, symbol)));
            }
        }
    }

    /// The state of the name after one more character; `None` if no path can contain it.
    fn name_after(&self, name: Name, symbol: char) -> Option<Name> {
        if symbol == '/' {
            return (name == Name::Whole).then_some(Name::Empty);
        }
        if self.readable {
            let ends_well = symbol.is_alphanumeric();
            return match name {
                Name::Empty => ends_well.then_some(Name::Whole),
                _ if ends_well => Some(Name::Whole),
                _ => Some(Name::Unreadable),
            };
        }
        Some(match (name, symbol) {
            (Name::Empty, '.') => Name::Dot,
            (Name::Dot, '.') => Name::TwoDots,
            _ => Name::Whole,
        })
    }

    fn meet(&mut self, position: Position, from: Option<(usize, char)>) {
        if self.met.insert(position) {
            self.queue.push_back(self.trail.len());
            self.trail.push((position, from));
        }
    }

    fn number_of(&mut self, set: Vec<usize>) -> usize {
        let next = self.sets.len();
        let number = *self.set_numbers.entry(set.clone()).or_insert(next);
        if number == next {
            self.sets.push(set);
        }
        number
    }

    fn path_to(&self, mut at: usize) -> String {
        let mut reversed = Vec::new();
        while let Some((before, symbol)) = self.trail[at].1 {
            reversed.push(symbol);
            at = before;
        }
        // Without the `/` before the first name.
        reversed.iter().rev().skip(1).collect()
    }
}
