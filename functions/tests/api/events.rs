//! The events in `events/`, each through its function: what a developer invokes by hand works.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Api, root};

/// The functions in an order in which each finds what it needs, with what its event brings.
fn expected() -> Vec<(&'static str, u16, Value)> {
    let at = "<now>";
    let post = |title: &str, author: &str| json!({"id": 1, "title": title, "content": "React is a JavaScript library...", "author": author, "createdAt": at});
    let first = post("Getting Started with React", "Jane");
    let task = |description: Value, completed: bool| {
        json!({"id": 1, "title": "Write the tutorial", "description": description, "completed": completed,
               "createdAt": at})
    };
    let long = json!("Finish the Next.js API routes guide");
    let fields = json!({"title": "My Post", "author": "Jane"});
    vec![
        ("hello", 200, json!({"message": "Hello, World!"})),
        ("create-post", 201, first.clone()),
        ("list-posts", 200, json!([first])),
        ("get-post", 200, first.clone()),
        ("put-post", 200, post("React, revisited", "Jane")),
        ("patch-post", 200, post("React, revisited", "John")),
        ("delete-post", 200, json!({"message": "Post deleted", "deleted": post("React, revisited", "John")})),
        ("create-task", 201, task(long.clone(), false)),
        ("list-tasks", 200, json!([task(long.clone(), false)])),
        ("get-task", 200, task(long.clone(), false)),
        ("put-task", 200, task(long, true)),
        ("patch-task", 200, task(Value::Null, true)),
        ("delete-task", 200, json!({"message": "Task deleted"})),
        ("search", 200, json!({"search": "react", "limit": 5})),
        ("echo", 200, json!({"received": fields})),
        ("form", 200, fields),
        ("get-auth", 200, json!({"authorized": true})),
        ("post-auth", 401, json!({"error": "Unauthorized"})),
        ("fallback", 405, json!({"error": "Use /api/posts/[id] for updates"})),
    ]
}

#[test]
fn each_event_is_answered_by_its_function() {
    let api = Api::start();
    let expected = expected();
    for (function, status, body) in &expected {
        let event = fs::read(root().join(format!("events/{function}.json"))).unwrap();
        let response: Value = serde_json::from_slice(&api.invoke(function, event)).unwrap();
        assert_eq!(response["statusCode"], *status, "{function}: {response}");
        let mut answered: Value = serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
        forget_time(&mut answered);
        assert_eq!(&answered, body, "{function}");
        let sent: Value = serde_json::from_str(
            &fs::read_to_string(root().join(format!("events/{function}.json"))).unwrap(),
        )
        .unwrap();
        assert_eq!(response["headers"]["x-request-id"], sent["requestContext"]["requestId"], "{function}");
    }
    assert_eq!(
        expected.len(),
        fs::read_dir(root().join("events")).unwrap().count(),
        "an event has no expectation"
    );
}

/// Replaces every `createdAt`, which no test can know.
fn forget_time(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "createdAt" {
                    *field = "<now>".into();
                } else {
                    forget_time(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(forget_time),
        _ => {}
    }
}
