"""1G: keys and algorithms. The configured keys count, whatever the document says about keys."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from case import case, good
from document import assertion_signed, edit, response_signed
from keys import ASN1_PREFIX, FOLDER, hmac_value, key, pss
from names import (
    DS, DSIG11, ECDSA_METHODS, HASHES, HMAC_METHODS, MD5, MORE, MORE2007, PSS_METHODS, RSA_METHODS, RSA_SHA256, SHA1, SHA256, SHA384, SHA512,
)
from signer import PLAIN, b64, x509
from signatures import child
from wrapping import signature_of

MISMATCH = "signature-mismatch"
CURVES = {"idp-p256": "ecdsa-sha256", "idp-p384": "ecdsa-sha384", "idp-p521": "ecdsa-sha512"}


def cases():
    good_algorithms()
    public_key_as_secret()
    foreign_keys()
    key_info()
    weak_digests()
    families()
    ecdsa_values()
    rsa_paddings()
    pss_parameters()
    rollover()


def good_algorithms():
    for method, digest in RSA_METHODS.items():
        if digest.startswith("sha") and digest != "sha1":
            good(f"key-rsa-{digest}", assertion_signed(PLAIN.but(method=method)))
    for method, digest in PSS_METHODS.items():
        good(f"key-pss-{digest}", assertion_signed(PLAIN.but(method=method)))
    for curve in CURVES:
        for method, digest in ECDSA_METHODS.items():
            if digest != "sha1":
                good(f"key-{curve.removeprefix('idp-')}-{digest}", assertion_signed(PLAIN.but(method=method), by=curve), certificates=[f"{curve}.crt"])
    for digest in (SHA256, SHA384, SHA512):
        good(f"key-digest-{HASHES[digest]}", assertion_signed(PLAIN.but(digest=digest)))
    good("key-rsa-3072", assertion_signed(by="idp-rsa3072"), certificates=["idp-rsa3072.crt"])


def public_key_as_secret():
    """KEY-1: a MAC keyed with the public key."""
    public = key("idp")
    secrets = {
        "certificate-pem": (FOLDER / "idp.crt").read_bytes(), "certificate-der": public.certificate.public_bytes(Encoding.DER),
        "key-pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "key-der": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "key-pkcs1": public.public_bytes(Encoding.DER, PublicFormat.PKCS1),
        "modulus": public.public.public_numbers().n.to_bytes(256, "big"),
    }
    for method, digest in HMAC_METHODS.items():
        for name, secret in secrets.items():
            def mac(octets, m=method, s=secret):
                return hmac_value(m, s, octets)

            case(f"key-1-hmac-{digest}-{name}", assertion_signed(PLAIN.but(method=method), by=mac), "signature-algorithm-not-allowed", sound=0)


def foreign_keys():
    """KEY-2, KEY-3: a valid signature of another key."""
    case("key-2-attacker-certificate-in-key-info", assertion_signed(by="attacker"), MISMATCH, sound=0)
    case("key-2-attacker-signs-the-response", response_signed(by="attacker"), MISMATCH, control="control-response-signed", sound=0)
    case("key-2-attacker-without-key-info", assertion_signed(PLAIN.but(key_info=""), by="attacker"), MISMATCH, sound=0)
    case("key-2-attacker-with-the-real-certificate", assertion_signed(PLAIN.but(key_info=x509("idp")), by="attacker"), MISMATCH, sound=0)
    case("key-2-attacker-with-ecdsa", assertion_signed(PLAIN.but(method=MORE + "ecdsa-sha256"), by="attacker-p256"),
         f"{MISMATCH}|signature-algorithm-not-allowed", sound=0)
    clone = "".join((FOLDER / "attacker-clone.crt").read_text().splitlines()[1:-1])
    info = f"<ds:X509Data><ds:X509Certificate>{clone}</ds:X509Certificate></ds:X509Data>"
    case("key-3-certificate-that-says-the-same", assertion_signed(PLAIN.but(key_info=info), by="attacker"), MISMATCH, sound=0)
    serial = "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=idp test key</ds:X509IssuerName>" \
        f"<ds:X509SerialNumber>{key('idp').certificate.serial_number}</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>"
    case("key-3-issuer-and-serial-alone", assertion_signed(PLAIN.but(key_info=serial), by="attacker"), MISMATCH, sound=0)


def kinds_of_key_info(name):
    """KEY-4 to KEY-6: everything that can stand in a KeyInfo, for one key."""
    numbers = key(name).public.public_numbers()
    modulus, exponent = b64(numbers.n.to_bytes(256, "big")), b64(b"\1\0\1")
    spki = b64(key(name).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    identifier = b64(hashlib.sha1(key(name).public_bytes(Encoding.DER, PublicFormat.PKCS1)).digest())
    return {
        "rsa-key-value": f"<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>{modulus}</ds:Modulus><ds:Exponent>{exponent}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>",
        "der-key-value": f'<d:DEREncodedKeyValue xmlns:d="{DSIG11}">{spki}</d:DEREncodedKeyValue>',
        "ec-key-value": f'<ds:KeyValue><d:ECKeyValue xmlns:d="{DSIG11}"><d:NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"/><d:PublicKey>BAAA</d:PublicKey></d:ECKeyValue></ds:KeyValue>',
        "key-name": f"<ds:KeyName>{name}</ds:KeyName>",
        "x509-ski": f"<ds:X509Data><ds:X509SKI>{identifier}</ds:X509SKI></ds:X509Data>",
        "x509-subject": f"<ds:X509Data><ds:X509SubjectName>CN={name}</ds:X509SubjectName></ds:X509Data>",
        "pgp": "<ds:PGPData><ds:PGPKeyID>AAAAAAAAAAA=</ds:PGPKeyID></ds:PGPData>",
        "spki": "<ds:SPKIData><ds:SPKISexp>AAAA</ds:SPKISexp></ds:SPKIData>",
        "retrieval-http": '<ds:RetrievalMethod URI="http://127.0.0.1:9/key.pem"/>',
        "retrieval-file": '<ds:RetrievalMethod URI="file:///etc/hostname"/>',
        "retrieval-same-document": '<ds:RetrievalMethod URI="#_assertion"/>',
        "key-info-reference": f'<d:KeyInfoReference xmlns:d="{DSIG11}" URI="http://127.0.0.1:9/key"/>',
        "two-certificates": x509("idp") + x509("attacker"),
        "two-certificates-reversed": x509("attacker") + x509("idp"),
        "two-in-one": x509("idp").replace("</ds:X509Data>", "") + x509("attacker").replace("<ds:X509Data>", ""),
        "foreign": '<x:Key xmlns:x="urn:x">x</x:Key>',
    }


def key_info():
    """Each kind names the attacker's key, which signed, and is rejected; each names the real one, which signed, and is accepted."""
    rows = {"two-certificates": "key-5", "two-certificates-reversed": "key-5", "two-in-one": "key-5", "retrieval-http": "key-6",
            "retrieval-file": "key-6", "retrieval-same-document": "key-6", "key-info-reference": "key-6"}
    for name, info in kinds_of_key_info("attacker").items():
        case(f"{rows.get(name, 'key-4')}-{name}-of-attacker", assertion_signed(PLAIN.but(key_info=info), by="attacker"), MISMATCH, sound=0,
             control=f"{rows.get(name, 'key-4')}-{name}-of-the-real-key")
    for name, info in kinds_of_key_info("idp").items():
        good(f"{rows.get(name, 'key-4')}-{name}-of-the-real-key", assertion_signed(PLAIN.but(key_info=info)))
    base = assertion_signed(by="attacker")
    info = child(signature_of(base), "KeyInfo")
    case("key-5-two-key-infos", edit(base, info, f"<ds:KeyInfo>{x509('idp')}</ds:KeyInfo>{info}"), f"invalid-signature-structure|{MISMATCH}", sound=0)


