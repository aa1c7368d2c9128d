//! The embedded database: tables from the template, reached as any DynamoDB, kept between runs.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::Duration;

use local::{Config, Data, Log, Server};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use self::common::{config, connect, dynamodb, parse, raw, serve, serve_with};

const TABLE: &str = r#"
Parameters: {Stage: {Type: String, Default: dev}}
Resources:
  Posts:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      TableName: !Sub "posts-${Stage}"
      BillingMode: PAY_PER_REQUEST
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: !If [Nothing, here, is needed]}
      AttributeDefinitions:
        - {AttributeName: pk, AttributeType: S}
        - {AttributeName: sk, AttributeType: N}
        - {AttributeName: author, AttributeType: S}
      KeySchema: [{AttributeName: pk, KeyType: HASH}, {AttributeName: sk, KeyType: RANGE}]
      GlobalSecondaryIndexes:
        - IndexName: by-author
          KeySchema: [{AttributeName: author, KeyType: HASH}, {AttributeName: sk, KeyType: RANGE}]
          Projection: {ProjectionType: ALL}
      LocalSecondaryIndexes:
        - IndexName: by-self
          KeySchema: [{AttributeName: pk, KeyType: HASH}, {AttributeName: author, KeyType: RANGE}]
          Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [title]}
      TimeToLiveSpecification: {AttributeName: expires, Enabled: true}
"#;

fn at(path: &Path, template: &str) -> Config {
    Config { data: Data::File(path.to_path_buf()), ..config(path.parent().unwrap(), template) }
}

async fn fault(config: Config) -> String {
    Server::start(config).await.expect_err("it cannot start").to_string()
}

