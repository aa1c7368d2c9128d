//! A proxy between the functions and the database that loses the answer to one write.

use std::{
    net::TcpStream,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use anyhow::Result;
use loopback::http::{Connection, Listener, Request};

use crate::{
    Api, App, Upstream,
    dynamodb::{is_warm_up, operation, refusal},
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
    _listener: Listener,
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
        let listener = Listener::start({
            let (losses, database) = (Arc::clone(&losses), database.clone());
            move |stream| forward(Connection::new(stream), &database, &losses)
        })
        .unwrap();
        let api = database.start_behind(&listener, app);
        Self { api, losses, _listener: listener }
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

fn forward(mut client: Connection<TcpStream>, database: &Upstream, losses: &Mutex<Losses>) -> Result<()> {
    let mut database = database.connect()?;
    while let Some(request) = client.request()? {
        let (fault, plan) = meets(losses, &request);
        let Some(fault) = fault else {
            client.write(&database.exchange(request.bytes())?)?;
            continue;
        };
        if !matches!(fault, Fault::Lost | Fault::Late) {
            database.exchange(request.bytes())?;
        }
        if let Some(plan) = plan {
            let _ = plan.happened.send(());
            let _ = plan.go_on.recv_timeout(Duration::from_secs(20));
        } else if fault == Fault::Late {
            thread::sleep(LATE);
        }
        match fault {
            // The connection stays open until the function gives it up.
            Fault::Withheld => drop(client.request()),
            Fault::Late => drop(database.exchange(request.bytes())?),
            Fault::Cut | Fault::Lost => return Ok(()),
            Fault::Failed => client.write(&refusal(500, "InternalServerError"))?,
            Fault::InProgress => {
                client.write(&refusal(400, "TransactionInProgressException"))?;
                while let Some(next) = client.request()? {
                    if operation(&next) != operation(&request) {
                        client.write(&database.exchange(next.bytes())?)?;
                        break;
                    }
                    client.write(&refusal(400, "TransactionInProgressException"))?;
                }
            }
        }
    }
    Ok(())
}

/// What happens to this request, and the plan that says so.
fn meets(losses: &Mutex<Losses>, request: &Request) -> (Option<Fault>, Option<Plan>) {
    let is_counter = memchr::memmem::find(request.body(), br#"{"S":"counter"}"#).is_some();
    let mut losses = losses.lock().unwrap();
    let is_meant = match &mut *losses {
        Losses::Random(one_in, random) => {
            // What only reads is tried again, and nothing comes of it.
            if matches!(operation(request), Some("GetItem" | "Query" | "Scan")) || is_warm_up(request) {
                return (None, None);
            }
            let faults = [Fault::Withheld, Fault::Cut, Fault::Cut, Fault::Lost, Fault::Late, Fault::Failed];
            return (random.choice(faults).filter(|_| random.u32(0..*one_in) == 0), None);
        }
        Losses::Planned(plan) => {
            operation(request) == Some(plan.operation) && plan.of_the_counter == is_counter
        }
        Losses::None => false,
    };
    if !is_meant || is_warm_up(request) {
        return (None, None);
    }
    match std::mem::replace(&mut *losses, Losses::None) {
        Losses::Planned(plan) => (Some(plan.fault), Some(plan)),
        _ => (None, None),
    }
}
