//! What is told of each request.

use std::time::{Duration, SystemTime};

use lambda_http::http::StatusCode;
use metrique_writer_core::{
    Entry, EntryWriter, Unit,
    unit::{self, NegativeScale},
};
use metrique_writer_format_emf::{Emf, MetricDefinition, MetricDirective, NoMetric};
use tracing::Level;

use crate::state::Usage;

/// One request, as the log and the metrics have it. Nothing in it comes from the caller.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// When the event came.
    pub(super) time: SystemTime,
    /// The gateway's id of the request, which the caller sees as `x-request-id`.
    pub(super) request_id: &'a str,
    /// Lambda's id of the invocation, which its own lines have.
    pub(super) invocation_id: &'a str,
    /// X-Ray's header of the request.
    pub(super) trace_id: &'a str,
    /// The route that matched.
    pub(super) route: &'a str,
    /// What was answered.
    pub(super) status: StatusCode,
    /// From the event to the answer.
    pub(super) latency: Duration,
    /// Whether the function was started for this request.
    pub(super) is_cold: bool,
    /// What was used of DynamoDB.
    pub(super) usage: Usage,
    /// What the answer does not say.
    pub(super) cause: Cause,
}

/// Why a request failed, where only the log may know.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// It did not fail, or the answer says it all.
    None,
    /// The caller's token was refused: whoever wonders why it does not work finds the reason only here.
    Refused(&'static str),
    /// The function or the database failed.
    Failed(String),
}

impl Record<'_> {
    /// The format of the line with metrics: all of them over all routes, and by route those that tell which
    /// one is in trouble. Each metric of a route that is called is charged for by itself ("Amazon
    /// CloudWatch pricing").
    pub(super) fn format(namespace: &str) -> Emf {
        let metric = |name, unit| MetricDefinition { name, unit, storage_resolution: None };
        let by_route = MetricDirective {
            dimensions: vec![vec!["route"]],
            metrics: vec![
                metric("Requests", Unit::Count),
                metric("ServerErrors", Unit::Count),
                metric("Latency", Unit::Second(NegativeScale::Milli)),
            ],
            namespace,
        };
        Emf::builder(namespace.to_owned(), vec![Vec::new()])
            .directive(by_route)
            .skip_all_validations(true)
            .build()
    }

    /// How much it matters.
    pub(super) fn level(&self) -> Level {
        match self.cause {
            Cause::None => Level::INFO,
            Cause::Refused(_) => Level::WARN,
            Cause::Failed(_) => Level::ERROR,
        }
    }

    /// Tells it to `tracing`, under the same names as in the line with metrics.
    pub(super) fn trace(&self) {
        macro_rules! at {
            ($level:ident $(, $field:ident)?) => {
                tracing::$level!(
                    $($field,)?
                    status = self.status.as_u16(),
                    Latency = self.latency.as_secs_f64() * 1e3,
                    ColdStarts = u32::from(self.is_cold),
                    DynamoDBCalls = self.usage.calls,
                    ReadCapacity = self.usage.read_units,
                    WriteCapacity = self.usage.write_units,
                    route = self.route,
                    requestId = self.request_id,
                    invocationId = self.invocation_id,
                    traceId = self.trace_id,
                    "{}",
                    self.message()
                )
            };
        }
        match &self.cause {
            Cause::None => at!(info),
            Cause::Refused(reason) => at!(warn, reason),
            Cause::Failed(cause) => at!(error, cause),
        }
    }

    /// `GET /api/notes/{id} 200`.
    fn message(&self) -> String {
        format!("{} {}", self.route, self.status.as_u16())
    }
}

