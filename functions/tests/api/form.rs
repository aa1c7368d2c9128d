//! `/api/form`. What is a form, and how one is read, is tested with `routelet`, in
//! `routelet/tests/suite/forms.rs`.

use serde_json::json;
use testkit::Answer;

use crate::{
    app::APP,
    routes::{Event, Route},
};

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![("form", 200, json!({"title": "My Post", "author": "Jane"}))]
}

const URLENCODED: &str = "application/x-www-form-urlencoded";

fn post(content_type: &str, body: &str) -> Answer {
    APP.start().request("POST", "/api/form", &[("content-type", content_type)], body)
}

#[test]
fn form_reads_url_encoded_fields() {
    post(URLENCODED, "title=My+Post&author=Jane%20D%C3%B6")
        .assert(200, &json!({"title": "My Post", "author": "Jane Dö"}));
    post(URLENCODED, "").assert(200, &json!({"title": null, "author": null}));
}

#[test]
fn form_reads_multipart_fields() {
    let title = "--XX\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nMy Post 🦀\r\n";
    post("multipart/form-data; boundary=XX", &format!("{title}--XX--\r\n"))
        .assert(200, &json!({"title": "My Post 🦀", "author": null}));
    post("multipart/form-data; boundary=XX", title)
        .assert_error(400, "Invalid body: field \"title\" received with incomplete data");
}

#[test]
fn form_refuses_what_is_no_form() {
    let unsupported = "Expected application/x-www-form-urlencoded or multipart/form-data";
    post("application/json", r#"{"title":"a"}"#).assert_error(415, unsupported);
    post(URLENCODED, &"a".repeat(1_048_577)).assert_error(413, "Request body exceeds 1048576 bytes");
}
