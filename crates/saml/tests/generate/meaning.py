"""1I: the signature is good, and the document is not for us, or not for now."""

from case import case, good
from document import (
    assertion, assertion_signed, attribute, attributes, audiences, authn, both_signed, conditions, confirmation, confirmation_data, edit, element, forged, issuer,
    name_id, response, response_signed, status, subject,
)
from names import ACS, BEARER, IDP, ISSUED, NOT_BEFORE, NOT_ON_OR_AFTER, PASSWORD, REQUEST, SAML, SP, SUBJECT, SUCCESS, VICTIM, XSI

STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
SIGNED_RESPONSE = "control-response-signed"
CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
UNSPECIFIED, SMARTCARD = CLASSES + "unspecified", CLASSES + "SmartcardPKI"
MFA = "https://refeds.org/profile/mfa"
HOLDER = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"
VOUCHES = "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"


def cases():
    conditions_and_audience()
    recipients()
    destinations()
    ends()
    windows()
    in_response_to()
    confirmations()
    issuers()
    statuses()
    versions()
    unknown_conditions()
    authentication()
    authentication_contexts()
    required_signatures()
    subjects()
    date_times()
    ignored_parts()


def conditions_and_audience():
    """SEM-1, SEM-2."""
    case("sem-1-conditions-missing", assertion_signed(conditions=""), "conditions-missing")
    case("sem-1-conditions-empty", assertion_signed(conditions=conditions("")), "audience-missing")
    good("sem-1-only-the-confirmation-is-bounded", assertion_signed(conditions=conditions(begin=None, until=None)))
    rows = {
        "other-service": [["https://other.example/saml"]], "prefix": [[SP[:-1]]], "longer": [[SP + "x"]], "trailing-slash": [[SP + "/"]],
        "other-case": [[SP.upper()]], "http": [[SP.replace("https", "http")]], "inner-space": [[SP.replace("saml", "sa ml")]], "empty": [[""]], "both-required-one-missing": [[SP], ["https://other.example"]],
        "both-required-other-order": [["https://other.example"], [SP]], "one-text-two-names": [[f"{SP} https://other.example"]], "our-address": [[ACS]],
    }
    for name, restrictions in rows.items():
        inside = "".join(audiences(*names) for names in restrictions)
        case(f"sem-2-audience-{name}", assertion_signed(conditions=conditions(inside)), "audience-mismatch")
    good("sem-2-audience-space", assertion_signed(conditions=conditions(audiences(f" {SP}"))))
    case("sem-2-restriction-without-audience", assertion_signed(conditions=conditions(audiences())), "audience-missing|invalid-structure")
    case("sem-2-second-restriction-without-audience", assertion_signed(conditions=conditions(audiences(SP) + audiences())), "audience-mismatch|audience-missing|invalid-structure")
    good("sem-2-one-of-several", assertion_signed(conditions=conditions(audiences("https://other.example", SP, "https://third.example"))))
    good("sem-2-two-restrictions-both-name-us", assertion_signed(conditions=conditions(audiences(SP) + audiences("https://other.example", SP))))


def recipients():
    """SEM-3."""
    rows = {
        "other-connection": ACS.replace("con_example", "con_other"), "prefix": ACS[:-1], "http": ACS.replace("https", "http"), "port": ACS.replace(".net", ".net:443"),
        "path-case": ACS.replace("saml", "SAML"), "host-case": ACS.replace("sso", "SSO"), "trailing-slash": ACS + "/", "query": ACS + "?x=y", "fragment": ACS + "#x", "empty": "",
        "inner-space": ACS.replace("acs", "a cs"), "percent-encoded": ACS.replace("acs", "%61cs"), "dot-segment": ACS.replace("/acs", "/./acs"), "entity-id": SP,
    }
    for name, value in rows.items():
        case(f"sem-3-recipient-{name}", assertion_signed(subject=subject(confirmations=confirmation(confirmation_data(recipient=value)))), "recipient-mismatch")
    for name, value in {"space": ACS + " ", "line-breaks": f"\n  {ACS}\n"}.items():
        good(f"sem-3-recipient-{name}", assertion_signed(subject=subject(confirmations=confirmation(confirmation_data(recipient=value)))))
    case("sem-3-recipient-absent", assertion_signed(subject=subject(confirmations=confirmation(confirmation_data(recipient=None)))), "invalid-subject-confirmation|recipient-mismatch")


