//! The gateway's limits, and clients that are slow, greedy, malformed or gone.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use self::common::{ANY, connect, parse, raw, request, serve, serve_with, soon};

#[tokio::test]
async fn a_functions_own_timeout_is_a_500_and_the_gateways_a_503() {
    let template = ANY.replace("Timeout: 10", "Timeout: 1");
    serve(&template).await.get("/?mode=hang").await.is(500, "Internal Server Error");
    let running = serve_with(ANY, |config| config.limits.integration = Duration::from_millis(100)).await;
    running.get("/?mode=hang").await.is(503, "Service Unavailable");
    assert!(running.log().contains("no answer within the gateway's 0.10 seconds"), "{}", running.log());
}

#[tokio::test]
async fn no_instance_in_time_and_a_full_queue_are_503s() {
    let running = serve_with(ANY, |config| {
        config.limits.concurrency = 1;
        config.limits.queue = 1;
        config.limits.integration = Duration::from_millis(300);
    })
    .await;
    running.get("/").await;
    let start = Instant::now();
    let (hanging, waiting, throttled) = tokio::join!(
        running.get("/?mode=hang"),
        async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            running.get("/").await
        },
        async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let reply = running.get("/").await;
            assert!(start.elapsed() < Duration::from_millis(250), "a throttled request does not wait");
            reply
        }
    );
    for reply in [hanging, waiting, throttled] {
        reply.is(503, "Service Unavailable");
    }
    assert!(running.log().contains("too many requests wait"), "{}", running.log());
}

#[tokio::test]
async fn bodies_end_at_10_mb_and_events_at_6_mb() {
    let running = serve(ANY).await;
    let post = |size: usize, kind: &'static str| {
        let (url, body) = (running.url.clone(), vec![b'a'; size]);
        async move { request(&url, "POST", "/?mode=who", &[("content-type", kind)], &body).await }
    };
    assert_eq!(post(6_000_000, "text/plain").await.status, 200);
    assert_eq!(post(4_600_000, "image/png").await.status, 200);
    post(4_800_000, "image/png").await.is(413, "Request Too Long"); // a third more in base64
    post(6_291_556, "text/plain").await.is(413, "Request Too Long");
    post(10 * 1024 * 1024 + 1, "text/plain").await.is(413, "Request Too Long");
}

#[tokio::test]
async fn a_body_that_is_announced_too_large_is_refused_before_it_is_sent() {
    let running = serve(ANY).await;
    let head = "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n";
    raw(&running.url, head.as_bytes()).await.is(413, "Request Too Long");
}

#[tokio::test]
async fn chunked_bodies_and_odd_bytes_arrive() {
    let running = serve(ANY).await;
    let chunked =
        b"POST /%ff HTTP/1.1\r\nhost: localhost\r\nx-odd: \xff\xfe\r\ntransfer-encoding: chunked\r\n\
        connection: close\r\n\r\n3\r\nabc\r\n2\r\n\xff\xfe\r\n0\r\n\r\n";
    let event = raw(&running.url, chunked).await.json();
    assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!("YWJj//4="), &json!(true)));
    assert_eq!(event["headers"]["x-odd"], "\u{fffd}\u{fffd}");
    assert_eq!((&event["rawPath"], &event["headers"]["content-length"]), (&json!("/\u{fffd}"), &json!("5")));
    assert_eq!(event["headers"].get("transfer-encoding"), None);
}

#[tokio::test]
async fn malformed_http_is_a_400_and_breaks_nothing() {
    let running = serve(ANY).await;
    for bytes in [
        &b"nonsense\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
        b"GET /?q=\"x\" HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /?q=<x> HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /\x01 HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"G(T / HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET / HTTP/3.0\r\nhost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\nx: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\nx : y\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: gzip\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        let before = running.log().lines().count();
        let reply = raw(&running.url, bytes).await;
        assert_eq!(reply.status, 400, "{:?}", String::from_utf8_lossy(bytes));
        reply.is(400, "Bad Request");
        let headers = ["content-type", "connection"].map(|name| reply.header(name));
        assert_eq!(headers, [Some("application/json"), Some("close")]);
        let log = running.log();
        let told: Vec<_> = log.lines().skip(before).collect();
        assert_eq!(told.len(), 1, "{:?}: {told:?}", String::from_utf8_lossy(bytes));
        assert!(told[0].starts_with("API: a request was refused (400): it is not HTTP/1.1: "), "{told:?}");
    }
    let long = format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a".repeat(500_000));
    let mut stream = connect(&running.url).await;
    let _ = stream.write_all(long.as_bytes()).await;
    drop(stream);
    assert_eq!(running.get("/fine").await.status, 200);
}

/// A request before it is answered, and one that is well-formed is never taken for one that is not.
#[tokio::test]
async fn what_is_malformed_ends_its_connection_after_the_answers_before_it() {
    let running = serve(ANY).await;
    let mut stream = connect(&running.url).await;
    let both = b"GET /?mode=who HTTP/1.1\r\nhost: localhost\r\n\r\nnonsense\r\n\r\n";
    stream.write_all(both).await.unwrap();
    let mut answers = Vec::new();
    stream.read_to_end(&mut answers).await.unwrap();
    let text = String::from_utf8(answers).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.contains("\"count\":1"), "{text}");
    assert!(text.ends_with("{\"message\":\"Bad Request\"}"), "{text}");
    assert_eq!(text.matches("HTTP/1.1 ").count(), 2, "{text}");
}

