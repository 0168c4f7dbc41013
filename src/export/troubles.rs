//! What goes wrong when agents run a plan: how it looks, why it happens, and what to do.
//!
//! The help of the command line, the export dialog and `docs/running.md` are written from this list.

use std::fmt::Write;

use crate::agents::VERIFIED_FOR;

/// Something that goes wrong.
#[derive(Debug)]
pub struct Trouble {
    /// How it looks, as a sentence without a full stop.
    pub symptom: &'static str,
    /// Why it happens.
    pub cause: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// Phrases in small letters, each of which shows it in what agents and programs print.
    signs: &'static [&'static str],
}

/// Everything that is known to go wrong, the most frequent first.
pub static TROUBLES: &[Trouble] = &[
    Trouble {
        symptom: "The agents run one after another",
        cause: "Their calls went out in several messages, each waiting for the one before.",
        remedy: "Say: “Launch all agents of the phase in one message.” The time is lost, nothing else.",
        signs: &["one after another", "one by one instead of", "ran sequentially", "launched sequentially"],
    },
    Trouble {
        symptom: "A phase stands still, and an agent neither works nor reports",
        cause: "It asks for a permission, which comes up in the main session. With `claude -p` nobody can answer, and the \
                call is refused.",
        remedy: "Answer it. Next time, allow beforehand what the prompt names before the first phase.",
        signs: &[
            "waiting for permission",
            "permission prompt",
            "permission to use",
            "requires approval",
            "permission denied for tool",
            "haven't granted it yet",
            "hasn't been granted",
        ],
    },
    Trouble {
        symptom: "A report is empty, or says only that all is done",
        cause: "The agent ended without the report that its prompt asks for.",
        remedy: "Have it resumed and asked for its report. If it can't be resumed, launch it again: research costs little.",
        signs: &[
            "report is empty",
            "empty report",
            "no output from the agent",
            "returned no output",
            "returned an empty result",
        ],
    },
    Trouble {
        symptom: "“Agent type … not found”",
        cause: "The plan names an agent type that this project does not define, or whose file is newer than the session.",
        remedy: "Add `.claude/agents/NAME.md` and restart the session, or take `@agent` out of the task.",
        signs: &["agent type", "unknown agent type", "agent type not found"],
    },
    Trouble {
        symptom: "“Concurrent subagent limit reached”",
        cause: "More agents are at work than one session takes, perhaps those of another run.",
        remedy: "Launch the others as places get free. Set `at most 10` in the plan, so that its figures hold.",
        signs: &["concurrent subagent limit", "too many concurrent agents", "subagent limit reached"],
    },
    Trouble {
        symptom: "An agent stops because its context is full",
        cause: "Its task reads or changes too much for one agent.",
        remedy: "Keep what it did, split the task by folders, and export what is left.",
        signs: &[
            "context is full",
            "context window is full",
            "context window exceeded",
            "prompt is too long",
            "context limit reached",
            "out of context",
            "context low",
        ],
    },
    Trouble {
        symptom: "The one who launches the agents forgets rules, or changes the prompts",
        cause: "Its context was compacted, and the text of the prompt is gone.",
        remedy: "Export the prompt as files (`prompt-files`): each phase is read again before it begins.",
        signs: &[
            "conversation compacted",
            "context was compacted",
            "context has been compacted",
            "session is being continued from a previous",
        ],
    },
    Trouble {
        symptom: "An agent says that a report is missing",
        cause: "The report of a task before it was not put below its line `REPORT OF`, or not saved as a file.",
        remedy: "Hand it the report. A task that was done before the run has none: write what it found.",
        signs: &[
            "report is missing",
            "no report of",
            "did not receive the report",
            "report was not included",
        ],
    },
    Trouble {
        symptom: "Changes of an agent are gone, or mixed with those of another",
        cause: "Two agents changed one file, or one of them undid or stashed what it did not know.",
        remedy: "See who owns the file in the lists of the phase, and what `git log -p FILE` shows. Repair the conflict in the \
                 plan, and have the task done again.",
        signs: &[
            "changes are gone",
            "edits are gone",
            "my edits were lost",
            "changes were lost",
            "overwritten by another agent",
            "changes of another agent",
            "file has been modified since read",
            "file has been unexpectedly modified",
        ],
    },
    Trouble {
        symptom: "A path was changed that is on nobody's list",
        cause: "A generator, a formatter or a lockfile, or a file that the plan forgot.",
        remedy: "Keep it and add it to the task's `@owns`, or undo it: `git checkout BASE -- FILE`.",
        signs: &["on nobody's list", "no task of the plan owns", "not in any task"],
    },
    Trouble {
        symptom: "HEAD is no longer BASE before the phase is committed",
        cause: "An agent committed although it was told not to.",
        remedy: "`git reset --soft BASE` takes the commits back and keeps the files. Then compare them with the lists.",
        signs: &["head is no longer base", "head has moved", "committed although", "head is not base"],
    },
    Trouble {
        symptom: "Tests fail in files that nobody of the phase changed, or only while others work",
        cause: "Another agent was just writing what they test.",
        remedy: "Run them again when all have reported. An agent judges only failures in its own files.",
        signs: &[
            "tests fail in files i did not",
            "failures in files of other",
            "failing tests in other",
            "fail in files that nobody",
        ],
    },
    Trouble {
        symptom: "“nothing to commit”",
        cause: "The tasks of the phase changed no files, as research, checks and decisions do.",
        remedy: "Go on: there is nothing to do.",
        signs: &["nothing to commit"],
    },
    Trouble {
        symptom: "The commit of a phase fails or takes more files than it should",
        cause: "A hook that checks or formats everything runs before each commit.",
        remedy: "Repair what it names in the files of the phase, and leave others out. Commit with `--no-verify` only if you know \
                 what the hook does.",
        signs: &["pre-commit hook failed", "hook declined", "pre-commit hook", "husky -"],
    },
    Trouble {
        symptom: "An agent of the second phase does not see the work of the first",
        cause: "It was launched with isolation, or its type has it. Then it works on a copy that starts from the default branch.",
        remedy: "Launch it without isolation. Where you want copies, set `worktree.baseRef` to `head`, and commit each phase.",
        signs: &[
            "does not see the work",
            "not see phase 1",
            "files of the first phase are missing",
            "worktree is based on",
        ],
    },
    Trouble {
        symptom: "An agent was started and its report never comes",
        cause: "The call had a name, which may start a member of a team, whose result does not come back.",
        remedy: "Launch it again without a name.",
        signs: &["report never came", "never reported", "no report came", "teammate"],
    },
    Trouble {
        symptom: "An agent can't be resumed",
        cause: "The tool for that is not loaded, or the agent is of a built-in type that only reads.",
        remedy: "Have the tool loaded. Agents that only read are launched again.",
        signs: &[
            "can't be resumed",
            "cannot be resumed",
            "no agent to resume",
            "sendmessage is not available",
            "unknown tool: sendmessage",
        ],
    },
];

