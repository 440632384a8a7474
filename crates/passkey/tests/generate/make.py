"""Writes ../fixtures/ceremonies.json: what other programs make of the standard, and each way to break it.

Authenticator data, COSE keys, CBOR and client data come from Yubico's python-fido2, keys and signatures from
`cryptography` (OpenSSL), so that what makes a response here and what verifies it in the crate cannot share a mistake.

    python3 -m venv venv && venv/bin/pip install fido2==2.2.1 cryptography==50.0.2 && venv/bin/python make.py

Two kinds of controls:

- `w3c …`: the test vectors of Web Authentication Level 3, section 16, made again by their published recipe (HKDF from a
  fixed seed, RFC 6979 nonces). Where the vector has an attestation, its certificate is left out, as a client does that
  was asked for the conveyance `none`; everything that we verify is the vector's own bytes.
- the others: keys from fixed seeds, so that a second run writes the same file.

A hostile ceremony names its control in `control` and differs from it in one thing.
"""

import base64
import hashlib
import json
import pathlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from fido2 import cbor, cose
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HERE = pathlib.Path(__file__).parent
UP, UV, BE, BS, AT, ED = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80
CEREMONIES = []


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sha256(data):
    return hashlib.sha256(data).digest()


def derived(seed, info, index, length):
    return HKDF(hashes.SHA256(), length, bytes([index]), info.encode()).derive(seed.encode())


class Signer:
    """A credential key pair."""

    def __init__(self, private, kind, *how):
        self.private, self.how = private, how
        self.cose = kind.from_cryptography_key(private.public_key())

    def sign(self, data):
        return self.private.sign(data, *self.how)


def es256(secret, curve=ec.SECP256R1(), kind=cose.ES256, hash_=hashes.SHA256()):
    private = ec.derive_private_key(int.from_bytes(secret, "big"), curve)
    return Signer(private, kind, ec.ECDSA(hash_, deterministic_signing=True))


def eddsa(secret):
    return Signer(ed25519.Ed25519PrivateKey.from_private_bytes(secret), cose.EdDSA)


def rs256(p, q, kind=cose.RS256):
    e, n = 65537, p * q
    d = rsa.rsa_recover_private_exponent(e, p, q)
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), rsa.RSAPublicNumbers(e, n)
    )
    # The Mersenne primes are of unequal size, which OpenSSL's own check does not like.
    private = numbers.private_key(unsafe_skip_rsa_key_validation=True)
    return Signer(private, kind, padding.PKCS1v15(), hashes.SHA256())


MERSENNE = 2**1279 - 1, 2**2203 - 1


def note(name, ceremony, response, expected, verdict="accepted", control=None, **more):
    response = response if isinstance(response, str) else json.dumps(response)
    CEREMONIES.append({
        "name": name, "ceremony": ceremony, "control": control, "verdict": verdict,
        "expected": expected, "response": response, **more,
    })


# --- The specification's vectors -----------------------------------------------------------------------------------

W3C = {"rp_id": "example.org", "origin": "https://example.org"}


class Draws:
    """The specification's random values: each draw has the next salt."""

    def __init__(self, info):
        self.info, self.index = info, 0

    def __call__(self, length):
        self.index += 1
        return derived("WebAuthn test vectors", self.info, self.index - 1, length)


def w3c_client_data(draw, kind, challenge, **more):
    if draw(1)[0] & 1:
        extra = b64(draw(16))
        more["extraData"] = (
            f"clientDataJSON may be extended with additional fields in the future, such as this: {extra}"
        )
    cross = more.pop("cross_origin", False)
    return CollectedClientData.create(kind, challenge, W3C["origin"], cross, **more)


