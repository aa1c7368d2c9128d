//! A proxy between the functions and the database that loses the answer to one write.

use std::{
    io::{BufReader, Write},
    net::{Shutdown, TcpStream},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    time::Duration,
};

use crate::{
    harness::Api,
    wire::{self, Message, Upstream},
};

/// What becomes of the write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is made, and nothing is answered.
    Withheld,
    /// It is made, and the connection ends.
    Cut,
    /// It is not made, and the connection ends.
    Lost,
    /// It is made when the test goes on, though nobody waits for it any more.
    Late,
    /// It is made, and answered with a 500.
    Failed,
    /// It is made, and answered as a transaction that is still under way. So are its repeats.
    InProgress,
}

/// An API whose database loses answers where a test says so.
pub(crate) struct Lossy {
    pub(crate) api: Api,
    plan: Arc<Mutex<Option<Plan>>>,
}

struct Plan {
    operation: &'static str,
    of_the_counter: bool,
    fault: Fault,
    happened: Sender<()>,
    go_on: Receiver<()>,
}

/// What happens to one write.
pub(crate) struct Incident {
    happened: Receiver<()>,
    go_on: Sender<()>,
}

impl Incident {
    /// Waits until the write has reached the proxy and, but for one that is late or lost, the database.
    pub(crate) fn wait(&self) {
        self.happened.recv_timeout(Duration::from_secs(20)).expect("the write never came");
    }

    /// Lets the proxy go on.
    pub(crate) fn go_on(&self) {
        let _ = self.go_on.send(());
    }
}

impl Lossy {
    pub(crate) fn start() -> Self {
        let plan = Arc::<Mutex<Option<Plan>>>::default();
        let database = Upstream::default();
        let address = wire::listen({
            let (plan, database) = (Arc::clone(&plan), database.clone());
            move |connection| forward(connection, &database, &plan)
        });
        let api = Api::with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &format!("http://{address}"))]);
        database.set(&api);
        Self { api, plan }
    }

    /// The next call of this operation that writes an item meets this fault.
    pub(crate) fn next(&self, operation: &'static str, fault: Fault) -> Incident {
        self.plan(operation, false, fault)
    }

    /// The next create gets an id, and does not learn which.
    pub(crate) fn next_id_is_cut(&self) {
        self.plan("UpdateItem", true, Fault::Cut).go_on();
    }

    fn plan(&self, operation: &'static str, of_the_counter: bool, fault: Fault) -> Incident {
        let (happened, has_happened) = channel();
        let (go_on, may_go_on) = channel();
        let plan = Plan { operation, of_the_counter, fault, happened, go_on: may_go_on };
        *self.plan.lock().unwrap() = Some(plan);
        Incident { happened: has_happened, go_on }
    }
}

fn forward(client: TcpStream, database: &Upstream, plan: &Mutex<Option<Plan>>) -> Option<()> {
    let mut database = database.connect()?;
    let mut answers = BufReader::new(database.try_clone().ok()?);
    let mut caller = client.try_clone().ok()?;
    let mut requests = BufReader::new(client);
    loop {
        let request = wire::read(&mut requests)?;
        let Some(plan) = take(plan, &request) else {
            database.write_all(&request.bytes).ok()?;
            caller.write_all(&wire::read(&mut answers)?.bytes).ok()?;
            continue;
        };
        let mut land = || {
            database.write_all(&request.bytes).ok()?;
            wire::read(&mut answers).map(drop)
        };
        if !matches!(plan.fault, Fault::Lost | Fault::Late) {
            land()?;
        }
        let _ = plan.happened.send(());
        let _ = plan.go_on.recv_timeout(Duration::from_secs(20));
        match plan.fault {
            // The connection stays open until the function gives it up.
            Fault::Withheld => drop(wire::read(&mut requests)),
            Fault::Late => land()?,
            Fault::Cut | Fault::Lost => caller.shutdown(Shutdown::Both).ok()?,
            Fault::Failed => caller.write_all(&answer(500, "InternalServerError")).ok()?,
            Fault::InProgress => {
                let mut next = request;
                while next.operation.as_deref() == Some(plan.operation) {
                    caller.write_all(&answer(400, "TransactionInProgressException")).ok()?;
                    next = wire::read(&mut requests)?;
                }
                database.write_all(&next.bytes).ok()?;
                caller.write_all(&wire::read(&mut answers)?.bytes).ok()?;
            }
        }
    }
}

/// The plan, if it is about this request.
fn take(plan: &Mutex<Option<Plan>>, request: &Message) -> Option<Plan> {
    let is_counter = memchr::memmem::find(&request.bytes, br#"{"S":"counter"}"#).is_some();
    let mut plan = plan.lock().unwrap();
    let is_meant = plan.as_ref().is_some_and(|plan| {
        request.operation.as_deref() == Some(plan.operation) && plan.of_the_counter == is_counter
    });
    if is_meant && !request.is_warm_up() { plan.take() } else { None }
}

fn answer(status: u16, code: &str) -> Vec<u8> {
    let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"fake"}}"#);
    let head = "content-type: application/x-amz-json-1.0";
    format!("HTTP/1.1 {status} Fake\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
