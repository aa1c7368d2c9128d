use std::future::pending;

use lambda_runtime::Context;
use proptest::{collection::vec, prelude::*};
use serde_json::json;
use testkit::any;

use super::*;
use crate::{
    fixture::{Mark, NewNote, Note, NoteChanges},
    http::{Response, StatusCode},
    state::Usage,
};

fn event() -> Event {
    let mut event = Event::default();
    event.request_context.request_id = "the-id".to_owned();
    event.request_context.route_key = "GET /api/notes".to_owned();
    event
}

/// The answer to an event that is to be answered within `time`, before the margin.
async fn answer<H, F>(event: Event, time: Duration, handler: H) -> ApiGatewayV2httpResponse
where
    H: Fn(Request, ()) -> F + Send + Sync + 'static,
    F: Future<Output = Result> + Send + 'static,
{
    answer_with((), event, time, handler).await
}

async fn answer_with<S, H, F>(state: S, event: Event, time: Duration, handler: H) -> ApiGatewayV2httpResponse
where
    S: State,
    H: Fn(Request, S) -> F + Send + Sync + 'static,
    F: Future<Output = Result> + Send + 'static,
{
    let deadline = SystemTime::now() + MARGIN + time;
    let mut context = Context::default();
    context.deadline =
        u64::try_from(deadline.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis()).unwrap();
    let service = Service {
        state,
        handler,
        failure: "Failed to fetch notes",
        log: Log::text(),
        is_warm: AtomicBool::new(true),
    };
    service.answer(LambdaEvent::new(event, context)).await
}

async fn outcome<F: Future<Output = Result> + Send + 'static>(
    handler: impl Fn(Request) -> F + Send + Sync + 'static,
) -> (i64, String) {
    let response = answer(event(), Duration::from_millis(50), move |request, ()| handler(request)).await;
    assert_eq!(response.headers["x-request-id"], "the-id");
    assert_eq!(response.headers["x-content-type-options"], "nosniff");
    assert_eq!(response.headers["cache-control"], "no-store");
    let Some(lambda_http::Body::Text(body)) = response.body else { panic!("no body") };
    (response.status_code, body)
}

