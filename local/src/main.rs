//! The command `local`: builds the functions, serves the template, ends with Ctrl-C.

mod cli;

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use local::{Binaries, Config, Data, Limits, Log, Server, Terminal, Watch};
use tokio::signal::unix::{SignalKind, signal};

use self::cli::Cli;

/// The database's file in the data folder.
const DATABASE: &str = "dynamodb.sqlite";

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let (terminal, log) = Terminal::start();
    let result = run(cli, log).await;
    terminal.finish();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "local: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until Ctrl-C, SIGTERM or the terminal's end.
async fn run(cli: Cli, log: Log) -> Result<(), Box<dyn Error>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    let end = async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
    };
    tokio::pin!(end);
    let (server, watch) = tokio::select! {
        started = start(cli, log.clone()) => started?,
        () = &mut end => return Ok(()),
    };
    match watch {
        None => end.await,
        Some(watch) => tokio::select! {
            never = watch.run(&server, &log) => match never {},
            () = &mut end => {}
        },
    }
    server.shutdown().await;
    Ok(())
}

async fn start(cli: Cli, log: Log) -> Result<(Server, Option<Watch>), local::Error> {
    let (binaries, watch) = match cli.binaries {
        Some(folder) => (Binaries::Folder(folder), None),
        None if cli.watch => {
            let (watch, binaries) = Watch::start(cli.template.clone(), cli.release, log.clone()).await?;
            (binaries, Some(watch))
        }
        None => (local::build::functions(&cli.template, cli.release).await?.into(), None),
    };
    let data = if cli.memory {
        Data::Memory
    } else {
        let beside = || cli.template.parent().unwrap_or(Path::new("")).join(".local");
        Data::File(cli.data.unwrap_or_else(beside).join(DATABASE))
    };
    let mut limits = Limits::default();
    limits.concurrency = cli.concurrency.map_or(limits.concurrency, usize::from);
    let config = Config {
        template: cli.template,
        binaries,
        data: data.clone(),
        port: cli.port,
        dynamodb_port: cli.dynamodb_port,
        shell: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
        environment: cli.environment.into_iter().collect(),
        limits,
        log,
    };
    let server = Server::start(config).await?;
    let _ = std::io::stdout().write_all(banner(&server, &data).as_bytes());
    Ok((server, watch))
}

/// What is served where.
fn banner(server: &Server, data: &Data) -> String {
    let mut text = format!("\nAPI       {}\n", server.url());
    let routes = server.routes();
    let width = routes.iter().map(|(_, path, _)| path.len()).max().unwrap_or_default();
    for (method, path, function) in routes {
        let _ = writeln!(text, "  {method:<8}{path:<width$}  {function}");
    }
    let tables = server.tables();
    let table = tables.first().map_or("TABLE", String::as_str);
    let url = server.dynamodb_url();
    let _ = writeln!(text, "DynamoDB  {url}  (any credentials)");
    let _ =
        writeln!(text, "  aws dynamodb scan --table-name {table} --endpoint-url {url} --region us-east-1");
    let _ = match data {
        Data::Memory => writeln!(text, "Data      in memory, gone at the end"),
        Data::File(path) => writeln!(text, "Data      {}", path.display()),
    };
    text.push_str("Ctrl-C ends it.\n\n");
    text
}
