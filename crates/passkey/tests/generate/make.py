"""Writes ../fixtures/ceremonies.json: responses that independent implementations made, and each way to break them.

Authenticator data, COSE keys, CBOR and client data come from Yubico's python-fido2, keys and signatures from
`cryptography` (OpenSSL), so that the generator and the crate share no code, and therefore no mistake.

    python3 -m venv venv && venv/bin/pip install fido2==2.2.1 cryptography==50.0.2 && venv/bin/python make.py

Two kinds of controls (responses that are accepted):

- `w3c …`: the test vectors of Web Authentication Level 3, section 16, reproduced by their published recipe (HKDF from a
  fixed seed, RFC 6979 nonces). The certificate of an attestation is left out, as a client does for the conveyance
  `none`; everything that the crate verifies has the bytes of the vector.
- the others: keys from fixed seeds, so that every run writes the same file.

A ceremony that is rejected names its control in `control` and differs from it in one thing.
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

    def __init__(self, private, cose_type, *parameters):
        self.private, self.parameters = private, parameters
        self.cose = cose_type.from_cryptography_key(private.public_key())

    def sign(self, data):
        return self.private.sign(data, *self.parameters)


def es256(secret, curve=ec.SECP256R1(), cose_type=cose.ES256, hash_=hashes.SHA256()):
    private = ec.derive_private_key(int.from_bytes(secret, "big"), curve)
    return Signer(private, cose_type, ec.ECDSA(hash_, deterministic_signing=True))


def eddsa(secret):
    return Signer(ed25519.Ed25519PrivateKey.from_private_bytes(secret), cose.EdDSA)


def rs256(p, q, cose_type=cose.RS256):
    e, n = 65537, p * q
    d = rsa.rsa_recover_private_exponent(e, p, q)
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), rsa.RSAPublicNumbers(e, n)
    )
    # The Mersenne primes differ in size, which OpenSSL's validation rejects.
    private = numbers.private_key(unsafe_skip_rsa_key_validation=True)
    return Signer(private, cose_type, padding.PKCS1v15(), hashes.SHA256())


MERSENNE_PRIMES = 2**1279 - 1, 2**2203 - 1


def add_ceremony(name, ceremony, response, expected, verdict="accepted", control=None, **more):
    response = response if isinstance(response, str) else json.dumps(response)
    CEREMONIES.append({
        "name": name, "ceremony": ceremony, "control": control, "verdict": verdict,
        "expected": expected, "response": response, **more,
    })


# --- The specification's vectors -----------------------------------------------------------------------------------

W3C = {"rp_id": "example.org", "origin": "https://example.org"}


class SeededRandom:
    """The specification's random values: each call uses the next salt."""

    def __init__(self, info):
        self.info, self.index = info, 0

    def __call__(self, length):
        self.index += 1
        return derived("WebAuthn test vectors", self.info, self.index - 1, length)


def w3c_client_data(random, kind, challenge, **more):
    if random(1)[0] & 1:
        extra = b64(random(16))
        more["extraData"] = (
            f"clientDataJSON may be extended with additional fields in the future, such as this: {extra}"
        )
    cross = more.pop("cross_origin", False)
    return CollectedClientData.create(kind, challenge, W3C["origin"], cross, **more)


def add_w3c_vector(info, make_signer, verdict="accepted", *, id_length=32, challenge_length=32,
                   attestation="none", secret_length=32, **more):
    """Adds one vector: `make_signer` takes the secret, or no argument with a secret length of 0.

    `verdict` applies when the authenticator verified its user, which is not the case in every vector.
    """
    random, rp_id_hash = SeededRandom(info), sha256(b"example.org")
    challenge = random(challenge_length)
    signer = make_signer(random(secret_length)) if secret_length else make_signer()
    client_data = w3c_client_data(random, "webauthn.create", challenge, **more)
    aaguid, credential_id = random(16), random(id_length)
    backup = random(1)[0] & (UV | BE | BS)
    backup = backup if backup & BE else backup & UV
    attested = AttestedCredentialData.create(aaguid, credential_id, signer.cose)
    data = AuthenticatorData.create(rp_id_hash, backup | UP | AT, 0, attested)
    statement = {}
    if attestation == "self":
        statement = {"alg": signer.cose.ALGORITHM, "sig": signer.sign(data + sha256(client_data))}
    if attestation == "certificate":
        random(32)  # the certificate's key; Apple's certificate has the credential's key
    if attestation in ("certificate", "serial"):
        random(16)  # the certificate's serial number
    attestation_object = AttestationObject.create("packed" if statement else "none", data, statement)
    registration = registration_response(credential_id, client_data, attestation_object)
    add_ceremony(f"w3c {info}", "registration", registration, {**W3C, "challenge": b64(challenge)},
         w3c_verdict(verdict, data))

    challenge = random(challenge_length)
    client_data = w3c_client_data(random, "webauthn.get", challenge, **more)
    flags = random(1)[0] & (UV | BS)
    flags = flags if backup & BE else flags & UV
    data = AuthenticatorData.create(rp_id_hash, flags | (backup & BE) | UP, 0)
    assertion = authentication_response(credential_id, client_data, data, signer.sign(data + sha256(client_data)), None)
    add_ceremony(
        f"w3c {info}", "authentication", assertion, {**W3C, "challenge": b64(challenge)},
        w3c_verdict(verdict, data),
        credential=credential(credential_id, signer.cose, None),
    )


