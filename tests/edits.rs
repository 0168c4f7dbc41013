//! Edits of a plan: each can be undone.

mod common;

use phaseplan::plan::{Edit, Field, Resource, Settings, TaskId};
use proptest::collection::vec;
use proptest::prelude::*;

use common::plans::{Parts, any_change, any_plan, any_task};

/// Few ids and short texts, so edits often name existing tasks.
fn parts() -> Parts {
    Parts {
        text: "[a-c]{0,3}".boxed(),
        id: any_id().prop_map(|id| id.0).boxed(),
        unknown: Just(Default::default()).boxed(),
        tasks: 5,
    }
}

fn any_id() -> impl Strategy<Value = TaskId> {
    "T[1-6]".prop_map(TaskId)
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let change = prop::sample::select(&Field::OF_TASK[..]).prop_flat_map(|field| any_change(field, &parts()));
    prop_oneof![
        "[a-c]{0,3}".prop_map(Edit::SetTitle),
        "[a-c]{0,3}".prop_map(Edit::SetGoal),
        any::<u32>()
            .prop_map(|max_parallel| Edit::SetSettings(Settings { max_parallel, ..Settings::default() })),
        vec("[a-c]", 0..2).prop_map(|names| {
            Edit::SetResources(names.into_iter().map(|name| Resource { name, capacity: 1 }).collect())
        }),
        (0..8usize, any_task(&parts())).prop_map(|(at, task)| Edit::InsertTask { at, task: Box::new(task) }),
        any_id().prop_map(Edit::RemoveTask),
        (any_id(), 0..8usize).prop_map(|(id, to)| Edit::MoveTask { id, to }),
        (any_id(), change).prop_map(|(id, change)| Edit::ChangeTask { id, change }),
    ]
}

proptest! {
    #[test]
    fn every_edit_can_be_taken_back(plan in any_plan(&parts()), edits in vec(any_edit(), 1..8)) {
        let mut plan = plan;
        let first = plan.clone();
        let mut inverses = Vec::new();
        for edit in edits {
            let before = plan.clone();
            match edit.apply(&mut plan) {
                Some(inverse) => {
                    let mut back = plan.clone();
                    let again = inverse.clone().apply(&mut back);
                    prop_assert_eq!(&back, &before);
                    again.expect("an inverse applies").apply(&mut back);
                    prop_assert_eq!(&back, &plan);
                    inverses.push(inverse);
                }
                None => prop_assert_eq!(&plan, &before),
            }
        }
        while let Some(inverse) = inverses.pop() {
            inverse.apply(&mut plan);
        }
        prop_assert_eq!(plan, first);
    }
}
