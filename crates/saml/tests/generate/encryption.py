"""1H, and the rows of 1A and 1D that need encryption."""

import re

from case import case, good
from document import (
    ASSERTION_ID, RESPONSE_ID, assertion, assertion_signed, attribute, attributes, edit, element, forged, genuine, mark, name_id, response,
    response_signed, subject,
)
from encryptor import CBC, CONTENT, GCM, OAEP, OAEP_MGF1P, PLAIN, encrypt_cbc, encrypted, encrypted_key
from names import DS, SAML, SHA1, SHA256, SHA512, SUBJECT, VICTIM, XENC, XENC11, XSI
from signer import b64, parse, sign
from wrapping import extensions

KEY = dict(decryption_keys=["sp-encryption.key"])
HIDDEN = dict(KEY, sound=0, signed=0)
FAILED = "decryption-failed"
STRUCTURE = "invalid-encryption-structure"
CONTROL = "control-encrypted-assertion"
CBC128 = XENC + "aes128-cbc"
CBC_CONTROL = "enc-3-cbc-accepted-response-signed"


def cases():
    good(CONTROL, response(encrypted(genuine())), **HIDDEN)
    good("control-encrypted-then-signed", response_signed(body=encrypted(assertion(signature=""))), **KEY)
    authenticity()
    orders()
    algorithms()
    padding_oracle()
    content_octets()
    places_of_the_key()
    structures()
    plaintexts()
    markup_in_a_namespace_outside()
    names_and_attributes()
    beside_each_other()


def rejected(name, body, codes, control=CONTROL, **options):
    """A response, itself unsigned, around something encrypted."""
    case(name, response(body), codes, control=control, **(HIDDEN | options))


def authenticity():
    """ENC-1: encryption says nothing about who wrote it."""
    rejected("enc-1-unsigned-assertion", encrypted(forged()), "unsigned")
    rejected("enc-1-assertion-signed-by-attacker", encrypted(element(assertion_signed(by="attacker"), "Assertion")), "signature-mismatch")
    changed = edit(genuine(), f">{SUBJECT}</saml:NameID>", f">{VICTIM}</saml:NameID>")
    rejected("enc-1-genuine-assertion-changed", encrypted(changed), "digest-mismatch")
    for name, how in {"unsigned": forged(), "by-attacker": element(assertion_signed(by="attacker"), "Assertion")}.items():
        if name == "by-attacker":
            case("enc-1-response-signed-assertion-by-attacker", response_signed(body=encrypted(how)), "signature-mismatch",
                 control="control-encrypted-then-signed", **KEY)
    moved = response_signed(body=encrypted(assertion(signature="")))
    other = element(response(encrypted(forged())), "EncryptedAssertion")
    case("enc-1-ciphertext-exchanged-in-signed-response", edit(moved, element(moved, "EncryptedAssertion"), other), "digest-mismatch",
         control="control-encrypted-then-signed", **HIDDEN)


def orders():
    """ENC-2: what was signed, and when."""
    good("enc-2-sign-encrypt-sign", response_signed(body=encrypted(genuine())), **KEY)
    for name, inner in {"unsigned": assertion(signature=""), "signed": genuine()}.items():
        plain = response_signed(body=inner)
        late = edit(plain, inner, encrypted(inner))
        case(f"enc-2-response-signed-before-encryption-assertion-{name}", late, "signed-before-encryption",
             control="control-encrypted-then-signed", **HIDDEN)
    case("enc-2-no-decryption-key", response(encrypted(genuine())), "decryption-key-missing", control=CONTROL, sound=0)
    rejected("enc-2-key-of-another-service", encrypted(genuine(), PLAIN.but(recipient="sp-encryption-next")), FAILED)