def w3c_verdict(verdict, data):
    return verdict if data[32] & UV or verdict != "accepted" else "user-verification"


def registration_response(credential_id, client_data, attestation_object, **changes):
    response = {"clientDataJSON": b64(client_data), "attestationObject": b64(attestation_object), "transports": []}
    return {
        "id": b64(credential_id), "rawId": b64(credential_id), "type": "public-key",
        "authenticatorAttachment": "platform", "clientExtensionResults": {}, "response": response,
    } | changes


def authentication_response(credential_id, client_data, data, signature, user_handle, **changes):
    response = {"clientDataJSON": b64(client_data), "authenticatorData": b64(data), "signature": b64(signature)}
    # The vectors have no user handle; a discoverable credential always returns one.
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


def w3c_vectors():
    add_w3c_vector("none.ES256", es256)
    add_w3c_vector("packed-self.ES256", es256, attestation="self")
    add_w3c_vector("none.ES256.crossOrigin", es256, "cross-origin", cross_origin=True)
    add_w3c_vector("none.ES256.topOrigin", es256, "cross-origin", cross_origin=True, topOrigin="https://example.com")
    add_w3c_vector("none.ES256.long-credential-id", es256, id_length=1023)
    add_w3c_vector("packed.ES256", es256, attestation="certificate")
    add_w3c_vector("apple.ES256", es256, attestation="serial")
    add_w3c_vector("packed.RS256", lambda: rs256(*MERSENNE_PRIMES), attestation="certificate", secret_length=0)
    add_w3c_vector("packed.EdDSA", eddsa, attestation="certificate")


# --- Our own controls, and each way to break them -------------------------------------------------------------------

RELYING_PARTY = {"rp_id": "sso.example.com", "origin": "https://sso.example.com"}
CHALLENGE = derived("Vestibule", "challenge", 0, 32)
EXPECTED = {**RELYING_PARTY, "challenge": b64(CHALLENGE)}
CREDENTIAL_ID = derived("Vestibule", "credential", 0, 32)
USER = b"per_01J0000000000000000000000"
SIGNERS = {
    "ES256": es256(derived("Vestibule", "ES256", 0, 32)),
    "EdDSA": eddsa(derived("Vestibule", "EdDSA", 0, 32)),
    "RS256": rs256(*MERSENNE_PRIMES),
}
KEY = SIGNERS["ES256"]


def client_data(kind="webauthn.create", challenge=CHALLENGE, origin=RELYING_PARTY["origin"], cross=False, **more):
    return CollectedClientData.create(kind, challenge, origin, cross, **more)


def attested(key=KEY.cose, credential_id=CREDENTIAL_ID):
    return bytes(16) + len(credential_id).to_bytes(2, "big") + credential_id + key_bytes(key)


def key_bytes(key):
    return key if isinstance(key, bytes) else cbor.encode(key)


def authenticator_data(flags, count=0, tail=b"", rp_id=RELYING_PARTY["rp_id"]):
    return sha256(rp_id.encode()) + bytes([flags]) + count.to_bytes(4, "big") + tail


def new_registration(data=None, fmt="none", statement=None, **changes):
    """A registration; `client` and `object` replace these parts as a whole, `changes` the outer members."""
    data = authenticator_data(UP | UV | AT, tail=attested()) if data is None else data
    attestation_object = changes.pop("object", None)
    attestation_object = attestation_object or AttestationObject.create(fmt, AuthenticatorData(data), statement or {})
    return registration_response(CREDENTIAL_ID, changes.pop("client", client_data()), attestation_object, **changes)


