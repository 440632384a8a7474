"""Canonicalisation vectors: tests/c14n/<name>/{in.xml, apex, prefixes, exclusive.xml, inclusive.xml}, by libxml2.

`apex` is the ID of the element that is canonicalized (its own octets stand in the files), or empty for the document
element; `prefixes` is the PrefixList of the exclusive form.
"""

from pathlib import Path

from lxml import etree

from signer import EXC, INC, canonical

FOLDER = Path(__file__).resolve().parent.parent / "c14n"

# name: (document, apex, PrefixList)
VECTORS = {
    "attribute-order": ('<a xmlns:z="urn:a" xmlns:y="urn:b" y:b="1" z:b="2" b="3" a="4" B="5" _="6"><c b="1" a="2"/></a>', "", ""),
    "attribute-order-by-namespace-not-prefix": ('<a xmlns:a="urn:z" xmlns:z="urn:a" a:x="1" z:x="2" x="3"/>', "", ""),
    "attribute-order-same-namespace": ('<a xmlns:p="urn:p" p:c="1" p:a="2" p:b="3"/>', "", ""),
    "attribute-order-beyond-ascii": ('<a \u00e9="1" z="2" \u4e2d="3" \U00010400="4" \uf900="5"/>', "", ""),
    "namespace-order": ('<a xmlns:c="urn:1" xmlns="urn:2" xmlns:a="urn:3" xmlns:b="urn:4"><a:x/><b:y/><c:z/></a>', "", ""),
    "empty-elements": ("<a><b/><c></c><d  /></a>", "", ""),
    "text-escapes": ("<a>&amp;&lt;&gt;&quot;&apos;\"'&#13;&#10;&#9;]]&gt;&#160;\u00e4\U0001f600</a>", "", ""),
    "attribute-escapes": ("<a b=\"&amp;&lt;&gt;&quot;&apos;'&#13;&#10;&#9; \u00e4\" c='\"'/>", "", ""),
    "attribute-white-space": ('<a b=" x\ty\nz  &#32;&#9; "/>', "", ""),
    "line-ends": ("<a>\r\n <b\r\n c='d\r\ne'/>\r\r\n</a>\r\n", "", ""),
    "escaped-carriage-returns": ("<a>&#13;\n&#xD;<b c='&#xD;&#xA;'/></a>", "", ""),
    "character-references": ("<a b='&#x41;&#66;'>&#67;&#x1F600;&#228;</a>", "", ""),
    "comments-are-dropped": ("<!-- a --><a><!-- b -->x<!-- c -->y<b><!----></b></a><!-- d -->", "", ""),
    "white-space-around-the-root": ("\n\n<a> </a>\n\n", "", ""),
    "declaration": ('<?xml version="1.0" encoding="UTF-8"?>\n<a/>', "", ""),
    "bom": ("\ufeff<a>b</a>", "", ""),
    "instructions": ("<?before x?><a><?in  y z ?><b/><?empty?></a><?after?>", "", ""),
    "cdata": ("<a><![CDATA[<&>\"]]>x<![CDATA[]]></a>", "", ""),
    "unused-namespaces": ('<a xmlns:u="urn:u" xmlns:v="urn:v"><v:b xmlns:w="urn:w"/></a>', "", ""),
    "redundant-declarations": ('<a:a xmlns:a="urn:a"><a:b xmlns:a="urn:a"><c xmlns:a="urn:a" a:d="e"/></a:b></a:a>', "", ""),
    "prefix-rebound": ('<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c xmlns:p="urn:1"/></p:b><p:d/></p:a>', "", ""),
    "default-rebound": ('<a xmlns="urn:1"><b xmlns="urn:2"><c xmlns="urn:1"/></b><d/></a>', "", ""),
    "default-undeclared": ('<a xmlns="urn:1"><b xmlns=""><c xmlns="urn:1"/><d/></b></a>', "", ""),
    "default-undeclared-below-prefix": ('<a xmlns="urn:1"><p:b xmlns:p="urn:p" xmlns=""><c/></p:b></a>', "", ""),
    "default-undeclared-where-there-is-none": ('<a><b xmlns=""><c xmlns=""/></b></a>', "", ""),
    "attribute-alone-uses-a-prefix": ('<a xmlns:p="urn:p"><b p:c="d"><e p:f="g"/></b><h/></a>', "", ""),
    "two-prefixes-for-one-namespace": ('<p:a xmlns:p="urn:x" xmlns:q="urn:x"><q:b q:c="1" p:d="2"/></p:a>', "", ""),
    "xml-prefix": ('<a xml:lang="en" xml:space="preserve" b="c"><d xml:lang="de"/></a>', "", ""),
    "siblings-do-not-share": ('<a xmlns:p="urn:p"><p:b/><p:c/><d p:e="f"/></a>', "", ""),
    "deep": ('<a xmlns:n="urn:n">' + "<b>" * 30 + "<n:c/>" + "</b>" * 30 + "</a>", "", ""),
    "subtree": ('<r xmlns="urn:d" xmlns:p="urn:p" xmlns:u="urn:u"><p:a ID="apex"><b/><p:c u:d="e"/></p:a></r>', "apex", ""),
    "subtree-default-namespace": ('<r xmlns="urn:d"><a ID="apex"><b xmlns=""/></a></r>', "apex", ""),
    "subtree-no-namespace": ('<p:r xmlns:p="urn:p"><a ID="apex"><b/></a></p:r>', "apex", ""),
    "subtree-namespace-from-far-above": ('<r xmlns:p="urn:p"><s><t><p:a ID="apex" p:b="c"/></t></s></r>', "apex", ""),
    "subtree-shadowed-above": ('<r xmlns:p="urn:1"><s xmlns:p="urn:2"><p:a ID="apex"/></s></r>', "apex", ""),
    "subtree-followed-by-text": ("<r>before<a ID='apex'>inside</a>after</r>", "apex", ""),
    "prefix-list": ('<r xmlns:x="urn:x" xmlns:y="urn:y"><a ID="apex"><y:b/></a></r>', "apex", "x"),
    "prefix-list-used-anyway": ('<r xmlns:x="urn:x"><x:a ID="apex"><x:b/></x:a></r>', "apex", "x"),
    "prefix-list-two": ('<r xmlns:x="urn:x" xmlns:y="urn:y" xmlns:z="urn:z"><a ID="apex"/></r>', "apex", "z x"),
    "prefix-list-unknown": ('<r xmlns:x="urn:x"><a ID="apex"/></r>', "apex", "nope"),
    "prefix-list-declared-below": ('<r><a ID="apex"><b xmlns:x="urn:x"><c/></b></a></r>', "apex", "x"),
    "prefix-list-rebound-below": ('<r xmlns:x="urn:1"><a ID="apex"><b xmlns:x="urn:2"><x:c/></b><x:d/></a></r>', "apex", "x"),
    "prefix-list-default": ('<r xmlns="urn:d"><p:a xmlns:p="urn:p" ID="apex"><p:b/></p:a></r>', "apex", "#default"),
    "prefix-list-default-undeclared-below": ('<r xmlns="urn:d"><p:a xmlns:p="urn:p" ID="apex"><b xmlns=""/><c/></p:a></r>', "apex", "#default"),
    "prefix-list-default-absent": ('<r xmlns:x="urn:x"><a ID="apex"/></r>', "apex", "#default x"),
    "prefix-list-xs": ('<r xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><a ID="apex"><b xsi:type="xs:string">c</b></a></r>', "apex", "xs"),
    "saml-shape": (
        '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r"><Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="apex">'
        '<Subject>\n<NameID Format="x">a&amp;b</NameID></Subject><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>'
        '<AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></Assertion></samlp:Response>', "apex", ""),
}