def destinations():
    """SEM-4."""
    for name, value in {"other": "https://other.example/acs", "empty": "", "trailing-slash": ACS + "/", "http": ACS.replace("https", "http"), "query": ACS + "?a=b"}.items():
        case(f"sem-4-destination-{name}", response_signed(destination=value), "destination-mismatch", control=SIGNED_RESPONSE)
        case(f"sem-4-unsigned-destination-{name}", assertion_signed(response_parts=dict(destination=value)), "destination-mismatch")
    case("sem-4-destination-absent-from-signed-response", response_signed(destination=None), "destination-missing", control=SIGNED_RESPONSE)
    good("sem-4-destination-absent-from-unsigned-response", assertion_signed(response_parts=dict(destination=None)))


def at(seconds, milliseconds=0):
    """A time of the day of the documents, so many seconds after noon."""
    total = 12 * 3600 * 1000 + seconds * 1000 + milliseconds
    rest, ms = divmod(total, 1000)
    fraction = f".{ms:03}" if ms else ""
    return f"2026-11-24T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}{fraction}Z"


def ends():
    """SEM-5: the bounds, at one millisecond before, at and after them, with the tolerance and without it."""
    text = assertion_signed()
    for tolerance in (None, 0, 300):
        slack = 60 if tolerance is None else tolerance
        name = "default" if tolerance is None else str(tolerance)
        context = {} if tolerance is None else dict(clock_tolerance=tolerance)
        good(f"sem-5-end-minus-1ms-tolerance-{name}", text, now=at(300 + slack, -1), **context)
        case(f"sem-5-end-exactly-tolerance-{name}", text, "expired", now=at(300 + slack), **context)
        case(f"sem-5-end-plus-1ms-tolerance-{name}", text, "expired", now=at(300 + slack, 1), **context)
    confirmed = subject(confirmations=confirmation(confirmation_data(until=at(100))))
    text = assertion_signed(subject=confirmed)
    good("sem-5-confirmation-end-minus-1ms", text, now=at(160, -1))
    case("sem-5-confirmation-end-exactly", text, "expired", now=at(160))
    case("sem-5-confirmation-end-plus-1ms", text, "expired", now=at(160, 1))
    text = assertion_signed(conditions=conditions(until=at(100)))
    good("sem-5-conditions-end-minus-1ms", text, now=at(160, -1))
    case("sem-5-conditions-end-exactly", text, "expired", now=at(160))
    no_end = subject(confirmations=confirmation(confirmation_data(until=None)))
    case("sem-5-confirmation-without-end", assertion_signed(subject=no_end), "invalid-subject-confirmation")
    early = subject(confirmations=confirmation(confirmation_data(more=f' NotBefore="{NOT_BEFORE}"')))
    case("sem-5-confirmation-with-not-before", assertion_signed(subject=early), "invalid-subject-confirmation")
    forever = assertion_signed(subject=subject(confirmations=confirmation(confirmation_data(until="9999-12-31T23:59:59Z"))),
                               conditions=conditions(until="9999-12-31T23:59:59Z"))
    case("sem-5-no-assertion-lives-for-ever", forever, "expired|lifetime-too-long", now="2026-11-26T12:00:00Z")


def windows():
    """SEM-6."""
    text = assertion_signed(issued=at(-600), authn=authn(instant=at(-600)))
    good("sem-6-begin-exactly", text, now=at(-360))
    case("sem-6-begin-minus-1ms", text, "not-yet-valid", now=at(-360, -1))
    case("sem-6-begin-minus-1ms-tolerance-0", text, "not-yet-valid", now=at(-300, -1), clock_tolerance=0)
    good("sem-6-begin-exactly-tolerance-0", text, now=at(-300), clock_tolerance=0)
    good("sem-6-issued-at-the-edge", assertion_signed(), now=at(-60))
    case("sem-6-issued-in-the-future", assertion_signed(), "not-yet-valid", now=at(-60, -1))
    for name, begin, until in (("equal", ISSUED, ISSUED), ("reversed", NOT_ON_OR_AFTER, NOT_BEFORE)):
        case(f"sem-6-window-{name}", assertion_signed(conditions=conditions(begin=begin, until=until)), "invalid-validity-period")
    good("sem-6-only-not-before", assertion_signed(conditions=conditions(until=None)))
    good("sem-6-only-not-on-or-after", assertion_signed(conditions=conditions(begin=None)))
    case("sem-6-issued-two-days-ago", assertion_signed(issued="2026-11-22T12:00:00Z"), "expired|lifetime-too-long")


