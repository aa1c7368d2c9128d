//! Many callers at once.

use std::{collections::BTreeSet, thread};

use serde_json::{Value, json};

use crate::app::{APP, BOOK, book};

/// Runs `work` for 0 … `count` − 1, all at the same time.
fn at_once<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..count).map(|number| scope.spawn(move || work(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn creates_at_once_get_an_id_each() {
    let api = APP.start();
    let made = at_once(24, |number| {
        let made = api.post("/books", book(&number.to_string()));
        assert_eq!(made.status, 201, "{made:?}");
        made.json()
    });
    let ids: BTreeSet<_> = made.iter().map(|book| book["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (1..=24).collect());
    let listed = api.get("/books").json();
    for book in &made {
        assert!(listed.as_array().unwrap().contains(book), "{book} is not in the list");
    }
}

/// A read-modify-write would lose one of the two.
#[test]
fn updates_of_different_fields_at_once_all_last() {
    let api = APP.start();
    api.post("/books", BOOK);
    for round in 0..10 {
        at_once(3, |field| {
            let field = ["title", "content", "author"][field];
            let answer = api.patch("/books/1", json!({field: round.to_string()}).to_string());
            assert_eq!(answer.status, 200, "{answer:?}");
        });
        let book = api.get("/books/1").json();
        for field in ["title", "content", "author"] {
            assert_eq!(book[field], round.to_string(), "{field} was lost in round {round}");
        }
    }
}

/// A change without a condition is made whatever others do: it comes after theirs, or before.
#[test]
fn changes_of_one_field_at_once_are_all_made() {
    let api = APP.start();
    api.post("/books", BOOK);
    for _ in 0..3 {
        let answers = at_once(24, |number| {
            let answer = api.patch("/books/1", json!({"title": number.to_string()}).to_string());
            assert_eq!((answer.status, &answer.json()["title"]), (200, &json!(number.to_string())));
            answer.header("etag").unwrap().to_owned()
        });
        let tags: BTreeSet<_> = answers.iter().collect();
        assert_eq!(tags.len(), 24, "each is a state of its own");
        assert!(tags.contains(&api.get("/books/1").header("etag").unwrap().to_owned()));
    }
}

#[test]
fn of_deletes_at_once_one_finds_the_item() {
    let api = APP.start();
    api.post("/books", BOOK);
    let mut statuses = at_once(8, |_| api.delete("/books/1").status);
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404, 404, 404, 404, 404, 404, 404]);
}

/// An update that comes after a delete must not bring the item back.
#[test]
fn an_update_beside_a_delete_does_not_revive_the_item() {
    let api = APP.start();
    for _ in 0..5 {
        let id = api.post("/books", BOOK).json()["id"].clone();
        let target = format!("/books/{id}");
        at_once(4, |number| match number {
            0 => api.delete(&target).status,
            _ => api.patch(&target, r#"{"available":true}"#).status,
        });
        assert_eq!(api.get(&target).status, 404);
    }
    assert_eq!(api.get("/books").json(), Value::Array(Vec::new()));
}
