use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Extension};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};

/// The time in which a client must send the headers of a request, so that slow clients do not hold sockets.
const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(10);
/// The time in which running requests must finish on shutdown.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);
/// The delay before the next attempt when the system has no free socket.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);

/// Serves requests until `stop` completes, then finishes the running requests.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    listener.local_addr()?;
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => serve_connection(stream, peer, &routes, &connections),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(SHUTDOWN_GRACE, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("shut down before every request was answered");
    }
    Ok(())
}

/// Serves one connection in the background.
fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    routes: &Router,
    connections: &GracefulShutdown,
) {
    // Sends small responses without delay; a failure only costs time.
    drop(stream.set_nodelay(true));
    let routes = routes.clone().layer(Extension(ConnectInfo(peer)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_READ_TIMEOUT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        // Clients that disconnect or do not speak HTTP are not worth a log line.
        drop(connection.await);
    });
}
