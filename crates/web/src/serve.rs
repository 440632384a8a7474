mod stopping;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use stopping::{OpenRequests, RequestBody, Stopping};
use tokio::net::{TcpListener, TcpStream};

/// The time in which a client must send the headers of a request, so that slow clients do not hold sockets.
const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(10);
/// The time in which running requests must finish on shutdown.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);
/// The delay before the next attempt when the system has no free socket.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);

/// Serves requests until `stop` completes, then finishes the running requests. A client that does not send the rest of
/// its request does not delay the end.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    listener.local_addr()?;
    let routes = TowerToHyperService::new(routes);
    let connections = GracefulShutdown::new();
    let (stop_connections, stopping) = Stopping::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let connection = Connection {
                        peer,
                        routes: routes.clone(),
                        stopping: stopping.clone(),
                    };
                    connection.spawn(stream, &connections);
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    stop_connections.send_replace(true);
    if tokio::time::timeout(SHUTDOWN_GRACE, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("shut down before every request was answered");
    }
    Ok(())
}

struct Connection {
    peer: SocketAddr,
    routes: TowerToHyperService<Router>,
    stopping: Stopping,
}

impl Connection {
    /// Serves the connection in the background.
    fn spawn(self, stream: TcpStream, connections: &GracefulShutdown) {
        // Sends small responses without delay; a failure only costs time.
        drop(stream.set_nodelay(true));
        let requests = OpenRequests::default();
        let open_requests = requests.clone();
        let stopping = self.stopping.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let open = open_requests.begin();
            let answer = self.routes.call(self.with_peer(request));
            async move {
                answer
                    .await
                    .map(|response| response.map(|body| open.until_sent(body)))
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_READ_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            tokio::select! {
                // Clients that disconnect or do not speak HTTP are not worth a log line.
                _ = connection => {}
                () = requests.none_while_stopping(&stopping) => {}
            }
        });
    }

    fn with_peer(&self, request: Request<Incoming>) -> Request<Body> {
        let mut request =
            request.map(|body| Body::new(RequestBody::new(Body::new(body), self.stopping.clone())));
        request.extensions_mut().insert(ConnectInfo(self.peer));
        request
    }
}
