//! The connection to DynamoDB over TLS, as on AWS.

use std::path::Path;

use testkit::{Upstream, http::Listener, tls::Tls};

use crate::app::{APP, BOOK};

/// A TLS endpoint before the embedded database, with a certificate of an authority that nobody knows.
struct TlsEndpoint {
    url: String,
    tls: Tls,
    database: Upstream,
    _listener: Listener,
}

impl TlsEndpoint {
    fn start(folder: &Path) -> Self {
        let tls = Tls::new(folder).unwrap();
        let database = Upstream::default();
        let listener = Listener::start({
            let (tls, database) = (tls.clone(), database.clone());
            move |stream| {
                let mut client = tls.accept(stream).ok()?;
                let mut database = database.connect().ok()?;
                while let Some(request) = client.request().ok()? {
                    client.write(&database.exchange(request.bytes()).ok()?).ok()?;
                }
                Some(())
            }
        })
        .unwrap();
        // The certificate is for the name.
        let url = format!("https://localhost:{}", listener.address.port());
        Self { url, tls, database, _listener: listener }
    }
}

/// `AWS_CA_BUNDLE` names other roots, for networks that have their own.
#[test]
fn a_certificate_of_a_trusted_authority_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = TlsEndpoint::start(folder.path());
    let bundle = endpoint.tls.bundle.to_str().unwrap();
    let api =
        APP.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &endpoint.url), ("AWS_CA_BUNDLE", bundle)]);
    endpoint.database.set(&api);
    assert_eq!(api.post("/books", BOOK).status, 201);
    assert_eq!(api.get("/books/1").status, 200);
}

/// The built-in roots are Amazon's and nobody else's; a stranger between function and database gets nothing.
#[test]
fn a_certificate_of_a_stranger_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = TlsEndpoint::start(folder.path());
    let api = APP.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &endpoint.url)]);
    endpoint.database.set(&api);
    api.get("/books/1").assert_error(503, "Temporarily unavailable");
    let log = api.log().join("\n");
    assert!(log.contains("UnknownIssuer"), "{log}");
    assert!(!log.contains("panicked"), "{log}");
}

/// A bundle that can't be read or holds no certificate is told at the start, in words.
#[test]
fn a_broken_bundle_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "no certificate").unwrap();
    for bundle in ["/does/not/exist.pem", empty.to_str().unwrap()] {
        let api = APP.with_environment(&[("AWS_CA_BUNDLE", bundle)]);
        assert_eq!(api.get("/books/1").status, 500);
        let log = api.log().join("\n");
        assert!(log.contains(&format!("AWS_CA_BUNDLE names {bundle}")), "{log}");
        assert!(!log.contains("panicked"), "{log}");
    }
}
