//! Text of strangers is only ever text: no markup of theirs comes alive in any view.

use crate::journey::{Outcome, journey};
use crate::page::Page;

const MARKUP: [&str; 5] = [
    "<img src=x onerror=window.hacked=1>",
    "\"><script>window.hacked=1</script>",
    "<svg onload=window.hacked=1>",
    "javascript:window.hacked=1",
    "</textarea><iframe srcdoc='<script>parent.hacked=1</script>'>",
];

#[test]
fn markup_in_any_field_stays_text() {
    let tasks = MARKUP.iter().enumerate().map(|(number, markup)| {
        format!(
            "- T{} {markup} @owns(\"src/{}\", shared/**) @agent(\"{}\") ~10m\n  {markup}\n",
            number + 1,
            markup.replace(['"', '(', ')'], ""),
            markup.replace(['"', '(', ')'], "")
        )
    });
    let plan = format!("# {}\n\n## {}\n{}", MARKUP[0], MARKUP[1], tasks.collect::<String>());
    journey(async |page| {
        page.write(&plan).await?;
        assert!(!page.problems().await?.is_empty());
        for view in ["tab-phases", "tab-timeline", "tab-outline"] {
            page.click(view).await?;
            nothing_came_alive(page).await?;
        }
        page.element("[data-test=outline-task][data-task=T1]").await?.click().await?;
        page.click("tab-task").await?;
        nothing_came_alive(page).await?;
        page.click("tab-table").await?;
        page.part("row").await?;
        nothing_came_alive(page).await?;
        page.click("export").await?;
        page.part("preview").await?;
        nothing_came_alive(page).await?;
        page.click("close-dialog").await?;
        page.drop_file("<img src=x onerror=window.hacked=1>.json", "{", 0).await?;
        page.notice().await?;
        nothing_came_alive(page).await
    });
}

async fn nothing_came_alive(page: &Page) -> Outcome {
    let alive = page
        .script(
            "if (window.hacked) return 'a script ran'; \
             const found = document.querySelector('body img, body iframe, body script, [onerror], [onload]'); \
             const link = document.querySelector('a[href^=\"javascript:\"]'); \
             return (found ?? link)?.outerHTML ?? null;",
            vec![],
        )
        .await?;
    if alive.is_null() { Ok(()) } else { Err(format!("text became markup: {alive}").into()) }
}
