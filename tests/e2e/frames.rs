//! The app in a frame: nothing runs there, so another page can't trick the user into pressing something, and
//! nothing is stored.

use crate::journey::journey_without_headers;

const OUTSIDE: &str =
    "<!doctype html><meta charset=utf-8><title>Outside</title><link rel=icon href=data:,><body>";

/// Puts the page into a frame of the outside page.
const FRAME: &str = "const frame = document.createElement('iframe'); frame.width = 900; frame.height = 600; \
    frame.src = './#1.p.x'; document.body.append(frame);";

#[test]
fn in_a_frame_nothing_runs_and_nothing_is_stored() {
    journey_without_headers(async |page| {
        std::fs::write(page.site_files().join("outside.html"), OUTSIDE)?;
        page.write("- T1 Mine @owns(a/**)").await?;
        page.saved("Saved on this device").await?;
        let stored = (page.stored("records").await?, page.stored("heads").await?);
        page.script("location.href = 'outside.html';", vec![]).await?;
        page.until("the other page is there", "document.title === 'Outside'").await?;
        // Only now, since a page that is left writes its journal.
        let kept = page.script("return JSON.stringify(localStorage);", vec![]).await?;
        page.script(FRAME, vec![]).await?;
        page.until("the frame says so", "/inside another page/.test(frames[0]?.document.body?.innerText)")
            .await?;
        // Long enough for the program to start.
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        let way_out =
            "return frames[0].document.querySelector('#stopped a[target=_blank]').getAttribute('href');";
        assert!(page.script(way_out, vec![]).await?.as_str().is_some_and(|link| link.ends_with("#1.p.x")));
        let alive =
            "return frames[0].document.querySelectorAll('#stopped button, [data-test=share]').length;";
        assert_eq!(page.script(alive, vec![]).await?, 0);
        let is_static = "return Boolean(frames[0].document.getElementById('shell'));";
        assert_eq!(page.script(is_static, vec![]).await?, true, "the program takes the static page away");
        assert_eq!(page.script("return JSON.stringify(localStorage);", vec![]).await?, kept);
        assert_eq!((page.stored("records").await?, page.stored("heads").await?), stored);
        Ok(())
    });
}
