//! A proxy between the functions and the database that loses the answer to one write.

use std::{
    io::{BufReader, Write},
    net::{Shutdown, TcpStream},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use crate::{
    Api, App,
    wire::{self, Message, Upstream},
};

/// What becomes of the write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
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
pub struct Lossy {
    /// The API.
    pub api: Api,
    losses: Arc<Mutex<Losses>>,
}

/// Which calls meet a fault.
enum Losses {
    None,
    Planned(Plan),
    /// One write in so many, with a fault of any kind.
    Random(u32, fastrand::Rng),
}

/// A fault of the next call of this operation.
struct Plan {
    operation: &'static str,
    of_the_counter: bool,
    fault: Fault,
    happened: Sender<()>,
    go_on: Receiver<()>,
}

/// How long a late call is under way, if no test decides: longer than a function waits for its answer.
const LATE: Duration = Duration::from_millis(1_700);

/// What happens to one write.
pub struct Incident {
    happened: Receiver<()>,
    go_on: Sender<()>,
}

impl Incident {
    /// Waits until the write has reached the proxy and, but for one that is late or lost, the database.
    pub fn wait(&self) {
        self.happened.recv_timeout(Duration::from_secs(20)).expect("the write never came");
    }

    /// Lets the proxy go on.
    pub fn go_on(&self) {
        let _ = self.go_on.send(());
    }
}

impl Lossy {
    /// Loses nothing until it is told to.
    pub fn start(app: &'static App) -> Self {
        Self::with(app, Losses::None)
    }

    /// Loses one write in so many, without a plan.
    pub fn at_random(app: &'static App, one_in: u32, seed: u64) -> Self {
        Self::with(app, Losses::Random(one_in, fastrand::Rng::with_seed(seed)))
    }

    fn with(app: &'static App, losses: Losses) -> Self {
        let losses = Arc::new(Mutex::new(losses));
        let database = Upstream::default();
        let address = wire::listen({
            let (losses, database) = (Arc::clone(&losses), database.clone());
            move |connection| forward(connection, &database, &losses)
        });
        let api = app.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &format!("http://{address}"))]);
        database.set(&api);
        Self { api, losses }
    }

    /// The next call of this operation that writes an item meets this fault.
    pub fn next(&self, operation: &'static str, fault: Fault) -> Incident {
        self.plan(operation, false, fault)
    }

    /// The next create gets an id, and does not learn which.
    pub fn next_id_is_cut(&self) {
        self.plan("UpdateItem", true, Fault::Cut).go_on();
    }

    fn plan(&self, operation: &'static str, of_the_counter: bool, fault: Fault) -> Incident {
        let (happened, has_happened) = channel();
        let (go_on, may_go_on) = channel();
        let plan = Plan { operation, of_the_counter, fault, happened, go_on: may_go_on };
        *self.losses.lock().unwrap() = Losses::Planned(plan);
        Incident { happened: has_happened, go_on }
    }
}

fn forward(client: TcpStream, database: &Upstream, losses: &Mutex<Losses>) -> Option<()> {
    let mut database = database.connect()?;
    let mut answers = BufReader::new(database.try_clone().ok()?);
    let mut caller = client.try_clone().ok()?;
    let mut requests = BufReader::new(client);
    loop {
        let request = wire::read(&mut requests)?;
        let (fault, plan) = meets(losses, &request);
        let Some(fault) = fault else {
            database.write_all(&request.bytes).ok()?;
            caller.write_all(&wire::read(&mut answers)?.bytes).ok()?;
            continue;
        };
        let mut land = || {
            database.write_all(&request.bytes).ok()?;
            wire::read(&mut answers).map(drop)
        };
        if !matches!(fault, Fault::Lost | Fault::Late) {
            land()?;
        }
        if let Some(plan) = plan {
            let _ = plan.happened.send(());
            let _ = plan.go_on.recv_timeout(Duration::from_secs(20));
        } else if fault == Fault::Late {
            thread::sleep(LATE);
        }
        match fault {
            // The connection stays open until the function gives it up.
            Fault::Withheld => drop(wire::read(&mut requests)),
            Fault::Late => land()?,
            Fault::Cut | Fault::Lost => caller.shutdown(Shutdown::Both).ok()?,
            Fault::Failed => caller.write_all(&answer(500, "InternalServerError")).ok()?,
            Fault::InProgress => {
                let mut next = request;
                let operation = next.operation.clone();
                while next.operation == operation {
                    caller.write_all(&answer(400, "TransactionInProgressException")).ok()?;
                    next = wire::read(&mut requests)?;
                }
                database.write_all(&next.bytes).ok()?;
                caller.write_all(&wire::read(&mut answers)?.bytes).ok()?;
            }
        }
    }
}

/// What happens to this request, and the plan that says so.
fn meets(losses: &Mutex<Losses>, request: &Message) -> (Option<Fault>, Option<Plan>) {
    let is_counter = memchr::memmem::find(&request.bytes, br#"{"S":"counter"}"#).is_some();
    let mut losses = losses.lock().unwrap();
    let is_meant = match &mut *losses {
        Losses::Random(one_in, random) => {
            // What only reads is tried again, and nothing comes of it.
            if matches!(request.operation.as_deref(), Some("GetItem" | "Query" | "Scan"))
                || request.is_warm_up()
            {
                return (None, None);
            }
            let faults = [Fault::Withheld, Fault::Cut, Fault::Cut, Fault::Lost, Fault::Late, Fault::Failed];
            return (random.choice(faults).filter(|_| random.u32(0..*one_in) == 0), None);
        }
        Losses::Planned(plan) => {
            request.operation.as_deref() == Some(plan.operation) && plan.of_the_counter == is_counter
        }
        Losses::None => false,
    };
    if !is_meant || request.is_warm_up() {
        return (None, None);
    }
    match std::mem::replace(&mut *losses, Losses::None) {
        Losses::Planned(plan) => (Some(plan.fault), Some(plan)),
        _ => (None, None),
    }
}

fn answer(status: u16, code: &str) -> Vec<u8> {
    let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"fake"}}"#);
    let head = "content-type: application/x-amz-json-1.0";
    format!("HTTP/1.1 {status} Fake\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
