//! A proxy between the functions and the database that writes down what is asked.

use std::{
    io::{BufReader, Write},
    net::TcpStream,
    sync::{Arc, Mutex},
};

use crate::{
    harness::Api,
    wire::{self, Upstream},
};

/// An API whose every call to DynamoDB is known.
pub(crate) struct Watched {
    pub(crate) api: Api,
    calls: Arc<Mutex<Calls>>,
}

#[derive(Default)]
struct Calls {
    operations: Vec<String>,
    bytes: usize,
}

impl Watched {
    pub(crate) fn start() -> Self {
        let calls = Arc::<Mutex<Calls>>::default();
        let database = Upstream::default();
        let address = wire::listen({
            let (calls, database) = (Arc::clone(&calls), database.clone());
            move |connection| forward(connection, &database, &calls)
        });
        let api = Api::with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &format!("http://{address}"))]);
        database.set(&api);
        Self { api, calls }
    }

    /// The operations that were called since the last time, sorted.
    pub(crate) fn operations(&self) -> Vec<String> {
        let mut operations = std::mem::take(&mut self.calls.lock().unwrap().operations);
        operations.sort();
        operations
    }

    /// The read units that the answers since the last time stand for: one for each 4 KB that was read consistently
    /// ("DynamoDB read and write operations"). Counted by the answers' length, which is a little more than the items'.
    pub(crate) fn units(&self) -> usize {
        std::mem::take(&mut self.calls.lock().unwrap().bytes).div_ceil(4 * 1024)
    }
}

fn forward(client: TcpStream, database: &Upstream, calls: &Mutex<Calls>) -> Option<()> {
    let mut database = database.connect()?;
    let mut answers = BufReader::new(database.try_clone().ok()?);
    let mut caller = client.try_clone().ok()?;
    let mut requests = BufReader::new(client);
    loop {
        let request = wire::read(&mut requests)?;
        calls.lock().unwrap().operations.extend(request.operation);
        database.write_all(&request.bytes).ok()?;
        let answer = wire::read(&mut answers)?;
        calls.lock().unwrap().bytes += answer.bytes.len();
        caller.write_all(&answer.bytes).ok()?;
    }
}
