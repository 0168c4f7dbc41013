//! The style sheet of what the worker draws. The page gets it from here, so that nobody waits for it before there is
//! something to draw.

/// The rules, in the layers that `base.css` names.
pub const SHEET: &str =
    concat!(include_str!("../../../style/canvas.css"), include_str!("../../../style/drawn.css"));
