use std::net::IpAddr;

use hyper::Request;

use super::{Hosts, Refusal, of_a_page, of_another_origin};

fn check(hosts: &Hosts, own: &str, target: &str, sent: &[&str]) -> Result<(), u16> {
    let mut request = Request::get(target);
    for host in sent {
        request = request.header("host", *host);
    }
    let (parts, ()) = request.body(()).unwrap().into_parts();
    hosts.check(&parts, own.parse().unwrap()).map_err(|refusal| match refusal {
        Refusal::Malformed(_) => 400,
        Refusal::Foreign(_) => 403,
    })
}

fn loopback(host: &str) -> Result<(), u16> {
    check(&Hosts::loopback(), "127.0.0.1", "/", &[host])
}

#[test]
fn loopback_is_this_machine_by_every_usual_name() {
    for host in [
        "localhost",
        "LocalHost:3000",
        "localhost.",
        "app.localhost:80",
        "127.0.0.1",
        "127.0.0.1:3000",
        "127.1.2.3",
        "[::1]",
        "[::1]:3000",
        "localhost:",
    ] {
        assert_eq!(loopback(host), Ok(()), "{host}");
    }
}

#[test]
fn names_of_others_are_refused_whatever_they_look_like() {
    for host in [
        "evil.example",
        "evil.example:3000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost.evil",
        "evillocalhost",
        "notlocalhost:3000",
        "127.0.0.1.",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "[::]",
        "[::ffff:127.0.0.1]",
        "192.168.1.5",
        "169.254.169.254",
        "host.docker.internal",
        "x",
    ] {
        assert_eq!(loopback(host), Err(403), "{host}");
    }
}

#[test]
fn what_is_no_host_is_malformed() {
    for host in [
        "",
        ":80",
        "localhost:x",
        "localhost:99999",
        "a:b:c",
        "user@localhost",
        "localhost@evil.example",
        "http://localhost",
        "localhost/",
        "localhost evil",
        "localhost,evil",
        "::1",
        "[::1",
        "[::1]x",
        "[localhost]",
        "\"",
    ] {
        let expected = if host == "localhost,evil" { 403 } else { 400 };
        assert_eq!(loopback(host), Err(expected), "{host}");
    }
    let hosts = Hosts::loopback();
    assert_eq!(check(&hosts, "127.0.0.1", "/", &[]), Err(400));
    assert_eq!(check(&hosts, "127.0.0.1", "/", &["localhost", "localhost"]), Err(400));
    assert_eq!(check(&hosts, "127.0.0.1", "/", &["localhost", "evil.example"]), Err(400));
}

#[test]
fn the_host_of_an_absolute_target_counts_too() {
    let both = |target: &str, host: &str| check(&Hosts::loopback(), "127.0.0.1", target, &[host]);
    assert_eq!(both("http://localhost:3000/a", "localhost"), Ok(()));
    assert_eq!(both("http://evil.example/a", "localhost"), Err(403));
    assert_eq!(both("http://localhost/a", "evil.example"), Err(403));
    assert_eq!(both("http://localhost@evil.example/a", "localhost"), Err(400));
}

#[test]
fn what_was_asked_for_is_let_in_and_nothing_else() {
    let any: IpAddr = "0.0.0.0".parse().unwrap();
    let hosts = Hosts::new(any, &["host.docker.internal".to_owned(), "10.0.0.9".to_owned()]);
    for host in ["192.168.1.5:3000", "0.0.0.0:3000", "localhost", "Host.Docker.Internal:3000", "10.0.0.9"] {
        assert_eq!(check(&hosts, "192.168.1.5", "/", &[host]), Ok(()), "{host}");
    }
    assert_eq!(
        check(&hosts, "::ffff:192.168.1.5", "/", &["192.168.1.5"]),
        Ok(()),
        "a socket for both families"
    );
    for host in ["192.168.1.6", "evil.example", "docker.internal", "x.host.docker.internal"] {
        assert_eq!(check(&hosts, "192.168.1.5", "/", &[host]), Err(403), "{host}");
    }
}

#[test]
fn only_the_own_origin_is_one() {
    let origin = |sent: &[&str]| {
        let mut request = Request::get("/").header("host", "127.0.0.1:8000");
        for origin in sent {
            request = request.header("origin", *origin);
        }
        of_another_origin(request.body(()).unwrap().headers())
    };
    assert!(!origin(&[]));
    assert!(!origin(&["http://127.0.0.1:8000"]));
    for other in [
        "null",
        "",
        "http://localhost:8000",
        "http://127.0.0.1",
        "http://127.0.0.1:3000",
        "https://127.0.0.1:8000",
        "http://127.0.0.1:8000.evil.example",
        "http://evil.example",
    ] {
        assert!(origin(&[other]), "{other}");
    }
    assert!(origin(&["http://127.0.0.1:8000", "http://127.0.0.1:8000"]));
}

#[test]
fn the_runtime_api_keeps_out_pages_only() {
    let page = |name: &'static str, value: &str| {
        of_a_page(Request::get("/").header(name, value).body(()).unwrap().headers())
    };
    for host in ["127.0.0.1:9001", "localhost", "x", "a.localhost", "169.254.100.1"] {
        assert!(!page("host", host), "{host}");
    }
    assert!(!page("user-agent", "none sends no Host"));
    assert!(page("host", "evil.example:9001"));
    assert!(page("origin", "http://x"));
}
