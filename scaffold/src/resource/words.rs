//! Words that mean something already, and how words are put together.

/// The keywords of Rust, those of the future among them.
pub(crate) const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// The types that the files of a resource use, and those of the prelude.
pub(crate) const TAKEN_TYPES: [&str; 28] = [
    "Answer",
    "Api",
    "Authenticator",
    "Box",
    "Choice",
    "Create",
    "Delete",
    "Err",
    "ExitCode",
    "Id",
    "Model",
    "None",
    "Number",
    "Object",
    "Ok",
    "Option",
    "Read",
    "Request",
    "Resource",
    "Response",
    "Result",
    "Some",
    "Store",
    "String",
    "Timestamp",
    "Update",
    "Value",
    "Vec",
];

/// The variables beside which those of a resource are, in its handlers and tests.
pub(crate) const TAKEN_VARIABLES: [&str; 3] = ["changes", "field", "fields"];

/// Whether this is words of small letters and digits with `separator` between them.
pub(crate) fn is_name(name: &str, separator: char) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.split(separator).all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// `a note`, `an order`, `a user`, `an hour`.
pub(crate) fn with_article(words: &str) -> String {
    let starts_with = |starts: &[&str]| starts.iter().any(|start| words.starts_with(start));
    let sounds_open = starts_with(&["a", "e", "i", "o", "u", "hour", "heir", "honor", "honest"])
        && !starts_with(&["eu", "one", "uni", "use", "usa", "uti", "ubi"]);
    format!("{} {words}", if sounds_open { "an" } else { "a" })
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed<T: AsRef<str>>(words: &[T]) -> String {
    listed_with(words, "and")
}

/// The same with another word before the last.
pub(crate) fn listed_with<T: AsRef<str>>(words: &[T], and: &str) -> String {
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} {and} {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_follow_the_sound() {
        for (word, expected) in [
            ("note", "a note"),
            ("order", "an order"),
            ("user", "a user"),
            ("hour", "an hour"),
            ("house", "a house"),
            ("unit", "a unit"),
            ("unlock", "an unlock"),
        ] {
            assert_eq!(with_article(word), expected);
        }
    }

    #[test]
    fn lists_are_read_as_people_say_them() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(
            [listed(&["a"]), listed(&["a", "b"]), listed(&["a", "b", "c"])],
            ["a", "a and b", "a, b and c"]
        );
    }
}
