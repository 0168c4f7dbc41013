//! Plans in plain Markdown, of any tool or none: headings `### Task 1: …`, tables, and lists with numbers or
//! ids.
//!
//! The clearest of these forms is read. What tasks say about files and waits decides; without a word about
//! waits, numbers are taken for an order, and a list without numbers has none.

mod lists;
mod tables;

use std::borrow::Cow;

use super::markdown::{Collector, TaskHeadings};
use super::outline::{Place, Step};
use super::{Certainty, File, Format, ImportError, Imported, only_text};
use crate::prose::sentence::Sentence;

/// The format of plans in Markdown that belong to no tool.
pub static FORMAT: Format = Format {
    id: "markdown",
    name: "Markdown plan",
    description: "Any Markdown with tasks: `### Task 1: …` with files and waits, a table of tasks, \
        numbered lists.",
    recognise,
    read,
};

/// The tasks of a file, and how clearly they are tasks.
struct Reading {
    collector: Collector,
    /// Whether the items are in order, going by their numbers.
    is_numbered: bool,
    /// For each item, the number of its section.
    sections: Vec<usize>,
    certainty: Certainty,
}

fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    let is_other = text.trim_start().starts_with(['{', '<']) && !text.trim_start().starts_with("<!--");
    let has_tags = ["@owns(", "@after(", "@reads("].iter().any(|tag| text.contains(tag));
    if is_other || has_tags {
        return Certainty::No;
    }
    reading(&without_frame(text)).map_or(Certainty::No, |reading| reading.certainty)
}

/// The text without the frame that a terminal draws around the plan of an agent.
fn without_frame(text: &str) -> Cow<'_, str> {
    let filled = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let framed = filled().filter(|line| line.starts_with('│')).count();
    if framed * 2 <= filled().count() {
        return Cow::Borrowed(text);
    }
    let inside = text.lines().map(|line| match line.trim().strip_prefix('│') {
        Some(inside) => {
            let inside = inside.strip_suffix('│').unwrap_or(inside).trim_end();
            inside.strip_prefix(' ').unwrap_or(inside)
        }
        None if line.trim().starts_with(['╭', '╰']) => "",
        None => line,
    });
    Cow::Owned(inside.collect::<Vec<_>>().join("\n"))
}

/// The first form that is clear, else the first that is possible.
fn reading(text: &str) -> Option<Reading> {
    let readers: [fn(&str) -> Option<Reading>; 3] = [headings, table, lists::read];
    let mut possible: Option<Reading> = None;
    for read in readers {
        let Some(found) = read(text) else { continue };
        match found.certainty {
            Certainty::No => {}
            Certainty::Possible(_) => possible = possible.or(Some(found)),
            _ => return Some(found),
        }
    }
    possible
}

fn headings(text: &str) -> Option<Reading> {
    let headings = TaskHeadings::of(text)?;
    let mut collector = headings.read(text);
    tables::add_to(text, &mut collector);
    collector.settle();
    let count = collector.outline.items.len();
    let is_clear = says_much(&collector);
    let certainty = match headings.name_tasks() {
        true if count > 1 || is_clear => {
            Certainty::Likely(format!("{count} headings are tasks, such as “Task 1”"))
        }
        true => Certainty::Possible("a heading names a task".to_owned()),
        false if is_clear => {
            Certainty::Likely(format!("{count} headings with numbers say which files they change"))
        }
        false => Certainty::No,
    };
    let sections = vec![0; count];
    Some(Reading { collector, is_numbered: true, sections, certainty })
}

fn table(text: &str) -> Option<Reading> {
    let mut collector = tables::read(text)?;
    collector.settle();
    let count = collector.outline.items.len();
    let certainty = Certainty::Likely(format!("a table lists {count} tasks with their files or waits"));
    let sections = vec![0; count];
    Some(Reading { collector, is_numbered: false, sections, certainty })
}

