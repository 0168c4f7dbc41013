//! Secrets that stand in a text: keys, tokens and passwords.
//!
//! What counts are the shapes that services give to their keys, a literal behind the name of a secret such as
//! `password=`, and a password inside an address. A variable such as `$PASSWORD` and the usual stand-ins are none.

use std::ops::Range;

/// What looks like a secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its bytes in the text, without what surrounds it.
    pub range: Range<usize>,
    /// What it is, with its article, such as “an access key of AWS”.
    pub what: &'static str,
    /// The variable that could stand in its place, such as `$AWS_ACCESS_KEY_ID`.
    pub variable: &'static str,
}

/// The secrets of a text in order, without overlap. Time grows with the text.
pub fn secrets(text: &str) -> Vec<Secret> {
    let mut found = private_keys(text);
    found.extend(keys_of_services(text));
    found.extend(assigned(text));
    found.extend(in_addresses(text));
    found.sort_by_key(|secret| (secret.range.start, secret.range.end));
    found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    found
}

/// How a service spells its keys.
struct Spelling {
    begins: &'static str,
    /// The least number of signs behind the beginning.
    least: usize,
    what: &'static str,
    variable: &'static str,
}

const fn spelling(
    begins: &'static str,
    least: usize,
    what: &'static str,
    variable: &'static str,
) -> Spelling {
    Spelling { begins, least, what, variable }
}

/// The beginnings of keys, from the documentation of their services.
const SPELLINGS: &[Spelling] = &[
    spelling("AKIA", 16, "an access key of AWS", "$AWS_ACCESS_KEY_ID"),
    spelling("ASIA", 16, "an access key of AWS", "$AWS_ACCESS_KEY_ID"),
    spelling("sk-", 20, "a key of an API", "$API_KEY"),
    spelling("sk_live_", 16, "a key of Stripe", "$STRIPE_KEY"),
    spelling("sk_test_", 16, "a key of Stripe", "$STRIPE_KEY"),
    spelling("rk_live_", 16, "a key of Stripe", "$STRIPE_KEY"),
    spelling("whsec_", 20, "a secret of a webhook", "$WEBHOOK_SECRET"),
    spelling("ghp_", 30, "a token of GitHub", "$GITHUB_TOKEN"),
    spelling("gho_", 30, "a token of GitHub", "$GITHUB_TOKEN"),
    spelling("ghu_", 30, "a token of GitHub", "$GITHUB_TOKEN"),
    spelling("ghs_", 30, "a token of GitHub", "$GITHUB_TOKEN"),
    spelling("ghr_", 30, "a token of GitHub", "$GITHUB_TOKEN"),
    spelling("github_pat_", 30, "a token of GitHub", "$GITHUB_TOKEN"),
    spelling("glpat-", 20, "a token of GitLab", "$GITLAB_TOKEN"),
    spelling("xoxb-", 16, "a token of Slack", "$SLACK_TOKEN"),
    spelling("xoxp-", 16, "a token of Slack", "$SLACK_TOKEN"),
    spelling("xoxa-", 16, "a token of Slack", "$SLACK_TOKEN"),
    spelling("xapp-", 16, "a token of Slack", "$SLACK_TOKEN"),
    spelling("AIza", 30, "a key of Google", "$GOOGLE_API_KEY"),
    spelling("npm_", 30, "a token of npm", "$NPM_TOKEN"),
    spelling("hf_", 30, "a token of Hugging Face", "$HF_TOKEN"),
    spelling("dop_v1_", 40, "a token of DigitalOcean", "$DIGITALOCEAN_TOKEN"),
    spelling("shpat_", 30, "a token of Shopify", "$SHOPIFY_TOKEN"),
];

/// The least length of a stretch of letters and digits that nobody would write as words.
const RANDOM: usize = 14;

fn keys_of_services(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    for range in runs(text) {
        let run = &text[range.clone()];
        let known = SPELLINGS.iter().find(|known| {
            run.strip_prefix(known.begins).is_some_and(|rest| rest.len() >= known.least && is_random(rest))
        });
        if let Some(known) = known {
            found.push(Secret { range, what: known.what, variable: known.variable });
        } else if let Some(end) = end_of_web_token(text, &range) {
            let range = range.start..end;
            found.push(Secret { range, what: "a signed token", variable: "$TOKEN" });
        }
    }
    found
}

/// The longest stretches of letters, digits, `_` and `-`.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(is_part)?;
        let end = text[start..].find(|letter| !is_part(letter)).map_or(text.len(), |length| start + length);
        from = end;
        Some(start..end)
    })
}

