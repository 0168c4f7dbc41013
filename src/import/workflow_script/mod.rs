//! Workflows of Claude Code: JavaScript that calls `agent`, `parallel`, `pipeline` and `phase`.
//!
//! The script is read and never run. Calls that follow each other wait for each other, branches of `parallel`
//! don't. What is put together while the script runs is not known; notes say where.

mod calls;
mod tokens;

use self::calls::Script;
use self::tokens::{Kind, tokens};
use super::{Certainty, File, Format, ImportError, Imported, only_text};

/// The format of `.claude/workflows/….js`.
pub static FORMAT: Format = Format {
    id: "claude-workflow",
    name: "Claude Code workflow",
    description: "A workflow of Claude Code: JavaScript whose `agent(…)` calls are tasks, also in \
        `parallel` and `pipeline`.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let Some((file, text)) = only_text(files) else { return Certainty::No };
    let is_named = [".js", ".mjs", ".cjs", ".ts"].iter().any(|end| file.path.ends_with(end));
    if !is_named && !looks_like_code(text) {
        return Certainty::No;
    }
    match calls_of_agents(text) {
        0 => Certainty::Likely("it is JavaScript".to_owned()),
        1 => Certainty::Sure("it is JavaScript that calls an agent".to_owned()),
        count => Certainty::Sure(format!("it is JavaScript that calls agents in {count} places")),
    }
}

/// Whether most lines with words begin or end as lines of JavaScript do, and one declares or imports something.
fn looks_like_code(text: &str) -> bool {
    const DECLARATIONS: [&str; 7] = ["const ", "let ", "var ", "function ", "async ", "export ", "import "];
    const STARTS: [&str; 6] = ["//", "await ", "return ", "phase(", "log(", "}"];
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(400);
    let declares = |line: &str| {
        DECLARATIONS.iter().any(|start| line.starts_with(start))
            && line.ends_with(['{', ';', '(', '[', ')', '}', '`', '\'', '"'])
            && line.contains(['=', '(', '{', '"', '\''])
    };
    let is_code = |line: &&str| {
        declares(line)
            || line.ends_with([';', '{', '}', '(', ','])
            || STARTS.iter().any(|start| line.starts_with(start))
    };
    lines().any(declares) && lines().filter(is_code).count() * 2 > lines().count()
}

fn calls_of_agents(text: &str) -> usize {
    let tokens = tokens(text);
    let calls = tokens.windows(2).filter(|pair| pair[0].kind == Kind::Word("agent") && pair[1].kind.is('('));
    calls.count()
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let text = file.text().map_err(ImportError::clone)?;
    let outline = Script::read(&tokens(text));
    if outline.items.is_empty() {
        return Err(ImportError::new(
            "This is code, not a plan: it calls no agent. Of JavaScript, only workflows of Claude Code are read, in \
             which each `agent(…)` is a task.",
        ));
    }
    Ok(outline.into_imported(&FORMAT))
}

#[cfg(test)]
mod tests {
    use crate::import::import;
    use crate::import::tests::{refusal, shown};
    use crate::plan::Parallel;

    const SHOP: &str = r#"
export const meta = {
  name: 'shop',
  description: 'Sell things.',
  phases: [{ title: 'Build', detail: 'in small steps', model: 'haiku' }, { title: 'Check' }, { title: 'Ship' }],
}
const RULES = 'Change nothing else.'
phase('Build')
const plan = await agent("Plan the cart in docs/plan.md", { label: "plan" }) // agent('no')
const [api, page] = await parallel([
  () => agent(`Write src/api.rs. ${plan}`, { label: 'api', schema: { type: 'object' }, isolation: 'worktree' }),
  async () => {
    await agent('Write src/page.rs. ' + RULES, { label: 'page', model: 'opus' })
    return agent('Write src/style.css', { label: 'style', agentType: 'designer' })
  },
])
phase('Check')
for (const file of [api, page]) {
  await agent('Review it', { label: 'review' })
}
"#;

