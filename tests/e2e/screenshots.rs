//! Screenshots for people to look at.

use std::path::Path;

use crate::journey::Outcome;
use crate::page::Page;

/// Writes `tests/screenshots/NAME.png`.
pub async fn take(page: &Page, name: &str) -> Outcome {
    write(page, &format!("tests/screenshots/{name}.png")).await
}

/// Writes `tests/screenshots/failed-TEST.png`, if that is still possible.
pub async fn take_of_failure(page: &Page) {
    let test = std::thread::current().name().unwrap_or_default().replace("::", "-");
    if take(page, &format!("failed-{test}")).await.is_ok() {
        eprintln!("how the page looked: tests/screenshots/failed-{test}.png");
    }
}

/// Writes the README's screenshot if `UPDATE_SCREENSHOT` is set.
pub async fn take_for_readme(page: &Page) -> Outcome {
    if std::env::var_os("UPDATE_SCREENSHOT").is_some() {
        write(page, "docs/screenshot.png").await
    } else {
        Ok(())
    }
}

async fn write(page: &Page, path: &str) -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    path.parent().map(std::fs::create_dir_all).transpose()?;
    std::fs::write(path, page.driver.screenshot_as_png().await?)?;
    Ok(())
}
