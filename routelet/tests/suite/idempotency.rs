//! Idempotent creates: `Idempotency-Key`.

use std::{
    thread,
    time::{Duration, SystemTime},
};

use serde_json::{Value, json};
use testkit::{Answer, Api};

use crate::app::{APP, BOOK};

const PATH: &str = "/books";
const OTHER: &str = r#"{"title":"u","author":"a"}"#;

fn create(api: &Api, key: &str, body: &str) -> Answer {
    api.request("POST", PATH, &[("idempotency-key", key)], body)
}

/// Status, body, and the headers that a client acts on.
fn essence(answer: &Answer) -> (u16, String, Vec<Option<String>>) {
    let header = |name| answer.header(name).map(str::to_owned);
    (
        answer.status,
        answer.body.clone(),
        ["location", "etag", "content-type", "cache-control"].map(header).to_vec(),
    )
}

#[test]
fn a_retry_gets_the_first_answer_again() {
    let api = APP.start();
    let first = create(&api, "a-key", BOOK);
    assert_eq!((first.status, first.header("idempotency-replayed")), (201, None));
    for _ in 0..3 {
        let retry = create(&api, "a-key", BOOK);
        assert_eq!(essence(&retry), essence(&first));
        assert_eq!(retry.header("idempotency-replayed"), Some("true"));
    }
    assert_eq!(api.get(PATH).json(), json!([first.json()]));
    let other = create(&api, "another-key", BOOK);
    assert_eq!((other.status, other.header("location")), (201, Some("/books/2")));
    assert_eq!(api.post(PATH, BOOK).json()["id"], 3, "without a key each create is one of its own");
}

/// The answer is that to the create, whatever has become of the item since.
#[test]
fn a_retry_after_changes_gets_the_first_answer_still() {
    let api = APP.start();
    let first = create(&api, "a-key", BOOK);
    assert_eq!(api.patch("/books/1", r#"{"title":"changed"}"#).status, 200);
    assert_eq!(essence(&create(&api, "a-key", BOOK)), essence(&first));
    assert_eq!(api.delete("/books/1").status, 200);
    assert_eq!(essence(&create(&api, "a-key", BOOK)), essence(&first));
    assert_eq!(api.get(PATH).json(), json!([]));
}

#[test]
fn a_key_with_another_body_is_422() {
    let api = APP.start();
    let first = create(&api, "a-key", BOOK);
    create(&api, "a-key", OTHER).assert_error(422, "Idempotency-Key was used with another body before");
    assert_eq!(essence(&create(&api, "a-key", BOOK)), essence(&first));
    assert_eq!(api.get(PATH).json(), json!([first.json()]));
}

#[test]
fn a_key_is_1_to_255_visible_ascii_characters() {
    let api = APP.start();
    let longest = "k".repeat(255);
    let too_long = "k".repeat(256);
    for key in ["", "a b", "é", "a\tb", &too_long] {
        create(&api, key, BOOK)
            .assert_error(400, "Idempotency-Key must be 1 to 255 visible ASCII characters");
    }
    assert_eq!(api.get(PATH).json(), json!([]));
    for key in ["!", "~", "a\"b", "\"a,b\"", longest.as_str()] {
        assert_eq!(create(&api, key, BOOK).status, 201, "{key}");
    }
}

/// The draft writes a key as a string in quotes: either form is a retry of the other.
#[test]
fn a_key_in_quotes_is_the_key() {
    let api = APP.start();
    for (id, key, forms) in [
        (1, "abc", ["\"abc\"", " \"abc\" ", "abc"]),
        (2, "\"a\\\"b\\\\c\"", ["a\"b\\c", "\"a\\\"b\\\\c\"", " a\"b\\c"]),
        (3, "\"a,b\"", ["\"a,b\"", " \"a,b\"", "\"a,b\" "]),
    ] {
        let first = create(&api, key, BOOK);
        assert_eq!((first.status, &first.json()["id"]), (201, &json!(id)), "{key}");
        for form in forms {
            let retry = create(&api, form, BOOK);
            assert_eq!(essence(&retry), essence(&first), "{key}, {form}");
            assert_eq!(retry.header("idempotency-replayed"), Some("true"), "{key}, {form}");
            assert_eq!(create(&api, form, OTHER).status, 422, "{key}, {form}");
        }
    }
    let longest = format!("\"{}\"", "\\\"".repeat(255));
    assert_eq!(create(&api, &longest, BOOK).status, 201);
}

const TWO: &str = "Idempotency-Key must be sent once, with commas only in quotes";

#[test]
fn what_is_not_one_key_makes_nothing() {
    let api = APP.start();
    for key in ["k,k", "k, k", "k,", ",", "\"k\",\"k\"", "\"k\", \"k\"", "k,\"k\""] {
        create(&api, key, BOOK).assert_error(400, TWO);
    }
    for key in ["\"k", "\"", "\"k\\\"", "\"k\\n\"", "\"k\"k", "\"k\";x=1"] {
        let answer = create(&api, key, BOOK);
        answer.assert_error(400, "Idempotency-Key is not a well-formed quoted string");
    }
    for key in ["\"\"", "\"a b\"", &format!("\"{}\"", "k".repeat(256))] {
        let answer = create(&api, key, BOOK);
        answer.assert_error(400, "Idempotency-Key must be 1 to 255 visible ASCII characters");
    }
    assert_eq!(api.get(PATH).json(), json!([]));
}

/// What is the gateway's doing: it joins what comes twice, and a retry that lost the second would make a
/// second item.
mod gateway {
    use serde_json::json;

    use super::{PATH, TWO};
    use crate::app::{APP, BOOK};

    #[test]
    fn a_key_that_comes_twice_makes_nothing() {
        let api = APP.start();
        for (one, two) in
            [("k", "k"), ("k", "l"), ("\"k\"", "\"k\""), ("k", "\"k\""), ("k", ""), ("", "k"), ("", "")]
        {
            let keys = [("idempotency-key", one), ("Idempotency-Key", two)];
            api.request("POST", PATH, &keys, BOOK).assert_error(400, TWO);
        }
        assert_eq!(api.get(PATH).json(), json!([]));
    }
}

/// A refused create made nothing, so its key is still free.
#[test]
fn a_refused_create_does_not_use_its_key() {
    let api = APP.start();
    assert_eq!(create(&api, "a-key", "{}").status, 400);
    assert_eq!(create(&api, "a-key", "{").status, 400);
    assert_eq!(create(&api, "a-key", BOOK).status, 201);
}

/// However many retries arrive at once: one item, and equal answers.
#[test]
fn retries_at_once_make_one_item() {
    let api = APP.start();
    let answers: Vec<_> = thread::scope(|scope| {
        let api = &api;
        let retries: Vec<_> = (0..32).map(|_| scope.spawn(move || create(api, "a-key", BOOK))).collect();
        retries.into_iter().map(|retry| retry.join().unwrap()).collect()
    });
    for answer in &answers {
        assert_eq!(essence(answer), essence(&answers[0]));
    }
    assert_eq!(answers[0].status, 201);
    let made = answers.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count();
    assert_eq!(made, 1, "one of them made it, the others say that they did not");
    assert_eq!(api.get(PATH).json(), json!([answers[0].json()]));
}

fn records(api: &Api, table: &str) -> Vec<Value> {
    let all = api.dynamodb("Scan", &json!({"TableName": table}));
    let is_record = |item: &&Value| item["pk"]["S"].as_str().unwrap().starts_with("once#");
    all["Items"].as_array().unwrap().iter().filter(is_record).cloned().collect()
}

/// A key is known for 24 hours. DynamoDB removes what has expired late, so the code looks at the time itself.
#[test]
fn a_key_expires_after_24_hours() {
    let api = APP.start();
    create(&api, "a-key", BOOK);
    let mut record = records(&api, "BooksTable").remove(0);
    let expires_at: u64 = record["expiresAt"]["N"].as_str().unwrap().parse().unwrap();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let lifetime = Duration::from_secs(expires_at).saturating_sub(now).as_secs_f64() / 3_600.0;
    assert!((23.9..=24.0).contains(&lifetime), "{lifetime} hours");

    record["expiresAt"]["N"] = now.as_secs().to_string().into();
    api.dynamodb("PutItem", &json!({"TableName": "BooksTable", "Item": record}));
    let again = create(&api, "a-key", OTHER);
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, None));
    assert_eq!(again.json()["id"], 2);
    assert_eq!(essence(&create(&api, "a-key", OTHER)), essence(&again));
    assert_eq!(records(&api, "BooksTable").len(), 1);
}

