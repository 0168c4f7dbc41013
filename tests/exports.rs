//! Every format, written and read back.

use phaseplan::export::{EXPORTS, Export, Options, Remedy, by_id, cautions};
use phaseplan::glob::FileSet;
use phaseplan::import::import;
use phaseplan::plan::{Acceptance, Plan, Status, Task, TaskId};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use phaseplan::text;
use proptest::prelude::*;

fn report(text: &str) -> Report {
    Report::new(text::parse(text).plan, &Budget::default())
}

fn render(id: &str, report: &Report) -> String {
    written(by_id(id).unwrap_or_else(|| panic!("there is no format {id}")), report)
}

fn written(export: &Export, report: &Report) -> String {
    (export.render)(report, &Options::default()).preview()
}

const STOREFRONT: &str = include_str!("fixtures/plans/storefront.md");

#[test]
fn formats_can_be_told_apart() {
    for export in EXPORTS {
        let id = export.id;
        assert!(!export.title.is_empty() && export.description.ends_with('.'), "{id}");
        assert!(export.extension.starts_with('.') && export.media_type.contains('/'), "{id}");
        let same = EXPORTS.iter().filter(|other| other.id == id || other.title == export.title);
        assert_eq!(same.count(), 1, "{id}");
    }
}

#[test]
fn formats_of_a_group_stand_together() {
    let mut groups: Vec<&str> = EXPORTS.iter().map(|export| export.group.title()).collect();
    groups.dedup();
    let mut once = groups.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(groups.len(), once.len(), "{groups:?}");
}

/// Small plans: one with everything, one with mistakes, one with injections.
const SAMPLES: &[(&str, &str)] = &[
    ("release", include_str!("fixtures/exports/release.md")),
    ("broken", include_str!("fixtures/exports/broken.md")),
    ("hostile", include_str!("fixtures/exports/hostile.md")),
];

#[test]
fn samples_look_as_recorded() {
    for (name, sample) in SAMPLES {
        let report = report(sample);
        for export in EXPORTS {
            insta::assert_snapshot!(
                format!("{name}-{}", export.id),
                without_sentences(&report, &written(export, &report))
            );
        }
    }
}

#[test]
fn a_plan_without_open_tasks_is_no_prompt_to_run_agents() {
    let prompt = render("prompt", &report("# Shop\n\n- [x] T1 Cart @owns(a)\n- [-] T2 Docs @owns(b)\n"));
    assert_eq!(
        prompt,
        "# Nothing to run\n\nPlan: \"Shop\"\n\nNo task of this plan is left to do. One task is done.\n"
    );
    assert!(render("prompt", &report("")).starts_with("# Nothing to run"));
}

fn prompt(text: &str) -> String {
    render("prompt", &report(text))
}

/// The rules before the first phase.
fn head(prompt: &str) -> &str {
    prompt.split("\n## Phase ").next().unwrap()
}

/// The section of a phase, from its number.
fn phase(prompt: &str, number: usize) -> &str {
    let start = format!("{number} of ");
    let mut sections = prompt.split("\n## ").filter_map(|section| section.strip_prefix("Phase "));
    sections.find(|section| section.starts_with(&start)).unwrap_or_else(|| panic!("no phase {number}"))
}

/// The call of a task, up to the end of its prompt.
fn call<'a>(prompt: &'a str, id: &str) -> &'a str {
    let start = format!("\n### `{id}`\n");
    let call = prompt.split(&start).nth(1).unwrap_or_else(|| panic!("no call for {id}"));
    call.split("END PROMPT").next().unwrap()
}

/// The first line that contains a text.
fn line<'a>(text: &'a str, part: &str) -> &'a str {
    text.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part} is missing in {text}"))
}

