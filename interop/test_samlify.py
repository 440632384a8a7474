"""Sign-in with samlify, whose default response has no AuthnStatement."""

from __future__ import annotations

import pytest

from interop.conftest import fetch
from interop.expect import assert_rejected, assert_signed_in
from interop.program import node_program
from interop.samlify.provider import Samlify

PROGRAM = node_program("samlify", "samlify")


@pytest.fixture(scope="module")
def samlify(tmp_path_factory):
    provider = Samlify(tmp_path_factory.mktemp("samlify"))
    yield provider
    provider.stop()


@pytest.fixture
def connect(operator, samlify, slug):
    def connect(**settings):
        customer = operator.create_by_api(slug, fetch(samlify.metadata_url), **settings)
        samlify.register(slug, customer.metadata())
        return customer

    return connect


def test_a_response_without_authentication_is_rejected_by_default(connect, samlify, browser):
    customer = connect()
    assert_rejected(customer.sign_in(browser, samlify.user), customer, "authn-statement-missing")


def test_a_member_signs_in_with_the_exception_and_gets_no_auth_time(connect, samlify, browser):
    customer = connect(accept_missing_authn_statement=True)
    claims = assert_signed_in(customer.sign_in(browser, samlify.user), customer, "alice@example.org")
    assert "auth_time" not in claims
