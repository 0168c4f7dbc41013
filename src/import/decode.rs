//! Decodes bytes to text: byte order marks, UTF-16, line ends, and files that are not text.

use super::ImportError;

/// The largest accepted file, in bytes.
pub const MAX_BYTES: usize = 8 << 20;

/// The first bytes of common binary formats.
const BINARY_KINDS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
];

/// The text of a file, without a byte order mark and with `\n` at the end of every line.
///
/// Reads UTF-8 and UTF-16. For anything else, the error names the kind of file.
///
/// # Errors
///
/// If the file is empty, too large, or no text; the sentence says what it seems to be.
pub fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    if bytes.len() > MAX_BYTES {
        let megabytes = bytes.len().div_ceil(1 << 20);
        return Err(ImportError::new(format!(
            "This file has {megabytes} MB; plans of up to 8 MB can be read. Is it the right file?"
        )));
    }
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => from_utf8(rest)?,
        [0xff, 0xfe, rest @ ..] => from_utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => from_utf16(rest, u16::from_be_bytes)?,
        [first, 0, ..] if *first != 0 => from_utf16(bytes, u16::from_le_bytes)?,
        [0, second, ..] if *second != 0 => from_utf16(bytes, u16::from_be_bytes)?,
        _ => from_utf8(bytes)?,
    };
    if text.trim().is_empty() {
        return Err(ImportError::new(
            "This file is empty. A plan has one task per line, such as “- Add login”.",
        ));
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

fn from_utf8(bytes: &[u8]) -> Result<String, ImportError> {
    if let Some((_, kind)) = BINARY_KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(ImportError::new(format!(
            "This is {kind}, not a plan. Open the text file with the tasks."
        )));
    }
    if bytes.contains(&0) {
        return Err(ImportError::new("This is not a text file. Open the text file with the tasks."));
    }
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        ImportError::new(format!(
            "Line {line} has a character that is not UTF-8. Save the file with the encoding UTF-8 and open \
             it again."
        ))
    })
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ImportError> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if bytes.len().is_multiple_of(2) && !text.contains('\0') => Ok(text),
        _ => Err(ImportError::new(
            "This looks like UTF-16, but it is damaged. Save the file with the encoding UTF-8 and open it \
             again.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let found = decode(bytes).unwrap_or_else(|error| error.message);
        assert!(found.contains(expected), "{found:?} should contain {expected:?}");
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_and_line_ends_are_read() {
        check(b"- T1 a\r\n- T2 b\r- T3 c\n", "- T1 a\n- T2 b\n- T3 c\n");
        assert_eq!(decode(b"\xef\xbb\xbf- T1 a").unwrap(), "- T1 a");
        assert_eq!(decode(&utf16("\u{feff}- T1 ä", u16::to_le_bytes)).unwrap(), "- T1 ä");
        assert_eq!(decode(&utf16("\u{feff}- T1 ä", u16::to_be_bytes)).unwrap(), "- T1 ä");
        assert_eq!(decode(&utf16("- T1 ä", u16::to_le_bytes)).unwrap(), "- T1 ä");
        assert_eq!(decode(&utf16("- T1 ä", u16::to_be_bytes)).unwrap(), "- T1 ä");
    }

    #[test]
    fn what_is_no_text_is_named() {
        check(b"", "This file is empty.");
        check(b" \r\n\t", "This file is empty.");
        check(b"PK\x03\x04rest", "a ZIP archive");
        check(b"%PDF-1.7", "a PDF document");
        check(b"abc\0def", "not a text file");
        check(b"- T1 a\n- T2 \xff", "Line 2 has a character that is not UTF-8.");
        check(b"\xff\xfe-\xd8", "damaged");
        check(b"\xff\xfea", "damaged");
        check(&vec![b'x'; MAX_BYTES + 1], "This file has 9 MB");
    }
}
