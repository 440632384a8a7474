"""An XML signer that shares no code with the crate under test: lxml canonicalizes, keys.py signs.

Documents are texts, so that hostile ones need not be well-formed. A mark in the text says where the signature
of an element goes; everything else stays byte for byte what the case wrote.
"""

import base64
import hashlib
from dataclasses import dataclass, field, replace

from lxml import etree

from keys import key
from names import DS, ENVELOPED, EXC, HASHES, INC, RSA_SHA256, SHA256

VALUE = "@@value@@"


def mark(target):
    """Where the signature of the element with this ID goes."""
    return f"@@sign:{target}@@"


def parse(text):
    octets = text.encode() if isinstance(text, str) else text
    return etree.fromstring(octets, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def without_marks(text):
    while "@@sign:" in text:
        head, tail = text.split("@@sign:", 1)
        text = head + tail.split("@@", 1)[1]
    return text


def b64(octets):
    return base64.b64encode(octets).decode()


def canonical(element, algorithm=EXC, prefixes=None):
    """The canonical form of an element where it stands."""
    exclusive = algorithm.startswith(EXC)
    # To libxml2 the default namespace is the empty prefix; "#default" it would look up as it is, and not find. lxml
    # passes on only prefixes that its parser has seen as strings, and this makes it see the empty one.
    etree.fromstring('<a xmlns=""/>')
    prefixes = ["" if prefix == "#default" else prefix for prefix in prefixes or ()]
    return etree.tostring(
        element,
        method="c14n",
        exclusive=exclusive,
        with_comments=algorithm.endswith("WithComments"),
        inclusive_ns_prefixes=prefixes if exclusive and prefixes else None,
    )


def by_id(root, target):
    found = root.xpath("//*[@ID=$id]", id=target)
    if not found:
        raise LookupError(f"no element has the ID {target}")
    return found[0]


def method(name, algorithm, inside=""):
    end = f">{inside}</ds:{name}>" if inside else "/>"
    return f'<ds:{name} Algorithm="{algorithm}"{end}'


def transform(algorithm, inside=""):
    return method("Transform", algorithm, inside)


def inclusive(prefixes):
    return f'<ec:InclusiveNamespaces xmlns:ec="{EXC}" PrefixList="{prefixes}"/>'


def x509(name):
    return f"<ds:X509Data><ds:X509Certificate>{key(name).certificate_base64()}</ds:X509Certificate></ds:X509Data>"


@dataclass(frozen=True)
class Profile:
    """How a signature is made; the default is what every good identity provider does."""

    method: str = RSA_SHA256
    digest: str = SHA256
    canonicalization: str = EXC
    method_inside: str = ""
    signed_info_prefixes: tuple = ()
    transforms: tuple = (transform(ENVELOPED), transform(EXC))
    prefixes: tuple = ()
    covered_by: str = EXC
    uri: str | None = None
    key_info: str | None = None
    covered: object = None
    digest_value: str | None = None
    signed_info: object = field(default=lambda text: text)
    signed_octets: object = field(default=lambda octets: octets)
    prefix: str = "ds"

    def but(self, **changes):
        return replace(self, **changes)


PLAIN = Profile()


def with_prefixes(prefixes):
    """Exclusive canonicalization with a PrefixList."""
    names = tuple(prefixes.split())
    return PLAIN.but(transforms=(transform(ENVELOPED), transform(EXC, inclusive(prefixes))), prefixes=names)


def sign(text, target, by="idp", profile=PLAIN):
    """Puts the signature of `target` where its mark stands."""
    digest = profile.digest_value
    if digest is None:
        digest = b64(hashlib.new(HASHES[profile.digest], covered_octets(text, target, profile)).digest())
    whole = text.replace(mark(target), render(target, by, profile, digest))
    holder = parse(without_marks(whole)).xpath("//*[local-name()='SignatureValue'][.=$value]", value=VALUE)[0]
    signed_info = holder.getparent().find(f"{{{DS}}}SignedInfo")
    octets = profile.signed_octets(canonical(signed_info, profile.canonicalization, profile.signed_info_prefixes))
    return whole.replace(VALUE, b64(value_of(by, profile.method, octets)))


def value_of(by, method, octets):
    return by(octets) if callable(by) else key(by).sign(method, octets)


def covered_octets(text, target, profile):
    root = parse(without_marks(text))
    if profile.covered is not None:
        return profile.covered(root)
    if profile.uri == "":
        return canonical(root, profile.covered_by, profile.prefixes)
    return canonical(by_id(root, target), profile.covered_by, profile.prefixes)


def render(target, by, profile, digest):
    uri = f"#{target}" if profile.uri is None else profile.uri
    prefix_list = inclusive(" ".join(profile.signed_info_prefixes)) if profile.signed_info_prefixes else ""
    info = (
        "<ds:SignedInfo>"
        + method("CanonicalizationMethod", profile.canonicalization, prefix_list)
        + method("SignatureMethod", profile.method, profile.method_inside)
        + f'<ds:Reference URI="{uri}"><ds:Transforms>{"".join(profile.transforms)}</ds:Transforms>'
        + method("DigestMethod", profile.digest)
        + f"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )
    inside = key_info(by, profile)
    whole = (
        f'<ds:Signature xmlns:ds="{DS}">{profile.signed_info(info)}'
        f"<ds:SignatureValue>{VALUE}</ds:SignatureValue>{inside}</ds:Signature>"
    )
    if profile.prefix == "ds":
        return whole
    if profile.prefix == "":
        return whole.replace("<ds:", "<").replace("</ds:", "</").replace("xmlns:ds=", "xmlns=")
    return whole.replace("xmlns:ds=", f"xmlns:{profile.prefix}=").replace("ds:", f"{profile.prefix}:")


def key_info(by, profile):
    if profile.key_info is None:
        return f"<ds:KeyInfo>{x509(by)}</ds:KeyInfo>" if isinstance(by, str) else ""
    return f"<ds:KeyInfo>{profile.key_info}</ds:KeyInfo>" if profile.key_info else ""


INCLUSIVE = PLAIN.but(transforms=(transform(ENVELOPED), transform(INC)), covered_by=INC)