def answering(response_value, assertion_value, **context):
    parts = dict(in_response_to=response_value)
    return assertion_signed(subject=subject(confirmations=confirmation(confirmation_data(in_response_to=assertion_value))), response_parts=parts)


def in_response_to():
    """SEM-7: what is answered, in the response and in the assertion."""
    codes = "in-response-to-mismatch|in-response-to-inconsistent"
    good("sem-7-absent-from-the-response", answering(None, REQUEST))
    rows = {
        "absent-from-the-assertion": (REQUEST, None), "absent-from-both": (None, None), "both-other": ("_other", "_other"), "response-other": ("_other", REQUEST),
        "assertion-other": (REQUEST, "_other"), "response-empty": ("", REQUEST), "assertion-empty": (REQUEST, ""), "both-empty": ("", ""), "both-null": ("null", "null"),
        "response-null": ("null", REQUEST), "prefix": (REQUEST[:-1], REQUEST[:-1]), "longer": (REQUEST + "x", REQUEST + "x"), "space": (REQUEST + " ", REQUEST + " "), "other-case": (REQUEST.upper(), REQUEST.upper()),
    }
    for name, (outer, inner) in rows.items():
        case(f"sem-7-{name}", answering(outer, inner), codes, control="sem-7-absent-from-the-response")
    good("sem-7-unsolicited", answering(None, None), in_response_to=None)
    for name, (outer, inner) in {"both": (REQUEST, REQUEST), "assertion": (None, REQUEST), "response": (REQUEST, None), "empty": ("", "")}.items():
        case(f"sem-7-unsolicited-with-a-request-in-{name}", answering(outer, inner), codes + "|unexpected-in-response-to", in_response_to=None, control="sem-7-unsolicited")


def confirmations():
    """SEM-8: one bearer confirmation has to be right in everything."""
    right = confirmation()
    wrong = {
        "recipient": confirmation(confirmation_data(recipient="https://other.example/acs")), "time": confirmation(confirmation_data(until=NOT_BEFORE)),
        "request": confirmation(confirmation_data(in_response_to="_other")), "holder": confirmation(method=HOLDER), "vouches": confirmation(method=VOUCHES),
        "unknown": confirmation(method="urn:example:unknown"),
    }
    codes = {"recipient": "recipient-mismatch", "time": "expired", "request": "in-response-to-mismatch|in-response-to-inconsistent"}
    for name, other in wrong.items():
        good(f"sem-8-{name}-wrong-then-right", assertion_signed(subject=subject(confirmations=other + right)))
        good(f"sem-8-right-then-{name}-wrong", assertion_signed(subject=subject(confirmations=right + other)))
        case(f"sem-8-only-{name}", assertion_signed(subject=subject(confirmations=other)), codes.get(name, "subject-confirmation-missing"))
    for first in codes:
        for second in codes:
            if first != second:
                both = f"{codes[first]}|{codes[second]}|invalid-subject-confirmation"
                case(f"sem-8-{first}-wrong-in-one-{second}-in-the-other", assertion_signed(subject=subject(confirmations=wrong[first] + wrong[second])), both)
    case("sem-8-no-confirmation", assertion_signed(subject=subject(confirmations="")), "subject-confirmation-missing")
    case("sem-8-confirmation-without-data", assertion_signed(subject=subject(confirmations=confirmation(""))), "invalid-subject-confirmation")
    case("sem-8-confirmation-without-method", assertion_signed(subject=subject(confirmations=confirmation().replace(f' Method="{BEARER}"', ""))), "invalid-structure|subject-confirmation-missing")
    case("sem-8-two-data", assertion_signed(subject=subject(confirmations=confirmation(confirmation_data() * 2))), "invalid-structure")
    case("sem-8-method-in-other-case", assertion_signed(subject=subject(confirmations=confirmation(method=BEARER.upper()))), "subject-confirmation-missing")


