//! What a text says a task does with each file that it names: creates, changes or only reads it.

use super::paths::{self, Shape};
use super::roles::{Role, Said, said};
use super::sentence::Sentence;
use super::words::{Token, is_one_of};

/// What a task does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It is not there before: "create src/a.rs", "src/a.rs (new)", "move src/b.rs to src/a.rs".
    Creates,
    /// It is there before: "add a route to src/a.rs", "extend src/a.rs".
    Changes,
    /// It is written, and perhaps new: "implement the cart in src/a.rs".
    Writes,
    /// The words do not say.
    Names,
    /// It is a source or a model: "like src/a.rs", "see src/a.rs".
    Reads,
}

/// A file that a text surely names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// The path in the spelling of a plan.
    pub path: String,
    /// What is done with it.
    pub deed: Deed,
}

/// Words for making a file that is not there.
const CREATING: &str = "bootstrap create creates creating scaffold scaffolds";

/// Words for changing what is there.
const CHANGING: &str = "adapt add adds adding adjust amend append change changes connect delete drop edit edits \
    enhance exclude expand export extend extends fix fixes hook include insert integrate modify modifies move \
    polish put refactor register remove rename replace rework switch teach tweak update updates wire";

/// Words for moving a file: the last path of the clause is where it goes.
const MOVING: &str = "move moves rename renames relocate";

/// Words between a verb and its object.
const FILLING: &str = "a an and at brand-new called component composable config configuration controller empty \
    file files first folder hook initial middleware migration minimal module named new own our page placeholder \
    script separate small store stub suite test tests the their this two util view";

/// Words before a file that is only referred to.
const REFERRING: &str = "about after before beside between by for of on than through unlike until without";

/// Words before "in" that say what is there already.
const BEING_THERE: &str = "already are as available declared defined described documented done exist existing \
    exists exported found implemented is listed lives located shown specified stored used was were";

/// Words that say what not to do.
const REFUSING: &str = "avoid can't cannot don't except instead leave neither never no not unless unlike without \
    don’t";

/// The files that a paragraph or a title surely names, in order: with a folder and an ending, or an ending
/// between backticks. Leaves out patterns, and files that it says to leave alone.
pub fn named_files(text: &str) -> Vec<NamedFile> {
    if !text.contains(['/', '`', '\\']) {
        return Vec::new();
    }
    let sentence = Sentence::read(text);
    if sentence.mentions.is_empty() {
        return Vec::new();
    }
    let said = said(&sentence);
    let reader = Reader { sentence: &sentence, said: &said };
    let mut named: Vec<NamedFile> = Vec::new();
    for index in 0..sentence.mentions.len() {
        let Some(deed) = reader.deed(index) else { continue };
        let path = &sentence.mentions[index].path;
        match named.iter_mut().find(|known| known.path == *path) {
            Some(known) => known.deed = stronger(known.deed, deed),
            None => named.push(NamedFile { path: path.clone(), deed }),
        }
    }
    named
}

/// The files that a command is given.
pub fn files_of_command(command: &str) -> Vec<NamedFile> {
    let words = command.split_whitespace().filter_map(|word| paths::recognise(word, false));
    let files = words.filter(|(path, shape)| *shape == Shape::File && is_one_file(path));
    files.map(|(path, _)| NamedFile { path, deed: Deed::Reads }).collect()
}

/// What the text says most clearly, if it names a file twice.
fn stronger(one: Deed, other: Deed) -> Deed {
    let order = [Deed::Creates, Deed::Changes, Deed::Writes, Deed::Names, Deed::Reads];
    order.into_iter().find(|deed| *deed == one || *deed == other).unwrap_or(one)
}

struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    said: &'a [Said],
}

