//! The binaries of `functions/Cargo.toml`.

use toml_edit::{Document, Item};

use crate::Error;

/// Adds a binary, behind the one with this name or at the end.
pub(crate) fn add_binary(text: &str, name: &str, path: &str, after: Option<&str>) -> Result<String, Error> {
    let blocks = binaries(text)?;
    if blocks.iter().any(|block| block.name == name) {
        return Err(Error::Taken(format!("binary `{name}`")));
    }
    let place = after
        .and_then(|after| blocks.iter().find(|block| block.name == after))
        .or(blocks.last())
        .ok_or_else(|| Error::Missing("it has no [[bin]]".to_owned()))?;
    let block =
        format!("\n[[bin]]\nname = {name:?}\npath = {path:?}\ntest = false\ndoc = false\nbench = false\n");
    Ok(format!("{}{block}{}", &text[..place.end], &text[place.end..]))
}

/// Takes a binary out.
pub(crate) fn remove_binary(text: &str, name: &str) -> Result<String, Error> {
    let blocks = binaries(text)?;
    let block = blocks
        .iter()
        .find(|block| block.name == name)
        .ok_or_else(|| Error::Missing(format!("it has no binary `{name}`")))?;
    let before = text[..block.start].trim_end_matches('\n');
    let gap = if before.is_empty() { "" } else { "\n" };
    Ok(format!("{before}{gap}{}", &text[block.end..]))
}

/// The names of the binaries and their paths, in their order.
pub(crate) fn names(text: &str) -> Result<Vec<(String, String)>, Error> {
    Ok(binaries(text)?.into_iter().map(|block| (block.name, block.path)).collect())
}

struct Block {
    name: String,
    path: String,
    /// Where its lines begin and end.
    start: usize,
    end: usize,
}

fn binaries(text: &str) -> Result<Vec<Block>, Error> {
    let document = Document::parse(text).map_err(|error| Error::Unreadable(error.to_string()))?;
    let tables = document.get("bin").and_then(Item::as_array_of_tables);
    let blocks = tables.into_iter().flatten().filter_map(|table| {
        let value = |key| table.get(key).and_then(Item::as_str).map(str::to_owned);
        let last = table.iter().filter_map(|(_, item)| item.span()).map(|span| span.end).max()?;
        let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline + 1);
        Some(Block { name: value("name")?, path: value("path")?, start: table.span()?.start, end })
    });
    Ok(blocks.collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"[package]
name = "functions"

# One binary a route.

[[bin]]
name = "hello"
path = "api/hello/get.rs"
test = false # nothing to test

[[bin]]
name = "fallback"
path = "fallback.rs"
"#;

    #[test]
    fn a_binary_goes_in_behind_another_and_out_again() {
        let more = add_binary(MANIFEST, "get-note", "api/notes/[id]/get.rs", Some("hello")).unwrap();
        let block = "\n[[bin]]\nname = \"get-note\"\npath = \"api/notes/[id]/get.rs\"\ntest = false\ndoc = false\nbench = false\n";
        let place = "test = false # nothing to test\n";
        assert_eq!(more, MANIFEST.replace(place, &format!("{place}{block}")));
        assert_eq!(remove_binary(&more, "get-note").unwrap(), MANIFEST);
        let last = add_binary(MANIFEST, "get-note", "api/notes/[id]/get.rs", None).unwrap();
        assert_eq!(last, format!("{MANIFEST}{block}"));
        assert_eq!(remove_binary(&last, "get-note").unwrap(), MANIFEST);
    }

    #[test]
    fn a_name_is_taken_once() {
        assert!(add_binary(MANIFEST, "hello", "x.rs", None).is_err());
        assert!(remove_binary(MANIFEST, "nobody").is_err());
        assert!(add_binary("[package]\n", "hello", "x.rs", None).is_err());
    }
}