def algorithms():
    """ENC-4, ENC-5, ENC-12: the list of algorithms is short."""
    for data in GCM:
        bits = data.removeprefix(XENC11 + "aes").removesuffix("-gcm")
        good(f"enc-aes-{bits}-gcm", response(encrypted(genuine(), PLAIN.but(data=data))), **HIDDEN)
    transports = {
        "mgf1p-without-digest-method": (PLAIN.but(digest=None), None), "oaep-sha1-mgf1-sha1": (PLAIN.but(transport=OAEP, mask=XENC11 + "mgf1sha1"), None),
        "oaep-sha1-without-mgf": (PLAIN.but(transport=OAEP), None), "oaep-sha256-mgf1-sha256": (PLAIN.but(transport=OAEP, digest=SHA256, mask=XENC11 + "mgf1sha256"), None),
        "mgf1p-sha256": (PLAIN.but(digest=SHA256), None), "mgf1p-sha512": (PLAIN.but(digest=SHA512), None),
        "oaep-sha256-mgf1-sha1": (PLAIN.but(transport=OAEP, digest=SHA256, mask=XENC11 + "mgf1sha1"), None),
        "oaep-sha512-mgf1-sha1": (PLAIN.but(transport=OAEP, digest=SHA512, mask=XENC11 + "mgf1sha1"), None),
        "oaep-sha512-mgf1-sha512": (PLAIN.but(transport=OAEP, digest=SHA512, mask=XENC11 + "mgf1sha512"), None),
        "oaep-sha1-mgf1-sha384": (PLAIN.but(transport=OAEP, mask=XENC11 + "mgf1sha384"), None),
        "oaep-mgf1-sha224": (PLAIN.but(transport=OAEP, digest=SHA256, mask=XENC11 + "mgf1sha224"), "encryption-algorithm-not-allowed"),
        "mgf1p-sha256-other-recipient": (PLAIN.but(digest=SHA256, recipient="sp-encryption-next"), FAILED),
        "mgf1p-sha256-transported-key-bit": (PLAIN.but(digest=SHA256, alter_key=lambda key: key[:-1] + bytes([key[-1] ^ 1])), FAILED),
        "mgf1p-sha256-transported-key-shorter": (PLAIN.but(digest=SHA256, alter_key=lambda key: key[:-1]), FAILED),
        "oaep-with-a-label": (PLAIN.but(label=b"label"), f"encryption-algorithm-not-allowed|{STRUCTURE}"), "rsa-1-5": (PLAIN.but(transport=XENC + "rsa-1_5", digest=None), "encryption-algorithm-not-allowed"),
    }
    for name, (how, codes) in transports.items():
        body = encrypted(genuine(), how)
        if codes is None:
            good(f"enc-12-{name}", response(body), **HIDDEN)
        else:
            rejected(f"enc-{'4' if name == 'rsa-1-5' else '12'}-{name}", body, codes)
    unknown = {"triple-des": XENC + "tripledes-cbc", "aes-wrong-case": (XENC11 + "aes128-GCM"), "chacha": "http://www.w3.org/2021/04/xmldsig-more#chacha20poly1305", "empty": ""}
    for name, data in unknown.items():
        rejected(f"enc-15-data-{name}", encrypted(genuine(), PLAIN.but(data=data)), "encryption-algorithm-not-allowed")
    for name, transport in {"aes-key-wrap": XENC + "kw-aes128", "none": "", "same-as-data": XENC11 + "aes128-gcm"}.items():
        rejected(f"enc-15-transport-{name}", encrypted(genuine(), PLAIN.but(transport=transport)), "encryption-algorithm-not-allowed")
    for name, data in {"gcm-called-cbc": CBC128, "gcm-128-called-gcm-256": XENC11 + "aes256-gcm"}.items():
        body = edit(encrypted(genuine()), XENC11 + "aes128-gcm", data)
        rejected(f"enc-5-{name}", body, "cbc-not-allowed|encryption-algorithm-not-allowed" if data == CBC128 else FAILED)
    signed = response_signed(body=edit(encrypted(assertion(signature="")), XENC11 + "aes128-gcm", CBC128))
    case("enc-5-gcm-called-cbc-where-cbc-is-accepted", signed, FAILED, accept_cbc=True, control=CBC_CONTROL, **KEY)
    for size in (0, 8, 15, 17, 24, 32):
        rejected(f"enc-15-content-key-of-{size}-octets", encrypted_with_key_of(size), FAILED)


def encrypted_with_key_of(size):
    """The key that is transported has another length than the algorithm's name says."""
    body = encrypted(genuine())
    start, end = body.index("<xenc:EncryptedKey "), body.index("</xenc:EncryptedKey>") + len("</xenc:EncryptedKey>")
    return body[:start] + encrypted_key(b"\x42" * size, PLAIN) + body[end:]


