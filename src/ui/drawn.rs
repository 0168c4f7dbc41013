//! Parts of the screen that the worker draws.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use phaseplan::protocol::{Answer, Request};
use web_sys::Element;

use super::element::effect;
use super::page::keeping_focus;
use super::rendered::Rendered;
use super::state::State;
use super::worker;
use super::workspace::Workspace;

/// Receives the position of the selected task's card, if cards were drawn.
type Placed = Box<dyn Fn(Option<[i32; 4]>)>;

/// Elements whose children are drawn together. During a drawing, only the newest request waits.
struct Part {
    workspace: Workspace,
    elements: Vec<(Element, RefCell<Rendered>)>,
    placed: Placed,
    is_asking: Cell<bool>,
    waiting: RefCell<Option<Request>>,
    /// Exists as long as this part of the screen; answers may arrive later.
    life: State<()>,
}

/// Updates the children of the elements with the worker's drawing of `wanted`, which runs again when a state
/// it read changes. `None` leaves them unchanged.
pub fn keep_drawn<R: Into<Request>>(
    workspace: Workspace,
    elements: Vec<Element>,
    wanted: impl Fn() -> Option<R> + 'static,
    placed: impl Fn(Option<[i32; 4]>) + 'static,
) {
    keep_boxed(workspace, elements, Box::new(move || wanted().map(Into::into)), Box::new(placed));
}

/// Compiled only once for all parts of the screen.
fn keep_boxed(
    workspace: Workspace,
    elements: Vec<Element>,
    wanted: Box<dyn Fn() -> Option<Request>>,
    placed: Placed,
) {
    let elements = elements.into_iter().map(|element| (element, RefCell::default())).collect();
    let (is_asking, waiting) = (Cell::new(false), RefCell::new(None));
    let part = Rc::new(Part { workspace, elements, placed, is_asking, waiting, life: State::new(()) });
    effect(move || {
        if let Some(wanted) = wanted() {
            part.want(wanted);
        }
    });
}

impl Part {
    fn want(self: &Rc<Part>, wanted: Request) {
        if self.is_asking.replace(true) {
            self.waiting.replace(Some(wanted));
            return;
        }
        let drawing = self.workspace.drawing;
        drawing.update(|count| *count += 1);
        let part = self.clone();
        worker::ask(wanted, move |answer| {
            drawing.update(|count| *count -= 1);
            part.is_asking.set(false);
            if !part.life.is_there() {
                return;
            }
            if let Some(Answer::Drawn { groups, place }) = answer {
                let is_inside = |focused: &Element| {
                    part.elements.iter().any(|(element, _)| element.contains(Some(&**focused)))
                };
                keeping_focus(&is_inside, || {
                    for ((element, rendered), group) in part.elements.iter().zip(groups) {
                        rendered.borrow_mut().show(element, group);
                    }
                });
                (part.placed)(place);
            }
            if let Some(wanted) = part.waiting.take() {
                part.want(wanted);
            }
        });
    }
}
