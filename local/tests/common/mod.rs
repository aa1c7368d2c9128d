//! What the tests share: a server on a small template, an HTTP client that can send anything, processes.

#![allow(dead_code)] // each test file uses its own part
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

pub(crate) mod command;
pub(crate) mod function;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use local::log::Line;
use local::{Binaries, Config, Log, Server};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The function that does everything wrong.
pub(crate) const MISBEHAVE: &str = env!("CARGO_BIN_EXE_misbehave");

/// A table `things`, for a template that has resources already.
pub(crate) const TABLE: &str = "
  Things:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: things
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
";

/// One function, `Any`, behind every path.
pub(crate) const ANY: &str = "
Resources:
  Any:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: misbehave}}
    Properties: {Timeout: 10, Events: {All: {Type: HttpApi}}}
";

/// A server, its template's folder and what it has logged.
pub(crate) struct Running {
    pub(crate) server: Server,
    pub(crate) url: String,
    pub(crate) lines: Arc<Mutex<Vec<Line>>>,
    pub(crate) folder: TempDir,
}

impl Running {
    pub(crate) async fn get(&self, path: &str) -> Reply {
        request(&self.url, "GET", path, &[], b"").await
    }

    pub(crate) fn log(&self) -> String {
        let lines = self.lines.lock().unwrap();
        lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }
}

pub(crate) async fn serve(template: &str) -> Running {
    serve_with(template, |_| {}).await
}

pub(crate) async fn serve_with(template: &str, change: impl FnOnce(&mut Config)) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let (log, lines) = Log::collect();
    let mut config = config(folder.path(), template);
    config.log = log;
    change(&mut config);
    let server = Server::start(config).await.expect("the server starts");
    Running { url: server.url(), server, lines, folder }
}

pub(crate) fn config(folder: &Path, template: &str) -> Config {
    let path = folder.join("template.yaml");
    std::fs::write(&path, template).unwrap();
    Config { template: path, binaries: Binaries::Folder(bin_folder()), ..Config::default() }
}

pub(crate) fn bin_folder() -> PathBuf {
    Path::new(MISBEHAVE).parent().unwrap().to_path_buf()
}

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn is(&self, status: u16, message: &str) {
        assert_eq!(
            (self.status, self.body.as_str()),
            (status, format!(r#"{{"message":"{message}"}}"#).as_str())
        );
    }
}

pub(crate) async fn request(
    url: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Reply {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    if !body.is_empty() {
        let _ = write!(head, "content-length: {}\r\n", body.len());
    }
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    raw(url, &[head.as_bytes(), b"\r\n", body].concat()).await
}

/// Sends bytes and reads to the end of the connection.
pub(crate) async fn raw(url: &str, bytes: &[u8]) -> Reply {
    let mut stream = connect(url).await;
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    parse(&answer)
}

pub(crate) async fn connect(url: &str) -> TcpStream {
    TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap()
}

pub(crate) fn parse(answer: &[u8]) -> Reply {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no HTTP: {text:?}"));
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap_or_else(|| panic!("{line:?}")));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    Reply { status, headers, body: body.to_owned() }
}

/// Calls the embedded database as any client would.
pub(crate) async fn dynamodb(url: &str, operation: &str, body: Value) -> Reply {
    dynamodb_as(url, "a", operation, body).await
}

/// Calls it with this access key.
pub(crate) async fn dynamodb_as(url: &str, key: &str, operation: &str, body: Value) -> Reply {
    let target = format!("DynamoDB_20120810.{operation}");
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
    );
    let headers = [
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amz-target", target.as_str()),
        ("x-amz-date", "20260101T000000Z"),
        ("authorization", authorization.as_str()),
    ];
    request(url, "POST", "/", &headers, body.to_string().as_bytes()).await
}

/// Waits for what must come soon.
pub(crate) async fn soon(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(10), "{what} did not come");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Whether a process runs; one that only waits to be reaped does not.
pub(crate) fn runs(pid: u64) -> bool {
    if let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) {
        let state = stat.rsplit_once(") ").map(|(_, rest)| rest.starts_with('Z'));
        return state == Some(false);
    }
    if Path::new("/proc/self/stat").exists() {
        return false;
    }
    let output = Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().unwrap();
    let state = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

pub(crate) fn kill(pid: u64, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    rustix::process::kill_process(pid, signal).unwrap();
}
