//! The app as a user meets it: what can be seen, pressed, typed, pasted and dropped.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::journey::Outcome;

/// How long a user would wait before giving up.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(40);

/// One tab with the app.
pub struct Page {
    /// For what has no word of its own here.
    pub driver: WebDriver,
    origin: String,
    downloads: PathBuf,
}

impl Page {
    /// A tab that has not opened anything.
    pub fn new(driver: WebDriver, origin: String, downloads: PathBuf) -> Page {
        Page { driver, origin, downloads }
    }

    /// Sets what every journey relies on: a desktop-sized window, the light theme, and a clipboard.
    pub async fn prepare(&self) -> Outcome {
        self.resize(1440, 900).await?;
        self.prefer_theme("light").await?;
        let permissions = json!({
            "origin": self.origin,
            "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
        });
        self.devtools("Browser.grantPermissions", permissions).await?;
        self.devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await?;
        Ok(())
    }

    /// Opens the app; `fragment` is empty or begins with `#`.
    pub async fn open(&self, fragment: &str) -> Outcome {
        self.driver.goto(format!("{}/{fragment}", self.origin)).await?;
        Ok(())
    }

    /// Sends a command of the browser's own protocol.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Outcome<Value> {
        Ok(self.driver.cdp().send_raw(method, parameters).await?)
    }

    /// Makes the window this large, in CSS pixels; below 600 it is a phone.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": width < 600 })).await?;
        Ok(())
    }

    /// Lets the system prefer `light` or `dark`.
    pub async fn prefer_theme(&self, theme: &str) -> Outcome {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        self.devtools("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Runs a script in the page and returns what it returns.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Runs the body of an `async` function in the page and returns what it returns.
    pub async fn async_script(&self, body: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const given = arguments; \
             (async () => {{ {body} }})().then(value => done({{ value }}), error => done({{ error: String(error) }}));"
        );
        let answer = self.driver.execute_async(script, arguments).await?.json().clone();
        match answer["error"].as_str() {
            Some(error) => Err(error.into()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// The first element that matches the selector, waited for.
    pub async fn element(&self, selector: &str) -> Outcome<WebElement> {
        Ok(self
            .driver
            .query(By::Css(selector))
            .wait(PATIENCE, PAUSE)
            .desc(selector)
            .and_displayed()
            .first()
            .await?)
    }

    /// Whether such an element is there and can be seen at this moment.
    pub async fn shows(&self, selector: &str) -> Outcome<bool> {
        Ok(self.driver.query(By::Css(selector)).nowait().and_displayed().exists().await?)
    }

    /// Waits until a script's expression is true; `what` says it in words.
    pub async fn until(&self, what: &str, expression: &str) -> Outcome {
        let start = Instant::now();
        while self.script(&format!("return Boolean({expression});"), vec![]).await? != json!(true) {
            if start.elapsed() > PATIENCE {
                return Err(format!("waited {} s in vain until {what}", PATIENCE.as_secs()).into());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Presses keys, wherever the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) -> Outcome {
        self.driver.action_chain().send_keys(keys).perform().await?;
        Ok(())
    }

    /// Puts text on the clipboard.
    pub async fn copy_to_clipboard(&self, text: &str) -> Outcome {
        self.async_script("await navigator.clipboard.writeText(given[0]);", vec![json!(text)]).await?;
        Ok(())
    }

    /// The text on the clipboard.
    pub async fn clipboard(&self) -> Outcome<String> {
        let text = self.async_script("return await navigator.clipboard.readText();", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits for a download whose name ends with `suffix` and returns its content.
    pub async fn downloaded(&self, suffix: &str) -> Outcome<Vec<u8>> {
        let start = Instant::now();
        loop {
            let files = std::fs::read_dir(&self.downloads)?.flatten().map(|entry| entry.path());
            let mut finished = files.filter(|path| path.to_string_lossy().ends_with(suffix));
            if let Some(path) = finished.next() {
                return Ok(std::fs::read(path)?);
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("no download ends with {suffix}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
