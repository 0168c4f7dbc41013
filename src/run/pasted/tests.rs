//! What pasted texts are taken for, and what follows from them: text in, text out.

use proptest::prelude::*;

use super::*;
use crate::run::log::tests::log;
use crate::text;

const PLAN: &str = "- [x] T1 Tables @owns(db/**) ~20m\n- [~] T2 Export @owns(src/export/**) ~20m\n- T3 Import \
    @owns(src/import/**) @after(T1) ~20m\n- T4 Journal @owns(src/journal/**) @after(T3) ~1h\n- [!] T5 Icons @owns(icons/**) ~5m\n";

fn pasted(plan: &str, text: &str) -> Pasted {
    let report = Report::new(text::parse(plan).plan, &Budget::default());
    let state = RunState::of(&log("0 T2 started"));
    let now = 1_700_000_000 + 23 * 60;
    Pasted::read(
        text,
        &Context { report: &report, state: &state, selected: None, now, budget: &Budget::default() },
    )
}

/// What a text is taken for; then a line for each proposal, with the events in brackets; then notes.
fn told(pasted: &Pasted) -> String {
    let name = |news: &News| {
        let json = serde_json::to_string(&news.body).unwrap_or_default();
        json.split('"').nth(1).unwrap_or_default().to_owned()
    };
    let mut told = format!("{}\n", pasted.taken_for);
    for Proposal { sentence, news, edits, command } in &pasted.proposals {
        let mut events: Vec<String> = news.iter().map(name).collect();
        events.extend(edits.iter().map(|_| "edit".to_owned()));
        events.extend(command.clone());
        told.push_str(&format!("- {sentence} [{}]\n", events.join(" ")));
    }
    pasted.notes.iter().for_each(|note| told.push_str(&format!("! {note}\n")));
    told
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(told(&pasted(PLAN, text)), expected, "{text}");
}

#[test]
fn a_report_says_of_its_task_how_it_ended() {
    check("T2 is done.", "Taken for a report of T2, which it names.\n- T2 is done, after 23 m. [done]\n");
    check(
        "**T3** finished. It took 1h 5m.",
        "Taken for a report of T3, which it names.\n- T3 is done, after 1 h 5 m. [started done]\n",
    );
    check(
        "T2: failed, no disk space left",
        "Taken for a report of T2, which it names.\n- T2 failed: no disk space left. [failed]\n",
    );
    check(
        "T2 — 12 passed, 0 failed. Done.",
        "Taken for a report of T2, which it names.\n- T2 is done, after 23 m. [done]\n",
    );
    check("T1 is done", "Taken for a report of T1, which it names.\n! T1 is done already.\n");
    check(
        "I looked at it all.\nThe export works.\nAll checks pass.",
        "Taken for a report of T2, which is what it may be about.\n- T2 is done, after 23 m. [done reported]\n",
    );
}

#[test]
fn reports_of_several_tasks_begin_with_their_ids() {
    check(
        "Phase 1 is over.\n- T2: done\n- T3: not done, the parser panics\n- T5 was launched again\n",
        "Taken for reports of T2, T3 and T5.\n- T2 is done, after 23 m. [done]\n- T3 failed: the parser panics. \
         [failed]\n- T5 is at work. [retried]\n",
    );
}

#[test]
fn a_report_names_files_of_its_own_and_of_others() {
    check(
        "T2 is not done.\n\nI need `db/schema.sql`, which belongs to T1.\nChanged files:\n- src/export/csv.rs\n",
        "Taken for a report of T2, which it names.\n- T2 failed. [failed reported changed]\n- T2 was denied \
         `db/schema.sql`, which is T1’s (done). [denied]\n",
    );
    check(
        "T2 is done. I changed `icons/a.svg` too.",
        "Taken for a report of T2, which it names.\n- T2 is done, after 23 m. [done]\n- T2 wrote `icons/a.svg`, which \
         is T5’s (failed). Take the change back. [git checkout HEAD -- :/icons/a.svg]\n- Or give `icons/a.svg` to T2: \
         takes no longer. [edit edit]\n",
    );
}

