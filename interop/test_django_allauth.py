"""Sign-in with django-allauth, which does not use PKCE unless it is told to."""

from __future__ import annotations

import pytest

from interop.expect import assert_signed_in
from interop.program import ROOT, python_program
from interop.python import start_python

PROGRAM = python_program("django-allauth", ROOT / "interop/django_allauth/requirements.txt")
SITE = ROOT / "interop/django_allauth/site.py"


@pytest.fixture
def sign_in_url(library_sign_in, tmp_path):
    path = "/accounts/oidc/vestibule/login/"
    application = library_sign_in.register(f"{path}callback/", require_pkce=False)
    environment = library_sign_in.environment(application) | {"FOLDER": str(tmp_path)}
    process = start_python(SITE, library_sign_in.url, environment)
    yield library_sign_in.url + path
    process.stop()


def test_a_member_signs_in_with_the_defaults_and_pkce_not_required(library_sign_in, sign_in_url, browser):
    # The package asks the user to confirm; a GET request does not start a sign-in.
    button = browser.open(sign_in_url).form_with("csrfmiddlewaretoken")
    page = library_sign_in.sign_in(browser.submit(button))
    assert_signed_in(page, library_sign_in.customer, "alice@example.org")
    assert page.json()["user"] == "alice@example.org"
