//! Of one write the answer gets lost, and meanwhile somebody else does something to the item.
//!
//! A write is made at most once: it never comes back after what somebody else was told is done, and nobody is
//! told 404, 412 or 500 for what was done. Where the outcome can't be known, the caller is told that.

use std::thread;

use serde_json::{Value, json};
use testkit::{Answer, Api, Fault, Lossy};

use crate::app::APP;

const UNSURE: &str = "The change may or may not have been made";

const PATH: &str = "/books";
const FIRST: &str = r#"{"title":"first","author":"a"}"#;
const OURS: &str = r#"{"title":"ours","author":"a"}"#;
const THEIRS: &str = r#"{"title":"theirs","author":"a"}"#;

/// What somebody else does while the answer is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meanwhile {
    Nothing,
    Change,
    Delete,
    ChangeAndDelete,
}

impl Meanwhile {
    const ALL: [Self; 4] = [Self::Nothing, Self::Change, Self::Delete, Self::ChangeAndDelete];

    /// Does it, as a careful client: with the tag that it has just read.
    fn happen(self, api: &Api, item: &str) {
        if matches!(self, Self::Change | Self::ChangeAndDelete) {
            let tag = api.get(item).header("etag").unwrap().to_owned();
            assert_eq!(api.request("PATCH", item, &[("if-match", &tag)], THEIRS).status, 200);
        }
        if matches!(self, Self::Delete | Self::ChangeAndDelete) {
            assert_eq!(api.delete(item).status, 200);
            assert_eq!(api.get(item).status, 404);
        }
    }
}