async fn put(url: &str, item: Value) {
    let reply = dynamodb(url, "PutItem", json!({"TableName": "posts-dev", "Item": item})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

async fn count(url: &str) -> Value {
    dynamodb(url, "Scan", json!({"TableName": "posts-dev"})).await.json()["Count"].clone()
}

#[tokio::test]
async fn tables_are_the_templates() {
    let running = serve(TABLE).await;
    let url = running.server.dynamodb_url();
    let table =
        dynamodb(url, "DescribeTable", json!({"TableName": "posts-dev"})).await.json()["Table"].clone();
    assert_eq!(table["KeySchema"][1], json!({"AttributeName": "sk", "KeyType": "RANGE"}));
    assert_eq!(table["GlobalSecondaryIndexes"][0]["IndexName"], "by-author");
    assert_eq!(table["LocalSecondaryIndexes"][0]["Projection"]["NonKeyAttributes"], json!(["title"]));
    assert_eq!(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST");
    let ttl = dynamodb(url, "DescribeTimeToLive", json!({"TableName": "posts-dev"})).await.json();
    let expected = json!({"AttributeName": "expires", "TimeToLiveStatus": "ENABLED"});
    assert_eq!(ttl["TimeToLiveDescription"], expected);
    assert_eq!(running.server.tables(), ["posts-dev"]);
}

#[tokio::test]
async fn items_are_kept_between_runs_and_a_second_server_is_kept_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data").join("db.sqlite");
    std::fs::create_dir(path.parent().unwrap()).unwrap();
    let first = Server::start(at(&path, TABLE)).await.unwrap();
    put(first.dynamodb_url(), json!({"pk": {"S": "a"}, "sk": {"N": "1"}})).await;
    let second = fault(at(&path, TABLE)).await;
    assert!(second.contains("db.sqlite: another `local` is running on it"), "{second}");
    first.shutdown().await;
    let again = Server::start(at(&path, TABLE)).await.unwrap();
    assert_eq!(count(again.dynamodb_url()).await, 1);
    again.shutdown().await;
}

#[tokio::test]
async fn expired_items_are_removed_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db.sqlite");
    let server = Server::start(at(&path, TABLE)).await.unwrap();
    put(server.dynamodb_url(), json!({"pk": {"S": "old"}, "sk": {"N": "1"}, "expires": {"N": "1000000000"}}))
        .await;
    put(server.dynamodb_url(), json!({"pk": {"S": "new"}, "sk": {"N": "1"}, "expires": {"N": "9000000000"}}))
        .await;
    server.shutdown().await;
    let server = Server::start(at(&path, TABLE)).await.unwrap();
    // Items that DynamoDB has not removed yet may be read, so this waits for the sweep.
    for _ in 0..1000 {
        if count(server.dynamodb_url()).await == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(count(server.dynamodb_url()).await, 1);
    server.shutdown().await;
}

#[tokio::test]
async fn a_table_of_another_shape_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db.sqlite");
    Server::start(at(&path, TABLE)).await.unwrap().shutdown().await;
    let changes = [
        ("{AttributeName: sk, AttributeType: N}", "{AttributeName: sk, AttributeType: S}"),
        ("by-self", "by-oneself"),
        ("{ProjectionType: ALL}", "{ProjectionType: KEYS_ONLY}"),
    ];
    for (old, new) in changes {
        let fault = fault(at(&path, &TABLE.replace(old, new))).await;
        let expected = "table posts-dev: it has other keys or indexes than the template";
        assert!(fault.contains(expected) && !fault.contains('\n'), "{fault}");
    }
    let moved = TABLE.replace("AttributeName: expires", "AttributeName: until");
    let server = Server::start(at(&path, &moved)).await.expect("another time to live is no other shape");
    let ttl =
        dynamodb(server.dynamodb_url(), "DescribeTimeToLive", json!({"TableName": "posts-dev"})).await.json();
    assert_eq!(ttl["TimeToLiveDescription"]["AttributeName"], "until");
    server.shutdown().await;
}

/// A model gets a filter, or loses one: the items stay, and a new index has them at once.
#[tokio::test]
async fn indexes_follow_the_template() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db.sqlite");
    let index = "        - IndexName: by-author
          KeySchema: [{AttributeName: author, KeyType: HASH}, {AttributeName: sk, KeyType: RANGE}]
          Projection: {ProjectionType: ALL}\n";
    let title = index.replace("by-author", "by-title").replace("author", "title");
    let without = TABLE.replace("      GlobalSecondaryIndexes:\n", "").replace(index, "");
    let of_others = TABLE
        .replace("by-author", "by-writer")
        .replace("      LocalSecondaryIndexes:\n", &format!("{title}      LocalSecondaryIndexes:\n"))
        .replace(
            "{AttributeName: author, AttributeType: S}",
            "{AttributeName: author, AttributeType: S}
        - {AttributeName: title, AttributeType: S}",
        );
    let server = Server::start(at(&path, TABLE)).await.unwrap();
    let item = json!({"pk": {"S": "a"}, "sk": {"N": "1"}, "author": {"S": "Jane"}, "title": {"S": "Jane"}});
    put(server.dynamodb_url(), item).await;
    server.shutdown().await;
    for (template, indexes) in
        [(without.as_str(), &[][..]), (&of_others, &["by-title", "by-writer"]), (TABLE, &["by-author"])]
    {
        let server = Server::start(at(&path, template)).await.unwrap();
        let url = server.dynamodb_url();
        let table = dynamodb(url, "DescribeTable", json!({"TableName": "posts-dev"})).await.json();
        let mut names: Vec<_> = table["Table"]["GlobalSecondaryIndexes"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|index| index["IndexName"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        assert_eq!(names, indexes);
        for name in indexes {
            let key = if *name == "by-title" { "title" } else { "author" };
            let query = json!({"TableName": "posts-dev", "IndexName": name, "KeyConditionExpression": "#k = :v",
                "ExpressionAttributeNames": {"#k": key}, "ExpressionAttributeValues": {":v": {"S": "Jane"}}});
            assert_eq!(dynamodb(url, "Query", query).await.json()["Count"], 1, "{name}");
        }
        server.shutdown().await;
    }
}

#[tokio::test]
async fn a_table_that_dynamodb_refuses_is_told_in_its_words() {
    let wrong = TABLE.replace("- {AttributeName: sk, AttributeType: N}", "");
    let folder = tempfile::tempdir().unwrap();
    let fault = fault(config(folder.path(), &wrong)).await;
    assert!(
        fault.contains("table posts-dev: ") && fault.contains("key attribute have no definition"),
        "{fault}"
    );
}

#[tokio::test]
async fn what_is_no_database_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db.sqlite");
    std::fs::write(&path, "this is a letter to a friend, not a database").unwrap();
    assert!(fault(at(&path, TABLE)).await.ends_with("db.sqlite: it is not a SQLite database"));
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(fault(at(&path, TABLE)).await.ends_with("db.sqlite: it is a directory"));
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let below = Config { data: Data::File(file.join("db.sqlite")), ..config(folder.path(), TABLE) };
    assert!(fault(below).await.contains("cannot use the database"));
    // Right at its start, wrong after it.
    let torn = folder.path().join("torn.sqlite");
    std::fs::write(&torn, [b"SQLite format 3\0".as_slice(), &[0x55; 4000]].concat()).unwrap();
    let fault = fault(at(&torn, TABLE)).await;
    assert!(fault.contains("torn.sqlite: ") && !fault.contains('\n'), "{fault}");
}

/// What is no passing fault is not told as one, and is told once.
#[tokio::test]
async fn a_file_that_is_damaged_while_it_is_in_use_is_told_as_such() {
    for overwritten in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db.sqlite");
        let server = Server::start(at(&path, TABLE)).await.unwrap();
        for n in 0..20 {
            let text = "x".repeat(50_000);
            let item = json!({"pk": {"S": format!("p{n}")}, "sk": {"N": "1"}, "text": {"S": text}});
            put(server.dynamodb_url(), item).await;
        }
        server.shutdown().await;
        let (log, lines) = Log::collect();
        let server = Server::start(Config { log, ..at(&path, TABLE) }).await.unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        if overwritten {
            let length = usize::try_from(file.metadata().unwrap().len()).unwrap();
            file.write_all_at(&vec![0x55; length - 4096], 4096).unwrap();
        } else {
            file.set_len(30_000).unwrap();
        }
        let key = json!({"pk": {"S": "p7"}, "sk": {"N": "1"}});
        let item = json!({"pk": {"S": "new"}, "sk": {"N": "1"}});
        for (operation, body) in [
            ("PutItem", json!({"TableName": "posts-dev", "Item": item})),
            ("PutItem", json!({"TableName": "posts-dev", "Item": item})),
            ("DeleteItem", json!({"TableName": "posts-dev", "Key": key})),
        ] {
            let reply = dynamodb(server.dynamodb_url(), operation, body).await;
            assert_eq!(reply.status, 400, "the SDKs would try a 5xx again: {operation} {reply:?}");
            let code = reply.json()["__type"].as_str().unwrap().to_owned();
            assert!(code.ends_with("#DatabaseDamagedException"), "{reply:?}");
            assert!(
                reply.body.contains("db.sqlite is damaged (database disk image is malformed)"),
                "{reply:?}"
            );
        }
        server.shutdown().await;
        let told: Vec<_> = lines.lock().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("db.sqlite is damaged") && told[0].contains("to start anew"), "{told:?}");
        let fault = fault(at(&path, TABLE)).await;
        assert!(fault.contains("db.sqlite: ") && !fault.contains('\n'), "{fault}");
    }
}

/// The SDKs keep connections until they need them again, however long that takes, and send up to 16 MB.
#[tokio::test]
async fn connections_are_kept_and_requests_that_are_too_long_or_too_slow_are_told_so() {
    let running = serve_with(TABLE, |config| config.limits.request = Duration::from_millis(100)).await;
    let url = running.server.dynamodb_url();
    let mut stream = connect(url).await;
    for _ in 0..2 {
        stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        let mut answer = vec![0; 4096];
        let read = stream.read(&mut answer).await.unwrap();
        assert_eq!(parse(&answer[..read]).status, 200);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let head = |length: usize| {
        format!("POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n")
    };
    assert_eq!(raw(url, head(9).as_bytes()).await.status, 408);
    let long = [head(17_000_000).as_bytes(), &vec![b' '; 17_000_000]].concat();
    assert_eq!(raw(url, &long).await.status, 413);
}
