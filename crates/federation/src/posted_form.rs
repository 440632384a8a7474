//! Forms that browsers post, those of identity providers among them.

use std::borrow::Cow;
use std::error::Error;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use http_body_util::LengthLimitError;
use saml::Rejection;
use service::sign_in::error::SignInError;
use url::form_urlencoded;

use super::navigation::is_navigation;

/// Marks a response that this server's own page posted once more.
pub(crate) const REPOST_FIELD: &str = "vestibule_repost";
pub(crate) const MAX_FORM_BYTES: usize = 1024 * 1024;

/// A response as the browser brought it. Nothing about it is checked yet.
#[derive(Clone, Debug)]
pub(crate) struct PostedResponse {
    pub headers: HeaderMap,
    /// The field `SAMLResponse`.
    pub response: String,
    pub relay_state: Option<String>,
    pub binding: ResponseBinding,
    /// Whether the form has [`REPOST_FIELD`].
    pub is_repost: bool,
}

/// How the browser brought a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseBinding {
    Post,
    /// In the query of the URL, which the profile does not allow (saml-profiles 4.1.2).
    Redirect,
}

impl PostedResponse {
    /// # Errors
    ///
    /// The response did not come by HTTP-POST. It must not be validated.
    pub(crate) fn check_binding(&self) -> Result<(), SignInError> {
        match self.binding {
            ResponseBinding::Post => Ok(()),
            ResponseBinding::Redirect => Err(Rejection::ResponseByRedirect.into()),
        }
    }

    /// The message, if it was posted. One in a URL is compressed, and no reader of attempts expects that.
    pub(crate) fn message(&self) -> Option<&str> {
        (self.binding == ResponseBinding::Post).then_some(self.response.as_str())
    }

    /// Reads the body alone, and each field once.
    pub(crate) async fn receive(request: Request) -> Result<Self, SignInError> {
        let (headers, form) = receive(request).await?;
        Self::parse(headers, &form)
    }

    /// A response in the query of the URL, as the HTTP-Redirect binding sends it when the browser opens a page.
    pub(crate) fn from_query(request: &Request) -> Option<Self> {
        if !is_navigation(request) {
            return None;
        }
        let query = request.uri().query()?;
        Some(Self {
            headers: request.headers().clone(),
            response: field(query, "SAMLResponse").ok()??,
            relay_state: field(query, "RelayState")
                .ok()?
                .filter(|value| !value.is_empty()),
            binding: ResponseBinding::Redirect,
            is_repost: false,
        })
    }

    fn parse(headers: HeaderMap, form: &str) -> Result<Self, SignInError> {
        let field_value = field(form, "SAMLResponse")?;
        let is_empty = field_value.as_ref().is_some_and(String::is_empty);
        let response = field_value.filter(|value| !value.is_empty());
        let relay_state = field(form, "RelayState")?.filter(|value| !value.is_empty());
        let Some(response) = response else {
            for other in ["SAMLRequest", "SAMLart"] {
                if let Some(message) = field(form, other)? {
                    if let Some(rejection) = saml::reject_wrong_message_kind(&message) {
                        return Err(rejection.into());
                    }
                    return Err(SignInError::UnexpectedFormField { field: other });
                }
            }
            if is_empty {
                return Err(Rejection::EmptyMessage.into());
            }
            return Err(SignInError::MissingFormField {
                field: "SAMLResponse",
            });
        };
        Ok(Self {
            headers,
            response,
            relay_state,
            binding: ResponseBinding::Post,
            is_repost: field(form, REPOST_FIELD)?.is_some(),
        })
    }
}

/// The value of a field. A repeated field is an error: two programs could read two different values.
pub(crate) fn field(form: &str, name: &'static str) -> Result<Option<String>, SignInError> {
    let mut values = form_urlencoded::parse(form.as_bytes())
        .filter(|(field, _)| field == name)
        .map(|(_, value)| value);
    match (values.next(), values.next()) {
        (Some(_), Some(_)) => Err(SignInError::RepeatedFormField { field: name }),
        (value, _) => Ok(value.map(Cow::into_owned)),
    }
}

/// The headers and the text of a posted form.
pub(crate) async fn receive(request: Request) -> Result<(HeaderMap, String), SignInError> {
    let (parts, body) = request.into_parts();
    check_content_type(&parts.headers)?;
    let body = axum::body::to_bytes(body, MAX_FORM_BYTES)
        .await
        .map_err(|error| body_error(&error))?;
    let form = String::from_utf8(body.into()).map_err(|_| SignInError::MalformedForm)?;
    Ok((parts.headers, form))
}

/// Whether a request says that its body is a form.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    check_content_type(headers).is_ok()
}

fn check_content_type(headers: &HeaderMap) -> Result<(), SignInError> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let received = types
        .next()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let essence = received
        .as_deref()
        .and_then(|value| value.split(';').next())
        .unwrap_or_default();
    let is_form = essence
        .trim()
        .eq_ignore_ascii_case("application/x-www-form-urlencoded");
    if is_form && types.next().is_none() {
        Ok(())
    } else {
        Err(SignInError::UnsupportedContentType { received })
    }
}

/// A body is too long, or ends too early.
fn body_error(error: &axum::Error) -> SignInError {
    let mut source = Error::source(error);
    while let Some(cause) = source {
        if cause.is::<LengthLimitError>() {
            return SignInError::FormTooLarge;
        }
        source = cause.source();
    }
    SignInError::MalformedForm
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn parse(form: &str) -> Result<PostedResponse, SignInError> {
        PostedResponse::parse(HeaderMap::new(), form)
    }

    #[test]
    fn a_response_is_posted_with_its_relay_state() {
        let posted = parse("RelayState=r&SAMLResponse=PHM%2B&other=1").unwrap();
        assert_eq!(posted.response, "PHM+");
        assert_eq!(posted.relay_state.as_deref(), Some("r"));
        assert!(!posted.is_repost);
        assert!(
            parse("SAMLResponse=PHM&vestibule_repost=1")
                .unwrap()
                .is_repost
        );
    }

    #[rstest]
    #[case::empty_form("", "missing-form-field")]
    #[case::lowercase("samlresponse=a", "missing-form-field")]
    #[case::empty_response("SAMLResponse=", "empty-message")]
    #[case::empty_response_and_a_request("SAMLResponse=&SAMLRequest=a", "unexpected-form-field")]
    #[case::two_responses("SAMLResponse=a&SAMLResponse=a", "repeated-form-field")]
    #[case::second_response_encoded("SAMLResponse=a&%53AMLResponse=b", "repeated-form-field")]
    #[case::two_relay_states("SAMLResponse=a&RelayState=1&RelayState=2", "repeated-form-field")]
    #[case::request("SAMLRequest=a&RelayState=1", "unexpected-form-field")]
    #[case::artifact("SAMLart=a", "unexpected-form-field")]
    fn each_field_is_posted_once(#[case] form: &str, #[case] code: &str) {
        assert_eq!(parse(form).unwrap_err().code().as_str(), code);
    }
}
