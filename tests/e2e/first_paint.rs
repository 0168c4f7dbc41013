//! The first second of a visit.

use serde_json::{Value, json};

use crate::journey::{Outcome, journey};
use crate::page::Page;

/// Bytes per second with which the program takes several seconds to load, also on a busy computer.
const SLOW: u32 = 100_000;
/// The program takes longer to load than any test takes to type a line.
const CRAWLING: u32 = 20_000;

#[test]
fn the_frame_is_painted_before_the_program_is_there() {
    journey(async |page| {
        slow_down(page, SLOW).await?;
        page.open().await?;
        let times = page
            .script(
                "const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime; \
                 const files = performance.getEntriesByType('resource'); \
                 const program = files.find(file => file.name.endsWith('.wasm'))?.responseEnd; \
                 return [paint, program];",
                vec![],
            )
            .await?;
        let [Some(paint), Some(program)] = [times[0].as_f64(), times[1].as_f64()] else {
            return Err(format!("the times were not measured: {times}").into());
        };
        println!("first paint after {paint:.0} ms, program after {program:.0} ms");
        assert!(paint < program, "painted after {paint} ms, program there after {program} ms");
        Ok(())
    });
}

#[test]
fn what_is_typed_before_the_program_is_there_is_kept() {
    journey(async |page| {
        slow_down(page, CRAWLING).await?;
        page.begin_to_open().await?;
        page.element("#shell textarea").await?.click().await?;
        page.insert("- T1 Early bird @owns(nest/**) ~10m").await?;
        slow_down(page, 0).await?;
        page.until("the program is there", "!document.getElementById('shell')").await?;
        page.planned().await?;
        assert_eq!(page.text().await?, "- T1 Early bird @owns(nest/**) ~10m");
        assert_eq!(page.phases().await?, [["T1"]]);
        Ok(())
    });
}

/// Limits the network to this many bytes per second; 0 removes the limit.
async fn slow_down(page: &Page, throughput: u32) -> Outcome<Value> {
    let limit = if throughput == 0 { -1 } else { i64::from(throughput) };
    page.devtools("Network.enable", json!({})).await?;
    page.devtools(
        "Network.emulateNetworkConditions",
        json!({ "offline": false, "latency": 0, "downloadThroughput": limit, "uploadThroughput": limit }),
    )
    .await
}
