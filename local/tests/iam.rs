//! The functions' way to the database: what their permissions do not allow, and what nobody understands, is
//! refused.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use serde_json::{Value, json};

use self::common::{Reply, Running, dynamodb, dynamodb_as, request, serve};

/// `Reader` may read `posts`, its index and nothing else; `Batcher` may write batches and select by
/// `PartiQL`; nobody can tell what `Anything` may do.
const TEMPLATE: &str = r#"
Resources:
  Posts:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: posts
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
  Secrets:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: secrets
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
  Reader:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: misbehave}}
    Properties:
      Events: {All: {Type: HttpApi, Properties: {Path: /reader, Method: GET}}}
      Policies:
        - Statement:
            - {Effect: Allow, Action: ["dynamodb:GetItem", "dynamodb:Query"], Resource: !GetAtt Posts.Arn}
            - {Effect: Allow, Action: "dynamodb:Query", Resource: !Sub "${Posts.Arn}/index/by-author"}
  Batcher:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: misbehave}}
    Properties:
      Events: {All: {Type: HttpApi, Properties: {Path: /batcher, Method: GET}}}
      Policies:
        - Statement:
            - Effect: Allow
              Action: ["dynamodb:BatchWriteItem", "dynamodb:PartiQLSelect", "dynamodb:PartiQLInsert"]
              Resource: !GetAtt Posts.Arn
  Anything:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: misbehave}}
    Properties:
      Role: arn:aws:iam::000000000000:role/mine
      Events: {All: {Type: HttpApi, Properties: {Path: /anything, Method: GET}}}
"#;

struct Caller {
    url: String,
    key: String,
}

impl Caller {
    async fn of(running: &Running, path: &str) -> Self {
        let seen = running.get(&format!("{path}?mode=environment")).await.json();
        let text = |name: &str| seen[name].as_str().unwrap().to_owned();
        Self { url: text("AWS_ENDPOINT_URL_DYNAMODB"), key: text("AWS_ACCESS_KEY_ID") }
    }

    async fn call(&self, operation: &str, body: Value) -> Reply {
        dynamodb_as(&self.url, &self.key, operation, body).await
    }

    async fn refused(&self, operation: &str, body: &str, action: &str) {
        let reply = raw_call(&self.url, &self.key, operation, body).await;
        assert_eq!(reply.status, 400, "{operation} {body}: {reply:?}");
        assert!(reply.json()["__type"].as_str().unwrap().ends_with("AccessDeniedException"), "{reply:?}");
        let expected = format!("not authorized to perform: dynamodb:{action} ");
        assert!(reply.body.contains(&expected), "{operation} {body}: {reply:?}");
    }
}

async fn raw_call(url: &str, key: &str, operation: &str, body: &str) -> Reply {
    let target = format!("DynamoDB_20120810.{operation}");
    let authorization = format!("AWS4-HMAC-SHA256 Credential={key}/b/c/d/e, SignedHeaders=host, Signature=0");
    let headers = [
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amz-target", target.as_str()),
        ("x-amz-date", "20260101T000000Z"),
        ("authorization", authorization.as_str()),
    ];
    request(url, "POST", "/", &headers, body.as_bytes()).await
}

async fn count(running: &Running, table: &str) -> Value {
    dynamodb(running.server.dynamodb_url(), "Scan", json!({"TableName": table})).await.json()["Count"].clone()
}