def issuers():
    """SEM-9."""
    rows = {"other": "https://other.example/metadata", "prefix": IDP[:-1], "longer": IDP + "x", "trailing-slash": IDP + "/", "other-case": IDP.upper(), "inner-space": IDP.replace("idp.", "idp ."), "empty": ""}
    for name, value in rows.items():
        case(f"sem-9-assertion-issuer-{name}", assertion_signed(issuer=issuer(value)), "issuer-mismatch|issuer-missing" if name == "empty" else "issuer-mismatch")
        case(f"sem-9-response-issuer-{name}", response_signed(issuer=issuer(value)), "issuer-mismatch|issuer-missing" if name == "empty" else "issuer-mismatch", control=SIGNED_RESPONSE)
    good("sem-9-assertion-issuer-space", assertion_signed(issuer=issuer(IDP + " ")))
    good("sem-9-response-issuer-space", response_signed(issuer=issuer(IDP + " ")))
    case("sem-9-unsigned-response-issuer-other", assertion_signed(response_parts=dict(issuer=issuer("https://other.example"))), "issuer-mismatch")
    case("sem-9-both-other", assertion_signed(issuer=issuer("https://other.example"), response_parts=dict(issuer=issuer("https://other.example"))), "issuer-mismatch")
    case("sem-9-assertion-issuer-absent", assertion_signed(issuer=""), "issuer-missing|invalid-structure")
    good("sem-9-unsigned-response-issuer-absent", assertion_signed(response_parts=dict(issuer="")))
    good("sem-9-issuer-format-entity", assertion_signed(issuer=issuer(more=' Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity"')))
    case("sem-9-issuer-only-in-extensions", assertion_signed(issuer="", response_parts=dict(extensions=f"<samlp:Extensions>{issuer()}</samlp:Extensions>")), "issuer-missing|invalid-structure")


def statuses():
    """SEM-10: an error is an error, whatever comes with it."""
    rows = {
        "responder": status(STATUS + "Responder"), "requester": status(STATUS + "Requester"), "nested": status(STATUS + "Responder", f'<samlp:StatusCode Value="{STATUS}AuthnFailed"/>'),
        "success-inside-responder": status(STATUS + "Responder", f'<samlp:StatusCode Value="{SUCCESS}"/>'), "unknown": status("urn:example:fine"), "empty": status(""),
        "other-case": status(SUCCESS.upper()), "inner-space": status(SUCCESS.replace("status", "sta tus")), "prefix": status(SUCCESS[:-1]), "saml-1": status("samlp:Success"),
        "message": status(STATUS + "Responder", after=f"<samlp:StatusMessage>&lt;script>{'x' * 20000}&lt;/script>&#9;</samlp:StatusMessage>"),
    }
    for name, part in rows.items():
        case(f"sem-10-{name}-with-an-assertion", assertion_signed(response_parts=dict(status=part)), "idp-error-status")
        if name in ("responder", "nested", "message"):
            case(f"sem-10-{name}-without-assertion", response_signed(body="", status=part), "idp-error-status", control=SIGNED_RESPONSE)
            case(f"sem-10-{name}-unsigned", response("", status=part), "idp-error-status", control=SIGNED_RESPONSE, sound=0)
    good("sem-10-space-with-an-assertion", assertion_signed(response_parts=dict(status=status(SUCCESS + " "))))
    case("sem-10-success-without-assertion", response_signed(body=""), "assertion-missing", control=SIGNED_RESPONSE)
    case("sem-10-no-status", assertion_signed(response_parts=dict(status="")), "invalid-structure|idp-error-status")
    case("sem-10-status-empty", assertion_signed(response_parts=dict(status="<samlp:Status/>")), "invalid-structure|idp-error-status")
    case("sem-10-code-without-value", assertion_signed(response_parts=dict(status="<samlp:Status><samlp:StatusCode/></samlp:Status>")), "invalid-structure|idp-error-status")
    two = f'<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/><samlp:StatusCode Value="{STATUS}Responder"/></samlp:Status>'
    case("sem-10-two-codes", assertion_signed(response_parts=dict(status=two)), "invalid-structure|idp-error-status")
    good("sem-10-success-with-message", assertion_signed(response_parts=dict(status=status(after="<samlp:StatusMessage>Fine</samlp:StatusMessage>"))))


