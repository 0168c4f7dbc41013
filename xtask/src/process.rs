//! Starts other programs, prints the commands, and passes on their output while they run.

use crate::Result;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One call of another program, by default in the project's root.
pub struct Call {
    command: Command,
    shown: String,
}

impl Call {
    /// A call of `program` without arguments.
    pub fn new(program: impl AsRef<OsStr>) -> Call {
        let mut command = Command::new(&program);
        command.current_dir(crate::project::root());
        let name = Path::new(&program).file_stem().unwrap_or(program.as_ref());
        Call { command, shown: name.to_string_lossy().into_owned() }
    }

    /// The Cargo that runs this program.
    pub fn cargo() -> Call {
        let mut call = Call::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        call.shown = "cargo".into();
        call
    }

    /// Adds an argument.
    pub fn argument(mut self, argument: impl AsRef<OsStr>) -> Call {
        self.shown.push(' ');
        self.shown.push_str(&argument.as_ref().to_string_lossy());
        self.command.arg(argument);
        self
    }

    /// Adds the words of `line` as arguments.
    pub fn arguments(self, line: &str) -> Call {
        line.split_whitespace().fold(self, Call::argument)
    }

    /// Sets an environment variable.
    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Call {
        self.command.env(name, value);
        self
    }

    /// Unsets an environment variable.
    pub fn without_variable(mut self, name: &str) -> Call {
        self.command.env_remove(name);
        self
    }

    /// Puts `folders` at the front of the search path.
    pub fn path(mut self, folders: &[PathBuf]) -> Call {
        self.command.env("PATH", path_with(folders));
        self
    }

    /// Runs it with its output on the terminal. Returns an error if it fails.
    pub fn run(mut self) -> Result<()> {
        println!("  $ {}", self.shown);
        flush();
        let status = self.command.status().map_err(|error| cannot_start(&self.shown, &error))?;
        if status.success() { Ok(()) } else { Err(format!("`{}` failed.", self.shown)) }
    }

    /// Runs it with its output on the terminal and also passes every line of its standard output to `see`.
    /// Returns whether it succeeded.
    pub fn run_watched(mut self, mut see: impl FnMut(&str)) -> Result<bool> {
        println!("  $ {}", self.shown);
        flush();
        let mut child =
            self.command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(&self.shown, &error))?;
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).split(b'\n').map_while(std::result::Result::ok) {
                let line = String::from_utf8_lossy(&line);
                println!("{line}");
                see(&line);
            }
        }
        Ok(child.wait().map_err(|error| cannot_start(&self.shown, &error))?.success())
    }

    /// Runs it silently and returns its standard output. If it fails, the error has its standard error.
    pub fn read(mut self) -> Result<String> {
        let output =
            self.command.stdin(Stdio::null()).output().map_err(|error| cannot_start(&self.shown, &error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{}` failed: {}", self.shown, said.trim()))
    }

    /// Starts it silently and does not wait for it.
    pub fn detach(mut self) -> Result<()> {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.command.spawn().map(drop).map_err(|error| cannot_start(&self.shown, &error))
    }
}

/// The location of `program` on the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

fn path_with(folders: &[PathBuf]) -> OsString {
    let present = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&present));
    std::env::join_paths(all).unwrap_or(present)
}

fn cannot_start(shown: &str, error: &std::io::Error) -> String {
    format!("`{shown}` can't be started: {error}.")
}

fn flush() {
    // Our own output must come before that of the other program.
    let _ = std::io::stdout().flush();
}