#[test]
fn the_comparison_of_files_misses_no_path() {
    let prompt = prompt("- T1 Cart @owns(src/cart/**)\n- T2 Tax @owns(src/tax/**)\n");
    // Renames, subfolders, names in other scripts, new folders, and agents that commit.
    let command = "git status --porcelain=v1 -z --no-renames -uall";
    assert_eq!(head(&prompt).matches(command).count(), 1);
    assert!(head(&prompt).contains("HEAD must still be BASE"));
    let rule = line(&prompt, "HEAD must still be BASE");
    for part in ["the agent that reported it", "whose list it is on", "Go on only when I say so"] {
        assert!(rule.contains(part), "{rule}");
    }
    assert!(phase(&prompt, 1).contains("- `T1`: `src/cart/**`\n- `T2`: `src/tax/**`\n"));
}

/// A plan of independent tasks that take so many minutes.
fn independent(settings: &str, minutes: &[u32]) -> String {
    let task = |(at, minutes): (usize, &u32)| format!("- T{at} Page @owns(p{at}/**) ~{minutes}m\n");
    format!("> {settings}\n{}", minutes.iter().enumerate().map(task).collect::<String>())
}

#[test]
fn a_message_holds_what_the_plan_runs_at_once() {
    let seven = prompt(&independent("at most 10", &[10, 20, 30, 40, 50, 60, 70]));
    assert!(seven.contains("**in one message with 7 Agent tool calls**"));
    assert!(seven.contains("## Phase 1 of 1 · about 1 h 10 m") && !seven.contains("Batch"));
}

#[test]
fn batches_of_a_wide_phase_do_not_wait_for_each_other() {
    let minutes: Vec<u32> = (2..14).map(|number| number * 5).collect();
    let twelve = prompt(&independent("at most 20", &minutes));
    assert!(twelve.contains("## Phase 1 of 1 · about 1 h 5 m"), "{twelve}");
    let [first, second] = ["Batch 1 of 2. Launch these 10 agents", "Batch 2 of 2. Launch these 2 agents"];
    let batches: Vec<&str> = twelve.split(first).nth(1).unwrap().split(second).collect();
    // The longest go first.
    assert!(batches[0].contains("### `T11`") && batches[1].contains("### `T0`"));
    assert!(batches[1].contains("whatever the agents of the batch before are doing"));
}

#[test]
fn a_phase_that_is_too_wide_is_told_as_long_as_it_takes() {
    let thirty = prompt(&independent("at most 30", &[20; 30]));
    assert!(thirty.contains("# Run a plan: 30 agents in 1 phase, about 40 m\n"));
    assert!(thirty.contains("## Phase 1 of 1 · about 40 m\n"));
    assert!(line(&thirty, "Batch 3 of 3").contains("one by one in this order"));
    // One long task and many short ones: the places of short ones are free in time.
    let minutes = [&[60][..], &[20; 24]].concat();
    assert!(prompt(&independent("at most 30", &minutes)).contains("## Phase 1 of 1 · about 1 h\n"));
}

#[test]
fn what_an_agent_owns_is_not_forbidden_to_it() {
    let prompt = prompt(
        "- T1 All @owns(src/**) @reads(src/a.rs)\n- T2 One @owns(src/a.rs) @accept(T1: only adds a line)\n",
    );
    assert!(call(&prompt, "T1").contains("files, read these first: `src/a.rs`"));
    assert!(!call(&prompt, "T1").contains("Don't change them"));
    assert!(call(&prompt, "T2").contains("\n- `src/**`, but not `src/a.rs`\n"));
    for id in ["T1", "T2"] {
        assert_eq!(call(&prompt, id).matches("The author of the plan lets another agent").count(), 1, "{id}");
    }
}

/// The goal was repeated whole for each task: 100 kB and 10,000 tasks, a link of 4,500 letters, made a gigabyte.
#[test]
fn a_long_goal_and_many_tasks_make_no_giant_prompt() {
    let task = |number: usize| Task {
        id: TaskId(format!("T{number}")),
        title: "Look".to_owned(),
        kind: phaseplan::plan::Kind::Research,
        ..Task::default()
    };
    let tasks = |count: usize| (1..=count).map(task).collect();
    let plan = Plan { goal: "goal ".repeat(40_000), tasks: tasks(2_000), ..Plan::default() };
    let told = |plan: Plan| {
        let report = Report::new(plan, &Budget { steps: 0, ..Budget::default() });
        let is_said =
            cautions(&report).iter().any(|caution| caution.sentence.contains("only the first 2000"));
        (render("prompt", &report).len(), is_said)
    };
    let (length, is_said) = told(plan.clone());
    assert!(length < 8_000_000 && is_said, "{length} bytes");
    let (length, is_said) = told(Plan { tasks: tasks(20), ..plan });
    assert!(length > 4_000_000 && !is_said, "{length} bytes");
}

