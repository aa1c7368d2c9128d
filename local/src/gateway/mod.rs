//! API Gateway's HTTP API: routes, events, responses, CORS and limits, over HTTP/1.1.

mod body;
mod cors;
mod event;
mod greeting;
mod head;
mod hop_by_hop;
mod response;
mod routes;

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Either;
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONTENT_LENGTH, HeaderValue};
use hyper::http::request;
use hyper::{Method, Request, StatusCode};
use template::CorsConfiguration;
use tokio::net::TcpListener;

use self::cors::Cors;
use self::event::Context;
use self::response::{HttpResponse, message};
use self::routes::{DEFAULT, Match, Routes};
use crate::Error;
use crate::http::{Clients, Connections, Hosts, Settings, connection};
use crate::ids::{Trace, request_id};
use crate::lambda::{Fault, Function, Outcome};
use crate::limits::{Limits, PAYLOAD_BYTES};
use crate::log::{Line, Log};
use crate::outdated::Outdated;

/// Who refuses a request, in the log.
const NAME: &str = "API";

/// The API of one template.
#[derive(Debug)]
pub(crate) struct Gateway {
    port: u16,
    hosts: Hosts,
    /// What requests find when they come; one that is under way keeps what it found.
    api: RwLock<Arc<Api>>,
    outdated: Arc<Outdated>,
    limits: Limits,
    log: Log,
}

/// What the template says about the API.
#[derive(Debug)]
pub(crate) struct Api {
    routes: Routes<Function>,
    cors: Option<Cors>,
}

impl Api {
    pub(crate) fn new<'r>(
        routes: impl IntoIterator<Item = (&'r template::Route, &'r Function)>,
        cors: Option<CorsConfiguration>,
    ) -> Result<Self, Error> {
        let routes = routes.into_iter().map(|(route, function)| (route.clone(), function.clone()));
        let routes = Routes::new(routes).map_err(Error::new)?;
        let cors = cors.map(Cors::new).transpose().map_err(Error::new)?;
        Ok(Self { routes, cors })
    }

    /// Whether a route is for `/`, and not only for what no other route takes.
    fn has_home(&self) -> bool {
        self.routes.find(&Method::GET, "/").is_some_and(|route| route.key != DEFAULT)
    }
}

/// What the line about a request says besides the status.
#[derive(Default)]
struct Served {
    function: Option<String>,
    init: Option<Duration>,
}

impl Gateway {
    pub(crate) fn new(
        port: u16,
        hosts: Hosts,
        api: Api,
        outdated: Arc<Outdated>,
        limits: Limits,
        log: Log,
    ) -> Self {
        Self { port, hosts, api: RwLock::new(Arc::new(api)), outdated, limits, log }
    }

    /// Another API for the requests that come from now on.
    pub(crate) fn serve_instead(&self, api: Api) {
        *self.api.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(api);
    }

