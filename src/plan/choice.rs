//! Values from a fixed list, such as the kind of a task.

use std::fmt::Debug;

/// A value from a fixed list.
pub trait Choice: Debug {
    /// The name used in text and JSON.
    fn name(&self) -> &'static str;
    /// The names of all values, in menu order.
    fn names(&self) -> Vec<&'static str>;
    /// Whether it is the default value.
    fn is_default(&self) -> bool;
    /// Sets the value with this name. Returns false if there is none.
    fn choose(&mut self, name: &str) -> bool;
}
