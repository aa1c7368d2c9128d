//! What a function works with, from its start to its end.

use std::future::{Future, ready};

/// What a handler works with beside the request, set up once, at the start: a [`Store`](crate::store::Store),
/// an [`Authenticator`](crate::auth::Authenticator), or several things as a tuple. Cheap to clone.
pub trait State: Clone + Send + Sync + 'static {
    /// Sets it up from the environment that Lambda and the template give a function.
    ///
    /// # Errors
    /// What is missing or wrong, for the log; the function then does not start.
    fn from_env() -> Result<Self, String>;

    /// Does what the first request would otherwise wait for. A function has a whole processor while it
    /// starts, and afterwards only what its memory pays for ("Configure Lambda function memory").
    ///
    /// # Errors
    /// What did not work, for the log. The function runs all the same.
    fn warm_up(&self) -> impl Future<Output = Result<(), String>> + Send {
        ready(Ok(()))
    }

    /// What was used of DynamoDB since this was last asked: by one request.
    fn take_usage(&self) -> Usage {
        Usage::default()
    }
}

/// For a handler that needs nothing.
impl State for () {
    fn from_env() -> Result<Self, String> {
        Ok(())
    }
}

impl<A: State, B: State> State for (A, B) {
    fn from_env() -> Result<Self, String> {
        Ok((A::from_env()?, B::from_env()?))
    }

    async fn warm_up(&self) -> Result<(), String> {
        self.0.warm_up().await?;
        self.1.warm_up().await
    }

    fn take_usage(&self) -> Usage {
        self.0.take_usage().and(self.1.take_usage())
    }
}

impl<A: State, B: State, C: State> State for (A, B, C) {
    fn from_env() -> Result<Self, String> {
        Ok((A::from_env()?, B::from_env()?, C::from_env()?))
    }

    async fn warm_up(&self) -> Result<(), String> {
        self.0.warm_up().await?;
        self.1.warm_up().await?;
        self.2.warm_up().await
    }

    fn take_usage(&self) -> Usage {
        self.0.take_usage().and(self.1.take_usage()).and(self.2.take_usage())
    }
}

/// What was used of DynamoDB.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Usage {
    /// Calls, each with all attempts that the SDK made.
    pub calls: u32,
    /// Read units ("DynamoDB on-demand capacity mode"). A call that failed tells none, though it may have
    /// used some.
    pub read_units: f64,
    /// Write units; as above.
    pub write_units: f64,
    /// Writes of items that were made, or may have been.
    pub writes: u32,
}

impl Usage {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            calls: self.calls + other.calls,
            read_units: self.read_units + other.read_units,
            write_units: self.write_units + other.write_units,
            writes: self.writes + other.writes,
        }
    }
}
