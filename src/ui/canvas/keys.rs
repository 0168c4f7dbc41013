//! Keys that the drawing and the lists hear.

use phaseplan::layout::Direction;
use web_sys::KeyboardEvent;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Go(Direction),
    Focus,
    Larger,
    Smaller,
    Fit,
}

/// What a key press asks the drawing for; `None` leaves it to others.
pub fn wish(event: &KeyboardEvent) -> Option<Wish> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    Some(match event.key().as_str() {
        "ArrowUp" => Wish::Go(Direction::Up),
        "ArrowDown" => Wish::Go(Direction::Down),
        "ArrowLeft" => Wish::Go(Direction::Left),
        "ArrowRight" => Wish::Go(Direction::Right),
        "[" => Wish::Go(Direction::Back),
        "]" => Wish::Go(Direction::Forward),
        "f" | "F" => Wish::Focus,
        "+" | "=" => Wish::Larger,
        "-" | "−" => Wish::Smaller,
        "0" => Wish::Fit,
        _ => return None,
    })
}