def w3c(info, key, verdict="accepted", id_length=32, challenge_length=32, attestation="none", secret_length=32, **more):
    """One vector: `key` makes a signer of the secret, of which there is none with a length of 0.

    `verdict` is what we say to it if the authenticator verified its user, which the vectors do not always say.
    """
    draw, rp = Draws(info), sha256(b"example.org")
    challenge = draw(challenge_length)
    signer = key(draw(secret_length)) if secret_length else key()
    client_data = w3c_client_data(draw, "webauthn.create", challenge, **more)
    aaguid, credential_id = draw(16), draw(id_length)
    backup = draw(1)[0] & (UV | BE | BS)
    backup = backup if backup & BE else backup & UV
    attested = AttestedCredentialData.create(aaguid, credential_id, signer.cose)
    data = AuthenticatorData.create(rp, backup | UP | AT, 0, attested)
    statement = {}
    if attestation == "self":
        statement = {"alg": signer.cose.ALGORITHM, "sig": signer.sign(data + sha256(client_data))}
    if attestation == "certificate":
        draw(32)  # the certificate's key; Apple's has the credential's
    if attestation in ("certificate", "serial"):
        draw(16)  # the certificate's serial number
    made = AttestationObject.create("packed" if statement else "none", data, statement)
    registration = registered(credential_id, client_data, made)
    note(f"w3c {info}", "registration", registration, {**W3C, "challenge": b64(challenge)},
         w3c_verdict(verdict, data))

    challenge = draw(challenge_length)
    client_data = w3c_client_data(draw, "webauthn.get", challenge, **more)
    flags = draw(1)[0] & (UV | BS)
    flags = flags if backup & BE else flags & UV
    data = AuthenticatorData.create(rp, flags | (backup & BE) | UP, 0)
    assertion = asserted(credential_id, client_data, data, signer.sign(data + sha256(client_data)), None)
    note(
        f"w3c {info}", "authentication", assertion, {**W3C, "challenge": b64(challenge)},
        w3c_verdict(verdict, data),
        credential=credential(credential_id, signer.cose, None),
    )


def w3c_verdict(verdict, data):
    return verdict if data[32] & UV or verdict != "accepted" else "user-verification"


def registered(credential_id, client_data, attestation_object, **changes):
    response = {"clientDataJSON": b64(client_data), "attestationObject": b64(attestation_object), "transports": []}
    return {
        "id": b64(credential_id), "rawId": b64(credential_id), "type": "public-key",
        "authenticatorAttachment": "platform", "clientExtensionResults": {}, "response": response,
    } | changes


def asserted(credential_id, client_data, data, signature, user_handle, **changes):
    response = {"clientDataJSON": b64(client_data), "authenticatorData": b64(data), "signature": b64(signature)}
    # The vectors have no user handle; a discoverable credential always gives one.
    response["userHandle"] = b64(user_handle or b"w3c")
    return {
        "id": b64(credential_id), "rawId": b64(credential_id), "type": "public-key",
        "authenticatorAttachment": "platform", "clientExtensionResults": {}, "response": response,
    } | changes


def credential(credential_id, key, user_handle, sign_count=0):
    return {
        "id": b64(credential_id), "public_key": b64(cbor.encode(key)),
        "user_handle": b64(user_handle or b"w3c"), "sign_count": sign_count,
    }


def vectors():
    w3c("none.ES256", es256)
    w3c("packed-self.ES256", es256, attestation="self")
    w3c("none.ES256.crossOrigin", es256, "cross-origin", cross_origin=True)
    w3c("none.ES256.topOrigin", es256, "cross-origin", cross_origin=True, topOrigin="https://example.com")
    w3c("none.ES256.long-credential-id", es256, id_length=1023)
    w3c("packed.ES256", es256, attestation="certificate")
    w3c("apple.ES256", es256, attestation="serial")
    w3c("packed.RS256", lambda: rs256(*MERSENNE), attestation="certificate", secret_length=0)
    w3c("packed.EdDSA", eddsa, attestation="certificate")


# --- Ours: a control of each kind, and what may go wrong ------------------------------------------------------------

OURS = {"rp_id": "sso.example.com", "origin": "https://sso.example.com"}
CHALLENGE = derived("Vestibule", "challenge", 0, 32)
EXPECTED = {**OURS, "challenge": b64(CHALLENGE)}
CREDENTIAL_ID = derived("Vestibule", "credential", 0, 32)
USER = b"per_01J0000000000000000000000"
SIGNERS = {
    "ES256": es256(derived("Vestibule", "ES256", 0, 32)),
    "EdDSA": eddsa(derived("Vestibule", "EdDSA", 0, 32)),
    "RS256": rs256(*MERSENNE),
}
KEY = SIGNERS["ES256"]


def client_data(kind="webauthn.create", challenge=CHALLENGE, origin=OURS["origin"], cross=False, **more):
    return CollectedClientData.create(kind, challenge, origin, cross, **more)


def attested(key=KEY.cose, credential_id=CREDENTIAL_ID):
    return bytes(16) + len(credential_id).to_bytes(2, "big") + credential_id + key_bytes(key)


