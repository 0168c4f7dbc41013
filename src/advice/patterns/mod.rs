//! Patterns of plans: the shapes in which people divide work, recognised by what the plan says.
//!
//! Each is found by a file of its own, which says what it saw. A plan may show several patterns, or none.

mod analysis_first;
mod better;
mod feature;
mod folders;
mod layer;
mod module;
mod pool;
mod read_heavy;

use crate::plan::TaskId;
use crate::repairs::Improvement;
use crate::report::Report;

/// A shape that a plan has.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// Its name: `module`, `layer`, `feature`, `read-heavy`, `analysis-first` or `pool`.
    pub id: &'static str,
    /// What was seen in the plan, in a sentence that names tasks.
    pub evidence: String,
    /// What speaks for dividing work like this, in a sentence.
    pub benefit: &'static str,
    /// The tasks that show it, in the order of the plan.
    pub tasks: Vec<TaskId>,
    /// What would be better, if the scheduler found something.
    pub better: Option<Better>,
}

/// What would make a plan of this pattern shorter.
#[derive(Debug, Clone, PartialEq)]
pub struct Better {
    /// What is lost now and what to do, in a sentence with minutes.
    pub sentence: String,
    /// The change, tried by the scheduler.
    pub improvement: Improvement,
}

/// What a recogniser saw: the tasks by position, ascending, and the sentence about them.
struct Seen {
    tasks: Vec<usize>,
    evidence: String,
}

/// A pattern and how to recognise it.
struct Recogniser {
    id: &'static str,
    benefit: &'static str,
    see: fn(&Report) -> Option<Seen>,
}

static RECOGNISERS: [Recogniser; 6] = [
    module::RECOGNISER,
    layer::RECOGNISER,
    feature::RECOGNISER,
    read_heavy::RECOGNISER,
    analysis_first::RECOGNISER,
    pool::RECOGNISER,
];

/// The patterns that the open tasks of a plan show, in a fixed order. Takes a few schedules if there are any.
pub fn patterns(report: &Report) -> Vec<Pattern> {
    let seen: Vec<(&Recogniser, Seen)> =
        RECOGNISERS.iter().filter_map(|recogniser| Some((recogniser, (recogniser.see)(report)?))).collect();
    if seen.is_empty() {
        return Vec::new();
    }
    let splits = better::splits(report);
    let described = seen.into_iter().map(|(recogniser, seen)| Pattern {
        id: recogniser.id,
        evidence: seen.evidence,
        benefit: recogniser.benefit,
        better: better::of(report, &seen.tasks, &splits),
        tasks: seen.tasks.iter().map(|&task| report.plan.tasks[task].id.clone()).collect(),
    });
    described.collect()
}

