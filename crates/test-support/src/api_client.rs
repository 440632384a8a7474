use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::deployment::HOST;
use crate::response::TestResponse;

/// A client of the API with a valid API key. Paths are relative to `/api/v1`.
#[derive(Clone)]
pub struct ApiClient {
    router: Router,
    /// The API key.
    pub key: String,
}

impl ApiClient {
    pub(crate) fn new(router: Router, key: String) -> Self {
        Self { router, key }
    }

    pub(crate) fn set_router(&mut self, router: Router) {
        self.router = router;
    }

    pub async fn get(&self, path: &str) -> TestResponse {
        self.send(self.request(Method::GET, path, &Value::Null))
            .await
    }

    pub async fn post(&self, path: &str, body: Value) -> TestResponse {
        self.send(self.request(Method::POST, path, &body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> TestResponse {
        self.send(self.request(Method::PATCH, path, &body)).await
    }

    pub async fn delete(&self, path: &str) -> TestResponse {
        self.send(self.request(Method::DELETE, path, &Value::Null))
            .await
    }

    /// Creates an object and returns it. Panics if that fails.
    pub async fn create(&self, path: &str, body: Value) -> Value {
        let response = self.post(path, body).await;
        assert_eq!(response.status, StatusCode::CREATED, "{}", response.text);
        response.json()
    }

    /// A request with the API key, and with a body unless it is `null`.
    pub fn request(&self, method: Method, path: &str, body: &Value) -> Request<Body> {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::HOST, HOST)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key));
        if body.is_null() {
            return request.body(Body::empty()).unwrap();
        }
        request
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap()
    }

    /// Sends a request as it is, without adding the API key.
    pub async fn send(&self, request: Request<Body>) -> TestResponse {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.unwrap();
        TestResponse {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}
