//! The window on the drawing, and the space around the drawing in it.

use crate::TaskId;
use crate::layout::Zoom;

/// The space around the drawing, in pixels of the screen.
pub const MARGIN: i32 = 12;

/// Height of the legend below the drawing, in pixels of the screen.
pub const LEGEND: i32 = 28;

/// The window on the drawing, which decides how it is laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Width and height of the window, in pixels of the screen. Without any, those of a usual one are taken.
    pub size: (i32, i32),
    /// The zoom.
    pub zoom: Zoom,
    /// Tasks whose run is drawn as single phases.
    pub unfolded: Vec<TaskId>,
}

impl Frame {
    /// Width and height that a drawing may take.
    pub fn room(&self) -> (i32, i32) {
        let (width, height) = if self.size.0 <= 0 { (900, 700) } else { self.size };
        (width - 2 * MARGIN, height - 2 * MARGIN - LEGEND)
    }
}
