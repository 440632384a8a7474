"""Sign-in with pysaml2, and rejection of its insecure options."""

from __future__ import annotations

import pytest

from interop.expect import assert_rejected, assert_signed_in
from interop.program import ROOT, python_program

PROGRAM = python_program("pysaml2", ROOT / "interop/pysaml2/requirements.txt")
ACCEPTED = {
    "response": {"sign": "response"},
    "assertion": {"sign": "assertion"},
    "both": {"sign": "both"},
    "sha384": {"algorithm": "sha384"},
    "sha512": {"algorithm": "sha512"},
    "aes256-gcm": {"encryption": "aes256-gcm"},
    "aes256-gcm-signed-inside": {"encryption": "aes256-gcm", "sign": "assertion"},
}
REJECTED = {
    "sha1": ({"algorithm": "sha1"}, "sha1-not-allowed"),
    "3des": ({"encryption": "tripledes-cbc"}, "encryption-algorithm-not-allowed"),
    "wrong-audience": ({"audience": "urn:another:audience"}, "audience-mismatch"),
}


def connect(operator, pysaml2, metadata, slug, options=(), **sp_options):
    file = operator.file(f"{slug}.xml", metadata)
    customer = operator.create_by_cli(slug, "--metadata", file, *options)
    pysaml2.register(slug, customer.metadata(), entity_id=operator.entity_id(slug), **sp_options)
    return customer


@pytest.mark.parametrize("variant", ACCEPTED)
def test_a_member_signs_in(variant, operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, **ACCEPTED[variant])
    assert_signed_in(customer.sign_in(browser, pysaml2.user), customer, "alice@example.org")


@pytest.mark.parametrize("variant", REJECTED)
def test_insecure_responses_are_rejected(variant, operator, pysaml2, pysaml2_metadata, browser, slug):
    sp_options, code = REJECTED[variant]
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, **sp_options)
    assert_rejected(customer.sign_in(browser, pysaml2.user), customer, code)


def test_sha1_is_accepted_only_with_the_exception(operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(
        operator, pysaml2, pysaml2_metadata, slug, options=["--danger-accept-sha1"], algorithm="sha1"
    )
    assert_signed_in(customer.sign_in(browser, pysaml2.user), customer, "alice@example.org")


def test_pysaml2_verifies_the_redirect_signature(operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, options=["--sign-requests"])
    page = customer.start_sign_in(browser)
    assert "Signature=" in page.url and "SigAlg=" in page.url, page.url
    # Control: with another RelayState the signature is invalid, and pysaml2 fails.
    assert browser.open(page.url.replace("RelayState=", "RelayState=x")).status == 500
    assert_signed_in(browser.post_response(browser.sign_in_at(page, *pysaml2.user)), customer, "alice@example.org")
