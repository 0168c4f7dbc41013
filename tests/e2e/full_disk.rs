//! A disk that is really full. What sites store is on a small disk in memory, which only the superuser of a
//! system with `mount` may set up; elsewhere the test says so and ends.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::rc::Rc;

use crate::browser::Browser;
use crate::journey::{Outcome, with_site};
use crate::page::Page;
use crate::site::Site;

/// The size of the disk, in bytes. What sites store needs about a third.
const SIZE: u64 = 96 << 20;

const FIRST: &str = "- T1 First @owns(a/**) ~10m";

/// A disk in memory, which goes away when this is dropped.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: PathBuf) -> Option<Disk> {
        std::fs::create_dir_all(&folder).expect("a folder in the temporary folder");
        let size = format!("size={SIZE}");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&folder).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Disk(folder))
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }

    /// Writes a file until there is no room for one more byte.
    fn fill(&self) {
        let filled = Command::new("dd")
            .args(["if=/dev/zero", "bs=4096", "oflag=append", "conv=notrunc"])
            .arg(format!("of={}", self.filler().display()))
            .stderr(Stdio::null())
            .status()
            .expect("dd");
        assert!(!filled.success(), "the disk is full");
    }

    fn make_room(&self) {
        std::fs::remove_file(self.filler()).expect("the filler is there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[test]
fn a_plan_outlives_a_full_disk_or_is_named_as_lost() {
    with_site(async |site| {
        let browser = Browser::start();
        let Some(disk) = Disk::mount(browser.profile().join("Default")) else {
            println!("skipped: no disk can be mounted here");
            return Ok(());
        };
        let downloaded = work_on_a_full_disk(&browser, &site, &disk).await?;
        // The browser has ended, and opens what the full disk has left of the profile.
        let page = opened(&browser, &site).await?;
        page.until(
            "the last text is there, or it is said what is lost",
            "document.querySelector('[data-test=text]').value.includes('last word') \
            || /last state of “First”/.test(document.querySelector('[data-test=doubt]')?.textContent)",
        )
        .await?;
        println!("after the full disk the page holds: {}", page.text().await?);
        // What was downloaded meanwhile brings back all of it.
        page.drop_file("phaseplan-plans.json", &downloaded, 0).await?;
        page.until("the plans are there", "/First/.test(document.body.textContent)").await?;
        page.driver.clone().quit().await?;
        Ok(())
    });
}

async fn opened(browser: &Browser, site: &Rc<Site>) -> Outcome<Page> {
    let page = Page::new(browser.open().await?, Rc::clone(site), browser.downloads());
    page.prepare().await?;
    page.open().await?;
    Ok(page)
}

/// Writes while the disk is full and after there is room again, and ends the browser. Returns what
/// "Download all" gave while nothing could be saved.
async fn work_on_a_full_disk(browser: &Browser, site: &Rc<Site>, disk: &Disk) -> Outcome<String> {
    let page = opened(browser, site).await?;
    page.write_and_save(FIRST).await?;
    disk.fill();
    // The journal of the storage may still have room for small changes.
    let long = format!("\n  {}", "More words. ".repeat(15_000));
    page.write(&format!("{FIRST}{long}")).await?;
    page.saved("Not saved").await?;
    page.part("doubt").await?;
    page.element("[data-test=doubt] .primary").await?.click().await?;
    let downloaded = String::from_utf8(page.downloaded("phaseplan-plans.json").await?)?;
    assert!(downloaded.contains("More words"), "what could not be saved is downloaded");
    disk.make_room();
    page.write_and_save(&format!("{FIRST}\n  The last word.\n- T2 last word ~5m")).await?;
    assert!(page.shows("[data-test=doubt]").await?, "storage is in doubt until it was read back");
    page.driver.clone().quit().await?;
    Ok(downloaded)
}
