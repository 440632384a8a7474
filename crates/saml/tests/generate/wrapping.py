"""1A: the signed element is not the one that is consumed."""

from case import case, good
from document import (
    assertion, assertion_signed, attribute, attributes, both_signed, edit, element, forged, forged_with_signature, genuine,
    issuer, mark, response, response_signed, status, subject, name_id, conditions, authn, confirmation, audiences,
)
from names import ACS, BEARER, DS, EXC, IDP, ISSUED, METADATA, REQUEST, SAML, SAMLP, SP, VICTIM
from signer import PLAIN, by_id, canonical, sign, transform, without_marks, ENVELOPED, parse

SIGNED_RESPONSE = "control-response-signed"
BOTH = "control-both-signed"
SOMEWHERE = "signature-misplaced|multiple-assertions|unsigned|invalid-structure"


def cases():
    wrapped_responses()
    inserted_assertions()
    wrapped_assertions()
    same_identifiers()
    two_signed_infos()
    hidden_anywhere()
    swapped_references()
    several_assertions()
    several_roots()
    look_alikes()
    other_messages()
    covered_parts()
    broken_one_of_two()


def signature_of(text):
    return element(text, "Signature", "ds")


def unsigned(text):
    """The document without its first signature."""
    return text.replace(signature_of(text), "", 1)


def evil_response(signature, inside="", **parts):
    return response(forged(), id="_evil", signature=signature, **parts).replace(mark("_evil"), inside)


def wrapped_responses():
    original = response_signed()
    clone, signature = unsigned(original), signature_of(original)
    inside = edit(signature, "</ds:Signature>", f"{clone}</ds:Signature>")
    case("xsw-1-original-response-inside-signature", evil_response(inside), "invalid-signature-structure|invalid-structure|invalid-reference",
         control=SIGNED_RESPONSE)
    case("xsw-1-original-response-inside-object",
         evil_response(edit(signature, "</ds:Signature>", f"<ds:Object>{clone}</ds:Object></ds:Signature>")),
         "invalid-signature-structure|invalid-structure|invalid-reference", control=SIGNED_RESPONSE)
    case("xsw-2-original-response-before-signature", evil_response(clone + signature),
         "invalid-reference|invalid-structure|signature-misplaced|invalid-signature-structure", control=SIGNED_RESPONSE)
    case("xsw-2-original-response-after-signature", evil_response(signature + clone),
         "invalid-reference|invalid-structure|invalid-signature-structure", control=SIGNED_RESPONSE)
    case("xsw-11-signed-response-in-the-issuer", response(forged(), id="_evil", issuer=issuer(IDP + original)),
         "unsigned|signature-misplaced|multiple-assertions|invalid-value|invalid-structure", control=SIGNED_RESPONSE)
    case("xsw-11-signed-response-as-child-of-response", response(forged(), id="_evil", tail=original),
         "unsigned|signature-misplaced|multiple-assertions|invalid-structure", control=SIGNED_RESPONSE)


def inserted_assertions():
    """XSW-3: a forgery before, between and after."""
    base = assertion_signed()
    places = {
        "first": ("<saml:Issuer>", lambda old: forged() + old),
        "before-status": ("<samlp:Status>", lambda old: forged() + old),
        "middle": ("</samlp:Status>", lambda old: old + forged()),
        "last": ("</samlp:Response>", lambda old: forged() + old),
    }
    for name, (at, change) in places.items():
        case(f"xsw-3-unsigned-assertion-{name}", base.replace(at, change(at), 1), "multiple-assertions|invalid-structure"
             if name in ("first", "before-status") else "multiple-assertions")
    case("xsw-3-copied-signature-last", base.replace("</samlp:Response>", forged_with_signature() + "</samlp:Response>"),
         "multiple-assertions|invalid-reference")
    case("xsw-3-copied-signature-middle", base.replace("</samlp:Status>", "</samlp:Status>" + forged_with_signature()),
         "multiple-assertions|invalid-reference")


