//! `phaseplan guard FILE --out DIR`: keeps agents to the files of their tasks while they run.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::{self, ExitCode, Stdio};

use phaseplan::export::File;
use phaseplan::export::guard::{self, Guarded, HOOK, Layer, SETTINGS};
use phaseplan::glob::FileSet;

use super::arguments::{Arguments, CallError, FORCE, Switch};
use super::evidence::{EVIDENCE, NO_EVIDENCE};
use super::output::{Overwriting, unwritable};
use super::{Command, FAILED, plan, problems, terminal};

const OUT: Switch = Switch {
    name: "--out",
    value: Some("DIR"),
    help: "The root of the repository that the agents work in.",
    is_needed: true,
};
const FOR: Switch = Switch {
    name: "--for",
    value: Some("LAYERS"),
    help: "Any of claude, copilot, opencode, codex, cursor, git, with commas between; claude if left out.",
    is_needed: false,
};
const SELF_TEST: Switch = Switch {
    name: "--self-test",
    value: None,
    help: "Then try a write of each layer that is denied and one that is allowed.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "guard",
    operands: &["FILE"],
    switches: &[OUT, FOR, SELF_TEST, FORCE, EVIDENCE, NO_EVIDENCE],
    summary: "Writes hooks and agents that keep each agent to the files of its task.",
    details: "Each task gets an agent named `plan-` and its id, which may write only what the task owns; other agents and \
        you may write anything. The hook needs Node. Settings of Claude Code that are there get the hook beside what is in them; \
        any other file that is there is replaced only with --force. Claude Code reads a new folder of agents when a session \
        starts. Denials are noted in `.phaseplan/guard/denied.jsonl`.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let layers = layers(arguments.value(FOR).unwrap_or("claude"))?;
    let Some(root) = arguments.path(OUT) else {
        return Err(CallError::new("Say which repository to guard: `--out DIR`, its root."));
    };
    let report = plan::read(arguments)?;
    let overwriting =
        Overwriting { input: Path::new(&arguments.operands[0]), is_forced: arguments.has(FORCE) };
    let (settings, others): (Vec<File>, Vec<File>) =
        guard::files(&report, &layers).into_iter().partition(|file| file.path == SETTINGS);
    let settings = settings.into_iter().next().map(|file| with_settings(root, file)).transpose()?;
    let mut told = overwriting.write_all(root, &others)?;
    if let Some(file) = settings {
        let anew = Overwriting { is_forced: true, ..overwriting };
        told += &anew.write_all(root, &[file])?;
    }
    if layers.contains(&Layer::Git) {
        told += &install_pre_commit(root)?;
    }
    for layer in &layers {
        let _ = writeln!(told, "{}: {}", name(*layer), layer.limit());
    }
    problems::caution(&report);
    if arguments.has(SELF_TEST) {
        told += &self_test(&guard::guarded(&report), &layers, root)?;
    }
    let written = terminal::print(&told);
    Ok(if problems::has_errors(&report) { ExitCode::from(FAILED) } else { written })
}

fn layers(named: &str) -> Result<Vec<Layer>, CallError> {
    let layer = |name: &str| {
        let found = Layer::ALL.iter().find(|(known, _)| *known == name.trim());
        found.map(|(_, layer)| *layer).ok_or_else(|| {
            let known: Vec<&str> = Layer::ALL.iter().map(|(known, _)| *known).collect();
            CallError::new(format!("`--for` knows no `{name}`. It takes {}.", known.join(", ")))
        })
    };
    let mut layers: Vec<Layer> = named.split(',').map(layer).collect::<Result<_, _>>()?;
    layers.dedup();
    Ok(layers)
}

fn name(layer: Layer) -> &'static str {
    Layer::ALL.iter().find(|(_, known)| *known == layer).map_or("", |(name, _)| name)
}

/// The file of settings with all that is there already.
fn with_settings(root: &Path, new: File) -> Result<File, CallError> {
    match fs::read_to_string(root.join(SETTINGS)) {
        Ok(settings) => {
            let text = guard::settings_with_hook(&settings).map_err(CallError::new)?;
            Ok(File { text, ..new })
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(new),
        Err(error) => Err(CallError::new(format!(
            "The settings in `{SETTINGS}` can't be read, so nothing was written: {error}."
        ))),
    }
}

/// Puts the hook where git looks for it, unless another one is there.
fn install_pre_commit(root: &Path) -> Result<String, CallError> {
    let ours = root.join(".phaseplan/guard/pre-commit");
    let folder = root.join(".git/hooks");
    let hook = folder.join("pre-commit");
    let text = fs::read(&ours).map_err(|error| unwritable(&ours, &error))?;
    if !root.join(".git").is_dir() || hook.exists() && fs::read(&hook).is_ok_and(|there| there != text) {
        return Ok(format!(
            "git: call {} from your pre-commit hook; phaseplan changed none.\n",
            ours.display()
        ));
    }
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&hook, &text))
        .and_then(|()| make_executable(&hook))
        .map_err(|error| unwritable(&hook, &error))?;
    Ok(format!("{}\n", hook.display()))
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

