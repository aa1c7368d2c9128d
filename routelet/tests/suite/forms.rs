//! Forms: url-encoded and multipart, as browsers write them and as others do.

use serde_json::json;
use testkit::{Answer, Api};

use crate::app::APP;

#[test]
fn form_reads_url_encoded_fields() {
    let api = APP.start();
    let form = |body: &str| {
        api.request(
            "POST",
            "/form",
            &[("content-type", "application/x-www-form-urlencoded; charset=UTF-8")],
            body,
        )
    };
    form("title=My+Post&author=Jane%20D%C3%B6")
        .assert(200, &json!({"title": "My Post", "author": "Jane Dö"}));
    form("title=a&title=b&other=c").assert(200, &json!({"title": "a", "author": null}));
    form("title=").assert(200, &json!({"title": "", "author": null}));
    form("").assert(200, &json!({"title": null, "author": null}));
}

fn multipart(api: &Api, body: impl AsRef<[u8]>) -> Answer {
    api.request("POST", "/form", &[("content-type", "multipart/form-data; boundary=XX")], body)
}

fn part(disposition: &str, value: &str) -> String {
    format!("--XX\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{value}\r\n")
}

#[test]
fn form_reads_multipart_fields() {
    let api = APP.start();
    let title = part("name=\"title\"", "My Post 🦀");
    let author = part("name=\"author\"", "Jane");
    let file = part("name=\"file\"; filename=\"a.bin\"", "\u{0}\u{1}");
    multipart(&api, format!("{file}{title}{author}--XX--\r\n"))
        .assert(200, &json!({"title": "My Post 🦀", "author": "Jane"}));
    let second = part("name=\"title\"", "second");
    multipart(&api, format!("{title}{second}--XX--\r\n"))
        .assert(200, &json!({"title": "My Post 🦀", "author": null}));
    multipart(&api, "--XX--\r\n").assert(200, &json!({"title": null, "author": null}));
    let many: String = (0..1_000).map(|number| part(&format!("name=\"n{number}\""), "v")).collect();
    multipart(&api, format!("{many}{title}--XX--\r\n"))
        .assert(200, &json!({"title": "My Post 🦀", "author": null}));
}

#[test]
fn a_multipart_field_that_is_not_utf_8_is_read_with_replacements() {
    let api = APP.start();
    let mut bytes = part("name=\"title\"", "a?b").into_bytes();
    let invalid = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[invalid] = 0xFF;
    multipart(&api, [&bytes[..], b"--XX--\r\n"].concat())
        .assert(200, &json!({"title": "a\u{fffd}b", "author": null}));
}

