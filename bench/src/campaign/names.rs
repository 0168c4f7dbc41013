//! Names of every kind by an attacker: one normal form on every way in, nothing hidden survives, and what is analysed is
//! what the screen and the exports show.

use phaseplan::Plan;
use phaseplan::analysis::{Field, Ownership};
use phaseplan::document::Document;
use phaseplan::export::{EXPORTS, Options};
use phaseplan::glob::FileSet;
use phaseplan::hidden;
use phaseplan::import;
use phaseplan::import::plan_json::from_json;
use phaseplan::plan::Task;
use phaseplan::plan::normal::normalise;
use phaseplan::protocol::{Answer, Content, DocumentRequest, ViewRequest};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use phaseplan::session::Session;
use phaseplan::share::{self, Contents};
use phaseplan::text::{Spelling, parse, print};
use phaseplan::view::{Markup, Showing};
use serde_json::Value;

use super::Tally;
use super::chance::Chance;
use super::hostile::plan_file;
use super::text::is_normal;

/// Tests one plan on every way in and out, a text with such names, and two patterns that look alike.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let raw = chance.hostile_plan();
    let file = plan_file(&raw)?;
    let imported = tally.timed(|| import::import(file.as_bytes(), None)).map_err(|error| error.message)?;
    let plan = imported.plan;
    one_form(&plan, &file, tally)?;
    references_follow(&raw, &plan)?;
    shows_what_it_means(&plan, tally)?;
    drawn(&print(&plan, Spelling::Typing), chance, tally)?;
    let typed = typed(chance);
    is_clean(&parse(&typed).plan, &typed)?;
    one_form(&parse(&typed).plan, &typed, tally)?;
    drawn(&typed, chance, tally)?;
    twins(chance, tally)
}

/// The plan is in normal form, hides nothing, and is the same after every way out and in.
fn one_form(plan: &Plan, source: &str, tally: &mut Tally) -> Result<(), String> {
    is_clean(plan, source)?;
    let other = |way: &str| format!("{way} made another plan of {source:?}");
    for spelling in [Spelling::Typing, Spelling::Document] {
        let printed = print(plan, spelling);
        if let Some(numbers) = hidden::numbers(&printed) {
            return Err(format!("{numbers} in {printed:?}"));
        }
        if parse(&printed).plan != *plan {
            return Err(other("its text"));
        }
        if Document::from_text(printed.clone()).plan() != plan {
            return Err(other("the document of its text"));
        }
    }
    let value = serde_json::to_value(plan).map_err(|error| error.to_string())?;
    if from_json(&value).map(|(plan, _)| plan).as_ref() != Ok(plan) {
        return Err(other("its JSON"));
    }
    let file = plan_file(plan)?;
    let imported = import::import(file.as_bytes(), None).map_err(|error| error.message)?;
    if imported.plan != *plan || !imported.notes.is_empty() {
        return Err(other("its file"));
    }
    let link = share::link(plan, Contents::Full).map_err(|error| error.to_string())?;
    match share::open(&link.at("https://plans.example/")) {
        Ok(opened) if opened.plan == *plan => {}
        _ => return Err(other("its link")),
    }
    tally.count("plans were the same as text, document, JSON, file and link");
    Ok(())
}

