//! What a failure of the store means to a caller.
//!
//! It stands by itself because the store knows nothing of HTTP, and HTTP nothing of the store.

use crate::{http, store};

impl From<store::Error> for http::Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound(message) => Self::NotFound(message),
            store::Error::Changed => Self::PreconditionFailed,
            store::Error::KeyReused => Self::KeyReused,
            store::Error::TooLarge => Self::ItemTooLarge,
            store::Error::Unavailable(cause) => Self::Unavailable(cause),
            store::Error::Unsure(cause) => Self::Unsure(cause),
            store::Error::Failed(cause) => Self::Internal(cause),
        }
    }
}
