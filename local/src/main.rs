//! The command `local`: builds the functions, serves the template, ends with Ctrl-C.

mod banner;
mod cli;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use local::{Binaries, Config, Limits, Log, Server, Tables, Terminal, Watch};
use tokio::signal::unix::{Signal, SignalKind, signal};

use self::cli::Cli;

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

/// Serves until Ctrl-C, SIGTERM or the terminal's end; what is under way by then may end, unless there is a
/// second one.
async fn run(cli: Cli, log: Log) -> Result<(), Box<dyn Error>> {
    let mut signals = Signals::new()?;
    if cli.only_dynamodb {
        let tables = tokio::select! {
            started = serve_tables(&cli, log) => started?,
            () = signals.next() => return Ok(()),
        };
        signals.next().await;
        tokio::select! {
            () = tables.drain() => {}
            () = signals.next() => {}
        }
        tables.shutdown().await;
        return Ok(());
    }
    let (server, mut watch) = tokio::select! {
        started = serve(cli, log.clone()) => started?,
        () = signals.next() => return Ok(()),
    };
    match &mut watch {
        None => signals.next().await,
        Some(watch) => tokio::select! {
            never = watch.run(&server, &log) => match never {},
            () = signals.next() => {}
        },
    }
    tokio::select! {
        () = server.drain() => {}
        () = signals.next() => {}
    }
    server.shutdown().await;
    Ok(())
}

/// Ctrl-C, SIGTERM and the terminal's end.
struct Signals([Signal; 3]);

impl Signals {
    fn new() -> std::io::Result<Self> {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        let [interrupt, terminate, hang_up] = kinds.map(signal);
        Ok(Self([interrupt?, terminate?, hang_up?]))
    }

    async fn next(&mut self) {
        let [interrupt, terminate, hang_up] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
    }
}

async fn serve_tables(cli: &Cli, log: Log) -> Result<Tables, local::Error> {
    let data = cli.data();
    let tables =
        Tables::start(&cli.template, data.clone(), (cli.dynamodb(), cli.allowed_hosts.clone()), log).await?;
    announce(&banner::of_tables(&tables, &data, cli.dynamodb_host));
    Ok(tables)
}

async fn serve(cli: Cli, log: Log) -> Result<(Server, Option<Watch>), local::Error> {
    let (data, dynamodb) = (cli.data(), cli.dynamodb());
    let (binaries, watch) = match cli.binaries {
        Some(folder) => (Binaries::Folder(folder), None),
        None if cli.watch => {
            let (watch, binaries) = Watch::start(cli.template.clone(), cli.release, log.clone()).await?;
            (binaries, Some(watch))
        }
        None => (local::build::functions(&cli.template, cli.release).await?.into(), None),
    };
    let mut limits = Limits::default();
    limits.concurrency = cli.concurrency.map_or(limits.concurrency, usize::from);
    let config = Config {
        template: cli.template,
        binaries,
        data: data.clone(),
        host: cli.host,
        port: cli.port,
        dynamodb,
        allowed_hosts: cli.allowed_hosts,
        shell: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
        environment: cli.environment.into_iter().collect(),
        limits,
        log,
    };
    let server = Server::start(config).await?;
    announce(&banner::of_server(&server, &data, cli.dynamodb_host));
    Ok((server, watch))
}

/// A closed pipe (`local | head`) ends what is told, not the server.
fn announce(banner: &str) {
    let _ = std::io::stdout().write_all(banner.as_bytes());
}
