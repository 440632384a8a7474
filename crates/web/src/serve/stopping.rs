//! What clients may not hold up once the server stops: requests that they do not send completely.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use http_body_util::BodyExt as _;
use hyper::body::{Frame, SizeHint};
use tokio::sync::watch;
use tokio::time::sleep;

/// How long a client that sends nothing may keep its request open while the server stops.
const STALL_TIMEOUT: Duration = Duration::from_secs(2);

/// Tells connections that the server stops. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Stopping(watch::Receiver<bool>);

impl Stopping {
    /// `true` is sent when the server stops.
    pub(super) fn new() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    async fn begun(&self) {
        // An error means that the sender is gone, and with it the server.
        drop(self.0.clone().wait_for(|has_begun| *has_begun).await);
    }

    /// Completes when a client that sends nothing from now on should be disconnected. Never while the server runs.
    async fn stalled(self) {
        self.begun().await;
        sleep(STALL_TIMEOUT).await;
    }
}

/// The requests of one connection that are not answered yet.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenRequests(Arc<AtomicUsize>);

/// Counts as an open request until it is dropped.
#[derive(Debug)]
pub(super) struct OpenRequest(Arc<AtomicUsize>);

impl OpenRequests {
    pub(super) fn begin(&self) -> OpenRequest {
        self.0.fetch_add(1, Ordering::Relaxed);
        OpenRequest(Arc::clone(&self.0))
    }

    /// Completes when the connection should be closed: the server stops, and the client has not sent a request.
    pub(super) async fn none_while_stopping(&self, stopping: &Stopping) {
        stopping.begun().await;
        loop {
            sleep(STALL_TIMEOUT).await;
            if self.0.load(Ordering::Relaxed) == 0 {
                return;
            }
        }
    }
}

impl OpenRequest {
    /// The request stays open until the body of its response is sent.
    pub(super) fn until_sent(self, body: Body) -> Body {
        Body::new(body.map_frame(move |frame| {
            let _open = &self;
            frame
        }))
    }
}

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A request body that ends with an error when the server stops and the client sends nothing.
pub(super) struct RequestBody {
    body: Body,
    stopping: Stopping,
    stalled: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl RequestBody {
    pub(super) fn new(body: Body, stopping: Stopping) -> Self {
        Self {
            body,
            stopping,
            stalled: None,
        }
    }
}

impl HttpBody for RequestBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            this.stalled = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(BoxError::from)));
        }
        let stopping = &this.stopping;
        let stalled = this
            .stalled
            .get_or_insert_with(|| Box::pin(stopping.clone().stalled()));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Some(Err("the server stops".into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