def wrapped_assertions():
    """XSW-4, 5, 6: the genuine assertion inside the forgery, after it, inside its signature."""
    real, signature = genuine(), signature_of(genuine())
    case("xsw-4-genuine-assertion-inside-forged-one", response(forged(tail=real)), SOMEWHERE)
    case("xsw-4-genuine-assertion-first-in-forged-one", response(forged(issuer=real + issuer())), SOMEWHERE)
    case("xsw-4-genuine-assertion-inside-forged-one-with-its-signature",
         response(forged(signature=signature, tail=real)), "invalid-reference|signature-misplaced|multiple-assertions|invalid-structure")
    case("xsw-5-forged-keeps-signature-original-after", response(forged(signature=signature) + unsigned(real)),
         "multiple-assertions|invalid-reference")
    case("xsw-5-forged-keeps-signature-original-before", response(unsigned(real) + forged(signature=signature)),
         "multiple-assertions|invalid-reference")
    inside = edit(signature, "</ds:Signature>", f"{unsigned(real)}</ds:Signature>")
    case("xsw-6-original-inside-the-signature", response(forged(signature=inside)), "invalid-signature-structure|signature-misplaced|multiple-assertions|invalid-reference")
    inside = edit(signature, "<ds:SignedInfo>", f"{unsigned(real)}<ds:SignedInfo>")
    case("xsw-6-original-first-in-the-signature", response(forged(signature=inside)), "invalid-signature-structure|signature-misplaced|multiple-assertions|invalid-reference")


def extensions(inside):
    return f"<samlp:Extensions>{inside}</samlp:Extensions>"


def same_identifiers():
    """XSW-7, 8: both carry the ID that was signed."""
    real, twin = genuine(), forged("_assertion")
    with_signature = forged_with_signature("_assertion")
    signature = signature_of(real)
    case("xsw-7-forged-in-extensions-same-id", response(real, extensions=extensions(twin)), "duplicate-id")
    case("xsw-7-genuine-in-extensions-forged-same-id", response(with_signature, extensions=extensions(real)), "duplicate-id")
    case("xsw-7-genuine-in-extensions-forged-unsigned", response(forged(), extensions=extensions(real)),
         "signature-misplaced|multiple-assertions|unsigned")
    case("xsw-7-genuine-in-extensions-forged-copied-signature",
         response(forged_with_signature(), extensions=extensions(real)), "signature-misplaced|multiple-assertions|invalid-reference")
    held = f"<ds:Object>{unsigned(real)}</ds:Object></ds:Signature>"
    case("xsw-8-original-in-object-same-id",
         response(forged("_assertion", signature=edit(signature, "</ds:Signature>", held))), "duplicate-id|invalid-signature-structure|multiple-assertions")
    case("xsw-8-original-in-object-other-id",
         response(forged(signature=edit(signature, "</ds:Signature>", held))), "invalid-signature-structure|signature-misplaced|multiple-assertions|invalid-reference")


def two_signed_infos():
    """XSW-9: the verified SignedInfo is not the one that is read."""
    real = genuine()
    signature = signature_of(real)
    original = element(signature, "SignedInfo", "ds")
    # An unsigned SignedInfo that fits the forgery.
    twin = forged("_assertion", signature=mark("_assertion"))
    decoy = element(sign(response(twin), "_assertion", "attacker"), "SignedInfo", "ds")
    layouts = {
        "second": original + decoy,
        "first": decoy + original,
        "in-object-before": f"<ds:Object>{decoy}</ds:Object>{original}",
        "in-object-after": f"{original}<ds:Object>{decoy}</ds:Object>",
        "nested": original.replace("</ds:SignedInfo>", decoy + "</ds:SignedInfo>"),
        "around": decoy.replace("</ds:SignedInfo>", original + "</ds:SignedInfo>"),
    }
    for name, infos in layouts.items():
        changed = signature.replace(original, infos)
        case(f"xsw-9-decoy-signed-info-{name}", response(forged("_assertion", signature=changed)), "invalid-signature-structure",
             sound=0, signed=0 if name == "nested" else 1)
    after = edit(signature, original, decoy).replace("</ds:Signature>", f"<ds:Object>{original}</ds:Object></ds:Signature>")
    case("xsw-9-original-signed-info-in-object-at-the-end", response(forged("_assertion", signature=after)),
         "invalid-signature-structure", sound=0, signed=1)


def hidden_anywhere():
    """XSW-10: the genuine assertion wherever the schema has room, a forgery in the right place."""
    for kind, forge in (("unsigned", {}), ("copied", {"signature": signature_of(genuine())})):
        codes = SOMEWHERE if kind == "unsigned" else "invalid-reference|signature-misplaced|multiple-assertions|invalid-structure"
        for place, document in hiding_places(genuine(), forge).items():
            case(f"xsw-10-{kind}-{place}", document, codes + "|invalid-value")
    for place in ("status-detail", "advice", "attribute-value", "confirmation-data", "response-end"):
        document = hiding_places(genuine(), {"id": "_assertion"} | {"signature": signature_of(genuine())})[place]
        case(f"xsw-10-same-id-{place}", document, "duplicate-id")


