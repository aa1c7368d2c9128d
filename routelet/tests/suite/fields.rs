//! Fields of every type, over HTTP. The unit tests of `routelet::model` hold each rule against Zod; here it
//! is what a caller sends, the store keeps and a caller gets.

use serde_json::{Value, json};
use testkit::Api;

use crate::app::{APP, BOOK, whole_book};

fn create(api: &Api, body: &Value) -> Value {
    let made = api.post("/books", body.to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()
}

/// A value for each field that is not the one in [`whole_book`].
fn changes() -> Value {
    json!({
        "title": "changed",
        "author": "Somebody Else",
        "content": "changed",
        "available": false,
        "pages": 1,
        "rating": -2,
        "publishedAt": "1970-01-01T00:00:00.000Z",
        "format": "hardcover",
        "tags": [],
        "publisher": {"name": "Another", "city": "Rome"},
        "editions": [{"year": 2026, "format": "paperback"}],
        "remark": "changed",
    })
}

fn names() -> Vec<String> {
    changes().as_object().unwrap().keys().cloned().collect()
}

#[test]
fn each_type_is_created_read_and_listed() {
    let api = APP.start();
    let made = create(&api, &whole_book());
    for name in names() {
        assert_eq!(made[&name], whole_book()[&name], "{name}");
    }
    api.get("/books/1").assert(200, &made);
    for list in ["/books", "/books?author=a+writer"] {
        api.get(list).assert(200, &json!([made]));
    }
    let deleted = api.delete("/books/1").json();
    assert_eq!(deleted["deleted"], made);
}

#[test]
fn what_is_left_out_is_null_or_the_default() {
    let api = APP.start();
    let made = api.post("/books", BOOK).json();
    assert_eq!((&made["available"], &made["tags"]), (&json!(false), &json!([])));
    for name in ["content", "pages", "rating", "publishedAt", "format", "publisher", "editions", "remark"] {
        assert_eq!(made[name], Value::Null, "{name}");
    }
    let partial = create(
        &api,
        &json!({"title": "t", "author": "a", "remark": null, "publisher": {"name": "n"}, "editions": [{"year": 1999}]}),
    );
    assert_eq!(partial["publisher"], json!({"name": "n", "city": null}));
    assert_eq!(partial["editions"], json!([{"year": 1999, "format": null}]));
    assert_eq!(partial["remark"], Value::Null);
}

/// One field changes, and the others stay; `format` among them, which is a reserved word of DynamoDB.
#[test]
fn each_field_can_be_changed_by_itself() {
    let api = APP.start();
    let mut book = create(&api, &whole_book());
    for (name, value) in changes().as_object().unwrap() {
        book[name] = value.clone();
        let answer = api.patch("/books/1", json!({name: value}).to_string());
        assert_eq!((answer.status, answer.json()), (200, book.clone()), "{name}");
        let tag = [("if-match", answer.header("etag").unwrap())];
        assert_eq!(
            api.request("PATCH", "/books/1", &tag, json!({name: value}).to_string()).status,
            200,
            "{name}"
        );
        api.get("/books/1").assert(200, &book);
    }
    api.get("/books?author=SOMEBODY+else").assert(200, &json!([book]));
    let tag = api.get("/books/1").header("etag").unwrap().to_owned();
    assert_eq!(api.request("DELETE", "/books/1", &[("if-match", &tag)], "").status, 200);
}

#[test]
fn put_changes_every_field_that_is_given_and_keeps_the_others() {
    let api = APP.start();
    let mut book = create(&api, &whole_book());
    book["title"] = "t".into();
    book["author"] = "a".into();
    api.put("/books/1", BOOK).assert(200, &book);
    let all = changes();
    let put = api.put("/books/1", all.to_string()).json();
    for name in names() {
        assert_eq!(put[&name], all[&name], "{name}");
    }
    api.get("/books/1").assert(200, &put);
}

#[test]
fn null_clears_what_may_be_null_and_nothing_else() {
    let api = APP.start();
    let mut book = create(&api, &whole_book());
    for name in names() {
        let answer = api.patch("/books/1", json!({&name: null}).to_string());
        if ["title", "author", "available", "tags"].contains(&name.as_str()) {
            assert_eq!(
                (answer.status, &answer.json()["error"][0]["path"]),
                (400, &json!([name])),
                "{answer:?}"
            );
        } else {
            book[&name] = Value::Null;
            assert_eq!((answer.status, answer.json()), (200, book.clone()), "{name}");
        }
    }
    api.get("/books/1").assert(200, &book);
}

/// An array or an object is replaced as a whole, and must be a whole one.
#[test]
fn a_patch_does_not_reach_into_arrays_and_objects() {
    let api = APP.start();
    let book = create(&api, &whole_book());
    let answer = api.patch("/books/1", r#"{"publisher":{"city":"Bonn"}}"#);
    answer.assert_error(
        400,
        json!([{"code": "invalid_type", "expected": "string", "path": ["publisher", "name"],
                "message": "Invalid input: expected string, received undefined"}]),
    );
    api.get("/books/1").assert(200, &book);
}

/// All of them at once, in the order of the fields, with the way to each.
#[test]
fn issues_name_the_place_within_arrays_and_objects() {
    let api = APP.start();
    let book = create(&api, &whole_book());
    let wrong = json!({
        "title": 1, "author": "", "content": [], "available": "x", "pages": 1.5, "rating": "1",
        "publishedAt": "yesterday", "format": "scroll", "tags": ["a", "", 3, "b".repeat(101)],
        "publisher": {"city": 4}, "editions": [{"year": 1999}, {"year": 1, "format": null}, 7], "remark": 5,
    });
    let expected = [
        (json!(["title"]), "invalid_type"),
        (json!(["author"]), "too_small"),
        (json!(["content"]), "invalid_type"),
        (json!(["available"]), "invalid_type"),
        (json!(["pages"]), "invalid_type"),
        (json!(["rating"]), "invalid_type"),
        (json!(["publishedAt"]), "invalid_format"),
        (json!(["format"]), "invalid_value"),
        (json!(["tags", 1]), "too_small"),
        (json!(["tags", 2]), "invalid_type"),
        (json!(["tags", 3]), "too_big"),
        (json!(["publisher", "name"]), "invalid_type"),
        (json!(["publisher", "city"]), "invalid_type"),
        (json!(["editions", 1, "year"]), "too_small"),
        (json!(["editions", 1, "format"]), "invalid_value"),
        (json!(["editions", 2]), "invalid_type"),
        (json!(["remark"]), "invalid_type"),
    ];
    for (method, path) in [("POST", "/books"), ("PUT", "/books/1"), ("PATCH", "/books/1")] {
        let answer = api.request(method, path, &[], wrong.to_string());
        assert_eq!(answer.status, 400, "{answer:?}");
        let error = answer.json()["error"].clone();
        let told: Vec<_> =
            error.as_array().unwrap().iter().map(|issue| (&issue["path"], &issue["code"])).collect();
        let expected: Vec<_> = expected.iter().map(|(path, code)| (path.clone(), json!(code))).collect();
        assert_eq!(told, expected.iter().map(|(path, code)| (path, code)).collect::<Vec<_>>(), "{method}");
    }
    api.get("/books").assert(200, &json!([book]));
}

#[test]
fn half_of_a_surrogate_pair_is_found_within_arrays_and_objects() {
    let api = APP.start();
    for (field, place) in [
        (r#""tags":["a","\ud800"]"#, "tags[1] has half of a surrogate pair at line 1 column 40"),
        (
            r#""publisher":{"name":"\ud800"}"#,
            "publisher.name has half of a surrogate pair at line 1 column 48",
        ),
    ] {
        let body = format!(r#"{{"title":"t","author":"a",{field}}}"#);
        api.post("/books", body).assert_error(400, format!("Invalid text: {place}"));
    }
}

/// JavaScript's whole numbers end at 2^53 − 1, and 17 digits tell any two numbers from each other.
#[test]
fn numbers_come_back_digit_by_digit() {
    let api = APP.start();
    let ratings = [
        ("0.30000000000000004", "0.30000000000000004"),
        ("-0.1", "-0.1"),
        ("5e-324", "0"), // nearer to zero than DynamoDB stores
        ("1.7976931348623157e100", "1.7976931348623157e+100"),
        ("-2.2250738585072015e-130", "-2.2250738585072015e-130"),
        ("9007199254740993", "9007199254740992"), // as `JSON.parse` reads it
        ("4.0", "4"),
        ("-0", "0"),
    ];
    for (id, (sent, expected)) in (1..).zip(ratings) {
        let body = format!(r#"{{"title":"t","author":"a","pages":9007199254740991,"rating":{sent}}}"#);
        assert_eq!(api.post("/books", body).status, 201, "{sent}");
        let expected = format!(r#""pages":9007199254740991,"rating":{expected},"#);
        let got = api.get(&format!("/books/{id}")).body;
        assert!(got.contains(&expected), "{sent}: {got}");
    }
    let listed = api.get("/books").body;
    assert!(listed.contains("0.30000000000000004") && listed.contains("1.7976931348623157e+100"), "{listed}");
    for pages in ["9007199254740992", "0", "1.5"] {
        let body = format!(r#"{{"title":"t","author":"a","pages":{pages}}}"#);
        assert_eq!(api.post("/books", body).json()["error"][0]["path"], json!(["pages"]), "{pages}");
    }
}

#[test]
fn a_time_comes_back_in_utc_to_the_millisecond() {
    let api = APP.start();
    create(&api, &whole_book());
    for (sent, expected) in [
        ("2026-06-01T10:00:00Z", "2026-06-01T10:00:00.000Z"),
        ("2024-02-29T23:59:59.9999Z", "2024-02-29T23:59:59.999Z"),
        ("0001-01-01T00:00:00.5Z", "0001-01-01T00:00:00.500Z"),
    ] {
        let answer = api.patch("/books/1", json!({"publishedAt": sent}).to_string());
        assert_eq!((answer.status, &answer.json()["publishedAt"]), (200, &json!(expected)), "{sent}");
    }
    for sent in ["2026-06-01T10:00:00+02:00", "2025-02-29T00:00:00Z", "2026-06-01", ""] {
        let answer = api.patch("/books/1", json!({"publishedAt": sent}).to_string());
        assert_eq!(
            (answer.status, &answer.json()["error"][0]["format"]),
            (400, &json!("datetime")),
            "{sent}"
        );
    }
}

/// An item of DynamoDB ends at 400 KB. Each field may be as long as it is; together they are too long.
#[test]
fn an_item_that_is_too_large_is_413_and_is_not_stored() {
    let api = APP.start();
    let large = json!({
        "title": "😀".repeat(10_000), "author": "a", "content": "c".repeat(262_144),
        "tags": vec!["😀".repeat(100); 100], "remark": "😀".repeat(20_000),
    });
    let key = [("idempotency-key", "k")];
    api.post("/books", large.to_string()).assert_error(413, "The item would be too large");
    api.request("POST", "/books", &key, large.to_string()).assert_error(413, "The item would be too large");
    api.get("/books").assert(200, &json!([]));
    let book = api.post("/books", BOOK).json();
    let item = format!("/books/{}", book["id"]);
    for method in ["PUT", "PATCH"] {
        api.request(method, &item, &[], large.to_string()).assert_error(413, "The item would be too large");
    }
    api.get(&item).assert(200, &book);
}

/// The size of an array is that of all its elements: 7 MB in one answer would be more than Lambda takes.
#[test]
fn a_list_of_long_arrays_has_pages() {
    const COUNT: u64 = 1_000;
    let api = APP.start();
    let tags: Vec<_> = (0..70).map(|number| json!({"S": format!("{number:0>100}")})).collect();
    let row = |id: u64| {
        json!({"PutRequest": {"Item": {
            "pk": {"S": "items#0"}, "id": {"N": id.to_string()}, "version": {"S": "0123456789abcdef"},
            "title": {"S": "t"}, "author": {"S": "a"}, "authorKey": {"S": "a"}, "available": {"BOOL": true},
            "tags": {"L": tags}, "createdAt": {"S": "2026-06-01T10:00:00.000Z"},
        }}})
    };
    let rows: Vec<_> = (1..=COUNT).map(row).collect();
    for rows in rows.chunks(25) {
        api.dynamodb("BatchWriteItem", &json!({"RequestItems": {"BooksTable": rows}}));
    }
    let counter = json!({"pk": {"S": "counter"}, "id": {"N": "0"}, "lastId": {"N": COUNT.to_string()}});
    api.dynamodb("PutItem", &json!({"TableName": "BooksTable", "Item": counter}));
    for filter in ["", "?author=a"] {
        let (mut ids, mut pages) = (Vec::new(), 0);
        let mut target = Some(format!("/books{filter}"));
        while let Some(page) = target {
            let answer = api.get(&page);
            assert_eq!(answer.status, 200, "{}", answer.body.get(..200).unwrap_or(&answer.body));
            let books = answer.json();
            assert_eq!(books[0]["tags"].as_array().unwrap().len(), 70);
            ids.extend(books.as_array().unwrap().iter().map(|book| book["id"].as_u64().unwrap()));
            target = answer.next_page();
            pages += 1;
        }
        assert_eq!(ids, (1..=COUNT).collect::<Vec<_>>(), "{filter}");
        assert!((2..=4).contains(&pages), "{pages} pages for 7 MB");
    }
}
