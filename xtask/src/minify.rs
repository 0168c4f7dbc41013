//! Removes comments and indentation from style sheets and scripts: visitors would download them for nothing.
//!
//! Deliberately simple: it renames nothing, and joins no lines of a script, so what remains means the same.

/// A style sheet without comments, and without the white space around braces, commas, colons and semicolons that separate
/// nothing. No style sheet here has these characters in a text.
pub fn style_sheet(text: &str) -> String {
    let mut text = lines(without_comments(text, "/*", "*/").lines()).replace('\n', " ");
    for (loose, tight) in [
        (" {", "{"),
        ("{ ", "{"),
        ("; ", ";"),
        (";}", "}"),
        ("} ", "}"),
        (" }", "}"),
        (": ", ":"),
        (", ", ","),
    ] {
        text = text.replace(loose, tight);
    }
    text
}

/// A page without comments, indentation and blank lines.
pub fn page(text: &str) -> String {
    lines(without_comments(text, "<!--", "-->").lines())
}

/// A script without lines that hold only a comment, indentation and blank lines. A script with a text of several lines
/// stays as it is, since its indentation may matter.
pub fn script(text: &str) -> String {
    if text.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return text.to_owned();
    }
    let mut in_comment = false;
    lines(text.lines().filter(|line| {
        let line = line.trim();
        let is_comment = in_comment || line.starts_with("/*") || line.starts_with("//");
        in_comment = (in_comment || line.starts_with("/*")) && !line.ends_with("*/");
        !is_comment
    }))
}

fn without_comments(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once(open) {
        kept.push_str(before);
        rest = comment.split_once(close).map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    kept
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_of_a_style_sheet_go() {
        let text = "/* Colours.\n   Two lines. */\n.a {\n  color: red; /* why */\n}\n";
        assert_eq!(style_sheet(text), ".a{color:red}");
        assert_eq!(style_sheet("a :hover, b { x: y z; }\n"), "a :hover,b{x:y z}");
    }

    #[test]
    fn only_lines_of_comments_go_from_a_script() {
        let text =
            "// Head\n/**\n * @param a\n */\nfunction a() {\n  return \"//\"; // why\n}\n/* one line */\n";
        assert_eq!(script(text), "function a() {\nreturn \"//\"; // why\n}\n");
    }

    #[test]
    fn a_script_with_a_text_of_several_lines_stays() {
        let text = "const a = `\n  // b\n`;\n";
        assert_eq!(script(text), text);
    }
}
