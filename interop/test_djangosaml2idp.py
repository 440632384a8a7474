"""Sign-in with djangosaml2idp, configured as its documentation shows."""

from __future__ import annotations

import pytest

from interop.conftest import fetch
from interop.djangosaml2idp.provider import Djangosaml2idp
from interop.expect import assert_rejected, assert_signed_in
from interop.program import ROOT, python_program

PROGRAM = python_program("djangosaml2idp", ROOT / "interop/djangosaml2idp/requirements.txt")


@pytest.fixture(scope="module")
def djangosaml2idp(tmp_path_factory):
    provider = Djangosaml2idp(tmp_path_factory.mktemp("djangosaml2idp"))
    yield provider
    provider.stop()


# The form of a service provider has a field for each. The program ignores the options of the same names in the
# configuration that its documentation shows, so it signs nothing by default.
SIGNED = {
    "response": {"_sign_response": True},
    "assertion": {"_sign_assertion": True},
    "both": {"_sign_response": True, "_sign_assertion": True},
}


@pytest.fixture
def connect(operator, djangosaml2idp, slug):
    def connect(sp_options=SIGNED["both"], **settings):
        customer = operator.create_by_api(slug, fetch(djangosaml2idp.metadata_url), **settings)
        djangosaml2idp.register(customer.connection["entity_id"], customer.metadata(), **sp_options)
        return customer

    return connect


@pytest.mark.parametrize("variant", SIGNED)
def test_a_member_signs_in_with_requests_by_post(variant, connect, djangosaml2idp, browser):
    customer = connect(SIGNED[variant], sign_on_binding="post")
    assert_signed_in(customer.sign_in(browser, djangosaml2idp.user), customer, "alice@example.org")


def test_an_unsigned_response_is_rejected(connect, djangosaml2idp, browser):
    customer = connect({}, sign_on_binding="post")
    assert_rejected(customer.sign_in(browser, djangosaml2idp.user), customer, "unsigned")


def test_the_program_loses_the_signature_of_a_request_by_redirect(connect, djangosaml2idp, browser):
    """Its metadata demands signed requests, but it keeps only the message, and by redirect the signature is not in it."""
    customer = connect()
    page = customer.start_sign_in(browser)
    form = page.form_with_password().with_field("username", "alice").with_field("password", "alicepass")
    assert "Request was not signed correctly" in browser.submit(form).text


def test_an_unsolicited_response_is_rejected_by_default(connect, djangosaml2idp, browser):
    customer = connect(sign_on_binding="post")
    page = browser.open(djangosaml2idp.unsolicited_url(customer.connection["entity_id"]))
    page = browser.post_response(browser.sign_in_at(page, *djangosaml2idp.user))
    assert_rejected(page, customer, "unexpected-in-response-to")


def test_an_unsolicited_response_can_restart_the_sign_in(connect, djangosaml2idp, second_application, browser):
    """Its `InResponseTo` is `IdP_Initiated_Login`, which has not the shape of a request's ID."""
    customer = connect(sign_on_binding="post", idp_initiated="restart")
    page = browser.open(djangosaml2idp.unsolicited_url(customer.connection["entity_id"]))
    page = browser.post_response(browser.sign_in_at(page, *djangosaml2idp.user))
    # Vestibule has sent a request, and the identity provider has responded from its session.
    page = browser.post_response(browser.sign_in_at(page, *djangosaml2idp.user))
    assert "signed in" in page.text.lower(), page.text[:3000]
    assert_signed_in(customer.start_sign_in(browser), customer, "alice@example.org")
