//! Every example opens, is planned, and shows its purpose.

use crate::journey::journey;

#[test]
fn every_example_opens_as_a_plan_of_its_own() {
    journey(async |page| {
        page.click("examples").await?;
        page.part("example").await?;
        let count =
            page.script("return document.querySelectorAll('[data-test=example]').length;", vec![]).await?;
        page.press(thirtyfour::Key::Escape).await?;
        let count = count.as_u64().unwrap_or(0);
        assert!(count >= 3, "{count} examples");
        for number in 0..count {
            page.click("examples").await?;
            page.part("example").await?;
            let open = "document.querySelectorAll('[data-test=example]')[arguments[0]].click();";
            page.script(open, vec![number.into()]).await?;
            page.planned().await?;
            assert!(page.phases().await?.len() > 1, "example {number}");
        }
        Ok(())
    });
}

#[test]
fn the_first_example_has_a_conflict_to_repair() {
    journey(async |page| {
        page.click("start-example").await?;
        page.planned().await?;
        assert!(page.shows("[data-test=problem].is-conflict").await?, "{:#?}", page.problems().await?);
        page.click("fix").await?;
        page.planned().await?;
        page.until("the conflict is gone", "!document.querySelector('[data-test=problem].is-conflict')")
            .await?;
        Ok(())
    });
}
