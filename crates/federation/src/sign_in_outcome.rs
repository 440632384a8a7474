//! What a response of a sign-in reports, whatever its status is.

use axum::response::Response;
use oidc::authorization::AuthorizationErrorKind;

/// In the extensions of a response that reports a failed sign-in by a redirect or a form.
#[derive(Clone, Copy, Debug)]
struct ReportedFailure;

/// Marks a redirect or a form that reports a failed sign-in.
pub(crate) fn mark_as_failed(mut response: Response) -> Response {
    response.extensions_mut().insert(ReportedFailure);
    response
}

/// Whether the request was rejected. A failure of this server is none of the client's.
pub(crate) fn is_failed(response: &Response) -> bool {
    response.status().is_client_error() || response.extensions().get::<ReportedFailure>().is_some()
}

/// Whether an error that an application receives counts as a failed sign-in. Failures of this server do not, and neither
/// does the answer to what `prompt=none` asks: applications ask it again and again.
pub(crate) const fn is_failure(error: &AuthorizationErrorKind) -> bool {
    !matches!(
        error,
        AuthorizationErrorKind::LoginRequired
            | AuthorizationErrorKind::InteractionRequired
            | AuthorizationErrorKind::ServerError
            | AuthorizationErrorKind::TemporarilyUnavailable
    )
}
