//! Functions that misbehave: whatever one does, its caller gets an answer, nobody else is held up, the next
//! invocation works, and no process stays.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::time::{Duration, Instant};

use local::Log;
use local::lambda::{Definition, Fault, Lambda};
use rustix::process::Signal;

use self::common::function::{at_init, function};
use self::common::{kill, runs, soon};

#[tokio::test]
async fn an_exit_answers_at_once() {
    let setup = function(|_| {});
    let start = Instant::now();
    setup.exits("exit", "exit status: 7").await;
    setup.exits("panic", "exit status: 101").await;
    setup.exits("cut-off", "exit status: 9").await;
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_answer_counts_even_when_the_function_exits_right_after_it() {
    let setup = function(|_| {});
    for _ in 0..20 {
        assert_eq!(setup.json("answer-then-exit").await["do"], "mode=answer-then-exit");
    }
}

#[tokio::test]
async fn an_exit_at_init_fails_each_request_at_once() {
    let setup = function(at_init("exit"));
    for _ in 0..2 {
        let (a, b) = tokio::join!(setup.run("who"), setup.run("who"));
        for outcome in [a, b] {
            let fault = outcome.result.unwrap_err().to_string();
            assert_eq!(fault, "exited (exit status: 3) before it polled for an event");
        }
    }
}

#[tokio::test]
async fn an_init_error_is_reported_and_the_process_ended() {
    let setup = function(at_init("error"));
    let fault = setup.run("who").await.result.unwrap_err().to_string();
    assert!(fault.contains("could not start") && fault.contains("no settings"), "{fault}");
}

#[tokio::test]
async fn a_function_that_never_polls_meets_the_init_limit() {
    let setup = function(|definition| {
        at_init("never-poll")(definition);
        definition.limits.init = Duration::from_millis(100);
    });
    let fault = setup.run("who").await.result.unwrap_err().to_string();
    assert_eq!(fault, "did not poll for an event within 0.10 seconds");
}

#[tokio::test]
async fn a_binary_that_cannot_be_started_is_a_fault_of_the_request() {
    let lambda = Lambda::start().unwrap();
    let function = lambda.function(Definition::new("gone", "/nowhere/gone"));
    let fault = function.invoke("{}").await.result.unwrap_err().to_string();
    assert!(fault.contains("could not be started"), "{fault}");
}

#[tokio::test]
async fn a_function_that_hangs_is_killed_at_its_timeout() {
    let setup = function(|definition| definition.timeout = Duration::from_millis(200));
    let pid = setup.pid().await;
    let start = Instant::now();
    let outcome = setup.run("hang").await;
    assert_eq!(outcome.result, Err(Fault::TimedOut(Duration::from_millis(200))));
    assert!((200..2000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
    soon("the end of the instance", || !runs(pid)).await;
    assert_ne!(setup.pid().await, pid);
}

#[tokio::test]
async fn a_function_that_hangs_after_its_answer_holds_up_nobody_for_longer_than_its_timeout() {
    let setup = function(|definition| {
        definition.timeout = Duration::from_millis(200);
        definition.limits.concurrency = 1;
    });
    assert!(setup.run("answer-then-hang").await.result.is_ok());
    assert!(setup.run("who").await.init.is_some(), "a fresh instance");
}

#[tokio::test]
async fn a_posted_error_is_the_requests_own_and_the_instance_lives_on() {
    let setup = function(|definition| definition.limits.concurrency = 1);
    let pid = setup.pid().await;
    let Err(Fault::Error(payload)) = setup.run("error").await.result else { panic!("an error was posted") };
    assert_eq!(payload, r#"{"errorType":"E","errorMessage":"it went wrong"}"#);
    assert_eq!(setup.pid().await, pid);
}

#[tokio::test]
async fn an_answer_over_6_mb_is_refused_and_the_instance_lives_on() {
    let (log, lines) = Log::collect();
    let setup = function(|definition| {
        definition.log = log;
        definition.limits.concurrency = 1;
    });
    let pid = setup.pid().await;
    assert_eq!(setup.run("huge").await.result, Err(Fault::TooLarge));
    assert_eq!(setup.pid().await, pid);
    soon("the refusal", || {
        lines.lock().unwrap().iter().any(|line| line.to_string() == "[misbehave] huge: 413")
    })
    .await;
}

#[tokio::test]
async fn a_second_answer_and_a_wrong_id_are_refused() {
    let (log, lines) = Log::collect();
    let setup = function(|definition| definition.log = log);
    assert_eq!(setup.json("twice").await["do"], "mode=twice");
    assert_eq!(setup.json("wrong-id").await["do"], "mode=wrong-id");
    for expected in ["[misbehave] twice: 202 400", "[misbehave] wrong id: 400"] {
        soon(expected, || lines.lock().unwrap().iter().any(|line| line.to_string() == expected)).await;
    }
}

#[tokio::test]
async fn polling_before_answering_fails_the_invocation() {
    function(|_| {}).exits("poll-early", "before it answered").await;
}

#[tokio::test]
async fn an_instance_that_died_while_idle_is_replaced_without_the_caller_noticing() {
    let setup = function(|_| {});
    for _ in 0..5 {
        let pid = setup.pid().await;
        kill(pid, Signal::KILL);
        soon("its end", || !runs(pid)).await;
        assert_ne!(setup.pid().await, pid);
    }
}

/// As when AWS loses the machine below an instance: who waits is answered, and the next invocation works.
#[tokio::test]
async fn instances_that_are_killed_answer_who_waits_and_are_replaced() {
    let setup = function(|definition| definition.limits.concurrency = 2);
    assert_eq!((setup.function.processes(), setup.function.kill_instances()), (vec![], 0));
    let idle = setup.pid().await;
    assert_eq!(setup.function.processes(), [u32::try_from(idle).unwrap()]);
    let hanging = [(); 2].map(|()| {
        let function = setup.function.clone();
        tokio::spawn(async move { function.invoke(r#"{"do":"mode=hang"}"#).await })
    });
    soon("the second instance", || setup.function.processes().len() == 2).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(setup.function.kill_instances(), 2);
    for hanging in hanging {
        let fault = hanging.await.unwrap().result.unwrap_err().to_string();
        assert!(fault.starts_with("exited (signal: 9"), "{fault}");
    }
    soon("their end", || setup.function.processes().is_empty() && !runs(idle)).await;
    assert_ne!(setup.pid().await, idle);
    assert_eq!(setup.function.processes().len(), 1);
}

#[tokio::test]
async fn shutdown_reaps_hanging_functions_and_their_children_and_answers_who_waits() {
    let setup = function(|definition| definition.limits.concurrency = 2);
    let grandchild = setup.json("child").await["pid"].as_u64().unwrap();
    let function = setup.function.clone();
    let hanging = tokio::spawn(async move { function.invoke(r#"{"do":"mode=hang"}"#).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let start = Instant::now();
    setup.lambda.shutdown().await;
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(hanging.await.unwrap().result, Err(Fault::Stopped));
    soon("the grandchild's end", || !runs(grandchild)).await;
    assert_eq!(setup.function.invoke("{}").await.result, Err(Fault::Stopped));
}

#[tokio::test]
async fn a_functions_own_children_end_with_it() {
    let setup = function(|definition| definition.limits.concurrency = 1);
    let grandchild = setup.json("child").await["pid"].as_u64().unwrap();
    assert!(runs(grandchild));
    setup.exits("exit", "exit status: 7").await;
    soon("the grandchild's end", || !runs(grandchild)).await;
}

#[tokio::test]
async fn dropping_the_service_kills_its_functions() {
    let setup = function(|_| {});
    let pid = setup.pid().await;
    drop(setup.lambda);
    soon("its end", || !runs(pid)).await;
}
