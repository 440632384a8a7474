"""Sign-in with Apache and mod_auth_openidc."""

from __future__ import annotations

import pytest

from interop.mod_auth_openidc.client import ModAuthOpenidc
from interop.process import free_port
from interop.program import debian_program

PROGRAM = debian_program("mod_auth_openidc", "libapache2-mod-auth-openidc")
UNSIGNED_REQUESTS = {"validate.authnrequest": False, "redirect.validate": False}


@pytest.mark.parametrize("with_pkce", [True, False], ids=["with-pkce", "with-its-defaults"])
def test_a_member_signs_in(with_pkce, operator, simplesamlphp, simplesamlphp_metadata, browser, slug, tmp_path):
    customer = operator.create_by_api(slug, simplesamlphp_metadata)
    simplesamlphp.register(slug, customer.metadata(), **UNSIGNED_REQUESTS)
    port = free_port()
    application = customer.vestibule.api(
        "POST",
        "/applications",
        {
            "name": slug,
            "redirect_uris": [f"http://127.0.0.1:{port}/callback"],
            "client_type": "confidential",
            "require_pkce": with_pkce,
        },
    )
    apache = ModAuthOpenidc(tmp_path, port, customer.vestibule.url, application, slug)
    try:
        page = browser.sign_in_at(browser.open(apache.members_url), *simplesamlphp.user)
        page = browser.post_response(page)
        # The page does not exist; 404 shows that Apache granted access.
        assert (page.url, page.status) == (apache.members_url, 404), f"{page.url}: {page.status}\n{page.text}"
        claims = browser.open(apache.claims_url).json()
    finally:
        apache.stop()
    assert claims["id_token"]["organization"]["slug"] == slug
    assert claims["userinfo"]["email"] == "alice@example.org"
