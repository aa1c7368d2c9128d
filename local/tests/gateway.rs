//! The gateway over real connections: what it answers by itself, and what it makes of a function's answer.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use bytes::Bytes;
use local::Config;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use self::common::{ANY, Running, connect, dynamodb_as, parse, request, serve, serve_with, soon};

const ROUTES: &str = r#"
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: ["https://app.test"]
        AllowMethods: [GET, PUT]
        AllowHeaders: [content-type]
        ExposeHeaders: [etag]
        MaxAge: 600
  Get:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: misbehave}}
    Properties:
      Timeout: 10
      Events:
        A: {Type: HttpApi, Properties: {Path: "/posts/{id}", Method: get}}
        B: {Type: HttpApi, Properties: {Path: "/head", Method: HEAD}}
        C: {Type: HttpApi, Properties: {Path: "/options", Method: OPTIONS}}
  Put:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: misbehave}}
    Properties: {Timeout: 10, Events: {A: {Type: HttpApi, Properties: {Path: "/posts/{id}", Method: PUT}}}}
"#;

async fn answering(response: &Value) -> Running {
    let response = response.to_string();
    serve_with(ANY, |config| drop(config.environment.insert("RESPONSE".to_owned(), response))).await
}

#[tokio::test]
async fn a_request_reaches_its_routes_function_as_an_event_and_its_answer_comes_back() {
    let running = serve(ROUTES).await;
    let headers = [("content-type", "application/json"), ("cookie", "a=1; b=2")];
    let reply = request(&running.url, "PUT", "/posts/a%2Fb?x=1&x=2", &headers, b"{\"a\":1}").await;
    let event = reply.json();
    assert_eq!((reply.status, &event["routeKey"]), (200, &json!("PUT /posts/{id}")));
    assert_eq!((&event["pathParameters"], &event["rawPath"]), (&json!({"id": "a/b"}), &json!("/posts/a/b")));
    assert_eq!(event["queryStringParameters"], json!({"x": "1,2"}));
    assert_eq!((&event["cookies"], &event["body"]), (&json!(["a=1", "b=2"]), &json!("{\"a\":1}")));
    assert_eq!(event["requestContext"]["http"]["sourceIp"], "127.0.0.1");
    assert_eq!(reply.header("apigw-requestid"), event["requestContext"]["requestId"].as_str());
    assert!(reply.header("date").is_some());
    running.server.shutdown().await;
}

/// `HEAD` has the headers of `GET`, also where there is nothing to leave out.
#[tokio::test]
async fn head_tells_the_length_that_get_has() {
    for (body, length) in [("twelve bytes", "12"), ("", "0")] {
        let running = answering(&json!({"statusCode": 200, "body": body})).await;
        let head = request(&running.url, "HEAD", "/", &[], b"").await;
        assert_eq!((head.body.as_str(), head.header("content-length")), ("", Some(length)));
    }
}

/// A client may close its side once it has sent its request, and still gets the answer.
#[tokio::test]
async fn a_half_closed_client_gets_its_answer() {
    let running = answering(&json!({"statusCode": 200, "body": "fine"})).await;
    let mut stream = connect(&running.url).await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert_eq!(parse(&answer).body, "fine");
}

#[tokio::test]
async fn the_functions_trace_has_the_root_of_the_events() {
    let running = serve(ANY).await;
    let seen = running.get("/?mode=headers").await.json();
    let trace = seen["lambda-runtime-trace-id"].as_str().unwrap();
    let root = seen["event"]["headers"]["x-amzn-trace-id"].as_str().unwrap();
    assert!(trace.starts_with(&format!("{root};Parent=")), "{trace} {root}");
}