def weak_digests():
    """KEY-7: SHA-1 behind its exception, MD5 never."""
    rsa_sha1, ecdsa_sha1 = DS + "rsa-sha1", MORE + "ecdsa-sha1"
    rows = {
        "signature": (PLAIN.but(method=rsa_sha1), {}), "digest": (PLAIN.but(digest=SHA1), {}), "both": (PLAIN.but(method=rsa_sha1, digest=SHA1), {}),
        "ecdsa": (PLAIN.but(method=ecdsa_sha1), dict(certificates=["idp-p256.crt"])),
    }
    for name, (profile, context) in rows.items():
        by = "idp-p256" if name == "ecdsa" else "idp"
        text = assertion_signed(profile, by=by)
        control = f"key-7-sha1-{name}-with-the-exception"
        if name != "ecdsa":
            good(control, text, danger_accept_sha1=True, **context)
        case(f"key-7-sha1-{name}", text, "sha1-not-allowed" if name != "ecdsa" else "sha1-not-allowed|signature-algorithm-not-allowed",
             control=control if name != "ecdsa" else "key-p256-sha256", **context)
    for exception in (False, True):
        suffix = "-with-the-sha1-exception" if exception else ""
        context = dict(danger_accept_sha1=True) if exception else {}
        case(f"key-7-md5-signature{suffix}", assertion_signed(PLAIN.but(method=MORE + "rsa-md5")), "signature-algorithm-not-allowed", **context)
        case(f"key-7-md5-digest{suffix}", assertion_signed(PLAIN.but(digest=MD5)), "digest-algorithm-not-allowed", **context)


