//! The zoom of a drawing, in percent, and its scroll position.

/// The steps of the zoom buttons.
pub const STEPS: [i32; 15] = [10, 15, 20, 25, 33, 50, 67, 75, 80, 90, 100, 110, 125, 150, 200];

/// The next larger (or smaller) step.
pub fn step(zoom: i32, larger: bool) -> i32 {
    let next = if larger {
        STEPS.iter().find(|step| **step > zoom)
    } else {
        STEPS.iter().rev().find(|step| **step < zoom)
    };
    next.copied().unwrap_or(zoom)
}

/// The largest zoom up to 100 at which the whole drawing fits into the window.
pub fn fitting(drawing: (i32, i32), window: (i32, i32)) -> i32 {
    let share = |drawing: i32, window: i32| window * 100 / drawing.max(1);
    share(drawing.0, window.0).min(share(drawing.1, window.1)).clamp(STEPS[0], 100)
}

/// The initial zoom of a drawing: the whole width if the cards stay readable, otherwise the smallest readable
/// zoom. In steps of 2, so it doesn't flicker while a pane is resized.
pub fn opening(width: i32, window: i32) -> i32 {
    const READABLE: i32 = 74;
    fitting((width, 1), (window, 1_000)).max(READABLE) / 2 * 2
}

/// The scroll position at which the content under a point of the window stays there when the zoom changes.
pub fn scroll_keeping(point: i32, scroll: i32, zoom_before: i32, zoom_after: i32) -> i32 {
    (scroll + point) * zoom_after / zoom_before.max(1) - point
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
        let table = [(100, 110, 90), (95, 100, 90), (10, 15, 10), (200, 200, 150)];
        for (zoom, larger, smaller) in table {
            assert_eq!((step(zoom, true), step(zoom, false)), (larger, smaller));
        }
    }

    #[test]
    fn fits() {
        assert_eq!(fitting((800, 400), (1_600, 1_600)), 100);
        assert_eq!(fitting((1_600, 400), (800, 800)), 50);
        assert_eq!(fitting((100_000, 400), (800, 800)), 10);
        assert_eq!(fitting((0, 0), (0, 0)), 10);
        assert_eq!(opening(1_000, 870), 86);
        assert_eq!(opening(10_000, 870), 74);
        assert_eq!(opening(300, 870), 100);
    }

    #[test]
    fn a_point_stays_under_the_pointer() {
        let scroll = scroll_keeping(300, 100, 50, 100);
        assert_eq!((scroll + 300) * 50 / 100, 400);
    }

    #[test]
    fn scrolls_no_further_than_needed() {
        assert_eq!(scroll_showing((100, 200), 50, 400), 50);
        assert_eq!(scroll_showing((100, 200), 150, 400), 76);
        assert_eq!(scroll_showing((500, 600), 50, 400), 224);
    }
}
