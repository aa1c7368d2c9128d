//! `--watch`: builds what changed, and lets it take over while requests come in.

mod changes;
mod inputs;
mod pins;

use std::convert::Infallible;
use std::path::PathBuf;
use std::time::SystemTime;

use self::changes::Changes;
use self::inputs::Inputs;
use self::pins::Pins;
use crate::build::{self, Built};
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
    /// Whether something changed that the last build did not see.
    behind: bool,
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
        let changes = Changes::watch(inputs, log)?;
        let behind = changes.inputs.changed_since(start);
        Ok((Self { template, release, pins, changes, behind }, Binaries::Named(binaries)))
    }

    /// Follows the sources for as long as it is let. A build that fails changes nothing of what is served;
    /// one that is overtaken by another change is given up.
    pub async fn run(mut self, server: &Server, log: &Log) -> Infallible {
        loop {
            if !std::mem::take(&mut self.behind) {
                self.changes.settled().await;
            }
            self.changes.refresh();
            let start = SystemTime::now();
            let built = tokio::select! {
                built = build::functions(&self.template, self.release) => built,
                () = self.changes.settled() => {
                    self.behind = true;
                    continue;
                }
            };
            match self.take_over(server, start, built).await {
                Ok(functions) => log.notice(told(&functions)),
                Err(error) => {
                    self.changes.inputs.may_be_more();
                    log.fault(format!("{error}; what was served is served on"));
                }
            }
        }
    }

    async fn take_over(
        &mut self,
        server: &Server,
        start: SystemTime,
        built: Result<Built, Error>,
    ) -> Result<Vec<String>, Error> {
        let built = built?;
        let binaries = self.pins.pin(&built).await?;
        let functions = server.reload(Binaries::Named(binaries)).await?;
        self.changes.inputs = Inputs::of(&built, &self.template);
        self.changes.refresh();
        self.behind = self.changes.inputs.changed_since(start);
        Ok(functions)
    }
}

fn told(functions: &[String]) -> String {
    match functions.len() {
        0 => "Nothing that is served has changed.".to_owned(),
        1..=NAMES => format!("New from the next request on: {}.", functions.join(", ")),
        many => format!("New from the next request on: {many} functions."),
    }
}