def key_bytes(key):
    return key if isinstance(key, bytes) else cbor.encode(key)


def authenticator_data(flags, count=0, tail=b"", rp_id=OURS["rp_id"]):
    return sha256(rp_id.encode()) + bytes([flags]) + count.to_bytes(4, "big") + tail


def creation(data=None, fmt="none", statement=None, **changes):
    """A registration; `changes` go to the outer members, `client` and `object` replace those whole."""
    data = authenticator_data(UP | UV | AT, tail=attested()) if data is None else data
    made = changes.pop("object", None) or AttestationObject.create(fmt, AuthenticatorData(data), statement or {})
    return registered(CREDENTIAL_ID, changes.pop("client", client_data()), made, **changes)


def registration(name, verdict, response):
    note(name, "registration", response, EXPECTED, verdict, "registration ES256")


def raw_object(*pairs):
    """An attestation object with its pairs in the order given, some of them twice perhaps."""
    return bytes([0xA0 | len(pairs)]) + b"".join(cbor.encode(key) + value for key, value in pairs)


def registrations():
    for name, signer in SIGNERS.items():
        data = authenticator_data(UP | UV | AT, tail=attested(signer.cose))
        note(f"registration {name}", "registration", creation(data), EXPECTED)
    note("registration with what is backed up", "registration",
         creation(authenticator_data(UP | UV | BE | BS | AT, tail=attested())), EXPECTED)
    note("registration with extension data", "registration",
         creation(authenticator_data(UP | UV | AT | ED, tail=attested() + cbor.encode({"credProtect": 3}))), EXPECTED)
    note("registration with fields of the future", "registration",
         creation(client=client_data(soon="a field of the future"), soon={"a": [1]}), EXPECTED)
    envelopes()
    collected()
    attestation_objects()
    flags()
    keys()


def envelopes():
    registration("no JSON", "response-json", "{")
    registration("an array", "response-json", "[]")
    registration("a member twice", "response-json", json.dumps(creation())[:-1] + ', "type": "public-key"}')
    registration("no attestation object", "response-json", creation(response={"clientDataJSON": b64(client_data())}))
    registration("too large", "response-size", creation(soon="x" * 70_000))
    registration("another type", "credential-type", creation(type="password"))
    registration("id and rawId differ", "credential-id", creation(rawId=b64(bytes(32))))
    registration("id with padding", "base64url", creation(id=b64(CREDENTIAL_ID) + "=", rawId=b64(CREDENTIAL_ID) + "="))
    registration("another id in the data", "credential-id", creation(id=b64(bytes(32)), rawId=b64(bytes(32))))
    for length, word in ((0, "no id"), (15, "a short id"), (1024, "a long id")):
        id_, data = bytes(length), authenticator_data(UP | UV | AT, tail=attested(credential_id=bytes(length)))
        registration(word, "credential-id-length", creation(data, id=b64(id_), rawId=b64(id_)))


def collected():
    registration("client data is no JSON", "client-data", creation(client=b"{"))
    registration("client data is not UTF-8", "client-data", creation(client=client_data()[:-1] + b', "a": "\xff"}'))
    twice = client_data()[:-1] + b',"origin":"https://sso.example.com"}'
    registration("client data with an origin twice", "client-data", creation(client=twice))
    registration("the other ceremony", "ceremony", creation(client=client_data("webauthn.get")))
    registration("a payment", "ceremony", creation(client=client_data("payment.get")))
    registration("another challenge", "challenge", creation(client=client_data(challenge=bytes(32))))
    for word, origin in (
        ("another origin", "https://sso.example.org"), ("a subdomain", "https://a.sso.example.com"),
        ("the parent", "https://example.com"), ("another port", "https://sso.example.com:8443"),
        ("without https", "http://sso.example.com"), ("a slash at the end", "https://sso.example.com/"),
        ("an application", "android:apk-key-hash:AAAA"), ("no origin", ""),
    ):
        registration(f"origin: {word}", "origin", creation(client=client_data(origin=origin)))
    registration("in a foreign frame", "cross-origin", creation(client=client_data(cross=True)))
    top = client_data(topOrigin="https://evil.example")
    registration("with a top origin", "cross-origin", creation(client=top))


