"""Sign-in with openid-client of Node.js."""

from __future__ import annotations

import dataclasses

from interop.openid_client.client import OpenidClient
from interop.process import free_port
from interop.program import node_program

PROGRAM = node_program("openid-client", "openid_client")
UNSIGNED_REQUESTS = {"validate.authnrequest": False, "redirect.validate": False}


def test_a_member_signs_in_with_the_defaults_of_both_sides(
    operator, simplesamlphp, simplesamlphp_metadata, browser, slug
):
    customer = operator.create_by_api(slug, simplesamlphp_metadata)
    simplesamlphp.register(slug, customer.metadata(), **UNSIGNED_REQUESTS)
    port = free_port()
    application = customer.vestibule.api(
        "POST", "/applications", {"name": slug, "redirect_uris": [f"http://127.0.0.1:{port}/callback"]}
    )
    client = OpenidClient(port, customer.vestibule.url, application)
    try:
        customer = dataclasses.replace(customer, sign_in_url=client.sign_in_url)
        answer = customer.sign_in(browser, simplesamlphp.user).json()
    finally:
        client.stop()
    assert answer["claims"]["organization"]["slug"] == slug, answer
    assert answer["userinfo"]["email"] == "alice@example.org"
