//! How the command ends: what is under way gets its answer, within 2 seconds, unless it is told twice.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use self::common::command::{LOCAL, Running, built, folder};
use self::common::{ANY, TABLE, connect, dynamodb, parse, request};

/// The server, with an instance that is warm, and a request to it that takes some time.
async fn sleeping(options: &[&str], milliseconds: u32) -> (tempfile::TempDir, Running, TcpStream) {
    let folder = folder(&format!("{ANY}{TABLE}"));
    let running = Running::start(built(folder.path(), &[options, &["--memory"]].concat()));
    assert_eq!(request(&running.url, "GET", "/", &[], b"").await.status, 200);
    let mut stream = connect(&running.url).await;
    let head = format!("GET /?mode=sleep:{milliseconds} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    (folder, running, stream)
}

async fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

fn ended(running: &mut Running) {
    let status = running.child.wait().unwrap();
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn a_request_that_is_under_way_gets_its_answer() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let (_folder, mut running, stream) = sleeping(&[], 1000).await;
        let start = Instant::now();
        running.signal(signal);
        let answer = parse(&rest(stream).await);
        assert_eq!((answer.status, answer.json()["count"].clone()), (200, json!(2)), "{answer:?}");
        assert_eq!(answer.header("connection"), Some("close"), "no further request: {answer:?}");
        ended(&mut running);
        assert!(start.elapsed() < Duration::from_secs(4), "{signal:?}: {:?}", start.elapsed());
    }
}

#[tokio::test]
async fn no_further_request_is_taken_meanwhile() {
    let (_folder, mut running, stream) = sleeping(&[], 1000).await;
    let mut idle = connect(&running.url).await;
    idle.write_all(b"GET /?mode=who HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut first = vec![0; 4096];
    assert!(idle.read(&mut first).await.unwrap() > 0);
    running.signal(Signal::TERM);
    assert!(rest(idle).await.is_empty(), "a connection without a request is closed");
    assert!(TcpStream::connect(running.url.trim_start_matches("http://")).await.is_err());
    assert_eq!(parse(&rest(stream).await).status, 200);
    ended(&mut running);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_cut_off() {
    let (_folder, mut running, stream) = sleeping(&[], 9000).await;
    let start = Instant::now();
    running.signal(Signal::TERM);
    let answer = rest(stream).await;
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP/1.1 200"), "it is not done");
    let waited = start.elapsed();
    assert!((1900..4000).contains(&waited.as_millis()), "{waited:?}");
    ended(&mut running);
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_second_signal_ends_it_at_once() {
    for (first, second) in
        [(Signal::INT, Signal::INT), (Signal::TERM, Signal::INT), (Signal::TERM, Signal::TERM)]
    {
        let (_folder, mut running, stream) = sleeping(&[], 9000).await;
        running.signal(first);
        tokio::time::sleep(Duration::from_millis(200)).await;
        let start = Instant::now();
        running.signal(second);
        ended(&mut running);
        assert!(start.elapsed() < Duration::from_millis(1500), "{:?}", start.elapsed());
        rest(stream).await;
    }
}

/// Connections that are open, used or not, are nobody's request.
#[tokio::test]
async fn a_server_without_a_request_ends_at_once() {
    let folder = folder(&format!("{ANY}{TABLE}"));
    let mut running = Running::start(built(folder.path(), &["--memory"]));
    let unused = connect(&running.url).await;
    let mut used = connect(&running.url).await;
    used.write_all(b"GET /?mode=who HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = vec![0; 4096];
    assert!(used.read(&mut answer).await.unwrap() > 0);
    let database = connect(&running.dynamodb).await;
    let start = Instant::now();
    running.signal(Signal::INT);
    ended(&mut running);
    assert!(start.elapsed() < Duration::from_millis(1500), "{:?}", start.elapsed());
    drop((unused, used, database));
}

#[tokio::test]
async fn the_tables_alone_end_as_soon_as_their_requests() {
    let folder = folder(&format!("{ANY}{TABLE}"));
    let mut command = Command::new(LOCAL);
    command.current_dir(folder.path()).args(["--only-dynamodb", "--memory", "--dynamodb-port", "0"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running::start(command);
    // A request whose body is still to come.
    let body = r#"{"TableName":"things","Item":{"pk":{"S":"1"}}}"#;
    let mut stream = connect(&running.dynamodb).await;
    let head = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-amz-json-1.0\r\n\
         x-amz-target: DynamoDB_20120810.PutItem\r\nx-amz-date: 20260101T000000Z\r\ncontent-length: {}\r\n\
         authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=0\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(dynamodb(&running.dynamodb, "Scan", json!({"TableName": "things"})).await.status, 200);
    running.signal(Signal::TERM);
    tokio::time::sleep(Duration::from_millis(500)).await;
    stream.write_all(body.as_bytes()).await.unwrap();
    let answer = parse(&rest(stream).await);
    assert_eq!(answer.status, 200, "{answer:?}");
    ended(&mut running);
}