def attestation_objects():
    data = authenticator_data(UP | UV | AT, tail=attested())
    fmt, statement, auth = ("fmt", cbor.encode("none")), ("attStmt", b"\xa0"), ("authData", cbor.encode(data))
    whole = raw_object(fmt, statement, auth)
    assert whole == AttestationObject.create("none", AuthenticatorData(data), {})
    said = lambda name, verdict, made: registration(f"attestation object: {name}", verdict, creation(object=made))
    said("cut off", "cbor", whole[:-1])
    said("bytes after it", "trailing-bytes", whole + b"\x00")
    said("not CBOR", "cbor", b"\xff")
    said("no map", "cbor", cbor.encode([1]))
    said("fmt twice", "duplicate-key", raw_object(fmt, fmt, statement, auth))
    said("authData twice", "duplicate-key", raw_object(fmt, statement, auth, auth))
    said("a member more", "attestation-object", raw_object(fmt, statement, auth, ("more", b"\x00")))
    said("no fmt", "attestation-object", raw_object(statement, auth))
    said("no statement", "attestation-object", raw_object(fmt, auth))
    said("no authData", "attestation-object", raw_object(fmt, statement))
    said("fmt is a number", "attestation-object", raw_object(("fmt", b"\x01"), statement, auth))
    said("statement is a list", "attestation-object", raw_object(fmt, ("attStmt", b"\x80"), auth))
    text = ("authData", cbor.encode("text"))
    said("authData is text", "attestation-object", raw_object(fmt, statement, text))
    filled = ("attStmt", cbor.encode({"sig": b"1"}))
    said("none with a statement", "attestation-statement", raw_object(fmt, filled, auth))
    doubled = ("attStmt", b"\xa2" + 2 * (cbor.encode("alg") + b"\x26"))
    said("a key twice in the statement", "duplicate-key", raw_object(("fmt", cbor.encode("packed")), doubled, auth))
    deep = ("attStmt", b"\xa1\x01" + 40 * b"\x81" + b"\x00")
    said("deeper than anything", "cbor", raw_object(("fmt", cbor.encode("packed")), deep, auth))
    wide = ("attStmt", b"\xb8\x64" + b"".join(cbor.encode(n) + b"\x00" for n in range(100)))
    said("wider than anything", "cbor", raw_object(("fmt", cbor.encode("packed")), wide, auth))
    listed = ("attStmt", b"\xa1\x80\x00")
    said("a key that is a list", "cbor", raw_object(("fmt", cbor.encode("packed")), listed, auth))


def flags():
    tail = attested()
    # python-fido2 does not make these, so they are put in by hand.
    made = lambda data: creation(object=raw_object(("fmt", cbor.encode("none")), ("attStmt", b"\xa0"),
                                                   ("authData", cbor.encode(data))))
    foreign = authenticator_data(UP | UV | AT, tail=tail, rp_id="sso.example.org")
    registration("for another relying party", "rp-id", made(foreign))
    registration("nobody was there", "user-presence", made(authenticator_data(UV | AT, tail=tail)))
    registration("nobody was verified", "user-verification", made(authenticator_data(UP | AT, tail=tail)))
    registration("backed up, but cannot be", "backup-state", made(authenticator_data(UP | UV | BS | AT, tail=tail)))
    registration("no credential", "attested-credential", made(authenticator_data(UP | UV)))
    registration("data cut off", "authenticator-data", made(authenticator_data(UP | UV | AT, tail=tail)[:36]))
    registration("credential cut off", "authenticator-data", made(authenticator_data(UP | UV | AT, tail=tail[:40])))
    registration("key cut off", "cbor", made(authenticator_data(UP | UV | AT, tail=tail[:-1])))
    registration("bytes after the key", "trailing-bytes", made(authenticator_data(UP | UV | AT, tail=tail + b"\x00")))
    registration("extensions not announced", "trailing-bytes",
                 made(authenticator_data(UP | UV | AT, tail=tail + b"\xa0")))
    registration("extensions announced, not there", "cbor", made(authenticator_data(UP | UV | AT | ED, tail=tail)))
    registration("extensions are no map", "cbor", made(authenticator_data(UP | UV | AT | ED, tail=tail + b"\x80")))
    twice = b"\xa2" + 2 * (cbor.encode("credProtect") + b"\x03")
    registration("an extension twice", "duplicate-key", made(authenticator_data(UP | UV | AT | ED, tail=tail + twice)))
    more = cbor.encode({"credProtect": 3}) + b"\x00"
    registration("bytes after extensions", "trailing-bytes",
                 made(authenticator_data(UP | UV | AT | ED, tail=tail + more)))


