//! `--watch`: builds what changed, and lets it take over while requests come in.

mod changes;
mod inputs;
mod pins;

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::PathBuf;
use std::thread::available_parallelism;
use std::time::SystemTime;

use template::Template;

use self::changes::Changes;
use self::inputs::Inputs;
use self::pins::Pins;
use crate::build::{self, Built};
use crate::outdated::Outdated;
use crate::{Binaries, Error, Log, Server};

/// Names told of the functions that changed; more are counted.
const NAMES: usize = 5;

/// The sources of a template's functions, under watch.
#[derive(Debug)]
pub struct Watch {
    template: PathBuf,
    release: bool,
    pins: Pins,
    changes: Changes,
    /// The binaries that are still to be built.
    due: BTreeSet<String>,
}

impl Watch {
    /// Builds the functions, and watches from here on what was built from.
    ///
    /// # Errors
    /// One sentence: a build that failed, or files that cannot be watched.
    pub async fn start(template: PathBuf, release: bool, log: Log) -> Result<(Self, Binaries), Error> {
        let start = SystemTime::now();
        let built = build::functions(&template, release).await?;
        let mut pins = Pins::default();
        let binaries = pins.pin(&built).await?;
        let inputs = Inputs::of(&built, &template);
        let mut changes = Changes::watch(inputs, log)?;
        changes.look_back(start);
        Ok((Self { template, release, pins, changes, due: BTreeSet::new() }, Binaries::Named(binaries)))
    }

    /// Follows the sources for as long as it is let. A build that fails changes nothing of what is served;
    /// one that is overtaken by another change is given up. Requests to a function whose sources have changed
    /// wait for its build. What is served needs the binaries that this holds, also once it does not run any
    /// more.
    pub async fn run(&mut self, server: &Server, log: &Log) -> Infallible {
        let _at_end = LetGo(server.outdated());
        loop {
            self.changes.begun().await;
            self.note(server.outdated());
            self.changes.settled().await;
            self.note(server.outdated());
            self.changes.refresh();
            if let Err(error) = self.catch_up(server, log).await {
                server.outdated().clear();
                self.changes.inputs.may_be_more();
                log.fault(format!("{error}; what was served is served on"));
            }
        }
    }

    /// What has changed is due, and so is what the builds before did not come to.
    fn note(&mut self, outdated: &Outdated) {
        self.due.extend(self.changes.binaries());
        outdated.add(&self.due);
    }

    /// Builds what is due, until another change begins: first the few binaries that are asked for, then all
    /// others at once, which a request that waits for one of them interrupts.
    async fn catch_up(&mut self, server: &Server, log: &Log) -> Result<(), Error> {
        self.read_template(server.outdated())?;
        let (mut are_asked_for, mut is_told) = (true, false);
        loop {
            let batch = if are_asked_for { self.asked_for(server.outdated()) } else { self.due.clone() };
            let start = SystemTime::now();
            let built = tokio::select! {
                biased;
                () = self.changes.begun() => return Ok(()),
                () = server.outdated().are_waited_for(&batch), if !are_asked_for => {
                    are_asked_for = true;
                    continue;
                }
                built = build::some(&self.template, self.release, &batch) => built?,
            };
            let functions = self.take_over(server, start, &built).await?;
            self.due.retain(|binary| !batch.contains(binary));
            server.outdated().remove(&batch);
            if !functions.is_empty() {
                log.notice(told(&functions));
            }
            is_told |= !functions.is_empty();
            are_asked_for = false;
            if self.due.is_empty() {
                break;
            }
        }
        if !is_told {
            log.notice("Nothing that is served has changed.".to_owned());
        }
        Ok(())
    }

    /// Only binaries that the template names can be built, and those that are new to it must be.
    fn read_template(&mut self, outdated: &Outdated) -> Result<(), Error> {
        let functions = Template::read(&self.template)?.functions.into_iter();
        let names: BTreeSet<_> = functions.map(|function| function.binary).collect();
        outdated.remove(&self.due.difference(&names).cloned().collect());
        self.due.retain(|binary| names.contains(binary));
        self.due.extend(names.into_iter().filter(|name| !self.pins.has(name)));
        Ok(())
    }

    /// The binaries to begin with: those that requests wait for, or else as many of those called last as can
    /// be compiled at the same time; and those without which the template cannot be served.
    fn asked_for(&self, outdated: &Outdated) -> BTreeSet<String> {
        let many = available_parallelism().map_or(1, usize::from).max(2);
        let mut binaries = outdated.first(&self.due, many);
        binaries.extend(self.due.iter().filter(|binary| !self.pins.has(binary)).cloned());
        binaries
    }

    async fn take_over(
        &mut self,
        server: &Server,
        start: SystemTime,
        built: &Built,
    ) -> Result<Vec<String>, Error> {
        let binaries = self.pins.pin(built).await?;
        let functions = server.reload(Binaries::Named(binaries)).await?;
        self.changes.inputs.add(built);
        self.changes.refresh();
        self.changes.look_back(start);
        Ok(functions)
    }
}

/// Once nobody builds any more, requests wait for nothing.
struct LetGo<'o>(&'o Outdated);

impl Drop for LetGo<'_> {
    fn drop(&mut self) {
        self.0.clear();
    }
}

fn told(functions: &[String]) -> String {
    match functions.len() {
        many if many > NAMES => format!("New from the next request on: {many} functions."),
        _ => format!("New from the next request on: {}.", functions.join(", ")),
    }
}
