//! The pure core of phaseplan: from the text of a plan to phases, evidence, drawings and exports.
//!
//! Data flows one way, and the modules are listed in that order:
//! text and imports make a [`plan::Plan`]; [`analysis`] finds what is wrong with it and which tasks may not run at the
//! same time; [`schedule`] computes phases; [`layout`] places them; [`report`] holds everything derived from one plan;
//! [`export`] writes it down.
//!
//! Nothing here knows the browser: no DOM, no clock, no source of randomness, no storage. Budgets and seeds come in as
//! arguments, so the same input gives the same bytes on every machine.

mod sort;

pub mod hidden;

pub mod plan;

pub mod import;
pub mod text;

pub mod document;
pub mod library;

pub mod glob;

pub mod analysis;
pub mod schedule;

pub mod explain;
pub mod layout;
pub mod repairs;
pub mod report;

pub mod compare;
pub mod export;
pub mod review;
pub mod share;
pub mod what_if;

pub mod search;

pub mod examples;
pub mod protocol;
pub mod session;
pub mod view;

pub use analysis::{Analysis, analyse};
pub use plan::{Plan, Task, TaskId};
pub use report::Report;
