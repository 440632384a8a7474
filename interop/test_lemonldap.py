"""LemonLDAP::NG, and by it Lasso, signs a member in. Connected as an administrator would who pastes three fields."""

from __future__ import annotations

import pytest

from interop.expect import refused, signed_in
from interop.lemonldap.provider import LemonLDAP

# `nameid` is not among them: LemonLDAP::NG 2.16 then sends the name in the clear.
WAYS = {
    "signed": ({"CheckSSOMessageSignature": 0}, []),
    "signed-request": ({}, ["--sign-requests"]),
    "rsa-sha384": ({"SignatureMethod": "RSA_SHA384", "CheckSSOMessageSignature": 0}, []),
    "rsa-sha512": ({"SignatureMethod": "RSA_SHA512", "CheckSSOMessageSignature": 0}, []),
    "encrypted-assertion": ({"EncryptionMode": "assertion", "CheckSSOMessageSignature": 0}, ["--accept-cbc"]),
}

REFUSED = {"rsa-sha1": ({"SignatureMethod": "RSA_SHA1", "CheckSSOMessageSignature": 0}, [])}


@pytest.fixture(scope="module")
def connected(operator, tmp_path_factory):
    """A customer for each way, and the identity provider, which is started when it knows them all."""
    provider = LemonLDAP(tmp_path_factory.mktemp("lemonldap"))
    certificate = operator.file("lemonldap.crt", provider.certificate)
    customers = {}
    for way, (treatment, options) in (WAYS | REFUSED).items():
        slug = f"lemonldap-{way}"
        customers[way] = operator.by_command(
            slug,
            *("--issuer", provider.entity_id, "--sign-on-url", provider.sign_on_url, "--certificate", certificate),
            *options,
        )
        provider.register(way, customers[way].metadata(), **treatment)
    provider.start()
    yield provider, customers
    provider.stop()


@pytest.mark.parametrize("way", WAYS)
def test_a_member_signs_in(way, connected, browser):
    provider, customers = connected
    page = customers[way].sign_in(browser, provider.person)
    claims = signed_in(page, customers[way], "dwho@badwolf.org")
    assert claims["name"] == "Doctor Who"


def test_sha1_is_refused(connected, browser):
    provider, customers = connected
    customer = customers["rsa-sha1"]
    refused(customer.sign_in(browser, provider.person), customer, "sha1")