/// The open tasks of a plan, ascending.
fn open(report: &Report) -> Vec<usize> {
    (0..report.plan.tasks.len()).filter(|&task| report.plan.tasks[task].status.is_open()).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::schedule::Budget;
    use crate::text;

    /// Every pattern of a plan text, with its tasks, its evidence and what would be better.
    fn found(text: &str) -> String {
        let report = Report::new(text::parse(text).plan, &Budget::default());
        let mut shown = String::new();
        for pattern in patterns(&report) {
            let ids: Vec<&str> = pattern.tasks.iter().map(TaskId::as_str).collect();
            let _ = writeln!(shown, "{} [{}] {}", pattern.id, ids.join(" "), pattern.evidence);
            if let Some(better) = pattern.better {
                let _ = writeln!(shown, "  {}", better.sentence);
            }
        }
        shown
    }

    const MODULES: &str = "\
- T1 Requests @owns(src/api/**) ~30m
- T2 Queries @owns(src/db/**) ~25m
- T3 Messages @owns(src/queue/in/**, src/queue/out/**) ~60m
- T4 Switch it on @owns(src/main.rs) @after(T1, T2, T3) @kind(integrate) ~15m
";

    #[test]
    fn a_folder_for_each_and_one_that_joins_them_is_by_module() {
        assert_eq!(
            found(MODULES),
            "\
module [T1 T2 T3] T1, T2 and T3 own one folder each (`src/api`, `src/db` and `src/queue`), and T4 joins them.
  What comes next waits 30 m for the slowest, T3 (1 h): split it, −30 m.
"
        );
        let spread =
            MODULES.replace("src/api/**", "src/api/**, tests/all.rs").replace("src/db/**", "db/**, web/**");
        assert!(!found(&spread).contains("module ["), "each reaches into several folders");
        let apart = MODULES.replace(" @after(T1, T2, T3)", "");
        assert_eq!(found(&apart), "", "nobody joins them");
    }

    const LAYERS: &str = "\
- T1 Round prices @owns(src/prices/**)
- T2 Tests @owns(tests/prices/**) @after(T1) @kind(test)
- T3 Manual @owns(docs/prices.md) @after(T1) @kind(docs)
- T4 Switch @owns(config/shops/**) @after(T1)
";

    #[test]
    fn tests_documents_and_settings_behind_the_code_are_by_layer() {
        assert_eq!(
            found(LAYERS),
            "layer [T2 T3 T4] T2 (tests), T3 (documents) and T4 (settings) come after the code of T1.\n"
        );
        assert_eq!(found(&LAYERS.replace(" @after(T1)", "")), "");
    }

    const FEATURES: &str = "\
- T1 Store of birthdays @owns(src/birthdays/**)
- T2 Page of birthdays @owns(web/birthdays/**) @after(T1)
- T3 Store of wishes @owns(src/wishes/**)
- T4 Page of wishes @owns(web/wishes/**) @after(T3)
- T5 All tests @after(T2, T4) @kind(verify)
";

    #[test]
    fn parts_that_go_through_several_folders_are_by_feature() {
        assert_eq!(
            found(FEATURES),
            "feature [T1 T2 T3 T4] 2 parts don't wait for each other, and each goes through several folders: T1 and T2 \
             (`src`, `web`); T3 and T4 (`src`, `web`).\n"
        );
        assert_eq!(found(&FEATURES.replace("src/wishes/**)", "src/wishes/**) @after(T2)")), "");
    }

    const READERS: &str = "\
- T1 Jobs? @reads(jobs/**) @kind(research)
- T2 Queries? @reads(src/db/**) @kind(research)
- T3 Mend what was found @owns(src/**) @after(T1, T2)
";

    #[test]
    fn many_that_look_and_one_that_writes_are_read_heavy() {
        assert_eq!(
            found(READERS),
            "read-heavy [T1 T2 T3] 2 of 3 tasks only look, and T3 writes down what T1 and T2 found.\n"
        );
        assert_eq!(found(&READERS.replace("@reads(jobs/**) @kind(research)", "@owns(jobs/**)")), "");
        assert_eq!(found(&READERS.replace(" @after(T1, T2)", "")), "");
    }

    const ANALYSIS: &str = "\
- T1 Where to cut @owns(docs/cuts.md)
- T2 Invoices @owns(src/invoices/**) @reads(docs/cuts.md) @after(T1)
- T3 Reminders @owns(src/reminders/**) @reads(docs/cuts.md) @after(T1)
";

    #[test]
    fn one_whose_result_all_others_read_is_analysis_first() {
        assert_eq!(
            found(ANALYSIS),
            "analysis-first [T1 T2 T3] Everything waits for T1, and T2 and T3 use its result.\n"
        );
        assert_eq!(found(&ANALYSIS.replace(" @reads(docs/cuts.md) @after(T1)", "")), "");
        let two = "- T1 Sender @owns(src/a/**)\n- T2 Reader @owns(src/b/**)\n\
            - T3 Tests @owns(tests/**) @reads(src/a/**) @after(T1, T2)\n- T4 Page @owns(page.md) @reads(src/a/**) @after(T1)\n";
        assert_eq!(found(two), "", "code that others read is no analysis");
    }

    #[test]
    fn many_like_tasks_without_order_are_a_pool() {
        let stalls = |more: &str| -> String {
            (1..=12)
                .map(|n| format!("- T{n} Move stall {n} @owns(market/s{n}/**{more}) ~{}m\n", 10 + n))
                .collect()
        };
        assert!(found(&stalls("")).starts_with(
            "pool [T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12] 12 tasks of one kind wait for nothing, collide with nothing, \
             and take about as long as each other (11 m to 22 m)."
        ));
        assert_eq!(found(&stalls(", market/map.md")), "");
    }
}
