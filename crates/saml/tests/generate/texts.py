"""1F: what a value is, when its text is not simple."""

from case import case, good
from document import (
    assertion, assertion_signed, attribute, attributes, audiences, authn, conditions, confirmation, confirmation_data, edit, forged, issuer,
    name_id, response, subject,
)
from names import IDP, PASSWORD, SAML, SP, SUBJECT, VICTIM, XS, XSI

PIECES = {
    "comment": ("<!-- -->", "comment-in-value"), "instruction": ("<?x y?>", "xml-processing-instruction"),
    "cdata": ("<![CDATA[]]>", "xml-cdata"), "element": ('<x:e xmlns:x="urn:x"/>', "invalid-value"),
}


def cases():
    split_values()
    well_known_splits()
    between_elements()
    white_space()
    duplicates()
    other_names()
    simple_and_not()


def leaves():
    """Every text that is consumed: how to put `value` there, and the value that belongs there."""
    return {
        "name-id": (SUBJECT, lambda v: dict(subject=subject(name_id(v)))),
        "attribute-value": (SUBJECT, lambda v: dict(attributes=attributes(attribute("email", v)))),
        "issuer": (IDP, lambda v: dict(issuer=issuer(v))),
        "response-issuer": (IDP, lambda v: dict(response_parts=dict(issuer=issuer(v)))),
        "audience": (SP, lambda v: dict(conditions=conditions(audiences(v)))),
        "authn-context": (PASSWORD, lambda v: dict(authn=authn(context=f"<saml:AuthnContextClassRef>{v}</saml:AuthnContextClassRef>"))),
    }


def split_values():
    """TXT-1: {comment, instruction, CDATA, element} at {start, middle, end} of every leaf."""
    for leaf, (value, parts) in leaves().items():
        for kind, (piece, code) in PIECES.items():
            places = {"start": piece + value, "middle": value[:5] + piece + value[5:], "end": value + piece}
            for place, text in places.items():
                name = f"txt-1-{kind}-at-{place}-of-{leaf}"
                if (leaf, kind) == ("attribute-value", "element"):
                    # TXT-8: a value that is not simple is no claim; it is left out, whole.
                    good(name, assertion_signed(**parts(text)))
                else:
                    case(name, assertion_signed(**parts(text)), code)


def well_known_splits():
    """TXT-1, TXT-4: the documents that gave this class its name."""
    for kind, (piece, code) in PIECES.items():
        text = assertion_signed(subject=subject(name_id(f"{VICTIM}{piece}.evil.example")))
        case(f"txt-1-victim-before-{kind}", text, code)
    signed = assertion_signed(subject=subject(name_id(f"{VICTIM}.evil.example")))
    cut = edit(signed, f"{VICTIM}.evil.example", f"{VICTIM}<!--.evil.example-->")
    case("txt-1-comment-put-in-after-signing", cut, "comment-in-value|digest-mismatch", sound=0, signed=1)
    inserted = edit(signed, f"{VICTIM}.evil.example", f"{VICTIM}<!---->.evil.example")
    case("txt-1-comment-put-in-after-signing-same-digest", inserted, "comment-in-value")
    case("txt-4-character-removed", edit(assertion_signed(), f">{SUBJECT}</saml:NameID>", ">da@example.com</saml:NameID>"),
         "digest-mismatch", sound=0, signed=1)


def between_elements():
    """TXT-2: comments and white space between elements mean nothing."""
    for name, before in {"attribute-values": "<saml:AttributeValue>readers", "issuer": "<saml:Subject>", "audience": "<saml:Audience>",
                         "name-id": "<saml:NameID", "status-code": "<samlp:StatusCode"}.items():
        good(f"txt-2-comment-before-{name}", edit(assertion_signed(), before, "<!-- - -->" + before))


