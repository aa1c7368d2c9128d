//! The API that is tested, and what is sent to it.

use serde_json::{Value, json};
use testkit::App;

/// The API of `template.yaml`.
pub(crate) static APP: App = App::new(env!("CARGO_MANIFEST_DIR"), env!("CARGO_BIN_EXE_fixture-greet"));

/// The shortest body that makes a book.
pub(crate) const BOOK: &str = r#"{"title":"t","author":"a"}"#;
/// The shortest body that makes a label.
pub(crate) const LABEL: &str = r#"{"title":"t"}"#;

/// A body that makes a book of this title.
pub(crate) fn book(title: &str) -> String {
    json!({"title": title, "author": "a"}).to_string()
}

/// A body that makes a book with a value in every field, as it comes back.
pub(crate) fn whole_book() -> Value {
    json!({
        "title": "A Title",
        "author": "A Writer",
        "content": "Once",
        "available": true,
        "pages": 321,
        "rating": 4.35,
        "publishedAt": "2026-06-01T10:00:00.000Z",
        "format": "e-book",
        "tags": ["one", "two"],
        "publisher": {"name": "A House", "city": "Paris"},
        "editions": [{"year": 1999, "format": "hardcover"}, {"year": 2001, "format": "paperback"}],
        "remark": "",
    })
}
