"""Sign-in with saml-idp, connected with issuer, URL and certificate."""

from __future__ import annotations

import pytest

from interop.expect import assert_rejected, assert_signed_in
from interop.program import Program, node_program
from interop.saml_idp.provider import SamlIdp

# The program names a fork of samlp that the registry does not have.
SAMLP = node_program("samlp", "saml_idp")
PROGRAM = Program("saml-idp", f"{node_program('saml-idp', 'saml_idp').version} with samlp {SAMLP.version}")
# By default the response and the assertion are signed.
VARIANTS = {"defaults": [], "assertion": ["--no-signResponse"]}


@pytest.fixture
def saml_idp(tmp_path):
    provider = SamlIdp(tmp_path)
    yield provider
    provider.stop()


@pytest.fixture
def connect(operator, saml_idp, slug):
    def connect(*options):
        identity_provider = ("--issuer", saml_idp.issuer, "--sign-on-url", saml_idp.sign_on_url)
        customer = operator.create_by_cli(slug, *identity_provider, "--certificate", saml_idp.certificate)
        saml_idp.start(customer.connection["acs_url"], customer.connection["entity_id"], *options)
        return customer

    return connect


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_member_signs_in(variant, connect, saml_idp, browser):
    customer = connect(*VARIANTS[variant])
    page = saml_idp.sign_in(browser, customer.start_sign_in(browser))
    claims = assert_signed_in(browser.post_response(page), customer, saml_idp.email)
    assert (claims["given_name"], claims["family_name"]) == ("Saml", "Jackson")


def test_an_unsolicited_response_is_rejected(connect, saml_idp, browser):
    customer = connect()
    page = saml_idp.sign_in(browser, browser.open(saml_idp.url))
    assert_rejected(browser.post_response(page), customer, "no-pending-sign-in")