/// Each of many patterns was written with each of many exceptions.
#[test]
fn many_patterns_with_many_exceptions_make_no_giant_prompt() {
    let list = |tag: &str, entry: &dyn Fn(usize) -> String| {
        format!("@{tag}({})", (0..300).map(entry).collect::<Vec<_>>().join(", "))
    };
    let own = |number: usize| format!("src/*/own{number}.rs");
    let both = |number: usize| match number % 2 {
        0 => format!("lib/*{number}*/**"),
        _ => format!("!lib/**/out{number}.rs"),
    };
    let read = |number: usize| format!("src/*{number}*/**");
    let prompt = prompt(&format!(
        "- T1 One {} {}\n- T2 Two {}\n- T3 Three @owns(lib/mine.txt)\n",
        list("owns", &own),
        list("reads", &read),
        list("owns", &both)
    ));
    assert!(call(&prompt, "T1").contains("- `src/*7*/**`, but not your own files\n"));
    assert!(call(&prompt, "T2").contains("- `lib/*4*/**`, but not what is excluded at the end\n"));
    assert!(call(&prompt, "T2").contains("\n- excluded: `lib/**/out1.rs`, `lib/**/out3.rs`, "));
    assert!(prompt.len() < 100_000, "{} bytes", prompt.len());
}

#[test]
fn only_the_owner_of_the_list_installs_packages() {
    let prompt = prompt(
        "- T1 Dates @owns(package.json, package-lock.json, src/dates/**)\n- T2 Calendar @owns(src/calendar/**)\n\
         - T3 Alone @owns(src/**, package.json) @after(T1, T2)\n",
    );
    for id in ["T1", "T3"] {
        assert!(call(&prompt, id).contains("You may install the packages that you need."), "{id}");
        assert!(!call(&prompt, id).contains("Don't install"), "{id}");
    }
    assert!(call(&prompt, "T2").contains("Don't install packages."));
}

#[test]
fn a_task_without_files_is_held_to_no_list() {
    let prompt = prompt("- T1 Tidy up\n");
    assert!(phase(&prompt, 1).contains("- `T1`: lists no files; what its report names is its own"));
    let told = call(&prompt, "T1");
    assert!(told.contains("name each one in your report"));
    for order in ["and no others", "not yours, stop", "files you don't own", "those above"] {
        assert!(!told.contains(order), "{order} in {told}");
    }
}

#[test]
fn company_is_told_only_where_it_is() {
    let prompt = prompt(
        "- T1 Cart @owns(a/**)\n- T2 Tax @owns(b/**)\n- T3 Join @owns(c/**) @after(T1, T2)\n\
         - T4 Yes or no @kind(gate) @after(T1, T2)\n- T5 Try all @kind(verify) @after(T3)\n",
    );
    for (id, expected) in [("T1", true), ("T2", true), ("T3", false), ("T5", false)] {
        assert_eq!(call(&prompt, id).contains("Others work in the same folder."), expected, "{id}");
        assert!(call(&prompt, id).contains("Do the work yourself; launch no agents."), "{id}");
    }
    assert!(call(&prompt, "T1").contains("judge only failures in yours"));
}