/// The line for CloudWatch: metrics in capitals, what one looks for beside them.
impl Entry for Record<'_> {
    fn write<'a>(&'a self, line: &mut impl EntryWriter<'a>) {
        let is = |condition: bool| unit::AsCount::from(u32::from(condition));
        line.timestamp(self.time);
        line.value("Requests", &is(true));
        line.value("ClientErrors", &is(self.status.is_client_error()));
        line.value("ServerErrors", &is(self.status.is_server_error()));
        line.value("ColdStarts", &is(self.is_cold));
        line.value("Latency", &self.latency);
        line.value("DynamoDBCalls", &unit::AsCount::from(self.usage.calls));
        line.value("ReadCapacity", &unit::AsCount::from(self.usage.read_units));
        line.value("WriteCapacity", &unit::AsCount::from(self.usage.write_units));
        line.value("status", &NoMetric::from(self.status.as_u16()));
        line.value("timestamp", &*humantime::format_rfc3339_millis(self.time).to_string());
        line.value("level", self.level().as_str());
        line.value("message", &*self.message());
        line.value("route", self.route);
        line.value("requestId", self.request_id);
        line.value("invocationId", self.invocation_id);
        line.value("traceId", self.trace_id);
        match &self.cause {
            Cause::None => {}
            Cause::Refused(reason) => line.value("reason", *reason),
            Cause::Failed(cause) => line.value("cause", &**cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use metrique_writer_core::format::Format;
    use serde_json::{Value, json};

    use super::*;

    fn record(cause: Cause) -> Record<'static> {
        Record {
            time: SystemTime::UNIX_EPOCH + Duration::from_millis(1_780_308_000_123),
            request_id: "the-id",
            invocation_id: "the-invocation",
            trace_id: "Root=1-2-3",
            route: "GET /api/notes/{id}",
            status: StatusCode::SERVICE_UNAVAILABLE,
            latency: Duration::from_micros(3_250),
            is_cold: true,
            usage: Usage { calls: 2, read_units: 0.5, write_units: 1.0, writes: 1 },
            cause,
        }
    }

    fn line(cause: Cause) -> Value {
        let mut line = Vec::new();
        Record::format("Api").format(&record(cause), &mut line).unwrap();
        assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1), "one line");
        serde_json::from_slice(&line).unwrap()
    }

    /// Dashboards, alarms and queries name these fields and metrics ("CloudWatch embedded metric format").
    #[test]
    fn a_request_is_one_line_with_its_metrics() {
        let mut line = line(Cause::None);
        let metrics = take_metrics(&mut line);
        insta::assert_json_snapshot!(line, @r#"
        {
          "ClientErrors": 0,
          "ColdStarts": 1,
          "DynamoDBCalls": 2,
          "Latency": 3.25,
          "ReadCapacity": 0.5,
          "Requests": 1,
          "ServerErrors": 1,
          "WriteCapacity": 1,
          "_aws": {
            "CloudWatchMetrics": [
              {
                "Dimensions": [
                  []
                ],
                "Metrics": null,
                "Namespace": "Api"
              },
              {
                "Dimensions": [
                  [
                    "route"
                  ]
                ],
                "Metrics": null,
                "Namespace": "Api"
              }
            ],
            "Timestamp": 1780308000123
          },
          "invocationId": "the-invocation",
          "level": "INFO",
          "message": "GET /api/notes/{id} 503",
          "requestId": "the-id",
          "route": "GET /api/notes/{id}",
          "status": 503,
          "timestamp": "2026-06-01T10:00:00.123Z",
          "traceId": "Root=1-2-3"
        }
        "#);
        insta::assert_snapshot!(metrics, @r#"
        {"Name":"Requests","Unit":"Count"}
        {"Name":"ClientErrors","Unit":"Count"}
        {"Name":"ServerErrors","Unit":"Count"}
        {"Name":"ColdStarts","Unit":"Count"}
        {"Name":"Latency","Unit":"Milliseconds"}
        {"Name":"DynamoDBCalls","Unit":"Count"}
        {"Name":"ReadCapacity","Unit":"Count"}
        {"Name":"WriteCapacity","Unit":"Count"}

        {"Name":"Requests","Unit":"Count"}
        {"Name":"ServerErrors","Unit":"Count"}
        {"Name":"Latency","Unit":"Milliseconds"}
        "#);
    }

    /// The metrics of each directive, one on a line: in the line itself there is nothing instead.
    fn take_metrics(line: &mut Value) -> String {
        let directives = line["_aws"]["CloudWatchMetrics"].as_array_mut().unwrap();
        let metrics = directives.iter_mut().map(|directive| directive["Metrics"].take());
        let listed = metrics.map(|metrics| {
            let metrics = metrics.as_array().unwrap().iter();
            metrics.map(Value::to_string).collect::<Vec<_>>().join("\n")
        });
        listed.collect::<Vec<_>>().join("\n\n")
    }

    /// Whoever is paged finds the cause in the request's own line.
    #[test]
    fn a_cause_is_told_in_the_line() {
        let failed = line(Cause::Failed("throttled: \"slow down\"\n".to_owned()));
        assert_eq!(
            (&failed["level"], &failed["cause"]),
            (&json!("ERROR"), &json!("throttled: \"slow down\"\n"))
        );
        let refused = line(Cause::Refused("the token has expired"));
        assert_eq!(
            (&refused["level"], &refused["reason"]),
            (&json!("WARN"), &json!("the token has expired"))
        );
    }
}
