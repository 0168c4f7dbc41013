//! Comparing plans: with a version, with a paste, in the drawing, in the list, by keyboard and on a phone.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::accessibility;
use crate::journey::{Outcome, journey};
use crate::page::Page;
use crate::phone::nothing_is_wider_than_the_screen;

const MONDAY: &str =
    "# Shop\n\n- T1 Schema @owns(db/**) ~20m\n- T2 Page @owns(web/**) ~30m\n- T3 Old @owns(old/**) ~10m\n";
const TODAY: &str = "# Shop\n\n- T1 Schema @owns(db/**) ~20m\n- T2 Page @owns(web/**) @after(T1) ~30m\n- T4 \
    New @owns(new/**) ~10m\n";

/// Chooses an item of the open menu, by keyboard only.
async fn press_item(page: &Page, item: &str) -> Outcome {
    page.part("open").await?.send_keys(Key::Enter + "").await?;
    // The menu is animated.
    page.settle().await?;
    page.part(item).await?.send_keys(Key::Enter + "").await?;
    Ok(())
}

/// Writes today's plan and compares it with Monday's, by keyboard only.
async fn compare(page: &Page) -> Outcome {
    page.write(TODAY).await?;
    page.planned().await?;
    press_item(page, "compare-plan").await?;
    let area = page.part("compare-paste").await?;
    area.send_keys(MONDAY).await?;
    page.part("compare-pasted").await?.send_keys(Key::Enter + "").await?;
    page.part("comparing").await?;
    page.part("change").await?;
    Ok(())
}

async fn text_of(page: &Page, part: &str) -> Outcome<String> {
    let script = "return document.querySelector(`[data-test=${arguments[0]}]`)?.textContent ?? '';";
    Ok(page.script(script, vec![json!(part)]).await?.as_str().unwrap_or_default().to_owned())
}

#[test]
fn what_changed_is_listed_drawn_and_read_out() {
    journey(async |page| {
        compare(page).await?;
        let banner = text_of(page, "comparing").await?;
        assert!(banner.contains("Compared with") && banner.contains("phases 1 → 2"), "{banner}");
        let signs = "return [...document.querySelectorAll('[data-test=task-card]')].map(card => \
            card.dataset.task + (card.querySelector('.change-sign')?.textContent ?? '')).sort().join(' ');";
        assert_eq!(page.script(signs, vec![]).await?, json!("T1 T2~→ T4+"));
        let ghosts = "return [...document.querySelectorAll('[data-test=ghost]')].map(ghost => \
            ghost.textContent).sort().join(', ');";
        assert_eq!(
            page.script(ghosts, vec![]).await?,
            json!("Old− T3removed, was in phase 1, Page→ T2moved away, was in phase 1")
        );
        accessibility::check(page, "comparison").await?;

        // Steps through the changes.
        for number in ["0", "1", "2", "0"] {
            page.press(Key::F7).await?;
            page.until(
                "the focus is on the next change",
                &format!(
                    "document.activeElement.closest('[data-test=change]')?.dataset.number === '{number}'"
                ),
            )
            .await?;
        }
        page.until("its task is selected", "document.querySelector('.card.selected')?.dataset.task === 'T2'")
            .await?;

        page.click("as-text").await?;
        let text = page.part("comparison-text").await?.value().await?.unwrap_or_default();
        assert!(text.contains("> T2: phase 1 → 2 because it waits for T1 now"), "{text}");
        page.click("copy-comparison").await?;
        page.until(
            "it is copied",
            "/Copied/.test(document.querySelector('[data-test=notice]')?.textContent)",
        )
        .await?;
        assert_eq!(page.clipboard().await?, text);

        page.click("swap").await?;
        page.until(
            "it is turned round",
            "/− T4/.test(document.querySelector('[data-test=comparison-text]')?.value.replace('- ', '− '))",
        )
        .await?;
        page.click("tab-outline").await?;
        let says = "/Added/.test(outline) && /Old/.test(outline)";
        let outline = "document.querySelector('[data-test=outline]')?.textContent";
        page.until("the outline says so", &format!("(outline => {says})({outline})")).await?;

        page.click("end-comparison").await?;
        page.until("it is over", "!document.querySelector('[data-test=comparing]')").await?;
        page.until(
            "problems are back",
            "document.querySelector('[data-test=tab-problems]').ariaSelected === 'true'",
        )
        .await?;
        assert_eq!(page.text().await?, TODAY);
        Ok(())
    });
}