#[test]
fn people_and_other_programs_are_asked_for_and_never_replaced() {
    let prompt = prompt(
        "- T1 Copy @agent(person) @owns(docs/copy.md)\n- T2 API @agent(codex) @model(gpt-5) @owns(api/**)\n\
         - T3 Texts @agent(\"Ann Lee\") @owns(texts/**)\n- T4 Print @owns(print/**) @after(T1)\n",
    );
    let launched: Vec<&str> = prompt.lines().filter(|line| line.starts_with("- description")).collect();
    assert_eq!(launched, ["- description: \"T4 Print\""]);
    let copy = line(&prompt, "Ask me to have `T1` done");
    assert!(copy.contains("Only these wait for my word that it is done: `T4`. If I say no, leave them out."));
    assert!(line(&prompt, "`T2` is for `codex`").contains("Launch no agent in its place."));
    assert!(prompt.contains("`T3` is for `Ann Lee`"));
    assert!(phase(&prompt, 1).contains("- `T1` (a person): `docs/copy.md` → `T4`\n"));
    assert!(
        phase(&prompt, 2).contains("Launch these only with my word")
            && phase(&prompt, 2).contains("`T4` (`T1`)")
    );
}

#[test]
fn a_task_that_shares_files_with_a_persons_waits_for_the_persons_word() {
    let prompt =
        prompt("> at most 1\n- T1 Copy @agent(person) @owns(docs/**)\n- T2 Index @owns(docs/index.md)\n");
    assert!(phase(&prompt, 2).contains("`T2` (`T1`)"), "{prompt}");
}

#[test]
fn names_that_no_call_takes_are_told() {
    let prompt = prompt(
        "- T1 A @owns(a/**) @model(turbo)\n- T2 B @owns(b/**) @agent(Explore)\n\
         - T3 C @owns(c/**) @agent(translator) @model(opus)\n",
    );
    assert!(!call(&prompt, "T1").contains("- model:") && call(&prompt, "T3").contains("- model: \"opus\""));
    assert!(line(head(&prompt), "run with the model of their agent type").contains("`T1` (`turbo`)"));
    assert!(head(&prompt).contains("`T2` (general-purpose, not `Explore`)"));
    assert!(head(&prompt).contains("These agent types must be there: `translator`."));
}

#[test]
fn a_decision_holds_back_only_what_waits_for_it() {
    let text = "- T1 Build @owns(dist/**) ~20m\n- T2 Approve @kind(gate) @after(T1) ~5m\n\
        - T3 Publish @owns(CHANGELOG.md) @after(T2) ~5m\n- T4 Docs @owns(docs/**) @after(T1) ~30m\n\
        - T5 Announce @owns(news/**) @after(T3) ~5m\n";
    let prompt = prompt(text);
    let section = phase(&prompt, 2);
    assert!(section.find("### `T4`") < section.find("### Decision: `T2`"), "{section}");
    assert!(section.contains("Only these wait for my answer: `T3` and `T5`. If I say no, leave them out."));
    assert!(phase(&prompt, 3).contains("`T3` (`T2`)"));
    assert!(head(&prompt).contains("Only then ask its questions."));
}

#[test]
fn only_changed_files_are_committed_on_a_branch_of_the_plan() {
    let changing = prompt("# Sign-in & carts\n\n- T1 Cart @owns(a/**)\n");
    assert!(head(&changing).contains("`plan/sign-in-carts`"));
    assert!(line(head(&changing), "git add").contains("exactly these, never `-A`"));
    assert!(line(head(&changing), "git add").contains("If nothing changed, commit nothing."));
    let reading = prompt("- T1 Cart @kind(research)\n- T2 Try @kind(verify)\n");
    for order in ["commit them", "git add", "branch `", "build, tests and lints"] {
        assert!(!reading.contains(order), "{order}");
    }
}

#[test]
fn a_failure_leaves_out_only_what_waits_for_it() {
    let prompt = prompt(
        "- T1 A @owns(a/**)\n- [!] T2 B @owns(b/**)\n- T5 C @owns(c/**) @after(T2)\n- T6 D @owns(d/**) @after(T5)\n",
    );
    assert!(phase(&prompt, 1).contains("- `T1`: `a/**`\n- `T2`: `b/**` → `T5` and `T6`\n"));
    assert!(head(&prompt).contains("go on with what does not wait for it"));
    assert!(line(head(&prompt), "not its own").contains("don't launch it again"));
    assert!(line(head(&prompt), "API error").contains("resume it once (SendMessage to its id)"));
    assert!(call(&prompt, "T2").contains("This was tried before and not finished."));
}

