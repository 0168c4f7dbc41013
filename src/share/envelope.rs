//! What stands around a payload in a fragment: `1.p.<letters>.<checksum>.<payload>e`.
//!
//! Format number, kind, how many letters the payload has, a checksum, the payload, and a final `e`, so that the link never
//! ends in a mark that a program would take for the end of a sentence.

use super::base64url;

/// The format that is written, and the newest that is read.
pub const FORMAT: u32 = 1;

/// What a payload holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cargo {
    /// A plan.
    Plan,
    /// Events of a review.
    Review,
}

impl Cargo {
    /// The letter that stands for it.
    pub fn letter(self) -> char {
        match self {
            Cargo::Plan => 'p',
            Cargo::Review => 'r',
        }
    }

    /// What a letter stands for.
    pub fn of_letter(letter: char) -> Option<Cargo> {
        [Cargo::Plan, Cargo::Review].into_iter().find(|cargo| cargo.letter() == letter)
    }
}

/// The fragment for these bytes, without `#`.
pub fn wrap(cargo: Cargo, bytes: &[u8]) -> String {
    let payload = base64url::encode(bytes);
    let head = format!("{FORMAT}.{}.", cargo.letter());
    let sum = checksum(head.bytes().chain(payload.bytes()));
    let count = in_base_36(payload.len() as u32);
    format!("{head}{count}.{}.{payload}e", in_base_36(sum))
}

/// The checksum over format, kind and payload: CRC-32, which finds every change within a few neighbouring letters, and
/// misses one in four thousand million others.
pub fn checksum(letters: impl Iterator<Item = u8>) -> u32 {
    !letters.fold(u32::MAX, |sum, letter| {
        (0..8).fold(sum ^ u32::from(letter), |sum, _| sum >> 1 ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

/// Digits and small letters, the shortest way.
fn in_base_36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(number % 36, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_crc_32() {
        assert_eq!(checksum(b"123456789".iter().copied()), 0xcbf4_3926);
    }

    #[test]
    fn a_fragment() {
        assert_eq!(wrap(Cargo::Plan, b"foo"), "1.p.4.15f72sp.Zm9ve");
        assert_eq!(in_base_36(0), "0");
        assert_eq!(in_base_36(u32::MAX), "1z141z3");
    }
}
