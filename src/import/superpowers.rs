//! Plans of superpowers: `### Task 1: Store carts` with `**Files:**`, `**Interfaces:**` and steps with boxes.
//!
//! A task waits for those whose results it consumes; one that does not say so follows the task before it.

use super::markdown::{Block, TaskHeadings, field_of, label, lines, list_item};
use super::outline::{Place, Step};
use super::{Certainty, File, Format, ImportError, Imported, only_text};
use crate::import::markdown::Field;

/// The format of `docs/superpowers/plans/….md`.
pub static FORMAT: Format = Format {
    id: "superpowers",
    name: "superpowers plan",
    description: "A plan of superpowers: `### Task 1: Store carts` with `**Files:**` to create, modify and \
        test.",
    recognise,
    read,
};

/// What a list of files says before each file.
const DEEDS: [&str; 4] = ["create", "modify", "test", "delete"];

fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    let Some(headings) = TaskHeadings::of(text).filter(TaskHeadings::name_tasks) else {
        return Certainty::No;
    };
    let (mut is_inside, mut is_in_files, mut deeds) = (false, false, 0);
    for line in lines(text) {
        match line.block {
            Block::Heading(_, title) => {
                is_inside |= headings.is_task(title);
                is_in_files = false;
            }
            Block::Text => {
                let item = list_item(line.text);
                let label = label(item.map_or(line.text, |item| item.text));
                match (item, label) {
                    (None, Some(label)) => is_in_files = field_of(label.name) == Field::Owns,
                    (Some(_), Some(label)) if is_inside && is_in_files => {
                        deeds += usize::from(DEEDS.contains(&label.name.to_lowercase().as_str()));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    match deeds {
        0 => Certainty::No,
        _ => Certainty::Sure(format!("{} tasks list the files to create, modify or test", headings.count)),
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let text = file.text().map_err(ImportError::clone)?;
    let Some(headings) = TaskHeadings::of(text) else {
        return Err(ImportError::new(
            "This looks like a plan of superpowers, but no heading of it is a task.",
        ));
    };
    let mut collector = headings.read(text);
    collector.settle();
    let count = collector.outline.items.len();
    let steps: Vec<Step> = (0..count).map(|item| Step { item, section: 0, place: Place::Next }).collect();
    let settled = collector.declares_order.clone();
    collector.outline.note_list(&steps, |item| settled[item]);
    collector.outline.put_in_sequence(&steps, |item| settled[item]);
    collector.outline.note_lost_boxes(text, "", &[]);
    Ok(collector.outline.into_imported(&FORMAT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::{certainty, read_files, shown, shown_plan};

    const SHOP: &str = "\
# Shop Implementation Plan

**Goal:** Sell.

---

### Task 1: Store carts

**Files:**
- Create: `src/store.ts`
- Modify: `src/router.ts:123-145`
- Test: `tests/store.test.ts`

**Interfaces:**
- Produces: `Store`

- [x] **Step 1: Write the failing test**

```ts
### Task 9: in code
```

- [ ] **Step 2: Make it pass**

### Task 2: Pay

**Files:**
- Create: `src/pay.ts`

**Interfaces:**
- Consumes: nothing

### Task 3: Show carts

**Files:**
- Create: `src/page.ts`

**Interfaces:**
- Consumes: `Store` from Task 1

## Notes

No task.
";

    #[test]
    fn files_and_interfaces_of_tasks_are_read() {
        assert_eq!(certainty(&FORMAT, SHOP), "sure");
        let imported = read_files(&FORMAT, &[("", SHOP)]);
        assert_eq!(
            shown_plan(&imported),
            "\
# Shop
1 running Store carts owns src/store.ts src/router.ts tests/store.test.ts
2 todo Pay owns src/pay.ts
3 todo Show carts owns src/page.ts after 1"
        );
        assert_eq!(imported.plan.goal, "Sell.");
        assert!(imported.plan.tasks[0].instructions.contains("src/router.ts:123-145"));
    }

    #[test]
    fn tasks_that_say_nothing_follow_each_other() {
        let text = "\
## Task 1: A
**Files:**
  * Create: src/a.ts, `src/a.css`
  * Test: TBD
## Task 2
- [ ] Step
## Task 2: Again
";
        assert_eq!(
            shown(&FORMAT, text),
            "1 todo A owns src/a.ts src/a.css\n2 todo 2 after 1\n2-2 todo Again after 2"
        );
    }

    #[test]
    fn other_plans_are_not_of_superpowers() {
        for text in [
            "### Task 1: A\nFiles: src/a.ts\n",
            "**Files:**\n- Create: `src/a.ts`\n",
            "- [ ] T001 Create src/a.ts\n",
        ] {
            assert_eq!(certainty(&FORMAT, text), "no", "{text}");
        }
    }
}