#[test]
fn what_is_at_work_already_is_not_launched() {
    let prompt = prompt(
        "- [~] T1 API @owns(src/api/**)\n- T2 Page @owns(src/ui/**)\n- T3 Users @owns(src/api/users.rs) @after(T1)\n",
    );
    assert!(!prompt.contains("- description: \"T1"));
    let told = "Already at work: `T1` (`src/api/**`). Don't launch it; nothing below touches its files.";
    assert!(phase(&prompt, 1).contains(told));
    assert!(call(&prompt, "T2").contains("- `src/api/**`\n") && call(&prompt, "T2").contains("Others work"));
    assert!(phase(&prompt, 2).contains("`T3` (`T1`)"));
    let alone = self::prompt("- [~] T1 API @owns(src/api/**)\n- [x] T2 Page @owns(src/ui/**)\n");
    assert!(phase(&alone, 1).contains("Nothing is launched in this phase.\n"));
    let first = self::prompt("- [~] T1 API @owns(src/api/**)\n- T2 Page @owns(web/**) @after(T1)\n");
    assert!(phase(&first, 1).contains("Nothing is launched in this phase. Go on with the next.\n"));
}

#[test]
fn phases_have_the_numbers_of_the_schedule() {
    let report =
        report("- [x] T1 A @owns(a/**)\n- T2 B @owns(b/**) @after(T1)\n- T3 C @owns(c/**) @after(T2)\n");
    let prompt = render("prompt", &report);
    for (id, at) in [("T2", 1), ("T3", 2)] {
        let number = report.schedule.phase_of[at].unwrap() + 1;
        assert!(phase(&prompt, number).contains(&format!("### `{id}`")), "{id}");
    }
    assert!(prompt.contains(&format!(" of {} · ", report.schedule.phases.len())));
}

#[test]
fn the_end_asks_for_no_check_that_the_plan_has() {
    let end = |text: &str| prompt(text).split("## At the end\n\n").nth(1).unwrap().to_owned();
    assert!(end("- T1 A @owns(a/**)\n").starts_with("Run the checks of the project"));
    assert!(end("- T1 A @owns(a/**)\n- T2 Try @kind(verify) @after(T1)\n").starts_with("Write a summary"));
    assert!(end("- T1 A @kind(research)\n").starts_with("Write a summary"));
}

#[test]
fn permissions_are_named_before_an_agent_waits_for_one() {
    let prompt = prompt("- T1 A @owns(a/**) @check(cargo test a) @check(the page shows it)\n");
    let asked = line(head(&prompt), "which of these is not allowed yet");
    assert!(asked.ends_with("`Edit` in the files listed below, `Bash(cargo test a)`."), "{asked}");
    assert!(phase(&prompt, 1).contains("\nChecks: `cargo test a`.\n"));
}

#[test]
fn neither_the_rules_nor_a_call_grow_with_the_width_of_a_phase() {
    let wide = |tasks: usize| {
        let task = |at| format!("- T{at} Page @owns(web/pages/p{at}/**)\n");
        prompt(&format!("> at most {tasks}\n{}", (0..tasks).map(task).collect::<String>()))
    };
    let (small, large) = (wide(15), wide(60));
    assert!(head(&large).len() < 2_500, "{}", head(&large).len());
    assert!(call(&large, "T7").len() < call(&small, "T7").len() + 20);
    assert_eq!(call(&large, "T7").matches("- `web/pages/").count(), 1 + 8);
    assert!(call(&large, "T7").contains("- nor anything else that is not on your list\n"));
}

