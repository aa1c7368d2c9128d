//! Whoever else is on this machine: web pages in its browser, its other users, other machines in its network.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use local::{Config, Data, Server};
use serde_json::json;

use self::common::command::{Running, built, folder};
use self::common::{ANY, Reply, TABLE, config, dynamodb, raw, serve, serve_with};

const FOREIGN: [&str; 9] = [
    "evil.example",
    "EVIL.example:3000",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "2130706433",
    "0177.0.0.1",
    "0.0.0.0",
    "[::ffff:127.0.0.1]",
    "192.168.1.5",
];
const LOOPBACK: [&str; 6] =
    ["localhost", "LOCALHOST:3000", "localhost.", "a.localhost", "127.0.0.2:80", "[::1]:3000"];
const MALFORMED: [&str; 4] = ["", "user@localhost", "a:b:c", "localhost:99999"];

/// Scans the table, as a page would or a tool, with these header lines.
async fn scan(url: &str, headers: &str) -> Reply {
    let body = r#"{"TableName":"things"}"#;
    let request = format!(
        "POST / HTTP/1.1\r\n{headers}content-type: application/x-amz-json-1.0\r\nconnection: close\r\n\
         x-amz-target: DynamoDB_20120810.Scan\r\nx-amz-date: 20260101T000000Z\r\ncontent-length: {}\r\n\
         authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=0\r\n\r\n{body}",
        body.len()
    );
    raw(url, request.as_bytes()).await
}

async fn get(url: &str, target: &str, headers: &str) -> Reply {
    raw(url, format!("GET {target} HTTP/1.1\r\n{headers}connection: close\r\n\r\n").as_bytes()).await
}

fn no_cors(reply: &Reply) {
    let allowed = reply.headers.iter().find(|(name, _)| name.starts_with("access-control-"));
    assert_eq!(allowed, None, "{reply:?}");
}

#[tokio::test]
async fn a_name_that_resolves_to_this_machine_is_not_its_name() {
    let running = serve(&format!("{ANY}{TABLE}")).await;
    let database = running.server.dynamodb_url();
    for host in FOREIGN {
        let header = format!("host: {host}\r\n");
        let reply = get(&running.url, "/", &header).await;
        assert_eq!(reply.status, 403, "{host}: {reply:?}");
        assert!(reply.json()["message"].as_str().unwrap().contains("--allow-host"), "{reply:?}");
        let reply = scan(database, &header).await;
        assert_eq!(reply.status, 403, "{host}: {reply:?}");
        assert!(reply.body.contains("is not this machine"), "{reply:?}");
    }
    let log = running.log();
    for by in ["API", "DynamoDB"] {
        let line = format!("{by}: a request was refused (403): Host evil.example is not this machine: ");
        assert_eq!(log.lines().filter(|told| told.starts_with(&line)).count(), 1, "{log}");
    }
    for host in LOOPBACK {
        let header = format!("Host: {host}\r\nx-forwarded-host: evil.example\r\n");
        assert_eq!(get(&running.url, "/", &header).await.status, 200, "{host}");
        assert_eq!(scan(database, &header).await.status, 200, "{host}");
    }
    for host in MALFORMED {
        let header = format!("host: {host}\r\n");
        get(&running.url, "/", &header).await.is(400, "Bad Request");
        assert_eq!(scan(database, &header).await.status, 400, "{host}");
    }
    for headers in ["", "x-forwarded-host: localhost\r\n", "host: localhost\r\nhost: localhost\r\n"] {
        get(&running.url, "/", headers).await.is(400, "Bad Request");
        assert_eq!(scan(database, headers).await.status, 400, "{headers}");
    }
    assert!(running.log().contains("API: a request was refused (400): it has no Host"), "{}", running.log());
    assert!(running.log().contains("it has two Hosts"), "{}", running.log());
    let old = raw(&running.url, b"GET / HTTP/1.0\r\n\r\n").await;
    old.is(400, "Bad Request");
    assert_eq!(raw(&running.url, b"GET / HTTP/1.0\r\nhost: localhost\r\n\r\n").await.status, 200);
}

#[tokio::test]
async fn the_host_of_an_absolute_request_target_counts() {
    let running = serve(ANY).await;
    let status =
        async |target: &str, host: &str| get(&running.url, target, &format!("host: {host}\r\n")).await.status;
    assert_eq!(status("http://localhost:3000/", "localhost").await, 200);
    assert_eq!(status("http://evil.example/", "localhost").await, 403);
    assert_eq!(status("http://localhost/", "evil.example").await, 403);
}