/// Neither a key nor what makes it known may be read in the database.
#[test]
fn a_key_is_not_stored_as_it_came() {
    let api = APP.start();
    create(&api, "very-secret-key", BOOK);
    let record = records(&api, "BooksTable").remove(0).to_string();
    assert!(!record.contains("very-secret-key"), "{record}");
}

/// A record holds its item, and both have to fit.
#[test]
fn the_largest_items_can_be_made_once() {
    let api = APP.start();
    let book =
        json!({"title": "😀".repeat(10_000), "author": "😀".repeat(500), "content": "c".repeat(262_144)});
    let label = json!({"title": "😀".repeat(10_000), "note": "🦀".repeat(100_000)});
    for (path, body) in [("/books", book.to_string()), ("/labels", label.to_string())] {
        let create = || api.request("POST", path, &[("idempotency-key", "a-key")], &body);
        let first = create();
        assert_eq!(first.status, 201, "{path}");
        assert_eq!(essence(&create()), essence(&first));
    }
}

/// What a request costs in calls of DynamoDB: seen by a proxy before the database of an API of the test's
/// own.
mod costs {
    use testkit::Watched;

    use super::{PATH, create};
    use crate::app::{APP, BOOK};

    #[test]
    fn a_create_with_a_key_costs_what_it_must() {
        let watched = Watched::start(&APP);
        create(&watched.api, "a-key", BOOK);
        assert_eq!(watched.operations(), ["GetItem", "TransactWriteItems", "UpdateItem"]);
        create(&watched.api, "a-key", BOOK);
        assert_eq!(watched.operations(), ["GetItem"]);
        watched.api.post(PATH, BOOK);
        assert_eq!(watched.operations(), ["PutItem", "UpdateItem"]);
    }
}
