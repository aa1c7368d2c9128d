use std::future::pending;

use super::*;
use crate::http::StatusCode;

fn event() -> Event {
    let mut event = Event::default();
    event.request_context.request_id = "the-id".to_owned();
    event.request_context.route_key = "GET /api/posts".to_owned();
    event
}

async fn outcome<F: Future<Output = Result>>(handler: impl Fn(Request) -> F) -> (i64, String) {
    let deadline = SystemTime::now() + MARGIN + Duration::from_millis(50);
    let response = answer(event(), deadline, "Failed to fetch posts", &handler).await;
    assert_eq!(response.headers["x-request-id"], "the-id");
    assert_eq!(response.headers["x-content-type-options"], "nosniff");
    assert_eq!(response.headers["cache-control"], "no-store");
    let Some(lambda_http::Body::Text(body)) = response.body else { panic!("no body") };
    (response.status_code, body)
}

/// A panic is the function's fault and is answered as such; the next request works.
#[tokio::test]
async fn a_panic_is_a_500_and_nothing_more() {
    let expected = (500, r#"{"error":"Failed to fetch posts"}"#.to_owned());
    assert_eq!(outcome(|_| async { panic!("on purpose") }).await, expected);
    assert_eq!(outcome(|_| -> std::future::Ready<Result> { panic!("before the future") }).await, expected);
    let fine = outcome(|_| async { Response::json(StatusCode::OK, &"fine") }).await;
    assert_eq!(fine, (200, r#""fine""#.to_owned()));
}

/// Lambda would end a function at its deadline without an answer; it answers before.
#[tokio::test]
async fn a_handler_that_does_not_finish_is_a_503_before_the_deadline() {
    let started = SystemTime::now();
    let answered = outcome(|_| pending()).await;
    assert_eq!(answered, (503, r#"{"error":"Temporarily unavailable"}"#.to_owned()));
    assert!(started.elapsed().unwrap() < MARGIN, "answered after the deadline");
}

/// What went wrong is for the log: the caller gets the function's own sentence.
#[tokio::test]
async fn causes_stay_inside() {
    let failed = outcome(|_| async { Err(Error::Internal("password".to_owned())) }).await;
    assert_eq!(failed, (500, r#"{"error":"Failed to fetch posts"}"#.to_owned()));
}

/// Lambda refuses an answer of more than 6 MB, which the caller would see as a 5xx: one who sends what makes it so long
/// is told.
#[tokio::test]
async fn an_answer_that_lambda_would_not_take_is_a_413() {
    const PAYLOAD_BYTES: usize = 6_291_556;
    for (text, length) in [("x", 1), ("\"", 4), ("\u{1}", 7), ("\u{fffd}", 3)] {
        let most = PAYLOAD_BYTES / length;
        for (count, expected) in [(most - 20 * 1024, 200), (most + 1, 413)] {
            let body = text.repeat(count);
            let deadline = SystemTime::now() + MARGIN + Duration::from_secs(5);
            let handler = async |_| Response::ok(&body);
            let response = answer(event(), deadline, "Failed", &handler).await;
            assert_eq!(response.status_code, expected, "{count} of {text:?}");
            assert!(serde_json::to_vec(&response).unwrap().len() <= PAYLOAD_BYTES);
        }
    }
}
