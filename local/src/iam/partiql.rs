//! What a `PartiQL` statement does, and to what.
//! Source: "IAM policies for `PartiQL` for DynamoDB".
//!
//! The database reads statements with a parser of its own. This one understands less, so that the two cannot
//! read one statement in two ways: what is not plain is `None`, and refused.

#[cfg(test)]
mod tests;

/// What a statement is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// `PartiQLSelect` and so on.
    pub(super) action: &'static str,
    pub(super) table: String,
    pub(super) index: Option<String>,
}

/// Reads a statement as far as its table.
pub(super) fn read(statement: &str) -> Option<Statement> {
    let bare = unquoted(statement)?;
    let count = |word: &str| bare.matches(word).count();
    let (verb, rest) = word(statement.trim_ascii())?;
    let (action, target) = match verb.to_ascii_uppercase().as_str() {
        // One `from` outside of quotes is the one before the table.
        "SELECT" if count("from") == 1 && count("select") == 1 => {
            let at = bare.find("from")?;
            let before = statement.get(..at)?;
            let after = statement.get(at + "from".len()..)?;
            let apart = before.ends_with(|c: char| c.is_ascii_whitespace())
                && after.starts_with(|c: char| c.is_ascii_whitespace());
            ("PartiQLSelect", apart.then_some(after)?)
        }
        "INSERT" => ("PartiQLInsert", keyword(rest, "INTO")?),
        // The latter is the former in another order.
        "UPDATE" | "FROM" => ("PartiQLUpdate", rest),
        "DELETE" => ("PartiQLDelete", keyword(rest, "FROM")?),
        _ => return None,
    };
    let (table, rest) = name(target.trim_ascii_start())?;
    let (index, rest) = match rest.strip_prefix('.') {
        Some(rest) if rest.starts_with('"') => {
            let (index, rest) = name(rest)?;
            (Some(index), rest)
        }
        Some(_) => return None,
        None => (None, rest),
    };
    let ends = rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_whitespace() || c == ';');
    // Two statements in one are none.
    let single = bare.trim_ascii_end().find(';').is_none_or(|at| at + 1 == bare.trim_ascii_end().len());
    (ends && single && !rest.trim_ascii_start().starts_with(['.', ',', '"'])).then_some(Statement {
        action,
        table,
        index,
    })
}

/// The statement in small letters, with blanks in place of what stands between quotes; as long as it was.
/// None where quotes do not end, where there are comments, and where anything else than ASCII is outside of
/// quotes.
fn unquoted(statement: &str) -> Option<String> {
    let mut quote = None;
    let mut bare = Vec::with_capacity(statement.len());
    for byte in statement.bytes() {
        match quote {
            Some(open) => {
                bare.push(b'_');
                quote = (byte != open).then_some(open);
            }
            None if b"'\"`".contains(&byte) => {
                bare.push(b'_');
                quote = Some(byte);
            }
            None => bare.push(byte.to_ascii_lowercase()),
        }
    }
    let bare = String::from_utf8(bare).ok().filter(|bare| bare.is_ascii())?;
    (quote.is_none() && !bare.contains("--") && !bare.contains("/*")).then_some(bare)
}

/// The word at the start, and what follows a blank.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let (word, rest) = text.split_at(end);
    rest.starts_with(|c: char| c.is_ascii_whitespace()).then_some((word, rest))
}

fn keyword<'t>(text: &'t str, expected: &str) -> Option<&'t str> {
    let (word, rest) = word(text.trim_ascii_start())?;
    word.eq_ignore_ascii_case(expected).then_some(rest)
}

/// A name of a table or an index, in double quotes or without.
fn name(text: &str) -> Option<(String, &str)> {
    let (name, rest) = if let Some(quoted) = text.strip_prefix('"') {
        quoted.split_once('"')?
    } else {
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        text.split_at(end.unwrap_or(text.len()))
    };
    is_name(name).then(|| (name.to_owned(), rest))
}

/// What can be the name of a table or an index. Source: "Naming rules", Amazon DynamoDB.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"_-.".contains(&c))
}
