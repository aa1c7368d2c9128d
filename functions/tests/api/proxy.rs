//! A proxy between the functions and the database that writes down what is asked.

use std::{
    io::{BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, OnceLock},
    thread,
};

use crate::{harness::Api, wire};

/// An API whose every call to DynamoDB is known.
pub(crate) struct Watched {
    pub(crate) api: Api,
    operations: Arc<Mutex<Vec<String>>>,
}

impl Watched {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let operations = Arc::new(Mutex::new(Vec::new()));
        let database = Arc::new(OnceLock::<String>::new());
        let (log, upstream) = (Arc::clone(&operations), Arc::clone(&database));
        // The threads end with the connections, and the last one with the process.
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (log, upstream) = (Arc::clone(&log), Arc::clone(&upstream));
                thread::spawn(move || forward(connection, upstream.wait(), &log));
            }
        });
        let api = Api::with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &url)]);
        database.set(api.server().dynamodb_url().trim_start_matches("http://").to_owned()).unwrap();
        Self { api, operations }
    }

    /// The operations that were called since the last time, sorted.
    pub(crate) fn operations(&self) -> Vec<String> {
        let mut operations = std::mem::take(&mut *self.operations.lock().unwrap());
        operations.sort();
        operations
    }
}

fn forward(client: TcpStream, database: &str, operations: &Mutex<Vec<String>>) -> Option<()> {
    let mut database = TcpStream::connect(database).ok()?;
    let mut answers = BufReader::new(database.try_clone().ok()?);
    let mut caller = client.try_clone().ok()?;
    let mut requests = BufReader::new(client);
    loop {
        let request = wire::read(&mut requests)?;
        operations.lock().unwrap().extend(request.operation);
        database.write_all(&request.bytes).ok()?;
        caller.write_all(&wire::read(&mut answers)?.bytes).ok()?;
    }
}