def keys():
    def said(name, verdict, key):
        data = authenticator_data(UP | UV | AT, tail=attested(key))
        made = raw_object(("fmt", cbor.encode("none")), ("attStmt", b"\xa0"), ("authData", cbor.encode(data)))
        registration(f"key: {name}", verdict, creation(object=made))

    ec2, okp, rsa_ = (dict(SIGNERS[name].cose) for name in ("ES256", "EdDSA", "RS256"))
    without = lambda key, label: {name: value for name, value in key.items() if name != label}
    said("no algorithm", "public-key", without(ec2, 3))
    said("ES384", "algorithm", ec2 | {3: -35})
    said("ES256K", "algorithm", ec2 | {3: -47})
    said("RS1", "algorithm", rsa_ | {3: -65535})
    said("PS256", "algorithm", rsa_ | {3: -37})
    said("HMAC", "algorithm", ec2 | {3: 5})
    said("ES256 that is an RSA key", "public-key", rsa_ | {3: -7})
    said("RS256 that is a point", "public-key", ec2 | {3: -257})
    said("EdDSA that is a P-256 key", "public-key", ec2 | {3: -8})
    said("no kind", "public-key", without(ec2, 1))
    said("another curve", "public-key", ec2 | {-1: 2})
    said("Ed448's curve", "public-key", okp | {-1: 7})
    said("no x", "public-key", without(ec2, -2))
    said("no y", "public-key", without(ec2, -3))
    said("x a byte short", "public-key", ec2 | {-2: ec2[-2][1:]})
    said("x a byte long", "public-key", ec2 | {-2: b"\x00" + ec2[-2]})
    said("y is a sign", "public-key", ec2 | {-3: True})
    said("not on the curve", "public-key", ec2 | {-3: bytes(31) + b"\x01"})
    said("the point at infinity", "public-key", ec2 | {-2: bytes(32), -3: bytes(32)})
    said("a member more", "public-key", ec2 | {2: b"kid"})
    said("Ed25519, a byte short", "public-key", okp | {-2: okp[-2][1:]})
    said("RSA of 2047 bits", "rsa-key-size", rsa_ | {-1: (2**2047 - 1).to_bytes(256, "big")})
    said("RSA of 1024 bits", "rsa-key-size", rsa_ | {-1: (2**1024 - 1).to_bytes(128, "big")})
    said("RSA of 8193 bits", "rsa-key-size", rsa_ | {-1: (2**8193 - 1).to_bytes(1025, "big")})
    said("RSA with a zero before", "public-key", rsa_ | {-1: b"\x00" + rsa_[-1]})
    said("RSA without a modulus", "public-key", without(rsa_, -1))
    said("RSA with exponent 3", "public-key", rsa_ | {-2: b"\x03"})
    said("RSA with a zero before its exponent", "public-key", rsa_ | {-2: b"\x00\x01\x00\x01"})
    said("RSA with exponent 1", "public-key", rsa_ | {-2: b"\x01"})
    said("RSA with an even exponent", "public-key", rsa_ | {-2: b"\x01\x00\x00"})
    said("a label twice", "duplicate-key", b"\xa6" + cbor.encode(ec2)[1:] + cbor.encode(3) + cbor.encode(-7))
    said("a list", "cbor", cbor.encode([2, -7]))


def assertion(signer=KEY, flags=UP | UV, count=0, tail=b"", rp_id=OURS["rp_id"], client=None, **changes):
    client = client_data("webauthn.get") if client is None else client
    data = authenticator_data(flags, count, tail, rp_id)
    signature = signer.sign(data + sha256(client))
    user = changes.pop("user", USER)
    return asserted(CREDENTIAL_ID, client, data, signature, user, **changes)


def edited(made, **changes):
    """With members of the inner response replaced; None takes one away."""
    inner = {name: value for name, value in (made["response"] | changes).items() if value is not None}
    return made | {"response": inner}


def sign_in(name, verdict, made, stored=0, key=KEY, control="authentication ES256", id_=CREDENTIAL_ID):
    known = credential(id_, key.cose, USER, stored)
    note(name, "authentication", made, EXPECTED, verdict, control, credential=known)


