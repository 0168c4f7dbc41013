//! The pure core of phaseplan: from the text of a plan to phases, evidence, drawings and exports.
//!
//! Data flows one way, and a module uses only those listed above it; `ARCHITECTURE.md` describes each: text
//! and imports make a [`plan::Plan`]; [`analysis`] finds its order and which tasks can't run at the same
//! time; [`schedule`] computes phases; [`rules`] find problems; [`layout`] places the phases; [`report`]
//! contains everything derived from one plan; [`export`] writes it.
//!
//! Nothing here depends on the browser: no DOM, no clock, no source of randomness, no storage. Budgets and
//! seeds are arguments, so the same input gives the same bytes on every machine.

mod accents;
pub mod agents;
pub mod hidden;

pub mod escape;
mod package_files;
pub mod prose;
mod relative_path;
mod sort;
mod spelling;
pub mod zip;

pub mod events;
pub mod glob;

pub mod evidence;
pub mod scan;

pub mod plan;

pub mod doer;

pub mod diagnostic;

pub mod analysis;
pub mod text;

pub mod document;
pub mod import;
pub mod schedule;

pub mod rules;

pub mod safety;

pub mod layout;
pub mod report;

pub mod changed_files;
pub mod what_if;

pub mod explain;

pub mod beside;
pub mod repairs;
pub mod run;

pub mod advice;
pub mod audit;

pub mod export;

pub mod review;

pub mod compare;
pub mod library;
pub mod search;
pub mod share;

pub mod incoming;

pub mod examples;
pub mod view;

pub mod protocol;

pub mod session;

pub use analysis::{Analysis, analyse};
pub use plan::{Plan, Task, TaskId};
pub use report::Report;
