//! Names between quotes, as git prints names with odd characters in lists of lines.

use std::borrow::Cow;

/// The name as it is: without the quotes and escapes of C that git puts around it (`quote.c` of git). A text
/// without them, or with escapes that git does not write, stays as it is.
pub fn unquoted(name: &str) -> Cow<'_, str> {
    let inner = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner.and_then(unescaped) {
        Some(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        None => Cow::Borrowed(name),
    }
}

/// The bytes of a name from what stands between its quotes; `None` if git did not write it.
pub fn unescaped(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first == b'"' {
            return None;
        }
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let (byte, length) = escape(rest)?;
        bytes.push(byte);
        rest = &rest[length..];
    }
    Some(bytes)
}

/// The byte that the characters behind a backslash stand for, and how many they are.
fn escape(text: &[u8]) -> Option<(u8, usize)> {
    let plain = match text.first()? {
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        b'"' => b'"',
        b'\\' => b'\\',
        _ => {
            let digits = std::str::from_utf8(text.get(..3)?).ok()?;
            return u8::from_str_radix(digits, 8).ok().map(|byte| (byte, 3));
        }
    };
    Some((plain, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_git_are_read() {
        for (written, name) in [
            ("\"a\\tb\"", "a\tb"),
            ("\"\\303\\244 \\\"x\\\\\"", "ä \"x\\"),
            ("plain", "plain"),
            ("\"", "\""),
            ("\"a\"b\"", "\"a\"b\""),
            ("\"a\\q\"", "\"a\\q\""),
            ("\"a\\30\"", "\"a\\30\""),
        ] {
            assert_eq!(unquoted(written), name, "{written}");
        }
    }
}
