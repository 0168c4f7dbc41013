//! Diagrams: Mermaid and DOT. What their readers find is a graph, and an arrow is a wait.

pub mod dot;
mod flowchart;
mod gantt;
mod graph;
mod label;
pub mod mermaid;
