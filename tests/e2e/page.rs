//! The app from the user's view: elements to see and press, typing, pasting and dropping.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::journey::Outcome;
use crate::site::Site;

/// How long a user would wait before giving up.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(40);

/// One tab with the app.
pub struct Page {
    /// For actions without a method here.
    pub driver: WebDriver,
    site: Rc<Site>,
    downloads: PathBuf,
}

impl Page {
    /// A tab without a page.
    pub fn new(driver: WebDriver, site: Rc<Site>, downloads: PathBuf) -> Page {
        Page { driver, site, downloads }
    }

    /// Sets up every journey: a desktop-sized window, the light theme, and a clipboard.
    pub async fn prepare(&self) -> Outcome {
        self.resize(1440, 900).await?;
        self.prefer_theme("light").await?;
        let permissions = json!({
            "origin": self.site.origin,
            "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
        });
        self.devtools("Browser.grantPermissions", permissions).await?;
        self.devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await?;
        Ok(())
    }

    /// The folder served on journeys with faults.
    pub fn site_files(&self) -> PathBuf {
        self.downloads.with_file_name("site")
    }

    /// The number of requests for the file of this name.
    pub fn requests(&self, file: &str) -> usize {
        self.site.requests(file)
    }

    /// Opens the app and waits until the program is loaded.
    pub async fn open(&self) -> Outcome {
        self.begin_to_open().await?;
        self.until("the program is there", "!document.getElementById('shell')").await
    }

    /// Waits until the start counts as successful. Otherwise several in a row look like a plan that can't be
    /// opened.
    pub async fn has_started(&self) -> Outcome {
        self.until("it has started", "sessionStorage.getItem('phaseplan/starts') === '0'").await
    }

    /// Opens the app without waiting for the program.
    pub async fn begin_to_open(&self) -> Outcome {
        self.driver.goto(format!("{}/", self.site.origin)).await?;
        Ok(())
    }

    /// Opens a page without a program, whose scripts share the app's storage. Needs a journey with faults.
    pub async fn open_beside(&self) -> Outcome {
        std::fs::write(self.site_files().join("beside.html"), "<!doctype html><link rel=icon href=data:,>")?;
        self.driver.goto(format!("{}/beside.html", self.site.origin)).await?;
        Ok(())
    }

