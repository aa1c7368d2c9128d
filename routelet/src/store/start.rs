//! What a store does when its function starts.

use std::time::Duration;

use super::{database::Database, probe::Access, table::Store};
use crate::{
    env::required,
    resource::Resource,
    state::{State, Usage},
};

/// How long a start may wait for the connection. Opening one takes milliseconds where the database is well;
/// where it is not, the first request will tell.
const WARM_UP: Duration = Duration::from_secs(2);

/// Region, credentials, endpoint and the table's name, as Lambda's environment has them.
impl<R: Resource + 'static, A: Access> State for Store<R, A> {
    fn from_env() -> std::result::Result<Self, String> {
        let table = required(R::TABLE_VARIABLE)?;
        Ok(Self::new(Database::shared()?, table))
    }

    /// Opens the connection, by a call that `A` allows and that does nothing; once for all stores of a
    /// function.
    async fn warm_up(&self) -> std::result::Result<(), String> {
        if !self.database.claim_warm_up() {
            return Ok(());
        }
        match tokio::time::timeout(WARM_UP, A::probe(self)).await {
            Ok(called) => called.map_err(|error| error.to_string()),
            Err(_) => Err(format!("the database did not answer in {} s", WARM_UP.as_secs())),
        }
    }

    fn take_usage(&self) -> Usage {
        self.database.take_usage()
    }
}
