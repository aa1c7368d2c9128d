//! A proxy between the functions and the database that writes down what is asked.

use std::{
    io::{BufReader, Write},
    net::TcpStream,
    sync::{Arc, Mutex},
};

use crate::{
    Api, App,
    wire::{self, Upstream},
};

/// An API whose every call to DynamoDB is known.
pub struct Watched {
    /// The API.
    pub api: Api,
    calls: Arc<Mutex<Calls>>,
}

#[derive(Default)]
struct Calls {
    operations: Vec<String>,
    warm_ups: Vec<String>,
    connections: usize,
    bytes: usize,
}

impl Watched {
    /// Starts it.
    pub fn start(app: &'static App) -> Self {
        let calls = Arc::<Mutex<Calls>>::default();
        let database = Upstream::default();
        let address = wire::listen({
            let (calls, database) = (Arc::clone(&calls), database.clone());
            move |connection| forward(connection, &database, &calls)
        });
        let api = app.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &format!("http://{address}"))]);
        database.set(&api);
        Self { api, calls }
    }

    /// The operations by which functions opened their connections since the last time.
    pub fn warm_ups(&self) -> Vec<String> {
        std::mem::take(&mut self.calls.lock().unwrap().warm_ups)
    }

    /// How many connections there were so far.
    pub fn connections(&self) -> usize {
        self.calls.lock().unwrap().connections
    }

    /// The operations that requests called since the last time, sorted.
    pub fn operations(&self) -> Vec<String> {
        let mut operations = std::mem::take(&mut self.calls.lock().unwrap().operations);
        operations.sort();
        operations
    }

    /// The read units that the answers since the last time stand for: one for each 4 KB that was read
    /// consistently ("DynamoDB read and write operations"). Counted by the answers' length, which is a
    /// little more than the items'.
    pub fn units(&self) -> usize {
        std::mem::take(&mut self.calls.lock().unwrap().bytes).div_ceil(4 * 1024)
    }
}

fn forward(client: TcpStream, database: &Upstream, calls: &Mutex<Calls>) -> Option<()> {
    let mut database = database.connect()?;
    let mut answers = BufReader::new(database.try_clone().ok()?);
    let mut caller = client.try_clone().ok()?;
    let mut requests = BufReader::new(client);
    calls.lock().unwrap().connections += 1;
    loop {
        let request = wire::read(&mut requests)?;
        let is_warm_up = request.is_warm_up();
        let mut seen = calls.lock().unwrap();
        if is_warm_up { &mut seen.warm_ups } else { &mut seen.operations }.extend(request.operation);
        drop(seen);
        database.write_all(&request.bytes).ok()?;
        let answer = wire::read(&mut answers)?;
        if !is_warm_up {
            calls.lock().unwrap().bytes += answer.bytes.len();
        }
        caller.write_all(&answer.bytes).ok()?;
    }
}
