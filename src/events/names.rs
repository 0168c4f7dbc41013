//! Names that authors enter. They are not verified, but names that look alike can be detected.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::accents::composed;
use crate::hidden::is_unseen;

/// A name as it is written into events: one form of Unicode (NFC), however it was typed.
pub fn normal(name: &str) -> String {
    composed(name.trim()).into_owned()
}

/// Whether a name contains invisible characters, or characters that change the writing direction.
pub fn hidden(name: &str) -> bool {
    name.chars().any(is_unseen)
}

/// Groups of different names that can be confused: they differ only in case, spaces, accents, or letters that
/// look the same. Each group and the groups are sorted. Time: O(n log n).
pub fn look_alikes<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Vec<String>> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names {
        groups.entry(skeleton(name)).or_default().push(name);
    }
    let sorted = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.dedup();
        (names.len() > 1).then(|| names.into_iter().map(str::to_owned).collect())
    };
    let mut groups: Vec<Vec<String>> = groups.into_values().filter_map(sorted).collect();
    groups.sort_unstable();
    groups
}

/// A key that is equal for names that look alike: like the skeleton of Unicode Technical Standard 39, but
/// without case and accents, and with a table of the letters of names only.
fn skeleton(name: &str) -> String {
    let mut skeleton = String::new();
    for letter in name.nfkd().filter(|letter| !is_blank(*letter)) {
        // A capital may look like a letter that its small form doesn't look like.
        for small in plain(letter).to_lowercase().map(plain) {
            match small {
                'm' => skeleton.push_str("rn"),
                'w' => skeleton.push_str("vv"),
                _ => skeleton.push(small),
            }
        }
    }
    skeleton
}

/// Whether a character leaves no mark of its own between letters.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || is_unseen(letter)
        || is_combining_mark(letter)
        // A filler and a place for an object, which are visible characters to Unicode.
        || matches!(letter, '\u{16fe4}' | '\u{fffc}')
}

/// Latin letters, each with letters of other scripts that look like it, small or capital.
const LIKE: &[(char, &str)] = &[
    ('a', "аαɑᴀᎪꓮⲁ"),
    ('b', "вΒβʙᏴꓐьƄ"),
    ('c', "сϲᴄᏟꓚⲥ"),
    ('d', "ԁɗᴅꓓᎠ"),
    ('e', "еεєҽᴇᎬꓰⲉ℮"),
    ('f', "ϝꓝքғ"),
    ('g', "ɡցᏀꓖ"),
    ('h', "һнհʜΗᎻꓧ"),
    ('i', "lіιıɩӏᎥꓲⲓ1|∣ǀւլ"),
    ('j', "јϳյȷᎫꓙ"),
    ('k', "кκᴋᏦꓗⲕ"),
    ('l', "ʟᏞꓡ"),
    ('m', "мΜᴍᎷꓟⲙ"),
    ('n', "ոռΝηпɴꓠ"),
    ('o', "оοօσᴏꓳⲟ0०০୦๐໐〇"),
    ('p', "рρᴘᏢꓑⲣ"),
    ('q', "ԛզգ"),
    ('r', "гʀᎡꓣ"),
    ('s', "ѕςտꜱᏚꓢƽ"),
    ('t', "тτᴛᎢꓔⲧ"),
    ('u', "υμսᴜʋꓴ"),
    ('v', "νѵᴠᏙꓦ"),
    ('w', "ԝѡաᴡᎳꓪω"),
    ('x', "хχꓫⲭ"),
    ('y', "уΥγүʏꓬⲩ"),
    ('z', "ᴢζᏃꓜⲍ"),
];

/// The Latin letter that looks like this one; the letter itself if there is none.
fn plain(letter: char) -> char {
    static PLAIN: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
        LIKE.iter().flat_map(|(latin, others)| others.chars().map(|other| (other, *latin))).collect()
    });
    PLAIN.get(&letter).copied().unwrap_or(letter)
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
            ("Ben", "Eve", false),
            ("李", "王", false),
            ("★", "☆", false),
        ] {
            assert_eq!(look_alikes([a, b]).len() == 1, expected, "{a} {b}");
        }
        assert!(hidden("Ada\u{202e}") && hidden("A\u{200b}da") && !hidden("Ada Ł. 漢字"));
    }

    #[test]
    fn names_of_other_scripts_and_forms_look_alike() {
        for (a, b) in [
            ("José", "Jose\u{301}"),
            ("Ada", "Ａｄａ"),
            ("Ada", "𝐀𝐝𝐚"),
            ("Ada", "Ada\u{2800}"),
            ("Ada", "A\u{1d159}da"),
            ("Ada", "Ada\u{3164}"),
            ("Ada", "Adạ"),
            ("Son", "Տօո"),
            ("Rose", "Ꭱose"),
            ("Tom", "Τοm"),
            ("Petra", "Реtrа"),
            ("Igor", "lgor"),
            ("Maria", "rnaria"),
            ("William", "VVilliam"),
            ("Nikos", "Νίκος"),
            ("Ida", "Ӏda"),
            ("Ada  B", "Ada\u{a0}B"),
        ] {
            assert_eq!(look_alikes([a, b]).len(), 1, "{a} {b}");
        }
    }

    #[test]
    fn many_other_names_hide_no_group() {
        let others: Vec<String> = (0..5_000).map(|number| format!("!{number:05}")).collect();
        let names = others.iter().map(String::as_str).chain(["Аda", "Ada"]);
        assert!(look_alikes(names).contains(&vec!["Ada".to_owned(), "Аda".to_owned()]));
    }
}
