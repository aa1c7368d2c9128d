//! A Lambda function that does everything wrong, for the tests.
//!
//! It speaks the Runtime API by hand, so that it can break its rules. What it does at its start is in the
//! variable `AT_INIT`; what it does with an event is in the event, as `mode=…`; what it answers is in
//! `RESPONSE`, else it answers the event itself.

#![allow(clippy::unwrap_used, clippy::zombie_processes)] // it is meant to misbehave

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, exit};
use std::time::Duration;

fn main() {
    match variable("AT_INIT").as_str() {
        "exit" => {
            eprintln!("exits at init");
            exit(3);
        }
        "never-poll" => hang(),
        "error" => {
            post("init/error", br#"{"errorType":"Init","errorMessage":"no settings"}"#);
            hang();
        }
        "slow" => std::thread::sleep(Duration::from_millis(300)),
        _ => {}
    }
    let mut count = 0;
    loop {
        let (head, event) = http("GET", "invocation/next", b"");
        let id = header(&head, "lambda-runtime-aws-request-id");
        count += 1;
        handle(&id, &head, &event, count);
    }
}

fn handle(id: &str, head: &str, event: &[u8], count: u32) {
    let text = String::from_utf8_lossy(event);
    let mode = text.split_once("mode=").map_or("", |(_, rest)| rest.split(['"', '&']).next().unwrap_or(""));
    let (mode, argument) = mode.split_once(':').unwrap_or((mode, ""));
    let response = format!("invocation/{id}/response");
    match mode {
        "exit" => exit(7),
        "panic" => panic!("this function panics"),
        "hang" => hang(),
        "answer-then-exit" => {
            // It does not wait to hear that the answer has arrived.
            let mut stream = TcpStream::connect(variable("AWS_LAMBDA_RUNTIME_API")).unwrap();
            let path = format!("/2018-06-01/runtime/{response}");
            let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", event.len());
            stream.write_all(&[head.as_bytes(), event].concat()).unwrap();
            exit(0);
        }
        "answer-then-hang" => {
            post(&response, event);
            hang();
        }
        "poll-early" => {
            let (head, _) = http("GET", "invocation/next", b"");
            eprintln!("early poll: {}", status(&head));
        }
        "error" => {
            post(&format!("invocation/{id}/error"), br#"{"errorType":"E","errorMessage":"it went wrong"}"#);
        }
        "nonsense" => {
            post(&response, b"\xffnonsense");
        }
        "huge" => {
            let status = post(&response, format!("\"{}\"", "x".repeat(7_000_000)).as_bytes());
            eprintln!("huge: {status}");
        }
        "twice" => {
            let first = post(&response, event);
            eprintln!("twice: {first} {}", post(&response, event));
        }
        "wrong-id" => {
            let status = post("invocation/00000000-0000-0000-0000-000000000000/response", b"{}");
            eprintln!("wrong id: {status}");
            post(&response, event);
        }
        "chunked" => {
            let (first, second) = event.split_at(event.len() / 2);
            let mut body = Vec::new();
            for chunk in [first, second, b""] {
                body.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                body.extend_from_slice(chunk);
                body.extend_from_slice(b"\r\n");
            }
            send("POST", &response, "transfer-encoding: chunked\r\n", &body);
        }
        "cut-off" => {
            let mut stream = TcpStream::connect(variable("AWS_LAMBDA_RUNTIME_API")).unwrap();
            let path = format!("/2018-06-01/runtime/{response}");
            write!(stream, "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{{").unwrap();
            drop(stream);
            exit(9);
        }
        "child" => {
            let child = Command::new("sleep").arg("1000").spawn().unwrap();
            post(&response, format!(r#"{{"pid":{}}}"#, child.id()).as_bytes());
        }
        "lines" => {
            println!("to standard output");
            eprint!("to standard error\r\nwithout an end");
            std::io::stderr().write_all(b" \xff").unwrap();
            post(&response, event);
            exit(0);
        }
        "sleep" => {
            std::thread::sleep(Duration::from_millis(argument.parse().unwrap()));
            post(&response, identity(count).as_bytes());
        }
        "who" => {
            post(&response, identity(count).as_bytes());
        }
        "environment" => {
            let all: Vec<_> = std::env::vars().map(|(name, value)| format!("{name:?}:{value:?}")).collect();
            post(&response, format!("{{{}}}", all.join(",")).as_bytes());
        }
        "headers" => {
            let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
            let all: Vec<_> = lines.map(|(name, value)| format!("{name:?}:{value:?}")).collect();
            let event = String::from_utf8_lossy(event);
            post(&response, format!(r#"{{{},"event":{event}}}"#, all.join(",")).as_bytes());
        }
        _ => {
            let fixed = variable("RESPONSE");
            post(&response, if fixed.is_empty() { event } else { fixed.as_bytes() });
        }
    }
}

fn identity(count: u32) -> String {
    format!(r#"{{"pid":{},"count":{count}}}"#, std::process::id())
}

fn hang() {
    loop {
        std::thread::sleep(Duration::from_secs(1000));
    }
}

fn post(path: &str, body: &[u8]) -> String {
    status(&http("POST", path, body).0)
}

fn http(method: &str, path: &str, body: &[u8]) -> (String, Vec<u8>) {
    send(method, path, &format!("content-length: {}\r\n", body.len()), body)
}

/// One request on a connection of its own. A Runtime API that is gone ends the function, as `lambda_runtime`
/// does.
fn send(method: &str, path: &str, length: &str, body: &[u8]) -> (String, Vec<u8>) {
    let answer = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(variable("AWS_LAMBDA_RUNTIME_API"))?;
        let head =
            format!("{method} /2018-06-01/runtime/{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
        stream.write_all([head.as_bytes(), length.as_bytes(), b"\r\n", body].concat().as_slice())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    };
    let answer = answer().unwrap_or_else(|_| exit(1));
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { exit(1) };
    (String::from_utf8_lossy(&answer[..end]).into_owned(), answer[end + 4..].to_vec())
}

fn status(head: &str) -> String {
    head.split(' ').nth(1).unwrap_or_default().to_owned()
}

fn header(head: &str, name: &str) -> String {
    let value = head.lines().find_map(|line| line.split_once(": ").filter(|(own, _)| *own == name));
    value.map(|(_, value)| value.to_owned()).unwrap_or_default()
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
