"""1B: signatures that are missing, partial or malformed."""

import base64
import hashlib
import re

from case import case, good
from document import assertion, assertion_signed, both_signed, edit, element, forged, genuine, mark, response, response_signed
from keys import key
from names import DS, ENVELOPED, EXC, HASHES, HMAC_METHODS, RSA_SHA256, SHA256, SHA384, SHA512
from signer import PLAIN, b64, sign, transform, without_marks, x509
from wrapping import altered, signature_of

STRUCTURE = "invalid-signature-structure"
HMAC = next(iter(HMAC_METHODS))


def cases():
    missing()
    unreadable()
    references()
    shapes_of_signature()
    shapes_of_signed_info()
    texts()
    digests()
    values()
    empty_octets()
    misplaced()
    general_features()


def missing():
    case("sig-1-unsigned", without_marks(response(assertion())), "unsigned", sound=0)
    case("sig-1-signature-removed", assertion_signed().replace(signature_of(assertion_signed()), ""), "unsigned", sound=0)
    case("sig-1-empty-signature", response(assertion(signature=f'<ds:Signature xmlns:ds="{DS}"/>')), STRUCTURE, sound=0)
    case("sig-2-no-certificate", assertion_signed(), "no-trusted-key", certificates=[], sound=0)
    good("sig-5-response-signed-assertion-not", response_signed())


def unreadable():
    """SIG-3: a fault on the way is not a success."""
    base = assertion_signed()
    signature = signature_of(base)
    value = element(signature, "SignatureValue", "ds")
    case("sig-3-signature-value-not-base64", edit(base, value, "<ds:SignatureValue>!!!</ds:SignatureValue>"),
         "invalid-signature-structure|signature-mismatch", sound=0)
    case("sig-3-digest-value-not-base64", assertion_signed(PLAIN.but(digest_value="!!!")),
         "invalid-signature-structure|digest-mismatch", sound=0)
    case("sig-3-unknown-signature-algorithm", edit(base, RSA_SHA256, "urn:example:none"), "signature-algorithm-not-allowed", sound=0)
    case("sig-3-empty-signature-algorithm", edit(base, f'"{RSA_SHA256}"', '""'), "signature-algorithm-not-allowed|invalid-signature-structure", sound=0)
    case("sig-3-unknown-digest-algorithm", assertion_signed(PLAIN.but(signed_info=lambda t: edit(t, SHA256, "urn:example:none"))),
         "digest-algorithm-not-allowed", sound=0)
    good("sig-3-certificate-in-key-info-unreadable", assertion_signed(PLAIN.but(
        key_info="<ds:X509Data><ds:X509Certificate>!!!</ds:X509Certificate></ds:X509Data>")))


def with_info(change):
    """A genuine signature over a SignedInfo that `change` has edited."""
    return assertion_signed(PLAIN.but(signed_info=change))


def references():
    """SIG-6: exactly one reference."""
    def reference(info):
        return element(info, "Reference", "ds")

    def other(info):
        return reference(info).replace("#_assertion", "#_other").replace("<ds:DigestValue>", "<ds:DigestValue>AAAA")

    changes = {
        "none": lambda i: edit(i, reference(i), ""),
        "twice": lambda i: edit(i, reference(i), reference(i) * 2),
        "three-times": lambda i: edit(i, reference(i), reference(i) * 3),
        "good-then-bad": lambda i: edit(i, reference(i), reference(i) + other(i)),
        "bad-then-good": lambda i: edit(i, reference(i), other(i) + reference(i)),
        "bad-good-bad": lambda i: edit(i, reference(i), other(i) + reference(i) + other(i)),
    }
    for name, change in changes.items():
        case(f"sig-6-references-{name}", with_info(change), "invalid-signature-structure|invalid-reference", sound=0,
             signed=0 if name == "none" else 1)


def child(signature, name):
    found = re.search(rf"<ds:{name}[ >].*?</ds:{name}>|<ds:{name}[^>]*/>", signature)
    return found.group(0)


