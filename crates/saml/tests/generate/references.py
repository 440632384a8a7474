"""1C: what the reference points at, and who else has that name."""

from case import case, good
from document import (
    assertion, assertion_signed, attribute, attributes, edit, element, forged, genuine, issuer, mark, response,
    response_signed, subject, name_id, ASSERTION_ID,
)
from names import DS, SAML, SAMLP, XENC
from signer import PLAIN, by_id, canonical, sign
from wrapping import extensions, signature_of

WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"


def cases():
    duplicates()
    decoys()
    whole_document()
    fragments()
    names()
    changed_names()


def duplicates():
    """ID-1: every pair of elements with one ID."""
    holder = '<x:Held xmlns:x="urn:x" ID="_assertion"/>'
    rows = {
        "response-and-assertion": (assertion_signed(response_parts=dict(id="_assertion")), "duplicate-id|invalid-reference"),
        "extension-and-assertion": (response_with(extensions(holder)), "duplicate-id"),
        "attribute-value-and-assertion": (assertion_signed(attributes=attributes(attribute("a", holder))), "duplicate-id"),
        "advice-and-assertion": (assertion_signed(advice=f"<saml:Advice>{forged(ASSERTION_ID)}</saml:Advice>"), "duplicate-id"),
        "two-extensions": (response_with(extensions(holder.replace("_assertion", "_x") * 2)), "duplicate-id"),
        "signature-and-assertion": (edit(assertion_signed(), "<ds:Signature ", '<ds:Signature Id="_assertion" '), "duplicate-id"),
        "key-info-and-assertion": (edit(assertion_signed(), "<ds:KeyInfo>", '<ds:KeyInfo Id="_assertion">'), "duplicate-id"),
        "reference-and-assertion": (assertion_signed(PLAIN.but(
            signed_info=lambda i: edit(i, "<ds:Reference ", '<ds:Reference Id="_assertion" '))), "duplicate-id|invalid-reference"),
        "encrypted-data-and-assertion": (response_with(extensions(
            f'<xenc:EncryptedData xmlns:xenc="{XENC}" Id="_assertion"/>')), "duplicate-id"),
        "status-and-assertion": (edit(assertion_signed(), "<samlp:Status>", '<samlp:Status ID="_assertion">'), "duplicate-id"),
        "subject-and-assertion": (assertion_signed(subject=edit(subject(), "<saml:Subject>", '<saml:Subject ID="_assertion">')),
                                  "duplicate-id"),
    }
    for name, (text, codes) in rows.items():
        case(f"id-1-{name}", text, codes)


def response_with(held):
    return assertion_signed(response_parts=dict(extensions=held))


def decoys():
    """ID-2: attributes that look like the ID."""
    looks = {
        "id": 'Id="{}"', "lower-id": 'id="{}"', "xml-id": 'xml:id="{}"', "wsu-id": f'wsu:Id="{{}}" xmlns:wsu="{WSU}"',
        "assertion-id": 'AssertionID="{}"', "foreign-id": 'x:ID="{}" xmlns:x="urn:x"', "saml-id": 'saml:ID="{}"',
        "samlp-id": 'samlp:ID="{}"',
    }
    for name, look in looks.items():
        attack = edit(response(forged(signature=signature_of(genuine()))), 'ID="_forged"', f'ID="_forged" {look.format("_assertion")}')
        case(f"id-2-forged-with-{name}", attack, "invalid-reference|duplicate-id|ambiguous-attribute", sound=0, signed=1)
    for name in ("xml-id", "wsu-id", "lower-id", "id", "saml-id", "samlp-id", "foreign-id"):
        look = looks[name].format("_assertion").replace(' xmlns:x="urn:x"', "")
        holder = f'<x:Held xmlns:x="urn:x" {look}/>'
        case(f"id-2-decoy-{name}", response_with(extensions(holder)), "duplicate-id|ambiguous-attribute")
    polluted = edit(response_signed(), 'ID="_response"', 'ID="_attack" samlp:ID="_response"')
    case("id-2-response-with-a-second-id-in-the-namespace", polluted, "invalid-reference|ambiguous-attribute",
         control="control-response-signed", sound=0, signed=1)
    names = {"version": ("Version", "2.0"), "destination": ("Destination", "https://other.example"),
             "in-response-to": ("InResponseTo", "_other"), "issue-instant": ("IssueInstant", "2026-11-24T12:00:00Z")}
    for name, (local, value) in names.items():
        case(f"id-2-qualified-{name}", assertion_signed(response_parts=dict(more=f' samlp:{local}="{value}"')), "ambiguous-attribute")
    for local in ("Recipient", "NotOnOrAfter", "InResponseTo"):
        text = assertion_signed(subject=edit(subject(), f" {local}=", f' saml:{local}="x" {local}='))
        case(f"id-2-qualified-{local.lower()}", text, "ambiguous-attribute")


def referring(uri):
    return assertion_signed(PLAIN.but(uri=uri, covered=lambda root: canonical(by_id(root, "_assertion"))))


def whole_document():
    """ID-3: the reference names its element."""
    case("id-3-uri-empty", assertion_signed(PLAIN.but(uri="")), "invalid-reference", sound=0, signed=1)
    whole = PLAIN.but(uri="")
    case("id-3-uri-empty-on-the-response", response_signed(whole), "invalid-reference", control="control-response-signed", sound=0, signed=1)
    case("id-3-uri-hash-only", referring("#"), "invalid-reference", sound=0, signed=1)
    absent = PLAIN.but(signed_info=lambda i: edit(i, ' URI="#_assertion"', ""))
    case("id-3-uri-absent", assertion_signed(absent), "invalid-reference|invalid-signature-structure", sound=0, signed=1)


