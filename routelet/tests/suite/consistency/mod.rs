//! Races, checked by a model.
//!
//! Clients create, change, delete, read and list the same few items at the same time, at random and with
//! retries, while the functions are killed under them. What they asked, what they were answered and when is
//! the history of the run; `checker` says what must hold of it, and `register` whether one item could have
//! behaved so. What a killed function was asked to do may have happened or not, and the model allows both. In
//! other runs no function is killed, but the database's answers get lost, late or withheld.
//!
//! Every run is another one: a failure prints the seed, and `CONSISTENCY_SEED` sets it. The seed is that of
//! what the clients do; how their requests meet is up to the machine. A checker that never fails proves
//! nothing, so `checks` shows it histories with one flaw each.

mod checker;
mod checks;
mod client;
mod history;
mod register;

use std::{
    env,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use testkit::Api;

use self::{
    client::{Board, Client, FUNCTIONS},
    history::{History, Kill},
};
use crate::app::APP;

/// How long the clients go on.
const RUN: Duration = Duration::from_secs(6);
const CLIENTS: u64 = 4;

/// The answer to one write of the database in so many gets lost.
const LOSSES: u32 = 5;

#[test]
fn books_behave_as_one_book_at_a_time() {
    run(&APP.start(), seed(), true);
}

mod costs {
    use testkit::Lossy;

    use super::{LOSSES, run, seed};
    use crate::app::APP;

    #[test]
    fn books_behave_so_whatever_gets_lost() {
        let seed = seed();
        run(&Lossy::at_random(&APP, LOSSES, seed).api, seed, false);
    }
}

fn seed() -> u64 {
    env::var("CONSISTENCY_SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap())
}

fn run(api: &Api, seed: u64, kills: bool) {
    let board = Board::default();
    let started = Instant::now();
    let client = |number: u64| Client::new(api, &board, started, seed.wrapping_add(number));
    let is_over = AtomicBool::new(!kills);
    let mut history = History { is_lossy: !kills, ..History::default() };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let mut client = client(number);
                scope.spawn(move || {
                    while started.elapsed() < RUN {
                        client.act();
                    }
                    client.calls
                })
            })
            .collect();
        let killer = scope.spawn(|| kill(api, started, seed, &is_over));
        history.calls = clients.into_iter().flat_map(|client| client.join().unwrap()).collect();
        is_over.store(true, Ordering::SeqCst);
        history.kills = killer.join().unwrap();
    });
    let mut last = client(CLIENTS);
    last.look_at_everything();
    history.calls.extend(last.calls);
    history.calls.sort_by_key(|call| call.from);
    let judged = checker::check(&history).unwrap_or_else(|wrong| {
        panic!("with CONSISTENCY_SEED={seed}, {} things are wrong:\n{}", wrong.len(), wrong.join("\n"))
    });
    println!("CONSISTENCY_SEED={seed}, {} kills: {judged:?}, {:?}", history.kills.len(), started.elapsed());
}

/// Kills the instances of one function after the other.
fn kill(api: &Api, started: Instant, seed: u64, is_over: &AtomicBool) -> Vec<Kill> {
    let mut random = fastrand::Rng::with_seed(!seed);
    let mut kills = Vec::new();
    while !is_over.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(random.u64(20..400)));
        let function = random.choice(FUNCTIONS).unwrap();
        let at = started.elapsed();
        if api.kill_instances(function) > 0 {
            kills.push(Kill { at, function: function.to_owned() });
        }
    }
    kills
}
