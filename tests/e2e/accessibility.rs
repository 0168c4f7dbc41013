//! Rules for accessible pages, checked by axe-core inside the page.

use serde_json::{Value, json};

use crate::journey::Outcome;
use crate::page::Page;

/// Fails with every rule that the screen violates. Without `AXE_SCRIPT`, prints that nothing was checked.
pub async fn check(page: &Page, screen: &str) -> Outcome {
    let Some(path) = std::env::var_os("AXE_SCRIPT") else {
        println!("skipped: accessibility of {screen}, since AXE_SCRIPT names no script");
        return Ok(());
    };
    // Scripts that the driver sends are not subject to the page's content security policy.
    page.script(&std::fs::read_to_string(path)?, vec![]).await?;
    let options = json!({ "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
    let result = page.async_script("return await axe.run(document, given[0]);", vec![options]).await?;
    let broken: Vec<String> = result["violations"].as_array().into_iter().flatten().map(in_words).collect();
    if broken.is_empty() { Ok(()) } else { Err(format!("{screen}: {}", broken.join("\n")).into()) }
}

fn in_words(violation: &Value) -> String {
    let places = violation["nodes"].as_array().into_iter().flatten();
    let place = |node: &Value| format!("{} ({})", node["html"], node["failureSummary"]);
    let places: Vec<String> = places.take(5).map(place).collect();
    format!("{}: {} at {}", violation["id"], violation["help"], places.join(", "))
}