def families():
    """KEY-9: the algorithm of one family with a key of another, both ways."""
    wrong = f"signature-algorithm-not-allowed|{MISMATCH}"
    rsa_text, ec_text = assertion_signed(), assertion_signed(PLAIN.but(method=MORE + "ecdsa-sha256"), by="idp-p256")
    case("key-9-rsa-signature-ec-certificate", rsa_text, wrong, certificates=["idp-p256.crt"], sound=0)
    case("key-9-ec-signature-rsa-certificate", ec_text, wrong, sound=0)
    case("key-9-rsa-signature-called-ecdsa", edit(rsa_text, RSA_SHA256, MORE + "ecdsa-sha256"), wrong, sound=0)
    case("key-9-ec-signature-called-rsa", edit(ec_text, MORE + "ecdsa-sha256", RSA_SHA256), wrong, certificates=["idp-p256.crt"], sound=0)
    pkcs1_called_pss = assertion_signed(PLAIN.but(method=MORE2007 + "sha256-rsa-MGF1"), by=lambda octets: key("idp").sign(RSA_SHA256, octets))
    case("key-9-pkcs1-called-pss", pkcs1_called_pss, MISMATCH, sound=0)
    pss_called_pkcs1 = assertion_signed(by=lambda octets: key("idp").sign(MORE2007 + "sha256-rsa-MGF1", octets))
    case("key-9-pss-called-pkcs1", pss_called_pkcs1, MISMATCH, sound=0)
    other_hash = assertion_signed(by=lambda octets: key("idp").sign(MORE + "rsa-sha512", octets))
    case("key-9-sha512-called-sha256", other_hash, MISMATCH, sound=0)
    case("key-9-p384-signature-p256-certificate", assertion_signed(PLAIN.but(method=MORE + "ecdsa-sha256"), by="idp-p384"), wrong,
         certificates=["idp-p256.crt"], sound=0)
    for name, uri in {"dsa": DS + "dsa-sha1", "ed25519": "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", "ripemd": MORE + "rsa-ripemd160",
                      "rsa-sha224": MORE + "rsa-sha224", "whirlpool": MORE2007 + "rsa-whirlpool", "rsa-1-5": "http://www.w3.org/2001/04/xmlenc#rsa-1_5",
                      "digest-as-signature": SHA256, "upper-case": RSA_SHA256.upper(), "trailing-space": RSA_SHA256 + " "}.items():
        case(f"key-9-algorithm-{name}", assertion_signed(PLAIN.but(method=uri), by=lambda octets: key("idp").sign(RSA_SHA256, octets)),
             "signature-algorithm-not-allowed|sha1-not-allowed" if name == "dsa" else "signature-algorithm-not-allowed", sound=0)


