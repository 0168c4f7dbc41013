//! The same plan gives the same bytes natively and in a browser engine.
//!
//! Both sides digest everything that follows from the fixtures. The native side writes its digests where
//! `PHASEPLAN_DIGESTS_TO` says; `cargo xtask test` hands them to the compiler of the browser side, which compares.

use phaseplan::export::EXPORTERS;
use phaseplan::schedule::{Budget, Previous};
use phaseplan::search::{Job, work_on_bytes};
use phaseplan::{Report, text};

const PLANS: [(&str, &str); 1] = [("storefront", include_str!("fixtures/plans/storefront.md"))];

/// One word per plan and format: `plan/format=digest`.
fn digests() -> Vec<String> {
    let mut digests = Vec::new();
    for (name, source) in PLANS {
        let parsed = text::parse(source);
        let problems = format!("{:?}", parsed.problems);
        let report = Report::new(parsed.plan, &Budget::default());
        digests.push(format!("{name}/text={:016x}", fnv1a(problems.as_bytes())));
        digests.push(format!("{name}/report={:016x}", fnv1a(format!("{report:?}").as_bytes())));
        for exporter in EXPORTERS {
            digests.push(format!(
                "{name}/{}={:016x}",
                exporter.id(),
                fnv1a(exporter.render(&report).as_bytes())
            ));
        }
    }
    let news = searched(&tangled());
    digests.extend(news.iter().map(|message| format!("search={:016x}", fnv1a(message))));
    digests
}

/// Tasks that wait and collide so much that nothing is proved in a few steps.
fn tangled() -> String {
    let line = |task: usize| {
        let after = if task.is_multiple_of(3) && task > 6 {
            format!(" @after(T{})", task - 6)
        } else {
            String::new()
        };
        let (a, b, minutes) = (task * task % 11, task * 5 % 17, 5 + task * 13 % 41);
        format!("- T{task} Task @owns(a{a}, b{b}) ~{minutes}m{after}\n")
    };
    (1..=30).map(line).collect()
}

const STAGES: [u64; 2] = [500, 5_000];

/// Every message of the worker that searches, as it travels.
fn searched(source: &str) -> Vec<Vec<u8>> {
    let plan = text::parse(source).plan;
    let (previous, stages) = (Previous::default(), STAGES.to_vec());
    let job = Job { generation: 1, plan, previous, stages, seed: 1, shown: None, with_figures: false };
    let job = serde_json::to_vec(&job).expect("a job can be written");
    let mut news = Vec::new();
    work_on_bytes(&job, &mut |message| news.push(message.to_vec()));
    news
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo 1991).
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn what_the_searching_worker_tells_is_what_the_scheduler_finds_in_so_many_steps() {
    use phaseplan::schedule::schedule_until;
    use phaseplan::search::{Message, News};

    let report = Report::new(text::parse(&tangled()).plan, &Budget::default());
    let told = searched(&tangled());
    let found =
        told.iter().filter_map(|message| match serde_json::from_slice::<Message>(message).ok()?.news {
            News::Found(found) => Some(*found),
            _ => None,
        });
    let search = |steps| schedule_until(&report.plan, &report.analysis, 1, &mut Budget { steps, seed: 1 });
    assert_eq!(found.collect::<Vec<_>>(), STAGES.map(search));
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn digests_are_repeatable() {
    let digests = digests();
    assert_eq!(digests, self::digests());
    if let Some(path) = std::env::var_os("PHASEPLAN_DIGESTS_TO") {
        std::fs::write(path, digests.join(" ")).expect("the digests can be written");
    }
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
fn browser_gives_the_same_bytes_as_the_native_program() {
    let Some(native) = option_env!("PHASEPLAN_DIGESTS") else {
        panic!("run this through `cargo xtask test --only wasm-tests`, which knows the native digests");
    };
    let native: Vec<&str> = native.split(' ').collect();
    assert_eq!(digests(), native);
}
