//! The order of a list in which nothing but numbers and marks tells it.

use super::{Outline, Wait};
use crate::import::MAX_WAITS;

/// How a task stands among those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// After what comes before it in its list.
    Next,
    /// Beside its neighbours with the same mark.
    Beside,
    /// After what comes before it, but nothing waits for it.
    Aside,
    /// After everything, and before everything else.
    Checkpoint,
}

/// A task in its list.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Index of the item.
    pub item: usize,
    /// Number of its section. Sections follow each other.
    pub section: usize,
    /// Its place there.
    pub place: Place,
}

impl Outline {
    /// Notes that nothing but their sequence puts these tasks in order, if no mark and none of the tasks says more.
    /// Readers of several lists call it with the steps of all.
    pub fn note_list(&mut self, steps: &[Step], settled: impl Fn(usize) -> bool) {
        self.is_list = !steps.iter().any(|step| step.place == Place::Beside || settled(step.item));
    }

    /// Puts tasks in the order of their list, with as few waits as say it. Those that are `settled` say
    /// themselves what they wait for, and get no other wait. Time grows with the waits.
    pub fn put_in_sequence(&mut self, steps: &[Step], settled: impl Fn(usize) -> bool) {
        // What the next task waits for; the open run of tasks beside each other; and those nothing waits for.
        let (mut front, mut run, mut aside) = (Vec::new(), Vec::new(), Vec::new());
        let mut section = None;
        // One more than a plan takes, so that the plan says that some are missing.
        let mut left = MAX_WAITS + 1;
        for step in steps {
            let is_new_section = section.replace(step.section).is_some_and(|last| last != step.section);
            let ends_run = is_new_section || matches!(step.place, Place::Next | Place::Checkpoint);
            if ends_run && !run.is_empty() {
                front = std::mem::take(&mut run);
            }
            if !settled(step.item) {
                let late = if step.place == Place::Checkpoint { &aside[..] } else { &[] };
                let before = front.iter().chain(late).take(left).map(|before| Wait::Implied(*before));
                let waits = &mut self.items[step.item].waits;
                let count = waits.len();
                waits.extend(before);
                left -= waits.len() - count;
            }
            match step.place {
                Place::Next => front = vec![step.item],
                Place::Beside => run.push(step.item),
                Place::Aside => aside.push(step.item),
                Place::Checkpoint => {
                    front = vec![step.item];
                    aside.clear();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::outline::Item;

    #[test]
    fn sections_marks_and_checkpoints_make_the_order() {
        use Place::{Aside, Beside, Checkpoint, Next};
        let places = [
            (0, Next),
            (0, Aside),
            (1, Beside),
            (1, Beside),
            (1, Next),
            (2, Beside),
            (2, Checkpoint),
            (3, Next),
        ];
        let mut outline = Outline::default();
        let steps: Vec<Step> = (places.into_iter().enumerate())
            .map(|(item, (section, place))| {
                outline.items.push(Item::new(item.to_string(), "", 0));
                Step { item, section, place }
            })
            .collect();
        outline.put_in_sequence(&steps, |item| item == 5);
        let shown: Vec<String> = (outline.items.iter())
            .map(|item| {
                let waits = item.waits.iter().map(|wait| match wait {
                    Wait::Implied(before) | Wait::Meant(before) => before.to_string(),
                    Wait::Named(name) => name.clone(),
                });
                waits.collect::<Vec<_>>().join(",")
            })
            .collect();
        assert_eq!(shown, ["", "0", "0", "0", "2,3", "", "5,1", "6"]);
    }
}
