//! Expands braces into alternatives.
//!
//! A group that contains `/` or `**` multiplies the whole pattern. Any other group stays inside its
//! component, where many alternatives are cheap.

use super::PatternError;
use super::lexeme::{Lexeme, Sign};

/// The most signs of a pattern after brace expansion.
pub(super) const MAX_SIGNS: usize = 1024;

/// A sign that is not part of a brace group, or a group that stays inside its component.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// A sign other than a brace or a comma.
    Sign(Lexeme),
    /// Alternative sequences of signs, none of them with a group, a slash or `**`; and the column of the
    /// brace.
    Group(Vec<Vec<Lexeme>>, usize),
}

/// An open brace, or the whole pattern.
struct Frame {
    /// Whether the alternatives multiply the surroundings of the group instead of staying inside a component.
    spreads: bool,
    /// Column of the brace.
    column: usize,
    /// Finished alternatives.
    done: Vec<Vec<Piece>>,
    /// All expansions of the alternative being read.
    current: Vec<Vec<Piece>>,
    /// The number of signs in both.
    signs: usize,
}

impl Frame {
    fn new(spreads: bool, column: usize) -> Frame {
        Frame { spreads, column, done: Vec::new(), current: vec![Vec::new()], signs: 1 }
    }

    /// Appends the piece to each expansion so far.
    fn append(&mut self, piece: Piece) -> Result<(), PatternError> {
        self.signs += self.current.len() * size(std::slice::from_ref(&piece));
        self.check_size()?;
        if let Some((last, others)) = self.current.split_last_mut() {
            others.iter_mut().for_each(|reading| reading.push(piece.clone()));
            last.push(piece);
        }
        Ok(())
    }

    /// Appends each of the alternatives to each expansion so far.
    fn multiply(&mut self, alternatives: &[Vec<Piece>]) -> Result<(), PatternError> {
        let signs = |readings: &[Vec<Piece>]| readings.iter().map(|reading| size(reading)).sum::<usize>();
        let before = signs(&self.current);
        self.signs += before * alternatives.len() + signs(alternatives) * self.current.len() - before;
        self.check_size()?;
        let readings = std::mem::take(&mut self.current);
        let joined = |reading: &Vec<Piece>, more: &Vec<Piece>| [reading.as_slice(), more].concat();
        self.current = readings
            .iter()
            .flat_map(|reading| alternatives.iter().map(|more| joined(reading, more)))
            .collect();
        Ok(())
    }

    fn check_size(&self) -> Result<(), PatternError> {
        if self.signs > MAX_SIGNS { Err(too_complex(self.column)) } else { Ok(()) }
    }
}

/// The alternatives of a pattern, with at most [`MAX_SIGNS`] signs in total. Braces must be balanced in
/// `lexemes`.
pub(super) fn expand(lexemes: Vec<Lexeme>) -> Result<Vec<Vec<Piece>>, PatternError> {
    let spreading = spreading_groups(&lexemes);
    let mut frames: Vec<Frame> = Vec::new();
    let mut frame = Frame::new(true, 1);
    for (at, lexeme) in lexemes.into_iter().enumerate() {
        match lexeme.sign {
            Sign::Open => {
                let group = Frame::new(spreading.contains(&at), lexeme.column);
                frames.push(std::mem::replace(&mut frame, group));
            }
            Sign::Comma => {
                frame.signs += 1;
                frame.done.append(&mut frame.current);
                frame.current.push(Vec::new());
            }
            Sign::Close => {
                let Some(outer) = frames.pop() else { continue };
                let group = std::mem::replace(&mut frame, outer);
                close(group, &mut frame)?;
            }
            _ => frame.append(Piece::Sign(lexeme))?,
        }
    }
    Ok(frame.current)
}

/// Appends a finished group to the outer frame.
fn close(group: Frame, outer: &mut Frame) -> Result<(), PatternError> {
    let Frame { spreads, column, mut done, current, .. } = group;
    done.extend(current);
    if done.iter().all(Vec::is_empty) {
        return Err(PatternError::at(column, "These braces are empty. Write alternatives as `{a,b}`."));
    }
    if spreads || !outer.spreads {
        return outer.multiply(&done);
    }
    let signs = |one: Vec<Piece>| {
        let sign = |piece| if let Piece::Sign(lexeme) = piece { Some(lexeme) } else { None };
        one.into_iter().filter_map(sign).collect()
    };
    outer.append(Piece::Group(done.into_iter().map(signs).collect(), column))
}

/// Expands one component into sequences of signs without groups, with at most [`MAX_SIGNS`] signs in total.
pub(super) fn write_out(component: &[Piece]) -> Result<Vec<Vec<Lexeme>>, PatternError> {
    let mut readings: Vec<Vec<Lexeme>> = vec![Vec::new()];
    for piece in component {
        match piece {
            Piece::Sign(lexeme) => readings.iter_mut().for_each(|reading| reading.push(lexeme.clone())),
            Piece::Group(alternatives, column) => {
                let total: usize = readings.iter().map(Vec::len).sum::<usize>() * alternatives.len()
                    + alternatives.iter().map(Vec::len).sum::<usize>() * readings.len();
                if total > MAX_SIGNS {
                    return Err(too_complex(*column));
                }
                let joined = |reading: &Vec<Lexeme>, more: &Vec<Lexeme>| [reading.as_slice(), more].concat();
                readings = readings
                    .iter()
                    .flat_map(|reading| alternatives.iter().map(|more| joined(reading, more)))
                    .collect();
            }
        }
    }
    Ok(readings)
}

/// The error for a pattern with too many alternatives.
pub(super) fn too_complex(column: usize) -> PatternError {
    let message = "This pattern is too complex: its braces stand for too many alternatives. Write `*`, or \
        several patterns.";
    PatternError::at(column, message)
}

/// The number of signs, including those in groups. An empty sequence counts as one, so many of them add up.
fn size(pieces: &[Piece]) -> usize {
    let of = |piece: &Piece| match piece {
        Piece::Sign(_) => 1,
        Piece::Group(alternatives, _) => alternatives.iter().map(|one| one.len().max(1)).sum(),
    };
    pieces.iter().map(of).sum::<usize>().max(1)
}

/// Positions of the braces whose group contains a separator or `**`.
fn spreading_groups(lexemes: &[Lexeme]) -> Vec<usize> {
    let mut spreading = Vec::new();
    let mut open = Vec::new();
    for (at, lexeme) in lexemes.iter().enumerate() {
        match lexeme.sign {
            Sign::Open => open.push(at),
            Sign::Close => {
                open.pop();
            }
            Sign::Slash | Sign::DoubleStar => {
                // The innermost of the open braces are not recorded yet.
                let noted = open.iter().take_while(|at| spreading.contains(*at)).count();
                spreading.extend_from_slice(&open[noted..]);
            }
            _ => {}
        }
    }
    spreading
}
