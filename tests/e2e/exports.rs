//! The export dialog: a prompt as one text, as files, and about a part of the plan.

use phaseplan::zip;

use crate::journey::journey;

const PLAN: &str = "# Shop\n\n- T1 Look around @kind(research)\n- T2 Cart @owns(src/cart/**) @after(T1)\n";

/// Chooses an entry of the list of parts, as a person does.
const CHOOSE: &str = "const list = document.querySelector('[data-test=export-part]'); list.value = arguments[0]; \
    list.dispatchEvent(new Event('change', {bubbles: true}));";

#[test]
fn a_prompt_is_about_a_part_or_becomes_files() {
    journey(async |page| {
        page.write(PLAN).await?;
        page.choose_export("prompt").await?;
        page.part("export-size").await?;
        page.until(
            "the reports travel",
            "document.querySelector('[data-test=preview]').value.includes('REPORT OF `T1`')",
        )
        .await?;
        page.script(CHOOSE, vec!["task T1".into()]).await?;
        page.until(
            "only one task is left",
            "!document.querySelector('[data-test=preview]').value.includes('REPORT OF')",
        )
        .await?;
        page.script(CHOOSE, vec!["whole".into()]).await?;
        page.element("[data-test=format][data-format=prompt-files]").await?.click().await?;
        page.until(
            "files are shown",
            "document.querySelector('[data-test=preview]').value.includes('.phaseplan/run/T2.md')",
        )
        .await?;
        page.click("export-help").await?;
        page.click("download").await?;
        let archive = page.downloaded(".zip").await?;
        let files = zip::read(&archive, zip::Limits { files: 99, bytes: 99_999 }, |_| true);
        let names: Vec<String> = files.expect("it is whole").into_iter().map(|(path, _)| path).collect();
        assert!(names.contains(&".phaseplan/run/run.md".to_owned()), "{names:?}");
        Ok(())
    });
}
