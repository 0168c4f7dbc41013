//! Plan JSON: the file that is saved and opened. Holds no results; those are in the report.

use serde::Serialize;

use super::Exporter;
use crate::plan::{Plan, restore};
use crate::report::Report;

/// Writes plan JSON.
pub struct PlanJson;

/// A plan in its file.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "phaseplan plan"))]
pub struct PlanFile<'a> {
    /// `phaseplan/` and the number of the version.
    pub format: String,
    /// The plan itself.
    #[serde(flatten)]
    pub plan: &'a Plan,
}

impl PlanFile<'_> {
    /// The file of a plan, in the format of this version.
    pub fn of(plan: &Plan) -> PlanFile<'_> {
        PlanFile { format: format!("phaseplan/{}", restore::FORMAT), plan }
    }

    /// Its text.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl Exporter for PlanJson {
    fn id(&self) -> &'static str {
        "json"
    }

    fn title(&self) -> &'static str {
        "Plan (JSON)"
    }

    fn description(&self) -> &'static str {
        "The whole plan, to be saved and opened again."
    }

    fn extension(&self) -> &'static str {
        ".phaseplan.json"
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn render(&self, report: &Report) -> String {
        PlanFile::of(&report.plan).to_json()
    }
}
