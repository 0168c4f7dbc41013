//! Following a run on the page.

use crate::journey::journey;
use crate::screenshots;

#[test]
fn a_bar_says_what_is_next_and_copies_the_prompt_for_it() {
    journey(async |page| {
        let tasks = "- T2 Import @owns(src/import/**) ~20m\n- T3 Web @owns(web/**) @after(T2) ~20m\n";
        page.write(&format!("# Ledger\n- [~] T1 Export @owns(src/export/**) ~30m\n{tasks}")).await?;
        page.planned().await?;
        let bar = page.part("now").await?.text().await?;
        assert!(bar.contains("Launch now: T2"), "{bar}");
        assert!(bar.contains("T1 is running and holds src/export/**."), "{bar}");
        screenshots::take(page, "now").await?;
        page.click("copy-now").await?;
        page.until("it says that it is copied", "document.body.textContent.includes('Copied.')").await?;
        let prompt = page.clipboard().await?;
        assert!(prompt.contains("description: \"T2 Import\"") && !prompt.contains("T3 Web"), "{prompt}");

        page.write(&format!("# Ledger\n- [!] T1 Export @owns(src/export/**) ~30m\n{tasks}")).await?;
        page.until(
            "the failed task is next, too",
            "/Launch these 2 now: T2 +T1/.test(document.querySelector('[data-test=now]').textContent)",
        )
        .await?;
        page.write(&format!("# Ledger\n- [ ] T1 Export @owns(src/export/**) ~30m\n{tasks}")).await?;
        page.until("there is no bar before a run", "!document.querySelector('[data-test=now]')").await
    });
}
