use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use runtime::problem::Problem;

/// A [`Problem`] as the response of the API (RFC 9457).
#[derive(Debug)]
pub struct ProblemResponse(Box<Problem>);

impl<P: Into<Problem>> From<P> for ProblemResponse {
    fn from(problem: P) -> Self {
        Self(Box::new(problem.into()))
    }
}

impl IntoResponse for ProblemResponse {
    fn into_response(self) -> Response {
        let problem = self.0;
        let mut response = (problem.status, Json(problem.body())).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if problem.status == StatusCode::UNAUTHORIZED {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"vestibule\""),
            );
        }
        response
    }
}
