"""Sorts the W3C XML conformance suite for tests/documents/conformance.rs.

    conformance.py SUITE OUT

SUITE is the folder with xmlconf.xml. OUT/manifest.tsv gets a line for each document: `reject`, or `read` with the canonical
form that libxml2 gives it. Nearly every document of the suite has a DOCTYPE, which is never read here; each is therefore
written to OUT without its own, and has to be read or rejected as libxml2 reads or rejects it.
"""

import os
import re
import sys
from pathlib import Path
from xml.parsers import expat

from lxml import etree


def main(suite, out):
    out.mkdir(parents=True, exist_ok=True)
    tests = etree.parse(str(suite / "xmlconf.xml"), etree.XMLParser(load_dtd=True, resolve_entities=True, no_network=True)).iter("TEST")
    lines = []
    for number, test in enumerate(tests):
        path = Path(os.path.dirname(test.base)) / test.get("URI")
        if path.exists():
            lines += rows(test, path.resolve(), out / f"{number:04}")
    (out / "manifest.tsv").write_text("".join(line(out, *row) for row in lines))
    print(f"{len(lines)} documents")


def line(out, verdict, *paths):
    seen_from_out = [path if path == "-" else os.path.relpath(path, out) for path in paths]
    return "\t".join([verdict, *seen_from_out]) + "\n"


def rows(test, path, target):
    octets = path.read_bytes()
    has_doctype = b"<!DOCTYPE" in octets
    # The fifth edition, which is the one that is read here, allows some names that earlier ones did not.
    allowed_since = "5" not in test.get("EDITION", "5").split()
    if test.get("TYPE") == "not-wf" and (has_doctype or not allowed_since):
        yield "reject", path, "-"
    if has_doctype:
        path, octets = target.with_suffix(".xml"), without_doctype(octets)
        if not octets:
            return
        path.write_bytes(octets)
    elif test.get("TYPE") == "not-wf":
        return
    try:
        form = canonical_form(octets)
    except etree.XMLSyntaxError as fault:
        # libxml2 wants every namespace name to be a URI, which Namespaces in XML does not.
        if fault.code != etree.ErrorTypes.WAR_NS_URI:
            yield "reject", path, "-"
        return
    if form:
        target.with_suffix(".canonical").write_bytes(form)
        yield "read", path, target.with_suffix(".canonical")


def without_doctype(octets):
    """The document less its DOCTYPE; nothing when expat cannot say where that is."""
    parser, span = expat.ParserCreate(), []
    parser.StartDoctypeDeclHandler = lambda *_: span.append(parser.CurrentByteIndex)
    parser.EndDoctypeDeclHandler = lambda: span.append(parser.CurrentByteIndex)
    try:
        parser.Parse(octets, True)
    except (expat.ExpatError, ValueError):
        pass
    if len(span) != 2:
        return b""
    # expat reports the beginning somewhere inside the declaration, and its end at the closing bracket.
    begin, end = octets.rfind(b"<!DOCTYPE", 0, span[0] + 1), octets.find(b">", span[1])
    return octets[:begin] + octets[end + 1:]


def canonical_form(octets):
    """The canonical form of a document in UTF-8 that libxml2 takes without a complaint; nothing for other encodings."""
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", octets)
    if declared and declared.group(1).lower() != b"utf-8" or re.match(rb"(?:\xef\xbb\xbf)?<\?xml\s+version=.1\.[^0]", octets):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(octets, parser)
    if len(parser.error_log) or not is_utf8(octets) or any(True for _ in root.iter(etree.Entity)):
        return None
    try:
        return etree.tostring(root, method="c14n", exclusive=True, with_comments=False)
    except etree.C14NError:
        return None


def is_utf8(octets):
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