/// A preflight is asked for by a page, so its name counts as that of any other request.
#[tokio::test]
async fn a_preflight_for_another_name_is_refused_too() {
    let running = serve(ANY).await;
    let preflight = b"OPTIONS / HTTP/1.1\r\nhost: evil.example\r\norigin: http://evil.example\r\n\
        access-control-request-method: PUT\r\nconnection: close\r\n\r\n";
    let reply = raw(&running.url, preflight).await;
    assert_eq!(reply.status, 403);
    no_cors(&reply);
}

#[tokio::test]
async fn no_web_page_gets_at_the_database() {
    let running = serve(&format!("{ANY}{TABLE}")).await;
    let database = running.server.dynamodb_url();
    let own = database.trim_start_matches("http://");
    let host = format!("host: {own}\r\n");
    for origin in [
        "http://evil.example",
        "https://evil.example",
        "null",
        "http://localhost:3000",
        "http://127.0.0.1:1",
        "file://",
        &running.url,
    ] {
        let headers = format!("{host}Origin: {origin}\r\n");
        let reply = scan(database, &headers).await;
        assert_eq!(reply.status, 403, "{origin}: {reply:?}");
        assert!(reply.body.contains("web pages cannot use this database"), "{reply:?}");
        no_cors(&reply);
        let preflight = format!(
            "OPTIONS / HTTP/1.1\r\n{headers}access-control-request-method: POST\r\nconnection: close\r\n\
             access-control-request-headers: x-amz-target\r\n\r\n"
        );
        let reply = raw(database, preflight.as_bytes()).await;
        assert_eq!(reply.status, 403, "{origin}: {reply:?}");
        no_cors(&reply);
        let reply = get(database, "/", &headers).await;
        assert_eq!(reply.status, 403, "{origin}: {reply:?}");
        no_cors(&reply);
    }
    assert!(running.log().contains("DynamoDB: a request was refused (403): its Origin"), "{}", running.log());
    let reply = scan(database, &format!("{host}origin: {database}\r\n")).await;
    assert_eq!(reply.status, 200, "its own origin: {reply:?}");
    no_cors(&reply);
    let reply = scan(database, &host).await;
    assert_eq!((reply.status, reply.json()["Count"].clone()), (200, json!(0)), "a tool has none");
}

/// Where functions poll for events and reach the database, no page does.
#[tokio::test]
async fn the_listeners_of_the_functions_are_not_for_pages_either() {
    let running = serve(&format!("{ANY}{TABLE}")).await;
    let seen = running.get("/?mode=environment").await.json();
    let runtime = format!("http://{}", seen["AWS_LAMBDA_RUNTIME_API"].as_str().unwrap());
    let own = runtime.trim_start_matches("http://");
    let next = "/2018-06-01/runtime/invocation/next";
    for headers in [
        "host: evil.example\r\n".to_owned(),
        format!("host: {own}\r\norigin: http://evil.example\r\n"),
        format!("host: {own}\r\norigin: null\r\n"),
    ] {
        assert_eq!(get(&runtime, next, &headers).await.status, 403, "{headers}");
    }
    assert_eq!(running.get("/").await.status, 200, "the function still gets its events");
    let guard = seen["AWS_ENDPOINT_URL_DYNAMODB"].as_str().unwrap();
    for headers in [
        "host: evil.example\r\n".to_owned(),
        format!("host: {}\r\norigin: http://evil.example\r\n", guard.trim_start_matches("http://")),
    ] {
        let reply = scan(guard, &headers).await;
        assert_eq!(reply.status, 403, "{headers}: {reply:?}");
        no_cors(&reply);
    }
}

/// Nothing but what has been told of listens: the database's own server, which answers every page, has no
/// port.
#[cfg(target_os = "linux")]
#[test]
fn no_other_port_of_the_process_is_open() {
    let folder = folder(&format!("{ANY}{TABLE}"));
    let running = Running::start(built(folder.path(), &["--memory"]));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        assert_eq!(scan(&running.dynamodb, "host: localhost\r\n").await.status, 200);
    });
    let sockets: Vec<_> = fs::read_dir(format!("/proc/{}/fd", running.child.id()))
        .unwrap()
        .filter_map(|entry| fs::read_link(entry.unwrap().path()).ok())
        .filter_map(|link| link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']').map(str::to_owned))
        .collect();
    let all = fs::read_to_string("/proc/net/tcp").unwrap();
    let listening = all.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    // 0A is LISTEN; the tenth column is the socket.
    let own = listening.filter(|fields| fields[3] == "0A" && sockets.iter().any(|own| own == fields[9]));
    assert_eq!(own.count(), 3, "the API, the database, and the functions' way to it");
}