#[tokio::test]
async fn a_function_finds_the_database_and_its_variables_the_callers_over_the_templates() {
    let template =
        ANY.replace("{Timeout: 10,", "{Timeout: 10, Environment: {Variables: {A: template, B: template}},");
    let running =
        serve_with(&template, |config| drop(config.environment.insert("B".into(), "caller".into()))).await;
    let seen = running.get("/?mode=environment").await.json();
    assert_eq!((&seen["A"], &seen["B"]), (&json!("template"), &json!("caller")));
    let endpoint = seen["AWS_ENDPOINT_URL_DYNAMODB"].as_str().unwrap();
    let key = seen["AWS_ACCESS_KEY_ID"].as_str().unwrap();
    // The template gives it no policy, so that it is let through to no table.
    let refused = dynamodb_as(endpoint, key, "DescribeTable", json!({"TableName": "things"})).await;
    assert!(refused.body.contains("not authorized to perform: dynamodb:DescribeTable"), "{refused:?}");
    let shell = |config: &mut Config| {
        config.shell = ["A", "B", "C"].map(|name| (name.to_owned(), "shell".to_owned())).into();
        config.environment.insert("B".into(), "caller".into());
    };
    let in_a_shell = serve_with(&template, shell).await;
    let seen = in_a_shell.get("/?mode=environment").await.json();
    assert_eq!((&seen["A"], &seen["B"]), (&json!("shell"), &json!("caller")));
    assert_eq!(seen["C"], Value::Null, "the template declares no C");
    for name in ["Any", "misbehave"] {
        assert!(running.server.function(name).is_some(), "{name}");
    }
    assert!(running.server.function("other").is_none());
}

/// A request has its line already, so a function tells what needs a look, unless more is asked for.
#[tokio::test]
async fn a_function_logs_warnings_as_text_unless_the_shell_or_the_caller_says_otherwise() {
    let json = ANY.replace("{Timeout: 10,", "{Timeout: 10, LoggingConfig: {LogFormat: JSON},");
    let settings = async |change: fn(&mut Config)| {
        let seen = serve_with(&json, change).await.get("/?mode=environment").await.json();
        ["AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_LOG_FORMAT"].map(|name| seen[name].as_str().map(str::to_owned))
    };
    let shell: fn(&mut Config) = |config| {
        config.shell = ["AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_LOG_FORMAT"].map(|n| (n.into(), n.into())).into();
    };
    let caller: fn(&mut Config) =
        |config| drop(config.environment.insert("AWS_LAMBDA_LOG_LEVEL".into(), "INFO".into()));
    let expected = |level: &str, format: Option<&str>| [Some(level.to_owned()), format.map(str::to_owned)];
    assert_eq!(settings(|_| {}).await, expected("WARN", None));
    assert_eq!(settings(shell).await, expected("AWS_LAMBDA_LOG_LEVEL", Some("AWS_LAMBDA_LOG_FORMAT")));
    assert_eq!(settings(caller).await, expected("INFO", None));
}

#[tokio::test]
async fn a_function_goes_by_its_name_without_the_stacks() {
    let named = ANY.replace("{Timeout: 10,", "{Timeout: 10, FunctionName: !Sub '${AWS::StackName}-any',");
    let running = serve(&named).await;
    let seen = running.get("/?mode=environment").await.json();
    assert_eq!(seen["AWS_LAMBDA_FUNCTION_NAME"], "local-any");
    assert!(running.log().starts_with("GET / any 200 "), "{}", running.log());
    for name in ["local-any", "any", "Any", "misbehave"] {
        assert!(running.server.function(name).is_some(), "{name}");
    }
}

#[tokio::test]
async fn the_event_can_be_had_without_sending_it() {
    let running = serve(ROUTES).await;
    let request = hyper::Request::get("/posts/7?a=b").header("host", "localhost").body(Bytes::new()).unwrap();
    let (function, event) = running.server.event(request).unwrap();
    let mut built: Value = serde_json::from_slice(&event).unwrap();
    let mut sent = running.get("/posts/7?a=b").await.json();
    for event in [&mut built, &mut sent] {
        let context = &mut event["requestContext"];
        context["requestId"] = json!("");
        context["time"] = json!("");
        context["timeEpoch"] = json!(0);
        event["headers"]["x-amzn-trace-id"] = json!("");
    }
    assert_eq!((function.as_str(), &built), ("Get", &sent));
    let answer = running.server.function("Get").unwrap().invoke(event.clone()).await;
    assert_eq!(answer.result.unwrap(), event);
    let request = hyper::Request::get("/nowhere").body(Bytes::new()).unwrap();
    assert!(running.server.event(request).is_none());
}

