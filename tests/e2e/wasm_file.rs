//! Modifies WebAssembly files for tests.

/// The program with a memory that can grow only by this many pages of 64 KiB.
pub fn with_little_memory(program: &[u8], pages: u32) -> Vec<u8> {
    const MEMORY: u8 = 5;
    let mut changed = program[..8].to_vec();
    let mut rest = &program[8..];
    while let Some((&kind, after)) = rest.split_first() {
        let mut body = after;
        let length = number(&mut body) as usize;
        let whole = rest.len() - body.len() + length;
        if kind == MEMORY {
            // One memory; its first number says whether a maximum follows its initial size.
            let mut sizes = &body[2..length];
            let begins = number(&mut sizes);
            let mut limited = vec![1, 1];
            limited.extend(bytes(begins));
            limited.extend(bytes(begins + pages));
            changed.push(kind);
            changed.extend(bytes(limited.len() as u32));
            changed.extend(limited);
        } else {
            changed.extend(&rest[..whole]);
        }
        rest = &rest[whole..];
    }
    changed
}

/// The program with every occurrence of a text replaced by one of the same length.
pub fn with_other_text(program: &[u8], text: &str, other: &str) -> Vec<u8> {
    assert_eq!(text.len(), other.len());
    let mut changed = program.to_vec();
    let places: Vec<usize> = program
        .windows(text.len())
        .enumerate()
        .filter(|(_, part)| *part == text.as_bytes())
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty(), "{text} is not in the program");
    for at in places {
        changed[at..at + text.len()].copy_from_slice(other.as_bytes());
    }
    changed
}

/// Removes an unsigned number from the front (LEB128).
fn number(bytes: &mut &[u8]) -> u32 {
    let length = bytes.iter().position(|byte| byte & 0x80 == 0).map_or(bytes.len(), |last| last + 1);
    let (number, rest) = bytes.split_at(length);
    *bytes = rest;
    number.iter().rev().fold(0, |value, byte| value << 7 | u32::from(byte & 0x7f))
}

fn bytes(mut number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        bytes.push(if number > 0 { low | 0x80 } else { low });
        if number == 0 {
            return bytes;
        }
    }
}
