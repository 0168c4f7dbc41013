//! Front matter: the lines between two `---` at the start of a file.

/// The number of lines of front matter, including its marks; 0 if it is missing or not closed.
pub fn end_of_front_matter(lines: &[&str]) -> usize {
    if lines.first().is_none_or(|line| line.trim_end() != "---") {
        return 0;
    }
    lines.iter().skip(1).position(|line| line.trim_end() == "---").map_or(0, |length| length + 2)
}
