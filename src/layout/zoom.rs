//! The zoom of a drawing, in percent. Below 100 %, less is drawn of each task, and never in smaller letters.

use super::Detail;

/// Cells that fill the pane.
pub const CELLS: i32 = 25;

/// A line for each task.
pub const LINES: i32 = 50;

/// The steps of the zoom buttons.
pub const STEPS: [i32; 6] = [CELLS, LINES, 100, 125, 150, 200];

/// The next larger (or smaller) step.
pub fn step(zoom: i32, larger: bool) -> i32 {
    let next = if larger {
        STEPS.iter().find(|step| **step > zoom)
    } else {
        STEPS.iter().rev().find(|step| **step < zoom)
    };
    next.copied().unwrap_or(zoom)
}

/// The name of a zoom.
pub fn name(zoom: i32) -> String {
    match detail(zoom) {
        Detail::Cells => "Cells".to_owned(),
        Detail::Lines => "Lines".to_owned(),
        Detail::Cards => format!("{} %", scale(zoom)),
    }
}

/// What is drawn of each task.
pub fn detail(zoom: i32) -> Detail {
    match zoom {
        ..38 => Detail::Cells,
        38..75 => Detail::Lines,
        _ => Detail::Cards,
    }
}

/// The size of a drawing in percent.
pub fn scale(zoom: i32) -> i32 {
    zoom.clamp(100, STEPS[STEPS.len() - 1])
}

/// The scroll position at which a range of the drawing is inside the window with a margin, scrolling as
/// little as possible.
pub fn scroll_showing(stretch: (i32, i32), scroll: i32, window: i32) -> i32 {
    const MARGIN: i32 = 24;
    let (start, end) = (stretch.0 - MARGIN, stretch.1 + MARGIN);
    if start < scroll || end - start > window { start } else { scroll.max(end - window) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps() {
        let table = [(100, 125, 50), (25, 50, 25), (60, 100, 50), (200, 200, 150)];
        for (zoom, larger, smaller) in table {
            assert_eq!((step(zoom, true), step(zoom, false)), (larger, smaller));
        }
    }

    #[test]
    fn names() {
        let names = [10, 25, 50, 90, 100, 130, 900].map(name);
        assert_eq!(names, ["Cells", "Cells", "Lines", "100 %", "100 %", "130 %", "200 %"]);
    }

    #[test]
    fn scrolls_no_further_than_needed() {
        assert_eq!(scroll_showing((100, 200), 50, 400), 50);
        assert_eq!(scroll_showing((100, 200), 150, 400), 76);
        assert_eq!(scroll_showing((500, 600), 50, 400), 224);
    }
}