/// Whether most items name files, or one says what it waits for.
fn says_much(collector: &Collector) -> bool {
    let items = &collector.outline.items;
    let names_file = |text: &str| !Sentence::read(text).mentions.is_empty();
    let with_files = items
        .iter()
        .filter(|item| !item.owns.is_empty() || names_file(&item.title) || names_file(&item.text));
    collector.declares_order.contains(&true) || with_files.count() * 2 >= items.len().max(1)
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let text = file.text().map_err(ImportError::clone)?;
    let Some(mut reading) =
        reading(&without_frame(text)).filter(|reading| !reading.collector.outline.items.is_empty())
    else {
        return Err(ImportError::new(
            "This looks like Markdown, but it has no headings, table or list of tasks.",
        ));
    };
    put_in_order(&mut reading);
    reading.collector.outline.note_lost_boxes(&without_frame(text), "", &[]);
    Ok(reading.collector.outline.into_imported(&FORMAT))
}

/// Puts numbered items in order if none says what it waits for.
fn put_in_order(reading: &mut Reading) {
    let Reading { collector, is_numbered, sections, .. } = reading;
    let count = collector.outline.items.len();
    if collector.declares_order.contains(&true) || count < 2 {
        return;
    }
    if *is_numbered {
        let places = collector.outline.items.iter().map(|item| match item.claim {
            Some(_) => Place::Beside,
            None => Place::Next,
        });
        let steps: Vec<Step> = (places.zip(sections.iter()).enumerate())
            .map(|(item, (place, section))| Step { item, section: *section, place })
            .collect();
        collector.outline.note_list(&steps, |_| false);
        collector.outline.put_in_sequence(&steps, |_| false);
        return;
    }
    collector.outline.is_list = true;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::{certainty, read_files, shown, shown_plan};
    use crate::plan::Ordering;

    #[test]
    fn headings_with_files_and_waits_are_tasks() {
        let text = "\
# Plan: quota

## Context
Users do not see it.

### Task 1: Endpoint
Files: src/quota.ts (new), src/router.ts
Depends on: none
Estimate: 2 hours

### Task 2: Widget
**Files**: `web/Widget.tsx`
**Dependencies: Task 1**

#### Acceptance Criteria
- [ ] It shows

### Task 3: Limits ✅
#### Files Changed
- `src/limits.ts`
";
        assert_eq!(certainty(&FORMAT, text), "likely");
        let imported = read_files(&FORMAT, &[("", text)]);
        assert_eq!(
            shown_plan(&imported),
            "\
# quota
1 todo Endpoint owns src/quota.ts src/router.ts
2 todo Widget owns web/Widget.tsx after 1
3 done Limits owns src/limits.ts"
        );
        assert_eq!(imported.plan.tasks[0].minutes.map(|minutes| minutes.likely), Some(120.into()));
        assert_eq!(imported.plan.tasks[1].checks, ["It shows"]);
    }

    #[test]
    fn headings_with_numbers_follow_each_other() {
        let text = "\
# Dark mode
## Phase A
### 1. Theme
**File:** `src/theme.ts`
### 2. Switch
Edit `src/app.ts`.
";
        assert_eq!(
            shown(&FORMAT, text),
            "\
# Dark mode
1 todo Theme [Phase A] owns src/theme.ts
2 todo Switch [Phase A] owns src/app.ts after 1"
        );
    }

    #[test]
    fn tables_are_read_by_their_headers() {
        let text = "\
# Tasks: report

| ID | Description | Depends on | Files | Status |
|--|:-:|--|--|--|
| T1 | Schema | | src/a.py | ✅ done |
| T2 | Load \\| parse | T1 | `src/b.py`, src/c.py | |
| T3 | Print | T1, T9 | | |

| a | b |
|--|--|
| 1 | 2 |
";
        assert_eq!(certainty(&FORMAT, text), "likely");
        assert_eq!(
            shown(&FORMAT, text),
            "\
# report
T1 done Schema owns src/a.py
T2 todo Load | parse owns src/b.py src/c.py after T1
T3 todo Print after T1 T9"
        );
    }

    #[test]
    fn issues_are_tasks_under_their_numbers() {
        let text = "\
## Tasks
- [ ] #12 Store carts (server/store.ts)
- [x] #13 Page, blocked by #12 (web/page.tsx)
- [ ] #14 Router, after #99
";
        assert_eq!(certainty(&FORMAT, text), "likely");
        assert_eq!(
            shown(&FORMAT, text),
            "\
#12 todo Store carts (server/store.ts) owns server/store.ts
#13 done Page, blocked by #12 owns web/page.tsx after #12
#14 todo Router, after #99 after #99"
        );
    }

    #[test]
    fn numbered_lists_follow_each_other_and_bullets_do_not() {
        let numbers = "\
# Plan

We need carts:

1. Store carts in `src/store.ts`
   - with a test
2. Show them in `src/page.ts`

## Risks
1. Too slow
2. Too late
";
        let imported = read_files(&FORMAT, &[("", numbers)]);
        assert_eq!(
            shown_plan(&imported),
            "1 todo Store carts in src/store.ts owns src/store.ts\n2 todo Show them in src/page.ts owns \
                src/page.ts \
             after 1"
        );
        let bullets = "Plan:\n- Edit `src/a.ts`\n- Add `src/b.ts` with the store\n- Run the tests\n";
        let imported = read_files(&FORMAT, &[("", bullets)]);
        assert_eq!(
            shown_plan(&imported),
            "\
T1 todo Edit src/a.ts owns src/a.ts
T2 todo Add src/b.ts with the store owns src/b.ts
T3 todo Run the tests"
        );
        assert!(imported.plan.tasks.iter().all(|task| task.ordering == Ordering::Guessed));
    }

    #[test]
    fn the_frame_of_a_terminal_is_taken_off() {
        let text = "\
╭──────────────────────────────╮
│ # Dark mode                  │
│ 1. Add `src/theme.ts`        │
│ 2. Change `src/app.ts`       │
│    - keep the switch         │
╰──────────────────────────────╯
";
        assert_eq!(
            shown(&FORMAT, text),
            "# Dark mode\n1 todo Add src/theme.ts owns src/theme.ts\n2 todo Change src/app.ts owns src/app.ts \
             after 1"
        );
    }

    #[test]
    fn boxes_below_which_waits_stand_are_tasks_and_remarks_are_not() {
        let text = "\
# Repairs

## Context
- two are urgent

## TODOs
- [ ] 1. Do not leak
  **Parallelization**: Can run in parallel: NO. Blocked by: nothing
- [ ] 2. Refuse
  **Parallelization**: Blocked by: Task 1
";
        assert_eq!(shown(&FORMAT, text), "# Repairs\n1 todo Do not leak\n2 todo Refuse after 1");
    }

    #[test]
    fn numbers_that_begin_again_get_the_number_of_their_section() {
        let text = "\
## Store
1. Add `src/a.ts`
2. Test `src/a.ts`
## Page
1. Add `src/b.ts` (depends on Task 1)
";
        let lines = shown(&FORMAT, text);
        assert!(lines.contains("1.2 todo Test src/a.ts [Store]"), "{lines}");
        assert!(lines.contains("2.1 todo Add src/b.ts [Page]"), "{lines}");
    }

    #[test]
    fn other_texts_are_not_taken() {
        for text in [
            "- [ ] Login\n- [ ] Logout\n",
            "- Login\n- Logout\n",
            "Login\nLogout\n",
            "- T1 Login @owns(a)\n- T2 Logout @after(T1)\n",
            "# Guide\n\n## 1. Introduction\n\nText.\n\n## 2. Usage\n\nText.\n",
            "{\"a\": 1}",
        ] {
            assert_eq!(certainty(&FORMAT, text), "no", "{text}");
        }
        let refused = read(&[File::new("", "# Guide\n\nText.\n")]).err().map(|error| error.message);
        assert!(refused.is_some_and(|message| message.contains("heading")));
    }
}
