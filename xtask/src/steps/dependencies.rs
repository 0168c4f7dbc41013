//! cargo-deny: may we use every dependency, does it come from where we expect, and is a flaw of it known?

use super::Outcome;
use crate::process::Call;
use crate::{Result, tools};

pub fn run() -> Result<Outcome> {
    let folders = Vec::from_iter(tools::ensure(&tools::cargo_deny())?);
    let deny = || Call::new("cargo-deny").path(&folders);
    deny()
        .arguments("--all-features --locked check --hide-inclusion-graph licenses sources bans")
        .run()
        .map_err(|_| "a dependency breaks a rule of deny.toml; it stands above".to_owned())?;
    if deny().arguments("--all-features --locked fetch db").read().is_err() {
        return Ok(Outcome::passed_with(
            "licences and sources; known flaws were not looked up, since their database can't be reached"
                .into(),
        ));
    }
    deny()
        .arguments("--all-features --locked --offline check advisories")
        .run()
        .map_err(|_| "a flaw of a dependency is known; it stands above".to_owned())?;
    Ok(Outcome::passed_with("licences, sources and known flaws".into()))
}
