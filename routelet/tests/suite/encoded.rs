//! Bodies that are said to be encoded. Most are `title=My+Post&author=Jane`, or the same as a multipart form
//! and as JSON, compressed in several ways.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::json;
use testkit::{Answer, Api};

use crate::{
    app::{APP, BOOK, LABEL},
    hostile::WITH_JSON,
};

/// A book and a label.
fn make_items(api: &Api) {
    assert_eq!(api.post("/books", BOOK).status, 201);
    assert_eq!(api.post("/labels", LABEL).status, 201);
}

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=XX";
const FORM: &str = "title=My+Post&author=Jane";

/// Coding, url-encoded form, multipart form, JSON, in base64: as Node.js's `zlib` writes them, blocks
/// that are stored as they are among them.
const BODIES: [(&str, &str, &str, &str); 11] = [
    (
        "gzip",
        "H4sIAAAAAAAAAyvJLMlJtfWt1A7ILy5RSywtycgvsvVKzEsFAPuhEuoZAAAA",
        "H4sIAAAAAAAAA9PVjYjg5XLOzytJzSvRdcksLsgvzizJzM+zUkjLL8rVTUksSbRWyEvMTbVVKsksyUlV4uXi5fKtVAjILy7h5dIlQXtiaUlGfhFYv1diXipEs64uLxcAdliL9YQAAAA=",
        "H4sIAAAAAAAAA6tWKsksyUlVslIqUdJRSs7PK0nNK1GyUkpW0lFKLC3JyC9SslJKVKoFAK9YoZwoAAAA",
    ),
    (
        "x-gzip",
        "H4sIAAAAAAAAAyvJLMlJtfWt1A7ILy5RSywtycgvsvVKzEsFAPuhEuoZAAAA",
        "H4sIAAAAAAAAA9PVjYjg5XLOzytJzSvRdcksLsgvzizJzM+zUkjLL8rVTUksSbRWyEvMTbVVKsksyUlV4uXi5fKtVAjILy7h5dIlQXtiaUlGfhFYv1diXipEs64uLxcAdliL9YQAAAA=",
        "H4sIAAAAAAAAA6tWKsksyUlVslIqUdJRSs7PK0nNK1GyUkpW0lFKLC3JyC9SslJKVKoFAK9YoZwoAAAA",
    ),
    (
        "deflate",
        "eJwrySzJSbX1rdQOyC8uUUssLcnIL7L1SsxLBQB7FAlr",
        "eJzT1Y2I4OVyzs8rSc0r0XXJLC7IL84syczPs1JIyy/K1U1JLEm0VshLzE21VSrJLMlJVeLl4uXyrVQIyC8u4eXSJUF7YmlJRn4RWL9XYl4qRLOuLi8XABmhKOU=",
        "eJyrVirJLMlJVbJSKlHSUUrOzytJzStRslJKVtJRSiwtycgvUrJSSlSqBQAFXAx/",
    ),
    (
        "deflate",
        "K8ksyUm19a3UDsgvLlFLLC3JyC+y9UrMSwUA",
        "09WNiODlcs7PK0nNK9F1ySwuyC/OLMnMz7NSSMsvytVNSSxJtFbIS8xNtVUqySzJSVXi5eLl8q1UCMgvLuHl0iVBe2JpSUZ+EVi/V2JeKkSzri4vFwA=",
        "q1YqySzJSVWyUipR0lFKzs8rSc0rUbJSSlbSUUosLcnIL1KyUkpUqgUA",
    ),
    (
        "br",
        "CwyAdGl0bGU9TXkrUG9zdCZhdXRob3I9SmFuZQM=",
        "G4MAaKyOd5gKawfHmXsjos8tWxrKWqFBqWk2YKU1CFFYnnKbK5EdnRywfv8pbAEG1BZpnNvYEMGzJIo6dW6LouXxZzMSzMqWqpyS/zh8lgRPE3tZQAI=",
        "GycAcIzUYs0Z7oxQ6S0yRrc3dVj6wCHHB8W25q2IqweM/Dhp2eVjopBfWAM=",
    ),
    (
        "br",
        "CwyAdGl0bGU9TXkrUG9zdCZhdXRob3I9SmFuZQM=",
        "i0GALS1YWA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJ0aXRsZSINCg0KTXkgUG9zdA0KLS1YWA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhdXRob3IiDQoNCkphbmUNCi0tWFgtLQ0KAw==",
        "ixOAeyJ0aXRsZSI6InQiLCJjb250ZW50IjoiYyIsImF1dGhvciI6ImEifQM=",
    ),
    (
        "gzip",
        "H4sIAAAAAAAEAwEZAOb/dGl0bGU9TXkrUG9zdCZhdXRob3I9SmFuZfuhEuoZAAAA",
        "H4sIAAAAAAAEAwGEAHv/LS1YWA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJ0aXRsZSINCg0KTXkgUG9zdA0KLS1YWA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhdXRob3IiDQoNCkphbmUNCi0tWFgtLQ0KdliL9YQAAAA=",
        "H4sIAAAAAAAEAwEoANf/eyJ0aXRsZSI6InQiLCJjb250ZW50IjoiYyIsImF1dGhvciI6ImEifa9YoZwoAAAA",
    ),
    (
        "deflate",
        "eAEBGQDm/3RpdGxlPU15K1Bvc3QmYXV0aG9yPUphbmV7FAlr",
        "eAEBhAB7/y0tWFgNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0idGl0bGUiDQoNCk15IFBvc3QNCi0tWFgNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0iYXV0aG9yIg0KDQpKYW5lDQotLVhYLS0NChmhKOU=",
        "eAEBKADX/3sidGl0bGUiOiJ0IiwiY29udGVudCI6ImMiLCJhdXRob3IiOiJhIn0FXAx/",
    ),
    (
        "deflate",
        "ARkA5v90aXRsZT1NeStQb3N0JmF1dGhvcj1KYW5l",
        "AYQAe/8tLVhYDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9InRpdGxlIg0KDQpNeSBQb3N0DQotLVhYDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9ImF1dGhvciINCg0KSmFuZQ0KLS1YWC0tDQo=",
        "ASgA1/97InRpdGxlIjoidCIsImNvbnRlbnQiOiJjIiwiYXV0aG9yIjoiYSJ9",
    ),
    (
        "gzip, identity",
        "H4sIAAAAAAAAAyvJLMlJtfWt1A7ILy5RSywtycgvsvVKzEsFAPuhEuoZAAAA",
        "H4sIAAAAAAAAA9PVjYjg5XLOzytJzSvRdcksLsgvzizJzM+zUkjLL8rVTUksSbRWyEvMTbVVKsksyUlV4uXi5fKtVAjILy7h5dIlQXtiaUlGfhFYv1diXipEs64uLxcAdliL9YQAAAA=",
        "H4sIAAAAAAAAA6tWKsksyUlVslIqUdJRSs7PK0nNK1GyUkpW0lFKLC3JyC9SslJKVKoFAK9YoZwoAAAA",
    ),
    (
        "deflate, gzip",
        "H4sIAAAAAAAAA6uYo31S56Tn1q9rr/Cd0NcL9NbRPXlCf9NXrzPerAzVIpzZAK8pWJwhAAAA",
        "H4sIAAAAAAAAAwFcAKP/eJzT1Y2I4OVyzs8rSc0r0XXJLC7IL84syczPs1JIyy/K1U1JLEm0VshLzE21VSrJLMlJVeLl4uXyrVQIyC8u4eXSJUF7YmlJRn4RWL9XYl4qRLOuLi8XABmhKOXbQhKoXAAAAA==",
        "H4sIAAAAAAAAAwEwAM//eJyrVirJLMlJVbJSKlHSUUrOzytJzStRslJKVtJRSiwtycgvUrJSSlSqBQAFXAx/VeMXjjAAAAA=",
    ),
];