    #[test]
    fn calls_become_tasks_in_their_order() {
        let shown = shown(SHOP);
        let tasks = "Claude Code workflow\n\
            plan todo plan = docs/plan.md (Build)\n\
            api todo api = src/api.rs < plan (Build)\n\
            page todo page = src/page.rs < plan (Build)\n\
            style todo style = src/style.css < page (Build)\n\
            review todo review < api style (Check)\n";
        assert!(shown.starts_with(tasks), "{shown}");
        for note in [
            "What api is told is put together while the script runs; ${…} stands for what is not known.",
            "review stands in a loop and is read as if it ran once.",
            "The phase Ship has no agents",
            "not read: “schema”",
        ] {
            assert!(shown.contains(note), "{note}: {shown}");
        }
        let imported = import(SHOP.as_bytes(), None).unwrap();
        assert_eq!(
            (imported.plan.title.as_str(), imported.plan.goal.as_str()),
            ("shop", "Sell things.\nBuild: in small steps")
        );
        let field = |id: &str| imported.plan.task(&id.into()).unwrap().clone();
        assert_eq!(
            (field("plan").model, field("page").model, field("style").agent),
            ("haiku".into(), "opus".into(), "designer".into())
        );
        assert!(field("page").instructions.contains("Change nothing else."));
        assert_eq!(field("api").unknown["isolation"], "worktree");
    }

    #[test]
    fn stages_follow_each_other_and_branches_that_share_files_are_found() {
        let text = "const a = await pipeline(all, (f) => agent('Sort src/a.rs'), (f) => agent('Test src/b.rs'));\n\
                    await Promise.all([agent('Fix src/c.rs'), agent('Extend src/c.rs')]);\n";
        let shown = shown(text);
        assert!(shown.contains("T2 todo Test src/b.rs = src/b.rs < T1\n"), "{shown}");
        assert!(
            shown.contains("T3 todo Fix src/c.rs = src/c.rs < T2\nT4 todo Extend src/c.rs = src/c.rs < T2\n"),
            "{shown}"
        );
        let plan = import(text.as_bytes(), None).expect("it is read").plan;
        let marked = plan.tasks.iter().filter(|task| task.parallel == Parallel::Claimed);
        assert_eq!(marked.map(|task| task.id.as_str()).collect::<Vec<_>>(), ["T3", "T4"]);
        assert!(shown.contains("T1 stands in a pipeline") || shown.contains("in a pipeline"), "{shown}");
    }

    #[test]
    fn other_javascript_is_refused_as_code() {
        let code = "import fs from 'fs';\n\nconst plan = fs.readFileSync('plan.md');\n\
            export function agents() {\n  return plan;\n}\n";
        assert!(refusal(code).starts_with("This is code, not a plan"), "{}", refusal(code));
        let prose = "Let agents (many) build it.\nImport the data, then call agent(1).\n";
        assert!(shown(prose).starts_with("plan text"), "{}", shown(prose));
    }

    #[test]
    fn options_that_another_bracket_closes_end_with_their_call() {
        let text = "const a = await agent('Write src/a.rs', {label: 'a')\nawait agent('Write src/b.rs', {)\n\
                    await agent('Write src/c.rs', {label: 'c', ])\nawait agent('Write src/d.rs', {label: 'd'})\n";
        let tasks = import(text.as_bytes(), None).expect("it is read").plan.tasks;
        let owns: Vec<&str> = tasks.iter().flat_map(|task| task.owns.iter().map(String::as_str)).collect();
        assert_eq!(owns, ["src/a.rs", "src/b.rs", "src/c.rs", "src/d.rs"]);
    }

    #[test]
    fn broken_scripts_end() {
        for text in [
            "const a = agent(",
            "const a = agent('x', {label: ",
            "export const meta = {phases: [{title: ",
            "const a = parallel([agent('x'",
        ] {
            let _ = shown(text);
        }
        let deep = format!("const a = {}agent('x')", "parallel([".repeat(50_000));
        assert!(shown(&deep).contains("T1 todo x"));
        let wide = format!("const a = 1;\n{}", "parallel([()=>agent('x'),()=>agent('y')]);\n".repeat(20_000));
        assert!(shown(&wide).contains("The file has 40000 tasks"));
    }
}
