//! The bar as text: a line for each row, buttons in brackets.

use super::*;
use crate::run::log::tests::log;
use crate::schedule::{Budget, Previous};
use crate::text;

/// The text of the bar, a line for each row, and the prompt that its button copies. `log` is what happened, and
/// `minute` when that is shown.
fn bar_after(plan: &str, happened: &str, minute: u64) -> (String, String) {
    let state = RunState::of(&log(happened));
    let plan = state.applied_to(&text::parse(plan).plan);
    let report = Report::new(plan.clone(), &Budget::default());
    let now_seconds = 1_700_000_000 + 60 * minute;
    let previous = Previous::of(&report.plan, &report.schedule);
    let outlook = Outlook::of(&plan, &state, now_seconds, &previous, &Budget::default());
    let run = RunView {
        state: &state,
        outlook: outlook.as_ref(),
        now: now_seconds,
        minutes_ahead: 60,
        factors: &[],
        new_estimates: 0,
        foreign: &[],
        pasted: None,
        troubles: &[],
        fault: None,
        can_mark: true,
    };
    let Some(bar) = now(&report, &run) else { return Default::default() };
    let mut copied = String::new();
    let rows = bar.children.iter().map(|row| {
        let mut words = String::new();
        write_words(row, &mut words, &mut copied);
        format!("{}\n", words.trim())
    });
    (rows.collect(), copied)
}

fn bar(plan: &str) -> (String, String) {
    bar_after(plan, "", 0)
}

fn write_words(part: &Markup, words: &mut String, copied: &mut String) {
    words.push_str(&part.text);
    if part.tag == "button" {
        words.push('[');
    }
    part.children.iter().for_each(|child| write_words(child, words, copied));
    if part.tag == "button" {
        words.push(']');
    }
    copied.extend(part.attributes.iter().filter(|(name, _)| *name == "data-copy").map(|(_, text)| &**text));
}

#[test]
fn a_run_under_way_says_what_to_launch_and_what_is_at_work() {
    let (words, copied) = bar(
        "> at most 3\n- [x] T1 Tables @owns(db/**)\n- [~] T2 Export @owns(src/export/**) @uses(db 2)\n- T3 Import \
         @owns(src/import/**) @after(T1) ~20m\n- T4 Journal @owns(src/j/**) @after(T3) ~1h\n- [!] T5 Icons \
         @owns(icons/**) ~5m\n- T6 Web @owns(web/**) @after(T5) ~5m\n- T7 Year? @kind(gate)\n",
    );
    assert_eq!(
        words,
        "[What happened?][Read it]\n\
         Ask for a decision: [T7] Year? [Yes][No]\n\
         Launch these 2 now: [T3] [T5] [Copy their prompt][They are at work]\n\
         A free agent takes T3, because it starts the longest chain that is left: T3 and T4 (1 h 20 m).\n\
         [T2] is running and holds src/export/**, 2 of db. [Done][Nobody is at work]Failed…[It failed]\n\
         [T5] failed. [Try again][Done]Say why…[It failed]\n\
         [T6] is blocked by T5, which failed.\n"
            .replace("[What happened?]", "What happened?")
    );
    let launched = copied.lines().filter(|line| line.starts_with("- description:")).collect::<Vec<_>>();
    assert_eq!(launched, ["- description: \"T3 Import\"", "- description: \"T5 Icons\""]);
}

#[test]
fn a_run_with_a_log_says_when_it_ends_and_how_late_that_is() {
    let plan = "- T1 Tables @owns(db/**) ~20m\n- T2 Export @owns(src/**) @after(T1) ~30m\n";
    let first = |happened: &str, minute| {
        let (words, _) = bar_after(plan, happened, minute);
        words.lines().next().unwrap_or_default().replace("What happened?[Read it][Log]", "")
    };
    // It begins at 22:13 UTC, which is 23:13 here.
    assert_eq!(first("0 T1 started", 5), "On time, ends about 00:03 tomorrow");
    let late = "12 m late, ends about 00:15 tomorrow · T1 over the estimate";
    assert_eq!(first("0 T1 started", 31), late);
    assert_eq!(first("0 T1 started\n10 T1 done", 10), "10 m early, ends about 23:53");
    let over = "0 T1 started\n20 T1 done\n20 T2 started\n55 T2 done";
    assert_eq!(first(over, 55), "Ended after 55 m, 5 m late");
}

#[test]
fn before_a_run_the_bar_is_folded_and_without_a_log_it_ends_with_the_plan() {
    assert!(bar("- T1 One @owns(a)\n").0.starts_with("Follow a run\n"));
    assert_eq!(bar("- [x] T1 One @owns(a)\n").0, "");
}
