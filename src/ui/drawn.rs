//! Parts of the screen that the worker draws.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use phaseplan::protocol::{Answer, Request, Wanted};
use web_sys::Element;

use super::element::effect;
use super::page::keeping_focus;
use super::rendered::Rendered;
use super::state::State;
use super::worker;
use super::workspace::Workspace;

/// Gets where the card of the selected task stands, if cards were drawn.
type Placed = Box<dyn Fn(Option<[i32; 4]>)>;

/// Elements whose children are drawn together. While one drawing is on its way, only the newest wish waits.
struct Part {
    workspace: Workspace,
    elements: Vec<(Element, RefCell<Rendered>)>,
    placed: Placed,
    is_asking: Cell<bool>,
    waiting: RefCell<Option<Wanted>>,
    /// Lives as long as this part of the screen does; answers may come later.
    life: State<()>,
}

/// Keeps the children of the elements at what the worker draws for `wanted`, which runs again when what it read changes.
/// With `None` they stay as they are.
pub fn keep_drawn(
    workspace: Workspace,
    elements: Vec<Element>,
    wanted: impl Fn() -> Option<Wanted> + 'static,
    placed: impl Fn(Option<[i32; 4]>) + 'static,
) {
    keep_boxed(workspace, elements, Box::new(wanted), Box::new(placed));
}

/// Written out once for all parts of the screen.
fn keep_boxed(
    workspace: Workspace,
    elements: Vec<Element>,
    wanted: Box<dyn Fn() -> Option<Wanted>>,
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
    fn want(self: &Rc<Part>, wanted: Wanted) {
        if self.is_asking.replace(true) {
            self.waiting.replace(Some(wanted));
            return;
        }
        let drawing = self.workspace.drawing;
        drawing.update(|count| *count += 1);
        let part = self.clone();
        worker::ask(&Request::Draw(wanted), move |answer| {
            drawing.update(|count| *count -= 1);
            part.is_asking.set(false);
            if !part.life.is_there() {
                return;
            }
            if let Some(Answer::Drawn { groups, place }) = answer {
                keeping_focus(|| {
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
