//! The connection to DynamoDB over TLS, as on AWS.

use std::{
    io::{BufReader, Write},
    net::TcpStream,
    sync::Arc,
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer};
use testkit::wire::{self, Upstream};

use crate::app::{APP, BOOK};

/// A TLS endpoint before the embedded database, with a certificate of an authority that nobody knows.
struct TlsEndpoint {
    url: String,
    /// The authority's certificate, as PEM.
    authority: String,
    database: Upstream,
}

impl TlsEndpoint {
    fn start() -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec!["localhost".to_owned()])
            .unwrap()
            .signed_by(&key, &authority)
            .unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let config = Arc::new(config);
        let database = Upstream::default();
        let address = wire::listen({
            let database = database.clone();
            move |connection| forward(connection, Arc::clone(&config), &database)
        });
        // The certificate is for the name.
        Self { url: format!("https://localhost:{}", address.port()), authority: authority.pem(), database }
    }
}

fn forward(client: TcpStream, config: Arc<ServerConfig>, database: &Upstream) -> Option<()> {
    let mut client = BufReader::new(StreamOwned::new(ServerConnection::new(config).ok()?, client));
    let mut database = database.connect()?;
    let mut answers = BufReader::new(database.try_clone().ok()?);
    loop {
        database.write_all(&wire::read(&mut client)?.bytes).ok()?;
        client.get_mut().write_all(&wire::read(&mut answers)?.bytes).ok()?;
    }
}

/// `AWS_CA_BUNDLE` names other roots, for networks that have their own.
#[test]
fn a_certificate_of_a_trusted_authority_is_accepted() {
    let endpoint = TlsEndpoint::start();
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("roots.pem");
    std::fs::write(&bundle, &endpoint.authority).unwrap();
    let bundle = bundle.to_str().unwrap();
    let api =
        APP.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &endpoint.url), ("AWS_CA_BUNDLE", bundle)]);
    endpoint.database.set(&api);
    assert_eq!(api.post("/books", BOOK).status, 201);
    assert_eq!(api.get("/books/1").status, 200);
}

/// The built-in roots are Amazon's and nobody else's; a stranger between function and database gets nothing.
#[test]
fn a_certificate_of_a_stranger_is_refused() {
    let endpoint = TlsEndpoint::start();
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