def hiding_places(real, forge):
    identifier = forge.get("id", "_forged")

    def with_forged(**parts):
        rest = {k: v for k, v in forge.items() if k != "id"}
        return response(forged(identifier, **(rest | parts)))

    plain = forged(identifier, **{k: v for k, v in forge.items() if k != "id"})
    data = f'<saml:SubjectConfirmationData NotOnOrAfter="2026-11-24T12:05:00Z" Recipient="{ACS}" ' \
        f'InResponseTo="{REQUEST}">{real}</saml:SubjectConfirmationData>'
    victim = name_id(VICTIM)
    inside_key = f'<ds:KeyInfo xmlns:ds="{DS}">{real}</ds:KeyInfo>'
    return {
        "status-detail": response(plain, status=status(after=f"<samlp:StatusDetail>{real}</samlp:StatusDetail>")),
        "status-message": response(plain, status=status(after=f"<samlp:StatusMessage>{real}</samlp:StatusMessage>")),
        "status-code": response(plain, status=status(inside=real)),
        "extensions": response(plain, extensions=extensions(f'<x:Held xmlns:x="urn:x">{real}</x:Held>')),
        "foreign-element": response(plain, tail=f'<x:Held xmlns:x="urn:x">{real}</x:Held>'),
        "response-end": response(plain, tail=extensions(real)),
        "response-issuer": response(plain, issuer=issuer(IDP + real)),
        "assertion-issuer": with_forged(issuer=issuer(IDP + real)),
        "name-id": with_forged(subject=subject(name_id(VICTIM + real))),
        "subject": with_forged(subject=subject(victim + real)),
        "confirmation": with_forged(subject=subject(victim, confirmation(before=real))),
        "confirmation-data": with_forged(subject=subject(victim, confirmation(data))),
        "confirmation-key-info": with_forged(subject=subject(victim, confirmation(data.replace(real, inside_key)))),
        "conditions": with_forged(conditions=conditions(audiences(SP) + real)),
        "condition": with_forged(conditions=conditions(audiences(SP) + f"<saml:Condition>{real}</saml:Condition>")),
        "audience": with_forged(conditions=conditions(audiences(SP + real))),
        "advice": with_forged(advice=f"<saml:Advice>{real}</saml:Advice>"),
        "authn-statement": with_forged(authn=edit(authn(), "</saml:AuthnStatement>", real + "</saml:AuthnStatement>")),
        "authn-context-decl": with_forged(authn=authn(context=f"<saml:AuthnContextDecl>{real}</saml:AuthnContextDecl>")),
        "authn-context-class": with_forged(authn=authn(context=f"<saml:AuthnContextClassRef>{real}</saml:AuthnContextClassRef>")),
        "attribute-statement": with_forged(attributes=attributes(attribute("email", VICTIM) + real)),
        "attribute": with_forged(attributes=attributes(f'<saml:Attribute Name="a">{real}</saml:Attribute>')),
        "attribute-value": with_forged(attributes=attributes(attribute("a", real))),
        "statement": with_forged(tail=f"<saml:Statement>{real}</saml:Statement>"),
    }


def swapped_references():
    """XSW-12: a good signature in the wrong place, or with the wrong target."""
    to_assertion = PLAIN.but(uri="#_assertion", covered=lambda root: canonical(by_id(root, "_assertion")))
    document = response(assertion(signature=""), signature=mark("_response"))
    case("xsw-12-response-signature-refers-to-assertion", sign(document, "_response", profile=to_assertion), "reference-mismatch",
         control=SIGNED_RESPONSE)
    to_response = PLAIN.but(uri="#_response", covered=lambda root: canonical(by_id(root, "_response")))
    case("xsw-12-assertion-signature-refers-to-response", assertion_signed(to_response), "reference-mismatch")
    moved = assertion_signed()
    signature = signature_of(moved)
    case("xsw-12-assertion-signature-moved-to-response",
         moved.replace(signature, "").replace("<samlp:Status>", signature + "<samlp:Status>"), "reference-mismatch")


def several_assertions():
    """XSW-13, 14: several genuine ones, and a response of which only a part is covered."""
    first = genuine()
    second = element(assertion_signed(id="_second", subject=subject(name_id("grace@example.com"))), "Assertion")
    case("xsw-13-two-signed-assertions", response(first + second), "multiple-assertions", sound=2)
    case("xsw-13-two-signed-assertions-other-order", response(second + first), "multiple-assertions", sound=2)
    case("xsw-13-two-assertions-in-a-signed-response", response_signed(body=first + second), "multiple-assertions", sound=3)
    case("xsw-13-the-same-assertion-twice", response(first + first), "multiple-assertions|duplicate-id", sound=2)
    xpath = transform("http://www.w3.org/TR/1999/REC-xpath-19991116",
                      f'<ds:XPath xmlns:saml="{SAML}">not(ancestor-or-self::saml:Assertion)</ds:XPath>')
    partial = PLAIN.but(transforms=(transform(ENVELOPED), xpath, transform(EXC)), covered=response_without_assertion)
    case("xsw-14-response-signature-leaves-the-assertion-out",
         response_signed(partial, body=forged()), "transform-not-allowed|invalid-signature-structure", control=SIGNED_RESPONSE, sound=0, signed=1)


