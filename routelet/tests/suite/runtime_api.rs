//! How functions speak to Lambda's Runtime API ("Using the Lambda runtime API for custom runtimes"), seen
//! from its side.

use std::{
    io::{BufReader, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    time::Duration,
};

use serde_json::{Value, json};
use testkit::wire;

use crate::app::APP;

/// A Runtime API that hands out one event again and again, as often as was asked for.
struct RuntimeApi {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    answers: Receiver<Vec<u8>>,
    ask: Sender<()>,
}

impl RuntimeApi {
    fn start(event: String) -> Self {
        let connections = Arc::<AtomicUsize>::default();
        let (answered, answers) = mpsc::channel();
        let (ask, asked) = mpsc::channel();
        let asked = Arc::new(Mutex::new(asked));
        let address = wire::listen({
            let connections = Arc::clone(&connections);
            move |connection| {
                connections.fetch_add(1, Ordering::SeqCst);
                serve(connection, &event, &asked, &answered)
            }
        });
        Self { address, connections, answers, ask }
    }

    /// The answer to the event.
    fn invoke(&self) -> Value {
        self.ask.send(()).unwrap();
        let answer = self.answers.recv_timeout(Duration::from_mins(1)).unwrap();
        serde_json::from_slice(&answer).unwrap()
    }
}

fn serve(
    connection: TcpStream,
    event: &str,
    asked: &Mutex<Receiver<()>>,
    answered: &Sender<Vec<u8>>,
) -> Option<()> {
    let mut writer = connection.try_clone().ok()?;
    let mut reader = BufReader::new(connection);
    loop {
        let request = wire::read(&mut reader)?;
        if request.bytes.starts_with(b"GET ") {
            asked.lock().unwrap().recv().ok()?;
            let head = "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: an-id\r\n\
                        lambda-runtime-deadline-ms: 9999999999999\r\n\
                        lambda-runtime-invoked-function-arn: an-arn\r\n";
            write!(writer, "{head}content-length: {}\r\n\r\n{event}", event.len()).ok()?;
        } else {
            write!(writer, "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n").ok()?;
            let body = memchr::memmem::find(&request.bytes, b"\r\n\r\n")? + 4;
            answered.send(request.bytes[body..].to_vec()).ok()?;
        }
    }
}

/// A function that ends with the test.
struct Running(Child);

impl Running {
    fn start(function: &str, api: &RuntimeApi) -> Self {
        let mut command = Command::new(APP.binaries().join(function));
        command.env("AWS_LAMBDA_RUNTIME_API", api.address.to_string()).env("AWS_LAMBDA_LOG_LEVEL", "WARN");
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
    let api = RuntimeApi::start(post("/echo", &body).to_string());
    let _function = Running::start("fixture-echo", &api);
    for _ in 0..20 {
        let answer = api.invoke();
        assert_eq!(answer["statusCode"], 200);
        assert_eq!(answer["body"].as_str().unwrap(), format!("{{\"received\":{body}}}"));
    }
    assert_eq!(api.connections.load(Ordering::SeqCst), 1);
}
