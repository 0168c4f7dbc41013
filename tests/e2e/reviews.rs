//! A team reviews a plan through links only: statements travel in copied and pasted texts.

use std::time::{Duration, Instant};

use phaseplan::review::{Anchor, Body, Event, Field, Statement};
use phaseplan::share;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::accessibility;
use crate::journey::{Outcome, journey, journey_of, journey_with_faults};
use crate::page::Page;

const PLAN: &str =
    "# Shop\n\n- T1 One @owns(a/**) ~20m\n- T2 Two @owns(b/**) ~20m\n- T3 Three @owns(c/**) @after(T1) ~5m";

/// The selector of a form, by its name.
fn form(name: &str) -> String {
    format!("[data-form=\"{name}\"]")
}

/// Fills in a form, opening it if necessary, and submits it with the button of this action.
async fn fill(page: &Page, form: &str, parts: &[(&str, &str)], act: &str) -> Outcome {
    open(page, form).await?;
    for (part, text) in parts {
        write(page, &format!("{form} [data-part={part}]"), text).await?;
    }
    page.element(&format!("{form} [data-say={act}]")).await?.click().await?;
    Ok(())
}

async fn open(page: &Page, form: &str) -> Outcome {
    page.element(&format!("{form} > summary")).await?;
    let closed = format!("!document.querySelector({form:?}).open");
    if page.script(&format!("return {closed};"), vec![]).await? == json!(true) {
        page.element(&format!("{form} > summary")).await?.click().await?;
    }
    Ok(())
}

async fn write(page: &Page, field: &str, text: &str) -> Outcome {
    page.element(field).await?.click().await?;
    page.press_with(&[Key::Control], 'a').await?;
    page.insert(text).await
}