def authentications():
    for name, signer in SIGNERS.items():
        sign_in(f"authentication {name}", "accepted", assertion(signer), key=signer, control=None)
        flipped = b64(bytes([signer.sign(b"")[0]]) + signer.sign(b"other")[1:])
        sign_in(f"{name}: another signature", "signature", edited(assertion(signer), signature=flipped),
                key=signer, control=f"authentication {name}")
        sign_in(f"{name}: no signature", "signature", edited(assertion(signer), signature=""),
                key=signer, control=f"authentication {name}")
    sign_in("authentication that counts", "accepted", assertion(count=8), stored=7, control=None)
    sign_in("authentication that begins to count", "accepted", assertion(count=8), control=None)
    sign_in("authentication with extension data", "accepted",
            assertion(flags=UP | UV | ED, tail=cbor.encode({"a": 1})), control=None)
    sign_in("authentication with fields of the future", "accepted",
            assertion(client=client_data("webauthn.get", soon="x"), soon=[1]), control=None)
    stolen()
    misread()


def stolen():
    sign_in("the counter stands", "sign-count", assertion(count=7), 7, control="authentication that counts")
    sign_in("the counter goes back", "sign-count", assertion(count=6), 7, control="authentication that counts")
    sign_in("the counter begins again", "sign-count", assertion(), 7, control="authentication that counts")
    sign_in("another key signed", "signature", assertion(SIGNERS["EdDSA"]))
    sign_in("a P-256 key of somebody else", "signature", assertion(es256(bytes(31) + b"\x01")))
    good, other = assertion(), assertion(count=9)
    sign_in("data of another answer", "signature", edited(good, authenticatorData=other["response"]["authenticatorData"]))
    spaced = b64(client_data("webauthn.get")[:-1] + b" }")
    sign_in("client data with a space more", "signature", edited(good, clientDataJSON=spaced))
    sign_in("somebody else's handle", "user-handle", assertion(user=b"per_somebody_else"))
    sign_in("no handle", "user-handle", edited(good, userHandle=None))
    sign_in("an answer for another credential", "credential-id", good, id_=bytes(32))


def misread():
    get = "webauthn.get"
    sign_in("authentication: no JSON", "response-json", "{")
    sign_in("authentication: too large", "response-size", assertion(soon="x" * 70_000))
    sign_in("authentication: another type", "credential-type", assertion(type="password"))
    sign_in("authentication: ids differ", "credential-id", assertion(id=b64(bytes(32))))
    sign_in("authentication: signature is not base64url", "base64url", edited(assertion(), signature="+/+/"))
    sign_in("authentication: the other ceremony", "ceremony", assertion(client=client_data("webauthn.create")))
    sign_in("authentication: another challenge", "challenge", assertion(client=client_data(get, bytes(32))))
    sign_in("authentication: another origin", "origin", assertion(client=client_data(get, origin="https://evil.example")))
    sign_in("authentication: in a foreign frame", "cross-origin", assertion(client=client_data(get, cross=True)))
    sign_in("authentication: another relying party", "rp-id", assertion(rp_id="evil.example"))
    sign_in("authentication: nobody was there", "user-presence", assertion(flags=UV))
    sign_in("authentication: nobody was verified", "user-verification", assertion(flags=UP))
    sign_in("authentication: backed up, but cannot be", "backup-state", assertion(flags=UP | UV | BS))
    sign_in("authentication: with a new credential", "attested-credential",
            assertion(flags=UP | UV | AT, tail=attested()))
    sign_in("authentication: bytes after the data", "trailing-bytes", assertion(tail=b"\x00"))
    sign_in("authentication: data cut off", "authenticator-data",
            edited(assertion(), authenticatorData=b64(bytes(36))))
    sign_in("authentication: extensions are no map", "cbor", assertion(flags=UP | UV | ED, tail=b"\x80"))


vectors()
registrations()
authentications()
names = [(made["ceremony"], made["name"]) for made in CEREMONIES]
assert len(set(names)) == len(names), "two ceremonies have one name"
# One ceremony a line, so that a change shows as one.
lines = ",\n".join(json.dumps(made, sort_keys=True) for made in CEREMONIES)
(HERE.parent / "fixtures" / "ceremonies.json").write_text(f"[\n{lines}\n]\n")
print(len(CEREMONIES), "ceremonies")
