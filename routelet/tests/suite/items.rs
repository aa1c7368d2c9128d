//! One item after the other: what callers give, get and delete.

use serde_json::{Value, json};
use testkit::{Answer, Api};

use crate::app::{APP, BOOK, LABEL, book};

fn create(api: &Api, author: &str) -> Value {
    let made = api.post("/books", json!({"title": "t", "author": author}).to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()
}

#[track_caller]
fn assert_not_found(answer: &Answer) {
    answer.assert_error(404, "Book not found");
}

#[test]
fn a_create_answers_the_item_and_its_place() {
    let api = APP.start();
    let made =
        api.post("/books", r#"{"title":"t","author":"a","id":9,"createdAt":"x","version":"y","pk":"z"}"#);
    assert_eq!((made.status, made.header("location")), (201, Some("/books/1")));
    assert!(
        made.body.starts_with(r#"{"id":1,"title":"t","author":"a","#),
        "the model's order: {}",
        made.body
    );
    api.get("/books/1").assert(200, &made.json());
    assert_eq!(api.get("/books/1").header("cache-control"), Some("private, no-cache"));
    assert_eq!(api.post("/labels", LABEL).json()["id"], 1, "each resource counts for itself");
}

#[test]
fn the_filter_disregards_case_as_to_lower_case_does() {
    let api = APP.start();
    let jane = create(&api, "Jane");
    let john = create(&api, "John");
    let jane2 = create(&api, "JANE");
    let greek = create(&api, "ÄRGER ΟΔΟΣ");
    api.get("/books?author=jane").assert(200, &json!([jane, jane2]));
    api.get("/books?author=jAnE&author=john").assert(200, &json!([jane, jane2]));
    api.get("/books?author=").assert(200, &json!([jane, john, jane2, greek]));
    // Σ at the end of a word is ς, not σ.
    api.get("/books?author=%C3%A4rger+%CE%BF%CE%B4%CE%BF%CF%82").assert(200, &json!([greek]));
    api.get("/books?author=%C3%A4rger+%CE%BF%CE%B4%CE%BF%CF%83").assert(200, &json!([]));
    assert_eq!(api.get("/labels?author=jane").body, "[]", "a list without a filter has no such parameter");
}

/// The index follows the author, not what the author once was.
#[test]
fn the_filter_follows_a_change_and_a_delete() {
    let api = APP.start();
    let mut book = create(&api, "Jane");
    book["author"] = "Ann".into();
    api.patch("/books/1", r#"{"author":"Ann"}"#).assert(200, &book);
    api.get("/books?author=jane").assert(200, &json!([]));
    api.get("/books?author=ann").assert(200, &json!([book]));
    api.delete("/books/1");
    api.get("/books?author=ann").assert(200, &json!([]));
}

#[test]
fn ids_that_are_none_are_not_found() {
    let api = APP.start();
    create(&api, "a");
    for id in ["0", "01", "+1", "-1", "1.0", "1e0", "abc", "9007199254740992", "99999999999999999999"] {
        let target = format!("/books/{id}");
        assert_not_found(&api.get(&target));
        assert_not_found(&api.put(&target, BOOK));
        assert_not_found(&api.patch(&target, "{}"));
        assert_not_found(&api.delete(&target));
    }
    assert_not_found(&api.get("/books/9007199254740991"));
}

/// What is wrong with a body is told before whether there is such an item, unless the handler asks the other
/// way round.
#[test]
fn the_order_of_400_and_404_is_the_handlers() {
    let api = APP.start();
    assert_eq!(api.put("/books/2", "{").status, 400);
    assert_eq!(api.patch("/books/2", r#"{"title":5}"#).status, 400);
    for body in ["", "{", r#"{"title":5}"#, LABEL] {
        api.put("/labels/2", body).assert_error(404, "Label not found");
    }
}

#[test]
fn a_deleted_id_never_comes_back() {
    let api = APP.start();
    create(&api, "a");
    let second = create(&api, "b");
    api.delete("/books/2").assert(200, &json!({"message": "Book deleted", "deleted": second}));
    assert_not_found(&api.delete("/books/2"));
    assert_not_found(&api.get("/books/2"));
    assert_not_found(&api.put("/books/2", BOOK));
    assert_not_found(&api.patch("/books/2", "{}"));
    assert_eq!(create(&api, "c")["id"], 3);
}

#[test]
fn a_text_keeps_every_character() {
    let api = APP.start();
    let odd = "\"quotes\\ \u{0}\u{1f}\u{7f} 漢字 🦀 \u{202e} </script> \r\n\t";
    let made = api.post("/books", book(odd)).json();
    assert_eq!(made["title"], odd);
    api.get("/books/1").assert(200, &made);
    api.get("/books").assert(200, &json!([made]));
}

/// The longest texts of four-byte characters take more than the 400 KB of an item: they are packed.
#[test]
fn the_longest_text_is_stored() {
    let api = APP.start();
    let longest = json!({"title": "😀".repeat(10_000), "note": "🦀".repeat(100_000)});
    let made = api.post("/labels", longest.to_string());
    assert_eq!(made.status, 201);
    let made = made.json();
    assert_eq!((&made["title"], &made["note"]), (&longest["title"], &longest["note"]));
    api.get("/labels/1").assert(200, &made);
    api.get("/labels").assert(200, &json!([made]));
    api.put("/labels/1", longest.to_string()).assert(200, &made);
    api.patch("/labels/1", longest.to_string()).assert(200, &made);
}

/// A page counts what packed texts are in its answer, which Lambda ends at 6 MB.
#[test]
fn a_page_of_the_longest_texts_ends_in_time() {
    let api = APP.start();
    let longest = json!({"title": "t", "note": "🦀".repeat(100_000)}).to_string();
    for _ in 0..17 {
        assert_eq!(api.post("/labels", &longest).status, 201);
    }
    let page = api.get("/labels");
    assert_eq!(page.status, 200, "{}", page.body.get(..200).unwrap_or(&page.body));
    let items = page.json().as_array().unwrap().len();
    assert!(page.body.len() < 5 * 1024 * 1024, "{items} labels in {} bytes", page.body.len());
    let rest = api.get(&page.next_page().unwrap());
    assert_eq!(items + rest.json().as_array().unwrap().len(), 17);
    assert_eq!(rest.header("link"), None);
}