#[tokio::test]
async fn what_is_allowed_passes_and_is_remembered() {
    let running = serve(TEMPLATE).await;
    let reader = Caller::of(&running, "/reader").await;
    let get = json!({"TableName": "posts", "Key": {"pk": {"S": "a"}}});
    assert_eq!(reader.call("GetItem", get.clone()).await.status, 200);
    let transaction = json!({"TransactItems": [{"Get": get}]});
    assert_eq!(reader.call("TransactGetItems", transaction).await.status, 200);
    let batcher = Caller::of(&running, "/batcher").await;
    let put = json!({"PutRequest": {"Item": {"pk": {"S": "a"}}}});
    let batch = json!({"RequestItems": {"posts": [put]}});
    assert_eq!(batcher.call("BatchWriteItem", batch).await.status, 200);
    let insert = json!({"Statement": "INSERT INTO \"posts\" VALUE {'pk': 'b'}"});
    assert_eq!(batcher.call("ExecuteStatement", insert).await.status, 200);
    let select = json!({"Statement": "SELECT * FROM \"posts\" WHERE pk = 'b'"});
    let found = batcher.call("ExecuteStatement", select.clone()).await;
    assert_eq!((found.status, found.json()["Items"][0]["pk"]["S"].clone()), (200, json!("b")), "{found:?}");
    let other = json!({"Statement": "SELECT * FROM \"posts\" WHERE pk = 'a'"});
    let several = json!({"Statements": [select, other]});
    assert_eq!(batcher.call("BatchExecuteStatement", several).await.status, 200);
    let used = running.server.permissions("Batcher").unwrap().used;
    let used: Vec<_> = used.iter().map(|used| used.action.as_str()).collect();
    assert_eq!(used, ["dynamodb:BatchWriteItem", "dynamodb:PartiQLInsert", "dynamodb:PartiQLSelect"]);
    let anything = Caller::of(&running, "/anything").await;
    assert_eq!(anything.call("Scan", json!({"TableName": "secrets"})).await.status, 200);
}