def versions():
    """SEM-11, SEM-16."""
    for value in ("1.1", "2.1", "2", "2.0 ", "", "02.0", "3.0"):
        slug = value.replace(".", "-").replace(" ", "-space").strip("-") or "empty"
        case(f"sem-11-response-version-{slug}", assertion_signed(response_parts=dict(version=value)), "unsupported-version")
        case(f"sem-11-assertion-version-{slug}", assertion_signed(head=f'ID="_assertion" Version="{value}" IssueInstant="{ISSUED}"'), "unsupported-version")
    case("sem-11-response-version-absent", assertion_signed(response_parts=dict(version=None)), "unsupported-version|invalid-structure")
    case("sem-11-assertion-version-absent", assertion_signed(head=f'ID="_assertion" IssueInstant="{ISSUED}"'), "unsupported-version|invalid-structure")
    old = '<saml1:Assertion xmlns:saml1="urn:oasis:names:tc:SAML:1.0:assertion" AssertionID="_a" MajorVersion="1" MinorVersion="1"/>'
    case("sem-11-saml-1-assertion", response_signed(body=old), "invalid-structure|assertion-missing", control=SIGNED_RESPONSE)
    case("sem-16-assertion-without-id", response_signed(body=assertion(signature="", head=f'Version="2.0" IssueInstant="{ISSUED}"')), "invalid-id|invalid-structure", control=SIGNED_RESPONSE)
    case("sem-16-assertion-id-empty", response_signed(body=assertion(signature="", head=f'ID="" Version="2.0" IssueInstant="{ISSUED}"')), "invalid-id", control=SIGNED_RESPONSE)
    case("sem-16-response-without-id", assertion_signed(response_parts=dict(id=None)), "invalid-id|invalid-structure")


def unknown_conditions():
    """SEM-12."""
    once, proxy = "<saml:OneTimeUse/>", '<saml:ProxyRestriction Count="0"/>'
    for name, extra in {"one-time-use": once, "proxy-restriction": proxy, "both": once + proxy}.items():
        good(f"sem-12-{name}", assertion_signed(conditions=conditions(audiences(SP) + extra)))
    case("sem-12-one-time-use-twice", assertion_signed(conditions=conditions(audiences(SP) + once * 2)), "invalid-structure")
    case("sem-12-proxy-restriction-twice", assertion_signed(conditions=conditions(audiences(SP) + proxy * 2)), "invalid-structure")
    typed = f'<saml:Condition xmlns:xsi="{XSI}" xmlns:x="urn:x" xsi:type="x:Weekday"/>'
    case("sem-12-unknown-condition", assertion_signed(conditions=conditions(audiences(SP) + typed)), "unknown-condition")
    case("sem-12-foreign-condition", assertion_signed(conditions=conditions(audiences(SP) + '<x:Weekday xmlns:x="urn:x"/>')), "unknown-condition|invalid-structure")
    case("sem-12-unknown-condition-before", assertion_signed(conditions=conditions(typed + audiences(SP))), "unknown-condition")


def authentication():
    """SEM-13: what the identity provider says about the sign-in there."""
    case("sem-13-no-authn-statement", assertion_signed(authn=""), "authn-statement-missing")
    good("sem-13-no-authn-statement-accepted", assertion_signed(authn=""), accept_missing_authn_statement=True)
    good("sem-13-two-authn-statements", assertion_signed(authn=authn() + authn(more=' SessionIndex="_two"')))
    case("sem-13-second-signed-in-tomorrow", assertion_signed(authn=authn() + authn(instant="2026-11-25T12:00:00Z")), "not-yet-valid")
    good("sem-13-signed-in-twice", assertion_signed(authn=authn(instant="2026-11-01T00:00:00Z") + authn(context=context_class(MFA))))
    good("sem-13-signed-in-long-ago", assertion_signed(authn=authn(instant="2026-11-01T00:00:00Z")))
    good("sem-13-locality", assertion_signed(authn=edit(authn(), "<saml:AuthnContext>", '<saml:SubjectLocality Address="192.0.2.1"/><saml:AuthnContext>')))
    case("sem-13-session-over", assertion_signed(authn=authn(more=f' SessionNotOnOrAfter="{NOT_BEFORE}"')), "session-expired|expired")
    case("sem-13-second-session-over", assertion_signed(authn=authn() + authn(more=f' SessionNotOnOrAfter="{NOT_BEFORE}"')), "session-expired|expired")
    case("sem-13-signed-in-tomorrow", assertion_signed(authn=authn(instant="2026-11-25T12:00:00Z")), "not-yet-valid")
    case("sem-13-no-authn-instant", assertion_signed(authn=edit(authn(), f' AuthnInstant="{ISSUED}"', "")), "invalid-structure|invalid-timestamp")
    good("sem-13-session-ends-later", assertion_signed(authn=authn(more=' SessionNotOnOrAfter="2026-11-24T20:00:00Z"')))


