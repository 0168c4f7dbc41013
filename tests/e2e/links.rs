//! Plans in links: sent from one page, opened in another, and never replacing anything.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::journey::{Outcome, journey, journey_with_broken_files};
use crate::page::Page;

/// The program that codes links.
const CODER: &str = "worker-coder_bg.wasm";
const MINE: &str = "- T1 Mine @owns(a/**) ~10m";
const THEIRS: &str =
    "# Theirs\n\n- T1 One @owns(b/**) ~10m\n  Tell nobody.\n- T2 Two @owns(c/**) @after(T1) ~10m";

#[test]
fn a_plan_is_sent_as_a_link_and_opened_without_replacing_anything() {
    journey(async |page| {
        page.write(THEIRS).await?;
        let link = page.link().await?;
        assert!(link.contains("#1."), "{link}");
        page.click("open").await?;
        page.click("new-plan").await?;
        page.part("start").await?;
        page.write(MINE).await?;
        page.until(
            "it is saved",
            "document.querySelector('[data-test=saved]').textContent.startsWith('Saved')",
        )
        .await?;

        page.driver.goto(&link).await?;
        page.driver.refresh().await?;
        page.part("banner").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"], ["T2"]]);
        assert!(page.text().await?.contains("Tell nobody."));

        page.click("leave-link").await?;
        page.until("the own plan is back", "!document.querySelector('[data-test=banner]')").await?;
        page.planned().await?;
        assert_eq!(page.text().await?, MINE);

        page.paste(&format!("Look at {link}, please")).await?;
        page.part("banner").await?;
        page.click("edit-copy").await?;
        page.until("it is one's own", "!document.querySelector('[data-test=banner]')").await?;
        let text = page.text().await?;
        page.select_text().await?;
        page.insert(&format!("{text}\n- T3 Three @owns(d) ~5m")).await?;
        page.planned().await?;
        assert_eq!(page.phases().await?.concat().len(), 3);

        page.click("open").await?;
        page.part("recent").await?;
        let recent = page.driver.find_all(By::Css("[data-test=recent]")).await?;
        let mut names = Vec::new();
        for plan in recent {
            names.push(plan.text().await?);
        }
        assert!(names.iter().any(|name| name.contains("Mine")), "{names:?}");
        Ok(())
    });
}

/// The plan of last time is not opened first, which would take the link out of the address.
#[test]
fn a_page_that_is_loaded_with_a_link_opens_only_its_plan() {
    journey(async |page| {
        let link = link_of(page, THEIRS).await?;
        page.click("open").await?;
        page.click("new-plan").await?;
        page.part("start").await?;
        page.write(MINE).await?;
        page.saved("Saved on this device").await?;
        let count = "window.replaced = 0; const replace = history.replaceState.bind(history); \
            history.replaceState = (...given) => { window.replaced += 1; replace(...given); };";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": count })).await?;
        page.driver.goto(&link).await?;
        page.driver.refresh().await?;
        page.part("banner").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"], ["T2"]]);
        assert_eq!(page.script("return [location.href, window.replaced];", vec![]).await?, json!([link, 0]));
        page.click("leave-link").await?;
        has_text(page, "Mine").await?;
        // A link without a plan replaces nothing.
        page.driver.goto(&with_another_letter(&link)).await?;
        page.driver.refresh().await?;
        let said = page.part("broken-link").await?.text().await?;
        assert!(said.contains("changed on its way"), "{said}");
        page.click("close-dialog").await?;
        page.planned().await?;
        assert_eq!(page.text().await?, MINE);
        Ok(())
    });
}

#[test]
fn a_link_that_was_cut_says_so_and_opens_nothing() {
    journey(async |page| {
        page.write(MINE).await?;
        let link = page.link().await?;
        page.paste(&link[..link.len() - 5]).await?;
        let notice = page.notice().await?;
        assert!(notice.contains("cut off"), "{notice}");
        Ok(())
    });
}

