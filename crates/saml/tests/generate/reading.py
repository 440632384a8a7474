"""1D: documents that two parsers would read differently."""

from case import case, good
from document import assertion, assertion_signed, attribute, attributes, edit, genuine, mark, response, response_signed, subject, name_id, forged
from names import DS, IDP, SAML, SAMLP, SUBJECT, XSI
from signer import PLAIN, sign

SYNTAX = "xml-syntax"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def cases():
    base = assertion_signed()
    good("control-declaration", DECLARATION + base)
    doctypes(base)
    entities(base)
    names_of_elements(base)
    not_well_formed(base)
    namespaces(base)
    legal_namespaces()
    encodings(base)
    line_ends(base)
    character_references(base)
    never_fetched(base)
    limits(base)
    structures()


def doctypes(base):
    """XML-1: not even an empty one."""
    subset = '<!DOCTYPE r [<!ELEMENT r ANY>]>'
    rows = {
        "empty": f"<!DOCTYPE r>{base}", "system": f'<!DOCTYPE r SYSTEM "file:///etc/hostname">{base}',
        "public": f'<!DOCTYPE r PUBLIC "-//X//Y" "http://127.0.0.1:9/x.dtd">{base}', "internal-subset": subset + base,
        "after-declaration": f"{DECLARATION}{subset}{base}", "after-bom": "\ufeff" + subset + base,
        "after-comment": f"<!-- -->{subset}{base}", "after-line-end": f"\n<!DOCTYPE r>{base}",
        "lower-case": (f"<!doctype r>{base}", "xml-doctype|xml-syntax"), "after-root": (f"{base}<!DOCTYPE r>", "xml-doctype|xml-syntax"),
        "inside-root": (edit(base, "<samlp:Status>", "<!DOCTYPE r><samlp:Status>"), "xml-doctype|xml-syntax"),
        "hidden-in-a-literal": f"<!DOCTYPE r SYSTEM 'x\"><!--'>{base}", "second-doctype": f"<!DOCTYPE r><!DOCTYPE r>{base}",
        "unfinished": f"<!DOCTYPE r [{base}", "notation": f'<!DOCTYPE r [<!NOTATION n SYSTEM "x\'">]>{base}',
    }
    for name, row in rows.items():
        text, codes = row if isinstance(row, tuple) else (row, "xml-doctype")
        case(f"xml-1-doctype-{name}", text, codes, sound=0)
    case("xml-1-doctype-in-utf-16", ("\ufeff" + subset + base).encode("utf-16-le"), "xml-doctype", sound=0)
    case("xml-3-cdata-hides-a-comment", f"<!DOCTYPE r SYSTEM 'x\"><!--'>{edit(base, '<samlp:Status>', '<![CDATA[-->]]><samlp:Status>')}",
         "xml-doctype", sound=0)
    default = f'<!DOCTYPE Response [<!ATTLIST Signature xmlns CDATA #FIXED "{DS}">]>'
    case("xml-4-namespace-by-default-attribute", default + base, "xml-doctype", sound=0)


def entities(base):
    """XML-2: nothing is ever expanded."""
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 9))
    bombs = {
        "billion-laughs": f'<!DOCTYPE r [<!ENTITY l0 "lol">{levels}]>' + edit(base, "<samlp:Status>", "&l8;<samlp:Status>"),
        "quadratic": f'<!DOCTYPE r [<!ENTITY a "{"a" * 5000}">]>' + edit(base, "<samlp:Status>", "&a;" * 500 + "<samlp:Status>"),
        "parameter-entity": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;]>' + base,
        "recursive": '<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + edit(base, "<samlp:Status>", "&a;<samlp:Status>"),
        "external": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + edit(base, f">{SUBJECT}</saml:NameID>", ">&x;</saml:NameID>"),
    }
    for name, text in bombs.items():
        case(f"xml-2-{name}", text, "xml-doctype", sound=0)
    for entity in ("nbsp", "lol", "AMP", "e.e"):
        case(f"xml-2-undeclared-{entity.lower().replace('.', '-')}", edit(base, ">staff<", f">&{entity};<"), SYNTAX, sound=0)