def authentication_contexts():
    """SEM-14: the authentication context that the connection requires."""
    for name, classes in {"other": PASSWORD, "unspecified": UNSPECIFIED, "other-case": MFA.upper(), "prefix": MFA[:-1], "longer": MFA + "/x", "two-in-one": f"{MFA} {PASSWORD}"}.items():
        case(f"sem-14-context-{name}", assertion_signed(authn=authn(context=context_class(classes))), "authn-context-mismatch", control="sem-14-context-required", authn_contexts=[MFA])
    declared = f"<saml:AuthnContextDeclRef>{MFA}</saml:AuthnContextDeclRef>"
    case("sem-14-context-only-declared", assertion_signed(authn=authn(context=declared)), "authn-context-mismatch", control="sem-14-context-required", authn_contexts=[MFA])
    case("sem-14-no-authn-statement", assertion_signed(authn=""), "authn-statement-missing", control="sem-14-context-required", authn_contexts=[MFA])
    good("sem-14-context-required", assertion_signed(authn=authn(context=context_class(MFA))), authn_contexts=[MFA])
    good("sem-14-context-one-of-several", assertion_signed(authn=authn(context=context_class(MFA))), authn_contexts=[SMARTCARD, MFA])
    for name, classes in {"first": [MFA, PASSWORD], "second": [PASSWORD, MFA], "third": [PASSWORD, UNSPECIFIED, MFA]}.items():
        statements = "".join(authn(context=context_class(value)) for value in classes)
        good(f"sem-14-context-in-the-{name}-statement", assertion_signed(authn=statements), authn_contexts=[MFA])
    case("sem-14-context-in-no-statement", assertion_signed(authn=authn(context=context_class(PASSWORD)) + authn(context=context_class(UNSPECIFIED))),
         "authn-context-mismatch", control="sem-14-context-in-the-second-statement", authn_contexts=[MFA])
    good("sem-14-context-not-required", assertion_signed(authn=authn(context=context_class(UNSPECIFIED))))


def context_class(value):
    return f"<saml:AuthnContextClassRef>{value}</saml:AuthnContextClassRef>"


def required_signatures():
    """SEM-21: the connection requires a signature of a part, or encryption."""
    case("sem-21-response-not-signed", assertion_signed(), "response-signature-missing", require_signed_response=True)
    case("sem-21-assertion-not-signed", response_signed(), "assertion-signature-missing", control=SIGNED_RESPONSE, require_signed_assertion=True)
    case("sem-21-not-encrypted", both_signed(), "encryption-missing", control="sem-21-both-signed", require_encryption=True, sound=2)
    good("sem-21-response-signed", response_signed(), require_signed_response=True)
    good("sem-21-assertion-signed", assertion_signed(), require_signed_assertion=True)
    good("sem-21-both-signed", both_signed(), require_signed_response=True, require_signed_assertion=True, sound=2)


def subjects():
    """SEM-15."""
    case("sem-15-subject-missing", assertion_signed(subject=""), "subject-missing")
    case("sem-15-name-id-empty", assertion_signed(subject=subject(name_id(""))), "invalid-name-id")
    case("sem-15-name-id-closed", assertion_signed(subject=subject("<saml:NameID/>")), "invalid-name-id")
    case("sem-15-name-id-line-end", assertion_signed(subject=subject(name_id("\n"))), "invalid-name-id")
    case("sem-15-base-id", assertion_signed(subject=subject('<saml:BaseID NameQualifier="x"/>')), "invalid-structure|invalid-name-id")
    good("sem-15-name-id-of-256", assertion_signed(subject=subject(name_id("a" * 256))), subject="a" * 256)
    case("sem-15-name-id-of-20000", assertion_signed(subject=subject(name_id("a" * 20000))), "invalid-name-id")
    good("sem-15-name-id-beyond-ascii", assertion_signed(subject=subject(name_id("\u00e4d\u00e4-\U0001f680"))), subject="\u00e4d\u00e4-\U0001f680")
    for name, attributes_ in {"no-format": "", "transient": ' Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"',
                              "qualifiers": f' NameQualifier="{IDP}" SPNameQualifier="{SP}" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"'}.items():
        good(f"sem-15-name-id-{name}", assertion_signed(subject=subject(name_id(attributes=attributes_))))