/// Whether it has a long stretch with both digits and letters, as no hyphenated word has.
fn is_random(text: &str) -> bool {
    text.split(['-', '_']).any(|part| {
        part.len() >= RANDOM
            && part.contains(|letter: char| letter.is_ascii_digit())
            && part.contains(|letter: char| letter.is_ascii_alphabetic())
    }) || text.len() >= RANDOM && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Where a token of three parts ends whose first part is this run; each of the first two begins a JSON object.
fn end_of_web_token(text: &str, first: &Range<usize>) -> Option<usize> {
    let begins = |range: &Range<usize>| text[range.clone()].starts_with("eyJ") && range.len() >= RANDOM;
    let next = |before: &Range<usize>| {
        let start = before.end + 1;
        let rest = text[before.end..].strip_prefix('.')?;
        runs(rest).next().filter(|range| range.start == 0).map(|range| start..start + range.end)
    };
    let second = next(first).filter(|second| begins(first) && begins(second))?;
    Some(next(&second).unwrap_or(second).end)
}

fn private_keys(text: &str) -> Vec<Secret> {
    const END: &str = "PRIVATE KEY-----";
    let starts = text.match_indices("-----BEGIN ").map(|(start, _)| start);
    let found = starts.filter_map(|start| {
        let line = text[start..].lines().next()?;
        let end = start + line.find(END)? + END.len();
        // Its lines end with the same words.
        let end = text[end..].find(END).map_or(end, |more| end + more + END.len());
        Some(Secret { range: start..end, what: "a private key", variable: "$PRIVATE_KEY" })
    });
    found.collect()
}

/// The ends of names behind which a secret stands, in small letters without `_` and `-`.
const NAMES: &[(&str, &str, &str)] = &[
    ("password", "a password", "$PASSWORD"),
    ("passwd", "a password", "$PASSWORD"),
    ("passphrase", "a password", "$PASSWORD"),
    ("pwd", "a password", "$PASSWORD"),
    ("token", "a token", "$TOKEN"),
    ("secret", "a secret", "$SECRET"),
    ("apikey", "a key of an API", "$API_KEY"),
    ("secretkey", "a secret key", "$SECRET_KEY"),
    ("accesskey", "an access key", "$ACCESS_KEY"),
    ("privatekey", "a private key", "$PRIVATE_KEY"),
];

/// Literals behind the name of a secret and `=` or `:`.
fn assigned(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    for name in runs(text) {
        let letters = |letter: &char| letter.is_ascii_alphanumeric();
        let plain: String = text[name.clone()].chars().filter(letters).collect::<String>().to_lowercase();
        let known = NAMES.iter().filter(|(end, ..)| plain.ends_with(end)).max_by_key(|(end, ..)| end.len());
        let Some((end, what, variable)) = known else { continue };
        let is_password = *what == "a password";
        let is_argument = text[..name.start].ends_with(['(', ',']) || text[..name.start].ends_with(", ");
        let Some((range, is_sure)) = value(text, name.end) else { continue };
        let written = &text[range.clone()];
        let has = |kind: fn(&char) -> bool| written.chars().any(|letter| kind(&letter));
        let is_mixed = has(char::is_ascii_digit) && has(char::is_ascii_alphabetic);
        let is_literal = match (is_sure, is_password) {
            (true, true) => written.len() >= 4 && (!is_argument || is_mixed),
            (false, true) => written.len() >= 6 && is_mixed,
            (_, false) => written.len() >= 8 && is_mixed,
        };
        if is_literal && !is_stand_in(written) && !plain.ends_with(&["no", end].concat()) {
            found.push(Secret { range, what, variable });
        }
    }
    found
}

/// The value behind a name that ends here, and whether the sign before it makes sure that it is one.
fn value(text: &str, end: usize) -> Option<(Range<usize>, bool)> {
    let rest = text[end..].trim_start_matches(['"', '\'']);
    let sign = rest.trim_start_matches(' ').chars().next().filter(|sign| matches!(sign, '=' | ':'))?;
    let behind = rest.trim_start_matches(' ')[1..].trim_start_matches(' ');
    let quote = behind.chars().next().filter(|letter| matches!(letter, '"' | '\'' | '`'));
    // With spaces around it, only a quoted value is a literal and not the name of something else.
    let is_tight = rest.starts_with('=') && rest[1..].trim_start_matches(' ').len() == rest.len() - 1;
    if quote.is_none() && sign == '=' && !is_tight {
        return None;
    }
    let start = text.len() - behind.len() + usize::from(quote.is_some());
    let is_end = |letter: char| match quote {
        Some(quote) => letter == quote || letter == '\n',
        None => {
            letter.is_whitespace() || matches!(letter, ',' | ';' | '&' | ')' | ']' | '}' | '"' | '\'' | '`')
        }
    };
    let length = text[start..].find(is_end).unwrap_or(text.len() - start);
    let written = text[start..start + length].trim_end_matches(['.', '!', '?', ':']);
    (!written.is_empty()).then(|| (start..start + written.len(), sign == '=' || quote.is_some()))
}

/// Words that people write where a secret would stand.
const STAND_INS: &str = "changeme change-me change_me example placeholder dummy secret password passwd pass token key value \
    string str text none null nil true false undefined required optional hidden redacted postgres root admin minioadmin guest demo test \
    mysecret mytoken todo tbd empty bool boolean";

/// Parts of the words that tests use for what is refused or made up.
const MADE_UP: [&str; 8] = ["wrong", "invalid", "fake", "example", "sample", "dummy", "changeme", "password"];

/// Whether a value only stands for a secret: a variable, a template, an expression, or a word that says so.
fn is_stand_in(value: &str) -> bool {
    // `P@ssw0rd` is the same word.
    let small = value.to_lowercase().replace('@', "a").replace('0', "o").replace('$', "s");
    let is_expression = value.contains(['(', '{', '<', '[', '$', '*', '…', '|'])
        || value.contains('.') && !value.contains(|letter: char| letter.is_ascii_digit())
        || ["process.env", "environ", "secrets.", "vault", "config.", "settings."]
            .iter()
            .any(|word| small.contains(word));
    let is_name = value.chars().all(|letter| letter.is_ascii_uppercase() || matches!(letter, '_' | '-'));
    let first = value.chars().next();
    // `pass123` is as good a stand-in as `pass`.
    let plain =
        small.trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '!' | '_' | '-'));
    let is_repeated = value.chars().all(|letter| Some(letter) == first);
    is_expression
        || is_name
        || is_repeated
        || value.contains(' ') && !value.contains(|letter: char| letter.is_ascii_digit())
        || value.starts_with(['%', '/', '.', '@', '='])
        || ["your", "xxx", "my-", "my_", "the-", "some-", "some_"].iter().any(|word| small.starts_with(word))
        || MADE_UP.iter().any(|word| small.contains(word))
        || STAND_INS.split_ascii_whitespace().any(|word| word == small || word == plain)
}

