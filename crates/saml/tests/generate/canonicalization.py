"""1E: canonical form and transforms."""

import re

from case import case, good
from document import assertion, assertion_signed, attribute, attributes, edit, forged, mark, name_id, response, response_signed, subject
from names import DS, ENVELOPED, EXC, INC, INC11, SAML, SUBJECT, XENC
from signer import PLAIN, canonical, by_id, inclusive, sign, transform, with_prefixes

STRUCTURE = "invalid-signature-structure"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"


def cases():
    void()
    methods()
    transform_lists()
    selecting_transforms()
    prefix_lists()
    empty_elements()
    escapes()
    signed_info_octets()


def void():
    """C14-1: an input that makes a canonicalizer give up is rejected before it."""
    for name, uri in {"relative": "1", "relative-path": "a/b", "fragment-only": "#x"}.items():
        declared = f'<saml:Advice xmlns:x="{uri}"><x:a/></saml:Advice>'
        text = assertion_signed(advice='<saml:Advice xmlns:x="urn:x"><x:a/></saml:Advice>')
        case(f"c14-1-namespace-{name}", edit(text, '<saml:Advice xmlns:x="urn:x"><x:a/></saml:Advice>', declared),
             "invalid-canonicalization|xml-namespace", sound=0, signed=1)
    nothing = PLAIN.but(digest_value="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", signed_octets=lambda octets: b"", covered=lambda root: b"")
    text = response(forged("_assertion", signature=mark("_assertion"), tail='<saml:Advice xmlns:x="1"><x:a/></saml:Advice>'))
    case("c14-1-relative-namespace-digest-of-nothing", sign(text, "_assertion", profile=nothing), "invalid-canonicalization|xml-namespace|signature-mismatch", sound=0)


def methods():
    """C14-2: the exclusive form and both inclusive ones, with and without comments; nothing else."""
    for name, uri in {"exclusive-with-comments": EXC + "WithComments", "inclusive-with-comments": INC + "#WithComments",
                      "inclusive-1-1": INC11, "inclusive-1-1-with-comments": INC11 + "#WithComments"}.items():
        without_comments = EXC if uri.startswith(EXC) else uri.removesuffix("#WithComments")
        audited = dict(sound=0, signed=1) if "comments" in name else {}
        method = PLAIN.but(canonicalization=uri)
        good(f"c14-2-method-{name}", assertion_signed(method))
        as_transform = PLAIN.but(transforms=(transform(ENVELOPED), transform(uri)), covered_by=without_comments)
        good(f"c14-2-transform-{name}", assertion_signed(as_transform))
        both = as_transform.but(canonicalization=uri)
        good(f"c14-2-both-{name}", assertion_signed(both))
        changed = edit(assertion_signed(both), f">{SUBJECT}</saml:NameID>", ">victim@example.com</saml:NameID>")
        case(f"c14-2-both-{name}-name-id-changed", changed, "digest-mismatch", sound=0, signed=1)
        # A reference to an ID selects no comments (XML Signature, 4.4.3.3), whatever the transform says.
        commented = edit(assertion_signed(as_transform), "<saml:Conditions ", "<!-- nothing --><saml:Conditions ")
        good(f"c14-2-transform-{name}-comment-between-elements", commented, **audited)
        split = edit(assertion_signed(as_transform), f">{SUBJECT}</saml:NameID>", ">ada@example.com<!---->.evil.example</saml:NameID>")
        case(f"c14-2-transform-{name}-comment-in-name-id", split, "digest-mismatch|comment-in-value", sound=0, signed=1)
        cut = edit(assertion_signed(as_transform), f">{SUBJECT}</saml:NameID>", f">{SUBJECT[:3]}<!---->{SUBJECT[3:]}</saml:NameID>")
        case(f"c14-2-transform-{name}-comment-inside-name-id", cut, "comment-in-value", **audited)
        inside = assertion_signed(method.but(signed_info=lambda text: text.replace("<ds:Reference ", "<!-- a - b --><ds:Reference ")))
        good(f"c14-2-method-{name}-comment-in-signed-info", inside)
        if "comments" in name:
            case(f"c14-2-method-{name}-comment-removed", edit(inside, "<!-- a - b -->", ""), "signature-mismatch", sound=0, signed=0)
            case(f"c14-2-method-{name}-comment-changed", edit(inside, "<!-- a - b -->", "<!-- a - c -->"), "signature-mismatch", sound=0, signed=0)
            case(f"c14-2-method-{name}-comment-added", edit(assertion_signed(method), "<ds:Reference ", "<!-- added --><ds:Reference "), "signature-mismatch",
                 sound=0, signed=0)
    for name, uri in {"unknown": "urn:example:c14n", "xpath": XPATH}.items():
        by_algorithm = dict(covered=lambda root: canonical(by_id(root, "_assertion"), EXC))
        text = edit(assertion_signed(), f'<ds:CanonicalizationMethod Algorithm="{EXC}"', f'<ds:CanonicalizationMethod Algorithm="{uri}"')
        case(f"c14-2-method-{name}", text, "canonicalization-algorithm-not-allowed", sound=0, signed=0)
        as_transform = PLAIN.but(transforms=(transform(ENVELOPED), transform(uri)), **by_algorithm)
        case(f"c14-2-transform-{name}", assertion_signed(as_transform), "transform-not-allowed|canonicalization-algorithm-not-allowed", sound=0, signed=1)
    eleven = PLAIN.but(transforms=(transform(ENVELOPED), transform(INC11)), covered_by=INC11)
    based = assertion_signed(eleven, response_parts=dict(more=' xml:base="https://idp.example.com/"'))
    case("c14-2-transform-inclusive-1-1-xml-base-around", based, "invalid-signature-structure", sound=0, signed=1)