def date_times():
    """SEM-17: one grammar for every instant."""
    bad = {
        "no-zone": "2026-11-24T12:05:00", "offset-half": "2026-11-24T12:35:00+00:30", "offset-basic": "2026-11-24T12:05:00+0000", "offset-14": "2026-11-25T02:05:00+14:00", "offset-minus": "2026-11-24T12:05:00-00:00",
        "hour-24": "2026-11-24T24:00:00Z", "hour-25": "2026-11-24T25:00:00Z", "minute-60": "2026-11-24T12:60:00Z", "leap-second": "2026-12-31T23:59:60Z", "second-61": "2026-11-24T12:05:61Z",
        "year-0": "0000-11-24T12:05:00Z", "year-negative": "-2026-11-24T12:05:00Z", "year-10000": "10000-11-24T12:05:00Z", "year-two-digits": "26-11-24T12:05:00Z", "year-plus": "+2026-11-24T12:05:00Z",
        "month-0": "2026-00-24T12:05:00Z", "month-13": "2026-13-24T12:05:00Z", "day-0": "2026-11-00T12:05:00Z", "day-31": "2026-11-31T12:05:00Z", "february-29": "2027-02-29T12:05:00Z",
        "comma": "2026-11-24T12:05:00,5Z", "dot-only": "2026-11-24T12:05:00.Z", "digits-50": "2026-11-24T12:05:00." + "5" * 50 + "Z", "lower-t": "2026-11-24t12:05:00Z", "lower-z": "2026-11-24T12:05:00z",
        "space-for-t": "2026-11-24 12:05:00Z", "leading-space": " 2026-11-24T12:05:00Z", "trailing-space": "2026-11-24T12:05:00Z ", "bom": "\ufeff2026-11-24T12:05:00Z", "arabic-digits": "\u0662\u0660\u0662\u0666-11-24T12:05:00Z",
        "fullwidth": "\uff12\uff10\uff12\uff16-11-24T12:05:00Z", "no-seconds": "2026-11-24T12:05Z", "one-digit-month": "2026-1-24T12:05:00Z", "date-only": "2026-11-24", "date-with-zone": "2026-11-24Z", "empty": "",
        "number": "1795522000", "rfc-2822": "Tue, 24 Nov 2026 12:05:00 GMT", "basic-form": "20261124T120500Z", "week-date": "2026-W48-2T12:05:00Z", "two-zones": "2026-11-24T12:05:00ZZ", "huge": "9" * 5000, "nul-like": "2026-11-24T12:05:00\\0Z",
        "sign-in-part": "2026-11-24T12:+5:00Z",
    }
    for name, value in bad.items():
        case(f"sem-17-{name}", assertion_signed(conditions=conditions(until=value)), "invalid-timestamp")
    goods = {"fraction-1": ".5", "fraction-3": ".123", "fraction-6": ".123456", "fraction-7": ".1234567", "fraction-9": ".123456789", "fraction-zero": ".000"}
    good("sem-17-offset-zero", assertion_signed(conditions=conditions(until="2026-11-24T12:05:00+00:00")))
    case("sem-17-offset-zero-expired", assertion_signed(conditions=conditions(until="2026-11-24T11:59:00+00:00")), "expired")
    good("sem-17-offset-zero-with-fraction", assertion_signed(conditions=conditions(begin="2026-11-24T11:55:00.0631274+00:00")))
    for name, inside in {"no-zone": ' NotOnOrAfter="2026-11-24T12:05:00"', "soon": ' NotOnOrAfter="soon"'}.items():
        other = f'<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"><saml:SubjectConfirmationData{inside}/></saml:SubjectConfirmation>'
        good(f"sem-17-other-confirmation-{name}", assertion_signed(subject=subject(confirmations=other + confirmation())))
    for name, fraction in goods.items():
        good(f"sem-17-{name}", assertion_signed(conditions=conditions(until=f"2026-11-24T12:05:00{fraction}Z")))
    good("sem-17-last-second-of-the-calendar", assertion_signed(authn=authn(more=' SessionNotOnOrAfter="9999-12-31T23:59:59.9999999Z"')))
    good("sem-17-leap-day", assertion_signed(conditions=conditions(until="2028-02-29T12:05:00Z")))
    for where, text in {
        "issue-instant": assertion_signed(issued="2026-11-24T12:00:00"), "response-issue-instant": assertion_signed(response_parts=dict(issued="yesterday")),
        "not-before": assertion_signed(conditions=conditions(begin="2026-11-24T11:55:00")), "confirmation": assertion_signed(subject=subject(confirmations=confirmation(confirmation_data(until="soon")))),
        "authn-instant": assertion_signed(authn=authn(instant="2026-11-24")), "session": assertion_signed(authn=authn(more=' SessionNotOnOrAfter="later"')),
    }.items():
        case(f"sem-17-malformed-{where}", text, "invalid-timestamp")