/// Passwords of addresses such as `postgres://shop:hunter2@db/shop`.
fn in_addresses(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices("://") {
        let start = at + sign.len();
        let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '/' | '"' | '\'' | '`' | ')');
        let end = text[start..].find(is_end).map_or(text.len(), |length| start + length);
        let Some((person, _)) = text[start..end].rsplit_once('@') else { continue };
        let Some((name, password)) = person.split_once(':') else { continue };
        if password.len() >= 4 && password != name && !is_stand_in(password) {
            let from = start + name.len() + 1;
            let range = from..from + password.len();
            found.push(Secret { range, what: "a password", variable: "$PASSWORD" });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a text, with the secret replaced by its variable.
    fn found(text: &str) -> String {
        let mut shown = text.to_owned();
        for secret in secrets(text).into_iter().rev() {
            shown.replace_range(secret.range, secret.variable);
        }
        shown
    }

    #[test]
    fn keys_tokens_and_passwords_are_found() {
        // Taken apart, so that no program that looks for keys takes them for real ones.
        let github = ["Push with gh", "p_16C7e42F292c6912E7710c838347Ae178B4a."].concat();
        let api = ["Use `sk", "-ant-api03-Zx81kQ0pTr5mV2nB7cLw9d`."].concat();
        let slack = ["xo", "xb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy"].concat();
        for (text, expected) in [
            ("Use AKIAIOSFODNN7EXAMPLE with it", "Use $AWS_ACCESS_KEY_ID with it"),
            (&github, "Push with $GITHUB_TOKEN."),
            (&api, "Use `$API_KEY`."),
            (&slack, "$SLACK_TOKEN"),
            ("Log in with password=hunter2.", "Log in with password=$PASSWORD."),
            ("DB_PASSWORD=swordfish make up", "DB_PASSWORD=$PASSWORD make up"),
            ("{\"api_key\": \"a81bc81bdead4e5d\"}", "{\"api_key\": \"$API_KEY\"}"),
            ("token: 9f86d081884c7d65", "token: $TOKEN"),
            ("postgres://shop:hunter2@db/shop", "postgres://shop:$PASSWORD@db/shop"),
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----!", "$PRIVATE_KEY!"),
            (
                "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
                "Bearer $TOKEN",
            ),
        ] {
            assert_eq!(found(text), expected);
        }
    }

    #[test]
    fn words_variables_and_stand_ins_are_none() {
        for text in [
            "Take care of the task-list and the desk-top; risk-free as it is, sk-ip nothing.",
            "The password comes from the vault. Password: at least 8 characters",
            "password=$PASSWORD token=${TOKEN} api_key=<your key> secret={{ secret }}",
            "login(user=name, password=password) and token = get_token(user)",
            "Set POSTGRES_PASSWORD=postgres for the tests; password=changeme elsewhere",
            "The field `password: string`, and `token: JwtToken2Payload<T>`",
            "sk-skeleton-loader-with-animation-2 and sk_live_ keys",
            "postgres://postgres:postgres@localhost/app, https://$USER:$PASSWORD@host",
            "const secret = process.env.SECRET; password=req.body.password",
            "Show **** for the password=******** in AKIA keys",
            "-d '{\"email\":\"test@test.com\",\"password\":\"password123\"}' and \"wrongpass\"",
            "fill('password', 'x'); password: 'SecureP@ssw0rd123!'",
            "The tokens: 128000 for input, tokens=4096",
        ] {
            assert_eq!(found(text), text);
        }
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", "=", "password=", "password", "ü://ä:öööö@", "token:\"", "-----BEGIN ", "eyJ."]
        {
            found(text);
        }
    }
}
