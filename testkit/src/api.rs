//! The API in this process, and a client.

use std::{
    env,
    io::Read as _,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};
use ureq::{
    Agent,
    http::{HeaderMap, Request},
};

use crate::{
    App,
    contract::{self, Exchange},
    dynamodb_local::{self, DynamoDbLocal},
};

/// How long a test waits for an answer that never comes. Behind `cargo lambda watch` a function may have to
/// be built.
const PATIENCE: Duration = Duration::from_mins(2);
/// The variable that names an API which is running already, such as `http://127.0.0.1:3000`.
const ENDPOINT: &str = "TEST_API_URL";
/// That API is one, and so are its tables: a test has it to itself.
static THE_ONE: Mutex<()> = Mutex::new(());

/// A running API with an empty database in memory. Where `DYNAMODB_ENDPOINT` names a DynamoDB Local (AWS's
/// own), the database is there, as a second opinion on the embedded one.
///
/// Where `TEST_API_URL` names an API, such as that of `cargo lambda watch`, it is asked in place of one in
/// this process, by one test after the other. Its tables are at `DYNAMODB_ENDPOINT`, and emptied for each
/// test.
pub struct Api {
    app: &'static App,
    url: String,
    server: Option<local::Server>,
    runtime: tokio::runtime::Runtime,
    agent: Agent,
    lines: Arc<Mutex<Vec<local::log::Line>>>,
    elsewhere: Option<DynamoDbLocal>,
    _turn: Option<MutexGuard<'static, ()>>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed; none is empty.
    pub body: String,
}

impl App {
    /// Starts it, with an empty database.
    pub fn start(&'static self) -> Api {
        self.with_environment(&[])
    }

    /// Starts it with more environment variables for the functions.
    pub fn with_environment(&'static self, variables: &[(&str, &str)]) -> Api {
        Api::start(self, &self.template(), variables)
    }

    /// Starts it from another template.
    pub fn with_template(&'static self, template: &Path) -> Api {
        Api::start(self, template, &[])
    }
}

impl Api {
    /// Starts an app from this template, with more environment variables for the functions.
    pub(crate) fn start(app: &'static App, template: &Path, variables: &[(&str, &str)]) -> Self {
        let elsewhere = DynamoDbLocal::new();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (log, lines) = local::Log::collect();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .build()
            .new_agent();
        let running = env::var(ENDPOINT).ok();
        let turn = running.is_some().then(|| THE_ONE.lock().unwrap_or_else(PoisonError::into_inner));
        let server = running.is_none().then(|| {
            let config = local::Config {
                template: template.to_owned(),
                binaries: local::Binaries::Folder(app.binaries()),
                data: local::Data::Memory,
                port: 0,
                environment: elsewhere
                    .iter()
                    .flat_map(DynamoDbLocal::variables)
                    .chain(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
                    .collect(),
                log,
                ..local::Config::default()
            };
            runtime.block_on(local::Server::start(config)).unwrap()
        });
        let url = server.as_ref().map(local::Server::url).or(running).unwrap();
        let api = Self { app, url, server, runtime, agent, lines, elsewhere, _turn: turn };
        if api.server.is_none() {
            assert!(
                variables.is_empty() && api.elsewhere.is_some(),
                "{ENDPOINT} is no API of this test's own"
            );
        }
        if api.elsewhere.is_some() {
            for (operation, body) in dynamodb_local::requests(template) {
                if api.server.is_none() && operation == "CreateTable" {
                    api.dynamodb("DeleteTable", &json!({"TableName": body["TableName"]}));
                }
                api.dynamodb(operation, &body);
            }
        }
        api
    }

    /// The server that runs it.
    pub fn server(&self) -> &local::Server {
        self.server.as_ref().expect("the API is not in this process")
    }

    /// Whether it is in this process, and its log with it.
    pub fn is_own(&self) -> bool {
        self.server.is_some()
    }

    /// The app that it is.
    pub fn app(&self) -> &'static App {
        self.app
    }

    /// Everything that was logged so far: requests, faults, and what the functions wrote.
    pub fn log(&self) -> Vec<String> {
        self.lines.lock().unwrap().iter().map(ToString::to_string).collect()
    }

    /// The log itself, which outlives the API and then has all of it.
    pub fn lines(&self) -> Arc<Mutex<Vec<local::log::Line>>> {
        Arc::clone(&self.lines)
    }

    /// Kills the instances of a function, and says how many there were; none where they are not this
    /// process's.
    pub fn kill_instances(&self, function: &str) -> usize {
        self.server.as_ref().map_or(0, |server| server.function(function).unwrap().kill_instances())
    }

    /// Waits for something of the server's.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Hands an event to a function, past the gateway; its answer as it gave it.
    pub fn invoke(&self, function: &str, event: Vec<u8>) -> Vec<u8> {
        self.wait(self.server().function(function).unwrap().invoke(event)).result.unwrap().to_vec()
    }