def padding_oracle():
    """ENC-3, ENC-7: CBC only if allowed, under or next to a signature, and one answer to every fault."""
    off = "cbc-not-allowed|encryption-algorithm-not-allowed"
    on = dict(KEY, accept_cbc=True)
    for data in CBC:
        bits = data.removeprefix(XENC + "aes").removesuffix("-cbc")
        how = PLAIN.but(data=data)
        case(f"enc-3-cbc-{bits}-not-agreed", response_signed(body=encrypted(genuine(), how)), off, control=CBC_CONTROL, **KEY)
        good(f"enc-3-cbc-{bits}-accepted", response_signed(body=encrypted(genuine(), how)), **on)
    good("sem-21-encrypted", response(encrypted(genuine())), **(HIDDEN | KEY), require_encryption=True)
    how = PLAIN.but(data=CBC128)
    good(CBC_CONTROL, response_signed(body=encrypted(assertion(signature=""), how)), **on)
    good("enc-3-cbc-accepted-assertion-signed", response(encrypted(genuine(), how)), **(HIDDEN | on))
    faults = {"last-octet": -1, "last-block-begin": -16, "block-before-last": -17, "vector": 0, "vector-end": 15, "middle": 400}
    for name, at in faults.items():
        def flip(octets, at=at):
            at = at % len(octets)
            return octets[:at] + bytes([octets[at] ^ 0x80]) + octets[at + 1:]

        body = encrypted(genuine(), how.but(alter=flip))
        case(f"enc-3-cbc-bit-of-{name}-inside-signed-assertion", response(body), FAILED, control="enc-3-cbc-accepted-assertion-signed", **(HIDDEN | on))
    case("enc-3-cbc-unsigned-everywhere", response(encrypted(forged(), how)), f"unsigned|{FAILED}", control="enc-3-cbc-accepted-assertion-signed", **(HIDDEN | on))
    foreign = encrypted(element(assertion_signed(by="attacker"), "Assertion"), how)
    case("enc-3-cbc-signed-by-attacker", response(foreign), f"signature-mismatch|{FAILED}", control="enc-3-cbc-accepted-assertion-signed", **(HIDDEN | on))
    text = assertion(signature="").encode()
    text += b" " * (-len(text) % 16)
    for name, padding in {"zero": bytes(16), "one-too-many": bytes(15) + b"\x11", "255": bytes(15) + b"\xff", "whole-block": bytes(15) + b"\x10"}.items():
        octets = encrypt_cbc(b"\x42" * 16, text + padding)
        body = response_signed(body=encrypted(b"", how.but(alter=lambda _, o=octets: o)))
        if name == "whole-block":
            good(f"enc-7-padding-{name}", body, **on)
        else:
            case(f"enc-7-padding-{name}", body, FAILED, control=CBC_CONTROL, **on)
    for size in (1, 15, 16, 17, 31, 32, 33, 48):
        body = response_signed(body=encrypted(assertion(signature=""), how.but(alter=lambda octets, n=size: octets[:n])))
        case(f"enc-7-ciphertext-of-{size}-octets", body, FAILED, control=CBC_CONTROL, **on)


def content_octets():
    """ENC-6: the whole tag, the whole vector, nothing changed."""
    changes = {
        "tag-of-15": lambda o: o[:-1], "tag-of-12": lambda o: o[:-4], "tag-of-1": lambda o: o[:-15], "no-tag": lambda o: o[:-16], "only-vector": lambda o: o[:12],
        "only-vector-and-tag": lambda o: o[:12] + o[-16:], "shorter-than-a-vector": lambda o: o[:5], "octet-more": lambda o: o + b"\0", "first-bit": lambda o: bytes([o[0] ^ 1]) + o[1:],
        "middle-bit": lambda o: o[:300] + bytes([o[300] ^ 1]) + o[301:], "last-bit": lambda o: o[:-1] + bytes([o[-1] ^ 1]), "vector-of-16": lambda o: b"\x24" * 4 + o,
    }
    for name, change in changes.items():
        rejected(f"enc-6-{name}", encrypted(genuine(), PLAIN.but(alter=change)), FAILED)
    rejected("enc-6-empty-plaintext", encrypted(""), f"{FAILED}|{STRUCTURE}|empty-message|xml-syntax")
    for name, change in {"bit": lambda o: o[:9] + bytes([o[9] ^ 1]) + o[10:], "shorter": lambda o: o[:-1], "longer": lambda o: o + b"\0", "one-octet": lambda o: o[:1], "too-big": lambda o: b"\xff" * 256}.items():
        rejected(f"enc-6-transported-key-{name}", encrypted(genuine(), PLAIN.but(alter_key=change)), FAILED)
    for name in ("data", "key"):
        body = encrypted(genuine())
        opened = body.rindex("<xenc:CipherValue>") if name == "data" else body.index("<xenc:CipherValue>")
        at = opened + len("<xenc:CipherValue>")
        rejected(f"enc-6-{name}-not-base64", body[:at] + "!" + body[at + 1:], f"{STRUCTURE}|{FAILED}")
        rejected(f"enc-6-{name}-with-a-comment", body[:at + 8] + "<!-- -->" + body[at + 8:], f"comment-in-value|{STRUCTURE}")
        rejected(f"enc-6-{name}-empty", body[:at] + body[body.index("<", at):], f"{STRUCTURE}|{FAILED}")


