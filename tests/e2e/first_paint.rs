//! The first second of a visit.

use crate::journey::journey;
use crate::{accessibility, screenshots};

#[test]
fn the_app_starts() {
    journey(async |page| {
        page.element("[data-test=text]").await?;
        screenshots::take(page, "start").await?;
        accessibility::check(page, "start").await
    });
}
