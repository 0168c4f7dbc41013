//! Damage to the files of an import, as accidents and ill will do it.

use super::super::chance::Chance;

/// Paths and contents.
pub type Files = Vec<(String, Vec<u8>)>;

/// Bytes with a meaning in some format, and bytes with none in any.
const BYTES: &[u8] = b"{}[]()<>\"'`:;,-*+#|&!~@\\/\n\r\t 019aZ_=%$\x00\x0b\x80\xc3\xe2\xff";

/// Ids and values that programs stumble over.
const ODD: [&str; 24] = [
    "",
    " ",
    "T1",
    "1",
    "1.1",
    "__proto__",
    "constructor",
    "null",
    "~",
    "NaN",
    "-0",
    "1e999",
    "99999999999999999999999999",
    "-1",
    "0.00000000000000000000001",
    "é\u{301}\u{301}",
    "\u{202e}abc",
    "\u{200b}",
    "日本語",
    "🦊",
    "../../etc/passwd",
    "C:\\x\\y",
    "a/**/b",
    "<script>",
];

/// What opens a level in some format.
const OPENERS: [&str; 12] =
    ["[", "{\"tasks\":[", "- ", "  ", "> ", "(", "{", "subgraph a\n", "- - ", "[[", "<task>", "a: "];

/// Paths that no archive should hold.
const PATHS: [&str; 6] =
    ["../up.md", "/etc/plan.md", "a\\b.md", "tasks.md", "a/./b//tasks.md", "日本/tasks.json"];

/// The files with one to four kinds of damage. `other` is sound input of another format.
pub fn damaged(chance: &mut Chance, files: &[(&str, &str)], other: &[(&str, &str)]) -> Files {
    let mut files: Files =
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    for _ in 0..=chance.below(4) {
        match chance.below(12) {
            0 if files.len() > 1 => {
                files.remove(chance.below(files.len()));
            }
            1 => {
                let (path, text) = *chance.pick(other);
                files.push((path.to_owned(), text.as_bytes().to_vec()));
            }
            2 if files.len() > 1 => {
                let at = chance.below(files.len());
                files[at].0 = (*chance.pick(&PATHS)).to_owned();
            }
            3 => {
                let (path, content) = chance.pick(&files).clone();
                files.push((format!("copy/{path}"), content));
            }
            _ => {
                let at = chance.below(files.len());
                let insert = chance.pick(other).1;
                let content = std::mem::take(&mut files[at].1);
                files[at].1 = damaged_content(chance, content, insert);
            }
        }
    }
    files
}

fn damaged_content(chance: &mut Chance, mut content: Vec<u8>, other: &str) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = content.split_inclusive(|byte| *byte == b'\n').collect();
    if lines.is_empty() {
        return other.as_bytes().to_vec();
    }
    let at = chance.below(lines.len());
    match chance.below(16) {
        0 => {
            lines.remove(at);
            lines.concat()
        }
        1 => {
            let line = lines[at];
            lines.insert(chance.below(lines.len()), line);
            lines.concat()
        }
        2 => {
            let to = chance.below(lines.len());
            lines.swap(at, to);
            lines.concat()
        }
        3 => {
            let times = if chance.once_in(20) { 1_000 } else { 1 + chance.below(20) };
            let line = lines[at];
            lines.splice(at..at, std::iter::repeat_n(line, times));
            lines.concat()
        }
        4 => {
            let times = if chance.once_in(40) { 1_000 } else { 2 + chance.below(4) };
            content.repeat(times)
        }
        5 => {
            content.truncate(chance.below(content.len()));
            content
        }
        6 => {
            let levels = if chance.once_in(20) { 20_000 } else { 1 + chance.below(200) };
            let opener = chance.pick(&OPENERS).repeat(levels);
            lines.insert(at, opener.as_bytes());
            lines.concat()
        }
        7 => {
            let opener = chance.pick(&OPENERS).repeat(1 + chance.below(8));
            lines.insert(at, opener.as_bytes());
            lines.concat()
        }
        8 => encoded(chance, content),
        9 => {
            lines.insert(at, other.as_bytes());
            lines.concat()
        }
        10 => with_word(chance, content, |chance, _| (*chance.pick(&ODD)).to_owned()),
        11 | 12 => {
            // The name of one thing becomes that of another, which makes cycles, doubles and loose ends.
            let found = words(&content);
            let word = if found.is_empty() { String::new() } else { chance.pick(&found).clone() };
            with_word(chance, content, |_, _| word)
        }
        13 => String::from_utf8_lossy(&content)
            .replace('\n', chance.pick::<&str>(&["\r\n", "\r", "\n\n", "\u{2028}"]))
            .into_bytes(),
        _ => {
            for _ in 0..=chance.below(4) {
                let at = chance.below(content.len() + 1);
                let byte = *chance.pick(BYTES);
                match chance.below(3) {
                    0 => content.insert(at, byte),
                    1 if at < content.len() => content[at] = byte,
                    _ if at < content.len() => {
                        content.remove(at);
                    }
                    _ => {}
                }
            }
            content
        }
    }
}

/// The content in another encoding, or in two.
fn encoded(chance: &mut Chance, content: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8_lossy(&content).into_owned();
    let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    match chance.below(6) {
        0 => [b"\xef\xbb\xbf".as_slice(), &content].concat(),
        1 => [b"\xff\xfe".to_vec(), units(u16::to_le_bytes)].concat(),
        2 => [b"\xfe\xff".to_vec(), units(u16::to_be_bytes)].concat(),
        3 => units(u16::to_le_bytes),
        4 => [content.as_slice(), &units(u16::to_le_bytes)].concat(),
        _ => [content.as_slice(), b"- Caf\xe9\n"].concat(),
    }
}

/// Runs of letters and digits, with what joins them in ids.
fn words(content: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(content);
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_');
    text.split(|letter| !is_part(letter)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The content with one of its words, once or everywhere, replaced.
fn with_word(chance: &mut Chance, content: Vec<u8>, by: impl FnOnce(&mut Chance, &str) -> String) -> Vec<u8> {
    let found = words(&content);
    if found.is_empty() {
        return content;
    }
    let word = chance.pick(&found).clone();
    let new = by(chance, &word);
    let times = if chance.once_in(2) { 1 } else { usize::MAX };
    String::from_utf8_lossy(&content).replacen(&word, &new, times).into_bytes()
}
