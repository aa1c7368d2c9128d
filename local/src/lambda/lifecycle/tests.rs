use std::time::Duration;

use bytes::Bytes;
use rustix::process::Pid;
use tokio::sync::oneshot::{self, error::TryRecvError};
use tokio::time::Instant;

use super::{Bounds, Id, Instances, Next, Place};
use crate::ids::Trace;
use crate::lambda::invocation::{Completion, Fault, Invocation};
use crate::lambda::phase::End;

const LONG: Duration = Duration::from_mins(1);
const BOUNDS: Bounds = Bounds { timeout: LONG, init: LONG, idle: LONG, concurrency: 2, queue: 3 };

type Caller = oneshot::Receiver<Completion>;

fn invocation(id: &str) -> (Invocation, Caller) {
    let (reply, caller) = oneshot::channel();
    (Invocation { id: id.to_owned(), event: Bytes::new(), trace: Trace::new(), reply }, caller)
}

fn alive(_: Pid) -> bool {
    false
}

fn dead(_: Pid) -> bool {
    true
}

impl Instances {
    fn submitted(&mut self, id: &str) -> (Result<Place, Fault>, Caller) {
        let (invocation, caller) = invocation(id);
        (self.submit(invocation, alive), caller)
    }

    fn waits(&mut self, id: Id) -> oneshot::Receiver<Invocation> {
        match self.poll(id, alive) {
            Next::Wait { handed, .. } => handed,
            Next::Work(_) | Next::Refused => panic!("it should wait"),
        }
    }

    /// An instance that works on an invocation of this id.
    fn working(&mut self, invocation: &str) -> (Id, Caller) {
        let (place, caller) = self.submitted(invocation);
        assert_eq!(place, Ok(Place::Queued));
        let [id] = self.start(true)[..] else { panic!("one instance is missing") };
        self.has_process(id, Pid::INIT, Instant::now());
        let Next::Work(invocation) = self.poll(id, alive) else { panic!("an invocation waits") };
        assert!(self.begin(id, invocation).is_some());
        (id, caller)
    }

    /// An instance that has polled, and nothing waits.
    fn polling(&mut self) -> (Id, oneshot::Receiver<Invocation>) {
        let (id, _caller) = self.working("first");
        assert!(self.answer(id, None, Ok(Bytes::new())));
        (id, self.waits(id))
    }
}

fn answered(caller: &mut Caller) -> Result<Bytes, Fault> {
    caller.try_recv().expect("an answer").result
}

#[test]
fn the_first_invocation_tells_the_time_to_the_first_poll_and_no_other_does() {
    let mut instances = Instances::new(BOUNDS);
    let (id, mut first) = instances.working("1");
    assert!(instances.answer(id, Some("1"), Ok(Bytes::new())));
    assert!(first.try_recv().unwrap().init.is_some());
    let mut handed = instances.waits(id);
    let (place, mut second) = instances.submitted("2");
    assert_eq!(place, Ok(Place::Handed));
    instances.begin(id, handed.try_recv().unwrap()).unwrap();
    instances.answer(id, Some("2"), Ok(Bytes::new()));
    assert!(second.try_recv().unwrap().init.is_none());
}

#[test]
fn instances_are_started_for_what_waits_and_not_for_what_others_will_take() {
    let mut instances = Instances::new(BOUNDS);
    let (_, _first) = instances.submitted("1");
    assert_eq!(instances.start(true).len(), 1);
    assert_eq!(instances.start(true), [], "one starts already");
    let (_, _second) = instances.submitted("2");
    let (_, _third) = instances.submitted("3");
    assert_eq!(instances.start(true).len(), 1, "two at most");

    let mut instances = Instances::new(BOUNDS);
    let (id, _caller) = instances.working("1");
    instances.answer(id, None, Ok(Bytes::new()));
    let (place, _caller) = instances.submitted("2");
    assert_eq!(place, Ok(Place::BehindAnswered));
    assert_eq!(instances.start(true), [], "one is about to poll");
    assert_eq!(instances.start(false).len(), 1, "it does not");
}

