//! `GET /api/search?q=react&limit=5`: 200 with what was asked for.

use std::{borrow::Cow, process::ExitCode};

use serde::Serialize;
use shared::{
    http::{Request, Response, Result},
    lambda,
    models::{Invalid, Issue},
};

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
    let limit = match request.query("limit").filter(|limit| !limit.is_empty()) {
        Some(text) => limit(&text)?,
        None => DEFAULT_LIMIT,
    };
    Response::ok(&Search { search: request.query("q"), limit })
}

/// A whole number from 1 to [`MAX_LIMIT`], in plain digits.
fn limit(text: &str) -> std::result::Result<u64, Invalid> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let (expected, received) = match text.parse::<f64>() {
            Ok(number) if number.is_finite() => ("int", "number"),
            _ => ("number", "NaN"),
        };
        return Err(Issue::wrong_type(Some("limit"), expected, received).into());
    }
    // Digits that overflow are above any maximum.
    let number = digits.parse().unwrap_or(u64::MAX);
    if number == 0 || digits != text {
        Err(Issue::number_too_small("limit", 1).into())
    } else if number > MAX_LIMIT {
        Err(Issue::number_too_big("limit", MAX_LIMIT).into())
    } else {
        Ok(number)
    }
}
