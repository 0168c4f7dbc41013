//! The envelope of a payload in a fragment: `1.p.<letters>.<checksum>.<payload>e`.
//!
//! Format number, kind, number of letters in the payload, checksum, payload, and a final `e`, so the link
//! never ends in a character that a program would treat as the end of a sentence.

use super::base64url;

/// The format written, and the newest format read.
pub const FORMAT: u32 = 1;

/// The content of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadKind {
    /// A plan.
    Plan,
    /// Events of a review.
    Review,
}

impl PayloadKind {
    /// The letter for this kind.
    pub fn letter(self) -> char {
        match self {
            PayloadKind::Plan => 'p',
            PayloadKind::Review => 'r',
        }
    }

    /// The kind for a letter.
    pub fn of_letter(letter: char) -> Option<PayloadKind> {
        [PayloadKind::Plan, PayloadKind::Review].into_iter().find(|kind| kind.letter() == letter)
    }
}

/// The fragment for these bytes, without `#`.
pub fn wrap(kind: PayloadKind, bytes: &[u8]) -> String {
    let payload = base64url::encode(bytes);
    let head = format!("{FORMAT}.{}.", kind.letter());
    let sum = checksum(head.bytes().chain(payload.bytes()));
    let count = in_base_36(payload.len() as u32);
    format!("{head}{count}.{}.{payload}e", in_base_36(sum))
}

/// The checksum over format, kind and payload: CRC-32. Finds every change within a few adjacent letters, and
/// misses one in four billion others.
pub fn checksum(letters: impl Iterator<Item = u8>) -> u32 {
    !letters.fold(u32::MAX, |sum, letter| {
        (0..8).fold(sum ^ u32::from(letter), |sum, _| sum >> 1 ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

/// Digits and lower-case letters, without leading zeros.
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
        assert_eq!(wrap(PayloadKind::Plan, b"foo"), "1.p.4.15f72sp.Zm9ve");
        assert_eq!(in_base_36(0), "0");
        assert_eq!(in_base_36(u32::MAX), "1z141z3");
    }
}
