//! The pane with advice.

use crate::journey::journey;
use crate::screenshots;

#[test]
fn advice_answers_first_and_changes_with_what_the_user_says() {
    journey(async |page| {
        let tasks: String = (1..=12)
            .map(|task| {
                format!("- T{task} Sum up letter {task} @reads(letters/{task}.txt) @kind(research) ~5m\n")
            })
            .collect();
        page.write(&format!("# Letters\n{tasks}")).await?;
        page.planned().await?;
        page.click("tab-advice").await?;
        let says = |words: &str| {
            format!("document.querySelector('[data-test=advice-answer]')?.textContent.includes('{words}')")
        };
        page.until("agents are the answer", &says("A pool of 5 agents")).await?;
        screenshots::take(page, "advice").await?;
        page.click("advice-by-tomorrow").await?;
        page.until("a batch is the answer by tomorrow", &says("An asynchronous batch")).await?;
        page.click("advice-steering").await?;
        page.until("a batch can't be steered", &says("A pool of 5 agents")).await
    });
}