def transform_lists():
    """C14-3: enveloped signature, then one canonicalization, and nothing else."""
    e, c = transform(ENVELOPED), transform(EXC)
    lists = {
        "only-enveloped": (e,), "only-exclusive": (c,), "exclusive-first": (c, e), "enveloped-twice": (e, e), "exclusive-twice": (e, c, c),
        "enveloped-twice-then-exclusive": (e, e, c), "four": (e, c, e, c), "exclusive-and-inclusive": (e, c, transform(INC)),
        "base64": (e, transform(DS + "base64"), c), "decryption": (e, transform("http://www.w3.org/2002/07/decrypt#XML"), c),
        "xpath-filter": (e, transform("http://www.w3.org/2002/06/xmldsig-filter2"), c), "xinclude": (e, transform("http://www.w3.org/2001/XInclude"), c),
        "xpointer": (e, transform("http://www.w3.org/2001/04/xmldsig-more/xptr"), c), "unknown": (e, transform("urn:example:nothing"), c),
        "no-algorithm": (e, "<ds:Transform/>", c), "empty-algorithm": (transform(""), c),
    }
    for name, transforms in lists.items():
        case(f"c14-3-transforms-{name}", assertion_signed(PLAIN.but(transforms=transforms)), "transform-not-allowed|invalid-signature-structure" if
             name in ("only-enveloped", "only-exclusive", "no-algorithm", "four") else "transform-not-allowed", sound=0, signed=1)