#[tokio::test]
async fn a_statement_needs_its_permission() {
    let running = serve(TEMPLATE).await;
    let reader = Caller::of(&running, "/reader").await;
    let statement = r#"{"Statement": "SELECT * FROM \"posts\""}"#;
    reader.refused("ExecuteStatement", statement, "PartiQLSelect").await;
    reader
        .refused("BatchExecuteStatement", &format!(r#"{{"Statements": [{statement}]}}"#), "PartiQLSelect")
        .await;
    reader
        .refused(
            "ExecuteTransaction",
            &format!(r#"{{"TransactStatements": [{statement}]}}"#),
            "PartiQLSelect",
        )
        .await;
    let batcher = Caller::of(&running, "/batcher").await;
    for (statement, action) in [
        ("SELECT * FROM secrets", "PartiQLSelect"),
        ("UPDATE posts SET a = 1 WHERE pk = 'a'", "PartiQLUpdate"),
        ("FROM posts WHERE pk = 'a' SET a = 1", "PartiQLUpdate"),
        ("DELETE FROM posts WHERE pk = 'a'", "PartiQLDelete"),
        ("INSERT INTO secrets VALUE {'pk': 'a'}", "PartiQLInsert"),
        ("SELECT x from posts FROM secrets", "ExecuteStatement"),
        ("gibberish", "ExecuteStatement"),
    ] {
        let body = json!({"Statement": statement}).to_string();
        batcher.refused("ExecuteStatement", &body, action).await;
    }
    let mixed = r#"{"Statements": [{"Statement": "SELECT * FROM posts WHERE pk = 'a'"},
        {"Statement": "SELECT * FROM secrets WHERE pk = 'a'"}]}"#;
    batcher.refused("BatchExecuteStatement", mixed, "PartiQLSelect").await;
}

/// Members of another operation's shape open no door.
#[tokio::test]
async fn the_operation_decides_how_a_body_is_read() {
    let running = serve(TEMPLATE).await;
    let reader = Caller::of(&running, "/reader").await;
    let items = r#""RequestItems": {"posts": [{"PutRequest": {"Item": {"pk": {"S": "x"}}}}]}"#;
    for body in [
        format!("{{{items}}}"),
        format!(r#"{{"TransactItems": [{{"Get": {{"TableName": "posts"}}}}], {items}}}"#),
        format!(r#"{{"TableName": "posts", {items}}}"#),
    ] {
        reader.refused("BatchWriteItem", &body, "BatchWriteItem").await;
    }
    let put = r#"{"TransactItems": [{"Get": {"TableName": "posts"}}], "TableName": "posts", "Item": {"pk": {"S": "x"}}}"#;
    reader.refused("PutItem", put, "PutItem").await;
    let index = r#"{"TableName": "secrets", "IndexName": "by-author", "KeyConditionExpression": "pk = :a"}"#;
    reader.refused("Query", index, "Query").await;
    let key = r#""Key": {"pk": {"S": "a"}}"#;
    for body in [
        format!(r#"{{"TableName": "posts", "TableName": "secrets", {key}}}"#),
        format!(r#"{{"TableName": "secrets", "TableName": "posts", {key}}}"#),
        format!(r#"{{"TableName": "secrets", {key}}}"#),
        format!("{{{key}}}"),
        "[]".to_owned(),
        String::new(),
        "\u{0}".to_owned(),
    ] {
        reader.refused("GetItem", &body, "GetItem").await;
    }
    let transaction = format!(
        r#"{{"TransactItems": [{{"Get": {{"TableName": "posts", {key}}}}}, {{"Get": {{"TableName": "secrets", {key}}}}}]}}"#
    );
    reader.refused("TransactGetItems", &transaction, "GetItem").await;
    assert_eq!(count(&running, "posts").await, 0);
    assert!(running.server.permissions("Reader").unwrap().used.is_empty());
}

#[tokio::test]
async fn operations_that_it_does_not_know_are_refused() {
    let running = serve(TEMPLATE).await;
    let reader = Caller::of(&running, "/reader").await;
    for operation in [
        "ListTables",
        "DeleteTable",
        "CreateTable",
        "UpdateTable",
        "DescribeTable",
        "UpdateTimeToLive",
        "DescribeTimeToLive",
        "Scan",
        "SearchVectors",
        "TagResource",
        "ListStreams",
        "GetRecords",
        "GetShardIterator",
        "DescribeStream",
        "ExportTableToPointInTime",
        "getItem",
        "Nonsense",
    ] {
        let body =
            r#"{"TableName": "posts", "ResourceArn": "arn:aws:dynamodb:us-east-1:000000000000:table/posts"}"#;
        reader.refused(operation, body, operation).await;
    }
}

/// Who is not one of the functions has no business there; other tools have the database's own port.
#[tokio::test]
async fn a_caller_without_a_functions_key_is_refused() {
    let running = serve(TEMPLATE).await;
    let reader = Caller::of(&running, "/reader").await;
    let get = r#"{"TableName": "posts", "Key": {"pk": {"S": "a"}}}"#;
    for key in ["a", "", "ASIALOCAL00000000099", "ASIALOCALLOCALLOCAL0", "ASIALOCAL"] {
        let reply = raw_call(&reader.url, key, "GetItem", get).await;
        assert_eq!(reply.status, 400, "{key}: {reply:?}");
        assert!(reply.body.contains("AccessDeniedException"), "{key}: {reply:?}");
    }
    let own = format!("AWS4-HMAC-SHA256 Credential={}/b/c/d/e, SignedHeaders=host, Signature=0", reader.key);
    let target = ("x-amz-target", "DynamoDB_20120810.GetItem");
    let scan = ("x-amz-target", "DynamoDB_20120810.Scan");
    let signed = ("authorization", own.as_str());
    let json = ("content-type", "application/x-amz-json-1.0");
    let date = ("x-amz-date", "20260101T000000Z");
    let query = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b/c/d/e&X-Amz-Signature=0\
        &X-Amz-SignedHeaders=host&X-Amz-Date=20260101T000000Z";
    for (method, path, headers) in [
        ("POST", "/", &[json, date, target][..]),
        ("POST", query, &[json, target]),
        ("POST", "/", &[json, date, signed]),
        ("POST", "/", &[json, date, signed, target, scan]),
        ("POST", "/", &[json, date, signed, signed, target]),
        ("POST", "/", &[json, date, signed, ("x-amz-target", "Nonsense_20120810.GetItem")]),
        ("POST", "/", &[json, date, signed, ("x-amz-target", "GetItem")]),
        ("GET", "/", &[json, date, signed, target]),
    ] {
        let reply = request(&reader.url, method, path, headers, get.as_bytes()).await;
        assert_eq!(reply.status, 400, "{method} {path} {headers:?}: {reply:?}");
        assert!(reply.body.contains("AccessDeniedException"), "{headers:?}: {reply:?}");
    }
    let streams = [json, date, signed, ("x-amz-target", "DynamoDBStreams_20120810.Scan")];
    let reply = request(&reader.url, "POST", "/", &streams, get.as_bytes()).await;
    assert!(reply.body.contains("not authorized to perform: dynamodb:Scan"), "{reply:?}");
    assert_eq!(
        request(&reader.url, "POST", "/", &[json, date, signed, target], get.as_bytes()).await.status,
        200
    );
}
