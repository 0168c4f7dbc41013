//! Reads `--flag`, `--name VALUE` and `--name=VALUE` from a command's arguments.

use crate::Result;

/// The arguments that have not been read yet.
pub struct Options {
    rest: Vec<String>,
}

impl Options {
    /// Starts with all arguments after the command's name.
    pub fn new(arguments: Vec<String>) -> Options {
        let mut rest = Vec::new();
        for argument in arguments {
            match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => {
                    rest.extend([name.to_owned(), value.to_owned()]);
                }
                _ => rest.push(argument),
            }
        }
        Options { rest }
    }

    /// Whether `name` was given. Removes it.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|argument| argument != name);
        self.rest.len() != before
    }

    /// The values of every `name VALUE`. Removes them.
    pub fn values(&mut self, name: &str) -> Result<Vec<String>> {
        let mut values = Vec::new();
        while let Some(at) = self.rest.iter().position(|argument| argument == name) {
            self.rest.remove(at);
            if at == self.rest.len() {
                return Err(format!("`{name}` needs a value after it."));
            }
            values.push(self.rest.remove(at));
        }
        Ok(values)
    }

    /// Refuses the remaining arguments.
    pub fn finish(self, help: &str) -> Result<()> {
        match self.rest.first() {
            None => Ok(()),
            Some(argument) => Err(format!("`{argument}` is not an option here.\n\n{help}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(line: &str) -> Options {
        Options::new(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn values_are_read_in_both_spellings() {
        let mut options = options("--only a --keep-going --only=b");
        assert_eq!(options.values("--only").unwrap(), ["a", "b"]);
        assert!(options.flag("--keep-going"));
        assert!(!options.flag("--keep-going"));
        assert!(options.finish("").is_ok());
    }

    #[test]
    fn missing_value_and_unknown_option_are_refused() {
        assert!(options("--only").values("--only").is_err());
        assert!(options("--wrong").finish("").unwrap_err().contains("--wrong"));
    }
}