def fragments():
    """ID-4 to ID-7: no pointer, no path, no address, no spelling but the ID's own."""
    rows = {
        "id-4-xpointer-root": "#xpointer(/)", "id-4-xpointer-id": "#xpointer(id('_assertion'))", "id-4-element": "#element(/1/3)",
        "id-5-percent-encoded": "#%5Fassertion", "id-5-other-case": "#_Assertion", "id-5-leading-space": "# _assertion",
        "id-5-space-before-hash": " #_assertion", "id-5-trailing-space": "#_assertion ", "id-5-tab": "#_assertion&#9;",
        "id-5-two-hashes": "##_assertion", "id-5-two-fragments": "#_assertion#_assertion", "id-5-query": "?q#_assertion",
        "id-5-without-hash": "_assertion", "id-5-prefix": "#_asser", "id-5-longer": "#_assertionx", "id-5-quote": "#_assertion'",
        "id-5-very-long": "#_assertion" + "x" * 5000, "id-6-xpath": "#x' or '1'='1", "id-6-xpath-union": "#_assertion'] | //*['1'='1",
        "id-7-http": "http://127.0.0.1:9/x.xml", "id-7-http-fragment": "http://127.0.0.1:9/#_assertion", "id-7-file": "file:///etc/hostname",
        "id-7-cid": "cid:part", "id-7-relative": "other.xml#_assertion",
    }
    for name, uri in rows.items():
        case(name, referring(uri), "invalid-reference", sound=0, signed=1)
    literal = assertion_signed(id="element(/1/3)")
    case("id-4-element-with-that-literal-id", literal, "invalid-id|invalid-reference")


def names():
    """ID-9: an ID is an NCName, or one that begins with a digit, compared octet by octet."""
    rows = {
        "colon": "a:assertion", "empty": "", "space-inside": "a b", "dash-first": "-a", "dot-first": ".a",
        "quote": "a&quot;b", "angle": "a&lt;b", "zero-width": "a\u200bb", "multiplication-sign": "a\u00d7b", "hash": "#a",
        "sql": "_a'; DROP TABLE replay; --", "newline": "_a&#10;b", "long": "_" + "a" * 20000,
    }
    for name, value in rows.items():
        row = "id-11" if name in ("sql", "newline", "quote", "long") else "id-9"
        text = signed_with_id(value)
        case(f"{row}-assertion-id-{name}", text, "invalid-id|invalid-structure" if name == "empty" else "invalid-id|invalid-reference", sound=0, signed=1)
    good("id-11-response-id-long", assertion_signed(response_parts=dict(id="_" + "a" * 2000)))
    good("id-9-assertion-id-digit-first", assertion_signed(id="1assertion"))
    good("id-9-assertion-id-digits", assertion_signed(id="4711"))
    good("id-9-response-id-digit-first", assertion_signed(response_parts=dict(id="1response")))
    good("id-9-signed-response-id-digit-first", response_signed(id="7f9c0c2a-0b5e-4f3a"))
    case("id-9-digit-first-colon", assertion_signed(response_parts=dict(id="1:a")), "invalid-id")
    case("id-9-digit-first-reference-to-another", edit(assertion_signed(id="1assertion"), 'ID="1assertion"', 'ID="2assertion"'), "invalid-reference", sound=0, signed=1)
    composed, decomposed = "_\u00e9", "_e\u0301"
    good("id-9-letters-beyond-ascii", assertion_signed(id=composed))
    case("id-9-normalization-differs", referring_from(composed, decomposed), "invalid-reference", sound=0, signed=1)
    case("id-9-confusable-letter", referring_from("_\u0430ssertion", "_assertion"), "invalid-reference", sound=0, signed=1)


def signed_with_id(value):
    """Signed under a plain ID and renamed within the covered octets: the reference carries the odd ID."""
    decoded = value.replace("&quot;", '"').replace("&lt;", "<").replace("&#10;", "\n")
    covered = PLAIN.but(uri=f"#{value}", covered=lambda root: canonical(by_id(root, decoded)))
    return sign(response(assertion(id=value, signature=mark("_x"))), "_x", profile=covered)


def referring_from(identifier, uri):
    covered = PLAIN.but(uri=f"#{uri}", covered=lambda root: canonical(by_id(root, identifier)))
    return assertion_signed(covered, id=identifier)


def changed_names():
    """ID-8, ID-10: an ID that changes on its way through the parser."""
    doctype = '<!DOCTYPE r [<!ENTITY e "_assertion">]>'
    case("id-8-id-through-an-entity", doctype + edit(assertion_signed(), 'ID="_assertion"', 'ID="&e;"'), "xml-doctype", sound=0, signed=1)
    case("id-8-decoy-through-an-entity", '<!DOCTYPE r [<!ENTITY e "_">]>' + response(
        forged("_assertion", signature=signature_of(genuine())),
        extensions=extensions(edit(genuine(), 'ID="_assertion"', 'ID="&e;assertion"'))), "xml-doctype", sound=0, signed=1)
    case("id-8-undeclared-entity", edit(assertion_signed(), 'ID="_assertion"', 'ID="_&e;assertion"'), "xml-syntax")
    for name, value in {"tab": "_asser&#9;tion", "leading-space": " _assertion", "trailing-space": "_assertion ",
                        "raw-newline": "_assertion\n", "leading-tab": "&#9;_assertion"}.items():
        case(f"id-10-{name}", edit(assertion_signed(), ' ID="_assertion"', f' ID="{value}"'), "invalid-id|invalid-reference", sound=0, signed=1)
