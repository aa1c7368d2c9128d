//! The items of the API that routelet is tested with: [`Book`]s, which have a field of every type and
//! filters, and [`Label`]s, which have as little as an item can.

mod book;
mod label;

pub use book::{Book, BookChanges, Books, Edition, Format, NewBook, Publisher};
pub use label::{Label, LabelChanges, Labels, NewLabel};