#[test]
fn what_is_wrong_with_running_a_plan_is_told_with_what_can_be_done() {
    let report = report(
        "- T1 Api @owns(src/**) @model(gpt-5)\n- T2 Users @owns(src/users.rs) @agent(Explore)\n- T3 Tidy\n\
         - T4 Copy @owns(docs/**) @agent(person)\n- T5 Page @owns(web/**) @agent(codex) @after(T9)\n",
    );
    let cautions = cautions(&report);
    let told: Vec<&str> = cautions.iter().map(|caution| caution.sentence.as_str()).collect();
    let expected = [
        "The plan has 1 error: ",
        "T1 and T2 collide over `src/users.rs`. ",
        "T3 lists no files: ",
        "T4 is for a person: ",
        "T5 is for `codex`, ",
        "T2 names the agent `Explore`, which can't change files: ",
        "T1 names the model `gpt-5`. ",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}");
    }
    assert!(cautions.iter().all(|caution| !caution.remedies.is_empty()));
    let Remedy::Problem(conflict) = cautions[1].remedies[0] else { panic!("{:?}", cautions[1]) };
    assert!(report.diagnostics[conflict].title.contains("T1 and T2"));
    assert_eq!(self::cautions(&self::report("- T1 Cart @owns(a/**)\n- [x] T2 Copy @agent(person)\n")), []);
}

#[test]
fn a_caution_tells_a_task_on_the_authors_word_from_an_unknown_one() {
    let about = |plan: &str| {
        let cautions = cautions(&report(plan));
        cautions.into_iter().map(|caution| (caution.sentence, caution.remedies)).collect::<Vec<_>>()
    };
    let lone = about("- T1 Cart @owns(a/**)\n- T2 Tidy\n");
    assert_eq!(lone.len(), 1);
    assert_eq!(lone[0].0, "T2 lists no files: it runs alone, and what its report names counts as its own.");
    let beside = about("> unknown beside\n- T1 Cart @owns(a/**)\n- T2 Tidy\n");
    assert!(beside[0].0.starts_with("T2 lists no files: nothing proves"), "{beside:?}");
    assert!(matches!(beside[0].1[0], Remedy::Repair { .. }), "{beside:?}");
    let claimed = about("- T1 Cart @owns(a/**)\n- T2 Tidy @parallel(claimed)\n");
    assert!(claimed[0].0.starts_with("T2 lists no files: only the author's word"), "{claimed:?}");
}

/// The text with `…` instead of the messages of the analysis, which have separate tests.
fn without_sentences(report: &Report, text: &str) -> String {
    let limit = phaseplan::explain::limit(report);
    let limit = limit.split('`').next().unwrap_or_default();
    let starts = ["- Why here: ", "- error ", "- warning ", "- unknown ", "\"message\": ", "\"detail\": "];
    let shown = |line: &str| {
        if !limit.is_empty() && line.starts_with(limit) {
            return "…".to_owned();
        }
        let start = starts.iter().find(|start| line.trim_start().starts_with(**start) && line.contains(' '));
        start.map_or(line.to_owned(), |start| format!("{start}…"))
    };
    text.lines().map(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn plans_come_back_as_they_were() {
    let report = report(STOREFRONT);
    for format in ["json", "text"] {
        let written = render(format, &report);
        let imported =
            import(written.as_bytes(), None).unwrap_or_else(|error| panic!("{format}: {}", error.message));
        assert_eq!(imported.plan, report.plan, "{format}");
        assert_eq!(imported.notes, [], "{format}");
    }
}

#[test]
fn every_format_is_the_same_each_time() {
    for export in EXPORTS {
        let [once, again] = [(); 2].map(|()| written(export, &report(STOREFRONT)));
        assert_eq!(once, again, "{}", export.id);
    }
}

#[test]
fn an_empty_plan_can_be_written() {
    for export in EXPORTS {
        let empty = Report::new(Plan::default(), &Budget::default());
        assert!(!written(export, &empty).is_empty() || export.id == "text");
    }
}

/// Texts that try to break out of their place.
fn hostile() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "`",
        "```",
        "~~~",
        "\n",
        "\n\n",
        "\"",
        "'",
        "|",
        "<script>",
        "-->",
        "@me",
        "#",
        "# ",
        "- ",
        "END TEXT",
        "END PROMPT",
        "BEGIN PROMPT",
        "]",
        "](",
        "\\",
        "\u{202e}",
        "%%",
        "end",
        "ä",
        "a b",
    ];
    proptest::collection::vec(proptest::sample::select(PIECES), 0..8).prop_map(|parts| parts.concat())
}

