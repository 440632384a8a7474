//! What a step of a sign-in answers: a redirect, a form that posts itself, or an error page.

use std::borrow::Cow;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use i18n::Localizer;
use oidc::Issuer;
use oidc::authorization::{
    AuthorizationErrorKind, AuthorizationRequest, AuthorizationResponse, ResponseMode,
};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::sign_in::attempt_log::AttemptLog;
use service::sign_in::error::{Code, SignInError};
use store::AttemptId;
use web::{RequestLanguage, page, request_log};

use super::application_return::ApplicationReturn;
use super::pages::{AutoPostPage, ErrorPage, Frame};
use super::sign_in_outcome::{is_failure, mark_as_failed};

/// Redirects with a GET, whatever method the request has: a form must not be sent on (RFC 9700 4.12).
pub(crate) fn see_other(url: &str) -> Response {
    match HeaderValue::from_str(url) {
        Ok(url) => (StatusCode::SEE_OTHER, [(header::LOCATION, url)]).into_response(),
        Err(error) => {
            tracing::error!(%error, "a URL does not fit a header");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page that posts a form: by itself where scripts run, with a button elsewhere.
pub(crate) fn post_form(
    app: &App,
    text: Localizer,
    action: &str,
    fields: &[(Cow<'_, str>, Cow<'_, str>)],
) -> Response {
    let frame = Frame::new(app, text);
    let page = AutoPostPage {
        frame,
        action,
        fields,
    };
    page::answer_with_external_form(app, StatusCode::OK, &page)
}

/// Sends the response to the application by the response mode that it asked for.
pub(crate) fn redirect_to_application(
    app: &App,
    text: Localizer,
    response: &AuthorizationResponse,
) -> Response {
    match response.response_mode {
        ResponseMode::Query => see_other(&response.location()),
        ResponseMode::FormPost => {
            let parameters = response.parameters.iter();
            let fields: Vec<(Cow<'_, str>, Cow<'_, str>)> = parameters
                .map(|(name, value)| ((*name).into(), value.as_str().into()))
                .collect();
            post_form(app, text, response.redirect_uri.as_str(), &fields)
        }
    }
}

/// Tells the application that the sign-in of its request failed. No page is shown to the user.
pub(crate) fn return_error(
    app: &App,
    text: Localizer,
    request: &AuthorizationRequest,
    error: &AuthorizationErrorKind,
) -> Result<Response, SignInError> {
    let response = AuthorizationResponse::with_error(request, error, &issuer(app)?);
    let answer = redirect_to_application(app, text, &response);
    Ok(if is_failure(error) {
        mark_as_failed(answer)
    } else {
        answer
    })
}

/// The issuer identifier of this OpenID provider.
pub(crate) fn issuer(app: &App) -> Result<Issuer, SignInError> {
    Issuer::parse(app.config.public_url.as_str())
        .map_err(|error| SignInError::internal("reading public_url as an issuer", &error))
}

/// A sign-in that failed, with what its error page shows.
#[derive(Debug)]
pub(crate) struct FailedSignIn {
    pub error: SignInError,
    /// The reference ID by which an administrator finds the attempt.
    pub attempt: Option<AttemptId>,
    /// How the application learns that the sign-in failed.
    pub application_return: Option<ApplicationReturn>,
    /// The name of the application whose request is invalid.
    pub application: Option<String>,
    /// The languages that the application asks for, best first.
    pub languages: Box<[String]>,
}

impl From<SignInError> for FailedSignIn {
    fn from(error: SignInError) -> Self {
        Self {
            error,
            attempt: None,
            application_return: None,
            application: None,
            languages: Box::default(),
        }
    }
}

impl FailedSignIn {
    /// Stores the failed attempt.
    pub(crate) async fn store(app: &App, log: &AttemptLog, error: SignInError) -> Self {
        let attempt = log.store_failure(app, &error).await;
        if let Some(attempt) = &attempt {
            request_log::record_attempt(attempt);
        }
        Self {
            attempt,
            ..error.into()
        }
    }

    /// The sign-in that this request started failed.
    pub(crate) async fn of_request(
        app: &App,
        request: &AuthorizationRequest,
        error: SignInError,
    ) -> Self {
        Self::from(error).with_request(app, request).await
    }

    /// Adds the way back to the application, and its languages.
    pub(crate) async fn with_request(self, app: &App, request: &AuthorizationRequest) -> Self {
        Self {
            application_return: ApplicationReturn::find(app, request, &self.error).await,
            languages: request.ui_locales.clone().into(),
            ..self
        }
    }

    /// What happened. The user learns which application sent an invalid request, and none of its values.
    fn message(&self, text: Localizer) -> String {
        let code = self.error.code();
        let Some(application) = &self.application else {
            return code.message(text);
        };
        let key = if code == Code::RedirectUriNotRegistered {
            "signin-error-application-redirect-uri"
        } else {
            "signin-error-application-request"
        };
        text.format(key, &[("application", application.as_str().into())])
    }

    /// The error page.
    pub(crate) fn response(&self, app: &App, language: RequestLanguage) -> Response {
        self.response_with_message(app, language, None)
    }

    /// The error page with another text than that of the code.
    pub(crate) fn response_with_message(
        &self,
        app: &App,
        language: RequestLanguage,
        message: Option<&str>,
    ) -> Response {
        let attempt = self.attempt.as_ref().map(AttemptId::as_str);
        let code = self.error.code();
        tracing::info!(code = code.as_str(), attempt, "sign-in failed");
        let text = language.localizer(&self.languages);
        let page = ErrorPage {
            frame: Frame::new(app, text),
            message: message.map_or_else(|| self.message(text), |key| text.get(key)),
            remedy: code.remedy().message(text),
            code: code.as_str(),
            attempt,
            application_return: self.application_return.as_ref(),
        };
        if page.posts_to_application() {
            return page::answer_with_external_form(app, code.status(), &page);
        }
        page::answer(code.status(), &page)
    }
}

/// The response of a step, or its error page.
pub(crate) fn respond(
    app: &App,
    language: RequestLanguage,
    result: Result<Response, FailedSignIn>,
) -> Response {
    result.unwrap_or_else(|failed| failed.response(app, language))
}

/// The error as JSON, for the endpoints that programs call.
pub(crate) fn json_error(error: &SignInError) -> Response {
    let body =
        serde_json::json!({ "error": "server_error", "error_description": error.to_string() });
    (error.status(), Json(body)).into_response()
}

/// An internal error as the console shows it. It was logged where it happened.
pub(crate) fn internal_problem(error: &SignInError) -> Problem {
    match error {
        SignInError::Overloaded => Problem::new(ProblemCode::Overloaded),
        SignInError::Unavailable => Problem::new(ProblemCode::Unavailable),
        _ => Problem::new(ProblemCode::InternalError),
    }
}
