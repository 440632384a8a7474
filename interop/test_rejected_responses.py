"""Misuse of valid responses of a real identity provider."""

from __future__ import annotations

import pytest

from interop.browser import Browser
from interop.expect import assert_rejected, assert_signed_in

UNSIGNED_REQUESTS = {"validate.authnrequest": False, "redirect.validate": False}
EMAIL = "alice@example.org"


@pytest.fixture
def connect(operator, simplesamlphp, simplesamlphp_metadata, slug):
    """Connects a new organization to SimpleSAMLphp."""

    def connect(**settings):
        customer = operator.create_by_api(slug, simplesamlphp_metadata, **settings)
        simplesamlphp.register(slug, customer.metadata(), **UNSIGNED_REQUESTS)
        return customer

    return connect


def test_a_response_is_accepted_once(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.fetch_response(browser, simplesamlphp.user)
    assert_signed_in(browser.post_response(form), customer, EMAIL)
    assert_rejected(browser.post_response(form), customer, "replayed")


def test_a_response_is_rejected_in_another_browser(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.fetch_response(browser, simplesamlphp.user)
    other = Browser()
    # Over plain http the server asks a browser without its cookie to post the form once more.
    assert_rejected(other.post_response(other.post_response(form)), customer, "browser-mismatch")
    assert_signed_in(browser.post_response(form), customer, EMAIL)


def test_a_response_is_rejected_in_another_browser_with_its_own_sign_in(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.fetch_response(browser, simplesamlphp.user)
    other = Browser()
    customer.start_sign_in(other)
    assert_rejected(other.post_response(form), customer, "browser-mismatch")


def test_an_unsolicited_response_is_rejected(connect, simplesamlphp, browser):
    customer = connect()
    page = browser.open(simplesamlphp.unsolicited_url(customer.connection["entity_id"]))
    page = browser.post_response(browser.sign_in_at(page, *simplesamlphp.user))
    assert_rejected(page, customer, "no-pending-sign-in")


def test_an_unsolicited_response_can_restart_the_sign_in(connect, simplesamlphp, second_application, browser):
    customer = connect(idp_initiated="restart")
    page = browser.open(simplesamlphp.unsolicited_url(customer.connection["entity_id"]))
    page = browser.post_response(browser.sign_in_at(page, *simplesamlphp.user))
    # Vestibule has sent a request, and the identity provider has responded from its session.
    page = browser.post_response(browser.sign_in_at(page, *simplesamlphp.user))
    assert "signed in" in page.text.lower(), page.text[:3000]
    assert_signed_in(customer.start_sign_in(browser), customer, EMAIL)


def test_a_downgrade_prevents_sign_in(connect, simplesamlphp, browser):
    customer = connect()
    assert_signed_in(customer.sign_in(browser, simplesamlphp.user), customer, EMAIL)
    slug = customer.organization["slug"]
    customer.vestibule.command("organization", "set-plan", slug, "professional", "--yes")
    # Both the existing session and a new sign-in are rejected.
    for each_browser in (browser, Browser()):
        assert "sso-not-in-plan" in customer.start_sign_in(each_browser).text
    customer.vestibule.command("organization", "set-plan", slug, "enterprise")
    assert_signed_in(customer.sign_in(Browser(), simplesamlphp.user), customer, EMAIL)


def test_a_disabled_connection_prevents_sign_in(connect, simplesamlphp, browser):
    customer = connect()
    assert_signed_in(customer.sign_in(browser, simplesamlphp.user), customer, EMAIL)
    customer.vestibule.command("connection", "disable", customer.connection["id"])
    for each_browser in (browser, Browser()):
        assert "connection-disabled" in customer.start_sign_in(each_browser).text
    customer.vestibule.command("connection", "activate", customer.connection["id"])
    assert_signed_in(customer.sign_in(Browser(), simplesamlphp.user), customer, EMAIL)


def test_a_response_after_a_downgrade_is_rejected(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.fetch_response(browser, simplesamlphp.user)
    customer.vestibule.api("PATCH", f"/organizations/{customer.organization['slug']}", {"plan": "starter"})
    assert_rejected(browser.post_response(form), customer, "sso-not-in-plan")


def test_a_response_after_disabling_the_connection_is_rejected(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.fetch_response(browser, simplesamlphp.user)
    slug, connection = customer.organization["slug"], customer.connection["id"]
    customer.vestibule.api("POST", f"/organizations/{slug}/connections/{connection}/disable")
    assert_rejected(browser.post_response(form), customer, "connection-disabled")


def test_a_response_for_another_connection_is_rejected(connect, operator, simplesamlphp, simplesamlphp_metadata, browser):
    customer = connect()
    other = operator.create_by_api(f"{customer.organization['slug']}-b", simplesamlphp_metadata)
    form = customer.fetch_response(browser, simplesamlphp.user).form_with("SAMLResponse")
    form.action = other.connection["acs_url"]
    assert_rejected(browser.submit(form), other, "connection-mismatch")
