//! Functions over the Runtime API, as long as they behave: what they see, how many run, how they wait.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use local::lambda::Fault;
use local::{Limits, Log};
use serde_json::Value;
use tokio::task::JoinSet;

use self::common::function::{at_init, function};
use self::common::{runs, soon};

#[tokio::test]
async fn the_event_arrives_exactly_as_given_and_so_does_the_answer() {
    let setup = function(|_| {});
    let event = "{\"n\": 1.10, \"s\": \"\u{e9}\\u0000\"}";
    assert_eq!(setup.function.invoke(event).await.result.unwrap(), event);
}

#[tokio::test]
async fn the_runtime_api_tells_id_deadline_arn_and_trace() {
    let setup = function(|_| {});
    let before = epoch_ms();
    let outcome = setup.run("headers").await;
    let seen: Value = serde_json::from_slice(&outcome.result.unwrap()).unwrap();
    let header = |name: &str| seen[format!("lambda-runtime-{name}")].as_str().unwrap().to_owned();
    assert_eq!(header("aws-request-id"), outcome.request_id);
    assert_eq!(outcome.request_id.len(), 36);
    assert_eq!(header("invoked-function-arn"), "arn:aws:lambda:us-east-1:000000000000:function:misbehave");
    let deadline: u64 = header("deadline-ms").parse().unwrap();
    assert!((before + 10_000..=epoch_ms() + 10_000).contains(&deadline), "now plus the timeout");
    let trace = header("trace-id");
    let parts: Vec<_> = trace.split([';', '=', '-']).collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    assert_eq!(lengths, [4, 1, 8, 24, 6, 16, 7, 1], "{trace}");
}

fn epoch_ms() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    u64::try_from(now.as_millis()).unwrap()
}

#[tokio::test]
async fn the_environment_is_lambdas_and_the_functions_own_and_nothing_else() {
    let setup = function(|definition| {
        definition.environment.insert("MINE".to_owned(), "1".to_owned());
        definition.environment.insert("TZ".to_owned(), "mine wins".to_owned());
    });
    let seen = setup.json("environment").await;
    let expected = [
        ("AWS_LAMBDA_FUNCTION_NAME", "misbehave"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/misbehave"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("_HANDLER", "bootstrap"),
        ("MINE", "1"),
        ("TZ", "mine wins"),
    ];
    for (name, value) in expected {
        assert_eq!(seen[name], value, "{name}");
    }
    for name in [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT",
        "LANG",
        "PATH",
    ] {
        assert!(seen[name].as_str().is_some_and(|value| !value.is_empty()), "{name}");
    }
    // Cargo sets this for the test; a function must not see what happens to be set here.
    assert_eq!(seen.get("CARGO_PKG_NAME"), None);
}

#[tokio::test]
async fn only_the_first_invocation_of_an_instance_is_a_cold_start() {
    let setup = function(at_init("slow"));
    let init = setup.run("who").await.init.expect("a cold start");
    assert!(init >= Duration::from_millis(300), "{init:?}");
    assert_eq!(setup.run("who").await.init, None);
}

#[tokio::test]
async fn an_instance_works_on_one_invocation_at_a_time_and_is_used_again() {
    let setup = function(|definition| definition.limits.concurrency = 1);
    let (a, b) = tokio::join!(setup.json("sleep:50"), setup.json("sleep:50"));
    assert_eq!(a["pid"], b["pid"]);
    let mut counts = [&a["count"], &b["count"]].map(|count| count.as_u64().unwrap());
    counts.sort_unstable();
    assert_eq!(counts, [1, 2]);
}

#[tokio::test]
async fn a_busy_function_gets_instances_up_to_the_bound() {
    let setup = Arc::new(function(|definition| definition.limits.concurrency = 3));
    let mut runs = JoinSet::new();
    for _ in 0..9 {
        let setup = Arc::clone(&setup);
        runs.spawn(async move { setup.json("sleep:100").await["pid"].as_u64() });
    }
    let pids: HashSet<_> = runs.join_all().await.into_iter().collect();
    assert_eq!(pids.len(), 3);
}

#[tokio::test]
async fn an_instance_that_becomes_free_is_taken_before_one_that_still_starts() {
    let setup = function(at_init("slow"));
    setup.pid().await;
    let (busy, next) = tokio::join!(setup.json("sleep:50"), async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        setup.run("who").await
    });
    let next_answer: Value = serde_json::from_slice(&next.result.unwrap()).unwrap();
    assert_eq!((next_answer["pid"].as_u64(), next.init), (busy["pid"].as_u64(), None));
}

#[tokio::test]
async fn an_answer_in_chunks_is_read_whole() {
    assert_eq!(function(|_| {}).json("chunked").await["do"], "mode=chunked");
}

#[tokio::test]
async fn an_idle_instance_is_ended_after_its_limit() {
    let setup = function(|definition| {
        definition.limits.idle = Duration::from_millis(50);
        definition.timeout = Duration::from_millis(300); // noticed one timeout late at most
    });
    let pid = setup.pid().await;
    soon("its end", || !runs(pid)).await;
}

#[tokio::test]
async fn a_full_queue_throttles_and_a_caller_that_left_is_not_worked_for() {
    let setup =
        function(|definition| definition.limits = Limits { concurrency: 1, queue: 1, ..Limits::default() });
    setup.pid().await;
    let busy = setup.run("sleep:300");
    let others = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let gone = tokio::time::timeout(Duration::from_millis(10), setup.run("who")).await;
        assert!(gone.is_err(), "it waits in the queue");
        // The place of the one that left is free again, a further one is not.
        tokio::join!(setup.run("who"), setup.run("who"))
    };
    let (busy, (waited, throttled)) = tokio::join!(busy, others);
    assert!(busy.result.is_ok());
    assert_eq!(throttled.result, Err(Fault::Throttled));
    let waited: Value = serde_json::from_slice(&waited.result.unwrap()).unwrap();
    assert_eq!(waited["count"], 3, "the one that left was not invoked");
}

#[tokio::test]
async fn every_line_of_output_is_told_with_the_functions_name() {
    let (log, lines) = Log::collect();
    let setup = function(|definition| definition.log = log);
    setup.json("lines").await;
    let expected = [
        "[misbehave] to standard output",
        "[misbehave] to standard error",
        "[misbehave] without an end \u{fffd}",
    ];
    for expected in expected {
        soon(expected, || lines.lock().unwrap().iter().any(|line| line.to_string() == expected)).await;
    }
}

#[tokio::test]
async fn a_retired_function_ends_its_instances_when_they_have_answered_and_answers_late_callers() {
    let setup = function(|_| {});
    let idle = setup.pid().await;
    let (busy, also_busy, ()) = tokio::join!(setup.json("sleep:300"), setup.json("sleep:300"), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        setup.function.retire();
    });
    let mut pids: Vec<_> = [busy, also_busy].iter().map(|answer| answer["pid"].as_u64().unwrap()).collect();
    assert!(pids.contains(&idle), "an answer from before the retirement");
    pids.push(setup.pid().await);
    for pid in pids {
        soon("the end of an instance", || !runs(pid)).await;
    }
    assert!(setup.function.processes().is_empty());
}
