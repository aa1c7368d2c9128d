//! A proxy between the functions and the database that writes down what is asked.

use std::{
    net::TcpStream,
    sync::{Arc, Mutex},
};

use anyhow::Result;
use loopback::http::{Connection, Listener};

use crate::{
    Api, App, Upstream,
    dynamodb::{is_warm_up, operation},
};

/// An API whose every call to DynamoDB is known.
pub struct Watched {
    /// The API.
    pub api: Api,
    calls: Arc<Mutex<Calls>>,
    _listener: Listener,
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
        let listener = Listener::start({
            let (calls, database) = (Arc::clone(&calls), database.clone());
            move |stream| forward(Connection::new(stream), &database, &calls)
        })
        .unwrap();
        let api = database.start_behind(&listener, app);
        Self { api, calls, _listener: listener }
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

fn forward(mut client: Connection<TcpStream>, database: &Upstream, calls: &Mutex<Calls>) -> Result<()> {
    let mut database = database.connect()?;
    calls.lock().unwrap().connections += 1;
    while let Some(request) = client.request()? {
        let is_warm_up = is_warm_up(&request);
        let mut seen = calls.lock().unwrap();
        let operations = if is_warm_up { &mut seen.warm_ups } else { &mut seen.operations };
        operations.extend(operation(&request).map(str::to_owned));
        drop(seen);
        let answer = database.exchange(request.bytes())?;
        if !is_warm_up {
            calls.lock().unwrap().bytes += answer.len();
        }
        client.write(&answer)?;
    }
    Ok(())
}