#[test]
fn the_queue_is_bounded_and_those_who_have_gone_do_not_count() {
    let mut instances = Instances::new(Bounds { queue: 1, ..BOUNDS });
    let (_, gone) = instances.submitted("1");
    assert_eq!(instances.submitted("2").0, Err(Fault::Throttled));
    drop(gone);
    assert_eq!(instances.submitted("3").0, Ok(Place::Queued));
}

#[test]
fn the_instance_that_polled_last_is_the_first_to_work() {
    let mut instances = Instances::new(BOUNDS);
    let (early, _one) = instances.working("1");
    let (late, _two) = instances.working("2");
    for id in [early, late] {
        instances.answer(id, None, Ok(Bytes::new()));
    }
    let mut first = instances.waits(early);
    std::thread::sleep(Duration::from_millis(1));
    let mut second = instances.waits(late);
    let (_, _caller) = instances.submitted("3");
    assert!(second.try_recv().is_ok());
    assert_eq!(first.try_recv().err(), Some(TryRecvError::Empty));
}

#[test]
fn an_instance_that_died_or_whose_poll_broke_is_handed_nothing() {
    let mut instances = Instances::new(BOUNDS);
    let (id, handed) = instances.polling();
    drop(handed);
    assert_eq!(instances.submitted("1").0, Ok(Place::Queued));

    let mut instances = Instances::new(BOUNDS);
    let (_, mut handed) = instances.polling();
    let (second, _caller) = invocation("1");
    assert_eq!(instances.submit(second, dead), Ok(Place::Queued));
    assert!(handed.try_recv().is_err());
    assert!(matches!(instances.poll(id, dead), Next::Refused), "it polled with its last breath");
}

#[test]
fn an_instance_that_polls_before_it_has_answered_is_refused_and_its_caller_is_told() {
    let mut instances = Instances::new(BOUNDS);
    let (id, mut caller) = instances.working("1");
    assert!(matches!(instances.poll(id, alive), Next::Refused));
    assert!(matches!(answered(&mut caller), Err(Fault::Exited(how)) if how.contains("before it answered")));
    instances.waits(id);
}

#[test]
fn only_the_invocation_that_an_instance_works_on_can_be_answered_and_once() {
    let mut instances = Instances::new(BOUNDS);
    let (id, mut caller) = instances.working("1");
    assert!(!instances.answer(id, Some("2"), Ok(Bytes::new())));
    assert!(instances.works_on(id, "1") && !instances.works_on(id, "2"));
    assert!(instances.answer(id, Some("1"), Ok(Bytes::new())));
    assert!(!instances.answer(id, Some("1"), Ok(Bytes::new())));
    assert_eq!(answered(&mut caller), Ok(Bytes::new()));
}

#[test]
fn an_instance_that_is_ending_takes_nothing_and_may_still_answer() {
    let mut instances = Instances::new(BOUNDS);
    let (id, mut caller) = instances.working("1");
    instances.close(id);
    assert!(matches!(instances.poll(id, alive), Next::Refused) && caller.try_recv().is_ok());

    let (id, mut caller) = instances.working("2");
    instances.close(id);
    assert!(instances.works_on(id, "2"));
    assert!(instances.answer(id, Some("2"), Ok(Bytes::new())));
    assert_eq!(answered(&mut caller), Ok(Bytes::new()));

    let mut instances = Instances::new(Bounds { idle: Duration::ZERO, ..BOUNDS });
    let (id, mut handed) = instances.polling();
    let (_, mut caller) = instances.submitted("3");
    assert_eq!(instances.overdue(id), Err(End::Idle));
    assert!(instances.begin(id, handed.try_recv().unwrap()).is_none());
    assert_eq!(caller.try_recv().err(), Some(TryRecvError::Closed), "dropped, so it is handed out again");
}

