//! Which failed calls the SDK may repeat.
//!
//! A write whose answer got lost may have been made. If the SDK repeated it, an item that another caller has
//! deleted since would come back, and a newer change would be overwritten. So the SDK repeats a single write
//! only if the first one was certainly not made: DynamoDB refused it, or no connection came about. Whether
//! more can be done is for the write itself to know (see [`change`](super::change) and
//! [`create`](super::create)).

use std::{
    error::Error as StdError,
    sync::atomic::{AtomicBool, Ordering},
};

use aws_sdk_dynamodb::{
    config::{
        http::HttpResponse,
        interceptors::InterceptorContext,
        retry::{ClassifyRetry, RetryAction},
    },
    error::{ProvideErrorMetadata, SdkError},
};
use hyper_util::client::legacy;

/// The call under way. A function makes one write at a time, for it has one request at a time.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    /// Whether the call must be made once.
    is_single: AtomicBool,
    /// Whether an attempt failed that may have been carried out.
    is_unsure: AtomicBool,
}

impl Attempts {
    /// A call begins.
    pub(super) fn begin(&self, is_single: bool) {
        self.is_single.store(is_single, Ordering::Relaxed);
        self.is_unsure.store(false, Ordering::Relaxed);
    }

    /// Whether an attempt of the call may have been carried out, though the call failed.
    pub(super) fn is_unsure(&self) -> bool {
        self.is_unsure.load(Ordering::Relaxed)
    }
}

/// Looks at each failed attempt, after the SDK's own classifiers.
#[derive(Debug)]
pub(super) struct NoBlindRepeats(pub(super) std::sync::Arc<Attempts>);

impl ClassifyRetry for NoBlindRepeats {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        let is_unsure = if let Some(error) = error.as_connector_error() {
            was_sent(error)
        } else if error.as_operation_error().is_some() {
            context.response().is_none_or(|response| response.status().is_server_error())
        } else {
            // No answer in time, or one that broke off.
            error.is_timeout_error() || error.is_response_error()
        };
        if !is_unsure {
            return RetryAction::NoActionIndicated;
        }
        self.0.is_unsure.store(true, Ordering::Relaxed);
        if self.0.is_single.load(Ordering::Relaxed) {
            RetryAction::RetryForbidden
        } else {
            RetryAction::NoActionIndicated
        }
    }

    fn name(&self) -> &'static str {
        "no blind repeats"
    }
}

/// Whether a call that failed may have been carried out, by its error alone. A 5xx says nothing of it ("Error
/// handling with DynamoDB", `InternalServerError`), nor does a transaction that is still in progress.
pub(super) fn may_be_made<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::ConstructionFailure(_) => false,
        SdkError::DispatchFailure(failure) => {
            failure.as_connector_error().is_none_or(|error| was_sent(error))
        }
        SdkError::ServiceError(context) => {
            context.raw().status().is_server_error()
                || context.err().code() == Some("TransactionInProgressException")
        }
        // No answer in time, one that broke off, and whatever the SDK may add.
        _ => true,
    }
}

/// Whether a request may have reached the database, by the error of the HTTP client.
fn was_sent(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<legacy::Error>().is_some_and(legacy::Error::is_connect) {
            return false;
        }
        cause = error.source();
    }
    true
}
