//! An isolated browser: fresh profile, no background activity, no access to the network.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

const FLAGS: [&str; 14] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    // Requests to other computers fail even if there is a network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// The number of ports to try.
const ATTEMPTS: usize = 5;

/// A chromedriver, and the folder of its only browser. Both are removed when this is dropped.
pub struct Browser {
    driver: Child,
    address: String,
    folder: PathBuf,
}

impl Browser {
    /// Starts chromedriver on a free port.
    pub fn start() -> Browser {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("phaseplan-e2e-{}-{number}", std::process::id()));
        std::fs::create_dir_all(folder.join("downloads")).expect("the temporary folder can be written");
        let (driver, port) = (0..ATTEMPTS).find_map(|_| start_driver()).expect("chromedriver finds a port");
        Browser { driver, address: format!("http://127.0.0.1:{port}"), folder }
    }

    /// The folder for downloads.
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }

    /// The folder for a modified copy of the app.
    pub fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// The folder of the browser's profile.
    pub fn profile(&self) -> PathBuf {
        self.folder.join("profile")
    }

    /// Opens the browser.
    pub async fn open(&self) -> WebDriverResult<WebDriver> {
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", self.profile().display()))?;
        wanted.add_experimental_option("prefs", preferences(&self.downloads()))?;
        // Commands may arrive before the program is loaded, like those of users.
        wanted.set("pageLoadStrategy", "eager")?;
        wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        if let Some(program) = std::env::var_os("CHROMIUM") {
            wanted.set_binary(&program.to_string_lossy())?;
        }
        WebDriver::new(&self.address, wanted).await
    }
}

impl Browser {
    /// Kills the browser, as when the power fails or the system runs out of memory.
    pub fn kill(&self) {
        let profile = self.profile().display().to_string();
        let processes = std::fs::read_dir("/proc").expect("a system with processes as files");
        let is_of_browser = |name: &str| {
            let command = std::fs::read(format!("/proc/{name}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&command).contains(&profile)
        };
        let names = processes.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let found: Vec<String> = names
            .filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()) && is_of_browser(name))
            .collect();
        let _ = Command::new("sh").arg("-c").arg(format!("kill -9 {}", found.join(" "))).status();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn preferences(downloads: &Path) -> serde_json::Value {
    json!({
        "download.default_directory": downloads,
        "download.prompt_for_download": false,
        // Scripts of tests start downloads too, even several.
        "profile.default_content_setting_values.automatic_downloads": 1,
    })
}

/// Starts chromedriver on a free port. It takes an IPv6 port, and exits if another process uses the same IPv4
/// port.
fn start_driver() -> Option<(Child, u16)> {
    let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
    let mut driver = Command::new(program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver can be started");
    match announced_port(&mut driver) {
        Some(port) => Some((driver, port)),
        None => {
            let _ = driver.wait();
            None
        }
    }
}

/// Reads `… started successfully on port 12345.`
fn announced_port(driver: &mut Child) -> Option<u16> {
    let lines = BufReader::new(driver.stdout.take()?).lines();
    lines.map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })
}