def ignored_parts():
    """SEM-18: what may be there and is never read."""
    quoted = forged().replace(f' xmlns:saml="{SAML}"', "")
    evidence = element(assertion_signed(by="attacker", id="_quoted", subject=subject(name_id(VICTIM))), "Assertion")
    nested = evidence.replace("_quoted", "_outer").replace("</saml:Assertion>", f"<saml:Advice>{evidence}</saml:Advice></saml:Assertion>")
    for name, inside in {"signed-assertion": evidence, "two-signed-assertions": evidence + evidence.replace("_quoted", "_second"), "nested": nested,
                         "signed-assertion-with-attributes": evidence.replace("staff", "administrators")}.items():
        good(f"sem-18-advice-{name}", assertion_signed(advice=f"<saml:Advice>{inside}</saml:Advice>"))
        good(f"sem-18-advice-{name}-response-signed", response_signed(body=assertion(signature="", advice=f"<saml:Advice>{inside}</saml:Advice>")))
        case(f"sem-18-advice-{name}-added-later", edit(assertion_signed(advice="<saml:Advice/>"), "<saml:Advice/>", f"<saml:Advice>{inside}</saml:Advice>"), "digest-mismatch",
             sound=0, signed=1)
    real = element(assertion_signed(), "Assertion")
    case("sem-18-advice-genuine-assertion-in-an-unsigned-one", response(forged(advice=f"<saml:Advice>{real}</saml:Advice>")), "unsigned")
    case("sem-18-advice-signature-of-the-genuine-assertion-outside", response(forged(signature=element(real, "Signature", "ds"),
         advice=f"<saml:Advice>{real.replace(element(real, 'Signature', 'ds'), '')}</saml:Advice>")), "invalid-reference", sound=1)
    case("sem-18-advice-same-id", assertion_signed(advice=f"<saml:Advice>{evidence.replace('_quoted', '_assertion')}</saml:Advice>"), "duplicate-id", sound=0, signed=0)
    case("sem-18-advice-beside-the-assertion", assertion_signed(response_parts=dict(extensions=f"<samlp:Extensions><saml:Advice>{evidence}</saml:Advice></samlp:Extensions>")),
         "signature-misplaced|multiple-assertions")
    case("sem-18-advice-signature-without-assertion", assertion_signed(advice=f"<saml:Advice>{element(evidence, 'Signature', 'ds')}</saml:Advice>"), "signature-misplaced")
    case("sem-18-advice-in-the-subject", assertion_signed(tail=f"<saml:AttributeStatement><saml:Attribute Name='a'><saml:AttributeValue><saml:Advice>{evidence}</saml:Advice></saml:AttributeValue></saml:Attribute></saml:AttributeStatement>"),
         "signature-misplaced|multiple-assertions")
    good("sem-18-advice", assertion_signed(advice=f"<saml:Advice>{quoted}<saml:AssertionIDRef>_x</saml:AssertionIDRef></saml:Advice>"))
    decision = '<saml:AuthzDecisionStatement Resource="x" Decision="Permit"><saml:Action Namespace="urn:x">y</saml:Action></saml:AuthzDecisionStatement>'
    good("sem-18-authorization-decision", assertion_signed(tail=decision))
    good("sem-18-unknown-statement", assertion_signed(tail=f'<saml:Statement xmlns:xsi="{XSI}" xmlns:x="urn:x" xsi:type="x:Other"/>'))
    good("sem-18-no-attributes", assertion_signed(attributes=""))
    good("sem-18-extensions", assertion_signed(response_parts=dict(extensions='<samlp:Extensions><x:a xmlns:x="urn:x">b</x:a></samlp:Extensions>')))
