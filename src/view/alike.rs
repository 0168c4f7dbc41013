//! Titles that begin alike. Cut off at the end, they would look the same, so they are cut in the middle.

/// The fewest letters in common that count as a common beginning.
const ALIKE: usize = 8;

/// The letters kept of the common beginning.
const KEPT: usize = 7;

/// For each title, the number of letters that another title begins with too, back to the start of a word; 0 if
/// it is few. Time: O(n log n) comparisons of titles.
pub fn differs_at(titles: &[&str]) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..titles.len()).collect();
    sorted.sort_unstable_by_key(|&title| (titles[title], title));
    let mut differs = vec![0; titles.len()];
    for pair in sorted.windows(2) {
        let common = common_beginning(titles[pair[0]], titles[pair[1]]);
        for &title in pair {
            differs[title] = differs[title].max(common);
        }
    }
    differs.iter_mut().filter(|common| **common < ALIKE).for_each(|common| *common = 0);
    differs
}

/// The letters that both begin with, up to the start of the word in which they differ. 0 for equal titles,
/// which nothing tells apart.
fn common_beginning(one: &str, other: &str) -> usize {
    if one == other {
        return 0;
    }
    let equal = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let is_boundary = |letter: char| !letter.is_alphanumeric();
    let beginning: Vec<char> = one.chars().take(equal).collect();
    beginning.iter().rposition(|&letter| is_boundary(letter)).map_or(0, |at| at + 1)
}

/// The title in so many letters. If the part that differs from other titles would not be seen, letters before
/// it are left out; else the title is as it is, and cut off by the page where it ends.
pub fn cut(title: &str, differs_at: usize, letters: usize) -> String {
    let count = title.chars().count();
    let room = letters.saturating_sub(KEPT + 1);
    if count <= letters || differs_at < KEPT + 2 || differs_at + 6 <= letters || room < 6 {
        return title.to_owned();
    }
    let start: String = title.chars().take(KEPT).collect();
    let end: String =
        title.chars().skip(differs_at.min(count.saturating_sub(room).max(differs_at))).collect();
    [start.trim_end(), "…", &end].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(titles: &[&str], letters: usize, expected: &[&str]) {
        let differs = differs_at(titles);
        let cut: Vec<String> =
            titles.iter().zip(differs).map(|(title, differs)| cut(title, differs, letters)).collect();
        assert_eq!(cut, expected);
    }

    #[test]
    fn titles_that_begin_alike_are_cut_in_the_middle() {
        check(
            &["Migrate module accounts", "Migrate module billing", "Write the docs of all modules"],
            18,
            &["Migrate…accounts", "Migrate…billing", "Write the docs of all modules"],
        );
    }

    #[test]
    fn what_fits_is_not_cut() {
        let titles = ["Migrate module accounts", "Migrate module billing", ""];
        check(&titles, 24, &titles);
    }

    #[test]
    fn equal_titles_and_short_beginnings_are_left_alone() {
        let titles =
            ["Create the table of users", "Create the table of users", "Cut it here and there again"];
        check(&titles, 16, &titles);
    }

    #[test]
    fn the_cut_is_at_the_start_of_a_word() {
        check(
            &["Create tool/generate_api.sh", "Create tool/generate_app.sh"],
            20,
            &["Create…api.sh", "Create…app.sh"],
        );
        check(&["Überprüfe Maße Süd", "Überprüfe Maße Öst"], 17, &["Überprü…Süd", "Überprü…Öst"]);
    }
}
