use super::needed;

fn texts(operation: &str, body: &str) -> Vec<String> {
    let short = |arn: &str| arn.rsplit_once(":table/").expect("a table's ARN").1.to_owned();
    let needed = needed(operation, body.as_bytes()).unwrap_or_else(|unclear| panic!("{body}: {unclear:?}"));
    needed.iter().map(|needed| format!("{} {}", needed.action, short(&needed.resource))).collect()
}

fn unclear(operation: &str, body: &str) {
    let unclear = needed(operation, body.as_bytes()).expect_err(body);
    assert_eq!((unclear.action, unclear.resource), (format!("dynamodb:{operation}"), "*".to_owned()));
}

#[test]
fn a_call_is_about_a_table_or_an_index_of_it() {
    let key = r#"{"Key": {"TableName": {"S": "no"}}, "TableName": "posts"}"#;
    assert_eq!(texts("GetItem", key), ["dynamodb:GetItem posts"]);
    let index = r#"{"TableName": "posts", "IndexName": "by-author"}"#;
    assert_eq!(texts("Query", index), ["dynamodb:Query posts/index/by-author"]);
    assert_eq!(texts("GetItem", index), ["dynamodb:GetItem posts"], "it knows no index");
    let arn = r#"{"TableName": "arn:aws:dynamodb:us-east-1:000000000000:table/posts"}"#;
    assert_eq!(texts("Scan", arn), ["dynamodb:Scan posts"]);
    assert_eq!(texts("DeleteTable", key), ["dynamodb:DeleteTable posts"]);
}

#[test]
fn a_transaction_needs_what_is_in_it_and_a_batch_its_tables() {
    let writes = r#"{"TransactItems": [{"Put": {"TableName": "posts", "Item": {}}},
        {"ConditionCheck": {"TableName": "tasks"}}, {"Delete": {"TableName": "posts"}}]}"#;
    assert_eq!(
        texts("TransactWriteItems", writes),
        ["dynamodb:PutItem posts", "dynamodb:ConditionCheckItem tasks", "dynamodb:DeleteItem posts"]
    );
    let reads = r#"{"TransactItems": [{"Get": {"TableName": "posts", "Key": {}}}]}"#;
    assert_eq!(texts("TransactGetItems", reads), ["dynamodb:GetItem posts"]);
    let batch = r#"{"RequestItems": {"posts": {"Keys": []}, "tasks": []}}"#;
    assert_eq!(texts("BatchGetItem", batch), ["dynamodb:BatchGetItem posts", "dynamodb:BatchGetItem tasks"]);
}

#[test]
fn a_statement_needs_the_permission_of_its_verb() {
    let select = r#"{"Statement": "SELECT * FROM \"posts\".\"by-author\"", "Parameters": []}"#;
    assert_eq!(texts("ExecuteStatement", select), ["dynamodb:PartiQLSelect posts/index/by-author"]);
    let batch = r#"{"Statements": [{"Statement": "DELETE FROM posts WHERE pk = 'a'"},
        {"Statement": "INSERT INTO \"tasks\" VALUE {'pk': 'a'}"}]}"#;
    let both = ["dynamodb:PartiQLDelete posts", "dynamodb:PartiQLInsert tasks"];
    assert_eq!(texts("BatchExecuteStatement", batch), both);
    assert_eq!(texts("ExecuteTransaction", &batch.replace("Statements", "TransactStatements")), both);
}

/// The members that another operation would read do not change what this one needs.
#[test]
fn the_operation_decides_what_the_body_means() {
    let batch = r#"{"TransactItems": [{"Get": {"TableName": "a"}}], "TableName": "b", "Statement": "SELECT * FROM c",
        "RequestItems": {"posts": []}}"#;
    assert_eq!(texts("BatchWriteItem", batch), ["dynamodb:BatchWriteItem posts"]);
    assert_eq!(texts("PutItem", batch), ["dynamodb:PutItem b"]);
    assert_eq!(texts("ExecuteStatement", batch), ["dynamodb:PartiQLSelect c"]);
    assert_eq!(texts("TransactGetItems", batch), ["dynamodb:GetItem a"]);
    unclear("TransactWriteItems", batch);
    unclear("BatchWriteItem", r#"{"TransactItems": [{"Put": {"TableName": "posts"}}]}"#);
}

#[test]
fn what_is_not_clear_is_for_no_role() {
    for body in
        ["", "[]", "[\"posts\"]", "{\"TableName\": 7}", "{}", "\u{0}", "{\"TableName\": \"posts\"", "null"]
    {
        unclear("GetItem", body);
    }
    unclear("GetItem", r#"{"TableName": "a", "TableName": "b"}"#);
    unclear("GetItem", r#"{"TableName": "a", "\u0054ableName": "b"}"#);
    unclear("BatchGetItem", r#"{"RequestItems": {"a": [], "a": []}}"#);
    unclear("BatchGetItem", r#"{"RequestItems": {}}"#);
    unclear("TransactWriteItems", r#"{"TransactItems": []}"#);
    unclear(
        "TransactWriteItems",
        r#"{"TransactItems": [{"Put": {"TableName": "a"}, "Put": {"TableName": "b"}}]}"#,
    );
    unclear("TransactWriteItems", r#"{"TransactItems": [{"Put": {"TableName": "a", "TableName": "b"}}]}"#);
    unclear("TransactWriteItems", r#"{"TransactItems": [{"Put": {}}]}"#);
    unclear("TransactWriteItems", r#"{"TransactItems": [{"Drop": {"TableName": "a"}}]}"#);
    unclear("Query", r#"{"TableName": "posts/index/by-author"}"#);
    unclear(
        "Query",
        r#"{"TableName": "arn:aws:dynamodb:us-east-1:000000000000:table/posts/index/by-author"}"#,
    );
    unclear("Query", r#"{"TableName": "arn:aws:dynamodb:eu-west-1:000000000000:table/posts"}"#);
    unclear("Query", r#"{"TableName": "posts", "IndexName": "../posts"}"#);
    unclear("ExecuteStatement", r#"{"Statement": "DROP TABLE posts"}"#);
    unclear("ExecuteStatement", r#"{"Statement": "SELECT * FROM a", "Statement": "SELECT * FROM b"}"#);
    for operation in ["DropTable", "getitem", "", "GetRecords", "ExportTableToPointInTime"] {
        unclear(operation, r#"{"TableName": "posts"}"#);
    }
}

/// Each operation that the database answers is known here, or refused on purpose.
#[test]
fn what_needs_no_table_needs_the_right_to_all() {
    for operation in ["ListTables", "ListStreams"] {
        let needed = needed(operation, b"{}").unwrap();
        assert_eq!(needed[0].resource, "*");
    }
    let tag = r#"{"ResourceArn": "arn:aws:dynamodb:us-east-1:000000000000:table/posts", "Tags": []}"#;
    assert_eq!(texts("TagResource", tag), ["dynamodb:TagResource posts"]);
}
