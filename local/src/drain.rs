//! The wait for what is under way.

use crate::{Limits, Log};

/// Lets what is under way end, and says so where that may take a moment.
pub(crate) async fn told(requests: usize, limits: &Limits, log: &Log, drain: impl Future<Output = ()>) {
    if requests > 0 {
        let limit = limits.last_requests.as_secs_f64();
        let under_way =
            if requests == 1 { "1 request is".to_owned() } else { format!("{requests} requests are") };
        log.notice(format!(
            "{under_way} under way and may take {limit:.0} seconds more; Ctrl-C again ends all at once"
        ));
    }
    let _ = tokio::time::timeout(limits.last_requests, drain).await;
}