/// Git for Windows runs hooks whatever their rights are.
#[cfg(not(unix))]
fn make_executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A task, a path that it owns, and one that it does not.
struct Trial<'a> {
    guarded: &'a Guarded<'a>,
    owned: String,
    foreign: String,
}

impl<'a> Trial<'a> {
    fn of(tasks: &'a [Guarded<'a>]) -> Option<Trial<'a>> {
        let own = |owned: &FileSet| owned.overlap(owned).map(|overlap| overlap.witness);
        let (guarded, owned) = tasks.iter().find_map(|task| Some((task, own(task.owned)?)))?;
        let others = tasks.iter().filter_map(|task| own(task.owned));
        let nobodys = (1..).map(|number| format!("phaseplan-self-test-{number}"));
        let foreign = others.chain(nobodys).find(|path| !guarded.owned.matches(path))?;
        Some(Trial { guarded, owned, foreign })
    }

    /// What a layer says to a path: whether it is denied. `None` for a layer that decides nothing.
    fn is_denied(&self, layer: Layer, root: &Path, path: &str) -> Result<Option<bool>, CallError> {
        let file = root.join(path).display().to_string();
        let agent = &self.guarded.name;
        match layer {
            Layer::Claude => {
                let call = serde_json::json!({
                    "hook_event_name": "PreToolUse", "tool_name": "Write", "cwd": root, "agent_id": "self-test",
                    "agent_type": agent, "tool_input": {"file_path": file, "content": ""},
                });
                hook(root, &[], &call.to_string()).map(|(answer, _)| Some(answer.contains("\"deny\"")))
            }
            Layer::Copilot => {
                let arguments = serde_json::json!({"path": file}).to_string();
                let call = serde_json::json!({"toolName": "create", "cwd": root, "agentName": agent, "toolArgs": arguments});
                let asked = hook(root, &["copilot"], &call.to_string());
                asked.map(|(answer, _)| Some(answer.contains("\"deny\"")))
            }
            Layer::Git => {
                let id = self.guarded.task.id.as_str();
                hook(root, &["staged", id], &format!("{path}\0")).map(|(_, is_fine)| Some(!is_fine))
            }
            Layer::Opencode => Ok(Some(!guard::opencode_decides(self.guarded.owned, path))),
            Layer::Codex | Layer::Cursor => Ok(None),
        }
    }
}

/// One line for each layer, or an error if one decides wrongly.
fn self_test(tasks: &[Guarded<'_>], layers: &[Layer], root: &Path) -> Result<String, CallError> {
    let root = fs::canonicalize(root).map_err(|error| unwritable(root, &error))?;
    let Some(trial) = Trial::of(tasks) else {
        return Ok("Not tested: no task lists a file that it may write.\n".to_owned());
    };
    let Trial { guarded, owned, foreign } = &trial;
    let id = &guarded.task.id;
    let mut told = String::new();
    for &layer in layers {
        let verdicts = (trial.is_denied(layer, &root, foreign)?, trial.is_denied(layer, &root, owned)?);
        let how = if layer == Layer::Opencode { " (by its rules; opencode itself was not run)" } else { "" };
        let _ = match verdicts {
            (Some(true), Some(false)) => {
                writeln!(told, "{}: {id} is denied `{foreign}` and allowed `{owned}`{how}", name(layer))
            }
            (None, _) => writeln!(told, "{}: nothing to test, since it has no rules for paths", name(layer)),
            (denied, allowed) => {
                let verdict = |denied: Option<bool>| if denied == Some(true) { "denied" } else { "allowed" };
                return Err(CallError::failed(format!(
                    "{}: {id} is {} `{foreign}`, which it does not own, and {} `{owned}`, which it owns.",
                    name(layer),
                    verdict(denied),
                    verdict(allowed)
                )));
            }
        };
    }
    Ok(told)
}

/// What the hook prints, and whether it ends well.
fn hook(root: &Path, arguments: &[&str], input: &str) -> Result<(String, bool), CallError> {
    let failed = |error: std::io::Error| {
        CallError::failed(format!(
            "The hook could not be run, and so guards nothing: {error}. It needs Node."
        ))
    };
    let mut command = process::Command::new("node");
    command.arg(root.join(HOOK)).args(arguments).current_dir(root);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = running.stdin.take() {
        stdin.write_all(input.as_bytes()).map_err(failed)?;
    }
    let ended = running.wait_with_output().map_err(failed)?;
    Ok((String::from_utf8_lossy(&ended.stdout).into_owned(), ended.status.success()))
}
