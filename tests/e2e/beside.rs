//! Other plans and open branches beside the open plan: pasted, dropped and chosen, listed in Problems, removed.

use serde_json::json;

use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::screens::{DESKTOP, PHONE, look_at_as_it_is};

const OTHER: &str =
    "# Prices\n\n- T1 Price rules @owns(src/cart/price.rs, src/rules/**) ~30m\n- T2 Think about tax ~10m\n";
const PLAN: &str = "# Shop\n\n- T1 Cart @owns(src/cart/**) ~20m\n- T2 Login @owns(src/login.rs) ~30m\n\
    - T3 Checkout @owns(src/checkout/**) @reads(src/rules/**) @after(T1) ~10m\n";
const BRANCH: &str = "src/login.rs\nREADME.md\n";

/// The texts of all parts with this name.
async fn texts(page: &Page, part: &str) -> Outcome<Vec<String>> {
    let script =
        "return [...document.querySelectorAll(`[data-test=${arguments[0]}]`)].map(part => part.textContent);";
    let found = page.script(script, vec![json!(part)]).await?;
    Ok(serde_json::from_value(found)?)
}

async fn lists(page: &Page, part: &str, count: usize) -> Outcome<Vec<String>> {
    let counted = format!("document.querySelectorAll('[data-test={part}]').length === {count}");
    page.until(&format!("{part} is there {count} times"), &counted).await?;
    texts(page, part).await
}

#[test]
fn other_plans_and_branches_stand_beside_the_plan_until_they_are_removed() {
    journey(async |page| {
        page.write_and_save(OTHER).await?;
        page.click("open").await?;
        page.settle().await?;
        page.click("new-plan").await?;
        page.write_and_save(PLAN).await?;
        page.planned().await?;

        // A branch, as git lists what it changed.
        page.click("add-beside").await?;
        page.part("compare-paste").await?.send_keys(BRANCH).await?;
        look_at_as_it_is(page, "beside-choice").await?;
        page.click("compare-pasted").await?;
        let crossings = lists(page, "crossing", 1).await?;
        assert_eq!(crossings, ["T2 of this plan and branch pasted list can both change src/login.rs."]);

        // A plan on this device.
        page.click("add-beside").await?;
        page.click("compare-with").await?;
        let crossings = lists(page, "crossing", 3).await?;
        assert!(
            crossings.iter().any(|line| line.contains("T1 of Prices") && line.contains("src/cart/price.rs")),
            "{crossings:?}"
        );
        let landing = lists(page, "landing", 3).await?;
        assert!(landing[0].starts_with("Prices: this plan needs what it changes"), "{landing:?}");
        let group = texts(page, "beside").await?.concat();
        assert!(group.contains("1 task of Prices lists no files"), "{group}");
        assert_eq!(page.text().await?, PLAN, "nothing is opened");

        page.resize(PHONE.0, PHONE.1).await?;
        page.click("pane-problems").await?;
        look_at_as_it_is(page, "beside").await?;
        page.resize(DESKTOP.0, DESKTOP.1).await?;

        // A file that is dropped while the dialog is open; what is no plan is refused there.
        page.click("add-beside").await?;
        page.part("compare-paste").await?;
        page.drop_files(&[("lock.json", "{\"lockfileVersion\": 3}")]).await?;
        page.until("it is refused", "document.querySelector('.shelf-fault').textContent.length > 20").await?;
        page.drop_files(&[("docs.txt", "M\tdocs/a.md\n")]).await?;
        let landing = lists(page, "landing", 4).await?;
        assert!(landing[0].starts_with("docs: shares no file with the others"), "{landing:?}");

        // They follow the plan.
        page.write(&PLAN.replace("@owns(src/login.rs)", "@owns(src/account.rs)")).await?;
        lists(page, "crossing", 2).await?;
        for left in [2, 1, 0] {
            page.click("remove-beside").await?;
            lists(page, "remove-beside", left).await?;
        }
        page.until("there is a way back", "!!document.querySelector('.beside [data-test=add-beside]')").await
    });
}
