//! DynamoDB on this machine: the embedded database, its tables from the template, its protocol over HTTP.
//!
//! It has a thread and a runtime of its own. `SQLite` works one statement at a time and waits for the disk,
//! which must not hold up the gateway; and dropping the runtime ends every connection, so the file is closed.

mod admission;
mod damage;
mod door;
mod file;
mod front;
mod refusal;

use std::fmt;
use std::fs::File;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use dynoxide::Database;
use template::Table;
use tokio::sync::oneshot;

pub(crate) use self::admission::Admission;
use self::damage::Damage;
use self::door::Doorkeeper;
pub(crate) use self::door::{Door, Passage};
pub(crate) use self::refusal::refusal;
use crate::http::{Connections, Hosts};
use crate::schema::create_table;
use crate::sockets;
use crate::{Error, Limits, Log};

/// Where the tables live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// In memory, for as long as the server runs.
    Memory,
    /// In a `SQLite` file, which is made if it is missing. A file beside it (`….lock`) keeps a second server
    /// out.
    File(PathBuf),
}

/// How often expired items are removed. AWS promises a few days; a minute is soon enough to see it happen.
const SWEEP: Duration = Duration::from_mins(1);
/// How long a statement may take that is being worked on at the very end.
const LAST_STATEMENT: Duration = Duration::from_millis(200);

/// Where the database listens for other tools, and to whom.
#[derive(Debug, Clone)]
pub(crate) struct Listening {
    pub(crate) address: SocketAddr,
    /// Names besides those of loopback and of the address.
    pub(crate) hosts: Vec<String>,
    pub(crate) limits: Limits,
}

/// The running database.
pub(crate) struct DynamoDb {
    pub(crate) url: String,
    pub(crate) door: Door,
    database: Database,
    front: Connections,
    /// Dropped to end the thread.
    stop: oneshot::Sender<()>,
    ended: oneshot::Receiver<()>,
}

impl DynamoDb {
    /// Opens the data, creates the tables that are missing, and serves them at the address.
    pub(crate) async fn start(
        data: Data,
        listening: Listening,
        tables: Vec<Table>,
        log: Log,
    ) -> Result<Self, Error> {
        let Listening { address, hosts, limits } = listening;
        let listener = sockets::listen(address);
        let listener =
            listener.map_err(|error| sockets::cannot_listen(address, "--dynamodb-port", &error))?;
        let address = listener.local_addr().map_err(|error| Error::new(error.to_string()))?;
        let place = match &data {
            Data::Memory => None,
            Data::File(path) => Some(path.display().to_string()),
        };
        let damage = Arc::new(Damage::new(place, log.clone()));
        let (door, doorkeeper) = Door::new(&damage);
        let (started, start) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        let thread = thread::Builder::new().name("dynamodb".to_owned());
        let fault = (damage, log.clone());
        thread
            .spawn(move || {
                run((&data, &tables), doorkeeper, &fault, started, stopped);
                let _ = end.send(());
            })
            .map_err(|error| Error::new(format!("cannot start a thread: {error}")))?;
        let started = start.await.unwrap_or_else(|_| Err(Error::new("the database did not start")));
        let database = started?;
        let hosts = Hosts::new(address.ip(), &hosts);
        let front = front::serve(listener, (door.clone(), hosts), &limits, log);
        Ok(Self { url: url(address), door, database, front, stop, ended })
    }

    /// Creates the tables that are missing.
    pub(crate) async fn create_tables(&self, tables: Vec<Table>) -> Result<(), Error> {
        let database = self.database.clone();
        let creating = tokio::task::spawn_blocking(move || create_tables(&database, &tables));
        let created = creating.await.unwrap_or_else(|error| Err(error.to_string()));
        created.map_err(|reason| Error::new(format!("cannot use the database: {reason}")))
    }

    /// The number of other tools' requests that are under way.
    pub(crate) fn requests(&self) -> usize {
        self.front.requests()
    }

    /// Takes no further request of other tools, and waits until those that are under way have their answer.
    pub(crate) async fn drain(&self) {
        self.front.drain().await;
    }

    /// Closes every connection and the file.
    pub(crate) async fn shutdown(self) {
        drop((self.front, self.stop, self.database));
        let _ = self.ended.await;
    }
}

impl fmt::Debug for DynamoDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamoDb").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Where this machine's own clients find what listens on an address.
pub(crate) fn url(address: SocketAddr) -> String {
    let own = match address {
        SocketAddr::V4(any) if any.ip().is_unspecified() => (Ipv4Addr::LOCALHOST, address.port()).into(),
        SocketAddr::V6(any) if any.ip().is_unspecified() => (Ipv6Addr::LOCALHOST, address.port()).into(),
        own => own,
    };
    format!("http://{own}")
}

/// The thread: from opening the file to closing it.
fn run(
    (data, tables): (&Data, &[Table]),
    doorkeeper: Doorkeeper,
    faults: &(Arc<Damage>, Log),
    started: oneshot::Sender<Result<Database, Error>>,
    stopped: oneshot::Receiver<()>,
) {
    let opened = open(data, tables).and_then(|(database, lock)| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::new(format!("cannot start the database: {error}")))?;
        Ok((database, lock, runtime))
    });
    let (database, lock, runtime) = match opened {
        Ok(opened) => opened,
        Err(error) => return drop(started.send(Err(error))),
    };
    if started.send(Ok(database.clone())).is_err() {
        return;
    }
    let (end_sweeps, no_more_sweeps) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let swept = database.clone();
        scope.spawn(move || sweep(&swept, faults, &no_more_sweeps));
        runtime.block_on(async {
            tokio::select! {
                () = doorkeeper.serve(database) => {}
                _ = stopped => {}
            }
        });
        drop(end_sweeps);
        runtime.shutdown_timeout(LAST_STATEMENT);
    });
    drop(lock);
}

/// Removes expired items now and then, until the channel closes.
fn sweep(database: &Database, (damage, log): &(Arc<Damage>, Log), end: &mpsc::Receiver<()>) {
    loop {
        if let Err(error) = database.sweep_ttl()
            && !damage.explains(&error.to_string())
        {
            log.fault(format!("the database could not remove expired items: {error}"));
        }
        if end.recv_timeout(SWEEP) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

fn open(data: &Data, tables: &[Table]) -> Result<(Database, Option<File>), Error> {
    let (database, lock, place) = match data {
        Data::Memory => (Database::memory(), None, "memory".to_owned()),
        Data::File(path) => {
            let place = path.display().to_string();
            let fault = |reason: &str| Error::new(format!("cannot use the database {place}: {reason}"));
            let lock = file::prepare(path).map_err(|reason| fault(&reason))?;
            let text = path.to_str().ok_or_else(|| fault("its path is not UTF-8"))?;
            (Database::new(text), Some(lock), place)
        }
    };
    let fault = |reason: &str| Error::new(format!("cannot use the database {place}: {reason}"));
    let database = database.map_err(|error| fault(&error.to_string()))?;
    create_tables(&database, tables).map_err(|reason| fault(&reason))?;
    Ok((database, lock))
}

fn create_tables(database: &Database, tables: &[Table]) -> Result<(), String> {
    let create = |table: &Table| {
        // What the database says of `SQLite`'s own may have several lines.
        let sentence = |reason: String| reason.split_whitespace().collect::<Vec<_>>().join(" ");
        create_table(database, table).map_err(|reason| format!("table {}: {}", table.name, sentence(reason)))
    };
    tables.iter().try_for_each(create)
}