def shapes_of_signature():
    """SIG-7: each child of the Signature is left out, doubled, moved."""
    base = assertion_signed()
    signature = signature_of(base)
    children = [child(signature, n) for n in ("SignedInfo", "SignatureValue", "KeyInfo")]
    info, value, key_info = children
    for name, one in zip(("signed-info", "signature-value", "key-info"), children):
        codes = STRUCTURE if name != "key-info" else None
        if codes:
            case(f"sig-7-without-{name}", edit(base, one, ""), codes, sound=0)
        case(f"sig-7-two-of-{name}", edit(base, one, one * 2), STRUCTURE, sound=0, signed=1)
        case(f"sig-7-empty-{name}" if name == "signed-info" else f"sig-7-second-empty-{name}",
             edit(base, one, re.sub(r">.*<", "><", one, count=1) if name == "signed-info" else one + re.sub(r">.*<", "><", one)),
             STRUCTURE, sound=0)
    for name, order in {
        "value-info-key": (value, info, key_info), "key-info-value": (key_info, info, value),
        "info-key-value": (info, key_info, value), "value-key-info": (value, key_info, info),
    }.items():
        case(f"sig-7-order-{name}", edit(base, "".join(children), "".join(order)), STRUCTURE)
    unknown = '<x:Unknown xmlns:x="urn:x"/>'
    for name, at in {"first": info, "middle": value, "last": "</ds:Signature>"}.items():
        case(f"sig-7-unknown-child-{name}", edit(base, at, unknown + at), STRUCTURE)
    case("sig-7-text-in-signature", edit(base, value, "text" + value), STRUCTURE)


def shapes_of_signed_info():
    """SIG-7: the same for the children of SignedInfo and Reference, signed as they are."""
    rows = {
        "CanonicalizationMethod": "canonicalization-algorithm-not-allowed", "SignatureMethod": "signature-algorithm-not-allowed",
        "Transforms": "transform-not-allowed", "DigestMethod": "digest-algorithm-not-allowed", "DigestValue": "digest-mismatch", "Transform": "transform-not-allowed",
    }
    for name, code in rows.items():
        slug = re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()
        codes = f"{STRUCTURE}|{code}"
        without = edit_first(signature_of(assertion_signed()), name, "")
        case(f"sig-7-without-{slug}", with_signature(without), codes, sound=0)
        if name != "Transform":
            case(f"sig-7-two-of-{slug}", with_info(lambda i, n=name: edit_first(i, n, child(i, n) * 2)), codes, sound=0, signed=1)
        attribute_gone = re.sub(r' Algorithm="[^"]*"', "", child(signature_of(assertion_signed()), name), count=1)
        if attribute_gone != child(signature_of(assertion_signed()), name) and name != "Transforms":
            case(f"sig-7-{slug}-without-algorithm",
                 with_signature(edit_first(signature_of(assertion_signed()), name, attribute_gone)), codes, sound=0)
    case("sig-7-transforms-empty", with_info(
        lambda i: edit(i, child(i, "Transforms"), "<ds:Transforms/>")), f"{STRUCTURE}|transform-not-allowed", sound=0, signed=0)
    case("sig-7-digest-value-first", with_info(lambda i: reorder(i, "DigestMethod", "DigestValue")), STRUCTURE)
    case("sig-7-transforms-last", with_info(lambda i: reorder(i, "Transforms", "DigestValue")), STRUCTURE)
    case("sig-7-signature-method-first", with_info(lambda i: reorder(i, "CanonicalizationMethod", "SignatureMethod")), STRUCTURE)
    unknown = '<x:Unknown xmlns:x="urn:x"/>'
    for name in ("SignedInfo", "Reference", "Transforms"):
        case(f"sig-7-unknown-child-of-{name.lower()}",
             with_info(lambda i, n=name: edit(i, f"</ds:{n}>", f"{unknown}</ds:{n}>")), f"{STRUCTURE}|transform-not-allowed")
    case("sig-7-text-in-signed-info", with_info(lambda i: edit(i, "<ds:Reference", "text<ds:Reference")), STRUCTURE)


def edit_first(text, name, new):
    return text.replace(child(text, name), new, 1)


def with_signature(signature):
    base = assertion_signed()
    return edit(base, signature_of(base), signature)


def reorder(info, first, second):
    a, b = child(info, first), child(info, second)
    return edit(edit(info, b, ""), a, b + a) if second != "DigestValue" or first == "DigestMethod" \
        else edit(edit(info, a, ""), b, b + a)


