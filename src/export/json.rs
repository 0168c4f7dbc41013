//! Plan JSON: the file format for saving and opening. Holds no results; those are in the report.

use serde::Serialize;

use super::{Export, Group, Output};
use crate::plan::{FORMAT, Plan};

/// Plan JSON.
pub static EXPORT: Export = Export {
    id: "json",
    group: Group::Programs,
    title: "Plan (JSON)",
    description: "The whole plan, to be saved and opened again.",
    extension: ".phaseplan.json",
    media_type: "application/json",
    options: &[],
    render: |report, _| Output::Text(PlanFile::of(&report.plan).to_json()),
};

/// A plan as its file holds it.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "phaseplan plan"))]
pub struct PlanFile<'a> {
    /// `phaseplan/` and the version number.
    pub format: String,
    /// The plan itself.
    #[serde(flatten)]
    pub plan: &'a Plan,
}

impl PlanFile<'_> {
    /// The file of a plan, in this version of the format.
    pub fn of(plan: &Plan) -> PlanFile<'_> {
        PlanFile { format: format!("phaseplan/{FORMAT}"), plan }
    }

    /// Its text.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}
