//! Builds the app for visitors.

use super::Outcome;
use crate::{Result, site, tools};

pub fn run() -> Result<Outcome> {
    if !tools::has_npm()
        && let Err(message) = tools::ensure_node("Making the app's download small")
    {
        println!("  {message}");
    }
    site::build()?;
    Ok(Outcome::passed())
}
