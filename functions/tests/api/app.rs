//! This API, and what its tests send.

use std::path::Path;

use testkit::App;

/// This API as it is deployed.
pub(crate) static APP: App =
    App::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."), env!("CARGO_BIN_EXE_hello"));

/// A body that makes a post.
pub(crate) const POST: &str = r#"{"title":"t","content":"c","author":"a"}"#;
/// A body that makes a task.
pub(crate) const TASK: &str = r#"{"title":"t"}"#;

/// The routes that read a JSON body.
pub(crate) const WITH_JSON: [(&str, &str); 7] = [
    ("POST", "/api/posts"),
    ("PUT", "/api/posts/1"),
    ("PATCH", "/api/posts/1"),
    ("POST", "/api/tasks"),
    ("PUT", "/api/tasks/1"),
    ("PATCH", "/api/tasks/1"),
    ("POST", "/api/echo"),
];

/// The workspace's folder.
pub(crate) fn root() -> &'static Path {
    APP.folder()
}
