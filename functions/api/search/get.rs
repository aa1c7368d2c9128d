//! `GET /api/search?q=react&limit=5`: 200 with what was asked for.

use std::{borrow::Cow, process::ExitCode};

use routelet::{
    http::{Request, Response, Result},
    lambda,
};
use serde::Serialize;

const DEFAULT_LIMIT: u64 = 10;
const MAX_LIMIT: u64 = 100;

#[derive(Serialize)]
struct Search<'a> {
    search: Option<Cow<'a, str>>,
    limit: u64,
}

fn main() -> ExitCode {
    lambda::run("Failed to search", search)
}

async fn search(request: Request, (): ()) -> Result {
    let limit = request.whole_number("limit", MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    Response::ok(&Search { search: request.query("q"), limit })
}
