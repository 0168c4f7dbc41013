//! How plans and what follows from them travel.

use super::wire::{Wire, enums, structs};
use crate::analysis::{
    Analysis, Conflict, ConflictKind, Diagnostic, Fix, Order, OrderedOverlap, PairSet, Place, Severity, Wait,
};
use crate::glob::Overlap;
use crate::import::Note;
use crate::layout::{Card, Column, Edge, EdgeKind, Scene, Spot};
use crate::plan::edit::TaskChange;
use crate::plan::{
    Acceptance, Edit, Estimate, Kind, Plan, Resource, ResourceUse, Settings, Status, Task, TaskId,
    UnknownFields,
};
use crate::report::Gain;
use crate::schedule::{BoundArgument, LowerBound, Outcome, Phase, Rolling, Schedule, Slot, Why};

structs! {
    Plan { id, title, goal, settings, resources, tasks, unknown }
    Settings { max_parallel, default_minutes, phase_overhead, unknown_runs_alone, agents }
    Resource { name, capacity }
    Task {
        id, title, instructions, owns, reads, after, uses, minutes, agent, model, kind, group, status, checks, accepts,
        unknown,
    }
    Estimate { low, likely, high }
    ResourceUse { resource, amount }
    Acceptance { task, reason }
    Note { line, message, is_error }

    Conflict { a, b, kind, accepted }
    Overlap { witness, left, right }
    OrderedOverlap { first, second, witness }
    Wait { waiting, awaited }
    Diagnostic { code, severity, title, detail, places, fixes }
    Place { task, id, field, value }
    Fix { title, edits }
    Gain { minutes, phases, more_phases }

    Schedule {
        phases, phase_of, why, critical_path, serial, phased, outcome, lower_bound, rolling,
    }
    Phase { tasks, minutes }
    LowerBound { minutes, argument }
    Rolling { slots, minutes, lower_bound }
    Slot { start, worker }

    Scene { width, height, columns, cards, card_of, edges }
    Column { x, width, height, cards }
    Card { task, phase, spot, x, y, width, height }
    Spot { row, lane }
    Edge { from, to, kind, is_critical, points }
}

enums! {
    Severity { 0 Error, 1 Conflict, 2 Warning, 3 Unknown, 4 Hint }
    ConflictKind { 0 WriteWrite(overlap), 1 ReadWrite { reader, overlap }, 2 Resource { resource, demand, capacity } }
    Edit {
        0 SetTitle(title), 1 SetGoal(goal), 2 SetSettings(settings), 3 SetResources(resources),
        4 InsertTask { at, task }, 5 RemoveTask(id), 6 MoveTask { id, to }, 7 ChangeTask { id, change },
    }
    TaskChange {
        0 Title(value), 1 Instructions(value), 2 Owns(value), 3 Reads(value), 4 After(value), 5 Uses(value),
        6 Minutes(value), 7 Agent(value), 8 Model(value), 9 Kind(value), 10 Group(value), 11 Status(value),
        12 Checks(value), 13 Accepts(value),
    }
    Why {
        0 First, 1 After(task), 2 Conflict { task, conflict }, 3 Resource(name), 4 Full, 5 Alone, 6 Longer,
    }
    EdgeKind { 0 Order, 1 Apart(conflict) }
    Outcome { 0 Optimal, 1 Feasible, 2 Infeasible { reason } }
    BoundArgument { 0 Nothing, 1 Chain(tasks), 2 Load, 3 Incompatible(tasks), 4 Resource(name), 5 Search, 6 Prices }
}

impl Wire for TaskId {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<TaskId> {
        String::read(bytes).map(TaskId)
    }
}

/// As a position in the list of all.
impl Wire for Kind {
    fn write(&self, bytes: &mut Vec<u8>) {
        (*self as usize).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Kind> {
        Kind::ALL.get(usize::read(bytes)?).copied()
    }
}

/// As a position in the list of all.
impl Wire for Status {
    fn write(&self, bytes: &mut Vec<u8>) {
        (*self as usize).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Status> {
        Status::ALL.get(usize::read(bytes)?).copied()
    }
}

/// As the JSON they came from; mostly there are none.
impl Wire for UnknownFields {
    fn write(&self, bytes: &mut Vec<u8>) {
        let fields = self.iter().map(|(name, value)| (name.clone(), value.to_string()));
        fields.collect::<Vec<(String, String)>>().write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<UnknownFields> {
        let fields = Vec::<(String, String)>::read(bytes)?.into_iter();
        fields.map(|(name, json)| Some((name, serde_json::from_str(&json).ok()?))).collect()
    }
}

/// Without the ancestors and what is redundant, which follow from the rest and are most of the bytes.
impl Wire for Order {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.predecessors.write(bytes);
        self.successors.write(bytes);
        self.topological.write(bytes);
        self.cycles.write(bytes);
        self.left_out.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Order> {
        let mut order = Order {
            predecessors: Wire::read(bytes)?,
            successors: Wire::read(bytes)?,
            topological: Wire::read(bytes)?,
            cycles: Wire::read(bytes)?,
            left_out: Wire::read(bytes)?,
            ..Order::default()
        };
        order.find_ancestors();
        Some(order)
    }
}

/// Without the pairs that are kept apart: only the schedule needs them all.
impl Wire for Analysis {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.order.write(bytes);
        self.conflicts.write(bytes);
        self.conflict_count.write(bytes);
        self.ordered_overlaps.write(bytes);
        self.unknown_ownership.write(bytes);
        self.diagnostics.write(bytes);
        self.conflicts_of.write(bytes);
        self.diagnostics_of.write(bytes);
        self.worst_of.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Analysis> {
        Some(Analysis {
            order: Wire::read(bytes)?,
            conflicts: Wire::read(bytes)?,
            conflict_count: Wire::read(bytes)?,
            apart: PairSet::default(),
            ordered_overlaps: Wire::read(bytes)?,
            unknown_ownership: Wire::read(bytes)?,
            diagnostics: Wire::read(bytes)?,
            conflicts_of: Wire::read(bytes)?,
            diagnostics_of: Wire::read(bytes)?,
            worst_of: Wire::read(bytes)?,
        })
    }
}
