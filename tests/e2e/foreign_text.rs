//! Text by strangers remains text: none of their markup takes effect in any view.

use crate::journey::{Outcome, journey};
use crate::page::Page;

/// Known injections, each of which would call the canary.
const MARKUP: [&str; 40] = [
    "<img src=x onerror=window.hacked=1>",
    "\"><script>window.hacked=1</script>",
    "<svg onload=window.hacked=1>",
    "javascript:window.hacked=1",
    "</textarea><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "<ScRiPt>window.hacked=1</sCrIpT>",
    "<script src=data:text/javascript,window.hacked=1></script>",
    "<body onpageshow=window.hacked=1>",
    "<details open ontoggle=window.hacked=1>",
    "<video><source onerror=window.hacked=1></video>",
    "<input autofocus onfocus=window.hacked=1>",
    "<select autofocus onfocus=window.hacked=1>",
    "<a href=javascript:window.hacked=1>press</a>",
    "<a href='java&#x09;script:window.hacked=1'>press</a>",
    "<form action=javascript:window.hacked=1><button>press</button></form>",
    "<button formaction=javascript:window.hacked=1>press</button>",
    "<math><mi xlink:href=javascript:window.hacked=1>x</mi></math>",
    "<svg><script>window.hacked=1</script></svg>",
    "<svg><animate onbegin=window.hacked=1 attributeName=x dur=1s>",
    "<svg><use href=data:image/svg+xml,x></use></svg>",
    "<svg><foreignObject><script>window.hacked=1</script></foreignObject></svg>",
    "<object data=javascript:window.hacked=1></object>",
    "<embed src=javascript:window.hacked=1>",
    "<meta http-equiv=refresh content='0;url=javascript:window.hacked=1'>",
    "<base href=javascript:window.hacked=1//>",
    "<link rel=stylesheet href=data:text/css,x>",
    "<style>@import 'data:text/css,x'</style>",
    "<style>*{animation:x 1s}</style><p onanimationstart=window.hacked=1>",
    "<template><script>window.hacked=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.hacked=1>'>",
    "<!--><img src=x onerror=window.hacked=1>-->",
    "<![CDATA[<img src=x onerror=window.hacked=1>]]>",
    "&lt;img src=x onerror=window.hacked=1&gt;",
    "'-window.hacked=1-'",
    "${window.hacked=1}",
    "{{constructor.constructor('window.hacked=1')()}}",
    "\\u003cimg src=x onerror=window.hacked=1\\u003e",
    "+ADw-script+AD4-window.hacked=1+ADw-/script+AD4-",
    "<xss contenteditable onfocus=window.hacked=1 autofocus tabindex=1>",
    "[press](javascript:window.hacked=1)",
];

/// Names that scripts look up on the document, the window and every object.
const NAMES: [&str; 24] = [
    "shell",
    "stopped",
    "starting",
    "documents",
    "open-menu",
    "file-input",
    "mark",
    "location",
    "history",
    "cookie",
    "forms",
    "body",
    "head",
    "getElementById",
    "querySelector",
    "constructor",
    "__proto__",
    "prototype",
    "toString",
    "hasOwnProperty",
    "currentScript",
    "defaultView",
    "self",
    "top",
];

#[test]
fn markup_in_any_field_stays_text() {
    let tasks = MARKUP.iter().enumerate().map(|(number, markup)| {
        format!(
            "- T{} {markup} @owns(\"src/{}\", shared/**) @agent(\"{}\") ~10m\n  {markup}\n",
            number + 1,
            markup.replace(['"', '(', ')'], ""),
            markup.replace(['"', '(', ')'], "")
        )
    });
    let plan = format!("# {}\n\n## {}\n{}", MARKUP[0], MARKUP[1], tasks.collect::<String>());
    journey(async |page| {
        page.write(&plan).await?;
        assert!(!page.problems().await?.is_empty());
        nothing_is_lost(page, &plan).await?;
        for view in ["tab-phases", "tab-timeline", "tab-outline"] {
            page.click(view).await?;
            nothing_came_alive(page).await?;
        }
        page.element("[data-test=outline-task][data-task=T1]").await?.click().await?;
        page.click("tab-task").await?;
        nothing_came_alive(page).await?;
        page.click("tab-table").await?;
        page.part("row").await?;
        nothing_came_alive(page).await?;
        page.click("export").await?;
        page.part("preview").await?;
        nothing_came_alive(page).await?;
        page.click("close-dialog").await?;
        page.click("share").await?;
        let link = page.part("share-link").await?.value().await?.unwrap_or_default();
        nothing_came_alive(page).await?;
        page.click("close-dialog").await?;
        page.saved("Saved on this device").await?;
        page.open_shelf().await?;
        nothing_came_alive(page).await?;
        page.click("close-dialog").await?;
        page.driver.goto(&link).await?;
        page.driver.refresh().await?;
        page.part("banner").await?;
        page.planned().await?;
        nothing_came_alive(page).await?;
        page.click("edit-copy").await?;
        page.until("it is one's own", "!document.querySelector('[data-test=banner]')").await?;
        page.drop_file("<img src=x onerror=window.hacked=1>.json", "{", 0).await?;
        page.notice().await?;
        nothing_came_alive(page).await
    });
}