def places_of_the_key():
    """ENC-9, ENC-13, ENC-17."""
    for placement in ("inside", "sibling", "sibling-without-pointer", "sibling-and-empty-key-info"):
        good(f"enc-9-key-{placement}", response(encrypted(genuine(), PLAIN.but(placement=placement))), **HIDDEN)
    for placement in ("nowhere", "retrieval-http", "key-name"):
        rejected(f"enc-9-key-{placement}", encrypted(genuine(), PLAIN.but(placement=placement)), STRUCTURE)
    rejected("enc-9-retrieval-refers-elsewhere", encrypted(genuine(), PLAIN.but(placement="retrieval-elsewhere")), STRUCTURE)
    body = encrypted(genuine())
    ours = body[body.index("<xenc:EncryptedKey "):body.index("</xenc:EncryptedKey>") + len("</xenc:EncryptedKey>")]
    theirs = encrypted_key(b"\x17" * 16, PLAIN.but(recipient="sp-encryption-next")).replace(' Id="_key"', ' Id="_theirs"')
    good("enc-9-two-recipients-ours-first", response(edit(body, ours, ours + theirs)), **HIDDEN)
    good("enc-9-two-recipients-ours-second", response(edit(body, ours, theirs + ours)), **HIDDEN)
    many = "".join(theirs.replace("_theirs", f"_k{i}") for i in range(40))
    rejected("enc-13-forty-keys", edit(body, ours, many + ours), STRUCTURE)
    both = ["sp-encryption.key", "sp-encryption-next.key"]
    good("enc-17-first-of-two-decryption-keys", response(encrypted(genuine())), decryption_keys=both, sound=0)
    good("enc-17-second-of-two-decryption-keys", response(encrypted(genuine(), PLAIN.but(recipient="sp-encryption-next"))), decryption_keys=both, sound=0)


def structures():
    """ENC-8, ENC-11: the parts of XML Encryption that are read, and none other."""
    body = encrypted(genuine())
    data = body[body.rindex("<xenc:CipherData>"):body.index("</xenc:EncryptedData>")]
    transformed = '<xenc:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/></xenc:Transforms>'
    for name, inside in {"http": '<xenc:CipherReference URI="http://127.0.0.1:9/x"/>', "file": '<xenc:CipherReference URI="file:///etc/hostname"/>',
                         "same-document": '<xenc:CipherReference URI="#_response"/>', "xslt": f'<xenc:CipherReference URI="">{transformed}</xenc:CipherReference>'}.items():
        rejected(f"enc-8-cipher-reference-{name}", edit(body, data, f"<xenc:CipherData>{inside}</xenc:CipherData>"), STRUCTURE)
    key_data = body[body.index("<xenc:CipherData>"):body.index("</xenc:EncryptedKey>")]
    rejected("enc-8-cipher-reference-for-the-key", edit(body, key_data, '<xenc:CipherData><xenc:CipherReference URI="http://127.0.0.1:9/x"/></xenc:CipherData>'), STRUCTURE)
    good("enc-11-type-absent", response(encrypted(genuine(), PLAIN.but(type=None))), **HIDDEN)
    for name, kind in {"content": CONTENT, "unknown": "urn:example:type", "empty": " "}.items():
        rejected(f"enc-11-type-{name}", encrypted(genuine(), PLAIN.but(type=kind)), STRUCTURE)
    rejected("enc-empty-encrypted-assertion", "<saml:EncryptedAssertion/>", STRUCTURE)
    rejected("enc-plain-assertion-inside-encrypted-assertion", f"<saml:EncryptedAssertion>{genuine()}</saml:EncryptedAssertion>",
            f"{STRUCTURE}|multiple-assertions|signature-misplaced", sound=1, signed=1)
    whole = body[body.index("<xenc:EncryptedData "):body.index("</xenc:EncryptedData>") + len("</xenc:EncryptedData>")]
    rejected("enc-two-encrypted-data", edit(body, whole, whole + whole.replace("_data", "_data2").replace("_key", "_key2")), STRUCTURE)
    method = body[body.index("<xenc:EncryptionMethod "):body.index("/>", body.index("<xenc:EncryptionMethod ")) + 2]
    rejected("enc-no-encryption-method", edit(body, method, ""), f"{STRUCTURE}|encryption-algorithm-not-allowed")