/// "Total combined size of request line and header values: 10240 bytes".
#[tokio::test]
async fn a_request_line_and_headers_over_10240_bytes_are_refused() {
    let running = serve(ANY).await;
    let sized = |target: &str, size: usize| {
        let head = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx: ");
        format!("{head}{}\r\n\r\n", "y".repeat(size - head.len() - 2))
    };
    assert_eq!(raw(&running.url, sized("/", 10_240).as_bytes()).await.status, 200);
    for head in [
        sized("/", 10_241),
        sized("/", 20_000),
        sized("/", 390_000),
        sized("/", 2_000_000),
        format!("GET /?{} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n", "q".repeat(10_240)),
        format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a".repeat(70_000)),
        format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a".repeat(500_000)),
        format!("GET / HTTP/1.1\r\nhost: localhost\r\n{}\r\n", "x-name: y\r\n".repeat(1_100)),
        format!("GET / HTTP/1.1\r\nhost: localhost\r\n{}\r\n", "a: b\r\n".repeat(500)),
    ] {
        let before = running.log().lines().count();
        raw(&running.url, head.as_bytes()).await.is(431, "Request Header Fields Too Large");
        let log = running.log();
        let told: Vec<_> = log.lines().skip(before).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("API: a request was refused (431): "), "{told:?}");
    }
}

/// A client with room for little, and a request whose answer is larger than what the system keeps for a
/// connection.
async fn slow_client(url: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let mut stream = socket.connect(url.trim_start_matches("http://").parse().unwrap()).await.unwrap();
    let body = "x".repeat(6_000_000);
    let head = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await.unwrap();
    stream
}

#[tokio::test]
async fn an_answer_that_is_not_read_is_given_up() {
    let running = serve_with(ANY, |config| config.limits.answer = Duration::from_millis(400)).await;
    let told = || running.log().matches("API: a client did not read its answer within 0.40 seconds").count();
    let silent = slow_client(&running.url).await;
    soon("the end of patience", || told() == 1).await;
    drop(silent);
    // A few bytes now and then are not enough.
    let mut dribbling = slow_client(&running.url).await;
    let start = Instant::now();
    while told() == 1 {
        let mut few = [0; 512];
        assert!(dribbling.read(&mut few).await.unwrap() > 0);
        assert!(start.elapsed() < Duration::from_secs(10), "it is still served");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(running.get("/fine").await.status, 200);
}

#[tokio::test]
async fn an_answer_that_is_read_slowly_arrives() {
    let running = serve_with(ANY, |config| config.limits.answer = Duration::from_secs(1)).await;
    let mut stream = slow_client(&running.url).await;
    let start = Instant::now();
    let (mut total, mut piece) = (0, vec![0; 16 * 1024]);
    while total < 6_000_000 {
        let read = stream.read(&mut piece).await.unwrap();
        assert!(read > 0, "cut off after {total} bytes");
        total += read;
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    assert!(start.elapsed() > Duration::from_secs(1), "it was too quick to show anything");
}

#[tokio::test]
async fn a_connection_serves_many_requests() {
    let running = serve_with(ANY, |config| config.limits.concurrency = 1).await;
    let mut stream = connect(&running.url).await;
    for count in 1..=3 {
        stream.write_all(b"GET /?mode=who HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        let mut answer = vec![0; 4096];
        let read = stream.read(&mut answer).await.unwrap();
        assert_eq!(parse(&answer[..read]).json()["count"], count);
    }
}

#[tokio::test]
async fn a_client_that_sends_no_request_in_time_is_let_go() {
    let running = serve_with(ANY, |config| config.limits.request = Duration::from_millis(100)).await;
    let mut stream = connect(&running.url).await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
    let mut answer = Vec::new();
    let end = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    assert!(end.is_ok(), "the connection is closed");
    let slow = raw(
        &running.url,
        b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\nconnection: close\r\n\r\nhalf",
    )
    .await;
    slow.is(408, "Request Timeout");
}

#[tokio::test]
async fn clients_that_leave_disturb_nobody() {
    let running = serve_with(ANY, |config| config.limits.concurrency = 1).await;
    for request in [
        "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf",
        "GET /?mode=sleep:100 HTTP/1.1\r\nhost: localhost\r\n\r\n",
    ] {
        let mut stream = connect(&running.url).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(30)).await;
        drop(stream);
    }
    assert_eq!(running.get("/fine").await.status, 200);
}

#[tokio::test]
async fn many_connections_at_once_are_served() {
    let running = serve(ANY).await;
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let url = running.url.clone();
        requests.spawn(async move { request(&url, "GET", "/?mode=who", &[], b"").await.status });
    }
    assert!(requests.join_all().await.into_iter().all(|status| status == 200));
}