def white_space():
    """TXT-3: white space of XML around a name does not count; otherwise names are compared as they are, nothing is folded or normalized."""
    around = {"leading-space": " {}", "trailing-space": "{} ", "trailing-newline": "{}\n", "line-breaks": "\n      {}\n    ", "tab": "\t{}&#9;"}
    for name, shape in around.items():
        good(f"txt-3-audience-{name}", assertion_signed(conditions=conditions(audiences(shape.format(SP)))))
        good(f"txt-3-issuer-{name}", assertion_signed(issuer=issuer(shape.format(IDP))))
        good(f"txt-3-name-id-{name}", assertion_signed(subject=subject(name_id(shape.format(SUBJECT)))))
    case("txt-3-name-id-line-break-inside", assertion_signed(subject=subject(name_id("ada\n@example.com"))), "invalid-name-id")
    spaces = {"nbsp": "{}\u00a0", "zero-width": "{}\u200b", "vertical-tab-like": "{}\u2028"}
    for name, shape in spaces.items():
        case(f"txt-3-audience-{name}", assertion_signed(conditions=conditions(audiences(shape.format(SP)))), "audience-mismatch")
        case(f"txt-3-issuer-{name}", assertion_signed(issuer=issuer(shape.format(IDP))), "issuer-mismatch")
    case("txt-3-name-id-only-space", assertion_signed(subject=subject(name_id("   "))), "invalid-name-id")
    for name, value in {"fullwidth": "ada\uff20example.com", "right-to-left": "\u202eada@example.com", "two-ats": "ada@example.com@evil.example",
                        "upper-case": "Ada@EXAMPLE.com"}.items():
        good(f"txt-3-name-id-{name}-as-it-is", assertion_signed(subject=subject(name_id(value))), subject=value)


def duplicates():
    """TXT-5: the same name twice."""
    twice = attribute("email", SUBJECT) + attribute("email", VICTIM)
    # Both are handed on in their order: which of them may count is a matter of the mapping, not of the message.
    good("txt-5-attribute-twice", assertion_signed(attributes=attributes(twice)))
    case("txt-5-two-name-ids", assertion_signed(subject=subject(name_id() + name_id(VICTIM))), "invalid-structure|invalid-name-id")
    good("txt-5-two-statements", assertion_signed(attributes=attributes(attribute("email", SUBJECT)) + attributes(attribute("name", "Ada"))))
    friendly = attribute("urn:oid:1", "a", more=' FriendlyName="mail"') + attribute("urn:oid:2", "b", more=' FriendlyName="mail"')
    good("txt-5-one-friendly-name-for-two", assertion_signed(attributes=attributes(friendly)))
    good("txt-5-several-values", assertion_signed(attributes=attributes(attribute("email", SUBJECT, "ada@example.org"))))
    good("txt-5-no-values", assertion_signed(attributes=attributes('<saml:Attribute Name="empty"/>' + attribute("blank", ""))))
    case("txt-5-attribute-without-name", assertion_signed(attributes=attributes("<saml:Attribute><saml:AttributeValue>x</saml:AttributeValue></saml:Attribute>")),
         "invalid-structure")


def other_names():
    """TXT-6: the subject's name is the NameID directly in the Subject."""
    evil = name_id(VICTIM)
    good("txt-6-name-id-in-confirmation", assertion_signed(subject=subject(confirmations=confirmation(before=evil))))
    good("txt-6-name-id-in-attribute-value", assertion_signed(attributes=attributes(attribute("targeted", evil))))
    good("txt-6-name-id-in-advice", assertion_signed(advice=f"<saml:Advice>{without_id(forged())}</saml:Advice>"))
    good("txt-6-name-id-in-confirmation-data", assertion_signed(subject=subject(confirmations=confirmation(
        edit(confirmation_data(), "/>", f">{evil}</saml:SubjectConfirmationData>")))))
    good("txt-6-name-id-only-in-confirmation", assertion_signed(subject=subject("", confirmation(before=evil))), subject="-")


def without_id(text):
    return text.replace(f' xmlns:saml="{SAML}"', "")


def simple_and_not():
    """TXT-8: values of other types."""
    spaces = f' xmlns:xs="{XS}" xmlns:xsi="{XSI}"'
    def typed(kind, value):
        return f'<saml:Attribute Name="a"><saml:AttributeValue{spaces} {kind}>{value}</saml:AttributeValue></saml:Attribute>'

    for name, kind, value in (("string", 'xsi:type="xs:string"', "x"), ("any-type", 'xsi:type="xs:anyType"', "x"), ("nil", 'xsi:nil="true"', ""),
                              ("base64", 'xsi:type="xs:base64Binary"', "AAAA"), ("integer", 'xsi:type="xs:integer"', "7")):
        good(f"txt-8-type-{name}", assertion_signed(attributes=attributes(typed(kind, value))))
    good("txt-8-elements-as-value", assertion_signed(attributes=attributes(typed("", '<x:a xmlns:x="urn:x"><x:b>c</x:b></x:a>'))))
