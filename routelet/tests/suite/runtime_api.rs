//! How functions speak to Lambda's Runtime API ("Using the Lambda runtime API for custom runtimes"), seen
//! from its side.

use std::{
    process::{Child, Command},
    time::Duration,
};

use serde_json::{Value, json};
use testkit::runtime_api::RuntimeApi;

use crate::app::APP;

/// A function that ends with the test.
struct Running(Child);

impl Running {
    fn start(function: &str, api: &RuntimeApi) -> Self {
        let mut command = Command::new(APP.binaries().join(function));
        command.env("AWS_LAMBDA_RUNTIME_API", api.address().to_string()).env("AWS_LAMBDA_LOG_LEVEL", "WARN");
        command.env("AWS_LAMBDA_FUNCTION_NAME", function).env("AWS_LAMBDA_FUNCTION_VERSION", "1");
        command.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256");
        Self(command.spawn().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// The gateway's event of a `POST`.
fn post(path: &str, body: &str) -> Value {
    let route = format!("POST {path}");
    json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": "",
        "headers": {},
        "requestContext": {
            "routeKey": route,
            "requestId": "an-id",
            "http": {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": ""},
        },
        "body": body,
        "isBase64Encoded": false,
    })
}

/// An answer goes back on the connection that its event came by. A function that waits for nothing in between
/// would otherwise be quicker than the connection is free again, and open another one for each long event.
#[test]
fn long_events_take_one_connection() {
    let body = format!("\"{}\"", "a".repeat(500_000));
    let api = RuntimeApi::start(post("/echo", &body).to_string().into_bytes()).unwrap();
    api.set_clock(Box::new(|| Ok(Duration::ZERO))); // what it costs is not the subject
    let _function = Running::start("fixture-echo", &api);
    for _ in 0..20 {
        api.invoke(1);
        let batch = api.take(Duration::from_mins(1)).unwrap().expect("an answer");
        let answer: Value = serde_json::from_slice(&batch.answer).unwrap();
        assert_eq!(answer["statusCode"], 200);
        assert_eq!(answer["body"].as_str().unwrap(), format!("{{\"received\":{body}}}"));
    }
    assert_eq!(api.connections(), 1);
}
