//! The synonyms of fields.

/// What a field says about a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Its id. Of several such fields the one with the smallest number counts.
    Id(u8),
    /// Its title. Of several such fields the one with the smallest number counts.
    Title(u8),
    /// What its agent is told.
    Text,
    /// Files it changes.
    Owns,
    /// Files it only reads.
    Reads,
    /// Files, which it changes if nothing else is said.
    Files,
    /// What it waits for.
    Waits,
    /// What waits for it.
    Blocks,
    /// How long it takes; a bare number has this many minutes each.
    Duration(u32),
    /// How far it is, in a word.
    Status,
    /// Whether it is done.
    Done,
    /// The id of the task that it is a part of.
    Parent,
    /// Its parts, which are tasks too.
    Parts,
    /// The heading it belongs to. Of several such fields the one with the smallest number counts.
    Group(u8),
    /// The agent that does it.
    Agent,
    /// The model of its agent.
    Model,
    /// Its kind.
    Kind,
    /// What must hold when it is done.
    Checks,
    /// Whether its author says that it may run beside others.
    Beside,
    /// Nothing that is known: preserved as it is.
    Unknown,
    /// Something that the reader of the format handles itself.
    Handled,
}

/// The largest number of a title that only tasks have; people and products have names and labels too.
pub const TITLE_OF_A_TASK: u8 = 2;

/// The meaning of a name, without regard to case and to signs between words.
pub fn meaning(name: &str) -> Meaning {
    let plain: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(40).collect();
    of_identity(&plain)
        .or_else(|| of_files(&plain))
        .or_else(|| of_order(&plain))
        .or_else(|| of_work(&plain))
        .unwrap_or(if name.trim() == "#" { Meaning::Id(5) } else { Meaning::Unknown })
}

/// Whether a field with this name puts tasks into steps that follow each other, if its values are numbers.
pub fn is_step(name: &str) -> bool {
    ["wave", "level", "phase", "stage", "batch", "step"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn of_identity(plain: &str) -> Option<Meaning> {
    Some(match plain {
        "id" => Meaning::Id(0),
        "taskid" | "storyid" | "stepid" | "ticketid" | "workitemid" => Meaning::Id(1),
        "key" | "issuekey" | "identifier" | "ticket" => Meaning::Id(2),
        "issueid" | "wbs" | "ref" => Meaning::Id(3),
        "number" | "no" | "nr" | "uid" | "uuid" => Meaning::Id(4),
        "title" => Meaning::Title(0),
        "subject" | "summary" | "headline" | "taskname" | "tasktitle" => Meaning::Title(1),
        "task" | "story" | "todo" => Meaning::Title(2),
        "name" | "item" | "issue" => Meaning::Title(3),
        "label" | "feature" => Meaning::Title(4),
        "description" | "details" | "detail" | "body" | "content" | "prompt" | "instructions"
        | "instruction" | "notes" | "note" | "text" | "objective" | "design" | "rationale" | "narrative"
        | "desc" | "action" => Meaning::Text,
        _ => return None,
    })
}

fn of_files(plain: &str) -> Option<Meaning> {
    Some(match plain {
        "owns" | "ownedfiles" | "owned" | "ownership" | "writeset" | "writes" | "write" | "writepaths"
        | "writefiles" | "scopepaths" | "touches" | "touchedfiles" | "filestouched" | "touchedpaths"
        | "filestomodify" | "filestocreate" | "filestochange" | "filestoedit" | "filestodelete"
        | "filesmodified" | "filescreated" | "fileschanged" | "modifiedfiles" | "modifies" | "creates"
        | "changedfiles" | "targetfiles" | "editfiles" | "outputfiles" | "outputs" | "allowedpaths"
        | "exclusivefiles" | "filescope" | "writescope" | "ownedpaths" => Meaning::Owns,
        "reads" | "read" | "readset" | "readpaths" | "readfiles" | "readonly" | "readonlyfiles"
        | "readfirst" | "readscope" | "patternsfrom" | "contextfiles" | "filestoread" | "inputfiles"
        | "referencefiles" => Meaning::Reads,
        "files" | "file" | "relevantfiles" | "filelist" | "filepaths" | "paths" | "path" => Meaning::Files,
        _ => return None,
    })
}

fn of_order(plain: &str) -> Option<Meaning> {
    Some(match plain {
        "after" | "deps" | "dep" | "depends" | "dependson" | "dependency" | "dependencies" | "blockedby"
        | "requires" | "needs" | "prerequisites" | "prereqs" | "predecessors" | "predecessor"
        | "waitsfor" | "waitfor" | "waitson" | "upstream" | "dependencyids" => Meaning::Waits,
        "inwardissuelinkblocks" => Meaning::Waits,
        "outwardissuelinkblocks" => Meaning::Blocks,
        "blocks" | "blocking" | "unblocks" | "requiredby" | "successors" => Meaning::Blocks,
        "parent" | "parentid" | "parenttask" | "parenttaskid" | "parentissue" | "parentkey" => {
            Meaning::Parent
        }
        "subtasks" | "children" | "tasks" | "subitems" | "items" | "steps" | "chunks" | "stories"
        | "todos" | "issues" => Meaning::Parts,
        "group" | "section" => Meaning::Group(0),
        "phase" | "epic" | "epicname" | "epiclink" => Meaning::Group(1),
        "milestone" | "sprint" | "stage" => Meaning::Group(2),
        "wave" | "level" | "batch" | "stream" | "lane" | "track" | "workstream" => Meaning::Group(3),
        "parallel" | "parallelsafe" | "parallelizable" | "parallelisable" | "canparallel"
        | "canrunparallel" | "canruninparallel" | "canparallelize" | "isparallel" => Meaning::Beside,
        _ => return None,
    })
}

fn of_work(plain: &str) -> Option<Meaning> {
    Some(match plain {
        "minutes" | "estimateminutes" | "estimatedminutes" | "durationminutes" | "estimate" | "estimated"
        | "duration" | "mins" | "min" | "timeestimate" | "effort" | "eta" | "estimatedtime" => {
            Meaning::Duration(1)
        }
        "hours" | "estimatehours" | "estimatedhours" | "durationhours" | "hrs" | "efforthours" => {
            Meaning::Duration(60)
        }
        "days" | "estimatedays" | "estimateddays" | "durationdays" => Meaning::Duration(480),
        "status" | "state" => Meaning::Status,
        "done" | "completed" | "complete" | "passes" | "passed" | "checked" | "finished" | "isdone" => {
            Meaning::Done
        }
        "agent" | "agenttype" | "subagent" | "subagenttype" | "assignedagent" => Meaning::Agent,
        "model" => Meaning::Model,
        "kind" | "type" | "tasktype" | "issuetype" => Meaning::Kind,
        "acceptancecriteria" | "acceptance" | "criteria" | "checks" | "definitionofdone" | "dod"
        | "donewhen" | "verification" | "verify" | "verifycommand" | "teststrategy" | "testcommand"
        | "validation" | "successcriteria" => Meaning::Checks,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_spelling() {
        for name in ["depends_on", "dependsOn", "Depends on", "DEPENDS-ON"] {
            assert_eq!(meaning(name), Meaning::Waits, "{name}");
        }
        assert_eq!(meaning("Write Set"), Meaning::Owns);
        assert_eq!(meaning("#"), Meaning::Id(5));
        assert_eq!(meaning("colour"), Meaning::Unknown);
    }
}
