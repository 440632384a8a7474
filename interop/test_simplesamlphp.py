"""Sign-in with every option of SimpleSAMLphp for signing and encryption."""

from __future__ import annotations

import pytest

from interop.browser import Browser
from interop.expect import assert_rejected, assert_signed_in
from interop.program import debian_program

SHA384 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"
SHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"

# The name of the case, the options of SimpleSAMLphp, and the settings of the connection.
PROGRAM = debian_program("SimpleSAMLphp", "simplesamlphp")
VARIANTS = {
    "response": ({"saml20.sign.response": True, "saml20.sign.assertion": False}, {}),
    "assertion": ({"saml20.sign.response": False, "saml20.sign.assertion": True}, {}),
    "both": ({"saml20.sign.response": True, "saml20.sign.assertion": True}, {}),
    "sha384": ({"signature.algorithm": SHA384}, {}),
    "sha512": ({"signature.algorithm": SHA512}, {}),
    "encrypted-assertion": ({"assertion.encryption": True}, {"accept_cbc": True}),
    "encrypted-name-id": ({"nameid.encryption": True}, {"accept_cbc": True}),
    "post-request": ({}, {"sign_on_binding": "post"}),
    "signed-request": ({"validate.authnrequest": True, "redirect.validate": True}, {"sign_requests": True}),
}
UNSIGNED_REQUESTS = {"validate.authnrequest": False, "redirect.validate": False}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_member_signs_in(variant, operator, simplesamlphp, simplesamlphp_metadata, browser, slug):
    sp_options, settings = VARIANTS[variant]
    customer = operator.create_by_api(slug, simplesamlphp_metadata, **settings)
    simplesamlphp.register(slug, customer.metadata(), **(UNSIGNED_REQUESTS | sp_options))
    page = customer.sign_in(browser, simplesamlphp.user)
    assert_signed_in(page, customer, "alice@example.org")


def test_names_and_groups_are_passed_on_unchanged(
    operator, simplesamlphp, simplesamlphp_metadata, browser, slug
):
    attributes = {
        "email": "mail",
        "first_name": "givenName",
        "last_name": "sn",
        "name": "displayName",
        "groups": "eduPersonAffiliation",
    }
    customer = operator.create_by_api(slug, simplesamlphp_metadata, attributes=attributes)
    simplesamlphp.register(slug, customer.metadata(), **UNSIGNED_REQUESTS)
    claims = assert_signed_in(customer.sign_in(browser, simplesamlphp.user), customer, "alice@example.org")
    assert claims["given_name"] == "Alice"
    assert claims["family_name"] == 'Liddell & "Söhne" <Oxford>'
    assert claims["name"] == "Alice Liddell"
    assert sorted(claims["groups"]) == ["engineering", "staff"]


def test_a_user_is_the_same_member_in_another_browser(operator, simplesamlphp, simplesamlphp_metadata, slug):
    customer = operator.create_by_api(slug, simplesamlphp_metadata)
    simplesamlphp.register(slug, customer.metadata(), **UNSIGNED_REQUESTS)
    first = assert_signed_in(customer.sign_in(Browser(), simplesamlphp.user), customer, "alice@example.org")
    second = assert_signed_in(customer.sign_in(Browser(), simplesamlphp.user), customer, "alice@example.org")
    assert first["sub"] == second["sub"]
    members = customer.vestibule.command("organization", "members", slug)["items"]
    assert [member["id"] for member in members] == [first["sub"]]


def test_a_second_sign_in_uses_the_session(
    operator, simplesamlphp, simplesamlphp_metadata, browser, slug
):
    customer = operator.create_by_api(slug, simplesamlphp_metadata)
    simplesamlphp.register(slug, customer.metadata(), **UNSIGNED_REQUESTS)
    first = assert_signed_in(customer.sign_in(browser, simplesamlphp.user), customer, "alice@example.org")
    again = assert_signed_in(customer.start_sign_in(browser), customer, "alice@example.org")
    assert (again["sub"], again["sid"], again["auth_time"]) == (first["sub"], first["sid"], first["auth_time"])


def test_cbc_is_rejected_unless_allowed(operator, simplesamlphp, simplesamlphp_metadata, browser, slug):
    customer = operator.create_by_api(slug, simplesamlphp_metadata)
    simplesamlphp.register(slug, customer.metadata(), **(UNSIGNED_REQUESTS | {"assertion.encryption": True}))
    page = customer.sign_in(browser, simplesamlphp.user)
    assert_rejected(page, customer, "cbc-not-allowed")


def test_an_identity_provider_that_requires_signed_requests_rejects_an_unsigned_one(
    operator, simplesamlphp, simplesamlphp_metadata, browser, slug
):
    """Control for the variant `signed-request`: SimpleSAMLphp verifies the signature."""
    customer = operator.create_by_api(slug, simplesamlphp_metadata)
    simplesamlphp.register(slug, customer.metadata(), **{"validate.authnrequest": True})
    page = customer.start_sign_in(browser)
    assert "no signature found on message" in page.text
