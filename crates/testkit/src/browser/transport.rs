use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::{Request, Response};
use tower::ServiceExt as _;
use url::Url;

use super::{BrowserError, invalid_url};
use crate::loopback;

/// How the browser's requests reach a server.
#[derive(Clone, Debug, Default)]
pub(super) enum Transport {
    #[default]
    Loopback,
    InProcess(Box<InProcess>),
}

#[derive(Clone, Debug)]
pub(super) struct InProcess {
    router: Router,
    base_url: Url,
    client_address: Option<SocketAddr>,
}

impl Transport {
    pub(super) fn in_process(router: Router, base_url: Url) -> Self {
        Self::InProcess(Box::new(InProcess {
            router,
            base_url,
            client_address: None,
        }))
    }

    pub(super) fn set_client_address(&mut self, address: SocketAddr) {
        if let Self::InProcess(server) = self {
            server.client_address = Some(address);
        }
    }

    pub(super) fn resolve(&self, url: &str) -> Result<Url, BrowserError> {
        let parsed = match self {
            Self::Loopback => Url::parse(url),
            Self::InProcess(server) => server.base_url.join(url),
        };
        parsed.map_err(|source| invalid_url(url, source))
    }

    pub(super) async fn send(
        &self,
        url: &Url,
        request: Request<String>,
    ) -> Result<Response<String>, BrowserError> {
        match self {
            Self::Loopback => Ok(loopback::send(url, request).await?),
            Self::InProcess(server) => server.send(url, request).await,
        }
    }
}

impl InProcess {
    async fn send(
        &self,
        url: &Url,
        request: Request<String>,
    ) -> Result<Response<String>, BrowserError> {
        let failed = |cause: String| BrowserError::InProcess {
            url: url.clone(),
            cause,
        };
        if url.origin() != self.base_url.origin() {
            return Err(failed(format!("only {} has a server", self.base_url)));
        }
        let mut request = loopback::address_to(url, request)?.map(Body::from);
        if let Some(address) = self.client_address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, loopback::MAX_RESPONSE_BYTES)
            .await
            .map_err(|error| failed(error.to_string()))?;
        let body = String::from_utf8(body.to_vec()).map_err(|error| failed(error.to_string()))?;
        Ok(Response::from_parts(parts, body))
    }
}
