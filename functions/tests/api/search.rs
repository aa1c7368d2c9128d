//! `/api/search`.

use serde_json::json;
use testkit::hostile;

use crate::{
    app::APP,
    routes::{Event, Limit, Route},
};

pub(crate) const ROUTE: Route = Route { events, limits, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![("search", 200, json!({"search": "react", "limit": 5}))]
}

fn limits() -> Vec<Limit> {
    let maximum = APP.start().get("/api/search?limit=1000").json()["error"][0]["maximum"].clone();
    vec![
        ("/paths/~1api~1search/get/parameters/1/schema/maximum", maximum.clone()),
        (
            "/paths/~1api~1search/get/responses/200/content/application~1json/schema/properties/limit/maximum",
            maximum,
        ),
    ]
}

#[test]
fn search_says_what_was_asked_for() {
    let api = APP.start();
    for (query, expected) in [
        ("?q=react&limit=5", json!({"search": "react", "limit": 5})),
        ("", json!({"search": null, "limit": 10})),
        ("?q=&limit=", json!({"search": "", "limit": 10})),
        ("?q=a+b%20c%26&q=second", json!({"search": "a b c&", "limit": 10})),
        ("?limit=100&limit=5", json!({"search": null, "limit": 100})),
        ("?limit=1", json!({"search": null, "limit": 1})),
        ("?q=%F0%9F%A6%80%FF", json!({"search": "🦀\u{fffd}", "limit": 10})),
        ("?Q=a", json!({"search": null, "limit": 10})),
    ] {
        api.get(&format!("/api/search{query}")).assert(200, &expected);
    }
}

/// `Number()` reads it: what JavaScript takes for a number is one.
#[test]
fn search_takes_every_whole_number_that_javascript_reads() {
    let api = APP.start();
    for (limit, number) in [
        ("5.0", 5),
        ("+5", 5),
        ("%2B5", 5),
        ("%205%20", 5),
        ("%095%0A", 5),
        ("%EF%BB%BF5%C2%A0", 5),
        ("5.", 5),
        ("005", 5),
        ("1e1", 10),
        ("1E%2B1", 10),
        ("1000e-2", 10),
        (".5e1", 5),
        ("0x10", 16),
        ("0b11", 3),
        ("0O17", 15),
        ("1.0000000000000001", 1),
        ("100.00000000000000001", 100),
    ] {
        api.get(&format!("/api/search?limit={limit}")).assert(200, &json!({"search": null, "limit": number}));
    }
}

/// The answers of Zod 4.6's `z.coerce.number().int().min(1).max(100)`, as text: the order of the keys is
/// Zod's too.
#[test]
fn search_refuses_any_other_limit_in_zods_words() {
    const SMALL: &str = r#"{"origin":"number","code":"too_small","minimum":1,"inclusive":true,"path":["limit"],"message":"Too small: expected number to be >=1"}"#;
    const BIG: &str = r#"{"origin":"number","code":"too_big","maximum":100,"inclusive":true,"path":["limit"],"message":"Too big: expected number to be <=100"}"#;
    const NO_INT: &str = r#"{"expected":"int","format":"safeint","code":"invalid_type","path":["limit"],"message":"Invalid input: expected int, received number"}"#;
    const UNSAFE_SMALL: &str = r#"{"code":"too_small","minimum":-9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too small: expected int to be >=-9007199254740991"}"#;
    const UNSAFE_BIG: &str = r#"{"code":"too_big","maximum":9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too big: expected int to be <=9007199254740991"}"#;
    let api = APP.start();
    let not_finite = |received: &str| {
        format!(
            r#"{{"expected":"number","code":"invalid_type","received":"{received}","path":["limit"],"message":"Invalid input: expected number, received {received}"}}"#
        )
    };
    let refused = |limit: &str, issues: &str| {
        let answer = api.get(&format!("/api/search?limit={limit}"));
        assert_eq!((answer.status, answer.body), (400, format!(r#"{{"error":[{issues}]}}"#)), "{limit}");
    };
    for limit in ["0", "-0", "0.0", "-5", "%20", "+", "0x0", "-9007199254740991", "1e-400"] {
        refused(limit, SMALL);
    }
    for limit in ["101", "1e3", "0xFF", "9007199254740991"] {
        refused(limit, BIG);
    }
    for limit in ["1.5", "-1.5", "0.5", "1e-1", "101.5", ".1"] {
        refused(limit, NO_INT);
    }
    for limit in ["-9007199254740992", "-99999999999999999999", "-1e300"] {
        refused(limit, &format!("{UNSAFE_SMALL},{SMALL}"));
    }
    for limit in ["9007199254740992", "99999999999999999999", "1e300"] {
        refused(limit, &format!("{UNSAFE_BIG},{BIG}"));
    }
    for limit in ["1e400", "Infinity", "%2BInfinity"] {
        refused(limit, &not_finite("Infinity"));
    }
    for limit in ["-1e400", "-Infinity"] {
        refused(limit, &not_finite("-Infinity"));
    }
    for limit in [
        "abc",
        "5abc",
        "-",
        "%2B",
        "NaN",
        "inf",
        "infinity",
        "5,",
        "1_0",
        "1%200",
        "1n",
        "0x",
        "-0x10",
        "0b2",
        "null",
        "true",
        "[]",
        "%EF%BC%95",
        "%D9%A5",
        "%FF",
        "%00",
        "5%00",
        "%C2%855",
        "--5",
        "1e",
        "1.2.3",
    ] {
        refused(limit, &not_finite("NaN"));
    }
}

#[test]
fn the_limit_that_is_left_out_is_the_default_that_is_described() {
    let default = APP.contract().value("/paths/~1api~1search/get/parameters/1/schema/default");
    assert_eq!(default, Some(&APP.start().get("/api/search").json()["limit"]));
}

#[test]
fn a_refused_search_has_the_same_head() {
    let api = APP.start();
    let head = api.request("HEAD", "/api/search?limit=0", &[], "");
    let get = api.get("/api/search?limit=0");
    assert_eq!((head.status, head.body.as_str()), (400, ""));
    assert_eq!(head.header("content-length"), get.header("content-length"));
}

/// Callers that mean harm.
#[test]
fn searches_of_any_kind_are_read_or_refused() {
    let api = APP.start();
    for query in hostile::queries() {
        assert_eq!(api.get(&format!("/api/search?{query}")).status, 200, "{query}");
    }
    for limit in hostile::limits() {
        let answer = api.get(&format!("/api/search?limit={limit}"));
        assert_eq!(answer.status, 400, "{limit}: {answer:?}");
    }
    assert_eq!(api.get("/api/search?q=%&q=%zz&=&&&").json()["search"], "%");
}
