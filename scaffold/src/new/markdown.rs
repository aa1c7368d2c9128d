//! Chapters and paragraphs of a Markdown file.

use std::ops::Range;

use crate::Error;

/// Puts another text below a heading, in the place of what is there.
pub(crate) fn with_chapter(text: &str, heading: &str, body: &str) -> Result<String, Error> {
    let range = chapter(text, heading)?;
    let end = if range.end == text.len() { "" } else { "\n" };
    Ok(format!("{}{heading}\n\n{}\n{end}{}", &text[..range.start], body.trim_end(), &text[range.end..]))
}

/// Puts another text in the place of the last paragraph, or nothing.
pub(crate) fn with_last_paragraph(text: &str, paragraph: &str) -> String {
    let rest = text.trim_end().rsplit_once("\n\n").map_or("", |(rest, _)| rest);
    format!("{}\n", format!("{rest}\n\n{paragraph}").trim())
}

/// From a heading to the next one of its level.
fn chapter(text: &str, heading: &str) -> Result<Range<usize>, Error> {
    let level = heading.split_inclusive(' ').next().unwrap_or_default();
    let mut start = None;
    let mut place = 0;
    for line in text.split_inclusive('\n') {
        if start.is_some() && line.starts_with(level) {
            break;
        }
        if line.trim_end() == heading {
            start = Some(place);
        }
        place += line.len();
    }
    let start = start.ok_or_else(|| Error::Missing(format!("it has no chapter `{heading}`")))?;
    Ok(start..place)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const TEXT: &str = "# A\n\n## One\n\nFirst.\n\n### Below\n\nMore.\n\n## Two\n\nLast,\nhere.\n";

    #[test]
    fn a_chapter_is_replaced_up_to_the_next_one() {
        let other = with_chapter(TEXT, "## One", "Other.\n").unwrap();
        assert_eq!(other, "# A\n\n## One\n\nOther.\n\n## Two\n\nLast,\nhere.\n");
        let other = with_chapter(TEXT, "## Two", "Other.").unwrap();
        assert_eq!(other, TEXT.replace("Last,\nhere.", "Other."));
        assert!(with_chapter(TEXT, "## Three", "").is_err());
    }

    #[test]
    fn the_last_paragraph_is_replaced_or_goes() {
        assert_eq!(with_last_paragraph(TEXT, ""), TEXT.replace("\n\nLast,\nhere.", ""));
        assert_eq!(with_last_paragraph(TEXT, "End."), TEXT.replace("Last,\nhere.", "End."));
    }
}
