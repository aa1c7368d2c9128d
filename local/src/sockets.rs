//! Sockets that listen.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::{TcpListener, TcpSocket};

use crate::Error;

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// Bytes that the system keeps for a client that is slow to read. It tells that some have gone only when a
/// third has: with the megabytes that it would keep by itself, slow would look like never.
const SEND_BUFFER: u32 = 256 * 1024;

/// Listens on an address. What is accepted inherits the buffer, and `TCP_NODELAY`: an answer is not to wait
/// for an acknowledgement.
pub(crate) fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.set_nodelay(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// A port of this machine that no other one reaches.
pub(crate) fn loopback(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// Why nothing listens there, for the person who chose the port with this option.
pub(crate) fn cannot_listen(address: SocketAddr, option: &str, error: &std::io::Error) -> Error {
    let port = address.port();
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            Error::new(format!("port {port} is in use by another program; choose one with {option}"))
        }
        _ => Error::new(format!("cannot listen on {address}: {error}")),
    }
}