def registration(name, verdict, response):
    add_ceremony(name, "registration", response, EXPECTED, verdict, "registration ES256")


def raw_object(*entries):
    """An attestation object with its entries in the given order; an entry may occur twice."""
    return bytes([0xA0 | len(entries)]) + b"".join(cbor.encode(key) + value for key, value in entries)


def registrations():
    for name, signer in SIGNERS.items():
        data = authenticator_data(UP | UV | AT, tail=attested(signer.cose))
        add_ceremony(f"registration {name}", "registration", new_registration(data), EXPECTED)
    add_ceremony("registration of a backed-up credential", "registration",
         new_registration(authenticator_data(UP | UV | BE | BS | AT, tail=attested())), EXPECTED)
    add_ceremony("registration with extension data", "registration",
         new_registration(authenticator_data(UP | UV | AT | ED, tail=attested() + cbor.encode({"credProtect": 3}))), EXPECTED)
    add_ceremony("registration with unknown fields", "registration",
         new_registration(client=client_data(soon="a field of the future"), soon={"a": [1]}), EXPECTED)
    outer_json_cases()
    client_data_cases()
    attestation_object_cases()
    authenticator_data_cases()
    public_key_cases()


def outer_json_cases():
    registration("no JSON", "response-json", "{")
    registration("an array", "response-json", "[]")
    registration("a member twice", "response-json", json.dumps(new_registration())[:-1] + ', "type": "public-key"}')
    registration("no attestation object", "response-json", new_registration(response={"clientDataJSON": b64(client_data())}))
    registration("too large", "response-size", new_registration(soon="x" * 70_000))
    registration("another type", "credential-type", new_registration(type="password"))
    registration("id and rawId differ", "credential-id", new_registration(rawId=b64(bytes(32))))
    registration("id with padding", "base64url", new_registration(id=b64(CREDENTIAL_ID) + "=", rawId=b64(CREDENTIAL_ID) + "="))
    registration("another id in the data", "credential-id", new_registration(id=b64(bytes(32)), rawId=b64(bytes(32))))
    for length, word in ((0, "no id"), (15, "a short id"), (1024, "a long id")):
        id_, data = bytes(length), authenticator_data(UP | UV | AT, tail=attested(credential_id=bytes(length)))
        registration(word, "credential-id-length", new_registration(data, id=b64(id_), rawId=b64(id_)))


def client_data_cases():
    registration("client data is no JSON", "client-data", new_registration(client=b"{"))
    registration("client data is not UTF-8", "client-data", new_registration(client=client_data()[:-1] + b', "a": "\xff"}'))
    twice = client_data()[:-1] + b',"origin":"https://sso.example.com"}'
    registration("client data with an origin twice", "client-data", new_registration(client=twice))
    registration("the other ceremony", "ceremony", new_registration(client=client_data("webauthn.get")))
    registration("a payment", "ceremony", new_registration(client=client_data("payment.get")))
    registration("another challenge", "challenge", new_registration(client=client_data(challenge=bytes(32))))
    for word, origin in (
        ("another origin", "https://sso.example.org"), ("a subdomain", "https://a.sso.example.com"),
        ("the parent", "https://example.com"), ("another port", "https://sso.example.com:8443"),
        ("without https", "http://sso.example.com"), ("a slash at the end", "https://sso.example.com/"),
        ("an application", "android:apk-key-hash:AAAA"), ("no origin", ""),
    ):
        registration(f"origin: {word}", "origin", new_registration(client=client_data(origin=origin)))
    registration("in a frame of another site", "cross-origin", new_registration(client=client_data(cross=True)))
    top = client_data(topOrigin="https://evil.example")
    registration("with a top origin", "cross-origin", new_registration(client=top))