#[tokio::test]
async fn no_route_is_a_404_of_the_gateway_itself() {
    let running = serve(ROUTES).await;
    for (method, path) in
        [("GET", "/nowhere"), ("GET", "/posts/"), ("GET", "/posts/1/"), ("DELETE", "/posts/1")]
    {
        let reply = request(&running.url, method, path, &[], b"").await;
        reply.is(404, "Not Found");
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert!(reply.header("apigw-requestid").is_some());
    }
}

#[tokio::test]
async fn status_headers_and_cookies_are_the_functions() {
    let response = json!({"statusCode": 201, "headers": {"x-a": "1", "content-type": "text/css",
        "content-length": "999", "connection": "upgrade"}, "cookies": ["a=1", "b=2"], "body": "\u{e9}"});
    let reply = answering(&response).await.get("/").await;
    assert_eq!((reply.status, reply.body.as_str()), (201, "\u{e9}"));
    assert_eq!((reply.header("x-a"), reply.header("content-type")), (Some("1"), Some("text/css")));
    assert_eq!((reply.header("content-length"), reply.header("connection")), (Some("2"), Some("close")));
    let cookies: Vec<_> = reply.headers.iter().filter(|(name, _)| name == "set-cookie").collect();
    assert_eq!(cookies.len(), 2);
}

#[tokio::test]
async fn an_answer_without_body_has_none() {
    let reply = answering(&json!({"statusCode": 204})).await.get("/").await;
    assert_eq!((reply.status, reply.body.as_str(), reply.header("content-type")), (204, "", None));
    assert_eq!(reply.header("content-length"), None);
    let reply = answering(&json!({"statusCode": 304, "headers": {"etag": "\"1\""}})).await.get("/").await;
    assert_eq!((reply.status, reply.body.as_str(), reply.header("etag")), (304, "", Some("\"1\"")));
}

#[tokio::test]
async fn head_has_the_headers_of_the_body_without_the_body() {
    let running = answering(&json!({"statusCode": 200, "headers": {"etag": "\"1\""}, "body": "12345"})).await;
    let reply = request(&running.url, "HEAD", "/", &[], b"").await;
    assert_eq!((reply.status, reply.body.as_str()), (200, ""));
    assert_eq!((reply.header("content-length"), reply.header("etag")), (Some("5"), Some("\"1\"")));
}

#[tokio::test]
async fn a_faulty_function_is_a_500_for_that_request_only_and_the_log_says_why() {
    let running = serve(ANY).await;
    let faults = [
        ("exit", "it exited (exit status: 7)"),
        ("error", "it went wrong"),
        ("nonsense", "it answered with no JSON"),
        ("huge", "it answered more than 6291556 bytes"),
    ];
    for (mode, reason) in faults {
        running.get(&format!("/?mode={mode}")).await.is(500, "Internal Server Error");
        assert!(running.log().contains(reason), "{reason}: {}", running.log());
        assert_eq!(running.get("/fine").await.status, 200);
    }
    let running = answering(&json!({"statusCode": "no"})).await;
    running.get("/").await.is(500, "Internal Server Error");
    assert!(running.log().contains("wrong shape"), "{}", running.log());
}

#[tokio::test]
async fn a_preflight_is_answered_by_the_gateway() {
    let running = serve(ROUTES).await;
    let headers = [("origin", "https://app.test"), ("access-control-request-method", "PUT")];
    let reply = request(&running.url, "OPTIONS", "/posts/1", &headers, b"").await;
    assert_eq!((reply.status, reply.body.as_str()), (204, ""));
    assert_eq!(reply.header("access-control-allow-origin"), Some("https://app.test"));
    assert_eq!(reply.header("access-control-allow-methods"), Some("GET,PUT"));
    assert_eq!(reply.header("access-control-max-age"), Some("600"));
    assert!(running.log().contains("OPTIONS /posts/1 - 204"), "no function ran: {}", running.log());
    let event = request(&running.url, "OPTIONS", "/options", &[], b"").await.json();
    assert_eq!(
        event["routeKey"], "OPTIONS /options",
        "without the two headers it is a request like any other"
    );
}