def selecting_transforms():
    """C14-4, C14-5: transforms that choose, or compute."""
    chosen = f'<ds:XPath xmlns:saml="{SAML}">not(ancestor-or-self::saml:AttributeStatement)</ds:XPath>'
    e, c = transform(ENVELOPED), transform(EXC)
    case("c14-4-xpath-leaves-a-part-out", assertion_signed(PLAIN.but(transforms=(e, transform(XPATH, chosen), c), covered=less_attributes)),
         "transform-not-allowed", sound=0, signed=1)
    sheet = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">' \
        '<xsl:value-of select="document(\'file:///etc/hostname\')"/></xsl:template></xsl:stylesheet>'
    case("c14-5-xslt", assertion_signed(PLAIN.but(transforms=(e, transform(XSLT, sheet), c))), "transform-not-allowed", sound=0, signed=1)
    retrieval = f'<ds:RetrievalMethod URI="#_assertion"><ds:Transforms>{transform(XSLT, sheet)}</ds:Transforms></ds:RetrievalMethod>'
    case("c14-5-xslt-in-key-info-by-attacker", assertion_signed(PLAIN.but(key_info=retrieval), by="attacker"), "signature-mismatch", sound=0)
    inside = PLAIN.but(transforms=(e, transform(EXC, chosen)))
    case("c14-4-xpath-inside-the-canonicalization", assertion_signed(inside), "transform-not-allowed|invalid-signature-structure")


def less_attributes(root):
    found = by_id(root, "_assertion")
    found.remove(found.find(f"{{{SAML}}}AttributeStatement"))
    return canonical(found)


def prefix_lists():
    """C14-6: InclusiveNamespaces, exactly."""
    for name, prefixes in {"default": "#default", "known": "saml samlp", "verizon": "#default samlp saml ds xs xsi", "unknown": "nope", "twice": "saml saml",
                           "ancestor-only": "unused"}.items():
        good(f"c14-6-prefix-list-{name}", assertion_signed(with_prefixes(prefixes), response_parts=dict(more=' xmlns:unused="urn:u" xmlns="urn:d"')))
    good("c14-6-prefix-list-in-signed-info", assertion_signed(PLAIN.but(signed_info_prefixes=("saml", "samlp"))))
    good("c14-6-prefix-list-folded", assertion_signed(with_prefixes("saml\n samlp")))
    base = assertion_signed(with_prefixes("saml"), response_parts=dict(more=' xmlns:unused="urn:u"'))
    case("c14-6-prefix-list-changed", edit(base, 'PrefixList="saml"', 'PrefixList="saml unused"'), "signature-mismatch", sound=0)
    case("c14-6-prefix-list-added", edit(assertion_signed(), f'<ds:Transform Algorithm="{EXC}"/>', transform(EXC, inclusive("saml"))), "signature-mismatch", sound=0)
    case("c14-6-namespace-of-the-list-changed", edit(base, 'xmlns:unused="urn:u"', 'xmlns:saml2="urn:u"').replace('"urn:u"', '"urn:v"').replace(
        'PrefixList="saml"', 'PrefixList="saml saml2"'), "signature-mismatch", sound=0)
    huge = " ".join(f"p{i}" for i in range(5000))
    case("c14-6-prefix-list-of-5000", assertion_signed(with_prefixes(huge)), "invalid-signature-structure|transform-not-allowed")
    e = transform(ENVELOPED, inclusive("saml"))
    case("c14-6-prefix-list-in-enveloped", assertion_signed(PLAIN.but(transforms=(e, transform(EXC)))), "transform-not-allowed|invalid-signature-structure")
    case("c14-6-two-prefix-lists", assertion_signed(PLAIN.but(transforms=(transform(ENVELOPED), transform(EXC, inclusive("saml") * 2)), prefixes=("saml",))),
         "transform-not-allowed|invalid-signature-structure")
    case("c14-6-prefix-list-in-inclusive", assertion_signed(PLAIN.but(transforms=(transform(ENVELOPED), transform(INC, inclusive("saml"))), covered_by=INC)),
         "transform-not-allowed|invalid-signature-structure")


def empty_elements():
    """C14-8: each attribute of each element that closes itself is covered."""
    base = response_signed()
    unsigned_ids = {("Response", "ID")}
    seen = set(unsigned_ids)
    options = dict(control="control-response-signed", sound=0, signed=1)
    for found in re.finditer(r"<samlp?:(\w+)((?: \w+=\"[^\"]*\")+)/?>", base):
        tag, element = found.group(0), found.group(1)
        for name, value in re.findall(r' (\w+)="([^"]*)"', found.group(2)):
            if (element, name) in seen:
                continue
            seen.add((element, name))
            early = {"StatusCode": "idp-error-status|", "Version": "unsupported-version|"}
            codes = early.get(element, early.get(name, "")) + "digest-mismatch"
            changed = tag.replace(f' {name}="{value}"', f' {name}="{altered(value)}"')
            case(f"c14-8-{element.lower()}-{name.lower()}-changed", edit(base, tag, changed), codes, **options)
        if tag.endswith("/>"):
            added = tag.replace("/>", ' Added="x"/>')
            case(f"c14-8-{element.lower()}-attribute-added", edit(base, tag, added), "digest-mismatch", **options)
    empty = re.sub(r"(<saml:SubjectConfirmationData[^>]*)/>", r"\1></saml:SubjectConfirmationData>", base)
    good("c14-8-empty-element-written-out", empty)


def altered(value):
    """The value with its last letter or digit exchanged; a time stays a time."""
    at = len(value) - 2 if value.endswith("Z") else len(value) - 1
    return value[:at] + ("1" if value[at] != "1" else "2") + value[at + 1:]


def escapes():
    """C14-9: what stands for a character, in text and in attributes."""
    hard = "&amp; &lt; &gt; &quot; &apos; &#13; &#10; &#9; &#160; \u00e4 \U0001f600 ' > &amp;amp;"
    good("c14-9-text", assertion_signed(attributes=attributes(attribute("a", hard))))
    good("c14-9-attribute", assertion_signed(attributes=attributes(attribute("&amp;&lt;>&quot;'&#13;&#10;&#9;", "b"))))
    good("c14-9-name-id", assertion_signed(subject=subject(name_id("a&amp;b&lt;c&gt;d@example.com"))), subject="a&b<c>d@example.com")
    for name, old, new in (("entity-removed", "a &amp; b", "a amp b"), ("entity-to-text", "a &amp; b", "a &amp;amp; b"), ("letter-lost", "a &amp; b", "a  b")):
        text = edit(assertion_signed(attributes=attributes(attribute("a", old))), old, new)
        case(f"c14-9-{name}", text, "digest-mismatch", sound=0, signed=1)
    good("c14-9-attributes-in-another-order", edit(assertion_signed(), 'NotBefore="2026-11-24T11:55:00Z" NotOnOrAfter="2026-11-24T12:05:00Z"',
                                                   "NotOnOrAfter='2026-11-24T12:05:00Z'\n\tNotBefore='2026-11-24T11:55:00Z'"))
    good("c14-9-comments-between-elements", edit(assertion_signed(), "<saml:Conditions ", "<!-- dropped --><saml:Conditions "))


def signed_info_octets():
    """C14-11: the SignedInfo that is read is the SignedInfo that was verified."""
    base = assertion_signed()
    for name, old, new in (("space", "<ds:Reference ", " <ds:Reference "), ("digest", "<ds:DigestValue>", "<ds:DigestValue>A"),
                           ("namespace", "<ds:SignedInfo>", '<ds:SignedInfo xmlns="urn:x" a="b">')):
        case(f"c14-11-signed-info-{name}", edit(base, old, new), "signature-mismatch|digest-mismatch|invalid-signature-structure", sound=0)
    good("c14-11-signed-info-comment", edit(base, "<ds:Reference ", "<!-- dropped --><ds:Reference "))
