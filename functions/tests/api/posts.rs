//! `/api/posts` and `/api/posts/{id}`.

use routelet::resource::MAX_PAGE_ITEMS;
use serde_json::{Value, json};
use shared::models::Post;
use testkit::{Answer, Api, wrong_type};

use crate::{
    app::APP,
    resource::Resource,
    routes::{Event, Limit},
};

/// What posts add to the tests of all routes.
pub(crate) const RESOURCE: Resource = Resource {
    path: "/api/posts",
    body: r#"{"title":"t","content":"c","author":"a"}"#,
    example: ("post", "create-post", "post"),
    failures: &[
        ("GET", "/api/posts", "Failed to fetch posts"),
        ("POST", "/api/posts", "Failed to create post"),
        ("GET", "/api/posts/1", "Failed to fetch post"),
        ("PUT", "/api/posts/1", "Failed to update post"),
        ("PATCH", "/api/posts/1", "Failed to update post"),
        ("DELETE", "/api/posts/1", "Failed to delete post"),
    ],
    limits,
    events,
    tour,
};

fn limits() -> Vec<Limit> {
    vec![
        ("/components/schemas/PostAuthor/maxLength", json!(Post::AUTHOR_CHARACTERS)),
        // No text has more characters than bytes.
        ("/components/schemas/PostContent/maxLength", json!(Post::CONTENT_BYTES)),
        ("/components/schemas/PostContent/x-max-bytes", json!(Post::CONTENT_BYTES)),
        ("/components/schemas/PostTitle/maxLength", json!(Post::TITLE_CHARACTERS)),
        (
            "/paths/~1api~1posts/get/responses/200/content/application~1json/schema/maxItems",
            json!(MAX_PAGE_ITEMS),
        ),
    ]
}

/// In an order in which each finds what it needs.
fn events() -> Vec<Event> {
    let post = |id: u64, title: &str, author: &str| {
        json!({"id": id, "title": title, "content": "React is a JavaScript library...", "author": author,
               "createdAt": "<now>"})
    };
    let first = post(1, "Getting Started with React", "Jane");
    let last = post(1, "React, revisited", "John");
    vec![
        ("create-post", 201, first.clone()),
        ("list-posts", 200, json!([first])),
        ("list-posts.forged-cursor", 400, json!({"error": "Invalid cursor"})),
        ("get-post", 200, first),
        ("put-post", 200, post(1, "React, revisited", "Jane")),
        ("patch-post", 200, last.clone()),
        ("patch-post.if-match", 412, json!({"error": "Precondition failed"})),
        ("delete-post", 200, json!({"message": "Post deleted", "deleted": last})),
        // No keys are configured here, so nobody looks at the token. With keys it is a 401, see `auth`.
        ("create-post.token", 201, post(2, "Getting Started with React", "Jane")),
    ]
}

/// The index; and a `PUT` that has to look for the post before it refuses the body.
fn tour(api: &Api) {
    assert_eq!(api.get("/api/posts?author=A").status, 200);
    assert_eq!(api.put("/api/posts/9", "[").status, 404);
}

const BODY: &str = r#"{"title":"Hooks","content":"…","author":"Jane"}"#;