/// Every title is in the outline as written.
async fn nothing_is_lost(page: &Page, plan: &str) -> Outcome {
    page.click("tab-outline").await?;
    page.part("outline-task").await?;
    let shown =
        page.script("return document.querySelector('[data-test=outline]').textContent;", vec![]).await?;
    let shown = shown.as_str().unwrap_or_default().to_owned();
    let tasks = phaseplan::text::parse(plan).plan.tasks;
    for title in tasks.iter().map(|task| &task.title) {
        assert!(shown.contains(title.as_str()), "{title} is not in {shown}");
    }
    Ok(())
}

#[test]
fn names_of_tasks_do_not_become_names_of_elements() {
    const NAMED: &str = "return [...document.querySelectorAll('[id], [name], [for], [form]')] \
        .flatMap(element => ['id', 'name', 'for', 'form'].map(name => element.getAttribute(name)));";
    let tasks = NAMES.iter().map(|name| format!("- {name} @owns({name}/**) @agent({name}) ~10m\n"));
    let with_ids = NAMES.iter().map(|name| format!("{{\"id\": \"{name}\", \"title\": \"{name}\"}}"));
    let json =
        format!("{{\"format\": \"phaseplan/1\", \"tasks\": [{}]}}", with_ids.collect::<Vec<_>>().join(","));
    let text = tasks.collect::<String>();
    journey(async |page| {
        for plan in [text.as_str(), json.as_str()] {
            page.click("tab-text").await?;
            page.paste(plan).await?;
            for view in ["tab-phases", "tab-timeline", "tab-outline", "tab-table", "tab-task"] {
                page.click(view).await?;
                page.settle().await?;
                let named: Vec<Option<String>> = serde_json::from_value(page.script(NAMED, vec![]).await?)?;
                let own = ["shell", "stopped", "starting", "documents", "open-menu", "file-input", "mark"];
                for name in NAMES.iter().filter(|name| !own.contains(name)) {
                    assert!(!named.contains(&Some((*name).to_owned())), "{name} in {view}");
                }
                for name in own {
                    assert!(
                        named.iter().filter(|id| id.as_deref() == Some(name)).count() <= 1,
                        "{name} in {view}"
                    );
                }
            }
            let intact = page
                .script(
                    "return ({}).hacked === undefined && document.forms.length >= 0 \
                && typeof document.getElementById === 'function' && location.href.startsWith('http');",
                    vec![],
                )
                .await?;
            assert_eq!(intact, true);
        }
        assert!(page.status().await?.contains("24"), "{}", page.status().await?);
        Ok(())
    });
}

async fn nothing_came_alive(page: &Page) -> Outcome {
    let alive = page
        .script(
            "if (window.hacked) return 'a script ran'; const found = document.querySelector('body img, body \
             iframe, body script, body style, body object, body embed, body meta, body base, body link, \
             [onerror], [onload], [onfocus], [ontoggle], [onbegin], [formaction]'); const link = \
             document.querySelector('a[href^=\"javascript:\"]'); return (found ?? link)?.outerHTML ?? null;",
            vec![],
        )
        .await?;
    if alive.is_null() { Ok(()) } else { Err(format!("text became markup: {alive}").into()) }
}

#[test]
fn the_browser_refuses_to_make_markup_of_text() {
    journey(async |page| {
        let script = "const tries = [() => { document.createElement('p').innerHTML = '<b>bold</b>'; }, () => \
            new Worker('./other.js'), () => { document.createElement('script').src = './boot.js'; }]; return \
            tries.map(act => { try { act(); return true; } catch { return false; } });";
        let came_through = page.script(script, vec![]).await?;
        assert_eq!(came_through, serde_json::json!([false, false, false]));
        let said = page.driver.browser_log().await?;
        // Each once for the policy of the page, and once for that of the header.
        assert_eq!(said.iter().filter(|entry| entry.message.contains("Trusted")).count(), 6, "{said:?}");
        Ok(())
    });
}
