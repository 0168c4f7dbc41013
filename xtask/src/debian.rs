//! System packages: installs them on Debian and related systems, names them for the user elsewhere.

use crate::Result;
use crate::process::{Call, find};
use crate::timing::Stopwatch;

/// Installs Debian packages.
///
/// Elsewhere, or without permission, the error says what to install, and `purpose` why.
pub fn install(packages: &[&str], purpose: &str) -> Result<()> {
    let list = packages.join(" ");
    if find("apt-get").is_none() {
        return Err(format!(
            "{purpose} needs {list}. Install it with your system's package manager and run this again."
        ));
    }
    let root = Call::new("id").argument("-u").read().is_ok_and(|id| id.trim() == "0");
    if !root && find("sudo").is_none() {
        return Err(format!("{purpose} needs {list}. Ask somebody who may to run: apt-get install {list}"));
    }
    let apt = || {
        let call = if root { Call::new("apt-get") } else { Call::new("sudo").argument("apt-get") };
        call.variable("DEBIAN_FRONTEND", "noninteractive").argument("--quiet")
    };
    println!("  Installing {list} with apt: {purpose} needs it.");
    let watch = Stopwatch::start();
    // A stale package list may still be good enough, so only the installation decides.
    if let Err(message) = apt().argument("update").run() {
        println!("  {message} Trying with the package list that is there.");
    }
    packages.iter().fold(apt().arguments("install --yes --no-install-recommends"), Call::argument).run()?;
    println!("  Installed {list} in {}.", watch.shown());
    Ok(())
}
