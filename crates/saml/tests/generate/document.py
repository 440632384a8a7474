"""The baseline response, part by part, so that a case can replace any part of it."""

from names import (
    ACS, BEARER, EMAIL_FORMAT, IDP, ISSUED, NOT_BEFORE, NOT_ON_OR_AFTER, PASSWORD, REQUEST, SAML, SAMLP, SP, SUBJECT,
    SUCCESS, VICTIM,
)
from signer import PLAIN, mark, sign

RESPONSE_ID = "_response"
ASSERTION_ID = "_assertion"


def status(code=SUCCESS, inside="", after=""):
    return f'<samlp:Status><samlp:StatusCode Value="{code}">{inside}</samlp:StatusCode>{after}</samlp:Status>'


def name_id(value=SUBJECT, attributes=f' Format="{EMAIL_FORMAT}"'):
    return f"<saml:NameID{attributes}>{value}</saml:NameID>"


def confirmation_data(until=NOT_ON_OR_AFTER, recipient=ACS, in_response_to=REQUEST, more=""):
    pairs = (("NotOnOrAfter", until), ("Recipient", recipient), ("InResponseTo", in_response_to))
    written = "".join(f' {name}="{value}"' for name, value in pairs if value is not None)
    return f"<saml:SubjectConfirmationData{written}{more}/>"


def confirmation(data=None, method=BEARER, before=""):
    data = confirmation_data() if data is None else data
    return f'<saml:SubjectConfirmation Method="{method}">{before}{data}</saml:SubjectConfirmation>'


def subject(name=None, confirmations=None):
    name = name_id() if name is None else name
    return f"<saml:Subject>{name}{confirmation() if confirmations is None else confirmations}</saml:Subject>"


def audiences(*names):
    return "<saml:AudienceRestriction>" + "".join(f"<saml:Audience>{n}</saml:Audience>" for n in names) \
        + "</saml:AudienceRestriction>"


def conditions(inside=None, begin=NOT_BEFORE, until=NOT_ON_OR_AFTER):
    window = "".join(f' {n}="{v}"' for n, v in (("NotBefore", begin), ("NotOnOrAfter", until)) if v is not None)
    return f"<saml:Conditions{window}>{audiences(SP) if inside is None else inside}</saml:Conditions>"


def authn(instant=ISSUED, more=' SessionIndex="_session"', context=None):
    context = f"<saml:AuthnContextClassRef>{PASSWORD}</saml:AuthnContextClassRef>" if context is None else context
    return f'<saml:AuthnStatement AuthnInstant="{instant}"{more}><saml:AuthnContext>{context}</saml:AuthnContext>' \
        "</saml:AuthnStatement>"


def attribute(name, *values, more=""):
    written = "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
    return f'<saml:Attribute Name="{name}"{more}>{written}</saml:Attribute>'


def attributes(inside=None):
    if inside is None:
        inside = attribute("email", SUBJECT) + attribute("groups", "staff", "readers")
    return f"<saml:AttributeStatement>{inside}</saml:AttributeStatement>"


def issuer(value=IDP, more=""):
    return f"<saml:Issuer{more}>{value}</saml:Issuer>"


def assertion(**parts):
    """An assertion; its signature's mark stands after the issuer unless `signature` says otherwise."""
    identifier = parts.get("id", ASSERTION_ID)
    head = parts.get("head", f'ID="{identifier}" Version="2.0" IssueInstant="{parts.get("issued", ISSUED)}"')
    return (
        f'<saml:Assertion xmlns:saml="{SAML}" {head}>'
        + parts.get("issuer", issuer())
        + parts.get("signature", mark(identifier))
        + parts.get("subject", subject())
        + parts.get("conditions", conditions())
        + parts.get("advice", "")
        + parts.get("authn", authn())
        + parts.get("attributes", attributes())
        + parts.get("tail", "")
        + "</saml:Assertion>"
    )


def response(body=None, **parts):
    """A response around an assertion; it has no mark for a signature of its own unless `signature` gives one."""
    identifier = parts.get("id", RESPONSE_ID)
    pairs = (
        ("ID", identifier), ("Version", parts.get("version", "2.0")), ("IssueInstant", parts.get("issued", ISSUED)),
        ("Destination", parts.get("destination", ACS)), ("InResponseTo", parts.get("in_response_to", REQUEST)),
    )
    head = "".join(f' {name}="{value}"' for name, value in pairs if value is not None) + parts.get("more", "")
    return (
        f'<samlp:Response xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}"{head}>'
        + parts.get("before", "")
        + parts.get("issuer", issuer())
        + parts.get("signature", "")
        + parts.get("extensions", "")
        + parts.get("status", status())
        + (assertion() if body is None else body)
        + parts.get("tail", "")
        + "</samlp:Response>"
    )


def assertion_signed(profile=PLAIN, by="idp", response_parts=None, **parts):
    """A response whose assertion alone is signed."""
    return sign(response(assertion(**parts), **(response_parts or {})), parts.get("id", ASSERTION_ID), by, profile)


def response_signed(profile=PLAIN, by="idp", body=None, **parts):
    """A response that is signed, around an assertion that is not."""
    body = assertion(signature="") if body is None else body
    identifier = parts.get("id", RESPONSE_ID)
    return sign(response(body, **{"signature": mark(identifier)} | parts), identifier, by, profile)


def both_signed(**parts):
    """A response that is signed, around an assertion that is signed too."""
    inner = sign(response(assertion(**parts), signature=mark(RESPONSE_ID)), ASSERTION_ID)
    return sign(inner, RESPONSE_ID)


def element(text, name, prefix="saml"):
    """The text of the first element of this name, tags included."""
    start = text.index(f"<{prefix}:{name}")
    end = f"</{prefix}:{name}>"
    return text[start:text.index(end, start) + len(end)]


def genuine():
    """The signed assertion that an ordinary user of the identity provider holds."""
    return element(assertion_signed(), "Assertion")


def forged(identifier="_forged", **parts):
    """An unsigned assertion for another user."""
    parts = {"signature": "", "subject": subject(name_id(VICTIM)), "attributes": attributes(attribute("email", VICTIM))} | parts
    return assertion(id=identifier, **parts)


def forged_with_signature(identifier="_forged"):
    """The forgery with the genuine signature copied into it byte for byte."""
    return forged(identifier, signature=element(genuine(), "Signature", "ds"))


def edit(text, old, new, count=1):
    """Replaces `old`, which has to be there exactly `count` times: an edit that misses is a broken case."""
    if text.count(old) != count:
        raise ValueError(f"{old!r} occurs {text.count(old)} times, not {count}")
    return text.replace(old, new)