def response_without_assertion(root):
    for found in root.findall(f"{{{SAML}}}Assertion"):
        root.remove(found)
    return canonical(root)


def several_roots():
    """XSW-16: two documents in one."""
    base, evil = assertion_signed(), response(forged(), id="_evil")
    for name, text in {
        "after": base + evil, "before": evil + base, "after-comment": f"{base}<!-- -->{evil}",
        "before-comment": f"{evil}<!-- -->{base}", "after-line": f"{base}\n{evil}",
        "assertion-after": base + forged(), "text-after": base + "text", "text-before": "text" + base,
    }.items():
        case(f"xsw-16-second-root-{name}", text, "xml-syntax")
    case("xsw-16-second-root-after-instruction", f"{base}<?x y?>{evil}", "xml-syntax|xml-processing-instruction")


def look_alikes():
    """XSW-17: names that look right in namespaces that are not."""
    spaces = {
        "no-namespace": "", "trailing-slash": SAML + "/", "upper-case": SAML.upper(), "saml-1": SAML.replace("2.0", "1.0"),
        "protocol": SAMLP, "space": SAML + " ",
    }
    for name, uri in spaces.items():
        declared = f'<Assertion xmlns="{uri}" ID="_forged"><Subject><NameID>{VICTIM}</NameID></Subject></Assertion>'
        case(f"xsw-17-look-alike-before-{name}", edit(assertion_signed(), "</samlp:Status>", "</samlp:Status>" + declared),
             "invalid-structure|multiple-assertions")
        alone = genuine().replace(f'xmlns:saml="{SAML}"', f'xmlns:saml="{uri}"' if uri else f'xmlns:saml="{SAML}" ')
        if uri:
            case(f"xsw-17-only-look-alike-{name}", response(alone),
                 "invalid-structure|assertion-missing|unsigned|signature-misplaced", sound=0)
    for name, uri in {"trailing-slash": DS + "/", "no-hash": DS.rstrip("#"), "upper-case": DS.upper()}.items():
        case(f"xsw-17-signature-in-namespace-{name}",
             edit(assertion_signed(), f'xmlns:ds="{DS}"', f'xmlns:ds="{uri}"'), "unsigned|invalid-structure", sound=0)
    case("xsw-17-response-in-another-namespace", assertion_signed().replace(SAMLP, SAMLP + "x"), "not-a-response")
    case("xsw-17-response-in-saml-1-namespace",
         assertion_signed().replace(f'xmlns:samlp="{SAMLP}"', 'xmlns:samlp="urn:oasis:names:tc:SAML:1.0:protocol"'),
         "not-a-response")


def message(name, inside, more=""):
    return f'<samlp:{name} xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="_message" Version="2.0" IssueInstant="{ISSUED}" ' \
        f'Destination="{ACS}" InResponseTo="{REQUEST}"{more}>{issuer()}{inside}</samlp:{name}>'


def metadata():
    text = f'<md:EntityDescriptor xmlns:md="{METADATA}" ID="_metadata" entityID="{IDP}">{mark("_metadata")}' \
        f'<md:IDPSSODescriptor protocolSupportEnumeration="{SAMLP}"/></md:EntityDescriptor>'
    return sign(text, "_metadata")