def ecdsa_values():
    """KEY-10: r and s, each at full width, nothing else."""
    method, order = MORE + "ecdsa-sha256", 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

    def spelled(write):
        def signature(octets):
            value = key("idp-p256").sign(method, octets)
            return write(int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big"))

        return assertion_signed(PLAIN.but(method=method), by=signature)

    def fixed(r, s, width=32):
        return r.to_bytes(width, "big") + s.to_bytes(width, "big")

    rows = {
        "der": lambda r, s: encode_dss_signature(r, s), "wider": lambda r, s: fixed(r, s, 33), "one-octet-more": lambda r, s: fixed(r, s) + b"\0",
        "one-octet-less": lambda r, s: fixed(r, s)[:-1], "r-zero": lambda r, s: fixed(0, s), "s-zero": lambda r, s: fixed(r, 0), "both-zero": lambda r, s: bytes(64),
        "r-is-the-order": lambda r, s: fixed(order, s), "s-is-the-order": lambda r, s: fixed(r, order), "s-plus-order": lambda r, s: fixed(r, (s + order) % 2**256),
        "exchanged": lambda r, s: fixed(s, r), "half": lambda r, s: fixed(r, s)[:32],
    }
    context = dict(certificates=["idp-p256.crt"], sound=0, control="key-p256-sha256")
    for name, write in rows.items():
        case(f"key-10-{name}", spelled(write), f"{MISMATCH}|invalid-signature-structure", **context)
    good("key-10-the-other-s", spelled(lambda r, s: fixed(r, order - s)), certificates=["idp-p256.crt"], sound=0)


def rsa_paddings():
    """KEY-11: one padding, octet by octet."""
    prefix, size = ASN1_PREFIX["sha256"], 256

    def padded(build):
        return assertion_signed(by=lambda octets: key("idp").raw_private(int.from_bytes(build(hashlib.sha256(octets).digest()), "big")))

    def block(info, kind=b"\x01", fill=b"\xff"):
        return b"\0" + kind + fill * (size - len(info) - 3) + b"\0" + info

    without_null = bytes.fromhex("302f300b0609608648016503040201") + bytes.fromhex("0420")
    rows = {
        "garbage-after-digest": lambda d: block(prefix + d + b"garbage"), "short-padding-garbage": lambda d: (b"\0\1" + b"\xff" * 8 + b"\0" + prefix + d).ljust(size, b"\xaa"),
        "null-missing": lambda d: block(without_null + d), "ber-length": lambda d: block(b"\x30\x81\x31" + prefix[2:] + d), "no-digest-info": lambda d: block(d),
        "block-type-2": lambda d: block(prefix + d, b"\x02"), "block-type-0": lambda d: block(prefix + d, b"\x00", b"\x00"), "fill-not-ff": lambda d: block(prefix + d, fill=b"\xfe"),
        "digest-info-of-sha1": lambda d: block(ASN1_PREFIX["sha1"] + d[:20]), "digest-shorter": lambda d: block(prefix + d[:-1]),
        "separator-missing": lambda d: b"\0\1" + b"\xff" * (size - len(prefix + d) - 2) + prefix + d,
    }
    for name, build in rows.items():
        case(f"key-11-{name}", padded(build), MISMATCH, sound=0)


def pss_parameters():
    """KEY-12: the parameters that the algorithm's name fixes."""
    method = MORE2007 + "sha256-rsa-MGF1"

    def with_pss(**changes):
        return assertion_signed(PLAIN.but(method=method), by=lambda octets: key("idp").raw_private(int.from_bytes(pss(octets, "sha256", 256, **changes), "big")))

    for name, changes in {"salt-empty": dict(salt=b""), "salt-longest": dict(salt=b"\x5a" * 222), "salt-20": dict(salt=b"\x5a" * 20), "mask-of-sha1": dict(mask_digest="sha1")}.items():
        case(f"key-12-{name}", with_pss(**changes), MISMATCH, sound=0, control="key-pss-sha256")
    parameters = f'<p:RSAPSSParams xmlns:p="{MORE2007}"><ds:DigestMethod Algorithm="{SHA256}"/></p:RSAPSSParams>'
    case("key-12-parameters", assertion_signed(PLAIN.but(method=MORE2007 + "rsa-pss", method_inside=parameters), by=lambda octets: b"\1" * 256),
         "signature-algorithm-not-allowed|invalid-signature-structure", sound=0, control="key-pss-sha256")


def rollover():
    """KEY-13, KEY-14: the key counts; expiry is the connection's policy; a key that is gone is gone."""
    good("key-13-certificate-over", assertion_signed(), certificates=["idp-expired.crt"])
    case("key-13-certificate-over-and-rejected", assertion_signed(), "certificate-expired", certificates=["idp-expired.crt"],
         reject_expired_certificate=True, control="key-13-certificate-over")
    good("key-13-certificate-good-and-checked", assertion_signed(), reject_expired_certificate=True)
    good("key-13-same-key-in-a-certificate-that-is-not-over", assertion_signed(), certificates=["idp-expired.crt", "idp.crt"], reject_expired_certificate=True)
    for name, certificates in {"first": ["idp.crt", "idp-next.crt"], "second": ["idp-next.crt", "idp.crt"], "last-of-many": ["idp-next.crt", "idp-p256.crt", "idp-rsa3072.crt", "idp.crt"]}.items():
        good(f"key-14-{name}-of-several-keys", assertion_signed(), certificates=certificates)
    case("key-14-removed-key", assertion_signed(), MISMATCH, certificates=["idp-next.crt"], sound=0)
    case("key-14-next-key-not-yet-known", assertion_signed(by="idp-next"), MISMATCH, sound=0, control="control-two-keys")
