//! `/api/tasks` and `/api/tasks/{id}`.

use routelet::resource::MAX_PAGE_ITEMS;
use serde_json::{Value, json};
use shared::models::Task;
use testkit::{Answer, Api, wrong_type};

use crate::{
    app::APP,
    resource::Resource,
    routes::{Event, Limit},
};

/// What tasks add to the tests of all routes.
pub(crate) const RESOURCE: Resource = Resource {
    path: "/api/tasks",
    body: r#"{"title":"t"}"#,
    example: ("task", "create-task", "title"),
    failures: &[
        ("GET", "/api/tasks", "Failed to fetch tasks"),
        ("POST", "/api/tasks", "Failed to create task"),
        ("GET", "/api/tasks/1", "Failed to fetch task"),
        ("PUT", "/api/tasks/1", "Failed to update task"),
        ("PATCH", "/api/tasks/1", "Failed to update task"),
        ("DELETE", "/api/tasks/1", "Failed to delete task"),
    ],
    limits,
    events,
    tour: |_| {},
};

fn limits() -> Vec<Limit> {
    vec![
        ("/components/schemas/TaskDescription/maxLength", json!(Task::DESCRIPTION_CHARACTERS)),
        ("/components/schemas/TaskTitle/maxLength", json!(Task::TITLE_CHARACTERS)),
        (
            "/paths/~1api~1tasks/get/responses/200/content/application~1json/schema/maxItems",
            json!(MAX_PAGE_ITEMS),
        ),
    ]
}

/// In an order in which each finds what it needs.
fn events() -> Vec<Event> {
    let task = |id: u64, description: Value, completed: bool| {
        json!({"id": id, "title": "Write the tutorial", "description": description, "completed": completed,
               "createdAt": "<now>"})
    };
    let long = || json!("Finish the Next.js API routes guide");
    let changed = json!({"error": "Precondition failed"});
    vec![
        ("create-task", 201, task(1, long(), false)),
        ("list-tasks", 200, json!([task(1, long(), false)])),
        ("create-task.idempotency-key", 201, task(2, long(), false)),
        ("create-task.idempotency-key", 201, task(2, long(), false)),
        ("list-tasks.page", 200, json!([task(1, long(), false)])),
        ("get-task", 200, task(1, long(), false)),
        ("get-task.if-none-match", 304, Value::Null),
        ("put-task.if-match", 412, changed.clone()),
        ("put-task", 200, task(1, long(), true)),
        ("patch-task", 200, task(1, Value::Null, true)),
        ("delete-task.if-match", 412, changed),
        ("delete-task", 200, json!({"message": "Task deleted"})),
    ]
}