/// What a text shows to go wrong, at most three of it. Time: the text times the phrases.
pub fn recognised(text: &str) -> Vec<&'static Trouble> {
    let low = text.to_lowercase().replace(['’', '‘'], "'");
    let shows = |trouble: &&Trouble| trouble.signs.iter().any(|sign| has_phrase(&low, sign));
    TROUBLES.iter().filter(shows).take(MOST_RECOGNISED).collect()
}

const MOST_RECOGNISED: usize = 3;

/// Whether a text has a phrase. Of an agent type it must also say that there is none.
fn has_phrase(low: &str, sign: &str) -> bool {
    match sign {
        "agent type" => low.split(sign).nth(1).is_some_and(|rest| {
            let line = rest.lines().next().unwrap_or_default();
            ["not found", "unknown", "does not exist", "not available"]
                .iter()
                .any(|words| line.contains(words))
        }),
        sign => low.contains(sign),
    }
}

/// All of it as a page of Markdown.
pub fn page() -> String {
    let mut page = format!(
        "# When a run goes wrong\n\nHow it looks, why it happens, and what to do. Names are those of Claude Code {VERIFIED_FOR}. \
         While you follow a run on the page, paste what you see into *What happened?*: it is recognised there.\n"
    );
    for Trouble { symptom, cause, remedy, .. } in TROUBLES {
        let _ = write!(page, "\n## {symptom}\n\n{cause}\n\n{remedy}\n");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_wrong_is_recognised_in_what_is_printed() {
        for (text, expected) in [
            ("Error: Agent type 'reviewer' not found. Available agents: Explore", "“Agent type … not found”"),
            ("On branch plan/x\nnothing to commit, working tree clean", "“nothing to commit”"),
            ("Concurrent subagent limit reached (10)", "“Concurrent subagent limit reached”"),
            ("T2 stopped: prompt is too long", "An agent stops because its context is full"),
        ] {
            let found: Vec<&str> = recognised(text).iter().map(|trouble| trouble.symptom).collect();
            assert_eq!(found, [expected], "{text}");
        }
        assert!(recognised("T1 is done. The agent type is Explore.").is_empty());
        assert!(TROUBLES.iter().all(|trouble| !trouble.signs.is_empty()));
    }
}
