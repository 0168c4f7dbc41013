//! Encoders for text of a user, one for each place it is written to. Exports and reviews write such text in
//! no other way.

use crate::hidden::{find, is_line_break, visible, with_line_ends};

/// The text on one line, without characters that could hide what a reader ought to see.
pub fn one_line(text: &str) -> String {
    name(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name or a path on one line. Its spaces stay as many as they are: two names may differ only in them.
fn name(text: &str) -> String {
    visible(&text.replace(is_line_break, " ")).into_owned()
}

/// Lines of a text by somebody else, each behind `> `, so that none of them stands at the margin, where it could pose
/// as a rule, a heading or a fence.
pub fn quoted_lines(text: &str) -> String {
    let text = with_line_ends(text);
    let lines = text.trim_end().split('\n').map(|line| {
        let line = visible(line);
        if line.trim().is_empty() { ">\n".to_owned() } else { format!("> {line}\n") }
    });
    lines.collect()
}

/// A word of a shell that is this text, whatever signs it has.
pub fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// JSON that stands in a program, with escapes in place of what hides something. Characters that are seen as one may have been
/// parted there, such as an emoji and the mark behind it.
pub fn json_in_code(json: &str) -> String {
    let mut written = String::with_capacity(json.len());
    let mut from = 0;
    for (at, letter) in find(json) {
        written.push_str(&json[from..at]);
        let mut units = [0; 2];
        letter.encode_utf16(&mut units).iter().for_each(|unit| written.push_str(&format!("\\u{unit:04x}")));
        from = at + letter.len_utf8();
    }
    written + &json[from..]
}

/// At most `most` characters of one line, the last one `…` if some were cut off.
pub fn short_line(text: &str, most: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Running text of Markdown that shows just these characters, wherever in a line it stands.
pub fn markdown(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len());
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    for (at, c) in line.char_indices() {
        let begins_line = at == 0 && matches!(c, '-' | '+' | '=');
        let ends_number = at > 0 && at == line.len() - number.len() && matches!(c, '.' | ')');
        let before = &line.as_bytes()[..at];
        match c {
            // What looks like an address would become a link.
            ':' if line[at..].starts_with("://") => escaped.push_str(":<!-- -->"),
            '.' if before.last_chunk::<3>().is_some_and(|last| last.eq_ignore_ascii_case(b"www")) => {
                escaped.push_str("<!-- -->.");
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // Names after it would be notified on code hosts.
            '@' => escaped.push_str("@<!-- -->"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '$' | '#' => escaped.extend(['\\', c]),
            _ if begins_line || ends_number => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// A code span of Markdown with a name or a path, whatever back-ticks it holds.
pub fn markdown_code(text: &str) -> String {
    let text = name(text);
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    let space = if text.is_empty() || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// A code block of Markdown that no line of the text can close.
pub fn markdown_block(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat((longest_run(&text, '`') + 1).max(3));
    format!("{fence}text\n{}\n{fence}\n", text.trim_end_matches('\n'))
}

/// A sentence of this program, in which paths stand between back-ticks.
pub fn markdown_sentence(sentence: &str) -> String {
    let parts = sentence.split('`').enumerate();
    parts
        .map(|(index, part)| if index % 2 == 1 { markdown_code(part) } else { spaced_markdown(part) })
        .collect()
}

/// As [`markdown`], with the white space at both ends.
fn spaced_markdown(text: &str) -> String {
    let start = if text.starts_with(' ') { " " } else { "" };
    let end = if text.len() > 1 && text.ends_with(' ') { " " } else { "" };
    format!("{start}{}{end}", markdown(text))
}

fn longest_run(text: &str, sign: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// A label of Mermaid in double quotes: everything but letters, digits and a few harmless signs as an entity.
pub fn mermaid_label(text: &str) -> String {
    let mut label = String::from("\"");
    for c in one_line(text).chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '-' | '_' | '/' | '·' | '…' | '→') {
            label.push(c);
        } else {
            label.push_str(&format!("#{};", u32::from(c)));
        }
    }
    label.push('"');
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_program_hides_nothing_and_means_the_same() {
        let value = serde_json::json!(["a\u{200b}b", "\u{fe0f}", "😀\u{fe0f}", "\u{e0041}", "é"]);
        let written = json_in_code(&value.to_string());
        assert_eq!(written, "[\"a\\u200bb\",\"\\ufe0f\",\"😀\u{fe0f}\",\"\\udb40\\udc41\",\"é\"]");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).ok(), Some(value));
    }

    #[test]
    fn nothing_hidden_stays() {
        assert_eq!(one_line(" a\n\tb\u{202e}c\u{e0041}\u{200b}d\u{7}e\u{85}f "), "a bcde f");
        assert_eq!(markdown_block("a\u{202e}b\u{1b}[2J"), "```text\nab[2J\n```\n");
        assert_eq!(short_line("abc def", 5), "abc…");
        assert_eq!(short_line("abcde", 5), "abcde");
    }

    #[test]
    fn no_line_of_a_quoted_text_stands_at_the_margin() {
        let text = "a\r\n\n  b\u{2028}# c\u{85}END\u{b}d\u{200b}\n\n";
        assert_eq!(quoted_lines(text), "> a\n>\n>   b\n> # c\n> END\n> d\n");
    }

    #[test]
    fn names_that_differ_in_spaces_are_printed_differently() {
        assert_eq!(markdown_code("docs/a  b/**"), "`docs/a  b/**`");
    }

    #[test]
    fn markdown_shows_the_characters() {
        for (text, expected) in [
            ("*a* _b_ <i> @me", "\\*a\\* \\_b\\_ &lt;i&gt; @<!-- -->me"),
            ("#1 [x](y) | a-b 1.", "\\#1 \\[x\\](y) \\| a-b 1."),
            (
                "see https://a.example/x or WWW.b.example",
                "see https:<!-- -->//a.example/x or WWW<!-- -->.b.example",
            ),
            ("- a", "\\- a"),
            ("12. a", "12\\. a"),
            ("---", "\\---"),
        ] {
            assert_eq!(markdown(text), expected);
        }
        assert_eq!(markdown_code("src/**"), "`src/**`");
        assert_eq!(markdown_code("a`b``c"), "```a`b``c```");
        assert_eq!(markdown_code("`"), "`` ` ``");
        assert_eq!(markdown_sentence("T1 reads `a_b`. *"), "T1 reads `a_b`. \\*");
    }

    #[test]
    fn a_line_of_dots_is_escaped_in_linear_time() {
        let dots = ".".repeat(300_000);
        assert_eq!(markdown(&dots), dots);
    }

    #[test]
    fn no_line_of_the_text_closes_a_block() {
        for text in ["", "a", "```", "````\n```rust", "~~~\n``"] {
            let block = markdown_block(text);
            let fence = block.split("text\n").next().unwrap();
            assert!(!text.contains(fence), "{block}");
            assert!(block.ends_with(&format!("\n{fence}\n")), "{block}");
        }
    }

    #[test]
    fn mermaid_labels_hold_no_syntax() {
        assert_eq!(
            mermaid_label("a \"b\"]--> end; %% `c`"),
            "\"a #34;b#34;#93;--#62; end#59; #37;#37; #96;c#96;\""
        );
    }
}