#[test]
fn a_plan_is_compared_with_its_version_another_plan_and_a_file() {
    journey(async |page| {
        page.write(MONDAY).await?;
        page.saved("Saved on this device").await?;
        page.open_shelf().await?;
        page.click("versions").await?;
        page.part("version-name").await?.send_keys("Monday").await?;
        page.click("name-version").await?;
        page.part("compare").await?;
        page.click("close-dialog").await?;
        page.write(TODAY).await?;
        page.saved("Saved on this device").await?;
        press_item(page, "compare-plan").await?;
        accessibility::check(page, "what to compare with").await?;
        page.click("compare-with").await?;
        page.part("comparing").await?;
        assert!(text_of(page, "comparing").await?.contains("the version “Monday”"));

        let link = page.link().await?;
        press_item(page, "new-plan").await?;
        page.until("another plan is not compared", "!document.querySelector('[data-test=comparing]')")
            .await?;
        page.write("- T1 Schema @owns(db/**) ~20m").await?;
        press_item(page, "compare-plan").await?;
        page.click("compare-with").await?;
        page.part("comparing").await?;
        assert!(text_of(page, "comparing").await?.contains("“Shop”"));

        press_item(page, "compare-plan").await?;
        let choose = "const files = new DataTransfer(); files.items.add(new File([given[0]], 'monday.md')); \
            const input = document.querySelector('[data-test=file-input]'); input.files = files.files; \
            input.dispatchEvent(new Event('change', { bubbles: true }));";
        let click = "HTMLInputElement.prototype.click = () => {}; \
            document.querySelector('[data-test=compare-file]').click();";
        page.part("compare-file").await?;
        page.script(click, vec![]).await?;
        page.async_script(choose, vec![json!(MONDAY)]).await?;
        page.until(
            "it is compared with the file",
            "/monday.md/.test(document.querySelector('[data-test=comparing]')?.textContent)",
        )
        .await?;
        press_item(page, "compare-plan").await?;
        page.part("compare-paste").await?.send_keys(format!("Look at {link}, please.")).await?;
        page.click("compare-pasted").await?;
        page.until(
            "it is compared with the link",
            "/plan in the link/.test(document.querySelector('[data-test=comparing]')?.textContent)",
        )
        .await?;
        Ok(())
    });
}

#[test]
fn what_can_not_be_read_is_said_where_it_was_pasted() {
    journey(async |page| {
        page.write(TODAY).await?;
        press_item(page, "compare-plan").await?;
        page.part("compare-paste").await?.send_keys("https://example.org/#9.p.10.abc.defe").await?;
        page.click("compare-pasted").await?;
        page.until(
            "it says why",
            "/newer version/.test(document.querySelector('dialog [role=alert]')?.textContent)",
        )
        .await?;
        page.click("close-dialog").await?;
        assert_eq!(page.text().await?, TODAY);
        Ok(())
    });
}

#[test]
fn plans_are_compared_on_a_phone() {
    journey(async |page| {
        page.resize(390, 844).await?;
        page.open().await?;
        compare(page).await?;
        nothing_is_wider_than_the_screen(page).await?;
        page.click("next-change").await?;
        page.until("the first change is current", "document.querySelector('[data-test=change].current')")
            .await?;
        nothing_is_wider_than_the_screen(page).await?;
        page.click("as-text").await?;
        page.part("comparison-text").await?;
        nothing_is_wider_than_the_screen(page).await?;
        page.click("pane-phases").await?;
        page.part("outline-task").await?;
        nothing_is_wider_than_the_screen(page).await?;
        accessibility::check(page, "comparison on a phone").await
    });
}

#[test]
fn an_old_approval_leads_to_what_changed_since() {
    journey(async |page| {
        page.write(MONDAY).await?;
        page.saved("Saved on this device").await?;
        page.link().await?;
        page.click("tab-review").await?;
        page.part("review").await?;
        let approve = "const form = document.querySelector('[data-form=verdict]'); form.open = true; \
            form.querySelector('[data-part=name]').value = 'Ann'; \
            form.querySelector('[data-test=approve]').click();";
        page.script(approve, vec![]).await?;
        page.until(
            "it is approved",
            "/approves this/.test(document.querySelector('[data-test=verdict]')?.textContent)",
        )
        .await?;
        page.write(TODAY).await?;
        page.click("compare-revision").await?;
        page.part("comparing").await?;
        let banner = text_of(page, "comparing").await?;
        assert!(banner.contains("which was looked at") && banner.contains("phases 1 → 2"), "{banner}");
        page.open_shelf().await?;
        page.click("versions").await?;
        page.until(
            "the version that was sent out is kept",
            "/Sent out/.test(document.querySelector('[data-test=shelf]').textContent)",
        )
        .await
    });
}
