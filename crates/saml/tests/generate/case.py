"""A case: what is posted, in which context, with which verdict; and the audit of its signatures."""

import base64
import copy
import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from keys import key
from names import ACS, DS, EXC, HASHES, IDP, NOW, REQUEST, SP, SUBJECT
from signer import canonical, parse

FOLDER = Path(__file__).resolve().parent.parent / "cases"
ACCEPTED = f"accepted {SUBJECT}"
CONTROL = "control-assertion-signed"


@dataclass(frozen=True)
class Case:
    """One folder of tests/cases."""

    name: str
    content: str | bytes
    verdict: str
    context: dict
    posted: bool = False
    sound: int = 1
    signed: int = 1


CASES = {}


def case(name, content, codes, **options):
    """Registers a document that has to be rejected with one of `codes` (`a|b`)."""
    add(name, content, f"rejected {codes}", options, options.pop("control", CONTROL))


def good(name, content, subject=SUBJECT, **options):
    """Registers a document that has to be accepted."""
    add(name, content, f"accepted {subject}", options, None)


def add(name, content, verdict, options, control):
    if name in CASES:
        raise ValueError(f"two cases are called {name}")
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(f"{name} is not a folder name")
    posted, sound = options.pop("posted", False), options.pop("sound", 1)
    signed = options.pop("signed", sound)
    context = {"control": control} if control else {}
    context |= {
        "certificates": ["idp.crt"], "issuer": IDP, "audience": SP, "recipient": ACS, "in_response_to": REQUEST, "now": NOW,
    } | options
    CASES[name] = Case(name, content, verdict, context, posted, sound, signed)


def write_all():
    """Audits and writes every registered case, and removes folders that no case owns any more."""
    faults = [fault for found in CASES.values() if (fault := audit(found))]
    if faults:
        raise SystemExit("\n".join(faults))
    for found in CASES.values():
        write(found)
    for folder in FOLDER.iterdir():
        if folder.is_dir() and folder.name not in CASES:
            shutil.rmtree(folder)


def write(found):
    folder = FOLDER / found.name
    folder.mkdir(parents=True, exist_ok=True)
    file = "posted.txt" if found.posted else "response.xml"
    content = found.content.encode() if isinstance(found.content, str) else found.content
    for stale in folder.iterdir():
        if stale.name not in (file, "context.toml", "verdict"):
            stale.unlink()
    (folder / file).write_bytes(content)
    (folder / "context.toml").write_text("".join(f"{n} = {toml(v)}\n" for n, v in found.context.items() if v is not None))
    (folder / "verdict").write_text(found.verdict + "\n")


def toml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(toml(v) for v in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'


def audit(found):
    """What is wrong with the case itself, or nothing: a hostile document proves something only while its signature is still good somewhere.

    `signed` counts the SignedInfos that verify under a configured key, `sound` those whose digest, besides, fits an
    element of the document: the hostile edit, and nothing else, has to be the reason for a rejection.
    """
    control = found.context.get("control")
    if control and not CASES[control].verdict.startswith("accepted"):
        return f"{found.name}: its control {control} is not accepted"
    try:
        root = parse(found.content) if max(found.sound, found.signed) and not found.posted else None
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    infos = list(signed_infos(root, found.context["certificates"]))
    sound = sum(digest_fits(root, signature, info) for signature, info in infos)
    if len(infos) < found.signed or sound < found.sound:
        return f"{found.name}: {len(infos)} signed, {found.signed} wanted; {sound} sound, {found.sound} wanted"
    return None


def signed_infos(root, certificates):
    keys = [key(name.removesuffix(".crt").replace("-expired", "")) for name in certificates]
    for signature in root.iter(f"{{{DS}}}Signature"):
        value = base64.b64decode(signature.findtext(f"{{{DS}}}SignatureValue") or "")
        for info in signature.iter(f"{{{DS}}}SignedInfo"):
            method = info.find(f"{{{DS}}}CanonicalizationMethod")
            algorithm = info.find(f"{{{DS}}}SignatureMethod").get("Algorithm")
            octets = canonical(info, method.get("Algorithm"), prefix_list(method))
            if any(k.verifies(algorithm, octets, value) for k in keys):
                yield signature, info


def digest_fits(root, signature, info):
    reference = info.find(f"{{{DS}}}Reference")
    target = (reference.get("URI") or "").removeprefix("#")
    wanted = base64.b64decode("".join(reference.find(f"{{{DS}}}DigestValue").xpath("text()")))
    algorithm = HASHES.get(reference.find(f"{{{DS}}}DigestMethod").get("Algorithm"))
    last = reference.findall(f".//{{{DS}}}Transform")[-1]
    for candidate in root.xpath("//*[@ID=$id]", id=target):
        try:
            octets = canonical(without(candidate, signature), last.get("Algorithm"), prefix_list(last))
        except etree.C14NError:
            return False
        if hashlib.new(algorithm, octets).digest() == wanted:
            return True
    return False


def without(element, signature):
    """The element as it stands in a copy of its document, less the signature; the text after the signature stays."""
    tree = element.getroottree()
    order = list(tree.iter())
    copied = list(copy.deepcopy(tree).iter())
    found, gone = copied[order.index(element)], copied[order.index(signature)]
    if found in gone.iterancestors():
        before, parent = gone.getprevious(), gone.getparent()
        if gone.tail and before is not None:
            before.tail = (before.tail or "") + gone.tail
        elif gone.tail:
            parent.text = (parent.text or "") + gone.tail
        parent.remove(gone)
    return found


def prefix_list(holder):
    found = holder.find(f"{{{EXC}}}InclusiveNamespaces")
    return found.get("PrefixList").split() if found is not None else None