fn hostile_plan() -> impl Strategy<Value = Plan> {
    let task =
        (hostile(), hostile(), hostile(), hostile()).prop_map(|(title, instructions, pattern, agent)| Task {
            title,
            instructions,
            owns: vec![pattern],
            agent,
            ..Task::default()
        });
    (hostile(), hostile(), proptest::collection::vec(task, 1..4)).prop_map(|(title, goal, mut tasks)| {
        for (number, task) in tasks.iter_mut().enumerate() {
            task.id = format!("T{number}").as_str().into();
        }
        Plan { title, goal, tasks, ..Plan::default() }
    })
}

/// Plans whose tasks own and read patterns that meet each other, with every conflict accepted.
fn plan_with_shared_files() -> impl Strategy<Value = Plan> {
    const PATTERNS: &[&str] = &[
        "**",
        "src/**",
        "src/a.rs",
        "src/*.rs",
        "src/{a,b}.rs",
        "src/api/**",
        "src/api/users.rs",
        "docs/**",
        "docs/a.md",
        "!src/a.rs",
        "!src/api/**",
        "!docs/*.md",
        "a.rs",
        "*.rs",
    ];
    let patterns = || proptest::collection::vec(proptest::sample::select(PATTERNS), 1..4);
    let task = (patterns(), patterns(), any::<bool>());
    proptest::collection::vec(task, 1..5).prop_map(|tasks| {
        let ids: Vec<TaskId> = (0..tasks.len()).map(|number| format!("T{number}").as_str().into()).collect();
        let of = |(at, (owns, reads, was_tried)): (usize, (Vec<&str>, Vec<&str>, bool))| Task {
            id: ids[at].clone(),
            owns: owns.into_iter().map(str::to_owned).collect(),
            reads: reads.into_iter().map(str::to_owned).collect(),
            accepts: ids
                .iter()
                .filter(|id| **id != ids[at])
                .map(|id| Acceptance { task: id.clone(), reason: String::new() })
                .collect(),
            status: if was_tried && at == 0 { Status::Failed } else { Status::Todo },
            ..Task::default()
        };
        Plan { tasks: tasks.into_iter().enumerate().map(of).collect(), ..Plan::default() }
    })
}

/// The key of a prompt: the last word of its first line `BEGIN PROMPT …`.
fn key(prompt: &str) -> &str {
    let line = prompt.lines().find(|line| line.starts_with("Lines with the key `")).unwrap();
    line.split('`').nth(1).unwrap()
}

/// Headings outside code blocks. A block ends at a fence at least as long as its opening fence.
fn headings(page: &str) -> Result<Vec<String>, TestCaseError> {
    let mut fence: Option<usize> = None;
    let mut headings = Vec::new();
    for line in page.lines() {
        let run = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(length) if run >= length && run == line.trim_end().len() => fence = None,
            Some(_) => {}
            None if run >= 3 => fence = Some(run),
            None if line.starts_with('#') => headings.push(line.to_owned()),
            None => {}
        }
    }
    prop_assert_eq!(fence, None);
    Ok(headings)
}