def names_of_elements(base):
    """XML-5, XML-6: names and tags."""
    rows = {
        "two-colons": ("<samlp:a:b/>", "xml-namespace|xml-syntax"), "leading-colon": ("<:a/>", "xml-namespace|xml-syntax"),
        "trailing-colon": ("<samlp:/>", "xml-namespace|xml-syntax"), "digit-local": ("<samlp:1a/>", "xml-namespace|xml-syntax"),
        "digit": ("<1a/>", SYNTAX), "empty-tag": ("<>", SYNTAX), "space-before-name": ("< a/>", SYNTAX), "space-in-end": ("<a>< /a>", SYNTAX),
        "attribute-colons": ('<a b:c:d="e"/>', "xml-namespace|xml-syntax"), "end-with-attribute": ('<a></a b="c">', SYNTAX),
        "end-with-slash": ("<a></a/>", SYNTAX), "mismatch": ("<a></b>", SYNTAX), "mismatch-by-prefix": ('<x:a xmlns:x="u:x" xmlns:y="u:x"></y:a>', SYNTAX),
        "slash-space": ("<a / >", SYNTAX), "unfinished": ("<a", SYNTAX), "case": ("<a></A>", SYNTAX),
    }
    for name, (piece, codes) in rows.items():
        case(f"xml-5-element-{name}", edit(base, "<samlp:Status>", extensions(piece) + "<samlp:Status>"), codes, sound=0)


def extensions(piece):
    return f"<samlp:Extensions>{piece}</samlp:Extensions>"