#[track_caller]
fn assert_unsupported(answer: &Answer) {
    answer.assert_error(415, "Content-Encoding of a body must be identity");
    assert_eq!(answer.header("accept-encoding"), Some("identity"));
}

fn bytes(text: &str) -> Vec<u8> {
    BASE64_STANDARD.decode(text).unwrap()
}

/// `cargo lambda watch` has an answer of its own to a body that is said to be JSON and is not UTF-8.
mod gateway {
    use super::*;

    #[test]
    fn a_compressed_body_which_is_not_utf_8_is_415_on_every_route_that_reads_one() {
        let api = APP.start();
        make_items(&api);
        for (coding, _, _, json) in BODIES {
            for (method, path) in WITH_JSON {
                for content_type in ["application/json", "application/octet-stream"] {
                    let headers = [("content-encoding", coding), ("content-type", content_type)];
                    assert_unsupported(&api.request(method, path, &headers, bytes(json)));
                }
            }
        }
        for (coding, urlencoded, multipart, json) in BODIES {
            for (content_type, body) in
                [(URLENCODED, urlencoded), (MULTIPART, multipart), ("application/json", json)]
            {
                let headers = [("content-encoding", coding), ("content-type", content_type)];
                assert_unsupported(&api.request("POST", "/form", &headers, bytes(body)));
            }
        }
        assert_eq!(api.get("/books?limit=10").json().as_array().map(Vec::len), Some(1), "nothing was made");
    }
}

