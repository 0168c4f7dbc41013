//! Plans to start from; each opens as a document of its own.

/// A plan that comes with the program.
pub struct Example {
    /// What menus call it.
    pub title: &'static str,
    /// What it shows, in one line.
    pub about: &'static str,
    /// Plan text.
    pub text: &'static str,
}

/// Every example, in the order of the menu.
pub static EXAMPLES: &[Example] = &[
    Example {
        title: "Checkout rewrite",
        about: "Eight tasks with one conflict to repair",
        text: include_str!("examples/checkout.md"),
    },
    Example {
        title: "By module",
        about: "A folder per agent, one task joins them",
        text: include_str!("examples/by_module.md"),
    },
    Example {
        title: "By layer",
        about: "Data, then service, then interface",
        text: include_str!("examples/by_layer.md"),
    },
    Example {
        title: "By feature",
        about: "Features side by side, and where they meet",
        text: include_str!("examples/by_feature.md"),
    },
    Example {
        title: "Read-heavy",
        about: "Many readers, then one writer",
        text: include_str!("examples/read_heavy.md"),
    },
];