/// The text of the review, without relative times and the last received statements.
async fn review(page: &Page) -> Outcome<String> {
    page.click("tab-review").await?;
    page.part("review").await?;
    let script = "const review = document.querySelector('[data-test=review]').cloneNode(true); \
        review.querySelectorAll('small, [data-test=arrived], .reply').forEach(part => part.remove()); \
        return review.textContent;";
    Ok(page.script(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

async fn reviewed(page: &Page, words: &str) -> Outcome {
    let says = "document.querySelector('[data-test=review]')?.textContent.includes";
    page.until(&format!("the review says “{words}”"), &format!("{says}({words:?})")).await
}

async fn follow(page: &Page, link: &str) -> Outcome {
    page.driver.goto(link).await?;
    page.part("banner").await?;
    page.planned().await
}

async fn reply(page: &Page) -> Outcome<String> {
    page.click("tab-review").await?;
    page.click("copy-reply").await?;
    reviewed(page, "Copy again").await?;
    page.clipboard().await
}

async fn add(page: &Page, replies: &str, result: &str) -> Outcome {
    page.click("tab-review").await?;
    open(page, &form("replies")).await?;
    let field = format!("{} textarea", form("replies"));
    write(page, &field, replies).await?;
    page.click("receive").await?;
    reviewed(page, result).await
}

/// Checks that a comparison with the approved revision shows only the suggestion; ends it.
async fn says_what_was_accepted(page: &Page) -> Outcome {
    page.part("comparing").await?;
    let changes = "[...document.querySelectorAll('[data-test=change]')].map(change => change.textContent)";
    page.until(
        "only the accepted change is listed",
        &format!("(all => all.length === 1 && /T2/.test(all[0]) && /b\\/src/.test(all[0]))({changes})"),
    )
    .await?;
    page.click("end-comparison").await
}

/// Runs a review by an author and two reviewers, whose replies arrive in this order. Returns the author's
/// review after the replies.
async fn design_review(pages: &[Page], order: [usize; 2]) -> Outcome<String> {
    let [author, first, second] = pages else { return Err("three people are needed".into()) };
    author.write(PLAN).await?;
    let link = author.link().await?;
    assert_eq!(author.link().await?, link, "the same plan gives the same link");

    follow(first, &link).await?;
    first.element("[data-test=task-card][data-task=T2]").await?.click().await?;
    let on_task = "[data-test=comment-on-task]";
    fill(first, on_task, &[("text", "Who tests it?"), ("name", "Ben")], "comment").await?;
    let on_field = "[data-test=on-field][data-on=owns]";
    let parts = [("text", "The sources are enough."), ("value", "b/src/**")];
    fill(first, on_field, &parts, "suggest").await?;
    first.until("both are there", "document.querySelectorAll('[data-test=thread]').length === 2").await?;

    follow(second, &link).await?;
    second.click("tab-review").await?;
    fill(second, &form("plan"), &[("text", "Well cut."), ("name", "Cid")], "comment").await?;
    reviewed(second, "Well cut.").await?;
    fill(second, &form("verdict"), &[("text", "Go.")], "approve").await?;
    reviewed(second, "Cid approves this revision").await?;

    let replies = [reply(first).await?, reply(second).await?];
    for (number, at) in order.into_iter().enumerate() {
        let message = format!("Hello,\n> {}\nbye", replies[at]);
        add(author, &message, "2 new, 0 already here").await?;
        add(author, &message, "0 new, 2 already here").await?;
        author
            .until(
                "the tab counts",
                &format!(
                    "document.querySelector('[data-test=tab-review] .count').textContent === '{}'",
                    [[2, 3], [1, 3]][order[0]][number]
                ),
            )
            .await?;
    }
    let shown = review(author).await?;

    fill(author, &form("name"), &[("name", "Ada")], "name").await?;
    author.click("accept").await?;
    reviewed(author, "Cid approved an earlier revision — 1 task changed: T2").await?;
    author.planned().await?;
    assert!(author.text().await?.contains("T2 Two @owns(b/src/**)"), "{}", author.text().await?);
    author.click("undo").await?;
    author
        .until(
            "accepting is one step",
            &format!("document.querySelector('[data-test=text]').value === {PLAN:?}"),
        )
        .await?;
    author.click("redo").await?;
    reviewed(author, "Cid approved an earlier revision").await?;
    author.click("compare-revision").await?;
    says_what_was_accepted(author).await?;
    let next = author.link().await?;
    assert_ne!(next, link);
    // The second round: the reviewer sees the new plan, still has the statements, and approves again.
    follow(second, &next).await?;
    second.click("tab-review").await?;
    reviewed(second, "Cid approved an earlier revision").await?;
    // The reviewer's browser never stored the plan, but the first link still contains it.
    second.click("compare-revision").await?;
    write(second, "[data-test=compare-paste]", &link).await?;
    second.click("compare-pasted").await?;
    says_what_was_accepted(second).await?;
    second.click("tab-review").await?;
    fill(second, &form("verdict"), &[("text", "Still fine.")], "approve").await?;
    reviewed(second, "Cid approves this revision").await?;
    add(author, &reply(second).await?, "1 new, 0 already here").await?;
    reviewed(author, "Cid approves this revision").await?;
    Ok(shown)
}

#[test]
fn three_people_review_a_plan_through_links_alone_in_either_order() {
    let shown = [[0, 1], [1, 0]].map(|order| {
        let mut shown = String::new();
        journey_of(3, async |pages| {
            shown = design_review(pages, order).await?;
            Ok(())
        });
        // Each plan has a unique id, and therefore a unique revision.
        let (before, after) = shown.split_once("Revision ").expect("it names the revision");
        [before, after.split_once(':').expect("a colon follows").1].concat()
    });
    assert!(shown[0].contains("Who tests it?") && shown[0].contains("Well cut."), "{}", shown[0]);
    assert_eq!(shown[0], shown[1]);
}

#[test]
fn a_reviewer_loses_nothing_by_a_reload_and_no_work_of_their_own_by_a_link() {
    journey(async |page| {
        page.write(PLAN).await?;
        let link = page.link().await?;
        page.click("open").await?;
        page.click("new-plan").await?;
        page.until("another plan is open", "!document.querySelector('[data-test=text]').value").await?;
        page.write("- T1 Mine @owns(m) ~5m").await?;
        follow(page, &link).await?;
        page.click("tab-review").await?;
        fill(page, &form("plan"), &[("text", "Kept."), ("name", "Ben")], "comment").await?;
        reviewed(page, "Kept.").await?;
        open(page, &form("verdict")).await?;
        write(page, &format!("{} textarea", form("verdict")), "Half a sentence").await?;
        let drafted = |form: &str| {
            format!("document.querySelector({:?})?.value === 'Half a sentence'", format!("{form} textarea"))
        };
        // Switches to other tabs of the pane and to other tasks.
        page.click("tab-problems").await?;
        page.element("[data-test=task-card][data-task=T2]").await?.click().await?;
        page.part("task-review").await?;
        page.click("tab-review").await?;
        page.until("the draft is there", &drafted(&form("verdict"))).await?;
        page.driver.refresh().await?;
        page.part("banner").await?;
        page.click("tab-review").await?;
        reviewed(page, "Kept.").await?;
        reviewed(page, "Copy reply: 1 comment").await?;
        page.until("the draft outlives a reload", &drafted(&form("verdict"))).await?;
        page.element(&format!("{} [data-say=request-changes]", form("verdict"))).await?.click().await?;
        reviewed(page, "Ben requests changes to this revision").await?;
        accessibility::check(page, "a review").await?;
        page.click("leave-link").await?;
        page.until("the own plan is back", "!document.querySelector('[data-test=banner]')").await?;
        let mut texts = page.stored_texts().await?;
        texts.sort();
        assert_eq!(texts, [PLAN, "- T1 Mine @owns(m) ~5m"], "nothing of one's own was touched");
        Ok(())
    });
}

#[test]
fn replies_are_taken_in_where_links_are_pasted_and_opened() {
    journey_of(2, async |pages| {
        let [author, reviewer] = pages else { return Err("two people are needed".into()) };
        author.write(PLAN).await?;
        follow(reviewer, &author.link().await?).await?;
        reviewer.click("tab-review").await?;
        fill(reviewer, &form("plan"), &[("text", "Well cut."), ("name", "Ben")], "comment").await?;
        reviewed(reviewer, "Well cut.").await?;
        let link = reply(reviewer).await?;
        author.paste(&format!("Look: {link}")).await?;
        reviewed(author, "1 new, 0 already here").await?;
        assert_eq!(author.text().await?, PLAN, "pasting a reply writes nothing into the text");
        author.driver.goto(&link).await?;
        reviewed(author, "0 new, 1 already here").await?;
        author.saved("Saved on this device").await?;
        // If another plan is open, the message names the plan of the reply.
        author.click("open").await?;
        author.click("new-plan").await?;
        author.until("another plan is open", "!document.querySelector('[data-test=text]').value").await?;
        author.write("- T1 Other @owns(o) ~5m").await?;
        author.paste(&link).await?;
        reviewed(author, "another plan on this device, Shop").await?;
        assert_eq!(author.text().await?, "- T1 Other @owns(o) ~5m");
        Ok(())
    });
}

#[test]
fn two_tabs_lose_no_statement() {
    journey(async |page| {
        page.write(PLAN).await?;
        let link = page.link().await?;
        follow(page, &link).await?;
        page.click("tab-review").await?;
        fill(page, &form("plan"), &[("text", "From the first."), ("name", "Ben")], "comment").await?;
        reviewed(page, "From the first.").await?;
        let first = page.driver.window().await?;
        let second = page.driver.new_tab().await?;
        page.driver.switch_to_window(second.clone()).await?;
        page.prepare().await?;
        follow(page, &link).await?;
        page.click("tab-review").await?;
        reviewed(page, "From the first.").await?;
        fill(page, &form("plan"), &[("text", "From the second.")], "comment").await?;
        reviewed(page, "From the second.").await?;
        page.driver.switch_to_window(first).await?;
        reviewed(page, "From the second.").await?;
        let stored = page.stored("reviews").await?;
        assert_eq!(stored.values().filter(|event| event.contains("From the ")).count(), 2, "{stored:?}");
        page.driver.switch_to_window(second).await?;
        page.driver.close_window().await?;
        page.driver.switch_to_window(page.driver.windows().await?.remove(0)).await?;
        Ok(())
    });
}

#[test]
fn storage_that_takes_nothing_keeps_statements_in_the_tab_and_says_so() {
    journey_with_faults(&["refused"], async |page| {
        page.write(PLAN).await?;
        page.click("tab-review").await?;
        fill(page, &form("plan"), &[("text", "In memory."), ("name", "Ben")], "comment").await?;
        reviewed(page, "In memory.").await?;
        reviewed(
            page,
            "Your comments are in this tab only: this browser doesn't allow this page to store \
            data",
        )
        .await?;
        // Opens another plan and returns.
        page.click("open").await?;
        page.click("new-plan").await?;
        page.until("another plan is open", "!document.querySelector('[data-test=text]').value").await?;
        page.open_shelf().await?;
        page.element("[data-test=document]").await?.click().await?;
        page.planned().await?;
        page.click("tab-review").await?;
        reviewed(page, "In memory.").await?;
        Ok(())
    });
}

#[test]
fn names_of_the_page_and_markup_are_only_text_in_a_review() {
    const NAMES: [&str; 8] =
        ["body", "forms", "__proto__", "constructor", "text", "act", "attributes", "documentElement"];
    let tasks: String =
        NAMES.iter().map(|name| format!("- @id({name}) {name} @owns({name}/**) ~5m\n")).collect();
    journey(async |page| {
        page.write(&format!("# body\n\n{tasks}")).await?;
        for name in NAMES {
            page.click("tab-outline").await?;
            page.element(&format!("[data-test=outline-task][data-task={name}]")).await?.click().await?;
            page.click("tab-task").await?;
            let on_task = format!("[data-test=comment-on-task][data-task={name}]");
            page.element(&on_task).await?;
            let words = format!("<img src=x onerror=window.hacked=1> on {name} \u{202e}x");
            let mut parts = vec![("text", words.as_str())];
            if name == NAMES[0] {
                parts.push(("name", "__proto__"));
            }
            fill(page, &on_task, &parts, "comment").await?;
            page.until(
                "it is there",
                &format!("document.querySelector('[data-test=task][data-task={name}] [data-test=thread]')"),
            )
            .await?;
        }
        page.click("tab-review").await?;
        reviewed(page, "on documentElement U+202Ex").await?;
        page.until("each is a thread", "document.querySelectorAll('[data-test=thread]').length === 8")
            .await?;
        let alive = page
            .script("return Boolean(window.hacked || document.querySelector('body img'));", vec![])
            .await?;
        assert_eq!(alive, Value::Bool(false));
        let link = reply(page).await?;
        add(page, &link, "0 new, 8 already here").await?;
        page.click("review-events").await?;
        let events = String::from_utf8(page.downloaded("reviews.jsonl").await?)?;
        assert_eq!(events.lines().count(), 8);
        // Tasks have marks, with words for screen readers.
        page.click("tab-outline").await?;
        let row = page.element("[data-test=outline-task][data-task=body]").await?;
        assert!(row.text().await?.contains('1'));
        assert!(row.inner_html().await?.contains("1 open thread"));
        Ok(())
    });
}

#[test]
fn a_phone_and_the_keyboard_reach_the_whole_review() {
    journey(async |page| {
        page.write(PLAN).await?;
        page.element("[data-test=task-card][data-task=T2]").await?.click().await?;
        page.press("c").await?;
        page.until(
            "the caret is in the form",
            "document.activeElement.matches('[data-test=comment-on-task] textarea')",
        )
        .await?;
        page.insert("By keyboard.").await?;
        page.press(Key::Tab).await?;
        page.insert("Ada").await?;
        page.press_with(&[Key::Control], Key::Enter).await?;
        page.until("it was said", "document.querySelector('[data-test=task-review] [data-test=thread]')")
            .await?;
        page.until(
            "the focus stays there",
            "document.activeElement.matches('[data-test=comment-on-task] summary')",
        )
        .await?;
        accessibility::check(page, "a task with a thread").await?;
        page.resize(390, 844).await?;
        page.click("close-task").await?;
        for theme in ["light", "dark"] {
            page.prefer_theme(theme).await?;
            page.click("pane-review").await?;
            reviewed(page, "By keyboard.").await?;
            page.settle().await?;
            accessibility::check(page, "a review on a phone").await?;
            let wide =
                page.script("return document.documentElement.scrollWidth > innerWidth;", vec![]).await?;
            assert_eq!(wide, Value::Bool(false), "nothing is wider than the phone");
        }
        page.click("resolve").await?;
        reviewed(page, "1 resolved").await?;
        Ok(())
    });
}

/// A review file with this many comments on one plan.
fn many_comments(link: &str, count: u64) -> Outcome<String> {
    let opened = share::open(link)?;
    let on = Anchor::at(&opened.plan, Some(&"T1".into()), Some(Field::Owns), "").ok_or("T1 is there")?;
    let comment = |number: u64| {
        let body = Body::Comment { on: on.clone(), text: format!("Comment {number}") };
        let (plan, revision) = (opened.plan.id.clone(), opened.revision.unwrap_or_default());
        let author = format!("Reviewer {}", number % 7);
        Event::new(Statement { plan, revision, author, clock: 1, time: number, body }).to_json() + "\n"
    };
    Ok((0..count).map(comment).collect())
}

#[test]
fn ten_thousand_comments_neither_hang_nor_get_lost() {
    journey(async |page| {
        page.write(PLAN).await?;
        let file = many_comments(&page.link().await?, 10_000)?;
        let start = Instant::now();
        page.drop_file("reviews.jsonl", &file, 0).await?;
        reviewed(page, "10000 new, 0 already here").await?;
        println!("10,000 comments are shown after {:.1} s", start.elapsed().as_secs_f64());
        reviewed(page, "Show 50 more of 9950").await?;
        page.until("few are drawn", "document.querySelectorAll('[data-test=thread]').length === 50").await?;
        page.element("[data-test=review] [data-act=more]").await?.click().await?;
        page.until("more are drawn", "document.querySelectorAll('[data-test=thread]').length === 100")
            .await?;
        // Typing still works with so many comments.
        let start = Instant::now();
        page.write(&format!("{PLAN}\n- T4 Four @owns(d/**) ~5m")).await?;
        println!("the plan was there {:.1} s after typing", start.elapsed().as_secs_f64());
        assert!(start.elapsed() < Duration::from_secs(5), "typing took {:?}", start.elapsed());
        page.saved("Saved on this device").await?;
        let mut stored = 0;
        for _ in 0..100 {
            stored = page.stored("reviews").await?.len();
            if stored > 10_000 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        // One event records that the plan was shared, and another that a statement was made here.
        assert_eq!(stored, 10_002);
        page.open().await?;
        // A newly opened plan shows its problems, whatever tab was open before.
        page.planned().await?;
        page.click("tab-review").await?;
        reviewed(page, "Show 50 more of 9950").await?;
        Ok(())
    });
}

#[test]
fn an_author_is_ignored_on_this_device_and_heard_again() {
    journey(async |page| {
        page.write(PLAN).await?;
        let file = many_comments(&page.link().await?, 7)?;
        page.drop_file("reviews.jsonl", &file, 0).await?;
        reviewed(page, "7 new, 0 already here").await?;
        let shown = "document.querySelectorAll('[data-test=thread]').length";
        page.until("all are shown", &format!("{shown} === 7")).await?;
        page.element("[data-test=thread] .earlier > summary").await?.click().await?;
        page.element("[data-test=thread] [data-say=ignore-author]").await?.click().await?;
        reviewed(page, "Ignored").await?;
        page.until("one is left out", &format!("{shown} === 6")).await?;
        accessibility::check(page, "a review with an ignored author").await?;
        page.saved("Saved on this device").await?;
        page.open().await?;
        page.planned().await?;
        page.click("tab-review").await?;
        page.until("it still is after a reload", &format!("{shown} === 6")).await?;
        page.element("[data-test=ignored] [data-say=ignore-author]").await?.click().await?;
        page.until("it is back", &format!("{shown} === 7")).await?;
        Ok(())
    });
}
