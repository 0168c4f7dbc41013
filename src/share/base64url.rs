//! Bytes as letters that chats, mail programs and browsers don't change (RFC 4648 §5, without padding).

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Encodes three bytes as four letters.
pub fn encode(bytes: &[u8]) -> String {
    let mut letters = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let joined = group.iter().fold(0, |joined, &byte| joined << 8 | u32::from(byte));
        let joined = joined << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            letters.push(char::from(LETTERS[(joined >> (18 - 6 * place)) as usize & 63]));
        }
    }
    letters
}

/// Decodes the letters; `None` if one is not in the alphabet.
pub fn decode(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() * 3 / 4);
    let (mut joined, mut bits) = (0u32, 0);
    for letter in letters.bytes() {
        joined = joined << 6 | value(letter)?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((joined >> bits) as u8);
        }
    }
    Some(bytes)
}

/// Whether a letter is in the alphabet.
pub fn is_letter(letter: char) -> bool {
    u8::try_from(letter).is_ok_and(|letter| value(letter).is_some())
}

fn value(letter: u8) -> Option<u32> {
    Some(u32::from(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_bytes() {
        for (bytes, letters) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("?>~", "Pz5-")]
        {
            assert_eq!(encode(bytes.as_bytes()), letters);
            assert_eq!(decode(letters).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(decode("a+b"), None);
    }
}
