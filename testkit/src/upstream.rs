//! The embedded database, behind something that has to be there before it.

use std::{
    net::TcpStream,
    sync::{Arc, OnceLock},
};

use anyhow::Result;
use loopback::http::{Connection, Listener};

use crate::{Api, App};

/// The database of an API that is started with the address of what stands before it.
#[derive(Clone, Default)]
pub struct Upstream(Arc<OnceLock<String>>);

impl Upstream {
    /// Starts an API whose functions find the database behind this listener.
    pub(crate) fn start_behind(&self, listener: &Listener, app: &'static App) -> Api {
        let url = format!("http://{}", listener.address);
        let api = app.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &url)]);
        self.set(&api);
        api
    }

    /// It is this API's.
    pub fn set(&self, api: &Api) {
        self.0.set(api.dynamodb_url().trim_start_matches("http://").to_owned()).unwrap();
    }

    /// Waits until it is known.
    ///
    /// # Errors
    /// If it has ended.
    pub fn connect(&self) -> Result<Connection<TcpStream>> {
        Ok(Connection::new(TcpStream::connect(self.0.wait())?))
    }
}