    /// Sends a command of the browser's own protocol.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Outcome<Value> {
        Ok(self.driver.cdp().send_raw(method, parameters).await?)
    }

    /// Resizes the window, in CSS pixels; below 600 the app has its phone layout.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": width < 600 })).await?;
        Ok(())
    }

    /// Sets the system's preference to `light` or `dark`.
    pub async fn prefer_theme(&self, theme: &str) -> Outcome {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        self.devtools("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Waits for fonts, finite animations, and two more frames. Animations in collapsed sections pause until
    /// they are visible, so the longest wait is two seconds.
    pub async fn settle(&self) -> Outcome {
        let script = "await document.fonts.ready; \
            const ends = animation => animation.effect?.getComputedTiming().endTime !== Infinity; \
            const running = document.getAnimations().filter(ends); \
            const ended = Promise.all(running.map(animation => animation.finished.catch(() => {}))); \
            await Promise.race([ended, new Promise(done => setTimeout(done, 2000))]); \
            for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);";
        self.async_script(script, vec![]).await?;
        Ok(())
    }

    /// Runs a script in the page and returns its result.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Runs the body of an `async` function in the page and returns its result.
    pub async fn async_script(&self, body: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const given = arguments; (async () => {{ {body} \
             }})().then(value => done({{ value }}), error => done({{ error: String(error) }}));"
        );
        let answer = self.driver.execute_async(script, arguments).await?.json().clone();
        match answer["error"].as_str() {
            Some(error) => Err(error.into()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Waits until a script expression is true; `what` describes it.
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

    /// The first visible element with this `data-test`, waited for.
    pub async fn part(&self, test: &str) -> Outcome<WebElement> {
        self.element(&format!("[data-test={test}]")).await
    }

    /// The first visible element that matches the selector, waited for.
    pub async fn element(&self, selector: &str) -> Outcome<WebElement> {
        let start = Instant::now();
        loop {
            let query = self.driver.query(By::Css(selector)).wait(PATIENCE, PAUSE).desc(selector);
            match query.and_displayed().first().await {
                Err(error) if is_stale(&error) && start.elapsed() < PATIENCE => {}
                found => return Ok(found?),
            }
        }
    }

    /// Whether a matching element is visible now.
    pub async fn shows(&self, selector: &str) -> Outcome<bool> {
        Ok(self.driver.query(By::Css(selector)).nowait().and_displayed().exists().await?)
    }

    /// Presses the element with this `data-test`.
    pub async fn click(&self, test: &str) -> Outcome {
        let start = Instant::now();
        loop {
            match self.part(test).await?.click().await {
                Err(error) if is_stale(&error) && start.elapsed() < PATIENCE => {}
                pressed => return Ok(pressed?),
            }
        }
    }

    /// Presses keys, at the current focus.
    pub async fn press(&self, keys: impl Into<TypingData>) -> Outcome {
        self.driver.action_chain().send_keys(keys).perform().await?;
        Ok(())
    }

    /// Presses a key while others are held.
    pub async fn press_with(&self, held: &[Key], key: impl Into<char>) -> Outcome {
        let chain = held.iter().fold(self.driver.action_chain(), |chain, key| chain.key_down(key.clone()));
        let chain = chain.send_keys(key.into());
        let chain = held.iter().fold(chain, |chain, key| chain.key_up(key.clone()));
        chain.perform().await?;
        Ok(())
    }

    /// Inserts text at the focus in one step, like an input method.
    pub async fn insert(&self, text: &str) -> Outcome {
        self.devtools("Input.insertText", json!({ "text": text })).await?;
        Ok(())
    }

    /// Focuses the text box and selects all its text.
    pub async fn select_text(&self) -> Outcome {
        self.part("text").await?;
        self.script(
            "const box = document.querySelector('[data-test=text]'); box.focus(); box.select();",
            vec![],
        )
        .await?;
        Ok(())
    }

    /// Replaces the whole plan text by typing, and waits for the schedule.
    pub async fn write(&self, text: &str) -> Outcome {
        self.select_text().await?;
        self.insert(text).await?;
        self.planned().await
    }

    /// Replaces the whole plan text by typing, and waits until it is planned and saved.
    pub async fn write_and_save(&self, text: &str) -> Outcome {
        self.write(text).await?;
        self.saved("Saved on this device").await
    }

    /// Replaces the whole plan text by pasting, and waits for the schedule.
    pub async fn paste(&self, text: &str) -> Outcome {
        self.copy_to_clipboard(text).await?;
        self.select_text().await?;
        self.press_with(&[Key::Control], 'v').await?;
        self.planned().await
    }

    /// Pastes another tool's list in the place of the whole plan text. It is shown before it is opened.
    pub async fn paste_list(&self, text: &str) -> Outcome {
        self.copy_to_clipboard(text).await?;
        self.select_text().await?;
        self.press_with(&[Key::Control], 'v').await?;
        self.part("import-head").await?;
        Ok(())
    }

    /// Pastes another tool's list in the place of the whole plan text, opens it, and waits for the schedule.
    pub async fn open_list(&self, text: &str) -> Outcome {
        self.paste_list(text).await?;
        self.click("replace-plan").await?;
        self.planned().await
    }

    /// The text in the text box.
    pub async fn text(&self) -> Outcome<String> {
        let value = self.script("return document.querySelector('[data-test=text]').value;", vec![]).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the text box contains exactly this text.
    pub async fn holds_text(&self, text: &str) -> Outcome {
        let is_there = format!("document.querySelector('[data-test=text]').value === {text:?}");
        self.until("the text is there", &is_there).await
    }

    /// Waits until a journal in local storage contains these words.
    pub async fn has_in_journal(&self, words: &str) -> Outcome {
        let is_there = format!("Object.values(localStorage).some(text => text.includes({words:?}))");
        self.until("the journal has it", &is_there).await
    }

    /// Waits until the schedule on the screen is that of the text.
    pub async fn planned(&self) -> Outcome {
        self.until("the schedule is there", "document.querySelector('[data-test=canvas][aria-busy=false]')")
            .await
    }

    /// Waits until the state of saving has these words.
    pub async fn saved(&self, words: &str) -> Outcome {
        let says = "document.querySelector('[data-test=saved]').textContent.includes";
        self.until(&format!("it says “{words}”"), &format!("{says}({words:?})")).await
    }

    /// Switches the faults of the worker; see `faults.js`.
    pub async fn set_faults(&self, faults: &[&str]) -> Outcome {
        let script = "const channel = new BroadcastChannel('faults'); await new Promise(done => { \
            channel.onmessage = done; channel.postMessage(given[0]); }); channel.close();";
        self.async_script(script, vec![json!(faults)]).await?;
        Ok(())
    }

    /// Runs steps with these faults, and removes the faults afterwards.
    pub async fn with_faults(&self, faults: &[&str], steps: impl AsyncFnOnce() -> Outcome) -> Outcome {
        self.set_faults(faults).await?;
        steps().await?;
        self.set_faults(&[]).await
    }

    /// The content of the object store of this name, as texts by key.
    pub async fn stored(&self, store: &str) -> Outcome<BTreeMap<String, String>> {
        self.stored_in("phaseplan", store).await
    }

    /// The same, of another database.
    pub async fn stored_in(&self, database: &str, store: &str) -> Outcome<BTreeMap<String, String>> {
        let script = "const opening = indexedDB.open(given[1]); \
            const database = await new Promise((done, fail) => { \
                opening.onsuccess = () => done(opening.result); opening.onerror = fail; \
                opening.onupgradeneeded = () => opening.transaction.abort(); }).catch(() => null); \
            if (!database) return {}; \
            const store = database.transaction(given[0]).objectStore(given[0]); \
            const all = request => new Promise(done => { request.onsuccess = () => done(request.result); }); \
            const [keys, values] = await Promise.all([all(store.getAllKeys()), all(store.getAll())]); \
            database.close(); \
            return Object.fromEntries(keys.map((key, at) => [key, String(values[at])]));";
        let given = vec![json!(store), json!(database)];
        Ok(serde_json::from_value(self.async_script(script, given).await?)?)
    }

    /// The texts of all stored plans.
    pub async fn stored_texts(&self) -> Outcome<Vec<String>> {
        let records = self.stored("records").await?;
        let texts = records.values().filter_map(|record| {
            serde_json::from_str::<Value>(record).ok()?["text"].as_str().map(str::to_owned)
        });
        Ok(texts.collect())
    }

    /// Writes a text into an object store, bypassing the app.
    pub async fn tamper(&self, store: &str, key: &str, text: &str) -> Outcome {
        let script = "const opening = indexedDB.open('phaseplan'); \
            await new Promise(done => { opening.onsuccess = done; }); \
            const transaction = opening.result.transaction(given[0], 'readwrite'); \
            transaction.objectStore(given[0]).put(given[2], given[1]); \
            await new Promise(done => { transaction.oncomplete = done; }); opening.result.close();";
        self.async_script(script, vec![json!(store), json!(key), json!(text)]).await?;
        Ok(())
    }

    /// The link in the Share dialog.
    pub async fn link(&self) -> Outcome<String> {
        self.click("share").await?;
        let link = self.part("share-link").await?.value().await?.unwrap_or_default();
        self.click("close-dialog").await?;
        Ok(link)
    }

    /// Opens the list of all plans.
    pub async fn open_shelf(&self) -> Outcome {
        self.click("open").await?;
        self.click("all-plans").await?;
        self.part("shelf").await?;
        Ok(())
    }

    /// The names of the plans in the list, without those in the bin.
    pub async fn documents(&self) -> Outcome<Vec<String>> {
        let script =
            "return [...document.querySelectorAll('[data-test=document]')].map(plan => plan.textContent);";
        Ok(serde_json::from_value(self.script(script, vec![]).await?)?)
    }

    /// The text of the status bar.
    pub async fn status(&self) -> Outcome<String> {
        Ok(self.part("status").await?.text().await?)
    }

    /// The ids of the tasks in each phase, read from the outline.
    pub async fn phases(&self) -> Outcome<Vec<Vec<String>>> {
        self.click("tab-outline").await?;
        self.part("outline").await?;
        let script = "return [...document.querySelectorAll('[data-test=outline-phase]')].map(phase => \
            [...phase.querySelectorAll('[data-test=outline-task]')].map(task => task.dataset.task));";
        Ok(serde_json::from_value(self.script(script, vec![]).await?)?)
    }

    /// The text of every problem.
    pub async fn problems(&self) -> Outcome<Vec<String>> {
        let script =
            "return [...document.querySelectorAll('[data-test=problem]')].map(card => card.textContent);";
        Ok(serde_json::from_value(self.script(script, vec![]).await?)?)
    }

    /// Waits for a notice and returns its text.
    pub async fn notice(&self) -> Outcome<String> {
        let start = Instant::now();
        loop {
            match self.part("notice").await?.text().await {
                Err(error) if is_stale(&error) && start.elapsed() < PATIENCE => {}
                said => return Ok(said?),
            }
        }
    }

    /// Drops a file of `size` bytes on the page: `content`, followed by bytes that are not text.
    pub async fn drop_file(&self, name: &str, content: &str, size: usize) -> Outcome {
        let script = "const [name, content, size] = given; const start = new TextEncoder().encode(content); \
            const bytes = new Uint8Array(Math.max(size, start.length)); for (let i = 0, state = 1; i < \
            bytes.length; i++) { state = (Math.imul(state, 1664525) + 1013904223) | 0; bytes[i] = state >>> \
            24; } bytes.set(start); const dataTransfer = new DataTransfer(); dataTransfer.items.add(new \
            File([bytes], name)); const target = document.querySelector('main'); for (const kind of \
            ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(kind, { dataTransfer, \
            bubbles: true, cancelable: true }));";
        self.async_script(script, vec![json!(name), json!(content), json!(size)]).await?;
        Ok(())
    }

    /// Drops several files together on the page.
    pub async fn drop_files(&self, files: &[(&str, &str)]) -> Outcome {
        let script = "const dataTransfer = new DataTransfer(); for (const [name, content] of given[0]) \
            dataTransfer.items.add(new File([content], name)); const target = \
            document.querySelector('main'); for (const kind of ['dragenter', 'dragover', 'drop']) \
            target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));";
        self.async_script(script, vec![json!(files)]).await?;
        Ok(())
    }

    /// Drops what has this path in the file system on the page, as from another program.
    pub async fn drop_path(&self, path: &Path) -> Outcome {
        let data = json!({ "items": [], "files": [path], "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            let event = json!({ "type": kind, "x": 700, "y": 400, "data": data });
            self.devtools("Input.dispatchDragEvent", event).await?;
        }
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

    /// Opens the export dialog and chooses a format by its id.
    pub async fn choose_export(&self, format: &str) -> Outcome {
        self.click("export").await?;
        self.element(&format!("[data-test=format][data-format={format}]")).await?.click().await?;
        self.part("preview").await?;
        Ok(())
    }

    /// Waits for a download whose name ends with `suffix` and returns its content.
    pub async fn downloaded(&self, suffix: &str) -> Outcome<Vec<u8>> {
        let start = Instant::now();
        loop {
            let mut files = std::fs::read_dir(&self.downloads)?.flatten().map(|entry| entry.path());
            if let Some(path) = files.find(|path| path.to_string_lossy().ends_with(suffix)) {
                return Ok(std::fs::read(path)?);
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("no download ends with {suffix}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Whether the page redrew an element between finding and using it; it can be found again.
fn is_stale(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))
}
