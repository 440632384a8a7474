//! Deviations from the standard that are accepted, for the administrator.

use std::fmt;

use crate::rejection::shorten;
use crate::response_envelope::is_quoted;
use crate::xml::{Document, Namespace, is_ncname, trim};
use crate::xs_date_time::UtcForm;

/// Something in an accepted message that deviates from the standard, or that is left out because the connection does not
/// need it. The `Display` form is one sentence for the administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A time has the offset `+00:00` in place of `Z` (saml-core 1.3.3).
    TimeWithOffset { field: String, received: String },
    /// An ID does not begin as an XML name does (saml-core 1.3.4).
    IdNotAName { element: String, received: String },
    /// The NameID cannot be used, and the connection does not need it.
    NameIdNotUsed { reason: String },
    /// An unsolicited response states an `InResponseTo` that no request of this service can have.
    InResponseToIgnored { received: String },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimeWithOffset { field, received } => write!(
                f,
                "{field} is {received:?}, which was read as UTC; SAML writes Z in place of the offset"
            ),
            Self::IdNotAName { element, received } => write!(
                f,
                "the ID of {element} is {received:?}, which is not an XML name; IDs must begin with a letter or an underscore"
            ),
            Self::NameIdNotUsed { reason } => write!(
                f,
                "the NameID was left out, because {reason}; only a connection with a subject attribute accepts this"
            ),
            Self::InResponseToIgnored { received } => write!(
                f,
                "InResponseTo is {received:?}, which no request of this service can have, so the response counts as unsolicited"
            ),
        }
    }
}

/// The attributes that hold a time.
const TIMES: [&str; 5] = [
    "IssueInstant",
    "NotBefore",
    "NotOnOrAfter",
    "AuthnInstant",
    "SessionNotOnOrAfter",
];

/// The deviations of a message's form, each kind once.
pub(crate) fn form_notes<'d>(documents: impl IntoIterator<Item = &'d Document<'d>>) -> Vec<Note> {
    let mut time = None;
    let mut id = None;
    let elements = documents.into_iter().flat_map(Document::elements);
    for element in elements {
        let is_message = matches!(element.namespace(), Namespace::SAML | Namespace::SAMLP);
        if !is_message || element.attributes().is_empty() || is_quoted(element) {
            continue;
        }
        for attribute in element.attributes() {
            let (name, value) = (attribute.local(), trim(attribute.value()));
            if time.is_none() && TIMES.contains(&name) && UtcForm::of(value) == UtcForm::Offset {
                time = Some(Note::TimeWithOffset {
                    field: format!("{} {name}", element.local()),
                    received: shorten(value),
                });
            }
            if id.is_none()
                && name == "ID"
                && matches!(element.local(), "Response" | "Assertion")
                && !is_ncname(value)
            {
                id = Some(Note::IdNotAName {
                    element: element.written_name(),
                    received: shorten(value),
                });
            }
        }
    }
    time.into_iter().chain(id).collect()
}
