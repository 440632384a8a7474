"""XML Encryption with fixed keys, seeds and vectors, so that a re-run changes nothing. Never do this outside tests."""

import hashlib
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from keys import key, mgf1, xor
from names import DS, HASHES, SHA1, XENC, XENC11
from signer import b64

GCM = {XENC11 + f"aes{bits}-gcm": bits // 8 for bits in (128, 192, 256)}
CBC = {XENC + f"aes{bits}-cbc": bits // 8 for bits in (128, 192, 256)}
OAEP_MGF1P, OAEP = XENC + "rsa-oaep-mgf1p", XENC11 + "rsa-oaep"
MGF1 = {XENC11 + f"mgf1sha{bits}": f"sha{bits}" for bits in (1, 224, 256, 384, 512)}
ELEMENT, CONTENT = XENC + "Element", XENC + "Content"


@dataclass(frozen=True)
class Cipherment:
    """How something is encrypted; the default is what Shibboleth 4 does."""

    data: str = XENC11 + "aes128-gcm"
    transport: str = OAEP_MGF1P
    digest: str | None = SHA1
    mask: str | None = None
    label: bytes | None = None
    type: str | None = ELEMENT
    recipient: str = "sp-encryption"
    key_size: int | None = None
    placement: str = "inside"
    alter: object = lambda octets: octets
    alter_key: object = lambda octets: octets

    def but(self, **changes):
        return replace(self, **changes)


PLAIN = Cipherment()


def encrypted(plaintext, how=PLAIN, wrapper="EncryptedAssertion"):
    """The element that carries `plaintext` encrypted."""
    octets = plaintext.encode() if isinstance(plaintext, str) else plaintext
    content_key = b"\x42" * (how.key_size or (GCM | CBC).get(how.data, 24))
    data = how.alter(encrypt(how.data, content_key, octets))
    transported = encrypted_key(content_key, how)
    inside, sibling = place(transported, how.placement)
    kind = f' Type="{how.type}"' if how.type else ""
    return (
        f'<saml:{wrapper}><xenc:EncryptedData xmlns:xenc="{XENC}" xmlns:ds="{DS}" Id="_data"{kind}>'
        f'<xenc:EncryptionMethod Algorithm="{how.data}"/>{inside}<xenc:CipherData><xenc:CipherValue>{b64(data)}'
        f"</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>{sibling}</saml:{wrapper}>"
    )


def place(transported, placement):
    """Where EncryptedKey stands: inside KeyInfo, or as a sibling of EncryptedData with or without a pointer to it."""
    pointer = f'<ds:RetrievalMethod Type="{XENC}EncryptedKey" URI="#_key"/>'
    return {
        "inside": (f"<ds:KeyInfo>{transported}</ds:KeyInfo>", ""),
        "sibling": (f"<ds:KeyInfo>{pointer}</ds:KeyInfo>", transported),
        "sibling-without-pointer": ("", transported),
        "sibling-and-empty-key-info": ("<ds:KeyInfo><ds:KeyName>k</ds:KeyName></ds:KeyInfo>", transported),
        "nowhere": ("", ""),
        "retrieval-http": ('<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:9/key"/></ds:KeyInfo>', ""),
        "retrieval-elsewhere": (f"<ds:KeyInfo>{pointer.replace('#_key', '#_response')}</ds:KeyInfo>", transported),
        "key-name": ("<ds:KeyInfo><ds:KeyName>k</ds:KeyName></ds:KeyInfo>", ""),
    }[placement]


def encrypted_key(content_key, how):
    parameters = f'<ds:DigestMethod Algorithm="{how.digest}"/>' if how.digest else ""
    parameters = (f"<xenc:OAEPparams>{b64(how.label)}</xenc:OAEPparams>" if how.label is not None else "") + parameters
    parameters += f'<e:MGF xmlns:e="{XENC11}" Algorithm="{how.mask}"/>' if how.mask else ""
    value = how.alter_key(wrap(content_key, how))
    return (
        f'<xenc:EncryptedKey xmlns:xenc="{XENC}" xmlns:ds="{DS}" Id="_key"><xenc:EncryptionMethod Algorithm="{how.transport}">'
        f"{parameters}</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>{b64(value)}</xenc:CipherValue>"
        "</xenc:CipherData></xenc:EncryptedKey>"
    )


def encrypt(algorithm, content_key, octets):
    if algorithm in CBC:
        return encrypt_cbc(content_key, octets + bytes(15 - len(octets) % 16) + bytes([16 - len(octets) % 16]))
    if algorithm in GCM:
        return b"\x24" * 12 + AESGCM(content_key).encrypt(b"\x24" * 12, octets, None)
    return bytes(64)


def encrypt_cbc(content_key, padded):
    """The vector and the blocks; whatever padding the caller has put there."""
    vector = b"\x24" * 16
    encryptor = Cipher(algorithms.AES(content_key), modes.CBC(vector)).encryptor()
    return vector + encryptor.update(padded) + encryptor.finalize()


def wrap(content_key, how):
    """RSAES-OAEP (RFC 8017, 7.1.1) or, to have it rejected, RSAES-PKCS1-v1_5."""
    recipient = key(how.recipient)
    size = recipient.modulus_size
    if how.transport == XENC + "rsa-1_5":
        block = b"\0\2" + b"\x11" * (size - len(content_key) - 3) + b"\0" + content_key
        return recipient.raw_public(int.from_bytes(block, "big"))
    digest = HASHES[how.digest] if how.digest else "sha1"
    mask = MGF1[how.mask] if how.mask else "sha1"
    hashed = hashlib.new(digest, how.label or b"").digest()
    block = hashed + bytes(size - len(content_key) - 2 * len(hashed) - 2) + b"\1" + content_key
    seed = b"\x33" * len(hashed)
    masked = xor(block, mgf1(seed, len(block), mask))
    return recipient.raw_public(int.from_bytes(b"\0" + xor(seed, mgf1(masked, len(seed), mask)) + masked, "big"))
