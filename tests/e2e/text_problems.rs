//! Problems in the text: a card with the line and a fix, and the message at the pointer and at the caret.

use serde_json::json;
use thirtyfour::Key;

use crate::journey::{Outcome, journey};
use crate::page::Page;

/// Mistakes: the text, the code of its problem, a part of the message, and the text after the first fix.
const SLIPS: [(&str, &str, &str, &str); 4] = [
    (
        "- T1 Cart @own(src/cart/**) ~20m",
        "PP402",
        "Line 1. It is kept as it is.",
        "- T1 Cart @owns(src/cart/**) ~20m",
    ),
    (
        "- T1 Cart @owns(src/cart/** ~20m",
        "PP401",
        "The parenthesis of @owns( is not closed",
        "- T1 Cart @owns(src/cart/**) ~20m",
    ),
    (
        "- T1 Cart @owns(src/cart/**)\n- T1 Page @owns(src/page/**)",
        "PP444",
        "T1 is the id of an earlier task, so this one is called T2",
        "- T1 Cart @owns(src/cart/**)\n- T2 Page @owns(src/page/**)",
    ),
    ("- T1 Cart @owns(src/cart/**) ~20", "PP422", "~20 has no unit", "- T1 Cart @owns(src/cart/**) ~20m"),
];

fn card(code: &str) -> String {
    format!("[data-test=problem][data-code={code}]")
}

#[test]
fn each_slip_has_a_card_whose_repair_can_be_undone() {
    journey(async |page| {
        for (slip, code, words, repaired) in SLIPS {
            page.write(slip).await?;
            let said = page.element(&card(code)).await?.text().await?;
            assert!(said.contains(words), "{slip}: {said}");
            let tab = page.part("tab-problems").await?.text().await?;
            assert!(tab.contains(|letter: char| letter.is_ascii_digit()), "the tab counts it: {tab}");
            page.element(&format!("{} [data-test=fix]", card(code))).await?.click().await?;
            page.planned().await?;
            assert_eq!(page.text().await?, repaired);
            assert!(!page.shows(&card(code)).await?, "{slip} is repaired");
            page.click("undo").await?;
            page.planned().await?;
            assert_eq!(page.text().await?, slip);
            page.element(&card(code)).await?;
        }
        Ok(())
    });
}

#[test]
fn the_words_are_beside_the_pointer_and_at_the_caret() {
    journey(async |page| {
        for (slip, code, ..) in SLIPS {
            page.write(slip).await?;
            page.element(&card(code)).await?;
            let sentence = page.element(&format!("{} .problem-title", card(code))).await?.text().await?;
            point_at_underline(page).await?;
            let title = "document.querySelector('[data-test=text]').title.replaceAll('`', '')";
            let has_words = format!("{title}.includes({:?})", words_of(&sentence));
            page.until("the box has the words of the card", &has_words).await?;

            // Correct text has no message.
            page.select_text().await?;
            page.press(Key::Home).await?;
            page.until("nothing is said", "!document.querySelector('[data-test=text-says]').textContent")
                .await?;
            // The card jumps to the text.
            page.element(&format!("{} .problem-text", card(code))).await?.click().await?;
            page.until("the caret is in the text", "document.activeElement.matches('[data-test=text]')")
                .await?;
            page.until("it is said", "document.querySelector('[data-test=text-says]').textContent").await?;
            let said = page.part("text-says").await?.text().await?;
            assert!(said.replace('`', "").contains(words_of(&sentence)), "{said}");
            let role = page.part("text-says").await?.attr("role").await?;
            assert_eq!(role.as_deref(), Some("status"), "screen readers say it when they have time");
        }
        Ok(())
    });
}

#[test]
fn a_card_leads_to_its_line() {
    journey(async |page| {
        page.write("- T1 Cart @owns(a/**)\n- T2 Page @owns(b/**)\n\nA note.\n- T3 Docs @owns(docs/**)")
            .await?;
        page.element(&card("PP442")).await?;
        page.element(&format!("{} .problem-text", card("PP442"))).await?.click().await?;
        page.until(
            "its line is marked",
            "document.querySelector('.text-line.here')?.textContent === 'A note.'",
        )
        .await?;
        assert!(page.status().await?.contains("Line 4"), "{}", page.status().await?);
        Ok(())
    });
}

/// Moves the pointer onto the first underline.
async fn point_at_underline(page: &Page) -> Outcome {
    page.until("it is underlined", "document.querySelector('.underlined')").await?;
    let script = "const box = document.querySelector('.underlined').getClientRects()[0]; \
        return [box.left + box.width / 2, box.top + box.height / 2];";
    let at = page.script(script, vec![]).await?;
    for aside in [30, 0] {
        let y = at[1].as_f64().unwrap_or(0.0) + f64::from(aside);
        let event = json!({ "type": "mouseMoved", "x": at[0], "y": y });
        page.devtools("Input.dispatchMouseEvent", event).await?;
    }
    page.until("the box has the words", "document.querySelector('[data-test=text]').title").await
}

/// The title of a card without the severity, which is only for screen readers.
fn words_of(title: &str) -> &str {
    title.split_once(':').map_or(title, |(_, words)| words).trim()
}
