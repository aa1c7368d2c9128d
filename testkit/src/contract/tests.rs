//! The check can fail. A document of its own, so that these tests say all they need.

use ureq::http::{HeaderMap, HeaderName, HeaderValue};

use super::{
    check,
    document::Document,
    exchange::{Exchange, Request, Response},
};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: A fixture, version: 0.0.0 }
paths:
  /notes:
    post:
      operationId: create-note
      parameters: [{ name: X-Key, in: header, schema: { maxLength: 3 } }]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/NewNote" } } }
      responses:
        "201": { $ref: "#/components/responses/Note" }
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      operationId: get-note
      parameters: [{ name: lines, in: query, schema: { type: integer, maximum: 9 } }]
      responses:
        "200": { $ref: "#/components/responses/Note" }
        "304": { description: You have it. }
x-fallback:
  "204": { description: Methods., headers: { allow: { required: true, schema: { type: string } } } }
  "308": { description: The clean path., headers: { location: { required: true, schema: { pattern: "^/" } } } }
  "404": { $ref: "#/components/responses/Refused" }
  "405": { $ref: "#/components/responses/Refused" }
components:
  responses:
    Note:
      description: A note.
      headers:
        X-Request-Id: { required: true, schema: { type: string } }
        X-Lines: { schema: { type: integer, minimum: 1 } }
      content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } }
    Refused:
      description: Why.
      headers: { x-request-id: { required: true, schema: { type: string } } }
      content: { application/json: { schema: { required: [error], additionalProperties: false, properties: { error: {} } } } }
  schemas:
    NewNote: { type: object, required: [text], properties: { text: { type: string, minLength: 1 } } }
    Note:
      type: object
      required: [text, at]
      additionalProperties: false
      properties: { text: { type: string }, at: { type: string, format: date-time }, by: { $ref: "#/components/schemas/By" } }
    By: { oneOf: [{ type: string }, { type: array, items: { anyOf: [{ $ref: "#/components/schemas/Team" }, { const: me }] } }] }
    Team: { type: object, properties: { team: { type: string, minLength: 1 } } }
"##;

const NOTE: &str = r#"{"text":"a","at":"2026-06-01T10:00:00.000Z"}"#;
const ERROR: &str = r#"{"error":"Not found"}"#;
const OK: &[(&str, &str)] = &[("content-type", "application/json"), ("x-request-id", "1"), ("date", "now")];

/// A request without headers.
const fn request<'e>(method: &'e str, target: &'e str, body: &'e str) -> Request<'e> {
    Request { method, target, headers: &[], body: body.as_bytes() }
}

fn check(request: Request<'_>, status: u16, headers: &[(&str, &str)], body: &str) -> Result<(), String> {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| (HeaderName::try_from(*name).unwrap(), HeaderValue::from_str(value).unwrap()))
        .collect();
    let response = Response { status, headers: &headers, body: body.as_bytes() };
    check::check(&Exchange { request, response }, &Document::read(DOCUMENT))
        .map_err(|drift| drift.to_string())
}

#[track_caller]
fn passes(request: Request<'_>, status: u16, headers: &[(&str, &str)], body: &str) {
    assert_eq!(check(request, status, headers, body), Ok(()));
}

#[track_caller]
fn fails(request: Request<'_>, status: u16, headers: &[(&str, &str)], body: &str, expected: &str) {
    assert_eq!(check(request, status, headers, body).unwrap_err(), expected);
}

/// `OK` with one header more.
fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    OK.iter().copied().filter(|(own, _)| *own != name).chain([(name, value)]).collect()
}