fn create(api: &Api, body: &Value) -> Value {
    let made = api.post("/api/tasks", body.to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()
}

fn title_is_required() -> Value {
    json!([{"code": "too_small", "origin": "string", "minimum": 1, "inclusive": true, "path": ["title"],
            "message": "Title is required"}])
}

#[track_caller]
fn assert_not_found(answer: &Answer) {
    answer.assert_error(404, "Task not found");
}

#[test]
fn post_answers_201_with_the_task_and_its_defaults() {
    let api = APP.start();
    let made = api.post("/api/tasks", r#"{"title":"Write"}"#);
    let created_at = made.json()["createdAt"].clone();
    let task =
        json!({"id": 1, "title": "Write", "description": null, "completed": false, "createdAt": created_at});
    made.assert(201, &task);
    assert_eq!(made.header("location"), Some("/api/tasks/1"));
    assert!(made.body.starts_with(r#"{"id":1,"title":"#), "keys come in the seed's order: {}", made.body);
    assert!(humantime::parse_rfc3339(created_at.as_str().unwrap()).is_ok());
    api.get("/api/tasks/1").assert(200, &task);

    let second = create(&api, &json!({"title": " ", "description": "", "completed": true, "id": 9}));
    assert_eq!(
        second,
        json!({"id": 2, "title": " ", "description": "", "completed": true, "createdAt": second["createdAt"]})
    );
    api.get("/api/tasks").assert(200, &json!([task, second]));
}

#[test]
fn post_and_put_validate_by_the_same_schema() {
    let api = APP.start();
    let task = create(&api, &json!({"title": "Write"}));
    for answer in [api.post("/api/tasks", r#"{"title":""}"#), api.put("/api/tasks/1", r#"{"title":""}"#)] {
        answer.assert_error(400, title_is_required());
    }
    for answer in [
        api.post("/api/tasks", r#"{"description":null,"completed":1}"#),
        api.put("/api/tasks/1", r#"{"description":null,"completed":1}"#),
        api.put("/api/tasks/2", r#"{"description":null,"completed":1}"#),
    ] {
        answer.assert_error(
            400,
            json!([
                wrong_type("title", "string", "undefined"),
                wrong_type("description", "string", "null"),
                wrong_type("completed", "boolean", "number"),
            ]),
        );
    }
    for answer in
        [api.post("/api/tasks", "[]"), api.put("/api/tasks/1", "[]"), api.patch("/api/tasks/1", "[]")]
    {
        answer.assert_error(
            400,
            json!([{"code": "invalid_type", "expected": "object", "path": [],
                    "message": "Invalid input: expected object, received array"}]),
        );
    }
    api.get("/api/tasks").assert(200, &json!([task]));
}

#[test]
fn get_answers_one_task_that_may_be_revalidated() {
    let api = APP.start();
    let task = create(&api, &json!({"title": "Write"}));
    let got = api.get("/api/tasks/1");
    got.assert(200, &task);
    assert_eq!(got.header("cache-control"), Some("private, no-cache"));
    assert_not_found(&api.get("/api/tasks/2"));
    assert_not_found(&api.get("/api/tasks/one"));
}

#[test]
fn put_keeps_what_is_left_out() {
    let api = APP.start();
    let mut task = create(&api, &json!({"title": "Write", "description": "long", "completed": true}));
    task["title"] = "Read".into();
    api.put("/api/tasks/1", r#"{"title":"Read"}"#).assert(200, &task);
    task["completed"] = false.into();
    task["description"] = "".into();
    api.put("/api/tasks/1", r#"{"title":"Read","completed":false,"description":""}"#).assert(200, &task);
    api.get("/api/tasks/1").assert(200, &task);
    assert_not_found(&api.put("/api/tasks/2", r#"{"title":"Read"}"#));
    assert_not_found(&api.put("/api/tasks/x", r#"{"title":"Read"}"#));
    api.get("/api/tasks").assert(200, &json!([task]));
}

#[test]
fn patch_merges_and_clears_the_description() {
    let api = APP.start();
    let mut task = create(&api, &json!({"title": "Write", "description": "long"}));
    api.patch("/api/tasks/1", "{}").assert(200, &task);
    task["completed"] = true.into();
    api.patch("/api/tasks/1", r#"{"completed":true}"#).assert(200, &task);
    task["description"] = Value::Null;
    api.patch("/api/tasks/1", r#"{"description":null}"#).assert(200, &task);
    task["title"] = "Read".into();
    api.patch("/api/tasks/1", r#"{"title":"Read"}"#).assert(200, &task);
    api.get("/api/tasks/1").assert(200, &task);
    api.patch("/api/tasks/1", r#"{"title":""}"#).assert_error(400, title_is_required());
    api.patch("/api/tasks/1", r#"{"title":null,"completed":null}"#).assert_error(
        400,
        json!([wrong_type("title", "string", "null"), wrong_type("completed", "boolean", "null")]),
    );
    assert_not_found(&api.patch("/api/tasks/2", r#"{"completed":true}"#));
    assert_not_found(&api.patch("/api/tasks/2", "{}"));
    assert_not_found(&api.patch("/api/tasks/02", "{}"));
    api.get("/api/tasks").assert(200, &json!([task]));
}

/// The longest texts of four-byte characters take more than the 400 KB of an item.
#[test]
fn the_longest_task_is_stored() {
    let api = APP.start();
    let longest = json!({"title": "😀".repeat(10_000), "description": "🦀".repeat(100_000)});
    let made = create(&api, &longest);
    assert_eq!((&made["title"], &made["description"]), (&longest["title"], &longest["description"]));
    api.get("/api/tasks/1").assert(200, &made);
    api.get("/api/tasks").assert(200, &json!([made]));
    api.put("/api/tasks/1", longest.to_string()).assert(200, &made);
    api.patch("/api/tasks/1", longest.to_string()).assert(200, &made);
}

/// Such texts are stored packed; a page must count what they are in its answer, which Lambda ends at 6 MB.
#[test]
fn a_page_of_the_longest_tasks_ends_in_time() {
    let api = APP.start();
    let longest = json!({"title": "t", "description": "🦀".repeat(100_000)}).to_string();
    for _ in 0..17 {
        assert_eq!(api.post("/api/tasks", &longest).status, 201);
    }
    let page = api.get("/api/tasks");
    assert_eq!(page.status, 200, "{}", page.body.get(..200).unwrap_or(&page.body));
    let items = page.json().as_array().unwrap().len();
    assert!(page.body.len() < 5 * 1024 * 1024, "{items} tasks in {} bytes", page.body.len());
    let next = page.next_page().unwrap();
    let rest = api.get(&next);
    assert_eq!(items + rest.json().as_array().unwrap().len(), 17);
    assert_eq!(rest.header("link"), None);
}

#[test]
fn delete_answers_a_message_and_the_id_never_comes_back() {
    let api = APP.start();
    create(&api, &json!({"title": "a"}));
    api.delete("/api/tasks/1").assert(200, &json!({"message": "Task deleted"}));
    assert_not_found(&api.delete("/api/tasks/1"));
    assert_not_found(&api.delete("/api/tasks/0"));
    api.get("/api/tasks").assert(200, &json!([]));
    assert_eq!(create(&api, &json!({"title": "b"}))["id"], 2);
}

/// It is JSON, and names the field that is no text, and where in the body.
#[test]
fn half_of_a_surrogate_pair_is_400_with_its_field_and_place() {
    let api = APP.start();
    create(&api, &json!({"title": "t"}));
    for (method, path) in [("POST", "/api/tasks"), ("PUT", "/api/tasks/1"), ("PATCH", "/api/tasks/1")] {
        let body = r#"{"title":"t","description":"\ud800"}"#;
        api.request(method, path, &[], body)
            .assert_error(400, "Invalid text: description has half of a surrogate pair at line 1 column 29");
        let elsewhere = r#"{"title":"t","\ud800":"\udfff","other":["\ud800"]}"#;
        assert!([200, 201].contains(&api.request(method, path, &[], elsewhere).status), "{method} {path}");
    }
}
