//! The API that is tested, and what is sent to it.

use serde_json::{Value, json};
use testkit::{Answer, Api, App};

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

/// The ids of the items of a list.
pub(crate) fn ids(answer: &Answer) -> Vec<u64> {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json().as_array().unwrap().iter().map(|item| item["id"].as_u64().unwrap()).collect()
}

/// The ids on each page from `target` on.
pub(crate) fn walk(api: &Api, target: &str) -> Vec<Vec<u64>> {
    let mut pages = Vec::new();
    let mut target = Some(target.to_owned());
    while let Some(page) = target {
        let answer = api.get(&page);
        pages.push(ids(&answer));
        assert!(pages.len() < 1_000, "the walk does not end");
        target = answer.next_page();
    }
    pages
}
