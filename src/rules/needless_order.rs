//! A dependency that costs time and has no reason that shows. It takes the scheduler to find it, so no rule does.

use super::{Definition, Severity};

/// The kind of finding, so that help and documentation know it.
pub static NEEDLESS_ORDER: Definition = Definition {
    code: "PP317",
    name: "needless-order",
    title: "A task waits for another, but they share nothing",
    severity: Severity::Hint,
    help: "\
Neither task writes what the other reads or writes, they share no resource, no text of one names the other, and no known import
leads from a file of one to a file of the other. Without the dependency the plan would be shorter by the minutes in the message,
which the scheduler found by trying it. Only dependencies that make the plan longer are tried, the most promising ones first.
`phaseplan check` asks about those that save much and look like the order of a list, `phaseplan check --audit` about all.

Nothing proves that the dependency can go: a task may need what another finds out, and no file says so. If it does, keep it.
The repair lets the two run beside each other, and keeps every other order.",
    example: "\
- T1 Cart @owns(src/cart/**) ~40m
- T2 Login @owns(src/login/**) @after(T1) ~40m
",
    repaired: "\
- T1 Cart @owns(src/cart/**) ~40m
- T2 Login @owns(src/login/**) ~40m
",
};
