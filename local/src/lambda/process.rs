//! The process of an instance, from its start to its end, and the task that watches it.

use std::pin::pin;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::Pid;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::definition::Definition;
use super::instance::Instance;
use super::phase::End;
use super::{children, environment, output, runtime_api};
use crate::sockets;

/// How long an exited process's last bytes (an answer, a line) may take to arrive.
const LAST_BYTES: Duration = Duration::from_secs(1);

/// Starts an instance and watches it to its end.
pub(super) async fn run(instance: Instance) {
    match start(&instance) {
        Ok(process) => watch(&Arc::new(instance), process).await,
        Err(reason) => instance.ended(End::NotStarted(reason.to_string())),
    }
}

/// A process that runs, and where it finds its Runtime API.
struct Process {
    id: Pid,
    child: Child,
    listener: TcpListener,
}

fn start(instance: &Instance) -> std::io::Result<Process> {
    let listener = sockets::listen(sockets::loopback(0))?;
    let address = listener.local_addr()?.to_string();
    let binary = instance.definition().binary.path();
    let started = Instant::now();
    let mut command = Command::new(binary);
    command
        .env_clear()
        .envs(instance.environment().iter().map(|(name, value)| (name, value)))
        .envs(environment::of_instance(&address))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0) // a Ctrl-C in the terminal is for `local`, which ends its children itself
        .kill_on_drop(true);
    if let Some(folder) = binary.parent().filter(|folder| folder.is_absolute()) {
        command.current_dir(folder);
    }
    let child = command.spawn()?;
    let id = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    let id = id.ok_or_else(|| std::io::Error::other("it has no process id"))?;
    instance.has_process(id, started);
    Ok(Process { id, child, listener })
}

async fn watch(instance: &Arc<Instance>, Process { id, mut child, listener }: Process) {
    let mut connections = JoinSet::new();
    let mut output = JoinSet::new();
    let Definition { label, log, .. } = instance.definition();
    if let Some(stdout) = child.stdout.take() {
        output.spawn(output::forward(stdout, label.clone(), log.clone()));
    }
    if let Some(stderr) = child.stderr.take() {
        output.spawn(output::forward(stderr, label.clone(), log.clone()));
    }
    let serve = |stream: TcpStream| runtime_api::serve(stream, Arc::clone(instance));
    let mut overdue = pin!(instance.overdue());
    let end = loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(serve(stream));
                }
            }
            Some(_) = connections.join_next() => {}
            status = child.wait() => break End::Exited(exit(status)),
            end = &mut overdue => break end,
        }
    };
    if matches!(end, End::Exited(_)) {
        instance.close();
        children::kill(id); // its own children
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
        children::kill(id);
    }
    instance.ended(end);
    children::kill(id);
    let _ = child.wait().await;
    instance.reaped(id);
    drop(connections);
    while output.join_next().await.is_some() {}
}

fn exit(status: std::io::Result<std::process::ExitStatus>) -> String {
    status.map_or_else(|error| format!("was lost: {error}"), |status| format!("exited ({status})"))
}