/// In normal form, and without a hidden character in any text or name.
fn is_clean(plan: &Plan, source: &str) -> Result<(), String> {
    is_normal(plan, source)?;
    let value = serde_json::to_value(plan).map_err(|error| error.to_string())?;
    let mut open = vec![&value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => hides_nothing(text, source)?,
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => {
                for (name, value) in fields {
                    hides_nothing(name, source)?;
                    open.push(value);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn hides_nothing(text: &str, source: &str) -> Result<(), String> {
    let found = hidden::numbers(text);
    found.map_or(Ok(()), |numbers| Err(format!("{numbers} is in {text:?} of {source:?}")))
}

/// Whoever waits for a name waits for the task of that name, unless an id became another's.
fn references_follow(raw: &Plan, plan: &Plan) -> Result<(), String> {
    let alone = |written: &Task| {
        let mut plan = Plan { tasks: vec![written.clone()], ..Plan::default() };
        let got_one = normalise(&mut plan).iter().any(|change| change.sentence.contains("had no id"));
        (!got_one).then(|| plan.tasks.swap_remove(0).id)
    };
    let mut pairs = raw.tasks.iter().zip(&plan.tasks);
    if pairs.any(|(written, read)| alone(written).as_ref() != Some(&read.id)) {
        return Ok(());
    }
    for (written, read) in raw.tasks.iter().zip(&plan.tasks) {
        for id in written.after.iter().filter(|id| !hidden::visible(&id.0).trim().is_empty()) {
            let Some(at) = raw.tasks.iter().position(|task| task.id == *id) else { continue };
            let named = &plan.tasks[at].id;
            if *named != read.id && !read.after.contains(named) {
                return Err(format!("{} does not wait for {named} any more: {raw:?}", read.id));
            }
        }
    }
    Ok(())
}

/// The lists of files in a prompt, read as an agent reads them, are the files that were analysed; and no export hides
/// anything.
fn shows_what_it_means(plan: &Plan, tally: &mut Tally) -> Result<(), String> {
    let report = Report::new(plan.clone(), &Budget { steps: 50, ..Budget::default() });
    for export in EXPORTS {
        let text = tally.timed(|| (export.render)(&report, &Options::default()).preview());
        if let Some(numbers) = hidden::numbers(&text) {
            return Err(format!("{numbers} is in the export {} of {plan:?}", export.id));
        }
        if export.id == "prompt" {
            lists_are_meant(&report, &text, tally)?;
        }
    }
    tally.count("plans were exported in every format, and nothing was hidden");
    Ok(())
}

fn lists_are_meant(report: &Report, prompt: &str, tally: &mut Tally) -> Result<(), String> {
    let mut seen = report.plan.clone();
    let mut is_listed = vec![false; seen.tasks.len()];
    let mut owner = None;
    let mut is_list = false;
    for line in prompt.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            let id = spans(heading).concat();
            owner = seen.tasks.iter().position(|task| task.id.as_str() == id);
        } else if line.starts_with("You own these files.") {
            is_list = true;
            if let Some(owner) = owner {
                is_listed[owner] = true;
                seen.tasks[owner].owns.clear();
            }
        } else if is_list && let (Some(entry), Some(owner)) = (line.strip_prefix("- "), owner) {
            let (included, excluded) = entry.split_once(", but not ").unwrap_or((entry, ""));
            let (included, excluded) =
                if entry.starts_with("excluded: ") { ("", entry) } else { (included, excluded) };
            let list = &mut seen.tasks[owner].owns;
            list.extend(spans(included));
            list.extend(spans(excluded).into_iter().map(|path| format!("!{path}")));
        } else {
            is_list = false;
        }
    }
    let seen = Ownership::of(&seen);
    let meant = &report.analysis.ownership;
    let same = |one: &FileSet, other: &FileSet| {
        one.includes().iter().all(|member| {
            let alone = FileSet::parse(&[member.pattern.as_str()]).0;
            one.overlap(&alone).is_none_or(|overlap| other.matches(&overlap.witness))
        })
    };
    for (at, _) in is_listed.iter().enumerate().filter(|(_, listed)| **listed) {
        let (one, other) = (&seen.owns[at], &meant.owns[at]);
        if !same(one, other) || !same(other, one) {
            let texts = |set: &FileSet| -> Vec<String> {
                set.members().map(|member| member.pattern.as_str().to_owned()).collect()
            };
            return Err(format!("the prompt lists {:?}, analysed were {:?}", texts(one), texts(other)));
        }
        tally.count("lists of files in prompts were those that were analysed");
    }
    Ok(())
}

/// The texts of the code spans of a line.
fn spans(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let ticks = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let behind = &rest[at + ticks..];
        let close = behind.match_indices('`').map(|(start, _)| start).find(|&start| {
            let run = behind[start..].len() - behind[start..].trim_start_matches('`').len();
            run == ticks && !behind[..start].ends_with('`')
        });
        let Some(close) = close else { break };
        let text = &behind[..close];
        let inner = text.strip_prefix(' ').and_then(|text| text.strip_suffix(' '));
        found.push(
            inner
                .filter(|inner| inner.is_empty() || inner.starts_with('`') || inner.ends_with('`'))
                .unwrap_or(text)
                .to_owned(),
        );
        rest = &behind[close + ticks..];
    }
    found
}

/// Every view of a text: nothing is hidden in it, and the forms have the files as the plan does.
fn drawn(text: &str, chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let mut session = Session::default();
    session.answer(DocumentRequest::Open { opening: 1, content: Content::Text(text.to_owned()) });
    session.answer(DocumentRequest::Plan);
    let plan = parse(text).plan;
    let some = if plan.tasks.is_empty() { None } else { Some(chance.pick(&plan.tasks).id.clone()) };
    let mut views = vec![
        ViewRequest::Totals { is_limit_open: true },
        ViewRequest::Problems { current: None },
        ViewRequest::Table { rows: 100, selected: some.clone() },
        ViewRequest::Share { structure_only: false, page: "https://plans.example/".to_owned() },
        ViewRequest::Export { format: chance.below(EXPORTS.len()), part: String::new() },
        ViewRequest::Presentation { step: chance.below(9) },
        ViewRequest::Review { page: "https://plans.example/".to_owned(), rows: 10 },
    ];
    for showing in [Showing::Stage, Showing::Timeline, Showing::Outline, Showing::Brief] {
        views.push(ViewRequest::Reading { showing, selected: some.clone(), rows: 100 });
    }
    let forms = plan.tasks.iter().map(|task| ViewRequest::Task { id: Some(task.id.clone()), problem: None });
    views.extend(forms);
    for view in views {
        let name = format!("{view:?}");
        let of = if let ViewRequest::Task { id, .. } = &view { id.clone() } else { None };
        let Answer::Drawn { groups, .. } = session.answer(DocumentRequest::Draw(view)) else { continue };
        for element in elements(&groups.concat()) {
            for text in element.attributes.iter().map(|(_, value)| value).chain([&element.text, &element.key])
            {
                if let Some(numbers) = hidden::numbers(text) {
                    return Err(format!("{numbers} is drawn in {name}: {text:?} of {:?}", element.tag));
                }
            }
            let Some(task) = of.as_ref().and_then(|id| plan.task(id)) else { continue };
            let attribute =
                |name| element.attributes.iter().find(|(one, _)| *one == name).map(|(_, value)| value);
            for field in Field::ALL {
                if attribute("data-field").is_some_and(|one| one == field.name())
                    && attribute("value").is_some_and(|value| *value != field.of(task).join("\n"))
                {
                    return Err(format!(
                        "{name} shows {:?} instead of {:?}",
                        attribute("value"),
                        field.of(task)
                    ));
                }
            }
        }
        tally.count("views were drawn, and nothing was hidden");
    }
    Ok(())
}

/// All elements, without order.
fn elements(drawing: &[Markup]) -> Vec<Markup> {
    let mut all = Vec::new();
    let mut open = drawing.to_vec();
    while let Some(mut element) = open.pop() {
        open.append(&mut element.children);
        all.push(element);
    }
    all
}

/// Plan text with hostile names, as somebody else sends it.
fn typed(chance: &mut Chance) -> String {
    let mut text = format!("# {}\n> {}\n\n", chance.hostile(3), chance.hostile(2));
    for number in 0..chance.below(5) {
        let quoted = |chance: &mut Chance| chance.hostile_name().replace(['"', '\n'], "");
        text.push_str(&format!(
            "- T{number}{} {} @owns(\"{}\", \"{}\") @reads(\"{}\") @after(\"{}\") @uses({})\n  {}\n",
            chance.hostile(1),
            chance.hostile(2),
            quoted(chance),
            quoted(chance),
            quoted(chance),
            quoted(chance),
            quoted(chance),
            chance.hostile(5),
        ));
    }
    text
}

/// Two patterns that look alike are one: two tasks that own them are in conflict.
fn twins(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let shapes = ["src/auth/**", "docs/a b/*.md", "café/menu.rs", "lib/*/é b.ts"];
    let shape = *chance.pick(&shapes);
    let pair = [chance.hidden_in(shape), chance.hidden_in(shape)];
    let tasks =
        [0, 1].map(|at| serde_json::json!({"id": format!("T{at}"), "title": "x", "owns": [pair[at]]}));
    let file = serde_json::json!({"format": "phaseplan/1", "tasks": tasks}).to_string();
    let plan = import::import(file.as_bytes(), None).map_err(|error| error.message)?.plan;
    let report = Report::new(plan, &Budget { steps: 50, ..Budget::default() });
    if report.analysis.conflicts.len() != 1 {
        return Err(format!("{pair:?} look alike and are no conflict"));
    }
    tally.count("patterns that look alike were in conflict");
    Ok(())
}
