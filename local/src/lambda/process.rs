//! The process of an instance, from its start to its end, and the task that watches it.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::Pid;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use super::instance::{End, Instance};
use super::invocation::Fault;
use super::pool::Pool;
use super::{children, environment, output, runtime_api};

/// How long an exited process's last bytes (an answer, a line) may take to arrive.
const LAST_BYTES: Duration = Duration::from_secs(1);

/// Starts an instance and watches it to its end.
pub(super) async fn run(pool: Arc<Pool>) {
    match start(&pool) {
        Ok((instance, child, listener)) => watch(&pool, &instance, child, listener).await,
        Err(reason) => {
            let reason = format!("could not be started: {reason}");
            pool.ended(None, Fault::Exited(reason));
        }
    }
}

fn start(pool: &Pool) -> std::io::Result<(Arc<Instance>, Child, TcpListener)> {
    let listener = crate::listen(crate::loopback(0))?;
    let address = listener.local_addr()?.to_string();
    let definition = &pool.definition;
    let started = Instant::now();
    let mut command = Command::new(definition.binary.path());
    command
        .env_clear()
        .envs(pool.environment.iter().map(|(name, value)| (name, value)))
        .envs(environment::of_instance(&address))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0) // a Ctrl-C in the terminal is for `local`, which ends its children itself
        .kill_on_drop(true);
    if let Some(folder) = definition.binary.path().parent().filter(|folder| folder.is_absolute()) {
        command.current_dir(folder);
    }
    let child = command.spawn()?;
    let process = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    let process = process.ok_or_else(|| std::io::Error::other("it has no process id"))?;
    pool.children.add(process);
    pool.started(process);
    Ok((Arc::new(Instance::new(process, started, definition)), child, listener))
}

async fn watch(pool: &Arc<Pool>, instance: &Arc<Instance>, mut child: Child, listener: TcpListener) {
    let mut connections = JoinSet::new();
    let mut output = JoinSet::new();
    let label = &pool.definition.label;
    if let Some(stdout) = child.stdout.take() {
        output.spawn(output::forward(stdout, label.clone(), pool.definition.log.clone()));
    }
    if let Some(stderr) = child.stderr.take() {
        output.spawn(output::forward(stderr, label.clone(), pool.definition.log.clone()));
    }
    let serve = |stream: TcpStream| runtime_api::serve(stream, Arc::clone(pool), Arc::clone(instance));
    let end = loop {
        let until = match instance.watch() {
            Ok(until) => until,
            Err(end) => break end,
        };
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(serve(stream));
                }
            }
            Some(_) = connections.join_next() => {}
            status = child.wait() => break End::Exited(exit(status)),
            () = instance.wake.notified() => {}
            () = sleep_until(until) => {}
            () = pool.children.stop.cancelled() => break End::Stopped,
        }
    };
    if matches!(end, End::Exited(_)) {
        pool.retire(instance);
        children::kill(instance.process); // its own children
        // It may have posted its answer and exited before this task looked.
        while let Ok(Ok((stream, _))) = timeout(Duration::ZERO, listener.accept()).await {
            connections.spawn(serve(stream));
        }
        let last = async {
            while connections.join_next().await.is_some() {}
            while output.join_next().await.is_some() {}
        };
        let _ = timeout(LAST_BYTES, last).await;
    } else {
        // Before its poll is let go: it has nobody to complain to.
        children::kill(instance.process);
    }
    let fault = instance.fault(end);
    pool.ended(Some(instance), fault.clone());
    instance.finish(None, Err(fault));
    children::kill(instance.process);
    let _ = child.wait().await;
    pool.children.remove(instance.process);
    drop(connections);
    while output.join_next().await.is_some() {}
}

fn exit(status: std::io::Result<std::process::ExitStatus>) -> String {
    status.map_or_else(|error| format!("was lost: {error}"), |status| format!("exited ({status})"))
}
