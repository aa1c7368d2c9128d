//! DynamoDB on this machine: the embedded database, its tables from the template, its protocol over HTTP.
//!
//! It has a thread and a runtime of its own. `SQLite` works one statement at a time and waits for the disk,
//! which must not hold up the gateway; and dropping the runtime ends every connection, so the file is closed.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use dynoxide::Database;
use tokio::sync::oneshot;

use crate::schema::create_table;
use crate::template::Table;
use crate::{Error, Log};

/// Where the tables live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// In memory, for as long as the server runs.
    Memory,
    /// In a `SQLite` file, which is made if it is missing. A file beside it (`….lock`) keeps a second server out.
    File(PathBuf),
}

/// How often expired items are removed. AWS promises a few days; a minute is soon enough to see it happen.
const SWEEP: Duration = Duration::from_mins(1);
/// How long requests in flight may take at the end.
const LAST_REQUESTS: Duration = Duration::from_millis(200);
/// Tries to lock the file. A child that is being started has it, too, until it has become another program.
const LOCK_ATTEMPTS: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// The running database.
pub(crate) struct DynamoDb {
    pub(crate) url: String,
    database: Database,
    /// Dropped to end the thread.
    stop: oneshot::Sender<()>,
    ended: oneshot::Receiver<()>,
}

impl DynamoDb {
    /// Opens the data, creates the tables that are missing, and serves them at the address.
    pub(crate) async fn start(
        data: Data,
        address: SocketAddr,
        tables: Vec<Table>,
        log: Log,
    ) -> Result<Self, Error> {
        let (started, start) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        let thread = thread::Builder::new().name("dynamodb".to_owned());
        thread
            .spawn(move || {
                run(&data, address, &tables, &log, started, stopped);
                let _ = end.send(());
            })
            .map_err(|error| Error::new(format!("cannot start a thread: {error}")))?;
        let started = start.await.unwrap_or_else(|_| Err(Error::new("the database did not start")));
        let (address, database) = started?;
        Ok(Self { url: url(address), database, stop, ended })
    }

    /// Creates the tables that are missing.
    pub(crate) async fn create_tables(&self, tables: Vec<Table>) -> Result<(), Error> {
        let database = self.database.clone();
        let creating = tokio::task::spawn_blocking(move || create_tables(&database, &tables));
        let created = creating.await.unwrap_or_else(|error| Err(error.to_string()));
        created.map_err(|reason| Error::new(format!("cannot use the database: {reason}")))
    }

    /// Closes every connection and the file.
    pub(crate) async fn shutdown(self) {
        drop((self.stop, self.database));
        let _ = self.ended.await;
    }
}

impl fmt::Debug for DynamoDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamoDb").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Where this machine's own clients find it.
fn url(address: SocketAddr) -> String {
    let own =
        if address.ip().is_unspecified() { (Ipv4Addr::LOCALHOST, address.port()).into() } else { address };
    format!("http://{own}")
}

/// The thread: from opening the file to closing it.
fn run(
    data: &Data,
    address: SocketAddr,
    tables: &[Table],
    log: &Log,
    started: oneshot::Sender<Result<(SocketAddr, Database), Error>>,
    stopped: oneshot::Receiver<()>,
) {
    let opened = open(data, tables).and_then(|(database, lock)| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::new(format!("cannot start the database: {error}")))?;
        let listener = {
            let _within = runtime.enter();
            crate::listen(address)
        };
        let listener = listener.map_err(|error| crate::cannot_listen(address, "--dynamodb-port", &error))?;
        let address = listener.local_addr().map_err(|error| Error::new(error.to_string()))?;
        Ok((database, lock, runtime, listener, address))
    });
    let (database, lock, runtime, listener, address) = match opened {
        Ok(opened) => opened,
        Err(error) => return drop(started.send(Err(error))),
    };
    if started.send(Ok((address, database.clone()))).is_err() {
        return;
    }
    let (end_sweeps, no_more_sweeps) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let swept = database.clone();
        scope.spawn(move || sweep(&swept, log, &no_more_sweeps));
        runtime.block_on(async {
            tokio::select! {
                result = dynoxide::server::serve_with_shutdown(listener, database, std::future::pending()) => {
                    log.fault(format!("the database stopped: {result:?}"));
                }
                _ = stopped => {}
            }
        });
        drop(end_sweeps);
        runtime.shutdown_timeout(LAST_REQUESTS);
    });
    drop(lock);
}

/// Removes expired items now and then, until the channel closes.
fn sweep(database: &Database, log: &Log, end: &mpsc::Receiver<()>) {
    loop {
        if let Err(error) = database.sweep_ttl() {
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
            let lock = lock(path).map_err(|reason| fault(&reason))?;
            check(path).map_err(|reason| fault(&reason))?;
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
        create_table(database, table).map_err(|reason| format!("table {}: {reason}", table.name))
    };
    tables.iter().try_for_each(create)
}

/// One server for one file. The lock ends with the process, however that ends.
fn lock(path: &Path) -> Result<File, String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::options().create(true).truncate(false).write(true).open(&name);
    let file = file.map_err(|error| format!("{}: {error}", name.display()))?;
    let mut attempt = 0;
    loop {
        attempt += 1;
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if attempt < LOCK_ATTEMPTS => thread::sleep(LOCK_PAUSE),
            Err(TryLockError::WouldBlock) => return Err("another `local` is running on it".to_owned()),
            Err(TryLockError::Error(error)) => return Err(format!("it cannot be locked: {error}")),
        }
    }
}

/// What `SQLite` would say in many words, or only at the first request.
fn check(path: &Path) -> Result<(), String> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    if path.is_dir() {
        return Err("it is a directory".to_owned());
    }
    let mut start = Vec::new();
    match File::open(path) {
        Ok(file) => {
            let read = file.take(MAGIC.len() as u64).read_to_end(&mut start);
            read.map_err(|error| error.to_string())?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.to_string()),
    }
    if start.is_empty() || start == MAGIC { Ok(()) } else { Err("it is not a SQLite database".to_owned()) }
}