# Only the document element: libxml2, through lxml, does not carry xml: attributes down to a subtree, as inclusive C14N wants.
BY_HAND = {
    "subtree-inherits-xml-attributes": (
        '<r xml:lang="en" xml:space="preserve" b="c"><s xml:lang="de"><a ID="apex" d="e"><f/></a></s></r>',
        '<a ID="apex" d="e"><f></f></a>', '<a ID="apex" d="e" xml:lang="de" xml:space="preserve"><f></f></a>'),
    "subtree-keeps-its-own-xml-attributes": (
        '<r xml:lang="en"><a ID="apex" xml:lang="fr"><f/></a></r>',
        '<a ID="apex" xml:lang="fr"><f></f></a>', '<a ID="apex" xml:lang="fr"><f></f></a>'),
}


def write_all():
    for name, (document, apex, prefixes) in VECTORS.items():
        root = etree.fromstring(document.encode(), etree.XMLParser(resolve_entities=False))
        element = root.xpath("//*[@ID=$id]", id=apex)[0] if apex else root
        write(name, document, apex, prefixes, canonical(element, EXC, prefixes.split()), inclusive_form(element))
    for name, (document, exclusive, inclusive) in BY_HAND.items():
        write(name, document, "apex", "", exclusive.encode(), inclusive.encode())
    return len(VECTORS) + len(BY_HAND)


def inclusive_form(element):
    """The inclusive form by way of a document of its own: where it stands, lxml adds a wrong xmlns="" to some children."""
    alone = etree.fromstring(etree.tostring(element, with_tail=False, encoding="UTF-8"), etree.XMLParser(resolve_entities=False))
    return canonical(alone, INC)


def write(name, document, apex, prefixes, exclusive, inclusive):
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    files = {"in.xml": document.encode(), "apex": apex.encode(), "prefixes": prefixes.encode(), "exclusive.xml": exclusive, "inclusive.xml": inclusive}
    for file, octets in files.items():
        (folder / file).write_bytes(octets)