#[test]
fn a_damaged_link_has_a_page_of_its_own() {
    journey(async |page| {
        page.write(MINE).await?;
        let link = page.link().await?;
        let texts = page.stored_texts().await?;
        let cut = &link[..link.len() / 2];
        for is_new in [true, false] {
            if is_new {
                page.has_started().await?;
                page.driver.goto(cut).await?;
                page.driver.refresh().await?;
            } else {
                go_to(page, &link[..link.len() - 5]).await?;
            }
            let said = page.part("broken-link").await?.text().await?;
            assert!(said.contains("cut off") && said.contains("What arrived: http"), "{said}");
            // Nothing of the user's own plan is to be seen.
            for part in ["text", "title", "canvas", "problem"] {
                assert!(!page.shows(&format!("[data-test={part}]")).await?, "{part}");
            }
            page.click("copy").await?;
            page.notice().await?;
            let asked = page.part("ask-for-file").await?.value().await?.unwrap_or_default();
            assert_eq!(page.clipboard().await?, asked);
            assert!(asked.contains("as a file"), "{asked}");
            if is_new {
                page.click("open-link").await?;
                page.part("link-box").await?;
            } else {
                page.click("list-documents").await?;
                page.part("document").await?;
            }
            page.click("close-dialog").await?;
            page.planned().await?;
            assert_eq!(page.text().await?, MINE);
            assert_eq!(page.stored_texts().await?, texts);
        }
        Ok(())
    });
}

#[test]
fn the_coder_is_loaded_once_and_only_for_a_link() {
    journey(async |page| {
        page.write(MINE).await?;
        page.click("export").await?;
        page.click("close-dialog").await?;
        page.paste("See #1.p.x for more").await?;
        assert_eq!(page.requests(CODER), 0);
        page.write(MINE).await?;
        for _ in 0..3 {
            page.link().await?;
        }
        assert_eq!(page.requests(CODER), 1);
        Ok(())
    });
}

#[test]
fn a_coder_that_does_not_load_is_told_and_tried_again() {
    journey_with_broken_files(async |page| {
        page.write(MINE).await?;
        page.saved("Saved on this device").await?;
        let (coder, aside) = (page.site_files().join(CODER), page.site_files().join("aside"));
        std::fs::rename(&coder, &aside)?;
        page.click("share").await?;
        page.until(
            "it says so",
            "/did not load/.test(document.querySelector('[data-test=share-dialog]').textContent)",
        )
        .await?;
        page.click("close-dialog").await?;
        assert_eq!(page.text().await?, MINE);
        std::fs::rename(&aside, &coder)?;
        page.click("share").await?;
        assert!(page.part("share-link").await?.value().await?.unwrap_or_default().contains("#1.p."));
        Ok(())
    });
}

#[test]
fn a_pasted_message_with_a_link_is_opened_or_says_why_not() {
    journey(async |page| {
        page.write(THEIRS).await?;
        let link = page.link().await?;
        page.write(MINE).await?;
        page.click("open").await?;
        page.click("open-link").await?;
        for (text, why) in [
            ("Nothing here", "no link"),
            (&link[..link.len() - 5], "cut off"),
            (&link.replacen("#1.p.", "#9.p.", 1), "newer version"),
            (&with_another_letter(&link), "changed on its way"),
        ] {
            fill_link_box(page, text).await?;
            page.click("open-pasted-link").await?;
            let says =
                format!("document.querySelector('[data-test=link-problem]').textContent.includes({why:?})");
            page.until(&format!("it says “{why}”"), &says).await?;
        }
        assert_eq!(page.text().await?, MINE);
        let wrapped =
            link.as_bytes().chunks(40).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n> ");
        fill_link_box(page, &format!("Hi,\n\n> {wrapped}\n\nBye")).await?;
        page.click("open-pasted-link").await?;
        page.part("banner").await?;
        page.planned().await?;
        assert_eq!(page.phases().await?, [["T1"], ["T2"]]);
        Ok(())
    });
}

async fn fill_link_box(page: &Page, text: &str) -> Outcome {
    page.part("link-box").await?;
    page.script("document.querySelector('[data-test=link-box]').value = arguments[0];", vec![json!(text)])
        .await?;
    Ok(())
}

/// The link of a plan, which remains in the text box.
async fn link_of(page: &Page, plan: &str) -> Outcome<String> {
    page.write(plan).await?;
    page.link().await
}

/// Waits until the text box contains these words.
async fn has_text(page: &Page, words: &str) -> Outcome {
    let says = format!("document.querySelector('[data-test=text]')?.value.includes({words:?})");
    page.until(&format!("the text has “{words}”"), &says).await
}

async fn go_to(page: &Page, link: &str) -> Outcome {
    page.script("location.href = arguments[0];", vec![json!(link)]).await?;
    Ok(())
}