#[tokio::test]
async fn what_was_asked_for_is_answered_and_told() {
    let folder = folder(&format!("{ANY}{TABLE}"));
    let options =
        ["--memory", "--host", "127.0.0.2", "--dynamodb-host", "127.0.0.3", "--allow-host", "api.internal"];
    let running = Running::start(built(folder.path(), &options));
    assert!(running.url.starts_with("http://127.0.0.2:"), "{}", running.banner);
    assert!(running.dynamodb.starts_with("http://127.0.0.3:"), "{}", running.banner);
    for host in ["127.0.0.2", "localhost", "Api.Internal:3000", "api.internal."] {
        let header = format!("host: {host}\r\n");
        assert_eq!(get(&running.url, "/", &header).await.status, 200, "{host}");
        assert_eq!(scan(&running.dynamodb, &header).await.status, 200, "{host}");
    }
    for host in ["internal", "x.api.internal", "evil.example"] {
        let header = format!("host: {host}\r\n");
        assert_eq!(get(&running.url, "/", &header).await.status, 403, "{host}");
        assert_eq!(scan(&running.dynamodb, &header).await.status, 403, "{host}");
    }
}

#[tokio::test]
async fn the_api_listens_on_ipv6_too() {
    if std::net::TcpListener::bind("[::1]:0").is_err() {
        return; // a machine without
    }
    let running = serve_with(ANY, |config| config.host = "::1".parse().unwrap()).await;
    assert!(running.url.starts_with("http://[::1]:"), "{}", running.url);
    let event = get(&running.url, "/", "host: [::1]:3000\r\n").await.json();
    assert_eq!(event["requestContext"]["domainName"], "[::1]");
    assert_eq!(event["requestContext"]["http"]["sourceIp"], "::1");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode()
        & 0o777
}

fn on(path: &Path) -> Config {
    let template = tempfile::tempdir().unwrap().keep();
    let config = config(&template, &format!("{ANY}{TABLE}"));
    Config { data: Data::File(path.to_owned()), ..config }
}

async fn put(server: &Server) {
    let item = json!({"TableName": "things", "Item": {"pk": {"S": "1"}}});
    assert_eq!(dynamodb(server.dynamodb_url(), "PutItem", item).await.status, 200);
}

#[tokio::test]
async fn other_users_of_the_machine_cannot_read_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join(".local");
    let file = own.join("dynamodb.sqlite");
    let beside = |suffix: &str| own.join(format!("dynamodb.sqlite{suffix}"));
    let config = on(&file);
    let server = Server::start(config.clone()).await.unwrap();
    put(&server).await;
    assert_eq!((mode(&own), mode(&file), mode(&beside(".lock"))), (0o700, 0o600, 0o600));
    for suffix in ["-wal", "-shm", "-journal"] {
        let path = beside(suffix);
        assert!(!path.exists() || mode(&path) == 0o600, "{}", path.display());
    }
    server.shutdown().await;
    // As an earlier version left them.
    fs::set_permissions(&own, fs::Permissions::from_mode(0o755)).unwrap();
    for path in [file.clone(), beside(".lock")] {
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    let server = Server::start(config.clone()).await.unwrap();
    put(&server).await;
    assert_eq!((mode(&own), mode(&file), mode(&beside(".lock"))), (0o700, 0o600, 0o600));
    server.shutdown().await;
    fs::remove_dir_all(config.template.parent().unwrap()).unwrap();
}

#[tokio::test]
async fn a_folder_that_was_there_is_left_as_it_is_and_a_new_one_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there");
    fs::create_dir(&there).unwrap();
    fs::set_permissions(&there, fs::Permissions::from_mode(0o755)).unwrap();
    let new = folder.path().join("new").join("deep");
    for (path, expected) in [(&there, 0o755), (&new, 0o700)] {
        let config = on(&path.join("db.sqlite"));
        let server = Server::start(config.clone()).await.unwrap();
        assert_eq!((mode(path), mode(&path.join("db.sqlite"))), (expected, 0o600), "{}", path.display());
        server.shutdown().await;
        fs::remove_dir_all(config.template.parent().unwrap()).unwrap();
    }
}