def attestation_object_cases():
    data = authenticator_data(UP | UV | AT, tail=attested())
    fmt, statement, auth = ("fmt", cbor.encode("none")), ("attStmt", b"\xa0"), ("authData", cbor.encode(data))
    whole = raw_object(fmt, statement, auth)
    assert whole == AttestationObject.create("none", AuthenticatorData(data), {})
    add_case = lambda name, verdict, encoded: registration(
        f"attestation object: {name}", verdict, new_registration(object=encoded))
    add_case("cut off", "cbor", whole[:-1])
    add_case("bytes after it", "trailing-bytes", whole + b"\x00")
    add_case("not CBOR", "cbor", b"\xff")
    add_case("no map", "cbor", cbor.encode([1]))
    add_case("fmt twice", "duplicate-key", raw_object(fmt, fmt, statement, auth))
    add_case("authData twice", "duplicate-key", raw_object(fmt, statement, auth, auth))
    add_case("a member more", "attestation-object", raw_object(fmt, statement, auth, ("more", b"\x00")))
    add_case("no fmt", "attestation-object", raw_object(statement, auth))
    add_case("no statement", "attestation-object", raw_object(fmt, auth))
    add_case("no authData", "attestation-object", raw_object(fmt, statement))
    add_case("fmt is a number", "attestation-object", raw_object(("fmt", b"\x01"), statement, auth))
    add_case("statement is a list", "attestation-object", raw_object(fmt, ("attStmt", b"\x80"), auth))
    text = ("authData", cbor.encode("text"))
    add_case("authData is text", "attestation-object", raw_object(fmt, statement, text))
    filled = ("attStmt", cbor.encode({"sig": b"1"}))
    add_case("none with a statement", "attestation-statement", raw_object(fmt, filled, auth))
    doubled = ("attStmt", b"\xa2" + 2 * (cbor.encode("alg") + b"\x26"))
    add_case("a key twice in the statement", "duplicate-key", raw_object(("fmt", cbor.encode("packed")), doubled, auth))
    deep = ("attStmt", b"\xa1\x01" + 40 * b"\x81" + b"\x00")
    add_case("nested too deep", "cbor", raw_object(("fmt", cbor.encode("packed")), deep, auth))
    wide = ("attStmt", b"\xb8\x64" + b"".join(cbor.encode(n) + b"\x00" for n in range(100)))
    add_case("too many entries", "cbor", raw_object(("fmt", cbor.encode("packed")), wide, auth))
    listed = ("attStmt", b"\xa1\x80\x00")
    add_case("a key that is a list", "cbor", raw_object(("fmt", cbor.encode("packed")), listed, auth))


def authenticator_data_cases():
    tail = attested()
    # python-fido2 does not encode these, so the object is encoded by hand.
    with_data = lambda data: new_registration(object=raw_object(
        ("fmt", cbor.encode("none")), ("attStmt", b"\xa0"), ("authData", cbor.encode(data))))
    foreign = authenticator_data(UP | UV | AT, tail=tail, rp_id="sso.example.org")
    registration("for another relying party", "rp-id", with_data(foreign))
    registration("user not present", "user-presence", with_data(authenticator_data(UV | AT, tail=tail)))
    registration("user not verified", "user-verification", with_data(authenticator_data(UP | AT, tail=tail)))
    registration("backed up, but cannot be", "backup-state", with_data(authenticator_data(UP | UV | BS | AT, tail=tail)))
    registration("no credential", "attested-credential", with_data(authenticator_data(UP | UV)))
    registration("data cut off", "authenticator-data", with_data(authenticator_data(UP | UV | AT, tail=tail)[:36]))
    registration("credential cut off", "authenticator-data", with_data(authenticator_data(UP | UV | AT, tail=tail[:40])))
    registration("key cut off", "cbor", with_data(authenticator_data(UP | UV | AT, tail=tail[:-1])))
    registration("bytes after the key", "trailing-bytes", with_data(authenticator_data(UP | UV | AT, tail=tail + b"\x00")))
    registration("extensions not announced", "trailing-bytes",
                 with_data(authenticator_data(UP | UV | AT, tail=tail + b"\xa0")))
    registration("extensions announced but missing", "cbor", with_data(authenticator_data(UP | UV | AT | ED, tail=tail)))
    registration("extensions are no map", "cbor", with_data(authenticator_data(UP | UV | AT | ED, tail=tail + b"\x80")))
    twice = b"\xa2" + 2 * (cbor.encode("credProtect") + b"\x03")
    registration("an extension twice", "duplicate-key", with_data(authenticator_data(UP | UV | AT | ED, tail=tail + twice)))
    more = cbor.encode({"credProtect": 3}) + b"\x00"
    registration("bytes after extensions", "trailing-bytes",
                 with_data(authenticator_data(UP | UV | AT | ED, tail=tail + more)))