def texts():
    """SIG-8: a value of the signature is one run of text."""
    for leaf in ("DigestValue", "SignatureValue", "X509Certificate"):
        for kind, (piece, code) in {
            "comment": ("<!-- -->", "comment-in-value"), "instruction": ("<?x y?>", "xml-processing-instruction"),
            "cdata": ("<![CDATA[]]>", "xml-cdata"), "element": ('<x:e xmlns:x="urn:x"/>', "invalid-value|invalid-signature-structure"),
            "entity": ("&e;", "xml-syntax"),
        }.items():
            if leaf == "X509Certificate" and kind in ("comment", "element"):
                continue
            name = leaf.lower()
            whole = child(signature_of(assertion_signed()), leaf)
            changed = whole[:-len(f"</ds:{leaf}>") - 9] + piece + whole[-len(f"</ds:{leaf}>") - 9:]
            case(f"sig-8-{kind}-in-{name}", edit(assertion_signed(), whole, changed), code,
                 sound=1 if kind == "comment" and leaf == "DigestValue" else 0)
    whole = child(signature_of(assertion_signed()), "DigestValue")
    attack = edit(whole, "<ds:DigestValue>", "<ds:DigestValue><!--" + "A" * 43 + "=-->")
    case("sig-8-another-digest-in-a-comment", edit(assertion_signed(), whole, attack), "comment-in-value")


def digests():
    """SIG-9: the whole digest, octet by octet."""
    right = base64.b64decode(child(signature_of(assertion_signed()), "DigestValue")[len("<ds:DigestValue>"):-len("</ds:DigestValue>")])
    rows = {
        "empty": b"", "first-octet": right[:1], "shorter": right[:-1], "longer": right + b"\0", "twice": right * 2,
        "half": right[:16], "zeros": bytes(32), "last-bit": right[:-1] + bytes([right[-1] ^ 1]),
    }
    for name, octets in rows.items():
        case(f"sig-9-digest-{name}", assertion_signed(PLAIN.but(digest_value=b64(octets))),
             "digest-mismatch|invalid-signature-structure", sound=0, signed=1)
    right384 = hashlib.sha384(b"").digest()
    case("sig-9-digest-of-another-length", assertion_signed(PLAIN.but(digest_value=b64(right384))),
         "digest-mismatch|invalid-signature-structure", sound=0, signed=1)


def values():
    """SIG-10: the signature value has one spelling."""
    base = assertion_signed()
    whole = child(signature_of(base), "SignatureValue")
    text = whole[len("<ds:SignatureValue>"):-len("</ds:SignatureValue>")]
    right = base64.b64decode(text)
    rows = {
        "empty": "", "whitespace": " \n ", "shorter": b64(right[:-1]), "longer": b64(right + b"\0"),
        "leading-zero": b64(b"\0" + right), "one-octet": "AA==", "no-padding": text.rstrip("="),
        "extra-padding": text + "=", "url-alphabet": text.replace("+", "-").replace("/", "_"),
        "too-big": b64(b"\xff" * 256), "zero": b64(bytes(256)), "one": b64(bytes(255) + b"\1"),
        "pad-bits": text[:-3] + chr(ord(text[-3]) + 1) + "==", "altered": altered(whole)[len("<ds:SignatureValue>"):-len("</ds:SignatureValue>")],
    }
    for name, value in rows.items():
        case(f"sig-10-value-{name}", edit(base, whole, f"<ds:SignatureValue>{value}</ds:SignatureValue>"),
             "signature-mismatch|invalid-signature-structure", sound=0)
    folded = "\n".join(text[i:i + 76] for i in range(0, len(text), 76))
    good("sig-10-value-folded", edit(base, whole, f"<ds:SignatureValue>\n{folded}\n</ds:SignatureValue>"))
    windows = folded.replace("\n", "&#13;\n")
    good("sig-10-value-folded-with-carriage-returns", edit(base, whole, f"<ds:SignatureValue>{windows}</ds:SignatureValue>"))


def empty_octets():
    """SIG-11: the digest of nothing proves nothing."""
    for digest in (SHA256, SHA384, SHA512):
        nothing = b64(hashlib.new(HASHES[digest], b"").digest())
        case(f"sig-11-digest-of-nothing-{HASHES[digest]}", assertion_signed(PLAIN.but(digest=digest, digest_value=nothing)),
             "digest-mismatch", sound=0, signed=1)
    case("sig-11-signature-over-nothing", assertion_signed(PLAIN.but(signed_octets=lambda octets: b"")),
         "signature-mismatch", sound=0)


