//! One encoder for every place that text of the user goes to. Nothing else in the exports may write such text.

use crate::hidden::visible;

/// The text on one line, without characters that could hide what a reader ought to see.
pub fn one_line(text: &str) -> String {
    let spaced: String = visible(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
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
        match c {
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

/// A code span of Markdown, whatever back-ticks the text holds.
pub fn markdown_code(text: &str) -> String {
    let text = one_line(text);
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    let space = if text.is_empty() || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// A code block of Markdown that no line of the text can close.
pub fn markdown_block(text: &str) -> String {
    let fence = "`".repeat((longest_run(text, '`') + 1).max(3));
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
    fn nothing_hidden_stays() {
        assert_eq!(one_line(" a\n\tb\u{202e}c\u{e0041}\u{200b}d\u{7}e "), "a bcd e");
        assert_eq!(short_line("abc def", 5), "abc…");
        assert_eq!(short_line("abcde", 5), "abcde");
    }

    #[test]
    fn markdown_shows_the_characters() {
        for (text, expected) in [
            ("*a* _b_ <i> @me", "\\*a\\* \\_b\\_ &lt;i&gt; @<!-- -->me"),
            ("#1 [x](y) | a-b 1.", "\\#1 \\[x\\](y) \\| a-b 1."),
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
