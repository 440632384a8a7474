//! Listening, and ending well.

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

/// The longest that a client may take to say what it wants; who holds a connection open with less holds a socket.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// The longest that requests under way are waited for at the end.
const END_WITHIN: Duration = Duration::from_secs(30);
/// How long to wait for a free socket when the system has none.
const BREATH: Duration = Duration::from_millis(100);

/// Answers until `stop` comes; requests that are under way then are answered to their end.
///
/// # Errors
///
/// When the listener cannot be asked for its connections.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    listener.local_addr()?;
    let under_way = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => answer(stream, peer, &routes, &under_way),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(BREATH).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(END_WITHIN, under_way.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("ended before every request was answered");
    }
    Ok(())
}

/// Answers the requests of one connection, beside all others.
fn answer(stream: TcpStream, peer: SocketAddr, routes: &Router, under_way: &GracefulShutdown) {
    // Small answers go out at once; a socket that cannot say so is only slower.
    drop(stream.set_nodelay(true));
    let routes = routes.clone().layer(Extension(ConnectInfo(peer)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    let connection = under_way.watch(connection);
    tokio::spawn(async move {
        // A client that breaks off, or does not speak HTTP, is nobody's fault here.
        drop(connection.await);
    });
}
