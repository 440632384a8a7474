//! Parts of the sentences of rejections.

use crate::request::RequestId;
use crate::xs_date_time::UtcForm;

/// Why a time that is not in UTC is rejected.
pub(super) fn time_zone_problem(received: &str) -> &'static str {
    match UtcForm::of(received) {
        UtcForm::OtherOffset => "; it has the offset of a local time, and SAML allows UTC alone",
        UtcForm::None if received.contains('T') => {
            "; it has no time zone, and SAML demands Z for UTC"
        }
        UtcForm::None | UtcForm::Z | UtcForm::Offset => "",
    }
}

/// Which of the two places that hold an InResponseTo has which value.
pub(super) fn in_response_to_places(
    received: &Option<String>,
    response: &Option<String>,
) -> String {
    match (received, response) {
        (None, None) => {
            "none, neither in the Response nor in the assertion's SubjectConfirmationData"
                .to_owned()
        }
        (None, Some(response)) => format!(
            "none in the assertion's SubjectConfirmationData, although the Response has {response:?}; both must have it"
        ),
        (Some(received), None) => format!(
            "{received:?} in the assertion's SubjectConfirmationData, and none in the Response"
        ),
        (Some(received), Some(response)) if received == response => format!("{received:?}"),
        (Some(received), Some(response)) => format!(
            "{received:?} in the assertion's SubjectConfirmationData, and {response:?} in the Response"
        ),
    }
}

/// Why an InResponseTo of an unsolicited response is rejected.
pub(super) fn unexpected_request(received: &str) -> &'static str {
    if RequestId::has_form(received) {
        "which is not pending in this browser"
    } else {
        "which is none of this service: the identity provider made it up; a connection that accepts or restarts \
         IdP-initiated sign-ins ignores such a value"
    }
}
