//! The command line.

use std::path::PathBuf;

use clap::Parser;

/// Serves the API of a SAM template on this machine: API Gateway, Lambda and DynamoDB, without Docker and AWS.
#[derive(Debug, Parser)]
#[command(name = "local", version)]
pub(crate) struct Cli {
    /// The API's port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 3000)]
    pub(crate) port: u16,

    /// The database's port on 127.0.0.1, for other tools; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) dynamodb_port: u16,

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

    /// The SAM template.
    #[arg(long, value_name = "FILE", default_value = "template.yaml")]
    pub(crate) template: PathBuf,

    /// Instances of one function at most [default: twice the processors, 4 to 16].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) concurrency: Option<u16>,

    /// A variable for every function, over the template's; can be repeated. Variables that the template declares for a
    /// function can also be set in the shell.
    #[arg(long = "env", value_name = "NAME=VALUE", value_parser = variable)]
    pub(crate) environment: Vec<(String, String)>,

    /// Serve binaries already built in this folder; nothing is built.
    #[arg(long, value_name = "DIR", conflicts_with = "release")]
    pub(crate) binaries: Option<PathBuf>,
}

fn variable(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a variable is NAME=VALUE"),
    }
}