#[test]
fn a_link_over_work_that_is_not_saved_yet_loses_nothing() {
    journey(async |page| {
        let link = link_of(page, THEIRS).await?;
        for round in 0..5 {
            page.click("open").await?;
            page.click("new-plan").await?;
            page.part("start").await?;
            let mine = format!("{MINE}\n- T2 Round {round} @owns(r{round}/**)");
            page.select_text().await?;
            page.insert(&mine).await?;
            go_to(page, &link).await?;
            page.part("banner").await?;
            has_text(page, "Tell nobody.").await?;
            page.click("leave-link").await?;
            has_text(page, &format!("Round {round}")).await?;
            assert_eq!(page.text().await?, mine);
        }
        page.saved("Saved on this device").await?;
        let stored = page.stored_texts().await?;
        for round in 0..5 {
            assert!(stored.iter().any(|text| text.contains(&format!("Round {round}"))), "{stored:?}");
        }
        Ok(())
    });
}

/// The link with the first letter of its payload changed.
fn with_another_letter(link: &str) -> String {
    let (before, payload) = link.rsplit_once('.').expect("a link has parts");
    let other = if payload.starts_with('A') { "B" } else { "A" };
    [before, ".", other, &payload[1..]].concat()
}

#[test]
fn of_links_that_follow_each_other_the_last_is_shown() {
    journey(async |page| {
        let names = ["Alpha", "Beta", "Gamma"];
        let mut links = Vec::new();
        for name in names {
            links.push(link_of(page, &format!("- T1 {name} @owns({name}/**) ~10m")).await?);
        }
        page.saved("Saved on this device").await?;
        let stored = page.stored_texts().await?;
        for round in 0..12 {
            let (first, last) = (round % 3, (round / 3 + round + 1) % 3);
            // Both are set before the first can have been read.
            let script = "location.href = arguments[0]; location.href = arguments[1];";
            page.script(script, vec![json!(links[first]), json!(links[last])]).await?;
            has_text(page, names[last]).await?;
            page.part("banner").await?;
        }
        go_to(page, &links[0]).await?;
        has_text(page, "Alpha").await?;
        go_to(page, &links[1]).await?;
        has_text(page, "Beta").await?;
        for _ in 0..4 {
            page.driver.back().await?;
            has_text(page, "Alpha").await?;
            page.driver.forward().await?;
            has_text(page, "Beta").await?;
        }
        // One letter of the address is changed by hand.
        go_to(page, &with_another_letter(&links[2])).await?;
        let said = page.part("broken-link").await?.text().await?;
        assert!(said.contains("changed on its way") || said.contains("no plan"), "{said}");
        assert!(page.text().await?.contains("Beta"));
        assert_eq!(page.stored_texts().await?, stored);
        Ok(())
    });
}

#[test]
fn sharing_again_and_again_gives_the_same_link_and_no_history() {
    journey(async |page| {
        let link = link_of(page, THEIRS).await?;
        let history = page.script("return history.length;", vec![]).await?;
        for _ in 0..20 {
            page.click("share").await?;
            assert_eq!(page.part("share-link").await?.value().await?.as_deref(), Some(link.as_str()));
            page.click("copy-link").await?;
            page.click("close-dialog").await?;
        }
        assert_eq!(page.script("return history.length;", vec![]).await?, history);
        assert_eq!(page.script("return location.href;", vec![]).await?, json!(link));
        Ok(())
    });
}

#[test]
fn text_that_hides_is_told_before_it_is_exported_and_does_not_travel() {
    journey(async |page| {
        for hidden in ["\u{202e}", "\u{200b}", "\u{e0041}", "\u{2066}"] {
            let plan = format!("- T1 One{hidden} @owns(a/**) ~10m\n  Do{hidden} it.");
            let link = link_of(page, &plan).await?;
            let code = format!("U+{:04X}", hidden.chars().next().map_or(0, u32::from));
            let says =
                |part: &str| format!("document.querySelector('{part}')?.textContent.includes('{code}')");
            page.until("a problem names it", &says("ul.problems")).await?;
            page.click("export").await?;
            page.until("the export names it", &says(".about")).await?;
            page.click("close-dialog").await?;
            go_to(page, &link).await?;
            page.until("the plan is open", "!!document.querySelector('[data-test=banner]')").await?;
            let text = page.script("return document.querySelector('textarea').value;", vec![]).await?;
            assert_eq!(text, json!("- T1 One @owns(a/**) ~10m\n  Do it.\n"));
            page.click("edit-copy").await?;
            page.until("it is one's own", "!document.querySelector('[data-test=banner]')").await?;
        }
        Ok(())
    });
}

#[test]
fn a_plan_is_sent_as_a_file_too() {
    journey(async |page| {
        page.write(THEIRS).await?;
        page.click("share").await?;
        page.click("share-file").await?;
        assert_eq!(String::from_utf8(page.downloaded(".phaseplan.md").await?)?, THEIRS);
        Ok(())
    });
}
