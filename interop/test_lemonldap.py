"""Sign-in with LemonLDAP::NG and its SAML library Lasso, connected with issuer, URL and certificate."""

from __future__ import annotations

import pytest

from interop.expect import assert_rejected, assert_signed_in
from interop.lemonldap.provider import LemonLDAP
from interop.program import debian_program

# `nameid` is not included, because LemonLDAP::NG 2.16 then sends the NameID in clear.
PROGRAM = debian_program("LemonLDAP::NG", "lemonldap-ng")
VARIANTS = {
    "signed": ({"CheckSSOMessageSignature": 0}, []),
    "signed-request": ({}, ["--sign-requests"]),
    "rsa-sha384": ({"SignatureMethod": "RSA_SHA384", "CheckSSOMessageSignature": 0}, []),
    "rsa-sha512": ({"SignatureMethod": "RSA_SHA512", "CheckSSOMessageSignature": 0}, []),
    "encrypted-assertion": ({"EncryptionMode": "assertion", "CheckSSOMessageSignature": 0}, ["--accept-cbc"]),
}

REJECTED = {"rsa-sha1": ({"SignatureMethod": "RSA_SHA1", "CheckSSOMessageSignature": 0}, [])}


@pytest.fixture(scope="module")
def connected(operator, tmp_path_factory):
    """One customer for each variant; the identity provider starts after all of them are registered."""
    provider = LemonLDAP(tmp_path_factory.mktemp("lemonldap"))
    certificate = operator.file("lemonldap.crt", provider.certificate)
    customers = {}
    for variant, (sp_options, options) in (VARIANTS | REJECTED).items():
        slug = f"lemonldap-{variant}"
        customers[variant] = operator.create_by_cli(
            slug,
            *("--issuer", provider.entity_id, "--sign-on-url", provider.sign_on_url, "--certificate", certificate),
            *options,
        )
        provider.register(variant, customers[variant].metadata(), **sp_options)
    provider.start()
    yield provider, customers
    provider.stop()


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_member_signs_in(variant, connected, browser):
    provider, customers = connected
    page = customers[variant].sign_in(browser, provider.user)
    claims = assert_signed_in(page, customers[variant], "dwho@badwolf.org")
    assert claims["name"] == "Doctor Who"


def test_sha1_is_rejected(connected, browser):
    provider, customers = connected
    customer = customers["rsa-sha1"]
    assert_rejected(customer.sign_in(browser, provider.user), customer, "sha1-not-allowed")