/// A panic is the function's fault and is answered as such; the next request works.
#[tokio::test]
async fn a_panic_is_a_500_and_nothing_more() {
    let expected = (500, r#"{"error":"Failed to fetch notes"}"#.to_owned());
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

/// A store that has made a write, or is about to.
#[derive(Clone)]
struct Writing;

impl State for Writing {
    fn from_env() -> std::result::Result<Self, String> {
        Ok(Self)
    }

    fn take_usage(&self) -> Usage {
        Usage { calls: 1, writes: 1, ..Usage::default() }
    }
}

/// "Failed" and "Temporarily unavailable" say that nothing was done, which is not known once a write was
/// sent.
#[tokio::test]
async fn a_failure_after_a_write_does_not_say_that_nothing_was_done() {
    type Handled = futures_util::future::BoxFuture<'static, Result>;
    let handlers: [fn() -> Handled; 4] = [
        || Box::pin(async { panic!("on purpose") }),
        || Box::pin(pending()),
        || Box::pin(async { Err(Error::Internal("damaged".to_owned())) }),
        || Box::pin(async { Err(Error::Unavailable("late".to_owned())) }),
    ];
    for handler in handlers {
        let answered =
            answer_with(Writing, event(), Duration::from_millis(50), move |_, Writing| handler()).await;
        let Some(lambda_http::Body::Text(body)) = answered.body else { panic!("no body") };
        assert_eq!(
            (answered.status_code, body.as_str()),
            (503, r#"{"error":"The change may or may not have been made"}"#)
        );
        assert_eq!(answered.headers["retry-after"], "1");
    }
    let refused = |_, Writing| std::future::ready(Err(Error::NotFound("Note not found")));
    let answered = answer_with(Writing, event(), Duration::from_millis(50), refused).await;
    assert_eq!(answered.status_code, 404, "what the store says of a write is known");
}

/// What went wrong is for the log: the caller gets the function's own sentence.
#[tokio::test]
async fn causes_stay_inside() {
    let failed = outcome(|_| async { Err(Error::Internal("password".to_owned())) }).await;
    assert_eq!(failed, (500, r#"{"error":"Failed to fetch notes"}"#.to_owned()));
}

/// Lambda refuses an answer of more than 6 MB, which the caller would see as a 5xx: one who sends what makes
/// it so long is told.
#[tokio::test]
async fn an_answer_that_lambda_would_not_take_is_a_413() {
    const PAYLOAD_BYTES: usize = 6_291_556;
    for (text, length) in [("x", 1), ("\"", 4), ("\u{1}", 7), ("\u{fffd}", 3)] {
        let most = PAYLOAD_BYTES / length;
        for (count, expected) in [(most - 20 * 1024, 200), (most + 1, 413)] {
            let body = text.repeat(count);
            let handler = move |_, ()| std::future::ready(Response::ok(&body));
            let response = answer(event(), Duration::from_secs(5), handler).await;
            assert_eq!(response.status_code, expected, "{count} of {text:?}");
            assert!(serde_json::to_vec(&response).unwrap().len() <= PAYLOAD_BYTES);
        }
    }
}

/// Asks a request for all that a handler can ask for.
async fn everything(request: Request, (): ()) -> Result {
    let mut refused = Vec::new();
    refused.extend(request.page::<Note>().err());
    refused.extend(request.page::<Mark>().err());
    refused.extend(request.whole_number("limit", 100).err());
    assert!(request.path_parameter("none").is_empty());
    refused.extend(request.item_id::<Note>().err());
    refused.extend(request.item_id::<Mark>().err());
    refused.extend(request.idempotency_key(None).err());
    refused.extend(request.expected().err());
    refused.extend(request.json(NewNote::read).err());
    refused.extend(request.json(NoteChanges::read_patch).err());
    match request.form(&["title"]).await {
        Ok(form) => refused.extend(form.text("title").err()),
        Err(error) => refused.push(error),
    }
    for error in refused {
        assert!(error.cause().is_none(), "the caller's fault, not ours: {error:?}");
        let response = error.into_response("Failed").into_gateway(request.request_id());
        assert!((400..500).contains(&response.status_code), "{response:?}");
    }
    Response::ok(&(request.method(), request.path(), request.raw_query(), request.query("q")))
}

/// Events as API Gateway sends them, with anything in them that a caller can put there.
fn events() -> impl Strategy<Value = Vec<u8>> {
    const HEADERS: [&str; 7] =
        ["content-type", "if-match", "if-none-match", "idempotency-key", "authorization", "host", "x"];
    let headers = vec((proptest::sample::select(HEADERS.as_slice()), any::text()), 0..5);
    let query =
        prop_oneof![any::text(), any::text().prop_map(|value| format!("limit=2&cursor={value}&q=%zz"))];
    let body = proptest::option::of(prop_oneof![any::text(), any::json().prop_map(|json| json.to_string())]);
    let id = proptest::option::of(prop_oneof![any::text(), "[0-9]{1,20}"]);
    (any::text(), query, headers, body, any::<bool>(), id).prop_map(
        |(path, query, headers, body, is_base64, id)| {
            let headers: std::collections::BTreeMap<_, _> = headers.into_iter().collect();
            let event = json!({
                "version": "2.0",
                "rawPath": path,
                "rawQueryString": query,
                "headers": headers,
                "pathParameters": id.map(|id| json!({"id": id})),
                "requestContext": {"requestId": "the-id", "routeKey": "GET /", "http": {"method": "GET"}},
                "body": body,
                "isBase64Encoded": is_base64,
            });
            event.to_string().into_bytes()
        },
    )
}

proptest! {
    #![proptest_config(any::cases())]

    /// Nobody has a 5xx for the asking, whatever is in the event and whichever part of it is asked for.
    #[test]
    fn any_event_is_answered(event in prop_oneof![events(), any::damaged(events())]) {
        let Ok(event) = serde_json::from_slice::<Event>(&event) else { return Ok(()) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let response = runtime.block_on(answer(event, Duration::from_secs(10), everything));
        prop_assert_eq!(response.status_code, 200);
    }
}
