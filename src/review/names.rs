//! Names that people give themselves. Nobody checks them, so at least those that look alike are told apart.

use crate::hidden::is_unseen;

/// Whether a name holds characters that can't be seen or that turn the direction of writing.
pub fn hidden(name: &str) -> bool {
    name.chars().any(is_unseen)
}

/// Whether two different names may be taken for one another: they differ only in case, space, or letters of other scripts
/// that look the same.
pub fn look_alike(a: &str, b: &str) -> bool {
    a != b && skeleton(a) == skeleton(b)
}

/// What a name looks like: after Unicode Technical Standard 39, for the letters that matter most.
fn skeleton(name: &str) -> String {
    let seen = name.chars().filter(|letter| !letter.is_whitespace() && !is_unseen(*letter));
    seen.flat_map(char::to_lowercase).map(plain).collect()
}

fn plain(letter: char) -> char {
    match letter {
        'а' | 'α' | 'ɑ' => 'a',
        'в' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'ё' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' | 'l' | '1' | '|' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'н' => 'h',
        'о' | 'ο' | '0' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ѡ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike() {
        for (a, b, expected) in [
            ("Ada", "Ada", false),
            ("Ada", "Аda", true),
            ("Ada", "ADA", true),
            ("Paul", "Pau1", true),
            ("Ada", "Adam", false),
            ("Ada", "A da", true),
        ] {
            assert_eq!(look_alike(a, b), expected, "{a} {b}");
        }
        assert!(hidden("Ada\u{202e}") && hidden("A\u{200b}da") && !hidden("Ada Ł. 漢字"));
    }
}
