//! Sections of a plan that hold no tasks.

use super::plain_text;
use crate::prose::words::is_one_of;

/// The first words of their headings.
const ASIDE: &str = "acceptance alternatives assumptions background constraints context criteria decisions \
    dependencies goal \
    goals introduction notes objective open out overview problem questions rationale references \
    requirements risk risks \
    scope success summary testing tests usage verification";

/// Whether the heading is that of a section without tasks, such as “Context” or “Risks”.
pub fn is_aside(heading: &str) -> bool {
    let heading = plain_text(heading).to_lowercase();
    let first = heading.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    first.is_some_and(|first| is_one_of(first, ASIDE))
}
