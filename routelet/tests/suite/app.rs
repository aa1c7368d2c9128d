//! The API that is tested, and what is sent to it.

use serde_json::json;
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
