//! The command `local`: builds the functions, serves the template, ends with Ctrl-C.

mod banner;
mod cli;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use local::{Binaries, Config, Limits, Log, Server, Tables, Terminal, Watch};
use tokio::signal::unix::{SignalKind, signal};

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
    if cli.only_dynamodb {
        let tables = serve_tables(&cli, log).await?;
        end.await;
        tables.shutdown().await;
        return Ok(());
    }
    let (server, watch) = tokio::select! {
        started = serve(cli, log.clone()) => started?,
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

async fn serve_tables(cli: &Cli, log: Log) -> Result<Tables, local::Error> {
    let data = cli.data();
    let tables = Tables::start(&cli.template, data.clone(), cli.dynamodb(), log).await?;
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
        port: cli.port,
        dynamodb,
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
