"""What a real identity provider's response cannot be used for."""

from __future__ import annotations

import pytest

from interop.browser import Browser
from interop.expect import refused, signed_in

UNCHECKED = {"validate.authnrequest": False, "redirect.validate": False}
EMAIL = "alice@example.org"


@pytest.fixture
def connect(operator, simplesamlphp, simplesamlphp_metadata, slug):
    """Connects a new organization to SimpleSAMLphp."""

    def connect(**settings):
        customer = operator.by_api(slug, simplesamlphp_metadata, **settings)
        simplesamlphp.register(slug, customer.metadata(), **UNCHECKED)
        return customer

    return connect


def test_a_response_is_good_for_one_sign_in(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.answer(browser, simplesamlphp.person)
    signed_in(browser.deliver(form), customer, EMAIL)
    refused(browser.deliver(form), customer, "replayed")


def test_a_response_is_worthless_in_another_browser(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.answer(browser, simplesamlphp.person)
    refused(Browser().deliver(form), customer, "browser-mismatch")
    signed_in(browser.deliver(form), customer, EMAIL)


def test_a_response_is_worthless_in_another_browser_that_has_asked_too(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.answer(browser, simplesamlphp.person)
    other = Browser()
    customer.ask(other)
    refused(other.deliver(form), customer, "browser-mismatch")


def test_a_response_that_nobody_asked_for_is_refused(connect, simplesamlphp, browser):
    customer = connect()
    page = browser.open(simplesamlphp.unsolicited_url(customer.connection["entity_id"]))
    page = browser.deliver(browser.sign_in_at(page, *simplesamlphp.person))
    refused(page, customer, "no-pending-sign-in")


def test_a_response_that_nobody_asked_for_can_start_a_request(connect, simplesamlphp, browser):
    customer = connect(unsolicited="restart")
    page = browser.open(simplesamlphp.unsolicited_url(customer.connection["entity_id"]))
    page = browser.deliver(browser.sign_in_at(page, *simplesamlphp.person))
    # Our own request has been sent meanwhile, and the identity provider, which has a session by now, has answered it.
    page = browser.deliver(browser.sign_in_at(page, *simplesamlphp.person))
    assert "signed in" in page.text.lower(), page.text[:3000]
    signed_in(customer.ask(browser), customer, EMAIL)


def test_a_lower_plan_ends_sign_in(connect, simplesamlphp, browser):
    customer = connect()
    signed_in(customer.sign_in(browser, simplesamlphp.person), customer, EMAIL)
    slug = customer.organization["slug"]
    customer.vestibule.command("organization", "set-plan", slug, "professional")
    # Neither the session of before nor a new sign-in gets past it.
    for somebody in (browser, Browser()):
        assert "sso-not-in-plan" in customer.ask(somebody).text
    customer.vestibule.command("organization", "set-plan", slug, "enterprise")
    signed_in(customer.sign_in(Browser(), simplesamlphp.person), customer, EMAIL)


def test_a_disabled_connection_ends_sign_in(connect, simplesamlphp, browser):
    customer = connect()
    signed_in(customer.sign_in(browser, simplesamlphp.person), customer, EMAIL)
    customer.vestibule.command("connection", "disable", customer.connection["id"])
    for somebody in (browser, Browser()):
        assert "connection-disabled" in customer.ask(somebody).text
    customer.vestibule.command("connection", "activate", customer.connection["id"])
    signed_in(customer.sign_in(Browser(), simplesamlphp.person), customer, EMAIL)


def test_a_plan_lowered_meanwhile_refuses_the_response(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.answer(browser, simplesamlphp.person)
    customer.vestibule.api("PATCH", f"/organizations/{customer.organization['slug']}", {"plan": "starter"})
    refused(browser.deliver(form), customer, "sso-not-in-plan")


def test_a_connection_disabled_meanwhile_refuses_the_response(connect, simplesamlphp, browser):
    customer = connect()
    form = customer.answer(browser, simplesamlphp.person)
    slug, connection = customer.organization["slug"], customer.connection["id"]
    customer.vestibule.api("POST", f"/organizations/{slug}/connections/{connection}/disable")
    refused(browser.deliver(form), customer, "connection-disabled")


def test_a_response_for_another_connection_is_refused(connect, operator, simplesamlphp, simplesamlphp_metadata, browser):
    customer = connect()
    other = operator.by_api(f"{customer.organization['slug']}-b", simplesamlphp_metadata)
    form = customer.answer(browser, simplesamlphp.person).form_with("SAMLResponse")
    form.action = other.connection["acs_url"]
    refused(browser.submit(form), other, "connection-mismatch")