#[test]
fn form_refuses_what_is_no_form() {
    let api = APP.start();
    let title = part("name=\"title\"", "My Post");
    let file = part("name=\"title\"; filename=\"a.txt\"", "text");
    let refused = |answer: &Answer, detail: &str| answer.assert_error(400, format!("Invalid body: {detail}"));
    refused(&multipart(&api, format!("{file}--XX--\r\n")), "expected title to be text, received a file");
    refused(&multipart(&api, title.trim_end()), "field \"title\" received with incomplete data");
    refused(&multipart(&api, format!("{title}--XX")), "incomplete multipart stream");
    refused(&multipart(&api, ""), "incomplete multipart stream");
    refused(
        &api.request("POST", "/form", &[("content-type", "multipart/form-data")], &title),
        "multipart boundary not found in Content-Type",
    );
    let nameless = "--XX\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--XX--\r\n";
    refused(&multipart(&api, nameless), "a part has no name");
    let unsupported = "Expected application/x-www-form-urlencoded or multipart/form-data";
    for content_type in ["application/json", "text/plain", "multipart/mixed; boundary=XX", ""] {
        let answer = api.request("POST", "/form", &[("content-type", content_type)], r#"{"title":"a"}"#);
        answer.assert_error(415, unsupported);
    }
}

/// As browsers and Next.js parse content types (WHATWG MIME Sniffing).
#[test]
fn form_finds_a_boundary_however_it_is_written() {
    let api = APP.start();
    let form = |content_type: &str, boundary: &str| {
        let body = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nMy Post\r\n--{boundary}--\r\n"
        );
        api.request("POST", "/form", &[("content-type", content_type)], body)
    };
    let long = "x".repeat(71);
    for boundary in [
        "a/b",
        "a:b",
        "a=b",
        "a?b",
        "(a)",
        "a,b",
        "a'b",
        "a+b",
        "a.b",
        "a_b",
        "a-b",
        "a b",
        "a\"b",
        "a\\b",
        "a[b]",
        "a@b",
        "a%b",
        "--a",
        "gc0p4Jq0M2Yt08j34c0p/:=?(),",
        "'()+_,-./:=?",
        &long,
    ] {
        let escaped = boundary.replace('\\', "\\\\").replace('"', "\\\"");
        for content_type in [
            format!("multipart/form-data; boundary={boundary}"),
            format!("multipart/form-data;boundary={boundary};charset=utf-8"),
            format!("multipart/form-data; boundary=\"{escaped}\""),
        ] {
            form(&content_type, boundary).assert(200, &json!({"title": "My Post", "author": null}));
        }
    }
    for content_type in [
        "multipart/form-data;boundary=XX",
        "multipart/form-data ; boundary=XX",
        "multipart/form-data\t;\tboundary=XX\t",
        " multipart/form-data; boundary=XX ",
        "Multipart/Form-Data; Boundary=XX",
        "MULTIPART/FORM-DATA; BOUNDARY=\"XX\"",
        "multipart/form-data;;; boundary=XX;",
        "multipart/form-data; ; ;boundary=XX ; ; x",
        "multipart/form-data; charset=utf-8; boundary=XX",
        "multipart/form-data; boundary=XX; charset=utf-8",
        "multipart/form-data; boundary=XX; boundary=YY",
        "multipart/form-data; boundary=XX; BOUNDARY=YY",
        "multipart/form-data; boundary=; boundary=XX",
        "multipart/form-data; =; x==; boundary=XX",
        "multipart/form-data; x=\"a;b\\\"; boundary=YY\"; boundary=XX",
        "multipart/form-data; boundary=\"XX\"trailing; y=z",
        "multipart/form-data; boundary=\"XX",
        "multipart/form-data; boundary=\"\\X\\X\"",
    ] {
        form(content_type, "XX").assert(200, &json!({"title": "My Post", "author": null}));
    }
    for content_type in [
        "multipart/form-data",
        "multipart/form-data;",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary =XX",
        "multipart/form-data; boundary*=XX",
        "multipart/form-data; x=\"boundary=XX\"",
    ] {
        form(content_type, "XX")
            .assert_error(400, "Invalid body: multipart boundary not found in Content-Type");
    }
    for content_type in ["multipart/form-data; boundary= XX", "multipart/form-data; boundary=YY; boundary=XX"]
    {
        form(content_type, "XX").assert_error(400, "Invalid body: incomplete multipart stream");
    }
    for content_type in [
        "multipart /form-data; boundary=XX",
        "multipart/form-data boundary=XX",
        "multipart/form-data, boundary=XX",
        "multipart/form-datax; boundary=XX",
        "multipart/; boundary=XX",
        "form-data; boundary=XX",
        "application/x-www-form-urlencoded charset=utf-8",
    ] {
        assert_eq!(form(content_type, "XX").status, 415, "{content_type}");
    }
    for content_type in [
        "application/x-www-form-urlencoded;",
        "Application/X-WWW-Form-Urlencoded ; charset=x",
        "application/x-www-form-urlencoded\t;;",
    ] {
        let answer = api.request("POST", "/form", &[("content-type", content_type)], "title=a");
        answer.assert(200, &json!({"title": "a", "author": null}));
    }
}

/// The names of a part's parameters have no case, and a file stays a file.
#[test]
fn form_tells_fields_from_files_however_they_are_written() {
    let api = APP.start();
    let with = |head: &str| multipart(&api, format!("--XX\r\n{head}\r\n\r\nMy Post\r\n--XX--\r\n"));
    for head in [
        "Content-Disposition: form-data; NAME=\"title\"",
        "content-disposition: Form-Data;Name=title",
        "CONTENT-DISPOSITION:form-data ;\tname = \"title\"\t;",
        "Content-Disposition: form-data; name*=UTF-8''t%69tle",
        "Content-Disposition: form-data; x=\"; filename=a\"; name=\"title\"",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=\"title\"\r\nX-A: b",
        "Content-Disposition: form-data; name=\"title\"\r\nContent-Transfer-Encoding: binary\r\nContent-Length: 7",
    ] {
        with(head).assert(200, &json!({"title": "My Post", "author": null}));
    }
    for parameter in [
        "filename=\"a\"",
        "fileName=\"a\"",
        "FILENAME=a",
        "filename*=utf-8''a",
        "FileName*=utf-8''a",
        "filename=\"\"",
        "filename = a",
    ] {
        for head in [
            format!("Content-Disposition: form-data; name=\"title\"; {parameter}"),
            format!("Content-Disposition: form-data;{parameter};NAME=title"),
        ] {
            let answer = with(&head);
            answer.assert_error(400, "Invalid body: expected title to be text, received a file");
        }
    }
    for (head, detail) in [
        ("Content-Disposition: form-data", "a part has no name"),
        ("Content-Disposition: attachment; name=\"title\"", "a part is no form-data"),
        ("X-A: b", "a part is no form-data"),
        ("Content-Disposition: form-data; name=\"title", "a part's Content-Disposition has no closing quote"),
    ] {
        with(head).assert_error(400, format!("Invalid body: {detail}"));
    }
    let base64 =
        "Content-Disposition: form-data; name=\"title\"\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    multipart(&api, format!("--XX\r\n{base64}TXkg\r\nUG9zdA==\r\n--XX--\r\n"))
        .assert(200, &json!({"title": "My Post", "author": null}));
    multipart(&api, format!("--XX\r\n{base64}My Post\r\n--XX--\r\n"))
        .assert_error(400, "Invalid body: title is no base64");
}

#[test]
fn a_form_over_1_mib_is_413() {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let answer = APP.start().request("POST", "/form", &headers, "a".repeat(1_048_577));
    answer.assert_error(413, "Request body exceeds 1048576 bytes");
}
