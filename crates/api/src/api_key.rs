use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::api_key;
use web::ProblemResponse;

/// Middleware that rejects requests without a valid API key, and adds the [`Actor`](service::Actor) to the request's
/// extensions.
pub(super) async fn require_api_key(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(presented) = bearer(&request) else {
        let detail = "send an API key as Authorization: Bearer vst_…; create one with: vestibule api-key create";
        return ProblemResponse::from(Problem::with_detail(ProblemCode::Unauthorized, detail))
            .into_response();
    };
    match api_key::authenticate(&app, presented).await {
        Ok(Some(actor)) => {
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Ok(None) => ProblemResponse::from(Problem::with_detail(
            ProblemCode::Unauthorized,
            "this API key is unknown or revoked",
        ))
        .into_response(),
        Err(error) => ProblemResponse::from(error).into_response(),
    }
}

fn bearer(request: &Request) -> Option<&str> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION).iter();
    let (Some(one), None) = (headers.next(), headers.next()) else {
        return None;
    };
    let (scheme, key) = one.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}