def public_key_cases():
    def add_case(name, verdict, key):
        data = authenticator_data(UP | UV | AT, tail=attested(key))
        encoded = raw_object(("fmt", cbor.encode("none")), ("attStmt", b"\xa0"), ("authData", cbor.encode(data)))
        registration(f"key: {name}", verdict, new_registration(object=encoded))

    ec2, okp, rsa_ = (dict(SIGNERS[name].cose) for name in ("ES256", "EdDSA", "RS256"))
    without = lambda key, label: {name: value for name, value in key.items() if name != label}
    add_case("no algorithm", "public-key", without(ec2, 3))
    add_case("ES384", "algorithm", ec2 | {3: -35})
    add_case("ES256K", "algorithm", ec2 | {3: -47})
    add_case("RS1", "algorithm", rsa_ | {3: -65535})
    add_case("PS256", "algorithm", rsa_ | {3: -37})
    add_case("HMAC", "algorithm", ec2 | {3: 5})
    add_case("ES256 that is an RSA key", "public-key", rsa_ | {3: -7})
    add_case("RS256 that is a point", "public-key", ec2 | {3: -257})
    add_case("EdDSA that is a P-256 key", "public-key", ec2 | {3: -8})
    add_case("no kind", "public-key", without(ec2, 1))
    add_case("another curve", "public-key", ec2 | {-1: 2})
    add_case("Ed448's curve", "public-key", okp | {-1: 7})
    add_case("no x", "public-key", without(ec2, -2))
    add_case("no y", "public-key", without(ec2, -3))
    add_case("x a byte short", "public-key", ec2 | {-2: ec2[-2][1:]})
    add_case("x a byte long", "public-key", ec2 | {-2: b"\x00" + ec2[-2]})
    add_case("y is a sign", "public-key", ec2 | {-3: True})
    add_case("not on the curve", "public-key", ec2 | {-3: bytes(31) + b"\x01"})
    add_case("the point at infinity", "public-key", ec2 | {-2: bytes(32), -3: bytes(32)})
    add_case("a member more", "public-key", ec2 | {2: b"kid"})
    add_case("Ed25519, a byte short", "public-key", okp | {-2: okp[-2][1:]})
    add_case("RSA of 2047 bits", "rsa-key-size", rsa_ | {-1: (2**2047 - 1).to_bytes(256, "big")})
    add_case("RSA of 1024 bits", "rsa-key-size", rsa_ | {-1: (2**1024 - 1).to_bytes(128, "big")})
    add_case("RSA of 8193 bits", "rsa-key-size", rsa_ | {-1: (2**8193 - 1).to_bytes(1025, "big")})
    add_case("RSA with a zero before", "public-key", rsa_ | {-1: b"\x00" + rsa_[-1]})
    add_case("RSA without a modulus", "public-key", without(rsa_, -1))
    add_case("RSA with exponent 3", "public-key", rsa_ | {-2: b"\x03"})
    add_case("RSA with a zero before its exponent", "public-key", rsa_ | {-2: b"\x00\x01\x00\x01"})
    add_case("RSA with exponent 1", "public-key", rsa_ | {-2: b"\x01"})
    add_case("RSA with an even exponent", "public-key", rsa_ | {-2: b"\x01\x00\x00"})
    add_case("a label twice", "duplicate-key", b"\xa6" + cbor.encode(ec2)[1:] + cbor.encode(3) + cbor.encode(-7))
    add_case("a list", "cbor", cbor.encode([2, -7]))


def assertion(signer=KEY, flags=UP | UV, count=0, tail=b"", rp_id=RELYING_PARTY["rp_id"], client=None, **changes):
    client = client_data("webauthn.get") if client is None else client
    data = authenticator_data(flags, count, tail, rp_id)
    signature = signer.sign(data + sha256(client))
    user = changes.pop("user", USER)
    return authentication_response(CREDENTIAL_ID, client, data, signature, user, **changes)


def with_members(response, **changes):
    """Replaces members of the inner response; None removes one."""
    inner = {name: value for name, value in (response["response"] | changes).items() if value is not None}
    return response | {"response": inner}


def authentication(name, verdict, response, stored=0, key=KEY, control="authentication ES256", id_=CREDENTIAL_ID):
    stored_credential = credential(id_, key.cose, USER, stored)
    add_ceremony(name, "authentication", response, EXPECTED, verdict, control, credential=stored_credential)


