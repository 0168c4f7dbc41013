//! Parts of the screen that the worker draws.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use phaseplan::protocol::{Answer, Request};
use phaseplan::view::Placed;
use web_sys::Element;

use super::element::effect;
use super::page::keeping_focus;
use super::rendered::Rendered;
use super::state::State;
use super::worker;
use super::workspace::Workspace;

/// Receives the sizes of the drawing, if cards were drawn.
type Taken = Box<dyn Fn(Option<Placed>)>;

/// Elements whose children are drawn together. During a drawing, only the newest request waits.
struct Part {
    workspace: Workspace,
    elements: Vec<(Element, RefCell<Rendered>)>,
    taken: Taken,
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
    taken: impl Fn(Option<Placed>) + 'static,
) {
    keep_boxed(workspace, elements, Box::new(move || wanted().map(Into::into)), Box::new(taken));
}

/// Compiled only once for all parts of the screen.
fn keep_boxed(
    workspace: Workspace,
    elements: Vec<Element>,
    wanted: Box<dyn Fn() -> Option<Request>>,
    taken: Taken,
) {
    let elements = elements.into_iter().map(|element| (element, RefCell::default())).collect();
    let (is_asking, waiting) = (Cell::new(false), RefCell::new(None));
    let part = Rc::new(Part { workspace, elements, taken, is_asking, waiting, life: State::new(()) });
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
            if let Some(Answer::Drawn { groups, placed }) = answer {
                let is_inside = |focused: &Element| {
                    part.elements.iter().any(|(element, _)| element.contains(Some(&**focused)))
                };
                keeping_focus(&is_inside, || {
                    for ((element, rendered), group) in part.elements.iter().zip(groups) {
                        rendered.borrow_mut().show(element, group);
                    }
                });
                (part.taken)(placed);
            }
            if let Some(wanted) = part.waiting.take() {
                part.want(wanted);
            }
        });
    }
}
