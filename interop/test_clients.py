"""Sign-in with every type of client, with Authlib as the client library."""

from __future__ import annotations

import base64
import json
import uuid

import pytest
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import RSAKey

from interop.customer import Customer
from interop.expect import assert_signed_in
from interop.program import python_program

PROGRAM = python_program("Authlib")
UNSIGNED_REQUESTS = {"validate.authnrequest": False, "redirect.validate": False}
CLIENTS = {
    "public": {"client_type": "public"},
    "secret-in-the-form": {"client_type": "confidential", "token_endpoint_auth_method": "client_secret_post"},
    "es256": {"client_type": "confidential", "id_token_signed_response_alg": "ES256"},
    "eddsa": {"client_type": "confidential", "id_token_signed_response_alg": "EdDSA"},
}


@pytest.fixture
def customer(operator, simplesamlphp, simplesamlphp_metadata, slug):
    # The members' address is not in the domain that some of the tests verify.
    customer = operator.create_by_api(slug, simplesamlphp_metadata, unverified_email="admit")
    simplesamlphp.register(slug, customer.metadata(), **UNSIGNED_REQUESTS)
    return customer


@pytest.fixture
def client():
    return f"client-{uuid.uuid4().hex[:8]}"


def with_client(customer: Customer, relying_party, client: str) -> Customer:
    """The same customer, whose members start at another application."""
    return Customer(
        customer.vestibule, customer.organization, customer.connection, relying_party.sign_in_url(client)
    )


def create_application(vestibule, relying_party, client: str, **settings) -> dict:
    body = {"name": client, "redirect_uris": [relying_party.redirect_uri(client)]} | settings
    return vestibule.api("POST", "/applications", body)


@pytest.mark.parametrize("client_name", CLIENTS)
def test_a_client_signs_in(client_name, customer, relying_party, client, simplesamlphp, browser):
    application = create_application(customer.vestibule, relying_party, client, **CLIENTS[client_name])
    relying_party.register(client, customer.vestibule.url, application)
    page = with_client(customer, relying_party, client).sign_in(browser, simplesamlphp.user)
    assert_signed_in(page, customer, "alice@example.org")
    header = id_token_header(page.json()["token"]["id_token"])
    assert header["alg"] == CLIENTS[client_name].get("id_token_signed_response_alg", "RS256")


def test_a_client_authenticates_with_a_private_key(customer, relying_party, client, simplesamlphp, browser):
    key = RSAKey.generate_key(2048)
    public = key.as_dict(private=False) | {"use": "sig", "alg": "RS256"}
    application = create_application(
        customer.vestibule,
        relying_party,
        client,
        client_type="confidential",
        token_endpoint_auth_method="private_key_jwt",
        jwks={"keys": [public]},
    )
    assert "client_secret" not in application, "a client with a key has no secret"
    relying_party.register(
        client,
        customer.vestibule.url,
        application | {"client_secret": key.as_pem(private=True)},
        client_auth_methods=[PrivateKeyJWT(f"{customer.vestibule.url}/token")],
    )
    page = with_client(customer, relying_party, client).sign_in(browser, simplesamlphp.user)
    assert_signed_in(page, customer, "alice@example.org")


def test_a_client_requests_a_connection(customer, simplesamlphp, browser):
    page = customer.sign_in(browser, simplesamlphp.user, connection=customer.connection["id"])
    assert_signed_in(page, customer, "alice@example.org")


def test_a_login_hint_of_a_verified_domain_selects_the_organization(customer, simplesamlphp, browser):
    domain = f"{uuid.uuid4().hex[:10]}.example"
    customer.vestibule.command("organization", "add-domain", customer.organization["slug"], domain)
    page = customer.sign_in(browser, simplesamlphp.user, login_hint=f"someone@{domain}")
    assert_signed_in(page, customer, "alice@example.org")


def test_without_a_hint_the_user_enters_an_email_address(customer, simplesamlphp, browser):
    domain = f"{uuid.uuid4().hex[:10]}.example"
    customer.vestibule.command("organization", "add-domain", customer.organization["slug"], domain)
    page = customer.start_sign_in(browser, scope="openid profile email")
    form = page.form_with("email")
    assert form, page.text[:3000]
    page = browser.submit(form.with_field("email", f"someone@{domain}"))
    page = browser.post_response(browser.sign_in_at(page, *simplesamlphp.user))
    assert_signed_in(page, customer, "alice@example.org")


def test_a_client_signs_in_with_the_defaults_and_pkce_not_required(customer, relying_party, client, simplesamlphp, browser):
    """Authlib sends a code challenge only if it is told to, and chooses the authentication method itself."""
    application = create_application(customer.vestibule, relying_party, client, require_pkce=False)
    relying_party.register_with_defaults(client, customer.vestibule.url, application)
    page = with_client(customer, relying_party, client).sign_in(browser, simplesamlphp.user)
    assert_signed_in(page, customer, "alice@example.org")


def id_token_header(token: str) -> dict:
    text = token.split(".")[0]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