#[tokio::test]
async fn cors_headers_are_the_templates_only() {
    let running = serve(ROUTES).await;
    let reply = request(&running.url, "GET", "/posts/1", &[("origin", "https://app.test")], b"").await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("https://app.test"));
    assert_eq!(
        (reply.header("access-control-expose-headers"), reply.header("vary")),
        (Some("etag"), Some("origin"))
    );
    let reply = request(&running.url, "GET", "/posts/1", &[("origin", "https://evil.test")], b"").await;
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, None));
    // Without a configuration, the function's own are passed on and a preflight is a request.
    let response = json!({"statusCode": 200, "headers": {"access-control-allow-origin": "*"}});
    let running = answering(&response).await;
    let headers = [("origin", "https://app.test"), ("access-control-request-method", "PUT")];
    let reply = request(&running.url, "OPTIONS", "/", &headers, b"").await;
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, Some("*")));
}

#[tokio::test]
async fn one_line_tells_of_a_request_without_its_query() {
    let running = serve(ANY).await;
    running.get("/a%20b?secret=1").await;
    running.get("/?mode=lines").await;
    soon("the output", || running.log().contains("[Any] to standard output")).await;
    let log = running.log();
    let first = log.lines().next().unwrap();
    assert!(first.starts_with("GET /a%20b Any 200 ") && first.ends_with(" ms init"), "{first}");
    assert!(!log.contains("secret"), "{log}");
}

/// What a browser sends.
const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

/// An API without a page still says to a browser what it has. Names are text, and a link stays on this host.
#[tokio::test]
async fn a_browser_is_greeted_with_the_routes_where_there_is_no_page() {
    let function = |id: &str, path: &str, method: &str| {
        format!(
            "  {id}:\n    Type: AWS::Serverless::Function\n    Metadata: {{BuildProperties: {{Binary: misbehave}}}}\n    \
             Properties: {{Timeout: 10, Events: {{A: {{Type: HttpApi, Properties: {{Path: {path:?}, Method: {method}}}}}}}}}\n"
        )
    };
    let template = [
        function("List", "/api/books", "GET"),
        function("ListHead", "/api/books", "HEAD"),
        function("Create", "/api/books", "POST"),
        function("Get", "/api/books/{id}", "GET"),
        function("Odd", "/<b>&\"", "GET"),
        function("Host", "//other.example", "GET"),
    ];
    let running = serve(&format!("Resources:\n{}", template.concat())).await;
    let reply = request(&running.url, "GET", "/", &[BROWSER], b"").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(reply.header("content-security-policy").unwrap().starts_with("default-src 'none'; "));
    assert_eq!(reply.header("vary"), Some("accept"));
    let routes: Vec<_> = reply.body.lines().filter_map(|line| line.strip_prefix("<li>")).collect();
    assert_eq!(
        routes,
        [
            r#"<code>GET <a href=".//other.example">//other.example</a></code> Host"#,
            r#"<code>GET <a href="./&lt;b&gt;&amp;&quot;">/&lt;b&gt;&amp;&quot;</a></code> Odd"#,
            r#"<code>GET <a href="./api/books">/api/books</a></code> List"#,
            "<code>POST /api/books</code> Create",
            "<code>GET /api/books/{id}</code> Get",
        ]
    );
    let head = request(&running.url, "HEAD", "/", &[BROWSER], b"").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), Some(reply.body.len().to_string().as_str()));
    running.get("/").await.is(404, "Not Found");
    request(&running.url, "GET", "/nowhere", &[BROWSER], b"").await.is(404, "Not Found");
}

/// `$default` may be all of an application, and a route for `/` may find nothing: both are asked, and both
/// count.
#[tokio::test]
async fn what_a_function_answers_a_browser_is_passed_on() {
    let home = ANY.replace("{Type: HttpApi}", "{Type: HttpApi, Properties: {Path: /, Method: GET}}");
    for (template, status, greets) in
        [(ANY, 404, true), (ANY, 200, false), (ANY, 410, false), (&home, 404, false)]
    {
        let response = json!({"statusCode": status, "body": "the function's"}).to_string();
        let running =
            serve_with(template, |config| drop(config.environment.insert("RESPONSE".to_owned(), response)))
                .await;
        let reply = request(&running.url, "GET", "/", &[BROWSER], b"").await;
        assert_eq!(reply.status, if greets { 200 } else { status });
        assert_eq!(reply.body != "the function's", greets, "{status}: {}", reply.body);
        assert_eq!(running.get("/").await.body, "the function's", "{status}");
    }
}