def authentications():
    for name, signer in SIGNERS.items():
        authentication(f"authentication {name}", "accepted", assertion(signer), key=signer, control=None)
        flipped = b64(bytes([signer.sign(b"")[0]]) + signer.sign(b"other")[1:])
        authentication(f"{name}: another signature", "signature", with_members(assertion(signer), signature=flipped),
                key=signer, control=f"authentication {name}")
        authentication(f"{name}: no signature", "signature", with_members(assertion(signer), signature=""),
                key=signer, control=f"authentication {name}")
    authentication("authentication that counts", "accepted", assertion(count=8), stored=7, control=None)
    authentication("authentication that begins to count", "accepted", assertion(count=8), control=None)
    authentication("authentication with extension data", "accepted",
            assertion(flags=UP | UV | ED, tail=cbor.encode({"a": 1})), control=None)
    authentication("authentication with unknown fields", "accepted",
            assertion(client=client_data("webauthn.get", soon="x"), soon=[1]), control=None)
    wrong_assertion_cases()
    malformed_assertion_cases()


def wrong_assertion_cases():
    authentication("the counter does not increase", "sign-count", assertion(count=7), 7, control="authentication that counts")
    authentication("the counter decreases", "sign-count", assertion(count=6), 7, control="authentication that counts")
    authentication("the counter is 0 again", "sign-count", assertion(), 7, control="authentication that counts")
    authentication("another key signed", "signature", assertion(SIGNERS["EdDSA"]))
    authentication("another P-256 key signed", "signature", assertion(es256(bytes(31) + b"\x01")))
    good, other = assertion(), assertion(count=9)
    authentication("data of another response", "signature", with_members(good, authenticatorData=other["response"]["authenticatorData"]))
    spaced = b64(client_data("webauthn.get")[:-1] + b" }")
    authentication("client data with a space more", "signature", with_members(good, clientDataJSON=spaced))
    authentication("handle of another user", "user-handle", assertion(user=b"per_another_user"))
    authentication("no handle", "user-handle", with_members(good, userHandle=None))
    authentication("a response for another credential", "credential-id", good, id_=bytes(32))


def malformed_assertion_cases():
    get = "webauthn.get"
    authentication("authentication: no JSON", "response-json", "{")
    authentication("authentication: too large", "response-size", assertion(soon="x" * 70_000))
    authentication("authentication: another type", "credential-type", assertion(type="password"))
    authentication("authentication: ids differ", "credential-id", assertion(id=b64(bytes(32))))
    authentication("authentication: signature is not base64url", "base64url", with_members(assertion(), signature="+/+/"))
    authentication("authentication: the other ceremony", "ceremony", assertion(client=client_data("webauthn.create")))
    authentication("authentication: another challenge", "challenge", assertion(client=client_data(get, bytes(32))))
    authentication("authentication: another origin", "origin", assertion(client=client_data(get, origin="https://evil.example")))
    authentication("authentication: in a frame of another site", "cross-origin", assertion(client=client_data(get, cross=True)))
    authentication("authentication: another relying party", "rp-id", assertion(rp_id="evil.example"))
    authentication("authentication: user not present", "user-presence", assertion(flags=UV))
    authentication("authentication: user not verified", "user-verification", assertion(flags=UP))
    authentication("authentication: backed up, but cannot be", "backup-state", assertion(flags=UP | UV | BS))
    authentication("authentication: with a new credential", "attested-credential",
            assertion(flags=UP | UV | AT, tail=attested()))
    authentication("authentication: bytes after the data", "trailing-bytes", assertion(tail=b"\x00"))
    authentication("authentication: data cut off", "authenticator-data",
            with_members(assertion(), authenticatorData=b64(bytes(36))))
    authentication("authentication: extensions are no map", "cbor", assertion(flags=UP | UV | ED, tail=b"\x80"))


w3c_vectors()
registrations()
authentications()
names = [(ceremony["ceremony"], ceremony["name"]) for ceremony in CEREMONIES]
assert len(set(names)) == len(names), "two ceremonies have the same name"
# One ceremony per line, for readable diffs.
lines = ",\n".join(json.dumps(ceremony, sort_keys=True) for ceremony in CEREMONIES)
(HERE.parent / "fixtures" / "ceremonies.json").write_text(f"[\n{lines}\n]\n")
print(len(CEREMONIES), "ceremonies")