#[test]
fn what_the_document_says_passes() {
    passes(request("GET", "/notes/1", ""), 200, OK, NOTE);
    passes(request("GET", "/notes/1?lines=9&other=x", ""), 200, &with("x-lines", "9"), NOTE);
    passes(request("GET", "/notes/1", ""), 304, &[], "");
    passes(request("HEAD", "/notes/1", ""), 200, OK, "");
    passes(request("POST", "/notes", r#"{"text":"a","more":1}"#), 201, OK, NOTE);
    passes(request("OPTIONS", "/notes", ""), 204, &[("allow", "POST")], "");
    passes(request("GET", "/notes", ""), 405, OK, ERROR);
    passes(request("GET", "/elsewhere", ""), 404, OK, ERROR);
    passes(request("GET", "/notes//1", ""), 308, &[("location", "/notes/1")], "");
}

#[test]
fn a_status_that_is_not_declared_fails() {
    fails(
        request("GET", "/notes/1", ""),
        418,
        OK,
        NOTE,
        "get-note: this status is not there\n  at #/paths/~1notes~1{id}/get/responses",
    );
}

#[test]
fn a_header_that_is_missing_of_another_type_or_not_declared_fails() {
    let get = || request("GET", "/notes/1", "");
    let here = "#/components/responses/Note/headers";
    let missing = format!("get-note: the header X-Request-Id is missing\n  at {here}/X-Request-Id");
    fails(get(), 200, &[("content-type", "application/json")], NOTE, &missing);
    let typed = format!(
        "get-note: the header X-Lines: the value is not of type \"integer\"\n  at {here}/X-Lines/schema/type"
    );
    fails(get(), 200, &with("x-lines", "two"), NOTE, &typed);
    let unknown = format!("get-note: the header x-powered-by is not there\n  at {here}");
    fails(get(), 200, &with("x-powered-by", "a fixture"), NOTE, &unknown);
    let twice = format!("get-note: the header X-Request-Id is there twice\n  at {here}/X-Request-Id");
    fails(get(), 200, &[OK, &[("x-request-id", "2")]].concat(), NOTE, &twice);
}

#[test]
fn a_body_with_an_unknown_field_or_a_wrong_one_fails() {
    let get = || request("GET", "/notes/1", "");
    let here = "#/components/schemas/Note";
    let unknown = r#"{"text":"a","at":"2026-06-01T10:00:00.000Z","of":"me"}"#;
    let reason = format!(
        "get-note: the body: Additional properties are not allowed ('of' was unexpected)\n  at {here}/additionalProperties"
    );
    fails(get(), 200, OK, unknown, &reason);
    let reason = format!(
        "get-note: the body at /at: the value is not a \"date-time\"\n  at {here}/properties/at/format"
    );
    fails(get(), 200, OK, r#"{"text":"a","at":"yesterday"}"#, &reason);
}

#[test]
fn of_several_variants_the_one_that_was_meant_says_what_is_wrong() {
    let fails = |by: &str, expected: &str| {
        let body = format!(r#"{{"text":"a","at":"2026-06-01T10:00:00.000Z","by":{by}}}"#);
        fails(request("GET", "/notes/1", ""), 200, OK, &body, &format!("get-note: the body at {expected}"));
    };
    fails(
        r#"["me", {"team": ""}]"#,
        "/by/1/team: the value is shorter than 1 character\n  at #/components/schemas/Team/properties/team/minLength",
    );
    fails(
        "5",
        "/by: the value is not valid under any of the schemas listed in the 'oneOf' keyword\n  at #/components/schemas/By/oneOf",
    );
}

#[test]
fn a_body_of_another_content_type_or_where_none_belongs_fails() {
    let get = || request("GET", "/notes/1", "");
    let here = "#/components/responses/Note/content";
    let reason = format!("get-note: the content type \"text/html\" is not there\n  at {here}");
    fails(get(), 200, &with("content-type", "text/html"), NOTE, &reason);
    let reason = format!(
        "get-note: the body is no JSON: expected ident at line 1 column 2\n  at {here}/application~1json"
    );
    fails(get(), 200, OK, "text", &reason);
    let here = "#/paths/~1notes~1{id}/get/responses/304";
    let reason = format!("get-note: there is a body, and none is described\n  at {here}");
    fails(get(), 304, &[], NOTE, &reason);
}

#[test]
fn a_request_that_was_taken_and_that_the_document_refuses_fails() {
    let here = "#/paths/~1notes~1{id}";
    let reason = format!(
        "get-note: lines: the value is greater than the maximum of 9\n  at {here}/get/parameters/0/schema/maximum"
    );
    fails(request("GET", "/notes/1?lines=10", ""), 200, OK, NOTE, &reason);
    let reason =
        format!("get-note: id: the value is not of type \"integer\"\n  at {here}/parameters/0/schema/type");
    fails(request("GET", "/notes/one", ""), 200, OK, NOTE, &reason);

    let schema = "#/components/schemas/NewNote";
    let reason = format!(
        "create-note: the request at /text: the value is shorter than 1 character\n  at {schema}/properties/text/minLength"
    );
    fails(request("POST", "/notes", r#"{"text":""}"#), 201, OK, NOTE, &reason);
    let reason = "create-note: a body is required, and none was sent\n  at #/paths/~1notes/post/requestBody";
    fails(request("POST", "/notes", ""), 201, OK, NOTE, reason);
    let long = Request { headers: &[("x-key", "long")], ..request("POST", "/notes", r#"{"text":"a"}"#) };
    let reason = "create-note: X-Key: the value is longer than 3 characters\n  at #/paths/~1notes/post/parameters/0/schema/maxLength";
    fails(long, 201, OK, NOTE, reason);
}

#[test]
fn what_no_operation_covers_is_answered_as_fallback_does() {
    let reason = |status: u16| {
        format!("fallback: no operation covers this, so it has to be a [{status}]\n  at #/x-fallback")
    };
    fails(request("GET", "/elsewhere", ""), 200, OK, NOTE, &reason(404));
    fails(request("GET", "/notes/1/2", ""), 405, OK, ERROR, &reason(404));
    fails(request("DELETE", "/notes/1", ""), 404, OK, ERROR, &reason(405));
    fails(request("OPTIONS", "/notes/1", ""), 405, OK, ERROR, &reason(204));
    fails(request("GET", "/notes/", ""), 404, OK, ERROR, &reason(308));
    let elsewhere = [("location", "https://elsewhere.example")];
    let reason = "fallback: the header location: the value does not match \"^/\"\n  at #/x-fallback/308/headers/location/schema/pattern";
    fails(request("GET", "/notes/", ""), 308, &elsewhere, "", reason);
}

/// CORS adds to it, whether the document has it or not.
#[test]
fn vary_is_the_functions_without_what_cors_adds() {
    let get = || request("GET", "/notes/1", "");
    passes(get(), 200, &with("vary", "origin"), NOTE);
    passes(get(), 200, &with("vary", "origin, access-control-request-method"), NOTE);
    let unknown = "get-note: the header vary is not there\n  at #/components/responses/Note/headers";
    fails(get(), 200, &with("vary", "cookie, origin"), NOTE, unknown);
}

/// Only what the gateway itself says is let through: a function's answer has an `x-request-id`.
#[test]
fn the_gateways_own_answers_pass_and_nothing_like_them_does() {
    const OWN: &[(&str, &str)] = &[("content-type", "application/json"), ("content-length", "25")];
    let message = r#"{"message":"Bad Request"}"#;
    for status in [400, 403, 413, 431, 500, 503] {
        passes(request("GET", "/notes/1", ""), status, OWN, message);
        passes(request("HEAD", "/notes/1", ""), status, OWN, "");
    }
    let preflight = [("origin", "https://a.example"), ("access-control-request-method", "PUT")];
    let asked = || Request { headers: &preflight, ..request("OPTIONS", "/notes/1", "") };
    passes(asked(), 204, &[("access-control-max-age", "600")], "");

    let under = |status| check(request("GET", "/notes/1", ""), status, OWN, ERROR).unwrap_err();
    assert!(under(500).starts_with("get-note: this status is not there"), "it is no message");
    assert!(check(request("GET", "/notes/1", ""), 502, OWN, message).is_err(), "it never says 502");
    assert!(check(request("GET", "/notes/1", ""), 500, OK, message).is_err(), "a function has seen it");
    assert!(check(request("GET", "/notes/1", ""), 204, &[], "").is_err(), "this asks for no preflight");
}