def plaintexts():
    """ENC-10, XML-14: what comes out is one assertion, read by the same reader under the same limits."""
    real = genuine()
    rows = {
        "two-assertions": (real + forged(), "xml-syntax"), "text": ("text", "xml-syntax"), "text-before": ("text" + real, "xml-syntax"), "text-after": (real + "text", "xml-syntax"),
        "doctype": ("<!DOCTYPE a>" + real, "xml-doctype"), "instruction": ("<?x y?>" + real, "xml-processing-instruction"), "cdata": (f"<![CDATA[{real}]]>", "xml-syntax|xml-cdata"),
        "encrypted-assertion": (with_namespace(encrypted(real)), "invalid-structure|assertion-missing"),
        "response": (assertion_signed(), "invalid-structure|assertion-missing"), "name-id": (f'<saml:NameID xmlns:saml="{SAML}">x</saml:NameID>', "invalid-structure|assertion-missing"),
        "prefix-from-nowhere": (real.replace("saml:", "nope:").replace(f' xmlns:saml="{SAML}"', ""), "xml-namespace"), "declaration-utf-16": ('<?xml version="1.0" encoding="UTF-16"?>' + real, "xml-encoding"),
        "deep": ("<a>" * 3000 + "</a>" * 3000, "xml-too-deep"), "cut": (real[:-5], "xml-syntax"), "entity": (edit(real, ">staff<", ">&e;<"), "xml-syntax"),
        "latin-1": (real.replace(">staff<", ">st\u00e4ff<").encode("latin-1"), "not-utf8"),
    }
    for name, (plaintext, codes) in rows.items():
        rejected(f"enc-10-plaintext-{name}", encrypted(plaintext), f"{codes}|{FAILED}|{STRUCTURE}")
    bare = real.replace(f' xmlns:saml="{SAML}"', "")
    good("enc-10-plaintext-prefix-from-outside", response(encrypted(bare)), **HIDDEN)
    good("enc-10-plaintext-prefix-from-outside-response-signed", response_signed(body=encrypted(assertion(signature="").replace(f' xmlns:saml="{SAML}"', ""))), **KEY)
    rebound = edit(response(encrypted(bare)), "<saml:EncryptedAssertion", '<saml:EncryptedAssertion xmlns:other="urn:x"')
    good("enc-10-plaintext-prefix-from-outside-more-declared", rebound, **HIDDEN)
    # The prefix of the plaintext is bound to another namespace around it: the signed names are other ones then.
    swapped = response(encrypted(bare.replace("saml:", "s:"))).replace("<samlp:Response ", '<samlp:Response xmlns:s="urn:example:other" ', 1)
    case("enc-10-plaintext-prefix-bound-to-another-namespace", swapped, f"invalid-structure|{FAILED}", control=CONTROL, **HIDDEN)
    good("enc-10-plaintext-with-declaration", response(encrypted('<?xml version="1.0" encoding="UTF-8"?>' + real)), **HIDDEN)
    same = assertion(id=RESPONSE_ID, signature="")
# A plaintext is a document of its own: no reference can lead from one into the other.
    good("enc-10-plaintext-with-the-id-of-the-response", response_signed(body=encrypted(same)), **KEY)


