//! One function, without a gateway or a template.

use std::time::Duration;

use local::lambda::{Definition, Fault, Function, Lambda, Outcome};
use serde_json::Value;

use super::MISBEHAVE;

/// A service with one function, the misbehaving one.
pub(crate) struct Setup {
    pub(crate) lambda: Lambda,
    pub(crate) function: Function,
}

pub(crate) fn function(change: impl FnOnce(&mut Definition)) -> Setup {
    let lambda = Lambda::start().unwrap();
    let mut definition = Definition::new("misbehave", MISBEHAVE);
    definition.timeout = Duration::from_secs(10);
    change(&mut definition);
    let function = lambda.function(definition);
    Setup { lambda, function }
}

pub(crate) fn at_init(mode: &str) -> impl FnOnce(&mut Definition) {
    let mode = mode.to_owned();
    move |definition| drop(definition.environment.insert("AT_INIT".to_owned(), mode))
}

impl Setup {
    pub(crate) async fn run(&self, mode: &str) -> Outcome {
        self.function.invoke(format!(r#"{{"do":"mode={mode}"}}"#)).await
    }

    pub(crate) async fn json(&self, mode: &str) -> Value {
        let outcome = self.run(mode).await;
        serde_json::from_slice(&outcome.result.expect("an answer")).unwrap()
    }

    pub(crate) async fn pid(&self) -> u64 {
        self.json("who").await["pid"].as_u64().unwrap()
    }

    pub(crate) async fn exits(&self, mode: &str, with: &str) {
        match self.run(mode).await.result {
            Err(Fault::Exited(how)) => assert!(how.contains(with), "{how}"),
            other => panic!("{mode}: {other:?}"),
        }
        assert_eq!(self.json("echo").await["do"], "mode=echo", "the next invocation works");
    }
}