/// A list of the task that names a file twice, and a pattern that it both reads and must not change.
#[test]
fn what_is_not_to_be_changed_is_said_once() {
    let prompt = prompt(
        "- T1 Users @owns(src/a.rs, src/api/users.rs, src/a.rs) @reads(src/**) @accept(T2: a rename)\n- T2 All @owns(src/**)\n",
    );
    let told = call(&prompt, "T1").split("BEGIN TEXT").next().unwrap();
    assert_eq!(told.matches("- `src/**`, but not `src/a.rs`, `src/api/users.rs`\n").count(), 1, "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_ends_its_own_prompt(plan in hostile_plan()) {
        let tasks = plan.tasks.len();
        let report = Report::new(plan, &Budget { steps: 0, seed: 1 });
        let prompt = render("prompt", &report);
        let key = key(&prompt);
        for mark in ["BEGIN PROMPT", "BEGIN TEXT", "END TEXT", "END PROMPT"] {
            let line = format!("{mark} {key}");
            prop_assert_eq!(prompt.lines().filter(|found| *found == line).count(), tasks, "{}", line);
        }
        let mut inside = Vec::new();
        for line in prompt.lines().filter(|line| line.ends_with(key)) {
            match line.split(' ').next() {
                Some("BEGIN") => inside.push(line.replace("BEGIN", "END")),
                Some("END") => prop_assert_eq!(inside.pop(), Some(line.to_owned())),
                _ => {}
            }
        }
    }

    #[test]
    fn no_order_forbids_what_is_owned(plan in plan_with_shared_files()) {
        let prompt = render("prompt", &Report::new(plan.clone(), &Budget { steps: 0, seed: 1 }));
        for task in &plan.tasks {
            let told = call(&prompt, task.id.as_str());
            let orders = told.split("BEGIN TEXT").next().unwrap();
            let (owned, _) = FileSet::parse(&task.owns);
            for (_, forbidden) in orders.split("\n\n").filter_map(|list| list.split_once("change them:\n")) {
                for line in forbidden.lines().filter(|line| line.starts_with("- `")) {
                    let mut patterns: Vec<String> =
                        line.split('`').skip(1).step_by(2).map(str::to_owned).collect();
                    patterns.iter_mut().skip(1).for_each(|exception| exception.insert(0, '!'));
                    let (forbidden, _) = FileSet::parse(&patterns);
                    prop_assert_eq!(owned.overlap(&forbidden), None, "{} of {}", line, told);
                }
            }
            let mut long: Vec<&str> = orders.lines().filter(|line| line.len() > 60).collect();
            let all = long.len();
            long.sort_unstable();
            long.dedup();
            prop_assert_eq!(long.len(), all, "{}", told);
        }
    }

    #[test]
    fn a_page_keeps_its_shape(plan in hostile_plan()) {
        let page = render("markdown", &Report::new(plan.clone(), &Budget { steps: 0, seed: 1 }));
        let headings = headings(&page)?;
        let tasks = headings.iter().filter(|heading| heading.starts_with("### T"));
        prop_assert_eq!(tasks.count(), plan.tasks.len());
        let expected = ["# ", "## Phase ", "### T", "## Kept apart", "## Problems"];
        for heading in &headings {
            prop_assert!(expected.iter().any(|start| heading.starts_with(start)), "{}", heading);
            prop_assert!(!heading.contains("<script") && !heading.contains("@me"), "{}", heading);
        }
        prop_assert_eq!(headings.iter().filter(|heading| heading.starts_with("# ")).count(), 1);
    }

    #[test]
    fn reports_are_json(plan in hostile_plan()) {
        let report = Report::new(plan.clone(), &Budget { steps: 0, seed: 1 });
        let read: serde_json::Value = serde_json::from_str(&render("report", &report)).unwrap();
        prop_assert_eq!(read["tasks"].as_array().unwrap().len(), plan.tasks.len());
        prop_assert_eq!(read["tasks"][0]["title"].as_str(), Some(plan.tasks[0].title.as_str()));
    }
}

/// The published schema matches the types. `UPDATE=1` rewrites it.
#[cfg(feature = "schema")]
#[test]
fn the_published_schema_is_up_to_date() {
    check_schema("phaseplan.schema.json", schemars::schema_for!(phaseplan::export::json::PlanFile));
    check_schema("evidence.schema.json", schemars::schema_for!(phaseplan::evidence::EvidenceFile));
}

#[cfg(feature = "schema")]
#[track_caller]
fn check_schema(name: &str, schema: schemars::Schema) {
    let derived = format!("{:#}\n", schema.to_value());
    let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &derived).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(published == derived, "docs/{name} differs; write it anew with UPDATE=1");
}