def misplaced():
    """SIG-13, SIG-14: nested and sibling signatures."""
    base = assertion_signed()
    signature = signature_of(base)
    case("sig-13-signature-in-signed-info", with_info(lambda i: edit(i, "</ds:SignedInfo>", signature + "</ds:SignedInfo>")),
         "invalid-signature-structure|signature-misplaced")
    case("sig-13-signature-in-key-info", edit(base, "<ds:KeyInfo>", "<ds:KeyInfo>" + signature),
         "invalid-signature-structure|signature-misplaced")
    case("sig-13-signature-in-signature", edit(base, "</ds:Signature>", signature + "</ds:Signature>"),
         "invalid-signature-structure|signature-misplaced")
    case("sig-14-signature-twice", edit(base, signature, signature * 2), "invalid-signature-structure|signature-misplaced|invalid-structure", sound=0, signed=2)
    case("sig-14-signature-at-the-end-too", edit(base, "</saml:Assertion>", signature + "</saml:Assertion>"),
         "invalid-signature-structure|signature-misplaced|invalid-structure", sound=0, signed=2)
    case("sig-14-signature-in-attribute-value", edit(base, "<saml:AttributeValue>staff", f"<saml:AttributeValue>{signature}staff"),
         "signature-misplaced|invalid-value", sound=0, signed=2)
    two = both_signed()
    outer, inner = signature_of(two), signature_of(two[two.index("<saml:Assertion "):])
    case("sig-14-signatures-exchanged", two.replace(outer, "@@held@@").replace(inner, outer).replace("@@held@@", inner), "reference-mismatch",
         control="control-both-signed", sound=0, signed=2)
    case("sig-14-both-signatures-on-the-response", edit(two, inner, "").replace(outer, outer + inner),
         "invalid-signature-structure|signature-misplaced|invalid-structure|invalid-reference", control="control-both-signed", sound=0, signed=2)
    good("sig-14-signature-after-the-subject-is-still-the-childs", assertion_signed(signature="", tail=mark("_assertion")))


def general_features():
    """SIG-12, SIG-15: parts of XML Signature that SAML does not use."""
    for bits in (0, 1, 8, 128):
        length = f"<ds:HMACOutputLength>{bits}</ds:HMACOutputLength>"
        case(f"sig-12-output-length-{bits}", assertion_signed(PLAIN.but(method_inside=length)),
             "invalid-signature-structure|signature-algorithm-not-allowed")
    case("sig-12-hmac-output-length-0", assertion_signed(PLAIN.but(method=HMAC, method_inside="<ds:HMACOutputLength>0</ds:HMACOutputLength>"),
         by=lambda octets: b""), "signature-algorithm-not-allowed|invalid-signature-structure", sound=0)
    manifest = f'<ds:Object><ds:Manifest Id="_manifest">{child(signature_of(assertion_signed()), "Reference")}</ds:Manifest></ds:Object>'
    base = sign(response(assertion()), "_assertion", profile=PLAIN.but(
        uri="#_manifest", transforms=(transform(EXC),), covered=lambda root: b"manifest"))
    case("sig-15-manifest", edit(base, "</ds:Signature>", manifest + "</ds:Signature>"), "invalid-signature-structure|invalid-reference|transform-not-allowed",
         sound=0, signed=1)
    held = f'<ds:Object Id="_object">{genuine()}</ds:Object></ds:Signature>'
    enveloping = forged(signature=edit(signature_of(base), "</ds:Signature>", held))
    case("sig-15-enveloping-object", response(enveloping), "invalid-signature-structure|multiple-assertions|invalid-reference|transform-not-allowed")
    typed = PLAIN.but(signed_info=lambda i: edit(i, "<ds:Reference URI", f'<ds:Reference Type="{DS}Manifest" URI'))
    # The type is a hint (xmldsig-core 4.4.3.1): what the reference points at is processed as what it is.
    good("sig-15-reference-of-type-manifest", assertion_signed(typed))
    good("sig-15-signature-with-id", with_signature(edit(signature_of(assertion_signed()), "<ds:Signature ", '<ds:Signature Id="_sig" ')))
