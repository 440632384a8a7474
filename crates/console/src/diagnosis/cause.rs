//! The likely causes of each error code, the most likely first.

/// The names of the causes of a code, or `None` for an unknown code.
#[expect(
    clippy::too_many_lines,
    reason = "one line for each code: a list, not a flow"
)]
pub(super) fn causes(code: &str) -> Option<&'static [&'static str]> {
    Some(match code {
        "no-such-organization" => &["link-wrong"],
        "no-such-connection" => &["old-acs"],
        "no-connection" | "connection-not-active" => &["unfinished"],
        "connection-disabled" => &["disabled"],
        "plan-without-sso" => &["plan"],
        "opened-by-hand" => &["acs-as-start"],
        "parameter-missing"
        | "parameter-repeated"
        | "parameter-too-long"
        | "parameter-control-character"
        | "unknown-client"
        | "redirect-uri-not-registered"
        | "form-too-long"
        | "too-many-parameters"
        | "not-form-encoded" => &["application"],
        "not-asked" => &["portal", "relay-lost", "one-application"],
        "other-browser" => &["cookies", "proxy-cookies"],
        "other-connection" => &["one-application"],
        "request-expired" => &["left-open"],
        "replayed" => &["back-button", "replay"],
        "not-authenticated-anew" => &["force-authn"],
        "not-a-member" => &["not-invited", "not-assigned"],
        "deactivated" => &["deactivated"],
        "email-missing" => &["email-not-sent"],
        "email-elsewhere" => &["email-name"],
        "outside-domains" => &["domain-missing", "guest"],
        "no-subject" => &["no-name-id", "subject-attribute"],
        "transient-subject" => &["transient"],
        "subject-too-long" => &["wrong-value"],
        "name-id" => &["no-name-id", "wrong-value"],
        "form-type" | "form-unreadable" => &["on-the-way"],
        "form-too-large" | "too-large" | "xml-too-many-elements" => &["groups", "attack"],
        "form-field-missing" | "form-field-unexpected" | "logout-response" | "logout-request" => {
            &["acs-as-logout"]
        }
        "form-field-repeated" => &["homemade", "attack"],
        "empty" => &["on-the-way"],
        "not-base64" => &["redirect-answer", "on-the-way"],
        "authn-request" => &["acs-as-provider"],
        "metadata" => &["metadata-at-acs"],
        "not-a-response" | "version" => &["not-saml2"],
        "not-utf8"
        | "xml-syntax"
        | "xml-namespace"
        | "xml-processing-instruction"
        | "xml-cdata" => &["on-the-way", "homemade"],
        "xml-doctype" | "xml-too-deep" | "xml-too-many-attributes" => &["attack", "homemade"],
        "structure"
        | "id-invalid"
        | "value-structure"
        | "timestamp"
        | "issuer-missing"
        | "conditions-missing"
        | "condition-unknown"
        | "subject-missing"
        | "subject-confirmation-missing"
        | "subject-confirmation"
        | "window-empty"
        | "canonicalization"
        | "encryption-structure" => &["homemade"],
        "duplicate-id"
        | "attribute-ambiguous"
        | "comment-in-value"
        | "assertion-multiple"
        | "transform"
        | "reference"
        | "signature-misplaced"
        | "signature-structure" => &["attack", "homemade"],
        "assertion-missing" | "status" => &["their-log"],
        "issuer" => &["other-tenant", "issuer-typed"],
        "destination" | "recipient" => &["acs-wrong", "one-application", "proxy-name"],
        "destination-missing" => &["destination-off"],
        "audience" => &["entity-wrong", "entity-other"],
        "audience-missing" => &["entity-empty"],
        "too-early" => &["clock"],
        "clock-ahead" => &["clock-ahead"],
        "expired" => &["slow-way", "clock", "short-life"],
        "clock-behind" => &["clock-behind"],
        "in-response-to" => &["two-tabs", "replay"],
        "in-response-to-contradicts" => &["homemade", "attack"],
        "not-unsolicited" => &["relay-lost", "made-up-request"],
        "unsigned" => &["not-signing"],
        "no-trusted-key" => &["no-certificate"],
        "signature-mismatch" => &["newer-certificate", "other-application", "foreign-signer"],
        "certificate-of-other-connection" => &["mixed-up"],
        "digest-mismatch" => &["on-the-way", "attack"],
        "certificate-expired" => &["certificate-ended"],
        "sha1" => &["old-setting"],
        "signature-algorithm" | "digest-algorithm" | "canonicalization-algorithm" => &["algorithm"],
        "reference-to-other" => &["signs-other", "attack"],
        "signed-before-encryption" => &["sign-then-encrypt"],
        "decryption-key-missing" => &["encrypts-unasked"],
        "decryption-failed" => &["encrypts-unasked", "old-certificate-there", "cbc-unsigned"],
        "encrypted-for-old-key" => &["old-certificate-there"],
        "encrypted-for-other-key" => &["foreign-certificate-there"],
        "encryption-algorithm" => &["encryption-algorithm"],
        "cbc-not-accepted" => &["cbc"],
        "broken" => &["ours"],
        "overloaded" => &["crowd"],
        _ => return None,
    })
}

/// The name of the sentence that says what happened. Errors of an application's request share one, because they do not
/// concern the administrator of an identity provider.
pub(super) fn summary_of(code: &str) -> &str {
    match causes(code) {
        Some(["application"]) => "application",
        Some(_) | None => code,
    }
}
