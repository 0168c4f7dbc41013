//! The worked example in `docs/advice.md` is what the program says.

use phaseplan::advice::work_left::WorkLeft;
use phaseplan::advice::{Advice, Circumstances, MethodId, advise, cost, tokens};
use phaseplan::evidence::Evidence;
use phaseplan::schedule::Budget;
use phaseplan::{Report, text};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/advice.md");
    std::fs::read_to_string(path).expect("the page is there")
}

/// The plan in the page.
fn report(page: &str) -> Report {
    let (_, rest) = page.split_once("```plan\n").expect("a plan");
    let (plan, _) = rest.split_once("```").expect("its end");
    Report::new(text::parse(plan).plan, &Budget::default())
}

/// Rows of all tables of the page that begin with a word, without that word and without separators of thousands.
fn rows(page: &str, first: &str) -> Vec<Vec<f64>> {
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = page.lines().filter(|line| line.starts_with('|')).map(cells).filter(|row| row[0] == first);
    let number =
        |cell: &String| cell.replace(',', "").parse().unwrap_or_else(|_| panic!("{cell} is no number"));
    rows.map(|row| row[1..].iter().map(number).collect()).collect()
}

fn figures(advice: &Advice, id: MethodId) -> [f64; 3] {
    let found = advice.methods.iter().find(|method| method.id == id).and_then(|method| method.figures);
    let found = found.expect("it is possible");
    [
        (found.minutes * 10.0).round() / 10.0,
        (found.cost.expect("a price") * 100.0).round() / 100.0,
        found.context.round(),
    ]
}

#[test]
fn the_result_is_what_the_program_says() {
    let page = page();
    let advice = advise(&report(&page), &Circumstances::default());
    for (name, id) in [("direct", MethodId::Direct), ("agents", MethodId::Agents)] {
        assert_eq!(rows(&page, name), [figures(&advice, id)], "{name}");
    }
    assert!(page.contains(&format!("> {}", advice.answer)), "{}", advice.answer);
    for method in [MethodId::Calls, MethodId::Pool, MethodId::Batch] {
        let found = advice.methods.iter().find(|found| found.id == method);
        assert!(found.is_some_and(|found| found.figures.is_none()), "{method:?}");
    }
}

#[test]
fn the_steps_are_what_the_program_counts() {
    let page = page();
    let report = report(&page);
    let left = WorkLeft { report: &report };
    let mut all = 0.0;
    for (at, task) in report.plan.tasks.iter().enumerate() {
        let minutes = f64::from(report.plan.minutes_of(task));
        let work = tokens::work(&Evidence::default(), task, minutes);
        let dollars = cost::of_agent(left, at, work).expect("a price");
        let dollars = (dollars * 10_000.0).round() / 10_000.0;
        all += dollars;
        let expected = [vec![minutes, work.turns, work.read, work.written, work.grows], vec![dollars]];
        assert_eq!(rows(&page, task.id.as_str()), expected, "{}", task.id);
    }
    assert!((all - figures(&advise(&report, &Circumstances::default()), MethodId::Agents)[1]).abs() < 0.005);
}