/// Something before us has decoded it and left the header.
#[test]
fn a_body_that_is_readable_is_read_whatever_the_header_says() {
    let api = APP.start();
    for coding in
        ["gzip", "deflate", "br", "zstd", "GZIP", "x-gzip", "gzip, br", "gzip, identity", "utf-8", "unknown"]
    {
        let send = |method: &str, path: &str, content_type: &str, body: &str| {
            api.request(method, path, &[("content-encoding", coding), ("content-type", content_type)], body)
        };
        for (path, body) in [("/books", BOOK), ("/labels", LABEL)] {
            let made = send("POST", path, "application/json", body);
            assert_eq!(made.status, 201, "{coding}");
            // Where no body is read, none is refused.
            let item = |id: u64| format!("{path}/{id}");
            assert_eq!(send("GET", &item(1), "application/json", "").status, 200, "{coding}");
            let deleted = send("DELETE", &item(99), "application/json", "\u{1f}\u{8b}");
            assert_eq!(deleted.status, 404, "{coding}");
        }
        send("POST", "/echo", "application/json", "[1]").assert(200, &json!({"received": [1]}));
        let expected = json!({"title": "My Post", "author": "Jane"});
        send("POST", "/form", URLENCODED, FORM).assert(200, &expected);
        send("POST", "/form", URLENCODED, &format!("{FORM}\n"))
            .assert(200, &json!({"title": "My Post", "author": "Jane\n"}));
        send("POST", "/form", URLENCODED, "title=ä").assert(200, &json!({"title": "ä", "author": null}));
        send("POST", "/form", MULTIPART, &multipart_form()).assert(200, &expected);
        assert_unsupported(&send("POST", "/echo", "application/json", "{"));
        assert_unsupported(&send("POST", "/form", MULTIPART, "--XX"));
    }
}

#[test]
fn identity_is_no_encoding() {
    let api = APP.start();
    for coding in
        ["", " ", "identity", "Identity", "IDENTITY", "identity, identity", "identity,", ",", " identity "]
    {
        let headers = [("content-encoding", coding), ("content-type", "application/json")];
        api.request("POST", "/echo", &headers, "{")
            .assert_error(400, "Invalid JSON: EOF while parsing an object at line 1 column 1");
        let headers = [("content-encoding", coding), ("content-type", URLENCODED)];
        api.request("POST", "/form", &headers, "title=\u{1}")
            .assert(200, &json!({"title": "\u{1}", "author": null}));
    }
    for coding in ["identity, gzip", "gzip,identity", "identity gzip", "not-identity"] {
        assert_unsupported(&api.request("POST", "/echo", &[("content-encoding", coding)], "{"));
    }
}

fn multipart_form() -> String {
    let part = |name: &str, value: &str| {
        format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    format!("{}{}--XX--\r\n", part("title", "My Post"), part("author", "Jane"))
}
