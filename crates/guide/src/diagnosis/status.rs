//! The error statuses of SAML 2.0 (saml-core 3.2.2.2).

/// Every status of SAML 2.0, by the end of its URI, with the name of its cause.
const STATUSES: [(&str, &str); 22] = [
    ("Requester", "status-requester"),
    ("Responder", "status-responder"),
    ("VersionMismatch", "status-version-mismatch"),
    ("AuthnFailed", "status-authn-failed"),
    (
        "InvalidAttrNameOrValue",
        "status-invalid-attr-name-or-value",
    ),
    ("InvalidNameIDPolicy", "status-invalid-name-id-policy"),
    ("NoAuthnContext", "status-no-authn-context"),
    ("NoAvailableIDP", "status-no-available-idp"),
    ("NoPassive", "status-no-passive"),
    ("NoSupportedIDP", "status-no-supported-idp"),
    ("PartialLogout", "status-partial-logout"),
    ("ProxyCountExceeded", "status-proxy-count-exceeded"),
    ("RequestDenied", "status-request-denied"),
    ("RequestUnsupported", "status-request-unsupported"),
    ("RequestVersionDeprecated", "status-request-version"),
    ("RequestVersionTooHigh", "status-request-version"),
    ("RequestVersionTooLow", "status-request-version"),
    ("ResourceNotRecognized", "status-resource-not-recognized"),
    ("TooManyResponses", "status-too-many-responses"),
    ("UnknownAttrProfile", "status-unknown-attr-profile"),
    ("UnknownPrincipal", "status-unknown-principal"),
    ("UnsupportedBinding", "status-unsupported-binding"),
];

/// The causes of nested status codes: the innermost first, because it is the most specific.
pub(super) fn causes(codes: &str) -> Vec<&'static str> {
    let mut causes: Vec<&str> = codes
        .split(" / ")
        .filter_map(|code| {
            let name = code.strip_prefix("urn:oasis:names:tc:SAML:2.0:status:")?;
            STATUSES.iter().find(|(status, _)| *status == name)
        })
        .map(|(_, cause)| *cause)
        .collect();
    causes.reverse();
    causes
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    STATUSES.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_status_comes_first_and_an_unknown_one_is_left_out() {
        let status = |name: &str| format!("urn:oasis:names:tc:SAML:2.0:status:{name}");
        let codes = [status("Responder"), status("AuthnFailed")].join(" / ");
        assert_eq!(causes(&codes), ["status-authn-failed", "status-responder"]);
        assert!(causes("urn:example:Responder").is_empty());
        assert!(causes("").is_empty());
    }
}
