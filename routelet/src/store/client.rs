//! The connection to DynamoDB, set up from the environment that Lambda gives a function.
//!
//! `aws-config` would do it too, at a third of the binary's size and several times its start-up: it carries
//! providers for laptops, containers and EC2, none of which a Lambda function meets.

use std::{fs, sync::Arc, time::Duration};

use aws_sdk_dynamodb::{
    Client, Config,
    config::{
        BehaviorVersion, Credentials, Region, StalledStreamProtectionConfig, retry::RetryConfig,
        timeout::TimeoutConfig,
    },
};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};

use rustls_pki_types::{CertificateDer, pem::PemObject};

use super::repeats::{Attempts, NoBlindRepeats};
use crate::env::{optional, required};

/// The roots that every AWS endpoint's certificate leads to: the four of Amazon Trust Services and the older
/// Starfield root that signs them ("Amazon Trust Services", Certificate Authorities). A fixed list of five,
/// for reading the system's store costs ten times as much as the rest of the start.
const AMAZON_ROOTS: &str = include_str!("amazon-roots.pem");

/// DynamoDB answers in milliseconds; a connection that takes a second will not come.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// The slowest honest answer is a page of 1 MB to a small function.
const ATTEMPT_TIMEOUT: Duration = Duration::from_millis(1_500);
/// All attempts of one call. A create makes two calls, and both fit into a function's 10 seconds.
const CALL_TIMEOUT: Duration = Duration::from_secs(4);
const MAX_ATTEMPTS: u32 = 4;
/// The SDK's default of one second suits services that answer in seconds.
const FIRST_BACKOFF: Duration = Duration::from_millis(50);
const MAX_BACKOFF: Duration = Duration::from_secs(1);

/// A client for the region, credentials and endpoint that the environment names. It tells `attempts` of calls
/// that fail.
///
/// # Errors
/// What is missing or cannot be read, for the log.
pub(super) fn from_env(attempts: Arc<Attempts>) -> Result<Client, String> {
    let region = required("AWS_REGION")?;
    let credentials = Credentials::new(
        required("AWS_ACCESS_KEY_ID")?,
        required("AWS_SECRET_ACCESS_KEY")?,
        optional("AWS_SESSION_TOKEN")?,
        None,
        "environment",
    );
    let tls = TlsContext::builder()
        .with_trust_store(TrustStore::empty().with_pem_certificate(roots()?))
        .build()
        .map_err(|error| error.to_string())?;
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls).build_https();
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .operation_timeout(CALL_TIMEOUT)
        .build();
    let retries = RetryConfig::standard()
        .with_max_attempts(MAX_ATTEMPTS)
        .with_initial_backoff(FIRST_BACKOFF)
        .with_max_backoff(MAX_BACKOFF);

    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region))
        .credentials_provider(credentials)
        .http_client(http)
        .timeout_config(timeouts)
        // It watches for answers that come too slowly; an attempt ends after 1.5 s in any case.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .retry_config(retries)
        .retry_classifier(NoBlindRepeats(attempts));
    // The SDK reads these two only through `aws-config`.
    if let Some(endpoint) = optional("AWS_ENDPOINT_URL_DYNAMODB")?.or(optional("AWS_ENDPOINT_URL")?) {
        config = config.endpoint_url(endpoint);
    }
    Ok(Client::from_conf(config.build()))
}

/// The certificates to trust: `AWS_CA_BUNDLE` names a PEM file where the network has roots of its own. It is
/// looked into here, for the SDK would panic with the first request.
fn roots() -> Result<String, String> {
    let Some(path) = optional("AWS_CA_BUNDLE")? else { return Ok(AMAZON_ROOTS.to_owned()) };
    let unusable = |reason: &str| format!("AWS_CA_BUNDLE names {path}, which can't be used: {reason}");
    let bundle = fs::read_to_string(&path).map_err(|error| unusable(&error.to_string()))?;
    let mut certificates = CertificateDer::pem_slice_iter(bundle.as_bytes()).peekable();
    if certificates.peek().is_none() {
        return Err(unusable("it holds no certificate"));
    }
    match certificates.find_map(Result::err) {
        Some(error) => Err(unusable(&error.to_string())),
        None => Ok(bundle),
    }
}