impl Reader<'_> {
    /// `None` if the mention is not surely a file, or is to be left alone.
    fn deed(&self, index: usize) -> Option<Deed> {
        if !self.is_sure(index) || self.is_refused(index) {
            return None;
        }
        if self.is_called_new(index) {
            return Some(Deed::Creates);
        }
        if let Some(earlier) = self.said[index].listed_after
            && let Some(deed) = self.deed_said(earlier)
        {
            return Some(deed);
        }
        self.deed_said(index)
    }

    fn deed_said(&self, index: usize) -> Option<Deed> {
        let first = self.first_of_list(index);
        let at = self.sentence.mentions[first].at;
        Some(match self.said[first].role {
            Role::Described => return None,
            Role::Used => Deed::Reads,
            _ if self.is_referred_to(at) => Deed::Reads,
            Role::Unsaid => self.deed_of_clause(first).unwrap_or(Deed::Names),
            Role::Changed => self.deed_of_clause(first).unwrap_or(Deed::Writes),
        })
    }

    fn first_of_list(&self, mut index: usize) -> usize {
        while let Some(earlier) = self.said[index].listed_after {
            index = earlier;
        }
        index
    }

    fn is_sure(&self, index: usize) -> bool {
        let mention = &self.sentence.mentions[index];
        let is_code = matches!(self.sentence.tokens[mention.at], Token::Code(_));
        let is_file = match mention.shape {
            Shape::File => true,
            Shape::Name => is_code,
            Shape::Folder => self.has_before(mention.at, MOVING),
            Shape::PerhapsFolder => false,
        };
        is_file && is_one_file(&mention.path)
    }

    /// The tokens of the clause before a token, last first.
    fn before(&self, at: usize) -> impl Iterator<Item = (usize, &Token<'_>)> {
        let tokens = self.sentence.tokens[..at].iter().enumerate().rev();
        tokens.take_while(|(_, token)| **token != Token::Break)
    }

    fn has_before(&self, at: usize, list: &str) -> bool {
        self.before(at).any(|(_, token)| matches!(token, Token::Word(word) if is_one_of(word, list)))
    }

    fn is_refused(&self, index: usize) -> bool {
        self.has_before(self.sentence.mentions[index].at, REFUSING)
    }

    /// "`a.rs` (new)", "the new file a.rs".
    fn is_called_new(&self, index: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let at = self.sentence.mentions[index].at;
        let is_new = |token: &Token<'_>| matches!(token, Token::Word(word) if is_one_of(word, "new"));
        let is_marked = tokens.get(at + 1) == Some(&Token::Open) && tokens.get(at + 2).is_some_and(is_new);
        let mut words = self.before(at).map(|(_, token)| token);
        let is_filling = |token: &&Token<'_>| matches!(token, Token::Word(word) if is_one_of(word, FILLING) && !is_one_of(word, "new"));
        is_marked || words.find(|token| !is_filling(token)).is_some_and(is_new)
    }

    /// "tests for src/a.rs", "as in src/a.rs", "the cart is in src/a.rs".
    fn is_referred_to(&self, at: usize) -> bool {
        let mut words = self.before(at).map(|(_, token)| token).skip_while(
            |token| matches!(token, Token::Word(word) if is_one_of(word, FILLING) && !is_one_of(word, "at")),
        );
        match words.next() {
            Some(Token::Word(word)) if is_one_of(word, REFERRING) => true,
            Some(Token::Word(word)) if is_one_of(word, "at in inside under within") => {
                matches!(words.next(), Some(Token::Word(word)) if is_one_of(word, BEING_THERE))
            }
            _ => false,
        }
    }

    /// What the verb of the clause says, if it is one of creating or changing.
    fn deed_of_clause(&self, index: usize) -> Option<Deed> {
        let at = self.sentence.mentions[index].at;
        let is_moved = self.has_before(at, MOVING);
        if is_moved {
            let goes_to = matches!(self.before(at).next(), Some((_, Token::Word(word))) if is_one_of(word, "to into as"));
            return Some(if goes_to { Deed::Creates } else { Deed::Changes });
        }
        let mut is_direct = true;
        let mut preposition = "";
        for (_, token) in self.before(at) {
            match token {
                Token::Word(word) if is_one_of(word, CREATING) => return Some(Deed::Creates),
                Token::Word(word) if is_direct && is_one_of(word, "add adds introduce introduces") => {
                    return Some(Deed::Creates);
                }
                Token::Word(word) if is_one_of(word, CHANGING) => {
                    let is_addition =
                        is_one_of(word, "add adds adding") && is_one_of(preposition, "in under at");
                    return Some(if is_addition { Deed::Writes } else { Deed::Changes });
                }
                Token::Word(word) if is_one_of(word, FILLING) => {}
                Token::Word(word) => {
                    is_direct = false;
                    if preposition.is_empty() && is_one_of(word, "at from in inside into to under within") {
                        preposition = word;
                    }
                }
                Token::Open | Token::Close | Token::Code(_) => is_direct = false,
                Token::Joint | Token::Break => {}
            }
        }
        None
    }
}

/// Whether the path is one file or folder, not a pattern or a template.
fn is_one_file(path: &str) -> bool {
    !path.contains(['*', '{', '<', '$', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let named: Vec<String> =
            named_files(text).iter().map(|named| format!("{:?} {}", named.deed, named.path)).collect();
        assert_eq!(named.join(", "), expected, "{text}");
    }

    #[test]
    fn files_are_created_where_the_words_say_so() {
        check("Create b/page.html with the list", "Creates b/page.html");
        check("Create the User model in src/models/user.rs", "Creates src/models/user.rs");
        check("Add src/a.ts and src/b.ts", "Creates src/a.ts, Creates src/b.ts");
        check("Add the new file `src/a.ts`", "Creates src/a.ts");
        check("Serve it from src/a.ts (new)", "Creates src/a.ts");
        check("Introduce `src/a.ts`", "Creates src/a.ts");
        check("Scaffold the page in web/page.tsx", "Creates web/page.tsx");
        check("Move src/a.ts to src/b.ts", "Changes src/a.ts, Creates src/b.ts");
    }

    #[test]
    fn files_are_changed_where_the_words_say_so() {
        check("Add a button to b/page.html", "Changes b/page.html");
        check("Extend src/a.ts by a filter", "Changes src/a.ts");
        check(
            "Register the route in src/router.ts and add the type to `src/types.ts`",
            "Changes src/router.ts, Changes src/types.ts",
        );
        check(
            "Also pass the new `density` prop in `src/PopoverBody.tsx` so both look alike",
            "Writes src/PopoverBody.tsx",
        );
        check("Wire the cart into src/app.ts", "Changes src/app.ts");
        check("Implement the cart in src/cart.ts", "Writes src/cart.ts");
        check("Add a dependency in `package.json`", "Writes package.json");
    }

    #[test]
    fn models_and_sources_are_read() {
        check("Follow the pattern of src/a.ts", "Reads src/a.ts");
        check("Build it like src/a.ts, see `src/b.ts`", "Reads src/a.ts, Reads src/b.ts");
        check("Write tests for src/a.ts", "Reads src/a.ts");
        check("Use the types as in src/a.ts", "Reads src/a.ts");
        check("The cart is defined in src/a.ts", "Reads src/a.ts");
        check("Based on src/a.ts", "Reads src/a.ts");
    }

    #[test]
    fn what_is_left_alone_or_is_no_sure_path_is_not_named() {
        check("Do not touch src/a.ts", "");
        check("Don't change `src/a.ts`", "");
        check("Change everything except src/a.ts", "");
        check("Fix Button.tsx and the route /api/users, use Node.js", "");
        check("Format src/**/*.ts and src/{name}.ts", "");
        check("Run `npm test -- src/a.ts`", "");
    }
}
