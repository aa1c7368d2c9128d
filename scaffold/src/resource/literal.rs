//! Values of examples, as JSON, YAML and Rust write them.

use std::fmt::Write as _;

/// A JSON value whose fields keep their order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Literal>),
    Object(Vec<(String, Literal)>),
    /// An expression of Rust, within `json!`.
    Rust(String),
}

impl Literal {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(crate) fn number(number: &str) -> Self {
        Self::Number(number.to_owned())
    }

    pub(crate) fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Object(fields.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// As a body is sent: without spaces.
    pub(crate) fn json(&self) -> String {
        self.written(&Style { separator: ",", colon: ":", padding: "", key: quoted, text: quoted })
    }

    /// As it stands in `json!`.
    pub(crate) fn rust(&self) -> String {
        self.written(&RUST)
    }

    /// The same as [`rust`](Self::rust), in lines of at most `width`; the first begins in this column.
    pub(crate) fn rust_lines(&self, column: usize, width: usize) -> String {
        self.lines(&RUST, column, width)
    }

    /// The same as [`yaml`](Self::yaml), in lines of at most `width`; the first begins in this column.
    pub(crate) fn yaml_lines(&self, column: usize, width: usize) -> String {
        self.lines(&YAML, column, width)
    }

    fn written(&self, style: &Style) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(flag) => flag.to_string(),
            Self::Number(text) | Self::Rust(text) => text.clone(),
            Self::Text(text) => (style.text)(text),
            Self::List(_) | Self::Object(_) => {
                let (open, parts, close) = self.parts(style);
                format!("{open}{}{close}", parts.join(style.separator))
            }
        }
    }

    /// An array or object in parts that a line can end after.
    fn parts(&self, style: &Style) -> (String, Vec<String>, String) {
        match self {
            Self::List(values) => {
                ("[".to_owned(), values.iter().map(|value| value.written(style)).collect(), "]".to_owned())
            }
            Self::Object(fields) if fields.is_empty() => ("{".to_owned(), Vec::new(), "}".to_owned()),
            Self::Object(fields) => {
                let part = |(name, value): &(String, Self)| {
                    format!("{}{}{}", (style.key)(name), style.colon, value.written(style))
                };
                let (open, close) = (format!("{{{}", style.padding), format!("{}}}", style.padding));
                (open, fields.iter().map(part).collect(), close)
            }
            other => (String::new(), vec![other.written(style)], String::new()),
        }
    }

    fn lines(&self, style: &Style, column: usize, width: usize) -> String {
        let (open, parts, close) = self.parts(style);
        let start = column + open.len();
        let (mut written, mut at) = (open, start);
        let last = parts.len().saturating_sub(1);
        for (place, part) in parts.iter().enumerate() {
            let behind = if place == last { close.len() } else { 1 };
            let length = part.chars().count();
            if place > 0 {
                written.push(',');
                if at + 2 + length + behind > width {
                    let _ = write!(written, "\n{:start$}", "");
                    at = start;
                } else {
                    written.push(' ');
                    at += 2;
                }
            }
            written.push_str(part);
            at += length;
        }
        written + &close
    }
}

struct Style {
    separator: &'static str,
    colon: &'static str,
    /// Within the braces of an object.
    padding: &'static str,
    key: fn(&str) -> String,
    text: fn(&str) -> String,
}

const RUST: Style = Style { separator: ", ", colon: ": ", padding: "", key: quoted, text: rust_text };
const YAML: Style = Style { separator: ", ", colon: ": ", padding: " ", key: yaml_text, text: yaml_text };

/// Names and values are ASCII, but for quotation marks in a message.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

fn rust_text(text: &str) -> String {
    if text.contains('"') { format!("r#\"{text}\"#") } else { quoted(text) }
}

/// Plain where no reader of YAML could take it for anything but a text.
pub(crate) fn yaml_text(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_plain = text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_".contains(&byte))
        && !WORDS.contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Literal {
        Literal::object([
            ("title", Literal::text("A title")),
            ("tags", Literal::List(vec![Literal::text("no"), Literal::Null])),
            ("no", Literal::number("1.5")),
            ("more", Literal::object([("due", Literal::text("2026-06-01T10:00:00Z"))])),
        ])
    }

    #[test]
    fn each_language_has_its_form() {
        assert_eq!(
            note().json(),
            r#"{"title":"A title","tags":["no",null],"no":1.5,"more":{"due":"2026-06-01T10:00:00Z"}}"#
        );
        assert_eq!(
            note().rust(),
            r#"{"title": "A title", "tags": ["no", null], "no": 1.5, "more": {"due": "2026-06-01T10:00:00Z"}}"#
        );
        assert_eq!(
            note().yaml_lines(0, 200),
            r#"{ title: A title, tags: ["no", null], "no": 1.5, more: { due: "2026-06-01T10:00:00Z" } }"#
        );
        assert_eq!([Literal::Object(vec![]).yaml_lines(0, 200), Literal::List(vec![]).rust()], ["{}", "[]"]);
        assert_eq!(Literal::text("a \"b\"").rust(), "r#\"a \"b\"\"#");
    }

    #[test]
    fn lines_end_in_time_and_go_on_below_the_first_part() {
        assert_eq!(
            note().rust_lines(4, 40),
            "{\"title\": \"A title\",\n     \"tags\": [\"no\", null], \"no\": 1.5,\n     \"more\": {\"due\": \"2026-06-01T10:00:00Z\"}}"
        );
    }
}