#[test]
fn commits_that_name_tasks_say_that_they_are_done() {
    check(
        "commit 0f27dca09103cf59d243c88a6c47b8c2b6f9468b\nAuthor: A <a@b.example>\nDate:   Sat Nov 28 15:09:11 2026\n\n    \
         phase 2: T2 T3\n\n    And T4 is next.\n",
        "Taken for `git log`: 1 commit.\n- T2 is done: commit “phase 2: T2 T3”. [done]\n- T3 is done: commit “phase 2: \
         T2 T3”. [done]\n! When a task was finished is not read from commits: it counts as of now.\n",
    );
    check(
        "0f27dca (HEAD -> main) T5: icons\n3e0ce04 T1 tables\n",
        "Taken for `git log`: 2 commits.\n- T5 is done: commit “T5: icons”. [done]\n! T1 is done already.\n! When a \
         task was finished is not read from commits: it counts as of now.\n",
    );
    check(
        "0f27dca Fix it\n",
        "Taken for `git log`: 1 commit.\n! No commit names a task. Begin the messages with ids, such as “phase 1: T1 \
         T2”.\n",
    );
}

#[test]
fn changed_files_are_compared_with_what_is_at_work() {
    for list in [" M src/export/csv.rs\0?? db/x.sql\0", " M src/export/csv.rs\n?? db/x.sql\n"] {
        check(
            list,
            "Taken for a list of changed files: 2 files, compared with the files of T2.\n- T2 changed \
             `src/export/csv.rs`: its own. [changed]\n- T2 wrote `db/x.sql`, which is T1’s (done). Take the change \
             back. [git clean -f -- :/db/x.sql]\n- Or give `db/x.sql` to T2: takes no longer. [edit]\n",
        );
    }
}

#[test]
fn many_changed_files_are_several_events_that_are_all_accepted() {
    let list: String = (0..900).map(|number| format!("src/export/part{number}.rs\n")).collect();
    let pasted = pasted(PLAN, &list);
    let mut log = log("");
    for news in &pasted.proposals[0].news {
        log.record(crate::events::Digest::default(), "runner", 0, news.body.clone()).expect("it is accepted");
    }
    assert_eq!(RunState::of(&log).tasks[&"T2".into()].files.len(), 900);
}

#[test]
fn the_log_of_the_guard_names_what_was_denied() {
    let line = "{\"time\":\"2026-11-28T15:40:00.000Z\",\"agent\":\"plan-t2\",\"task\":\"T2\",\"path\":\"db/x.sql\",\"tool\":\"Edit\"}";
    check(
        &format!("{line}\n{line}\n"),
        "Taken for the log of the guard: 2 denied writes.\n- T2 was denied `db/x.sql`, which is T1’s (done). \
         [denied]\n",
    );
}

#[test]
fn a_journal_says_who_started_and_who_ended() {
    check(
        "{\"type\":\"started\",\"key\":\"a\",\"label\":\"T3 Import\",\"time\":1700000000}\n{\"type\":\"result\",\"key\":\"a\",\"result\":\"fine\",\"time\":1700000600}\n\
         {\"type\":\"started\",\"key\":\"b\",\"opts\":{\"label\":\"T5 Icons\"}}\n{\"type\":\"result\",\"key\":\"c\",\"label\":\"T2 Export\",\"result\":null}\n",
        "Taken for the journal of a workflow: 4 lines about 3 tasks.\n- T2 failed: It ended without a report. \
         [failed]\n- T3 is done, after 10 m. [started done]\n- T5 is at work. [retried]\n",
    );
    check(
        "{\"done\":[\"T1\",\"T3\"],\"failed\":[{\"id\":\"T2\",\"why\":\"It broke off.\"}],\"left\":[],\"reports\":{\"T3\":\"Fine.\"}}",
        "Taken for the result of a workflow script: 2 done, 1 failed.\n- T3 is done. [done reported]\n- T2 failed: It \
         broke off. [failed]\n! T1 is done already.\n",
    );
}

#[test]
fn what_is_not_recognised_is_said() {
    check(
        "Hello there",
        "This says nothing of a task that is recognised here. Name the task in it, such as “T1 is done”, or select \
         the task first.\n",
    );
}

proptest! {
    #[test]
    fn anything_is_read(text in "([T0-9 :{}\",a-z\n]|T2|done|failed|[ \\\\`/.é]){0,60}") {
        pasted(PLAN, &text);
    }
}
