//! Light and dark: following the system, or chosen, even after a reload.

use serde_json::Value;

use crate::journey::{Outcome, journey};
use crate::page::Page;

#[test]
fn the_theme_follows_the_system_until_one_is_chosen() {
    journey(async |page| {
        let light = background(page).await?;
        page.prefer_theme("dark").await?;
        let dark = background(page).await?;
        assert_ne!(light, dark);
        page.prefer_theme("light").await?;
        assert_eq!(background(page).await?, light);

        // Automatic, then light, then dark.
        page.click("theme").await?;
        page.click("theme").await?;
        assert_eq!(background(page).await?, dark);
        page.open().await?;
        assert_eq!(background(page).await?, dark);
        page.click("theme").await?;
        assert_eq!(background(page).await?, light);
        Ok(())
    });
}

async fn background(page: &Page) -> Outcome<Value> {
    page.script("return getComputedStyle(document.documentElement).backgroundColor;", vec![]).await
}