def markup_in_a_namespace_outside():
    """ENC-18: what a signature covers as markup stands, with references, in a namespace name around the ciphertext."""
    typed = [("email", SUBJECT), ("displayName", VICTIM)]
    statement = attributes("".join(attribute(name, value) for name, value in typed).replace("<saml:AttributeValue>", f'<saml:AttributeValue xmlns:xsi="{XSI}" xsi:type="xs:string">'))
    real = element(assertion_signed(attributes=statement), "Assertion")
    declaration = f' xmlns:xsi="{XSI}"'
    good("enc-18-values-declare-their-prefix", response(encrypted(real)), **HIDDEN)
    # From the first declaration to the second: the value of `displayName` becomes that of `email`.
    before, between, after = real.split(declaration)
    name = f"{XSI}\"{between}{declaration}".removesuffix('"')
    around = "".join({"&": "&amp;", "<": "&lt;", '"': "&quot;"}.get(c, c) for c in name)
    moved = edit(response(encrypted(before + after)), "<saml:EncryptedAssertion", f'<saml:EncryptedAssertion xmlns:xsi="{around}"')
    control = "enc-18-values-declare-their-prefix"
    case("enc-18-markup-in-a-namespace-around-the-ciphertext", moved, f"digest-mismatch|{FAILED}", control=control, **HIDDEN)
    cbc = edit(response(encrypted(before + after, PLAIN.but(data=CBC128))), "<saml:EncryptedAssertion", f'<saml:EncryptedAssertion xmlns:xsi="{around}"')
    case("enc-18-markup-in-a-namespace-around-cbc", cbc, f"digest-mismatch|{FAILED}", control=control, **(HIDDEN | dict(accept_cbc=True)))


def with_namespace(text):
    """An element of the assertion namespace as it has to stand in a plaintext: with its declaration."""
    return re.sub(r"^<saml:(\w+)", rf'<saml:\1 xmlns:saml="{SAML}"', text)


def names_and_attributes():
    """ENC-16, TXT-7: an encrypted NameID, an encrypted attribute."""
    hidden_name = encrypted(with_namespace(name_id()), wrapper="EncryptedID")
    good("enc-16-encrypted-name-id", assertion_signed(subject=subject(hidden_name)), **KEY)
    good("enc-16-encrypted-name-id-in-signed-response", response_signed(body=assertion(signature="", subject=subject(hidden_name))), **KEY)
    good("enc-16-encrypted-name-id-key-sibling", assertion_signed(subject=subject(encrypted(with_namespace(name_id()), PLAIN.but(placement="sibling"), "EncryptedID"))), **KEY)
    hidden = encrypted(with_namespace(attribute("email", SUBJECT)), wrapper="EncryptedAttribute")
    good("enc-16-encrypted-attribute", assertion_signed(attributes=attributes(hidden)), **KEY)
    control = dict(KEY, control="enc-16-encrypted-name-id")
    case("enc-16-encrypted-name-id-without-key", assertion_signed(subject=subject(hidden_name)), "decryption-key-missing", control="enc-16-encrypted-name-id")
    rows = {
        "and-a-plain-one": (hidden_name + name_id(VICTIM), "invalid-structure|invalid-name-id"), "twice": (hidden_name + hidden_name.replace("_data", "_d2").replace("_key", "_k2"), "invalid-structure|invalid-name-id"),
        "of-a-base-id": (encrypted(f'<saml:BaseID xmlns:saml="{SAML}"/>', wrapper="EncryptedID"), f"invalid-structure|invalid-name-id|{STRUCTURE}|{FAILED}"),
        "with-a-comment": (encrypted(with_namespace(name_id("ada<!-- -->@example.com")), wrapper="EncryptedID"), f"comment-in-value|{FAILED}"),
        "empty": (encrypted(with_namespace(name_id("")), wrapper="EncryptedID"), f"invalid-name-id|{FAILED}"),
        "of-an-assertion": (encrypted(forged(), wrapper="EncryptedID"), f"invalid-structure|invalid-name-id|{STRUCTURE}|{FAILED}"),
    }
    for name, (held, codes) in rows.items():
        case(f"txt-7-encrypted-name-id-{name}", assertion_signed(subject=subject(held)), codes, **control)


def beside_each_other():
    """XSW-15: one assertion, plain or encrypted, and no second one."""
    real, evil = genuine(), forged()
    hidden, hidden_evil = encrypted(real), encrypted(evil).replace("_data", "_d2").replace("_key", "_k2")
    rows = {
        "plain-then-encrypted-forgery": real + hidden_evil, "encrypted-forgery-then-plain": hidden_evil + real, "forgery-then-encrypted": evil + hidden,
        "encrypted-then-forgery": hidden + evil, "two-encrypted": hidden + hidden_evil, "two-encrypted-other-order": hidden_evil + hidden,
    }
    for name, body in rows.items():
        rejected(f"xsw-15-{name}", body, "multiple-assertions")
    rejected("xsw-15-encrypted-in-extensions", extensions(hidden) + evil, "multiple-assertions|unsigned|invalid-structure")
