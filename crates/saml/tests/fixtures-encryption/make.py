"""Makes the encrypted elements of this folder with Python's `cryptography`, for the key ../fixtures-keys/rsa-2048.key.

The names say content cipher, key transport and layout. Run it in this folder; the files that are kept were made once.
"""

import base64
import os
import pathlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HERE = pathlib.Path(__file__).parent
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
DS = "http://www.w3.org/2000/09/xmldsig#"
PLAINTEXT = b"<saml:NameID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">ada@example.com</saml:NameID>"
HASHES = {"sha1": (hashes.SHA1, DS + "sha1"), "sha256": (hashes.SHA256, XENC + "sha256"),
          "sha384": (hashes.SHA384, "http://www.w3.org/2001/04/xmldsig-more#sha384"), "sha512": (hashes.SHA512, XENC + "sha512")}


def public_key(name):
    pem = (HERE / f"../fixtures-keys/{name}.key").read_bytes()
    return serialization.load_pem_private_key(pem, None).public_key()


def b64(octets):
    return base64.encodebytes(octets).decode()


def content(mode, size):
    key = os.urandom(size // 8)
    if mode == "gcm":
        nonce = os.urandom(12)
        return key, XENC11 + f"aes{size}-gcm", nonce + AESGCM(key).encrypt(nonce, PLAINTEXT, None)
    count = 16 - len(PLAINTEXT) % 16
    padded = PLAINTEXT + os.urandom(count - 1) + bytes([count])
    vector = os.urandom(16)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return key, XENC + f"aes{size}-cbc", vector + encryptor.update(padded) + encryptor.finalize()


def wrapped(key, digest, mask, recipient="rsa-2048", label=None):
    return public_key(recipient).encrypt(key, padding.OAEP(padding.MGF1(HASHES[mask][0]()), HASHES[digest][0](), label))


def encrypted_key(key, transport, digest, mask, recipient="rsa-2048", ident="_key"):
    return encrypted_key_of(wrapped(key, digest, mask, recipient), transport, digest, mask, ident)


def encrypted_key_of(octets, transport, digest, mask, ident="_key"):
    methods = "" if transport == "rsa-oaep-mgf1p" and digest == "sha1" else f'<ds:DigestMethod Algorithm="{HASHES[digest][1]}"/>'
    space = XENC
    if transport == "rsa-oaep":
        space = XENC11
        methods += f'<xenc11:MGF xmlns:xenc11="{XENC11}" Algorithm="{XENC11}mgf1{mask}"/>'
    return (f'<xenc:EncryptedKey xmlns:xenc="{XENC}" Id="{ident}"><xenc:EncryptionMethod Algorithm="{space}{transport}">{methods}'
            f"</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>{b64(octets)}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>")


def write(name, mode, size, transport="rsa-oaep-mgf1p", digest="sha1", mask="sha1", layout="inside"):
    key, uri, octets = content(mode, size)
    own = encrypted_key(key, transport, digest, mask)
    inside, sibling = own, ""
    if layout == "sibling":
        inside, sibling = f'<ds:RetrievalMethod Type="{XENC}EncryptedKey" URI="#_key"/>', own
    elif layout == "sibling-without-reference":
        inside, sibling = "", own
    elif layout == "two-recipients":
        inside = encrypted_key(os.urandom(16), transport, digest, mask, "rsa-3072", "_other") + own
    (HERE / f"{name}.xml").write_text(
        f'<saml:EncryptedID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="{DS}">\n'
        f'<xenc:EncryptedData xmlns:xenc="{XENC}" Type="{XENC}Element"><xenc:EncryptionMethod Algorithm="{uri}"/>'
        f"<ds:KeyInfo>{inside}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{b64(octets)}</xenc:CipherValue></xenc:CipherData>"
        f"</xenc:EncryptedData>{sibling}</saml:EncryptedID>\n")


for size in (128, 192, 256):
    write(f"aes{size}-gcm", "gcm", size)
    write(f"aes{size}-cbc", "cbc", size)
write("oaep11-sha1", "gcm", 128, "rsa-oaep", "sha1", "sha1")
write("oaep11-sha256", "gcm", 128, "rsa-oaep", "sha256", "sha256")
write("oaep11-mixed", "gcm", 128, "rsa-oaep", "sha256", "sha1")
write("mgf1p-mixed", "gcm", 128, "rsa-oaep-mgf1p", "sha256", "sha1")
write("sibling", "cbc", 256, layout="sibling")
write("sibling-without-reference", "gcm", 256, layout="sibling-without-reference")
write("two-recipients", "gcm", 128, layout="two-recipients")


def one_line(name, octets, transport, digest, mask):
    """A document on one line, after its name; `octets` are the encrypted content key."""
    method = encrypted_key_of(octets, transport, digest, mask)
    return (f'{name} <saml:EncryptedID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="{DS}">'
            f'<xenc:EncryptedData xmlns:xenc="{XENC}" Type="{XENC}Element"><xenc:EncryptionMethod Algorithm="{XENC11}aes128-gcm"/>'
            f"<ds:KeyInfo>{method}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{b64(SEALED[2])}</xenc:CipherValue></xenc:CipherData>"
            f"</xenc:EncryptedData></saml:EncryptedID>").replace("\n", "") + "\n"


# Every pair of hashes, and keys that the stated pair does not decrypt.
SEALED = content("gcm", 128)
NAMES = ("sha1", "sha256", "sha384", "sha512")
lines = [one_line(f"oaep11-{digest}-{mask}", wrapped(SEALED[0], digest, mask), "rsa-oaep", digest, mask)
         for digest in NAMES for mask in NAMES]
lines += [one_line(f"mgf1p-{digest}", wrapped(SEALED[0], digest, "sha1"), "rsa-oaep-mgf1p", digest, "sha1") for digest in NAMES]
for digest, mask in (("sha256", "sha256"), ("sha256", "sha1"), ("sha1", "sha512")):
    pair = f"{digest}-{mask}"
    stated = ("rsa-oaep", digest, mask)
    lines += [
        one_line(f"other-recipient-{pair}", wrapped(SEALED[0], digest, mask, "rsa-3072"), *stated),
        one_line(f"label-{pair}", wrapped(SEALED[0], digest, mask, label=b"label"), *stated),
        one_line(f"other-digest-{pair}", wrapped(SEALED[0], "sha384", mask), *stated),
        one_line(f"other-mask-{pair}", wrapped(SEALED[0], digest, "sha384"), *stated),
        one_line(f"random-{pair}", b"\0" + os.urandom(255), *stated),
        one_line(f"too-big-{pair}", b"\xff" * 256, *stated),
        one_line(f"short-{pair}", wrapped(SEALED[0], digest, mask)[:-1], *stated),
        one_line(f"long-{pair}", b"\0" + wrapped(SEALED[0], digest, mask), *stated),
        one_line(f"empty-{pair}", b"", *stated),
    ]
(HERE / "oaep-hashes.txt").write_text("".join(lines))
