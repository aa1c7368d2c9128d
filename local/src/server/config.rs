//! What a server is told.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use crate::dynamodb::Data;
use crate::lambda::Binary;
use crate::{Limits, Log, sockets};

/// What to serve, and how. `Config::default()` is a test's: the folder's template, any free port, no data
/// kept.
#[derive(Debug, Clone)]
pub struct Config {
    /// The SAM template.
    pub template: PathBuf,
    /// The compiled functions.
    pub binaries: Binaries,
    /// Where the tables live.
    pub data: Data,
    /// The address that the gateway listens on.
    pub host: IpAddr,
    /// The gateway's port; 0 takes a free one.
    pub port: u16,
    /// Where the database listens; port 0 takes a free one.
    pub dynamodb: SocketAddr,
    /// Names that a request to either of them may come for, besides those of loopback and the addresses they
    /// listen on.
    pub allowed_hosts: Vec<String>,
    /// Variables of the shell that take the place of the template's: those that the template declares for a
    /// function, and the two that tell it how to log, no others. As with `sam local` ("Environment
    /// variables", AWS SAM CLI).
    pub shell: BTreeMap<String, String>,
    /// Variables for every function, over those of the template and of Lambda.
    pub environment: BTreeMap<String, String>,
    /// Times and numbers.
    pub limits: Limits,
    /// Where requests, the functions' output and their faults are told.
    pub log: Log,
}

/// The compiled functions, by the names that the template gives them (`Metadata.BuildProperties.Binary`).
#[derive(Debug, Clone)]
pub enum Binaries {
    /// All in one folder, such as `target/debug`.
    Folder(PathBuf),
    /// Each by name.
    Named(BTreeMap<String, Binary>),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            template: "template.yaml".into(),
            binaries: Binaries::Named(BTreeMap::new()),
            data: Data::Memory,
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            dynamodb: sockets::loopback(0),
            allowed_hosts: Vec::new(),
            shell: BTreeMap::new(),
            environment: BTreeMap::new(),
            limits: Limits::default(),
            log: Log::default(),
        }
    }
}
