//! Items in DynamoDB.
//!
//! The only place that knows keys, attributes and the SDK. One implementation for every
//! [`Resource`](crate::resource::Resource), typed by it. Each change is one conditional write, so there is
//! nothing to read first and no race to lose. A write whose answer gets lost is made once at most
//! ([`Error::Unsure`]); `docs/architecture.md` has the argument.
//!
//! | access | call | round trips |
//! |---|---|---|
//! | [`Read`] | [`get`](Store::get) | a consistent `GetItem` |
//! | | [`exists`](Store::exists) | a consistent `GetItem` that returns the key alone |
//! | | [`list`](Store::list) | a consistent `Query` a range, while the counter is read beside the first; where neither finds anything, a `Scan` of one item |
//! | | `list` with filters | `Query`s of the first filter's index, which compare the others |
//! | | [`count`](Store::count) | a consistent `GetItem` of the counter, then a consistent `Query` for each range and each 1 MB, at most 16, which return numbers alone; beside the first, one of what is after the counter; without a counter, a `Scan` of one item |
//! | | `count` with filters | as `list` with filters, but the `Query`s return numbers alone |
//! | [`Create`] | [`create`](Store::create) | `UpdateItem` of the counter, then a `PutItem` of what must not exist |
//! | | `create` with a key | a consistent `GetItem` of the key's record; then as above, record and item in one transaction |
//! | [`Update`] | [`update`](Store::update) | an `UpdateItem` of what must exist and be older, which returns the new item |
//! | [`Delete`] | [`delete`](Store::delete) | a `DeleteItem` that returns the old item |

mod access;
mod change;
mod client;
mod conditions;
mod count;
mod counter;
mod create;
mod database;
mod error;
mod idempotency;
mod item;
mod keys;
mod list;
mod packing;
mod probe;
mod query;
mod repeats;
mod start;
mod table;

pub use access::{Create, Delete, Read, Update};
pub use error::{Error, Result};
pub use list::MAX_PAGE_BYTES;
pub use probe::Access;
pub use table::Store;
