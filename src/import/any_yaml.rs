//! Any YAML with a list of things that look like tasks. It is read as the same JSON would be.

use serde_json::Value;

use super::any_json;
use super::error::repeated;
use super::yaml::{Content, Node};
use super::{Certainty, File, Format, ImportError, Imported};

/// YAML of no format that is known by name.
pub static FORMAT: Format = Format {
    id: "any-yaml",
    name: "YAML with tasks",
    description: "Any YAML with a list of things that have an id or a title, and the same fields as JSON.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let Some(root) = root(files) else { return of_damaged(files) };
    match any_json::looks(&root.value(), "it is YAML, and has a list of objects") {
        Certainty::No if is_settings(root) => {
            Certainty::Possible("it is YAML with maps inside of maps".to_owned())
        }
        Certainty::No if files[0].has_yaml_name() => Certainty::Possible(NAMED_SO.to_owned()),
        certainty => certainty,
    }
}

const NAMED_SO: &str = "its name ends like that of YAML";

/// How sure it is that a file is YAML that can't be read, which is then refused with the reason. Nobody
/// calls a list in words so, and no words are nested beyond the limits.
fn of_damaged(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    match file.yaml() {
        _ if file.front_matter().is_some() => Certainty::No,
        Some(Err(_)) if file.has_yaml_name() => Certainty::Likely(NAMED_SO.to_owned()),
        Some(Err(damage)) if damage.is_limit => {
            Certainty::Likely("it is YAML, larger or deeper than is read".to_owned())
        }
        _ => Certainty::No,
    }
}

fn root(files: &[File]) -> Option<&Node> {
    let [file] = files else { return None };
    // Markdown with front matter is a document of its own.
    if file.front_matter().is_some() {
        return None;
    }
    file.yaml()?.as_ref().ok()
}

/// Whether it has a map inside of a map, which no list of tasks in words has.
fn is_settings(root: &Node) -> bool {
    let is_name = |key: &str| !key.is_empty() && !key.contains(char::is_whitespace);
    let is_map = |node: &Node| {
        matches!(node.content, Content::Map(_)) && node.fields().iter().all(|(key, _)| is_name(key))
    };
    root.fields().iter().any(|(key, node)| is_name(key) && is_map(node))
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    match file.yaml() {
        Some(Ok(root)) => {
            let value: Value = root.value();
            any_json::read_value(&value, &FORMAT).ok_or_else(|| {
                ImportError::new(
                    "This looks like YAML, but it has no list of tasks. A task there has an id or a title.",
                )
            })
        }
        Some(Err(damage)) if damage.is_limit => Err(ImportError::new(format!(
            "This YAML is too much to read at line {}: {}. Write the tasks out, or paste them as text.",
            damage.line,
            repeated(&damage.message)
        ))),
        Some(Err(damage)) => Err(ImportError::new(format!(
            "This YAML is broken at line {}: {}. Repair it there, or paste the tasks as text.",
            damage.line,
            repeated(&damage.message)
        ))),
        None => Err(ImportError::new("This is not YAML.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::import;
    use crate::import::tests::shown;

    #[test]
    fn a_file_named_as_yaml_that_can_not_be_read_is_never_a_list_of_lines() {
        let mut explosion = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for at in 1..40 {
            let copies = vec![format!("*a{}", at - 1); 9].join(",");
            explosion += &format!("a{at}: &a{at} [{copies}]\n");
        }
        let deep = format!("tasks: {}{}", "[".repeat(10_000), "]".repeat(10_000));
        let deeper: String = (1..300).map(|at| format!("{}-\n", " ".repeat(at))).collect();
        let deeper = format!("tasks:\n{deeper}");
        let itself = "tasks: &a\n  - *a\n";
        let torn = "tasks:\n  - {id: 1, title: A\n";
        for (text, part) in [
            (&*explosion, "too many"),
            (&deep, "nested too deeply"),
            (&deeper, "nested too deeply"),
            (itself, "has no list of tasks"),
            (torn, "broken at line"),
            ("name: Shop\n", "has no list of tasks"),
        ] {
            let error = import(text.as_bytes(), Some("plan.yaml")).expect_err("it is no plan");
            assert!(error.message.contains(part), "{}", error.message);
        }
        // Without a name only what no words would be.
        for text in [&*explosion, &deep, &deeper] {
            assert!(import(text.as_bytes(), None).is_err());
        }
        assert!(import(b"Login: add a form\nCart: - add a page\n", None).is_ok());
    }

    #[test]
    fn tasks_are_read_with_synonyms() {
        let text = "tasks:\n  - id: store\n    title: Store carts\n    owns: [server/cart/**]\n  - id: page\n    \
                    title: Cart page\n    depends_on: [store]\n    write_set: [web/cart/**]\n";
        let expected = "YAML with tasks\nstore todo Store carts = server/cart/**\n\
                        page todo Cart page = web/cart/** < store\n";
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn a_list_at_the_top_and_numbers_with_zeros_are_read() {
        let text = "# plan\n- id: 007\n  title: A\n  status: done\n- id: 008\n  title: B\n  deps: 007\n";
        assert!(
            shown(text).starts_with("YAML with tasks\n007 done A\n008 todo B < 007\n"),
            "{}",
            shown(text)
        );
    }

    #[test]
    fn settings_are_refused_and_words_stay_plan_text() {
        let settings = "services:\n  web:\n    image: x\n    ports: [80]\n";
        assert!(
            shown(settings).contains("looks like YAML, but it has no list of tasks"),
            "{}",
            shown(settings)
        );
        for text in [
            "Tasks:\n- Add login\n- Add cart\n",
            "Add login: now\n",
            "- Back end: add login\n- Page: show it\n",
        ] {
            assert!(!shown(text).contains("YAML"), "{text}: {}", shown(text));
        }
    }

    #[test]
    fn broken_yaml_is_refused_with_a_line() {
        let error = read(&[File::new("", "tasks:\n  - id: a\n   title: b\n")]).expect_err("broken");
        assert!(error.message.starts_with("This YAML is broken at line"), "{}", error.message);
    }
}
