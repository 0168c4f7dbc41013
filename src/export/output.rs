//! The output of an export: one text, or files for a folder.

use crate::relative_path;

/// The output of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// One text.
    Text(String),
    /// Files of a folder, each with a path that stays inside it.
    Files(Vec<File>),
    /// Files of a folder that are used one after another. The first can be used alone.
    InTurn(Vec<File>),
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative to the output folder, with `/` between names.
    pub path: String,
    /// The content.
    pub text: String,
}

impl Output {
    /// The output as one text for a preview. Of a set of files, it shows each path followed by its text.
    pub fn preview(&self) -> String {
        match self {
            Output::Text(text) => text.clone(),
            Output::InTurn(files) if files.len() == 1 => files[0].text.clone(),
            Output::Files(files) | Output::InTurn(files) => {
                let shown = files.iter().map(|file| format!("── {}\n{}", file.path, file.text.trim_end()));
                shown.collect::<Vec<_>>().join("\n\n") + "\n"
            }
        }
    }

    /// The files to write; a single text becomes a file with this name. Refuses paths that lead out of the
    /// folder, because file names may come from the plan.
    ///
    /// # Errors
    ///
    /// If a path leads out of the folder; the sentence names it.
    pub fn into_files(self, name: &str) -> Result<Vec<File>, String> {
        let files = match self {
            Output::Text(text) => vec![File { path: name.to_owned(), text }],
            Output::Files(files) | Output::InTurn(files) => files,
        };
        match files.iter().find(|file| !relative_path::is_inside(&file.path)) {
            Some(file) => {
                Err(format!("`{}` would be written outside the folder, so nothing was written.", file.path))
            }
            None => Ok(files),
        }
    }
}

/// The title of a plan, reduced to characters that every file system accepts, with the extension of a format.
pub fn file_name(title: &str, extension: &str) -> String {
    let letters = title.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let name: String = letters.take(60).collect::<String>().to_ascii_lowercase();
    let name = name.trim_matches('-');
    [if name.is_empty() { "plan" } else { name }, extension].concat()
}

/// The ASCII letters and digits of a text, with a hyphen for whatever stands between.
pub fn hyphenated(text: &str) -> String {
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// The title of a plan as a name that programs take: at most 40 small letters, digits and hyphens.
pub fn plain_name(title: &str) -> String {
    let name: String = hyphenated(&file_name(title, "")).to_lowercase().chars().take(40).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "plan".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Output {
        let file = |path: &&str| File { path: (*path).to_owned(), text: "text\n".to_owned() };
        Output::Files(paths.iter().map(file).collect())
    }

    #[test]
    fn a_text_is_a_file_with_the_name_of_the_plan() {
        let name = file_name("Sign-in & carts", ".prompt.md");
        assert_eq!(name, "sign-in---carts.prompt.md");
        assert_eq!(file_name("…", ".md"), "plan.md");
        let expected = File { path: name.clone(), text: "a".to_owned() };
        assert_eq!(Output::Text("a".to_owned()).into_files(&name), Ok(vec![expected]));
    }

    #[test]
    fn no_file_leaves_the_folder() {
        assert_eq!(files(&["run.md", "phases/1.md"]).into_files("").map(|files| files.len()), Ok(2));
        for path in ["../run.md", "/run.md", "a/../../run.md", "C:\\run.md"] {
            let refused = files(&["run.md", path]).into_files("").expect_err("it leads out");
            assert!(refused.contains(path), "{refused}");
        }
    }

    #[test]
    fn a_set_of_files_is_previewed_one_after_another() {
        assert_eq!(files(&["a.md", "b/c.md"]).preview(), "── a.md\ntext\n\n── b/c.md\ntext\n");
    }
}