/// Asks, loses an answer as planned, lets somebody else act; then the answer.
fn ask(
    lossy: &Lossy,
    (operation, fault): (&'static str, Fault),
    (method, target, headers, body): (&str, &str, &[(&str, &str)], &str),
    meanwhile: impl FnOnce(&Api),
) -> Answer {
    let incident = lossy.next(operation, fault);
    thread::scope(|scope| {
        let asked = scope.spawn(|| lossy.api.request(method, target, headers, body));
        incident.wait();
        meanwhile(&lossy.api);
        incident.go_on();
        asked.join().unwrap()
    })
}

fn title(api: &Api, item: &str) -> Value {
    let answer = api.get(item);
    if answer.status == 404 { Value::Null } else { answer.json()["title"].clone() }
}

/// What is there after `meanwhile`, if the write was made before.
fn after(meanwhile: Meanwhile, title: &str) -> Value {
    match meanwhile {
        Meanwhile::Nothing => json!(title),
        Meanwhile::Change => json!("theirs"),
        Meanwhile::Delete | Meanwhile::ChangeAndDelete => Value::Null,
    }
}

fn assert_unsure(answer: &Answer, what: &str) {
    assert_eq!((answer.status, &answer.json()["error"]), (503, &json!(UNSURE)), "{what}: {answer:?}");
    assert_eq!(answer.header("retry-after"), Some("1"), "{what}");
}

fn create(fault: Fault) {
    let lossy = Lossy::start(&APP);
    for (number, meanwhile) in (1..).zip(Meanwhile::ALL) {
        let item = format!("{PATH}/{number}");
        let request = ("POST", PATH, &[][..], FIRST);
        let answer = ask(&lossy, ("PutItem", fault), request, |api| meanwhile.happen(api, &item));
        let what = format!("{fault:?}, {meanwhile:?}");
        match meanwhile {
            // It is known as ours by its id and time, also after a change.
            Meanwhile::Nothing | Meanwhile::Change => {
                assert_eq!((answer.status, &answer.json()["title"]), (201, &json!("first")), "{what}");
                assert_eq!(answer.header("location"), Some(item.as_str()), "{what}");
            }
            _ => assert_unsure(&answer, &what),
        }
        assert_eq!(title(&lossy.api, &item), after(meanwhile, "first"), "{what}");
    }
    assert_eq!(lossy.api.get(PATH).json().as_array().unwrap().len(), 2, "nothing is there twice");
}

fn create_with_a_key(fault: Fault) {
    let lossy = Lossy::start(&APP);
    for (number, meanwhile) in (1..).zip(Meanwhile::ALL) {
        let item = format!("{PATH}/{number}");
        let key = number.to_string();
        let headers = [("idempotency-key", key.as_str())];
        let request = ("POST", PATH, &headers[..], FIRST);
        let answer = ask(&lossy, ("TransactWriteItems", fault), request, |api| meanwhile.happen(api, &item));
        let what = format!("{fault:?}, {meanwhile:?}");
        assert_eq!((answer.status, &answer.json()["title"]), (201, &json!("first")), "{what}: {answer:?}");
        assert_eq!(answer.header("idempotency-replayed"), None, "{what}: it was this request's own");
        assert_eq!(title(&lossy.api, &item), after(meanwhile, "first"), "{what}");
        let again = lossy.api.request("POST", PATH, &headers, FIRST);
        assert_eq!((again.status, again.body), (201, answer.body), "{what}");
        assert_eq!(again.headers.get("idempotency-replayed").unwrap(), "true", "{what}");
    }
    assert_eq!(lossy.api.get(PATH).json().as_array().unwrap().len(), 2, "nothing is there twice");
}

fn change(fault: Fault) {
    let lossy = Lossy::start(&APP);
    let api = &lossy.api;
    // An answer that is withheld takes its time.
    let is_slow = fault == Fault::Withheld;
    let methods: &[&str] = if is_slow { &["PATCH"] } else { &["PATCH", "PUT"] };
    let conditions: &[&str] = if is_slow { &["", "if-match"] } else { &["", "if-match", "if-none-match"] };
    let mut number = 0;
    for method in methods {
        for condition in conditions {
            for meanwhile in Meanwhile::ALL {
                number += 1;
                let item = format!("{PATH}/{number}");
                let made = api.post(PATH, FIRST);
                assert_eq!(made.header("location"), Some(item.as_str()));
                let tag = made.header("etag").unwrap();
                let headers = match *condition {
                    "if-match" => vec![("if-match", tag)],
                    "if-none-match" => vec![("if-none-match", "\"0123456789abcdef\"")],
                    _ => Vec::new(),
                };
                let request = (*method, item.as_str(), &headers[..], OURS);
                let answer = ask(&lossy, ("UpdateItem", fault), request, |api| meanwhile.happen(api, &item));
                let what = format!("{method} {condition}, {fault:?}, {meanwhile:?}");
                if meanwhile == Meanwhile::Nothing {
                    assert_eq!((answer.status, &answer.json()["title"]), (200, &json!("ours")), "{what}");
                    assert_eq!(answer.header("etag"), api.get(&item).header("etag"), "{what}");
                } else {
                    assert_unsure(&answer, &what);
                }
                assert_eq!(title(api, &item), after(meanwhile, "ours"), "{what}");
            }
        }
    }
}

fn delete(fault: Fault) {
    let lossy = Lossy::start(&APP);
    let api = &lossy.api;
    for condition in ["", "if-match"] {
        let made = api.post(PATH, FIRST);
        let item = made.header("location").unwrap();
        let headers = match condition {
            "if-match" => vec![("if-match", made.header("etag").unwrap())],
            _ => Vec::new(),
        };
        let answer = ask(&lossy, ("DeleteItem", fault), ("DELETE", item, &headers, ""), |api| {
            assert_eq!(api.delete(item).status, 404, "it is gone");
        });
        // Somebody else may have deleted it, so nobody can know.
        assert_unsure(&answer, &format!("{condition}, {fault:?}"));
        assert_eq!(api.get(item).status, 404);
    }
}

macro_rules! every_write {
    ($($name:ident: $fault:expr;)*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn a_create() {
                create($fault);
            }

            #[test]
            fn a_create_with_a_key() {
                create_with_a_key($fault);
            }

            #[test]
            fn a_change() {
                change($fault);
            }

            #[test]
            fn a_delete() {
                delete($fault);
            }
        }
    )*};
}

