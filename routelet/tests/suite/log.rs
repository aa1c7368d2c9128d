//! The line that each request leaves behind, as CloudWatch gets it.

use std::collections::BTreeMap;

use local::log::Line;
use serde_json::{Value, json};
use testkit::{Api, FakeDynamoDb};

use crate::app::{APP, BOOK};

const AS_DEPLOYED: [(&str, &str); 3] =
    [("AWS_LAMBDA_LOG_FORMAT", "JSON"), ("AWS_LAMBDA_LOG_LEVEL", "INFO"), ("METRICS_NAMESPACE", "a-stack")];

/// What the functions wrote until their end, by request.
fn lines(api: Api) -> BTreeMap<String, Vec<Value>> {
    let lines = api.lines();
    drop(api);
    let mut by_request = BTreeMap::<_, Vec<_>>::new();
    for line in lines.lock().unwrap().iter() {
        if let Line::Output { text, .. } = line {
            let line: Value = serde_json::from_str(text).unwrap();
            by_request
                .entry(line["requestId"].as_str().unwrap_or_default().to_owned())
                .or_default()
                .push(line);
        }
    }
    by_request
}

/// One line a request, with what it took; alarms and dashboards live on it.
#[test]
fn each_request_is_one_line_with_its_metrics() {
    let api = APP.with_environment(&AS_DEPLOYED);
    let answers = [
        ("POST /books", 201, 1, 2, api.post("/books", BOOK)),
        ("GET /books/{id}", 200, 1, 1, api.get("/books/1")),
        ("GET /books/{id}", 404, 0, 1, api.get("/books/2")),
        ("GET /books/{id}", 404, 0, 0, api.get("/books/x")),
        ("GET /books", 200, 1, 2, api.get("/books?limit=1")),
        ("GET /books/count", 200, 1, 3, api.get("/books/count")),
        ("GET /books/count", 200, 0, 1, api.get("/books/count?author=a")),
        ("GET /books/{id}/exists", 200, 1, 1, api.get("/books/1/exists")),
        ("DELETE /books/{id}", 200, 1, 1, api.delete("/books/1")),
        ("GET /greeting", 200, 1, 0, api.get("/greeting")),
    ];
    let ids: Vec<_> =
        answers.iter().map(|answer| answer.4.header("x-request-id").unwrap().to_owned()).collect();
    let lines = lines(api);
    for ((route, status, cold, calls, answer), id) in answers.iter().zip(ids) {
        assert_eq!(answer.status, *status);
        let [line] = lines[&id].as_slice() else { panic!("{id}: {:#?}", lines[&id]) };
        let told =
            ["route", "status", "ColdStarts", "DynamoDBCalls", "Requests", "level"].map(|name| &line[name]);
        let expected = [json!(route), json!(status), json!(cold), json!(calls), json!(1), json!("INFO")];
        assert_eq!(told, expected.each_ref(), "{line:#}");
        assert_eq!(line["ClientErrors"], json!(u8::from(*status >= 400)));
        assert_eq!(line["_aws"]["CloudWatchMetrics"][0]["Namespace"], "a-stack");
        assert!(
            line["Latency"].as_f64().unwrap() > 0.0 && line["traceId"].as_str().unwrap().starts_with("Root=")
        );
        let units = line["ReadCapacity"].as_f64().unwrap() + line["WriteCapacity"].as_f64().unwrap();
        assert_eq!(units > 0.0, *calls > 0, "{line:#}");
    }
}

/// A failure tells its cause in the same line, at any level.
#[test]
fn a_failure_is_one_line_with_its_cause() {
    let database = FakeDynamoDb::failing(400, "AccessDeniedException");
    let mut variables = AS_DEPLOYED.to_vec();
    variables.push(("AWS_LAMBDA_LOG_LEVEL", "ERROR"));
    variables.push(("AWS_ENDPOINT_URL_DYNAMODB", &database.url));
    let api = APP.with_environment(&variables);
    let failed = api.get("/books/1");
    assert_eq!((failed.status, api.get("/books/x").status), (500, 404));
    let id = failed.header("x-request-id").unwrap().to_owned();
    let lines = lines(api);
    assert_eq!(lines.len(), 1, "the other request and the start's own line are not asked for: {lines:#?}");
    let [failed] = lines[&id].as_slice() else { panic!("{lines:#?}") };
    assert_eq!((&failed["level"], &failed["ServerErrors"]), (&json!("ERROR"), &json!(1)));
    assert!(failed["cause"].as_str().unwrap().contains("AccessDeniedException"), "{failed:#}");
}

/// Metrics cost more than lines. Without them a line is like any other: it comes at its level, and says as
/// much.
#[test]
fn without_metrics_the_level_decides() {
    let printed = |level: &str| {
        let api = APP.with_environment(&[
            ("AWS_LAMBDA_LOG_FORMAT", "JSON"),
            ("AWS_LAMBDA_LOG_LEVEL", level),
            ("METRICS_NAMESPACE", ""),
        ]);
        let id = api.get("/books/1").header("x-request-id").unwrap().to_owned();
        lines(api).remove(&id).unwrap_or_default()
    };
    let [line] = &printed("INFO")[..] else { panic!("not one line") };
    let told = ["route", "status", "DynamoDBCalls", "level", "message", "_aws"].map(|name| &line[name]);
    let route = "GET /books/{id}";
    let expected =
        [json!(route), json!(404), json!(1), json!("INFO"), json!(format!("{route} 404")), Value::Null];
    assert_eq!(told, expected.each_ref(), "{line:#}");
    assert_eq!(printed("WARN"), Vec::<Value>::new());
}

/// A count sends numbers alone, and is charged for the items all the same: a unit for each 4 KB, half of it
/// in an index.
#[test]
fn a_count_is_told_with_the_units_of_all_items() {
    let api = APP.with_environment(&AS_DEPLOYED);
    let book = json!({"title": "t", "author": "a", "content": "c".repeat(200_000)}).to_string();
    for _ in 0..12 {
        assert_eq!(api.post("/books", &book).status, 201);
    }
    let counts = ["", "?author=a"].map(|query| api.get(&format!("/books/count{query}")));
    let ids = counts.map(|answer| answer.header("x-request-id").unwrap().to_owned());
    let lines = lines(api);
    let units = ids.map(|id| lines[&id][0]["ReadCapacity"].as_f64().unwrap());
    // 2.4 MB, the counter and what is after it; more by what each query reads twice at its end.
    assert!((588.0..750.0).contains(&units[0]), "{units:?}");
    assert!((294.0..375.0).contains(&units[1]), "{units:?}");
}
