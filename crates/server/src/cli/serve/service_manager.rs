//! Messages to the service manager that started the process, in the protocol of `sd_notify`.

use std::env;
use std::ffi::OsStr;
use std::io;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use tokio::time::interval;

/// The server accepts requests.
pub(super) const READY: &str = "READY=1";
/// The server finishes its open requests and then ends.
pub(super) const STOPPING: &str = "STOPPING=1";
/// The server works.
const WATCHDOG: &str = "WATCHDOG=1";

/// Sends a message, if a service manager wants it.
pub(super) fn notify(message: &str) {
    if let Err(error) = send(message) {
        tracing::warn!(%error, state = message, "the service manager was not notified");
    }
}

fn send(message: &str) -> io::Result<()> {
    let Some(name) = env::var_os("NOTIFY_SOCKET") else {
        return Ok(());
    };
    UnixDatagram::unbound()?
        .send_to_addr(message.as_bytes(), &address(&name)?)
        .map(drop)
}

#[cfg(target_os = "linux")]
fn address(name: &OsStr) -> io::Result<SocketAddr> {
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::ffi::OsStrExt as _;
    // An @ stands for the NUL in front of the name of an abstract socket.
    match name.as_bytes() {
        [b'@', name @ ..] => SocketAddr::from_abstract_name(name),
        _ => SocketAddr::from_pathname(name),
    }
}

#[cfg(not(target_os = "linux"))]
fn address(name: &OsStr) -> io::Result<SocketAddr> {
    SocketAddr::from_pathname(name)
}

/// Tells the service manager that the server works, twice as often as it asks for. Never returns.
pub(super) async fn feed_watchdog() {
    let microseconds = env::var("WATCHDOG_USEC").ok();
    let Some(limit) = microseconds.and_then(|text| text.parse().ok()) else {
        return std::future::pending().await;
    };
    let mut ticks = interval(Duration::from_micros(limit).max(Duration::from_millis(2)) / 2);
    loop {
        ticks.tick().await;
        notify(WATCHDOG);
    }
}
