//! What can go wrong with the database.

use std::{
    error::Error as StdError,
    fmt::{self, Write},
};

use aws_sdk_dynamodb::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
};

/// What a call to the store returns.
pub type Result<T> = std::result::Result<T, Error>;

/// A call to the store that brought nothing.
#[derive(Debug)]
pub enum Error {
    /// There is no such item; in the resource's own words.
    NotFound(&'static str),
    /// The item is not in a version that the caller expects. Nothing was written.
    Changed,
    /// The idempotency key came with another payload before. Nothing was written.
    KeyReused,
    /// The item would be larger than DynamoDB stores, which is 400 KB ("Constraints in Amazon DynamoDB").
    /// Nothing was written.
    TooLarge,
    /// The database throttled, timed out, was not reached or failed itself, also when tried again. Nothing
    /// was written.
    Unavailable(String),
    /// A write was sent, and whether it was made cannot be known. It was made once at most.
    Unsure(String),
    /// The call or what is stored is wrong, and trying again would not help.
    Failed(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound(what) => what,
            Self::Changed => "the item is in another version",
            Self::KeyReused => "the key came with another payload before",
            Self::TooLarge => "the item would be too large",
            Self::Unavailable(cause) | Self::Unsure(cause) | Self::Failed(cause) => cause,
        })
    }
}

impl StdError for Error {}

/// DynamoDB's codes for "not now" ("Error handling with DynamoDB", the errors that are OK to retry).
const NOT_NOW: [&str; 9] = [
    "InternalServerError",
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "ReplicatedWriteConflictException",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "ThrottlingException",
    "TransactionConflictException",
    "TransactionInProgressException",
];

impl<E: ProvideErrorMetadata + StdError + Send + Sync + 'static> From<SdkError<E, HttpResponse>> for Error {
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        let passes = match &error {
            // The last: an answer that breaks off.
            SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => true,
            SdkError::ServiceError(context) => {
                context.raw().status().is_server_error()
                    || context.err().code().is_some_and(|code| NOT_NOW.contains(&code))
            }
            _ => false,
        };
        if error.as_service_error().and_then(E::message).is_some_and(is_too_large) {
            return Self::TooLarge;
        }
        let cause = describe(&error);
        if passes { Self::Unavailable(cause) } else { Self::Failed(cause) }
    }
}

/// Whether DynamoDB refuses a write because its item would be too large: it has no code of its own for that,
/// only texts, "Item size has exceeded the maximum allowed size" and "Item size to update has …".
pub(super) fn is_too_large(message: &str) -> bool {
    message.contains("Item size") && message.contains("exceeded the maximum allowed size")
}

/// The chain of causes in one line. Not the SDK's own debug form: that one holds requests and items.
fn describe(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = write!(text, ": {cause}");
        source = cause.source();
    }
    text
}
