"""The published test keys: made once, kept in tests/keys, used for nothing else.

RSA is done by hand (padding here, exponentiation by `pow`) because hostile paddings and
fixed PSS salts are needed, which no library offers; ECDSA is deterministic (RFC 6979).
"""

import datetime
import hashlib
import hmac
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import NameOID

from names import ECDSA_METHODS, HMAC_METHODS, PSS_METHODS, RSA_METHODS

FOLDER = Path(__file__).resolve().parent.parent / "keys"
ASN1_PREFIX = {
    "md5": bytes.fromhex("3020300c06082a864886f70d020505000410"),
    "sha1": bytes.fromhex("3021300906052b0e03021a05000414"),
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
SPECS = {
    "idp": 2048,
    "idp-next": 2048,
    "idp-rsa3072": 3072,
    "idp-p256": ec.SECP256R1(),
    "idp-p384": ec.SECP384R1(),
    "idp-p521": ec.SECP521R1(),
    "attacker": 2048,
    "attacker-p256": ec.SECP256R1(),
    "sp-encryption": 2048,
    "sp-encryption-next": 2048,
}


class Key:
    """A private key of tests/keys and its certificate."""

    def __init__(self, name):
        self.name = name
        self.private = serialization.load_pem_private_key((FOLDER / f"{name}.key").read_bytes(), None)
        self.certificate = x509.load_pem_x509_certificate((FOLDER / f"{name}.crt").read_bytes())
        self.public = self.private.public_key()

    def certificate_base64(self):
        lines = self.certificate.public_bytes(serialization.Encoding.PEM).decode().splitlines()
        return "".join(lines[1:-1])

    def public_bytes(self, encoding, form):
        return self.public.public_bytes(encoding, form)

    @property
    def modulus_size(self):
        return self.public.key_size // 8

    def raw_private(self, number):
        """The RSA private operation on a number that is already padded."""
        numbers = self.private.private_numbers()
        power = pow(number, numbers.d, numbers.public_numbers.n)
        return power.to_bytes(self.modulus_size, "big")

    def raw_public(self, number):
        numbers = self.public.public_numbers()
        return pow(number, numbers.e, numbers.n).to_bytes(self.modulus_size, "big")

    def sign(self, method, octets):
        """The signature value that XML Signature asks for under `method`."""
        if method in PSS_METHODS:
            return self.raw_private(int.from_bytes(pss(octets, PSS_METHODS[method], self.modulus_size), "big"))
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.sign_ecdsa(ECDSA_METHODS[method], octets)
        return self.raw_private(int.from_bytes(pkcs1(octets, RSA_METHODS[method], self.modulus_size), "big"))

    def sign_ecdsa(self, digest, octets):
        algorithm = ec.ECDSA(hashlib_class(digest), deterministic_signing=True)
        r, s = decode_dss_signature(self.private.sign(octets, algorithm))
        return join_rs(r, s, (self.public.curve.key_size + 7) // 8)

    def verifies(self, method, octets, value):
        """Whether `value` is this key's signature under `method`."""
        if method in ECDSA_METHODS and isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.verifies_ecdsa(ECDSA_METHODS[method], octets, value)
        if not isinstance(self.private, rsa.RSAPrivateKey) or len(value) != self.modulus_size:
            return False
        opened = self.raw_public(int.from_bytes(value, "big"))
        if method in PSS_METHODS:
            return opened == pss(octets, PSS_METHODS[method], self.modulus_size)
        return method in RSA_METHODS and opened == pkcs1(octets, RSA_METHODS[method], self.modulus_size)

    def verifies_ecdsa(self, digest, octets, value):
        half = len(value) // 2
        r, s = int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")
        try:
            self.public.verify(encode_dss_signature(r, s), octets, ec.ECDSA(hashlib_class(digest)))
        except Exception:
            return False
        return True


def hashlib_class(digest):
    return {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}[digest]()


def join_rs(r, s, width):
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def pkcs1(octets, digest, size):
    """EMSA-PKCS1-v1_5 (RFC 8017, 9.2)."""
    info = ASN1_PREFIX[digest] + hashlib.new(digest, octets).digest()
    return b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info


def mgf1(seed, length, digest):
    blocks = b""
    counter = 0
    while len(blocks) < length:
        blocks += hashlib.new(digest, seed + counter.to_bytes(4, "big")).digest()
        counter += 1
    return blocks[:length]


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def pss(octets, digest, size, salt=None, mask_digest=None):
    """EMSA-PSS (RFC 8017, 9.1) with a fixed salt, so that a re-run changes nothing."""
    hashed = hashlib.new(digest, octets).digest()
    salt = b"\x5a" * len(hashed) if salt is None else salt
    h = hashlib.new(digest, bytes(8) + hashed + salt).digest()
    block = bytes(size - len(salt) - len(h) - 2) + b"\x01" + salt
    masked = xor(block, mgf1(h, len(block), mask_digest or digest))
    return bytes([masked[0] & 0x7F]) + masked[1:] + h + b"\xbc"


def hmac_value(method, secret, octets):
    return hmac.new(secret, octets, HMAC_METHODS[method]).digest()


@cache
def key(name):
    return Key(name)


def make_missing():
    """Makes the keys that are not there yet; the ones that are stay as they are."""
    FOLDER.mkdir(exist_ok=True)
    for name, spec in SPECS.items():
        if not (FOLDER / f"{name}.key").exists():
            private = rsa.generate_private_key(65537, spec) if isinstance(spec, int) else ec.generate_private_key(spec)
            write_key(name, private)
            write_certificate(name, private, subject=f"{name} test key", serial=1000 + len(name))
    if not (FOLDER / "idp-expired.crt").exists():
        write_certificate("idp-expired", key("idp").private, "idp test key, expired", 7, years=(2018, 2020))
    if not (FOLDER / "attacker-clone.crt").exists():
        write_clone()


def write_key(name, private):
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (FOLDER / f"{name}.key").write_bytes(pem)


def write_certificate(name, private, subject, serial, years=(2020, 2040)):
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    builder = x509.CertificateBuilder().subject_name(named).issuer_name(named).serial_number(serial)
    begin, end = (datetime.datetime(year, 1, 1) for year in years)
    builder = builder.not_valid_before(begin).not_valid_after(end).public_key(private.public_key())
    write_pem(name, builder.sign(private, hashes.SHA256()))


def write_clone():
    """The attacker's key in a certificate that says everything the real one says (KEY-3)."""
    real = key("idp").certificate
    attacker = key("attacker").private
    builder = x509.CertificateBuilder().subject_name(real.subject).issuer_name(real.issuer)
    builder = builder.serial_number(real.serial_number).not_valid_before(real.not_valid_before_utc)
    builder = builder.not_valid_after(real.not_valid_after_utc).public_key(attacker.public_key())
    identifier = x509.SubjectKeyIdentifier.from_public_key(real.public_key())
    write_pem("attacker-clone", builder.add_extension(identifier, False).sign(attacker, hashes.SHA256()))


def write_pem(name, certificate):
    (FOLDER / f"{name}.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
