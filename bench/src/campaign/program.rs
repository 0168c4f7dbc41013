//! The command line as users call it: the program beside this one.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

/// The program, built with the same profile as this one.
fn program() -> Result<&'static Path, String> {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| {
        let own = std::env::current_exe().unwrap_or_default();
        own.with_file_name(format!("phaseplan{}", std::env::consts::EXE_SUFFIX))
    });
    if program.is_file() {
        return Ok(program);
    }
    Err(format!("`{}` is not there. `cargo xtask campaign` builds it first.", program.display()))
}

/// A call in a folder, with nothing on standard input.
pub fn call(folder: &Path, arguments: &[OsString]) -> Result<Command, String> {
    let mut command = Command::new(program()?);
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    Ok(command)
}

/// What a call says.
pub fn said(folder: &Path, arguments: &[OsString]) -> Result<Output, String> {
    call(folder, arguments)?.output().map_err(|error| format!("{arguments:?}: {error}"))
}

/// Starts a call that goes on beside others.
pub fn begin(folder: &Path, arguments: &[OsString]) -> Result<Child, String> {
    let mut command = call(folder, arguments)?;
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().map_err(|error| format!("{arguments:?}: {error}"))
}

/// Words of a call.
pub fn words<const N: usize>(words: [&str; N]) -> Vec<OsString> {
    words.map(OsString::from).to_vec()
}

/// An argument of any bytes, as far as the system allows: without a zero.
#[cfg(unix)]
pub fn argument(mut bytes: Vec<u8>) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    bytes.retain(|byte| *byte != 0);
    OsString::from_vec(bytes)
}

/// An argument of these bytes, as far as they are text.
#[cfg(not(unix))]
pub fn argument(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).replace('\0', "").into()
}

/// A name for a file, of any bytes: in one folder and short.
pub fn file_name(mut bytes: Vec<u8>) -> OsString {
    bytes.retain(|byte| !matches!(byte, b'/' | b'\\' | 0));
    bytes.truncate(80);
    let name = argument(bytes);
    if ["", ".", ".."].iter().any(|no_name| name == OsStr::new(no_name)) { "x".into() } else { name }
}

/// A folder that is removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty folder for a campaign of this process.
    pub fn new(campaign: &str) -> Result<Folder, String> {
        let path = std::env::temp_dir().join(format!("phaseplan-{campaign}-{}", std::process::id()));
        // What a round that failed has left.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Folder(path))
    }

    /// Writes a file.
    pub fn write(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Result<(), String> {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Reads a file; nothing if it is not there.
    pub fn read(&self, name: impl AsRef<Path>) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap_or_default()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
