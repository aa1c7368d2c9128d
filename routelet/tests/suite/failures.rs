//! A handler fails: it panics, gives up, or is not done in time.

use std::time::{Duration, Instant};

use crate::app::APP;

/// What went wrong is the log's, and the next request works.
#[test]
fn a_panic_or_an_error_is_a_500_in_the_functions_words() {
    let api = APP.start();
    for (how, cause) in [("panic", "the handler panicked"), ("error", "a cause for the log")] {
        let failed = api.get(&format!("/fail?how={how}"));
        failed.assert_error(500, "Failed on demand");
        assert_eq!(api.get("/fail").status, 200, "after {how}");
        let id = failed.header("x-request-id").unwrap();
        let log = api.log();
        let told: Vec<_> = log.iter().filter(|line| line.contains(cause)).collect();
        assert!(told.len() == 1 && told[0].contains(id), "{log:?}");
    }
    assert!(
        api.log().iter().any(|line| line.contains("the caller asked for it")),
        "where it panicked is told"
    );
    assert_eq!(
        api.server().function("fixture-fail").unwrap().processes().len(),
        1,
        "one instance outlives it"
    );
}

/// The caller gets an answer of the function's own a second before Lambda would end it.
#[test]
fn a_handler_that_is_never_done_is_a_503_before_its_timeout() {
    let api = APP.start();
    assert_eq!(api.get("/fail").status, 200);
    let started = Instant::now();
    let answer = api.get("/fail?how=wait");
    answer.assert_error(503, "Temporarily unavailable");
    assert_eq!(answer.header("retry-after"), Some("1"));
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(900), "{took:?} of the two seconds that the template gives it");
    assert_eq!(api.get("/fail").status, 200, "the next request works");
}