def not_well_formed(base):
    """XML-6: all that a lenient parser lets through."""
    pieces = {
        "cdata-end-in-text": "]]>", "bare-ampersand": "a & b", "ampersand-at-end": "a&", "reference-without-semicolon": "&amp",
        "comment-double-dash": "<!-- a -- b -->", "comment-three-dashes": "<!-- a --->", "comment-unfinished": "<!-- a",
        "comment-empty-short": "<!-->", "less-in-attribute": '<a b="<"/>', "ampersand-in-attribute": '<a b="&"/>',
        "attribute-twice": '<a b="1" b="2"/>', "attribute-unquoted": "<a b=1/>", "attribute-without-value": "<a b/>",
        "attributes-not-parted": '<a b="1"c="2"/>', "attribute-quotes-mixed": "<a b=\"1'/>", "attribute-unfinished": '<a b="1',
        "control-1": "\x01", "control-8": "\x08", "control-b": "\x0b", "control-1f": "\x1f", "noncharacter": "\ufffe",
        "late-declaration": DECLARATION, "declaration-like": '<?XML version="1.0"?>', "markup-declaration": "<!ELEMENT a ANY>", "conditional": "<![IGNORE[x]]>",
        "nul": "\x00",
    }
    for name, piece in pieces.items():
        codes = {"late-declaration": f"{SYNTAX}|xml-processing-instruction", "declaration-like": f"{SYNTAX}|xml-processing-instruction",
                 "conditional": f"{SYNTAX}|xml-cdata|xml-doctype", "markup-declaration": f"{SYNTAX}|xml-doctype",
                 "attribute-twice": f"{SYNTAX}|xml-namespace"}.get(name, SYNTAX)
        case(f"xml-6-{name}", edit(base, "<samlp:Status>", extensions(piece) + "<samlp:Status>"), codes, sound=0)
    wholes = {
        "end-tag-missing": base.removesuffix("</samlp:Response>"), "end-tag-too-many": base + "</samlp:Response>",
        "cut-in-the-middle": base[: len(base) // 2], "cut-in-the-end-tag": base[:-5], "xml-1-1": DECLARATION.replace("1.0", "1.1") + base,
        "version-missing": '<?xml encoding="UTF-8"?>' + base, "version-2": '<?xml version="2.0"?>' + base,
        "declaration-after-space": " " + DECLARATION + base, "declaration-twice": DECLARATION * 2 + base,
        "declaration-order": '<?xml encoding="UTF-8" version="1.0"?>' + base, "declaration-standalone": '<?xml version="1.0" standalone="maybe"?>' + base,
        "declaration-unfinished": '<?xml version="1.0"' + base, "cdata-outside": "<![CDATA[ ]]>" + base, "only-declaration": DECLARATION,
        "only-comment": "<!-- -->", "reference-outside": "&#32;" + base,
    }
    for name, text in wholes.items():
        more = {"declaration-after-space": "|xml-processing-instruction", "declaration-twice": "|xml-processing-instruction",
                "cdata-outside": "|xml-cdata"}.get(name, "")
        case(f"xml-6-{name}", text, SYNTAX + more, sound=0)
    case("xml-6-instruction-before", "<?x y?>" + base, "xml-processing-instruction", sound=0)
    case("xml-6-instruction-inside", edit(base, "<samlp:Status>", "<?x y?><samlp:Status>"), "xml-processing-instruction", sound=0)
    case("xml-6-instruction-after", base + "<?x y?>", "xml-processing-instruction", sound=0)
    case("xml-6-cdata-between-elements", edit(base, "<samlp:Status>", "<![CDATA[ ]]><samlp:Status>"), "xml-cdata", sound=0)
    good("xml-6-comments-and-space-around", f"<!-- a -->\n{base}\n<!-- b -->\n")
    good("xml-6-single-quotes", edit(base, 'Version="2.0" IssueInstant="2026-11-24T12:00:00Z" Destination', "Version='2.0' IssueInstant = '2026-11-24T12:00:00Z' Destination"))


def namespaces(base):
    """XML-6, XML-7: the constraints of Namespaces in XML."""
    xml, xmlns = "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"
    pieces = {
        "unbound-element": "<nope:a/>", "unbound-attribute": '<a nope:b="c"/>', "undeclared-prefix": '<a xmlns:p=""/>',
        "xml-rebound": '<a xmlns:xml="urn:x"/>', "xml-namespace-elsewhere": f'<a xmlns:p="{xml}"/>',
        "xml-namespace-default": f'<a xmlns="{xml}"/>', "xmlns-declared": '<a xmlns:xmlns="urn:x"/>',
        "xmlns-namespace": f'<a xmlns:p="{xmlns}"/>', "xmlns-namespace-default": f'<a xmlns="{xmlns}"/>',
        "xmlns-element": "<xmlns:a/>", "same-attribute-by-two-prefixes": '<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1" q:b="2"/>',
        "prefix-twice": '<a xmlns:p="urn:x" xmlns:p="urn:y"/>', "default-twice": '<a xmlns="urn:x" xmlns="urn:y"/>',
        "xml-xmlns": '<a xml:xmlns="urn:x"/>' ,
    }
    for name, piece in pieces.items():
        codes = "xml-namespace|xml-syntax" if name.endswith(("twice", "prefixes")) else "xml-namespace"
        text = edit(base, "<samlp:Status>", extensions(piece) + "<samlp:Status>")
        if name == "xml-xmlns":
            # Legal, if odd: it binds nothing, and the look-alike must not become one.
            good(f"xml-7-{name}", text)
        else:
            case(f"xml-7-{name}", text, codes, sound=0)


def legal_namespaces():
    """XML-8: what is legal has to be read, and read rightly."""
    base = assertion_signed()
    good("xml-8-prefixes-renamed", sign(response(assertion().replace("saml:", "a:").replace("xmlns:saml", "xmlns:a")), "_assertion",
                                        profile=PLAIN.but(prefix="x")))
    good("xml-8-prefixes-exchanged", sign(response(assertion().replace("saml:", "samlp:").replace("xmlns:saml", "xmlns:samlp")), "_assertion"))
    good("xml-8-default-namespace-shadowed", sign(response(assertion().replace("<saml:Subject>", '<saml:Subject xmlns="urn:x">')), "_assertion"))
    good("xml-8-unused-declarations", sign(response(assertion().replace(" xmlns:saml=", ' xmlns:u="urn:u" xmlns:saml=')), "_assertion"))
    wrong = assertion(subject=subject(name_id()).replace("saml:NameID", "n:NameID").replace("<n:NameID", '<n:NameID xmlns:n="urn:x"'))
    case("xml-8-prefix-rebound-to-another-namespace", sign(response(wrong), "_assertion"), "invalid-name-id|invalid-structure|subject-missing")
    rebound = edit(base, "<saml:AuthnStatement ", '<saml:AuthnStatement xmlns:saml="urn:x" ')
    case("xml-8-rebinding-after-signing", rebound, "digest-mismatch", sound=0)


def encodings(base):
    """XML-9: the encoding that the byte order mark and the declaration state, decoded once; nothing else."""
    utf8 = base.encode()
    good("xml-9-bom", b"\xef\xbb\xbf" + utf8)
    good("xml-9-declared-lower-case", '<?xml version="1.0" encoding="utf-8" standalone="yes"?>' + base)
    accents = assertion_signed(attributes=attributes(attribute("name", "Ada L\u00f6velace \U0001f680")))
    good("xml-9-letters-beyond-ascii", accents)
    rows = {
        "utf-16-le": base.encode("utf-16-le"), "utf-16-be": base.encode("utf-16-be"),
        "utf-32": base.encode("utf-32"), "utf-7": base.encode("utf-7").replace(b"<", b"+ADw-"), "ebcdic": base.encode("cp500"),
        "high-octet": utf8.replace(b">staff<", b">st\xe4ff<"), "overlong": utf8.replace(b">staff<", b">st\xc0\xafff<"),
        "surrogate": utf8.replace(b">staff<", b">\xed\xa0\x80<"), "beyond-unicode": utf8.replace(b">staff<", b">\xf4\x90\x80\x80<"),
        "cut-sequence": utf8.replace(b">staff<", b">\xe2\x82<"), "lone-continuation": utf8.replace(b">staff<", b">\x80<"),
    }
    for name, octets in rows.items():
        codes = "not-utf8|xml-syntax" if name in ("utf-16-le", "utf-16-be", "utf-32", "utf-7", "ebcdic") else "not-utf8"
        case(f"xml-9-{name}", octets, codes, sound=0)
    declared = lambda encoding, text: DECLARATION.replace("UTF-8", encoding) + text
    good("xml-9-utf-16-bom", base.encode("utf-16"))
    for encoding in ("ISO-8859-1", "US-ASCII", "windows-1252"):
        good(f"xml-9-declared-{encoding.lower()}", declared(encoding, base))
    umlauts = assertion_signed(attributes=attributes(attribute("name", "J\u00f6rg M\u00fcller")))
    euro = assertion_signed(attributes=attributes(attribute("name", "\u20ac \u0153 \u017d")))
    for name, encoding, text in (("iso-8859-1", "ISO-8859-1", umlauts), ("iso-8859-15", "ISO-8859-15", euro), ("windows-1252", "windows-1252", euro),
                                 ("utf-16-le", "UTF-16LE", accents), ("utf-16-be", "UTF-16BE", accents), ("utf-16", "utf-16", accents)):
        good(f"xml-9-written-in-{name}", declared(encoding, text).encode(encoding))
    good("xml-9-written-in-utf-16-with-line-ends", declared("UTF-16", accents).replace("?>", "?>\r\n").encode("utf-16"))
    for encoding in ("UTF-16", "UTF-7", "x-unknown"):
        case(f"xml-9-declared-{encoding.lower()}", declared(encoding, base), "xml-encoding", sound=0)
    case("xml-9-declared-us-ascii-with-umlaut", declared("US-ASCII", umlauts), "xml-encoding", sound=0)
    case("xml-9-declared-utf-8-in-utf-16", declared("UTF-8", base).encode("utf-16"), "xml-encoding", sound=0)
    case("xml-9-declared-iso-8859-1-after-bom", b"\xef\xbb\xbf" + declared("ISO-8859-1", umlauts).encode(), "xml-encoding", sound=0)
    # The signed octets say Joerg in two characters; read by the wrong declaration, they are other characters.
    case("xml-9-declared-iso-8859-1-over-utf-8", declared("ISO-8859-1", umlauts).encode(), "digest-mismatch", sound=0)
    case("xml-9-windows-1252-undefined-octet", declared("windows-1252", umlauts).encode("windows-1252").replace(b"\xf6", b"\x81"), "xml-encoding", sound=0)
    case("xml-9-two-boms", b"\xef\xbb\xbf" * 2 + utf8, "xml-syntax", sound=0)


def line_ends(base):
    """XML-10: line ends and white space as XML 1.0 normalizes them."""
    spaced = sign(response(assertion()).replace("><", ">\n  <").replace("@@sign", "\n@@sign"), "_assertion")
    good("xml-10-pretty-printed", spaced)
    good("xml-10-carriage-returns", spaced.replace("\n", "\r\n"))
    good("xml-10-lone-carriage-returns", spaced.replace("\n", "\r"))
    good("xml-10-escaped-carriage-returns", sign(response(assertion()).replace("><", ">&#13;\n<").replace("@@sign", "&#xD;\n@@sign"), "_assertion"))
    good("xml-10-attribute-white-space", assertion_signed(attributes=attributes(attribute("a", "b", more=' FriendlyName="x\ty\nz&#9;&#10;&#13;"'))))
    good("xml-10-other-line-separators", assertion_signed(attributes=attributes(attribute("a", "x\u0085y\u2028z"))))
    case("xml-10-escaped-becomes-raw", edit(assertion_signed(attributes=attributes(attribute("a", "x&#13;&#10;y"))), "&#13;&#10;", "\r\n"),
         "digest-mismatch", sound=0, signed=1)
    case("xml-10-space-added-between-elements", edit(base, "</saml:Subject>", "</saml:Subject>\n"), "digest-mismatch", sound=0, signed=1)
    case("xml-10-space-removed", spaced.replace("</saml:Subject>\n  ", "</saml:Subject>\n "), "digest-mismatch", sound=0, signed=1)


def character_references(base):
    """XML-11: a reference names a character of XML, in a few digits."""
    for name, reference in {
        "nul": "&#0;", "hex-nul": "&#x0;", "control": "&#1;", "surrogate": "&#xD800;", "surrogate-decimal": "&#56320;", "noncharacter": "&#xFFFE;",
        "too-big": "&#x110000;", "overflow": "&#x100000041;", "overflow-64": "&#x10000000000000041;", "no-digits": "&#;", "no-hex-digits": "&#x;",
        "upper-x": "&#X41;", "negative": "&#-1;", "space": "&# 65;", "letters": "&#6A;", "no-semicolon": "&#65 ",
    }.items():
        case(f"xml-11-{name}", edit(base, ">staff<", f">{reference}<"), SYNTAX, sound=0)
    good("xml-11-letters-by-number", edit(base, f">{SUBJECT}</saml:NameID>", ">&#97;&#x64;a&#64;example.com</saml:NameID>"))
    good("xml-11-leading-zeros", edit(base, f">{SUBJECT}</saml:NameID>", ">&#00097;da@example.com</saml:NameID>"))


def never_fetched(base):
    """XML-12: nothing that names a place is ever followed."""
    good("xml-12-schema-location", assertion_signed(response_parts=dict(
        more=f' xmlns:xsi="{XSI}" xsi:schemaLocation="{SAMLP} http://127.0.0.1:9/x.xsd"')))
    good("xml-12-xml-base", assertion_signed(response_parts=dict(more=' xml:base="http://127.0.0.1:9/"')))
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    good("xml-12-xinclude-in-extensions", edit(base, "<samlp:Status>", extensions(include) + "<samlp:Status>"))
    case("xml-12-xinclude-in-name-id", assertion_signed(subject=subject(name_id(include))), "invalid-value|invalid-name-id")
    case("xml-12-stylesheet", '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>' + base, "xml-processing-instruction", sound=0)


def limits(base):
    """DOS-3, DOS-4, DOS-5, DOS-8: every limit is a rejection of its own."""
    deep = "<a>" * 5000 + "</a>" * 5000
    wide = "".join(f' a{i}="x"' for i in range(5000))
    declared = "".join(f' xmlns:p{i}="urn:x"' for i in range(5000))
    rows = {
        "dos-3-depth-5000": (deep, "xml-too-deep"), "dos-4-attributes-5000": (f"<a{wide}/>", "xml-too-many-attributes"),
        "dos-5-namespaces-5000": (f"<a{declared}/>", "xml-too-many-attributes|xml-namespace"),
        "dos-8-elements": ("<a/>" * 100_000, "xml-too-many-elements|message-too-large"),
    }
    for name, (piece, codes) in rows.items():
        case(name, edit(base, "<samlp:Status>", extensions(piece) + "<samlp:Status>"), codes, sound=0)
    good("dos-8-comments-5000", edit(base, "<samlp:Status>", extensions("<!-- -->" * 5000) + "<samlp:Status>"))
    many = "".join(f"<saml:AttributeValue>group-{i:04}</saml:AttributeValue>" for i in range(1500))
    good("dos-groups-1500", assertion_signed(attributes=attributes(f'<saml:Attribute Name="groups">{many}</saml:Attribute>')))
    case("dos-empty", "", "empty-message", sound=0)
    case("dos-posted-not-base64", "<saml/>", "not-base64", posted=True)
    case("dos-posted-with-a-stray-letter", "PHNhbWwvPg*=", "not-base64", posted=True)
    case("dos-posted-empty", "", "empty-message|not-base64", posted=True)
    case("dos-posted-spaces-only", "  \n ", "empty-message|not-base64", posted=True)


def structures():
    """XML-15: what the schema does not know, or wants and does not get."""
    unknown = '<x:Unknown xmlns:x="urn:x"/>'
    case("xml-15-unknown-child-of-assertion", assertion_signed(tail=unknown), "invalid-structure")
    case("xml-15-unknown-child-of-response", assertion_signed(response_parts=dict(tail=unknown)), "invalid-structure")
    case("xml-15-unknown-child-of-subject", assertion_signed(subject=edit(subject(), "</saml:Subject>", unknown + "</saml:Subject>")), "invalid-structure")
    case("xml-15-two-subjects", assertion_signed(subject=subject() * 2), "invalid-structure")
    case("xml-15-two-issuers", assertion_signed(tail=f"<saml:Issuer>{IDP}</saml:Issuer>"), "invalid-structure|issuer-mismatch")
    case("xml-15-two-issuers-in-response", assertion_signed(response_parts=dict(tail=f"<saml:Issuer>{IDP}</saml:Issuer>")), "invalid-structure|issuer-mismatch")
    case("xml-15-two-conditions", assertion_signed(advice='<saml:Conditions NotOnOrAfter="2026-11-24T12:05:00Z"/>'), "invalid-structure")
    case("xml-15-two-statuses", assertion_signed(response_parts=dict(tail='<samlp:Status><samlp:StatusCode Value="x"/></samlp:Status>')), "invalid-structure|idp-error-status")
    case("xml-15-text-in-assertion", assertion_signed(tail="text"), "invalid-structure|invalid-value")
    case("xml-15-assertion-without-issue-instant", assertion_signed(head='ID="_assertion" Version="2.0"'), "invalid-structure|invalid-timestamp")
    case("xml-15-response-without-issue-instant", assertion_signed(response_parts=dict(issued=None)), "invalid-structure|invalid-timestamp")
