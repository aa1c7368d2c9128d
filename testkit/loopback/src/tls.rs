//! A certificate for this run, and the authority that functions are told to trust.

use std::{
    net::TcpStream,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer};

use crate::http::Connection;

/// What an HTTPS server on this machine needs, and its clients.
#[derive(Debug, Clone)]
pub struct Tls {
    server: Arc<ServerConfig>,
    /// The file with the authority's certificate, as PEM.
    pub bundle: PathBuf,
}

impl Tls {
    /// Makes an authority and a certificate of it for `localhost`, and writes the authority's into the
    /// folder. The keys are on P-256, as those of AWS may be.
    ///
    /// # Errors
    /// If the folder can't be written.
    pub fn new(folder: &Path) -> Result<Self> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.distinguished_name.push(DnType::CommonName, "loopback");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // Python 3.13 and later refuse an authority that does not say so.
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let mut certificate = CertificateParams::new(vec!["localhost".to_owned()])?;
        // One name for both would be a self-signed certificate to OpenSSL.
        certificate.distinguished_name.push(DnType::CommonName, "localhost");
        certificate.use_authority_key_identifier_extension = true;
        let certificate = certificate.signed_by(&key, &authority)?;
        let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(anyhow::Error::msg)?;
        let server = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        let bundle = folder.join("roots.pem");
        std::fs::write(&bundle, authority.pem()).with_context(|| bundle.display().to_string())?;
        Ok(Self { server: Arc::new(server), bundle })
    }

    /// The server's end of a connection. Client and server agree on the keys with the first read.
    ///
    /// # Errors
    /// If the library can't make one.
    pub fn accept(&self, stream: TcpStream) -> Result<Connection<StreamOwned<ServerConnection, TcpStream>>> {
        let connection = ServerConnection::new(Arc::clone(&self.server))?;
        Ok(Connection::new(StreamOwned::new(connection, stream)))
    }
}
