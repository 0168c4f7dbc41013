//! Pictures of every screen in both themes and on both sizes, for people to look at.

use std::path::{Path, PathBuf};

use crate::journey::Outcome;
use crate::page::Page;

/// Width, height, and what the file is called.
const SIZES: [(u32, u32, &str); 2] = [(1440, 900, "desktop"), (390, 844, "phone")];

/// Writes `tests/screenshots/NAME-THEME-SIZE.png` four times, and leaves the page as it was.
pub async fn take(page: &Page, name: &str) -> Outcome {
    let folder = root().join("tests/screenshots");
    std::fs::create_dir_all(&folder)?;
    for (width, height, size) in SIZES {
        page.resize(width, height).await?;
        for theme in ["light", "dark"] {
            page.prefer_theme(theme).await?;
            settle(page).await?;
            let picture = page.driver.screenshot_as_png().await?;
            std::fs::write(folder.join(format!("{name}-{theme}-{size}.png")), picture)?;
        }
    }
    page.resize(1440, 900).await?;
    page.prefer_theme("light").await
}

/// Writes the README's picture when `UPDATE_SCREENSHOT` is set.
pub async fn take_for_readme(page: &Page) -> Outcome {
    if std::env::var_os("UPDATE_SCREENSHOT").is_none() {
        return Ok(());
    }
    settle(page).await?;
    let folder = root().join("docs");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("screenshot.png"), page.driver.screenshot_as_png().await?)?;
    Ok(())
}

/// Waits until fonts, animations and two more frames are done.
async fn settle(page: &Page) -> Outcome {
    let script = "await document.fonts.ready; \
        const running = document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime !== Infinity); \
        await Promise.all(running.map(animation => animation.finished.catch(() => {}))); \
        for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);";
    page.async_script(script, vec![]).await?;
    Ok(())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