    fn api(&self) -> Arc<Api> {
        Arc::clone(&self.api.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The API for a request, as it is when the newest build of the function that takes it is there.
    async fn newest_api(&self, request: &request::Parts) -> Arc<Api> {
        let api = self.api();
        let Some(route) = api.routes.find(&request.method, request.uri.path()) else { return api };
        self.outdated.wait_for(&route.function.definition().binary.name()).await;
        self.api()
    }

    /// Accepts connections until what is returned is dropped, which ends them all.
    pub(crate) fn serve(self: Arc<Self>, listener: TcpListener) -> Connections {
        let settings = Settings::new(NAME, &self.limits, &self.log, Clients::Any);
        Connections::accept(listener, settings, move |stream, client, settings| {
            let gateway = Arc::clone(&self);
            async move {
                let Ok(own) = stream.local_addr() else { return };
                let answer = |request| {
                    let gateway = Arc::clone(&gateway);
                    async move { Ok(gateway.handle(request, (client, own.ip())).await.map(Either::Right)) }
                };
                connection(stream, settings, answer).await;
            }
        })
    }

    async fn handle(&self, request: Request<Incoming>, (client, own): (SocketAddr, IpAddr)) -> HttpResponse {
        let mut start = Instant::now();
        let (request, body) = request.into_parts();
        if let Some((answer, reason)) = head::refuse(&request, &self.hosts, own) {
            self.log.refused(NAME, answer.status().as_u16(), &reason);
            return answer;
        }
        let id = request_id();
        let mut served = Served::default();
        let mut api = self.api();
        let preflight = api.cors.as_ref().and_then(|cors| cors.preflight(&request.method, &request.headers));
        let mut answer = if let Some(answer) = preflight {
            answer
        } else {
            api = self.newest_api(&request).await;
            start = Instant::now(); // that it waited for cargo says nothing of the function
            let mut answer = self.answer(&api, &request, body, (client, &id), &mut served).await;
            if answer.status() == StatusCode::NOT_FOUND && greeting::is_for(&request) && !api.has_home() {
                answer = greeting::page(api.routes.all().map(|(key, function)| {
                    let (method, path) = key.split_once(' ').unwrap_or(("", key));
                    (method, path, function.label())
                }));
            }
            if let Some(cors) = &api.cors {
                cors.apply(&request.headers, &mut answer);
            }
            answer
        };
        if let Ok(value) = HeaderValue::from_str(&id) {
            answer.headers_mut().insert("apigw-requestid", value);
        }
        // hyper leaves it out where there is no body to leave out.
        if request.method == Method::HEAD && answer.status() != StatusCode::NO_CONTENT {
            let length = answer.body().size_hint().lower();
            answer.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        self.log.write(Line::Request {
            method: request.method.to_string(),
            path: request.uri.path().to_owned(),
            function: served.function,
            status: answer.status().as_u16(),
            took: start.elapsed(),
            init: served.init,
        });
        answer
    }

    async fn answer(
        &self,
        api: &Api,
        request: &request::Parts,
        body: Incoming,
        (client, id): (SocketAddr, &str),
        served: &mut Served,
    ) -> HttpResponse {
        let Some(route) = api.routes.find(&request.method, request.uri.path()) else {
            return message(StatusCode::NOT_FOUND, "Not Found");
        };
        let name = route.function.label();
        served.function = Some(name.to_owned());
        let body = match body::read(&request.headers, body, self.limits.request).await {
            Ok(body) => body,
            Err(answer) => return answer,
        };
        let trace = Trace::new();
        let event = self.event_of(request, &body, &route, (client, id, &trace));
        if event.len() > PAYLOAD_BYTES {
            return body::too_long();
        }
        drop(body);
        let invocation = route.function.invoke_traced(event.into(), trace);
        let Ok(Outcome { result, init, request_id }) =
            tokio::time::timeout(self.limits.integration, invocation).await
        else {
            let limit = self.limits.integration.as_secs_f64();
            self.log.fault(format!("function {name}: no answer within the gateway's {limit:.2} seconds"));
            return message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable");
        };
        served.init = init;
        let fault = match result {
            Ok(payload) => match response::read(&payload) {
                Ok(answer) => return answer,
                Err(reason) => format!("function {name}: request {request_id}: it answered with {reason}"),
            },
            Err(Fault::Stopped) => return message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
            Err(Fault::Throttled) => {
                self.log.fault(format!("function {name}: it {}", Fault::Throttled));
                return message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable");
            }
            Err(fault) => format!("function {name}: request {request_id}: it {fault}"),
        };
        self.log.fault(fault);
        message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
    }

    /// The event that a request would be sent as, and the name of the function it would go to.
    pub(crate) fn event(&self, request: Request<Bytes>) -> Option<(String, Bytes)> {
        let (request, body) = request.into_parts();
        let api = self.api();
        let route = api.routes.find(&request.method, request.uri.path())?;
        let client = SocketAddr::from(([127, 0, 0, 1], 0));
        let event = self.event_of(&request, &body, &route, (client, &request_id(), &Trace::new()));
        Some((route.function.label().to_owned(), event.into()))
    }

    fn event_of(
        &self,
        request: &request::Parts,
        body: &[u8],
        route: &Match<'_, Function>,
        (client, request_id, trace): (SocketAddr, &str, &Trace),
    ) -> Vec<u8> {
        let Match { key: route_key, parameters, .. } = route;
        event::build(
            request,
            body,
            &Context { route_key, parameters, request_id, trace, client, port: self.port },
        )
    }
}