#[test]
fn each_phase_has_a_time_of_its_own() {
    let mut instances = Instances::new(Bounds { init: Duration::ZERO, ..BOUNDS });
    let (_, _caller) = instances.submitted("1");
    let [id] = instances.start(true)[..] else { panic!("one instance is missing") };
    assert_eq!(instances.overdue(id), Err(End::InitTimedOut));

    let mut instances = Instances::new(Bounds { timeout: Duration::ZERO, ..BOUNDS });
    let (working, _caller) = instances.working("1");
    let (about_to_poll, _caller) = instances.working("2");
    instances.answer(about_to_poll, None, Ok(Bytes::new()));
    assert_eq!(instances.overdue(working), Err(End::TimedOut));
    assert_eq!(instances.overdue(about_to_poll), Err(End::TimedOut));

    let mut instances = Instances::new(Bounds { idle: Duration::ZERO, ..BOUNDS });
    let (polling, _handed) = instances.polling();
    assert_eq!(instances.overdue(polling), Err(End::Idle));
}

#[test]
fn only_a_deadline_earlier_than_the_one_slept_to_is_urgent() {
    let mut instances = Instances::new(Bounds { timeout: LONG / 2, ..BOUNDS });
    let (_, _caller) = instances.submitted("1");
    let [id] = instances.start(true)[..] else { panic!("one instance is missing") };
    assert!(instances.overdue(id).is_ok(), "its watcher sleeps to the init limit");
    let Next::Work(first) = instances.poll(id, alive) else { panic!("an invocation waits") };
    assert!(instances.begin(id, first).unwrap().is_urgent);
    assert!(instances.overdue(id).is_ok(), "it sleeps to the first deadline");
    instances.answer(id, None, Ok(Bytes::new()));
    let mut handed = instances.waits(id);
    let (_, _caller) = instances.submitted("2");
    assert!(!instances.begin(id, handed.try_recv().unwrap()).unwrap().is_urgent);
}

#[test]
fn an_instance_that_cannot_start_says_why() {
    let mut instances = Instances::new(BOUNDS);
    let (_, mut caller) = instances.submitted("1");
    let [id] = instances.start(true)[..] else { panic!("one instance is missing") };
    instances.init_failed(id, "no settings".to_owned());
    instances.close(id);
    assert_eq!(instances.overdue(id), Err(End::InitFailed("no settings".to_owned())));
    let fault = Fault::Exited("no settings".to_owned());
    instances.remove(id, &fault);
    assert_eq!(answered(&mut caller), Err(fault), "it never polled, so one that waits is its victim");
}

#[test]
fn the_end_of_an_instance_answers_its_caller_and_no_other() {
    let mut instances = Instances::new(BOUNDS);
    let (id, mut caller) = instances.working("1");
    let (_, mut waiting) = instances.submitted("2");
    instances.remove(id, &Fault::Stopped);
    assert_eq!(answered(&mut caller), Err(Fault::Stopped));
    assert_eq!(waiting.try_recv().err(), Some(TryRecvError::Empty));
    assert_eq!(instances.start(true).len(), 1, "another is started for it");
    instances.refuse_all(&Fault::Stopped);
    assert_eq!(answered(&mut waiting), Err(Fault::Stopped));
}

#[test]
fn a_retired_function_keeps_no_instance_and_answers_those_who_come_late() {
    let mut instances = Instances::new(BOUNDS);
    let (busy, mut caller) = instances.working("1");
    let (idle, _handed) = instances.polling();
    instances.retire();
    assert_eq!(instances.overdue(idle), Err(End::Idle));
    assert!(instances.overdue(busy).is_ok(), "it has something to do");
    instances.remove(idle, &Fault::Stopped);
    let (place, _late) = instances.submitted("2");
    assert_eq!(place, Ok(Place::Queued));
    instances.answer(busy, None, Ok(Bytes::new()));
    assert_eq!(answered(&mut caller), Ok(Bytes::new()));
    let Next::Work(late) = instances.poll(busy, alive) else { panic!("an invocation waits") };
    instances.begin(busy, late).unwrap();
    instances.answer(busy, None, Ok(Bytes::new()));
    assert!(matches!(instances.poll(busy, alive), Next::Wait { is_over: true, .. }));
    assert_eq!(instances.overdue(busy), Err(End::Idle));
}
