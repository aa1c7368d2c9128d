//! The command line.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Parser;
use local::Data;

/// The template's name.
const TEMPLATE: &str = "template.yaml";
/// The database's file in the data folder.
const DATABASE: &str = "dynamodb.sqlite";
/// Where the tables alone are found, as DynamoDB local is.
const DYNAMODB_PORT: u16 = 8000;

/// Serves the API of a SAM template on this machine: API Gateway, Lambda and DynamoDB, without Docker and
/// AWS.
#[derive(Debug, Parser)]
#[command(name = "local", version)]
#[allow(clippy::struct_excessive_bools, reason = "a command line has switches")]
pub(crate) struct Cli {
    /// The address that the API listens on; 0.0.0.0 is for phones and containers too, and for everybody in
    /// the network.
    #[arg(long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    pub(crate) host: IpAddr,

    /// The API's port; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 3000)]
    pub(crate) port: u16,

    /// A name by which callers may ask for the API and the database, such as host.docker.internal; can be
    /// repeated. Loopback and the addresses that they listen on need none. Other names are refused, for
    /// a web page could have made them lead here.
    #[arg(long = "allow-host", value_name = "NAME")]
    pub(crate) allowed_hosts: Vec<String>,

    /// The database's port, for other tools; 0 takes a free one [default: 0; 8000 with --only-dynamodb].
    #[arg(long, value_name = "N")]
    pub(crate) dynamodb_port: Option<u16>,

    /// The address that the database listens on; 0.0.0.0 is for containers too, and for everybody in the
    /// network.
    #[arg(long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    pub(crate) dynamodb_host: IpAddr,

    /// Serve the tables alone, for functions that run elsewhere; nothing is built.
    #[arg(long, conflicts_with_all = ["host", "port", "binaries", "concurrency", "environment", "release", "watch"])]
    pub(crate) only_dynamodb: bool,

    /// The folder that keeps the data [default: .local beside the template].
    #[arg(long, value_name = "DIR", conflicts_with = "memory")]
    pub(crate) data: Option<PathBuf>,

    /// Keep no data.
    #[arg(long)]
    pub(crate) memory: bool,

    /// Build and run the functions as they ship.
    #[arg(long)]
    pub(crate) release: bool,

    /// Build again what changes, and let it take over without losing a request.
    #[arg(long, conflicts_with = "binaries")]
    pub(crate) watch: bool,

    /// The SAM template [default: template.yaml in this folder or the nearest one above it].
    #[arg(long, value_name = "FILE", default_value_os_t = nearest_template(), hide_default_value = true)]
    pub(crate) template: PathBuf,

    /// Instances of one function at most [default: twice the processors, 4 to 16].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) concurrency: Option<u16>,

    /// A variable for every function, over the template's; can be repeated. Variables that the template
    /// declares for a function can also be set in the shell.
    #[arg(long = "env", value_name = "NAME=VALUE", value_parser = variable)]
    pub(crate) environment: Vec<(String, String)>,

    /// Serve binaries already built in this folder; nothing is built.
    #[arg(long, value_name = "DIR", conflicts_with = "release")]
    pub(crate) binaries: Option<PathBuf>,
}

impl Cli {
    /// Where the tables live.
    pub(crate) fn data(&self) -> Data {
        if self.memory {
            return Data::Memory;
        }
        let beside = || self.template.parent().unwrap_or(Path::new("")).join(".local");
        Data::File(self.data.clone().unwrap_or_else(beside).join(DATABASE))
    }

    /// Where the database listens.
    pub(crate) fn dynamodb(&self) -> SocketAddr {
        let port = self.dynamodb_port.unwrap_or(if self.only_dynamodb { DYNAMODB_PORT } else { 0 });
        (self.dynamodb_host, port).into()
    }
}

/// Found as cargo finds its workspace, so that `cargo run` serves the same from any folder of it.
fn nearest_template() -> PathBuf {
    let depth = std::env::current_dir().map_or(0, |folder| folder.ancestors().count());
    let mut found = (0..depth).map(|up| Path::new(&"../".repeat(up)).join(TEMPLATE));
    found.find(|template| template.is_file()).unwrap_or_else(|| TEMPLATE.into())
}

fn variable(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a variable is NAME=VALUE"),
    }
}