    /// The answer, which is as openapi.yaml says.
    #[track_caller]
    pub fn request(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Answer {
        self.exchange(method, target, headers, body).0
    }

    /// The answer, and its body as it came.
    #[track_caller]
    pub fn exchange(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> (Answer, Vec<u8>) {
        let mut request = Request::builder().method(method).uri(format!("{}{target}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.as_ref().to_vec()).unwrap();
        let mut response = self.agent.run(request).unwrap();
        let answered = response.body_mut().with_config().limit(100 * 1024 * 1024).read_to_vec().unwrap();
        // `HEAD` tells the coding of a body that is not there.
        let coding = response.headers().get("content-encoding").filter(|_| !answered.is_empty());
        let text = decoded(coding.map(|coding| coding.to_str().unwrap()), &answered);
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: String::from_utf8(text).unwrap(),
        };
        self.app.contract().assert_holds(&Exchange {
            request: contract::Request { method, target, headers, body: body.as_ref() },
            response: contract::Response { status: answer.status, headers: &answer.headers, body: &answered },
        });
        (answer, answered)
    }

    /// Where the tables are.
    pub fn dynamodb_url(&self) -> &str {
        self.elsewhere.as_ref().map_or_else(|| self.server().dynamodb_url(), |elsewhere| &elsewhere.url)
    }

    /// Calls the database itself.
    pub fn dynamodb(&self, operation: &str, body: &Value) -> Value {
        let key = self.elsewhere.as_ref().map_or("a", |elsewhere| &elsewhere.key);
        let request = Request::post(self.dynamodb_url())
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", format!("DynamoDB_20120810.{operation}"))
            .header("x-amz-date", "20260101T000000Z")
            .header(
                "authorization",
                format!(
                    "AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/dynamodb/aws4_request, \
                     SignedHeaders=host, Signature=0"
                ),
            )
            .body(body.to_string())
            .unwrap();
        let mut response = self.agent.run(request).unwrap();
        let answer = response.body_mut().read_to_string().unwrap();
        assert_eq!(response.status().as_u16(), 200, "{operation}: {answer}");
        serde_json::from_str(&answer).unwrap()
    }

    /// `GET`.
    #[track_caller]
    pub fn get(&self, target: &str) -> Answer {
        self.request("GET", target, &[], "")
    }

    /// `POST`.
    #[track_caller]
    pub fn post(&self, target: &str, body: impl AsRef<[u8]>) -> Answer {
        self.request("POST", target, &[], body)
    }

    /// `PUT`.
    #[track_caller]
    pub fn put(&self, target: &str, body: impl AsRef<[u8]>) -> Answer {
        self.request("PUT", target, &[], body)
    }

    /// `PATCH`.
    #[track_caller]
    pub fn patch(&self, target: &str, body: impl AsRef<[u8]>) -> Answer {
        self.request("PATCH", target, &[], body)
    }

    /// `DELETE`.
    #[track_caller]
    pub fn delete(&self, target: &str) -> Answer {
        self.request("DELETE", target, &[], "")
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.shutdown());
        }
    }
}

impl Answer {
    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Where `Link` leads.
    #[track_caller]
    pub fn next_page(&self) -> Option<String> {
        let link = self.header("link")?;
        let target = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\""));
        Some(target.unwrap_or_else(|| panic!("{link}")).to_owned())
    }

    /// The answer is this status and exactly this JSON.
    #[track_caller]
    pub fn assert(&self, status: u16, body: &Value) {
        assert_eq!((self.status, &self.json()), (status, body));
        assert_eq!(self.header("content-type"), Some("application/json"));
    }

    /// The answer is this status and `{"error": error}`.
    #[track_caller]
    pub fn assert_error(&self, status: u16, error: impl Into<Value>) {
        self.assert(status, &serde_json::json!({"error": error.into()}));
    }

    /// The answer is a 401 with this value of `WWW-Authenticate`, which no cache keeps.
    #[track_caller]
    pub fn assert_unauthorized(&self, challenge: &str) {
        self.assert_error(401, "Unauthorized");
        assert_eq!(self.header("www-authenticate"), Some(challenge));
        assert_eq!(self.header("cache-control"), Some("no-store"));
    }
}

/// A body without its content coding.
pub fn decoded(coding: Option<&str>, body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    match coding {
        None => decoded.extend_from_slice(body),
        Some("br") => drop(brotli::Decompressor::new(body, 4096).read_to_end(&mut decoded).unwrap()),
        Some("gzip") => drop(flate2::read::GzDecoder::new(body).read_to_end(&mut decoded).unwrap()),
        Some(other) => panic!("{other} is no coding of this API"),
    }
    decoded
}
