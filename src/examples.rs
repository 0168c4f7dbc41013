//! Example plans.

/// The menu label of each example, and a one-line description. In menu order.
///
/// The texts are stored separately, so a menu doesn't include them.
pub const EXAMPLES: [(&str, &str); 5] = [
    ("Checkout rewrite", "Eight tasks with one conflict to repair"),
    ("By module", "A folder per agent, one task joins them"),
    ("By layer", "Data, then service, then interface"),
    ("By feature", "Features side by side, and where they meet"),
    ("Read-heavy", "Many readers, then one writer"),
];

/// Plan text of the example with this position; empty if there is none.
pub fn text(example: usize) -> &'static str {
    match example {
        0 => include_str!("examples/checkout.md"),
        1 => include_str!("examples/by_module.md"),
        2 => include_str!("examples/by_layer.md"),
        3 => include_str!("examples/by_feature.md"),
        4 => include_str!("examples/read_heavy.md"),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_in_the_menu_has_a_text_of_its_own() {
        let texts: std::collections::BTreeSet<&str> = (0..EXAMPLES.len()).map(text).collect();
        assert_eq!(texts.len(), EXAMPLES.len());
        assert!(texts.iter().all(|text| crate::text::parse(text).problems.is_empty() && !text.is_empty()));
        assert_eq!(text(EXAMPLES.len()), "");
    }
}