fn create(api: &Api, title: &str, author: &str) -> Value {
    let made =
        api.post("/api/posts", json!({"title": title, "content": "text", "author": author}).to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()
}

#[track_caller]
fn assert_not_found(answer: &Answer) {
    answer.assert_error(404, "Post not found");
}

#[test]
fn post_answers_201_with_the_post_and_its_place() {
    let api = APP.start();
    let before = std::time::SystemTime::now();
    let made = api.post("/api/posts", BODY);
    let post = made.json();
    let created_at = post["createdAt"].as_str().unwrap();
    made.assert(
        201,
        &json!({"id": 1, "title": "Hooks", "content": "…", "author": "Jane", "createdAt": created_at}),
    );
    assert_eq!(made.header("location"), Some("/api/posts/1"));
    assert!(made.body.starts_with(r#"{"id":1,"title":"#), "keys come in the seed's order: {}", made.body);
    assert_eq!((created_at.len(), &created_at[19..20], &created_at[23..]), (24, ".", "Z"));
    let created_at = humantime::parse_rfc3339(created_at).unwrap();
    let lag = created_at.duration_since(before - std::time::Duration::from_secs(1)).unwrap();
    assert!(lag.as_secs() < 60, "createdAt is now");
    api.get("/api/posts/1").assert(200, &post);
}

#[test]
fn post_refuses_what_lacks_a_field() {
    let api = APP.start();
    for body in
        ["{}", "[]", "null", r#"{"title":"t","content":"","author":"a"}"#, r#"{"title":"t","content":"c"}"#]
    {
        api.post("/api/posts", body).assert_error(400, "Missing required fields: title, content, author");
    }
    let issues = json!([wrong_type("title", "string", "number"), wrong_type("author", "string", "boolean")]);
    api.post("/api/posts", r#"{"title":1,"content":"c","author":true}"#).assert_error(400, issues);
    api.get("/api/posts").assert(200, &json!([]));
}

#[test]
fn list_is_in_id_order_and_filters_by_author_without_regard_to_case() {
    let api = APP.start();
    api.get("/api/posts").assert(200, &json!([]));
    let jane = create(&api, "a", "Jane");
    let john = create(&api, "b", "John");
    let jane2 = create(&api, "c", "JANE");
    let unicode = create(&api, "d", "ÄRGER ΟΔΟΣ");
    api.get("/api/posts").assert(200, &json!([jane, john, jane2, unicode]));
    api.get("/api/posts?author=jane").assert(200, &json!([jane, jane2]));
    api.get("/api/posts?author=jAnE&author=john").assert(200, &json!([jane, jane2]));
    api.get("/api/posts?author=").assert(200, &json!([jane, john, jane2, unicode]));
    // As `toLowerCase` does: Σ at the end of a word is ς, not σ.
    api.get("/api/posts?author=%C3%A4rger+%CE%BF%CE%B4%CE%BF%CF%82").assert(200, &json!([unicode]));
    api.get("/api/posts?author=%C3%A4rger+%CE%BF%CE%B4%CE%BF%CF%83").assert(200, &json!([]));
    api.get("/api/posts?author=nobody").assert(200, &json!([]));
}

/// The index follows the author, not what the author once was.
#[test]
fn the_filter_follows_an_update_and_a_delete() {
    let api = APP.start();
    let mut post = create(&api, "a", "Jane");
    post["author"] = "Ann".into();
    api.patch("/api/posts/1", r#"{"author":"Ann"}"#).assert(200, &post);
    api.get("/api/posts?author=jane").assert(200, &json!([]));
    api.get("/api/posts?author=ann").assert(200, &json!([post]));
    api.delete("/api/posts/1");
    api.get("/api/posts?author=ann").assert(200, &json!([]));
}

#[test]
fn get_answers_one_post_that_may_be_revalidated() {
    let api = APP.start();
    let post = create(&api, "a", "Jane");
    let got = api.get("/api/posts/1");
    got.assert(200, &post);
    assert_eq!(got.header("cache-control"), Some("private, no-cache"));
    assert_not_found(&api.get("/api/posts/2"));
}

#[test]
fn ids_that_are_none_are_not_found() {
    let api = APP.start();
    create(&api, "a", "Jane");
    for id in
        ["0", "01", "+1", "-1", "1.0", "1e0", "abc", "%31%20", "9007199254740992", "99999999999999999999"]
    {
        let target = format!("/api/posts/{id}");
        assert_not_found(&api.get(&target));
        assert_not_found(&api.put(&target, BODY));
        assert_not_found(&api.patch(&target, "{}"));
        assert_not_found(&api.delete(&target));
    }
    assert_not_found(&api.get("/api/posts/9007199254740991"));
}

#[test]
fn put_changes_what_is_given_and_not_empty() {
    let api = APP.start();
    let mut post = create(&api, "a", "Jane");
    post["title"] = "new".into();
    api.put("/api/posts/1", r#"{"title":"new","content":"","author":null,"id":7,"createdAt":"x"}"#)
        .assert(200, &post);
    api.put("/api/posts/1", "{}").assert(200, &post);
    api.get("/api/posts/1").assert(200, &post);
    post["content"] = "c".into();
    post["author"] = "Ann".into();
    api.put("/api/posts/1", r#"{"content":"c","author":"Ann"}"#).assert(200, &post);
    api.put("/api/posts/1", r#"{"title":5}"#)
        .assert_error(400, json!([wrong_type("title", "string", "number")]));
    api.get("/api/posts/1").assert(200, &post);
}

/// The 404 comes before anything is said about the body.
#[test]
fn put_looks_for_the_post_before_it_reads_the_body() {
    let api = APP.start();
    create(&api, "a", "Jane");
    for body in ["", "{", r#"{"title":5}"#, BODY] {
        assert_not_found(&api.put("/api/posts/2", body));
    }
    assert_not_found(&api.put("/api/posts/2", "x".repeat(1024 * 1024 + 1)));
    api.put("/api/posts/1", "{")
        .assert_error(400, "Invalid JSON: EOF while parsing an object at line 1 column 1");
}

#[test]
fn patch_merges() {
    let api = APP.start();
    let mut post = create(&api, "a", "Jane");
    api.patch("/api/posts/1", "{}").assert(200, &post);
    post["content"] = "new".into();
    api.patch("/api/posts/1", r#"{"content":"new","unknown":null}"#).assert(200, &post);
    api.get("/api/posts/1").assert(200, &post);
    let too_small = json!({"code": "too_small", "origin": "string", "minimum": 1, "inclusive": true,
        "path": ["title"], "message": "Too small: expected string to have >=1 characters"});
    api.patch("/api/posts/1", r#"{"title":"","author":null}"#)
        .assert_error(400, json!([too_small, wrong_type("author", "string", "null")]));
    assert_not_found(&api.patch("/api/posts/2", r#"{"content":"new"}"#));
    assert_not_found(&api.patch("/api/posts/2", "{}"));
    api.get("/api/posts").assert(200, &json!([post]));
}

#[test]
fn delete_answers_the_post_and_its_id_never_comes_back() {
    let api = APP.start();
    create(&api, "a", "Jane");
    let second = create(&api, "b", "Jane");
    api.delete("/api/posts/2").assert(200, &json!({"message": "Post deleted", "deleted": second}));
    assert_not_found(&api.delete("/api/posts/2"));
    assert_not_found(&api.get("/api/posts/2"));
    assert_not_found(&api.put("/api/posts/2", BODY));
    assert_eq!(create(&api, "c", "Jane")["id"], 3);
}

#[test]
fn put_and_delete_of_all_posts_say_where_to_go() {
    let api = APP.start();
    for (method, error) in [
        ("PUT", "Use /api/posts/[id] for updates"),
        ("DELETE", "Use /api/posts/[id] to delete specific posts"),
    ] {
        let answer = api.request(method, "/api/posts", &[], "{}");
        answer.assert_error(405, error);
        assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS, POST"));
    }
}

#[test]
fn a_post_keeps_every_character() {
    let api = APP.start();
    let odd = "\"quotes\\ \u{0}\u{1f}\u{7f} 漢字 🦀 \u{202e} </script> \r\n\t";
    let made =
        api.post("/api/posts", json!({"title": odd, "content": odd, "author": odd}).to_string()).json();
    assert_eq!(made["title"], odd);
    api.get("/api/posts/1").assert(200, &made);
    api.get("/api/posts").assert(200, &json!([made]));
}

#[test]
fn limits_are_told() {
    let api = APP.start();
    let over =
        api.post("/api/posts", json!({"title": "t", "content": "c", "author": "a".repeat(501)}).to_string());
    over.assert_error(
        400,
        json!([{"code": "too_big", "origin": "string", "maximum": 500, "inclusive": true, "path": ["author"],
                "message": "Too big: expected string to have <=500 characters"}]),
    );
    let largest =
        json!({"title": "😀".repeat(10_000), "content": "c".repeat(262_144), "author": "😀".repeat(500)});
    let made = api.post("/api/posts", largest.to_string());
    assert_eq!(made.status, 201);
    api.get("/api/posts/1").assert(200, &made.json());
}

/// It is JSON, and names the field that is no text, and where in the body.
#[test]
fn half_of_a_surrogate_pair_is_400_with_its_field_and_place() {
    let api = APP.start();
    create(&api, "t", "a");
    for (method, path) in [("POST", "/api/posts"), ("PUT", "/api/posts/1"), ("PATCH", "/api/posts/1")] {
        for (body, place) in [
            (
                r#"{"content":"c","author":"a","title":"\ud800"}"#,
                "title has half of a surrogate pair at line 1 column 38",
            ),
            (
                r#"{"title":"t","content":"\ud800","author":"a"}"#,
                "content has half of a surrogate pair at line 1 column 25",
            ),
            (
                "{\n\t\"content\": \"c\",\n\t\"author\": \"a\",\n\t\"title\": \"ab\\uDFFF\"\n}",
                "title has half of a surrogate pair at line 4 column 14",
            ),
        ] {
            api.request(method, path, &[], body).assert_error(400, format!("Invalid text: {place}"));
        }
        let elsewhere = r#"{"title":"t","content":"c","author":"a","\ud800":"\udfff","other":["\ud800"]}"#;
        assert!([200, 201].contains(&api.request(method, path, &[], elsewhere).status), "{method} {path}");
    }
    api.put("/api/posts/99", r#"{"title":"\ud800"}"#).assert_error(404, "Post not found");
}

/// Nothing is said about the body of a post that is not there, not even that it is compressed.
#[test]
fn a_missing_post_is_404_before_anything_about_the_body() {
    let api = APP.start();
    let headers = [("content-encoding", "gzip")];
    api.request("PUT", "/api/posts/7", &headers, "{").assert_error(404, "Post not found");
    assert_eq!(api.request("PATCH", "/api/posts/7", &headers, "{").status, 415);
    let long = vec![0x1F; 1_048_577];
    assert_eq!(api.request("PATCH", "/api/posts/7", &headers, long).status, 413);
}

/// What is the gateway's doing.
mod gateway {
    use super::create;
    use crate::app::APP;

    #[test]
    fn an_encoded_digit_is_that_digit() {
        let api = APP.start();
        create(&api, "a", "Jane");
        assert_eq!(api.get("/api/posts/%31").status, 200);
        assert_eq!(api.get("/api/posts%2F1").status, 404, "an encoded slash is none between segments");
    }
}
