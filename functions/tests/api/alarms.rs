//! Alarms and the dashboard watch every table by themselves: whoever adds a table writes no line for it, and
//! whoever removes one leaves none behind.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::house::template;

/// What a CloudWatch Metrics Insights query selects, as far as the template's queries go.
struct Query {
    metric: String,
    dimensions: BTreeSet<String>,
    /// Name, whether it must be this value or must not, value.
    conditions: Vec<(String, bool, String)>,
    group: String,
}

impl Query {
    /// The one query of an alarm. `PutMetricAlarm` refuses a second one.
    fn of(alarm: &str) -> Self {
        let properties = template().resource(alarm)["Properties"].clone();
        let [query] = properties["Metrics"].as_array().unwrap().as_slice() else {
            panic!("{alarm} has several metrics")
        };
        assert_eq!(query["Period"], 60, "{alarm}: such an alarm looks at minutes");
        Self::parse(query["Expression"].as_str().unwrap())
    }

    fn parse(text: &str) -> Self {
        let (function, rest) = text.strip_prefix("SELECT ").unwrap().split_once('(').unwrap();
        let (metric, rest) = rest.split_once(") FROM SCHEMA(\"AWS/DynamoDB\", ").unwrap();
        let (dimensions, rest) = rest.split_once(") ").unwrap();
        let (conditions, rest) = rest.split_once("GROUP BY ").unwrap();
        let (group, order) = rest.split_once(" ORDER BY ").expect("several series need an order");
        assert_eq!(order, format!("{function}() DESC"), "the worst table first: {text}");
        let conditions = conditions.trim().strip_prefix("WHERE ").unwrap_or_default();
        Self {
            metric: metric.to_owned(),
            dimensions: dimensions.split(", ").map(str::to_owned).collect(),
            conditions: conditions.split(" AND ").filter(|text| !text.is_empty()).map(condition).collect(),
            group: group.to_owned(),
        }
    }

    /// Whether it selects what DynamoDB reports of an operation on a table.
    fn selects(&self, operation: &str, table: &str) -> bool {
        let reported = [("Operation", operation), ("TableName", table)];
        self.dimensions == reported.map(|(name, _)| name.to_owned()).into()
            && self.conditions.iter().all(|(name, equal, value)| {
                reported.iter().any(|(dimension, found)| name == dimension && (value == found) == *equal)
            })
    }
}

fn condition(text: &str) -> (String, bool, String) {
    let words: Vec<_> = text.split(' ').collect();
    let [name, operator @ ("=" | "!="), value] = words[..] else { panic!("{text}") };
    (name.to_owned(), operator == "=", value.trim_matches('\'').to_owned())
}

/// The operations that the functions may call, and those that creates are counted by. No permission names a
/// transaction: it needs the permissions of what is in it.
fn operations() -> BTreeSet<String> {
    let mut operations = BTreeSet::from(["PutItem", "TransactWriteItems"].map(str::to_owned));
    let template = template();
    for id in template.ids("AWS::Serverless::Function") {
        let policies = template.resource(id)["Properties"]["Policies"].as_array().into_iter().flatten();
        for statement in policies.flat_map(|policy| policy["Statement"].as_array().unwrap()) {
            let actions = statement["Action"].as_array().unwrap().iter().filter_map(Value::as_str);
            operations
                .extend(actions.filter_map(|action| action.strip_prefix("dynamodb:")).map(str::to_owned));
        }
    }
    operations
}

/// Any table, also one that the template does not have yet.
const TABLES: [&str; 2] = ["a-stack-BooksTable-1ABC", "a-stack-NextTable-2DEF"];

#[test]
fn throttling_of_any_table_rings() {
    let query = Query::of("DynamoDBThrottlesAlarm");
    // It counts reads and writes, of the table and of its indexes.
    assert_eq!((&*query.metric, &*query.group), ("ThrottledRequests", "TableName"));
    for operation in operations() {
        assert!(TABLES.iter().all(|table| query.selects(&operation, table)), "{operation} is not watched");
    }
}

/// A query cannot name two operations, so it excludes the others, and a new one must be among them.
#[test]
fn creates_in_any_table_are_counted_and_nothing_else_is() {
    let query = Query::of("CreatesAlarm");
    assert_eq!((&*query.metric, &*query.group), ("SuccessfulRequestLatency", "TableName"));
    for table in TABLES {
        let counted: Vec<_> = operations().into_iter().filter(|name| query.selects(name, table)).collect();
        assert_eq!(counted, ["PutItem", "TransactWriteItems"], "exclude the others in CreatesAlarm");
    }
}

/// So a table that goes leaves no line behind.
#[test]
fn no_alarm_and_no_widget_names_a_table() {
    let template = template();
    let tables: Vec<_> = template.ids("AWS::DynamoDB::Table").collect();
    for watcher in template.ids("AWS::CloudWatch::Alarm").chain(template.ids("AWS::CloudWatch::Dashboard")) {
        let text = template.resource(watcher).to_string();
        for table in &tables {
            assert!(!text.contains(table), "{watcher} names {table}");
        }
    }
}