def other_messages():
    """XSW-18, 20 and SEM-19: another thing that the identity provider signed."""
    real = genuine()
    known = {"LogoutRequest": "unexpected-logout-request", "LogoutResponse": "unexpected-logout-response", "AuthnRequest": "unexpected-authn-request"}
    for name in (*known, "ArtifactResponse", "AttributeQuery"):
        kind, code = name.lower(), known.get(name, "not-a-response")
        case(f"xsw-18-signed-assertion-in-{kind}", message(name, status() + real), code)
        signed = sign(message(name, mark("_message") + status()), "_message")
        case(f"sem-19-signed-{kind}", signed, code)
    case("sem-19-bare-signed-assertion", real, "not-a-response")
    case("sem-19-artifact-response-around-a-signed-response", message("ArtifactResponse", status() + assertion_signed()),
         "not-a-response")
    signed_metadata = metadata()
    case("xsw-20-signed-metadata", signed_metadata, "unexpected-metadata")
    case("xsw-20-signed-metadata-in-extensions", response(forged(), extensions=extensions(signed_metadata)),
         "signature-misplaced|multiple-assertions|unsigned")
    case("xsw-20-metadata-signature-in-forged-assertion",
         response(forged(signature=signature_of(signed_metadata)), extensions=extensions(unsigned(signed_metadata))), "invalid-reference")
    failed = response_signed(body="", status=status("urn:oasis:names:tc:SAML:2.0:status:Responder"))
    case("xsw-20-signed-error-response-given-an-assertion", edit(failed, "</samlp:Response>", forged() + "</samlp:Response>"),
         "idp-error-status|digest-mismatch", control=SIGNED_RESPONSE, sound=0, signed=1)
    case("xsw-20-signed-error-response-in-extensions", response(forged(), id="_evil", extensions=extensions(failed)),
         "signature-misplaced|invalid-structure|unsigned", control=SIGNED_RESPONSE)
    case("xsw-20-error-signature-on-forged-response",
         response(forged(), id="_evil", signature=signature_of(failed), extensions=extensions(unsigned(failed))),
         "invalid-reference|invalid-structure", control=SIGNED_RESPONSE)
    logout = sign(message("LogoutRequest", mark("_message") + name_id()), "_message")
    case("xsw-20-signed-logout-request-in-extensions", response(forged(), extensions=extensions(logout)),
         "signature-misplaced|multiple-assertions|unsigned")


def covered_parts():
    """XSW-19: a signed part is not a signed assertion."""
    parts = {
        "issuer": ("saml:Issuer", dict(issuer=issuer(IDP + mark("_part"), ' ID="_part"'))),
        "subject": ("saml:Subject", dict(subject=edit(subject(name_id(VICTIM)), "<saml:Subject>",
                                                      '<saml:Subject ID="_part">' + mark("_part")))),
        "attributes": ("saml:AttributeStatement", dict(attributes=edit(
            attributes(attribute("email", VICTIM)), "<saml:AttributeStatement>",
            '<saml:AttributeStatement ID="_part">' + mark("_part")))),
        "conditions": ("saml:Conditions", dict(conditions=edit(
            conditions(), "<saml:Conditions", f'<saml:Conditions ID="_part"').replace(
                "<saml:AudienceRestriction>", mark("_part") + "<saml:AudienceRestriction>", 1))),
    }
    for name, (_, changed) in parts.items():
        case(f"xsw-19-signed-{name}", sign(response(forged(**changed)), "_part"), SOMEWHERE + "|invalid-value")
    referred = forged(signature=mark("_forged"), subject=edit(subject(), "<saml:Subject>", '<saml:Subject ID="_part">'))
    to_part = PLAIN.but(uri="#_part", covered=lambda root: canonical(by_id(root, "_part")))
    case("xsw-19-assertion-signature-refers-to-subject", sign(response(referred), "_forged", profile=to_part), "invalid-reference")


def broken_one_of_two():
    """XSW-21: every signature has to hold, not the first or any."""
    base = both_signed()
    outer = signature_of(base)
    value = element(outer, "SignatureValue", "ds")
    bad_value = edit(outer, value, altered(value))
    case("xsw-21-response-signature-broken", edit(base, outer, bad_value), "signature-mismatch", control=BOTH)
    case("xsw-21-response-changed-assertion-good", edit(base, f'IssueInstant="{ISSUED}" Dest', 'IssueInstant="2026-11-24T12:00:01Z" Dest'),
         "digest-mismatch", control=BOTH)
    inner = edit(genuine(), SUBJECT_IN_NAME, SUBJECT_IN_NAME.replace("ada", "eve"))
    case("xsw-21-assertion-changed-response-good", response_signed(body=inner), "digest-mismatch", control=BOTH)
    by_attacker = element(assertion_signed(by="attacker"), "Assertion")
    case("xsw-21-assertion-by-attacker-response-good", response_signed(body=by_attacker), "signature-mismatch", control=BOTH)
    foreign = sign(sign(response(assertion(), signature=mark("_response")), "_assertion"), "_response", "attacker")
    case("xsw-21-response-by-attacker-assertion-good", foreign, "signature-mismatch", control=BOTH)


def altered(base64_element):
    """The element with one letter of its text exchanged for another."""
    at = base64_element.index(">") + 20
    letter = "A" if base64_element[at] != "A" else "B"
    return base64_element[:at] + letter + base64_element[at + 1:]


SUBJECT_IN_NAME = ">ada@example.com</saml:NameID>"
