//! The same plan gives the same bytes natively and in a browser engine.
//!
//! Both sides compute digests of all results of the fixtures. The native side writes its digests to
//! `PHASEPLAN_DIGESTS_TO`; `cargo xtask test` compiles them into the browser side, which compares.

use phaseplan::advice::risk::risk;
use phaseplan::events::Digest;
use phaseplan::export::{EXPORTS, Options};
use phaseplan::schedule::{Budget, Previous};
use phaseplan::search::{Job, work_on_bytes};
use phaseplan::{Report, share, text};

const PLANS: [(&str, &str); 1] = [("storefront", include_str!("fixtures/plans/storefront.md"))];

/// A word per plan and format: `plan/format=digest`.
fn digests() -> Vec<String> {
    let mut digests = Vec::new();
    for (name, source) in PLANS {
        let parsed = text::parse(source);
        let problems = format!("{:?}", parsed.problems);
        let report = Report::new(parsed.plan, &Budget::default());
        digests.push(format!("{name}/text={}", Digest::of(problems.as_bytes())));
        digests.push(format!("{name}/report={}", Digest::of(format!("{report:?}").as_bytes())));
        for export in EXPORTS {
            let written = (export.render)(&report, &Options::default()).preview();
            digests.push(format!("{name}/{}={}", export.id, Digest::of(written.as_bytes())));
        }
    }
    let refused = format!("{:?}", share::open(ANNOUNCES_MORE_THAN_32_BITS).map(|_| ()));
    digests.push(format!("link={}", Digest::of(refused.as_bytes())));
    let ranged = Report::new(text::parse(RANGED).plan, &Budget::default());
    let drawn = format!("{:?}", risk(&ranged, 11));
    digests.push(format!("risk={}", Digest::of(drawn.as_bytes())));
    let messages = searched(TANGLED);
    digests.extend(messages.iter().map(|message| format!("search={}", Digest::of(message))));
    digests
}

/// A link that announces 2²⁴ blocks of 256 bytes, which is 0 in 32 bits.
const ANNOUNCES_MORE_THAN_32_BITS: &str = "1.p.m.umz25i.gICACFVVVVVVVVVVVVVVVQe";

/// Tasks whose estimates have ranges, so that minutes are drawn.
const RANGED: &str = "- T1 a @owns(a) ~10m..20m..120m\n- T2 b @owns(b) ~5m..30m..40m\n- T3 c @owns(c) @after(T1) \
                      ~9m..10m..70m\n";

/// Tasks with so many dependencies and conflicts that a few steps prove nothing.
const TANGLED: &str = include_str!("fixtures/plans/tangled.md");

const STAGES: [u64; 2] = [500, 5_000];

/// Every message of the search worker, in encoded form.
fn searched(source: &str) -> Vec<Vec<u8>> {
    let plan = text::parse(source).plan;
    let (previous, stages) = (Previous::default(), STAGES.to_vec());
    let (shown, repairs) = (None, Vec::new());
    let job = Job {
        files: Vec::new(),
        importing: Vec::new(),
        generation: 1,
        plan,
        previous,
        stages,
        seed: 1,
        shown,
        keeps_shown: false,
        with_figures: false,
        repairs,
    };
    let job = serde_json::to_vec(&job).expect("a job can be written");
    let mut messages = Vec::new();
    work_on_bytes(&job, &mut |message| messages.push(message.to_vec()));
    messages
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn what_the_searching_worker_sends_is_what_the_scheduler_finds_in_so_many_steps() {
    use phaseplan::schedule::schedule_until;
    use phaseplan::search::{Message, SearchEvent};

    let report = Report::new(text::parse(TANGLED).plan, &Budget::default());
    let messages = searched(TANGLED);
    let found =
        messages.iter().filter_map(|message| match serde_json::from_slice::<Message>(message).ok()?.event {
            SearchEvent::Found(found) => Some(*found),
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