every_write! {
    withheld: Fault::Withheld;
    cut: Fault::Cut;
    failed: Fault::Failed;
}

/// A write that never arrived is sent again, if that cannot do harm: a connection that the database has
/// closed while a function slept must not cost the caller a 503.
#[test]
fn a_write_that_never_arrived_is_sent_again() {
    let lossy = Lossy::start(&APP);
    let api = &lossy.api;
    let nothing = |_: &Api| {};
    let item = "/books/1";
    let made = api.post(PATH, FIRST);
    let update = ("UpdateItem", Fault::Lost);
    let changed = ask(&lossy, update, ("PATCH", item, &[], OURS), nothing);
    assert_eq!((changed.status, &changed.json()["title"]), (200, &json!("ours")));
    let tag = [("if-match", changed.header("etag").unwrap())];
    let changed = ask(&lossy, update, ("PATCH", item, &tag, THEIRS), nothing);
    assert_eq!((changed.status, &changed.json()["title"]), (200, &json!("theirs")));
    // The tag is out of date, and was before: that a change was never made is known.
    let stale = [("if-match", made.header("etag").unwrap())];
    let delete = ("DeleteItem", Fault::Lost);
    ask(&lossy, delete, ("DELETE", item, &stale, ""), nothing).assert_error(412, "Precondition failed");
    let deleted = ask(&lossy, delete, ("DELETE", item, &[], ""), nothing);
    assert_eq!(deleted.status, 200, "{deleted:?}");
    assert_eq!(api.get(item).status, 404);
    // A create is not: the item might come back after somebody has deleted it.
    let created = ask(&lossy, ("PutItem", Fault::Lost), ("POST", PATH, &[], FIRST), nothing);
    assert_unsure(&created, PATH);
    api.get(PATH).assert(200, &json!([]));
    let key = [("idempotency-key", "k")];
    let transaction = ("TransactWriteItems", Fault::Lost);
    let created = ask(&lossy, transaction, ("POST", PATH, &key, FIRST), nothing);
    assert_eq!(created.status, 201, "{created:?}");
}

/// A write that nobody waits for any more arrives at last, after its repeat and after somebody else's change.
#[test]
fn a_write_that_arrives_late_changes_nothing() {
    let lossy = Lossy::start(&APP);
    let api = &lossy.api;
    let made = api.post(PATH, FIRST);
    let item = made.header("location").unwrap();
    let incident = lossy.next("UpdateItem", Fault::Late);
    let answer = api.patch(item, OURS);
    assert_eq!((answer.status, &answer.json()["title"]), (200, &json!("ours")), "by its repeat");
    assert_eq!(api.patch(item, THEIRS).status, 200);
    let expected = api.get(item);
    incident.wait();
    incident.go_on();
    // A second write through the same database comes after the late one, or soon after.
    for _ in 0..20 {
        assert_eq!(api.get(item).body, expected.body, "somebody else's change is lost");
        thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// A transaction that is still under way is no failure of ours.
#[test]
fn a_transaction_in_progress_is_not_a_failure() {
    let lossy = Lossy::start(&APP);
    let headers = [("idempotency-key", "k")];
    let request = ("POST", PATH, &headers[..], FIRST);
    let answer = ask(&lossy, ("TransactWriteItems", Fault::InProgress), request, |_| {});
    assert_eq!(answer.status, 201, "the record tells that it was made: {answer:?}");
    assert_eq!(lossy.api.get(PATH).json().as_array().unwrap().len(), 1);
}

/// The counter's answer gets lost: an id is left out, and nothing else happens.
#[test]
fn a_lost_id_is_left_out() {
    let lossy = Lossy::start(&APP);
    lossy.next_id_is_cut();
    let answer = lossy.api.post("/books", FIRST);
    assert_eq!((answer.status, &answer.json()["id"]), (201, &json!(2)));
    assert_eq!(lossy.api.get("/books").json().as_array().unwrap().len(), 1);
}
