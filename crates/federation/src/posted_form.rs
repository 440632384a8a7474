//! Forms that browsers and identity providers post.

use std::borrow::Cow;
use std::error::Error;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use http_body_util::LengthLimitError;
use service::sign_in::error::Refusal;
use url::form_urlencoded;

/// The most bytes that a posted form may have.
pub(super) const LIMIT: usize = 1024 * 1024;

/// What an identity provider had posted, and nobody has looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Posted {
    /// The field `SAMLResponse`.
    pub response: String,
    /// The field `RelayState`.
    pub relay_state: Option<String>,
}

impl Posted {
    /// Reads the form of a request: each field once, in the body alone.
    ///
    /// # Errors
    ///
    /// When it is no such form.
    pub(super) async fn receive(request: Request) -> Result<(HeaderMap, Self), Refusal> {
        let (headers, form) = receive(request).await?;
        Ok((headers, Self::read(&form)?))
    }

    fn read(form: &str) -> Result<Self, Refusal> {
        let response = field(form, "SAMLResponse")?.filter(|value| !value.is_empty());
        let relay_state = field(form, "RelayState")?.filter(|value| !value.is_empty());
        let Some(response) = response else {
            for other in ["SAMLRequest", "SAMLart"] {
                if let Some(posted) = field(form, other)? {
                    if let Some(rejection) = saml::reject_wrong_message_kind(&posted) {
                        return Err(rejection.into());
                    }
                    return Err(Refusal::FormFieldUnexpected { field: other });
                }
            }
            return Err(Refusal::FormFieldMissing {
                field: "SAMLResponse",
            });
        };
        Ok(Self {
            response,
            relay_state,
        })
    }
}

/// The value of a field, which may be there once.
///
/// # Errors
///
/// When it is there more than once: two readers of the form could then read two values.
pub(super) fn field(form: &str, name: &'static str) -> Result<Option<String>, Refusal> {
    let mut values = form_urlencoded::parse(form.as_bytes())
        .filter(|(one, _)| one == name)
        .map(|(_, value)| value);
    match (values.next(), values.next()) {
        (Some(_), Some(_)) => Err(Refusal::FormFieldRepeated { field: name }),
        (value, _) => Ok(value.map(Cow::into_owned)),
    }
}

/// The text of a posted form.
///
/// # Errors
///
/// When it is not one, or is longer than any real one.
pub(super) async fn receive(request: Request) -> Result<(HeaderMap, String), Refusal> {
    let (parts, body) = request.into_parts();
    check_type(&parts.headers)?;
    let body = axum::body::to_bytes(body, LIMIT)
        .await
        .map_err(|error| unreceived(&error))?;
    let form = String::from_utf8(body.into()).map_err(|_| Refusal::FormUnreadable)?;
    Ok((parts.headers, form))
}

fn check_type(headers: &HeaderMap) -> Result<(), Refusal> {
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
        Err(Refusal::FormType { received })
    }
}

/// Too long and too short are the two ways in which a body cannot be read.
fn unreceived(error: &axum::Error) -> Refusal {
    let mut cause = Error::source(error);
    while let Some(one) = cause {
        if one.is::<LengthLimitError>() {
            return Refusal::FormTooLarge;
        }
        cause = one.source();
    }
    Refusal::FormUnreadable
}

#[test]
fn each_field_is_there_once() {
    let code = |form: &str| Posted::read(form).map_err(|refusal| refusal.code());
    let posted = code("RelayState=r&SAMLResponse=PHM%2B&other=1").unwrap();
    assert_eq!(
        (posted.response.as_str(), posted.relay_state.as_deref()),
        ("PHM+", Some("r"))
    );
    for (form, expected) in [
        ("", "form-field-missing"),
        ("samlresponse=a", "form-field-missing"),
        ("SAMLResponse=", "form-field-missing"),
        ("SAMLResponse=a&SAMLResponse=a", "form-field-repeated"),
        ("SAMLResponse=a&%53AMLResponse=b", "form-field-repeated"),
        (
            "SAMLResponse=a&RelayState=1&RelayState=2",
            "form-field-repeated",
        ),
        ("SAMLRequest=a&RelayState=1", "form-field-unexpected"),
        ("SAMLart=a", "form-field-unexpected"),
    ] {
        assert_eq!(code(form), Err(expected), "{form}");
    }
}
