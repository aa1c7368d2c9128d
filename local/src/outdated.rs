//! Functions whose sources have changed: what the watch builds, and what requests wait for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

/// How long after a change requests still wait for it. A longer build is one of many crates, and the page
/// that a person has open should not hang for minutes.
const PATIENCE: Duration = Duration::from_secs(30);

/// The binaries that have a new build to come, and who asks for which.
#[derive(Debug)]
pub(crate) struct Outdated {
    state: watch::Sender<State>,
    patience: Duration,
}

#[derive(Debug, Default)]
struct State {
    binaries: BTreeSet<String>,
    /// When requests stop waiting.
    until: Option<Instant>,
    /// How many requests wait for a binary.
    waiting: BTreeMap<String, usize>,
    /// When a binary was called last, by the number of the call.
    called: BTreeMap<String, u64>,
    calls: u64,
}

impl Default for Outdated {
    fn default() -> Self {
        Self { state: watch::Sender::default(), patience: PATIENCE }
    }
}

impl Outdated {
    /// A request calls a binary: waits for its new build if one is to come.
    pub(crate) async fn wait_for(&self, binary: &str) {
        let mut until = None;
        self.state.send_if_modified(|state| {
            state.calls += 1;
            state.called.insert(binary.to_owned(), state.calls);
            until = state.until.filter(|until| state.binaries.contains(binary) && Instant::now() < *until);
            false
        });
        let Some(until) = until else { return };
        let _waiting = Waiting::start(self, binary);
        let mut state = self.state.subscribe();
        let built = state.wait_for(|state| !state.binaries.contains(binary));
        let _ = timeout_at(until, built).await;
    }

    /// Sources have changed: requests to these wait from now on.
    pub(crate) fn add(&self, binaries: &BTreeSet<String>) {
        self.state.send_modify(|state| {
            state.binaries.extend(binaries.iter().cloned());
            state.until = Some(Instant::now() + self.patience);
        });
    }

    /// Requests to these go on: to new builds, or to the old ones where no new one could be made.
    pub(crate) fn remove(&self, binaries: &BTreeSet<String>) {
        self.state.send_modify(|state| state.binaries.retain(|binary| !binaries.contains(binary)));
    }

    /// All requests go on.
    pub(crate) fn clear(&self) {
        self.state.send_modify(|state| state.binaries.clear());
    }

    /// Which of these to build first: those that requests wait for, or else the `many` that were called last.
    pub(crate) fn first(&self, of: &BTreeSet<String>, many: usize) -> BTreeSet<String> {
        let state = self.state.borrow();
        let awaited: BTreeSet<_> =
            of.iter().filter(|binary| state.waiting.contains_key(*binary)).cloned().collect();
        if !awaited.is_empty() {
            return awaited;
        }
        let mut by_call: Vec<_> = of.iter().collect();
        by_call.sort_by_key(|binary| Reverse(state.called.get(*binary)));
        by_call.into_iter().take(many).cloned().collect()
    }

    /// Waits until a request waits for one of these.
    pub(crate) async fn are_waited_for(&self, binaries: &BTreeSet<String>) {
        let mut state = self.state.subscribe();
        let _ = state.wait_for(|state| state.waiting.keys().any(|binary| binaries.contains(binary))).await;
    }
}

/// A request that waits, for as long as its caller does.
struct Waiting<'o> {
    outdated: &'o Outdated,
    binary: &'o str,
}

impl<'o> Waiting<'o> {
    fn start(outdated: &'o Outdated, binary: &'o str) -> Self {
        outdated.state.send_modify(|state| *state.waiting.entry(binary.to_owned()).or_default() += 1);
        Self { outdated, binary }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.outdated.state.send_modify(|state| {
            if let Some(waiting) = state.waiting.get_mut(self.binary) {
                *waiting -= 1;
            }
            state.waiting.retain(|_, waiting| *waiting > 0);
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::task::{JoinHandle, yield_now};

    use super::Outdated;

    fn set(binaries: &[&str]) -> BTreeSet<String> {
        binaries.iter().map(|binary| (*binary).to_owned()).collect()
    }

    fn outdated(binaries: &[&str]) -> Arc<Outdated> {
        let outdated = Arc::new(Outdated::default());
        outdated.add(&set(binaries));
        outdated
    }

    async fn call(outdated: &Arc<Outdated>, binary: &'static str) -> JoinHandle<()> {
        let outdated = Arc::clone(outdated);
        let call = tokio::spawn(async move { outdated.wait_for(binary).await });
        yield_now().await;
        call
    }

    #[tokio::test]
    async fn requests_wait_for_what_is_outdated_and_for_nothing_else() {
        let outdated = outdated(&["a", "b"]);
        outdated.wait_for("c").await;
        let (a, b) = (call(&outdated, "a").await, call(&outdated, "b").await);
        outdated.remove(&set(&["a"]));
        a.await.unwrap();
        yield_now().await;
        assert!(!b.is_finished());
        outdated.clear();
        b.await.unwrap();
    }

    #[tokio::test]
    async fn patience_ends() {
        let outdated = Arc::new(Outdated { patience: Duration::ZERO, ..Outdated::default() });
        outdated.add(&set(&["a"]));
        outdated.wait_for("a").await;
        assert_eq!(outdated.first(&set(&["a", "b"]), 1), set(&["a"]), "it was called");
        let outdated = Arc::new(Outdated { patience: Duration::from_millis(10), ..Outdated::default() });
        outdated.add(&set(&["a"]));
        outdated.wait_for("a").await;
    }

    #[tokio::test]
    async fn what_is_waited_for_comes_first_then_what_was_called_last() {
        let outdated = outdated(&["a", "b", "d"]);
        for binary in ["c", "e", "f"] {
            outdated.wait_for(binary).await;
        }
        let all = set(&["a", "b", "c", "d", "e", "f"]);
        assert_eq!(outdated.first(&all, 2), set(&["e", "f"]));
        let (a, b, d) = (call(&outdated, "a").await, call(&outdated, "b").await, call(&outdated, "d").await);
        assert_eq!(outdated.first(&all, 2), set(&["a", "b", "d"]), "however many they are");
        assert_eq!(outdated.first(&set(&["c", "e", "f"]), 2), set(&["e", "f"]));
        // Callers that give up.
        for call in [a, b, d] {
            call.abort();
            assert!(call.await.unwrap_err().is_cancelled());
        }
        assert_eq!(outdated.first(&all, 2), set(&["b", "d"]));
    }

    #[tokio::test]
    async fn who_builds_is_told_what_is_waited_for() {
        let outdated = outdated(&["a", "b"]);
        let builder = Arc::clone(&outdated);
        let told = tokio::spawn(async move { builder.are_waited_for(&set(&["b"])).await });
        let _a = call(&outdated, "a").await;
        assert!(!told.is_finished());
        let _b = call(&outdated, "b").await;
        told.await.unwrap();
    }
}
