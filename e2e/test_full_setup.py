"""An administrator connects SimpleSAMLphp without help, corrects a mistake, and enforces SSO."""

from __future__ import annotations

import re

import pytest
import requests
from selenium.webdriver.common.by import By

from interop.keys import write_key_pair

ADMIN = ("alice@example.org", "alice", "alicepass")
MEMBER = ("bob@example.org", "bob", "bobpass")
# SimpleSAMLphp does not verify request signatures, because no setup guide asks for signed requests.
UNSIGNED_REQUESTS = {"validate.authnrequest": False, "redirect.validate": False}


@pytest.fixture
def wrong_metadata(simplesamlphp, tmp_path) -> str:
    """The provider's metadata with another certificate."""
    _, certificate = write_key_pair(tmp_path, "other-provider")
    base64 = "".join(certificate.read_text().splitlines()[1:-1])
    metadata = requests.get(simplesamlphp.metadata_url, timeout=30).text
    element = r"(<ds:X509Certificate>)[^<]*(</ds:X509Certificate>)"
    return re.sub(element, rf"\g<1>{base64}\g<2>", metadata)


def test_an_administrator_connects_simplesamlphp_without_help(demo, simplesamlphp, wrong_metadata, browsers):
    invite(demo, browsers("operator"))
    admin = browsers("admin")
    open_console_from_invitation_email(demo, admin)
    connection = choose_product(admin)
    metadata = requests.get(f"{demo.issuer()}/saml/{connection}/metadata", timeout=30).text
    simplesamlphp.register("initech", metadata, **UNSIGNED_REQUESTS)
    complete_instructions(admin)
    enter_provider_metadata(admin, wrong_metadata)
    confirm_attribute_mapping(admin)
    run_test_with_wrong_certificate(admin)
    correct_metadata_and_test_again(admin, simplesamlphp.metadata_url)
    verify_domain(admin)
    activate_connection(admin)
    sign_in_as_member(demo, browsers("member"))
    code = enforce_sso(demo, admin)
    sign_in_with_recovery_code(demo, browsers("recovery"), code)


def invite(demo, operator):
    operator.open(demo.command("operator", "invite", "walk@vestibule.example")["link"])
    operator.click("^sign in$")
    operator.wait_for("organizations")
    operator.fill("^name", "Initech")
    operator.click("^create organization$")
    operator.wait_for("organization created")
    operator.fill("^email", ADMIN[0])
    operator.choose("^role$", "admin", button="^invite member$")
    operator.click("^invite member$")
    operator.wait_for(f"emailed the invitation to {ADMIN[0]}")


def open_console_from_invitation_email(demo, admin):
    admin.open(demo.issuer() + "/outbox")
    admin.check_page("outbox")
    admin.click("/console/sign-in/link/")
    admin.click("^sign in$")
    admin.wait_for("initech")


def choose_product(admin) -> str:
    """Returns the ID of the new connection."""
    admin.click("^single sign-on$")
    admin.click("^use guided setup$")
    admin.wait_for("which identity provider do you use")
    admin.check_page("choose-provider", documented="choose-provider")
    admin.click("another saml 2.0 provider")
    admin.wait_for("step 2 of")
    return re.search(r"con_[a-z0-9]+", admin.driver.current_url).group()


def complete_instructions(admin):
    while "/instructions/" in admin.driver.current_url:
        instruction_url = admin.driver.current_url
        if instruction_url.endswith("/instructions/2"):
            admin.check_page("instruction", documented="instruction")
        admin.click("^mark as done and continue$")
        admin.wait_until(lambda driver: driver.current_url != instruction_url, "the next instruction does not open")
    admin.wait_for("paste your identity provider.s metadata url or xml")


def enter_provider_metadata(admin, metadata: str):
    admin.fill("metadata url, metadata xml", metadata)
    admin.click("^review details$")
    admin.wait_for("details to save")
    admin.check_page("idp-details", documented="idp-details")
    admin.click("save and continue")
    admin.wait_for("attributes and roles")


def confirm_attribute_mapping(admin):
    admin.wait_for("attribute mapping")
    admin.check_page("attributes")
    admin.click("save and continue|^continue$")
    admin.wait_for("sign in once in this browser")


def sign_in_at_identity_provider(browser, user):
    _, name, password = user
    browser.wait_until(lambda driver: driver.find_elements(By.NAME, "password"), "there is no password field")
    browser.driver.find_element(By.NAME, "username").send_keys(name)
    browser.driver.find_element(By.NAME, "password").send_keys(password)
    browser.driver.find_element(By.NAME, "password").submit()


def run_test_with_wrong_certificate(admin):
    admin.click("^test connection$")
    sign_in_at_identity_provider(admin, ADMIN)
    admin.wait_for("this sign-in would have failed")
    admin.check_page("test-failed", documented="test-failed")
    assert "certificate" in admin.text()


def correct_metadata_and_test_again(admin, metadata_url: str):
    admin.click("^provider details")
    enter_provider_metadata(admin, metadata_url)
    confirm_attribute_mapping(admin)
    admin.click("^test connection$|^test again$")
    admin.wait_for("configuration is correct")
    admin.check_page("test-passed", documented="test-passed")


def verify_domain(admin):
    admin.click("^continue$")
    admin.fill("^domain$", "example.org")
    admin.click("^add domain$")
    admin.wait_for("_vestibule-challenge.example.org")
    admin.check_page("domain", documented="domain")
    value = admin.driver.find_element(By.ID, "value-1").text
    admin.click("add the record to the demo dns")
    admin.check_page("dns")
    admin.click("^add record$")
    admin.wait_for("record added")
    admin.wait_for(re.escape(value))
    admin.check_page("published")
    admin.click("back to the domain")
    admin.click("^check record$")
    admin.wait_for(r"\bcorrect\b")
    admin.check_page("domain-verified")


def activate_connection(admin):
    admin.click("^continue$")
    admin.wait_for("who is affected")
    admin.check_page("activate", documented="activate")
    admin.click("^activate connection$", among="button")
    admin.wait_for("connection active")
    admin.click("open sso settings")
    admin.wait_for("require saml sso authentication for all members")
    admin.check_page("panel", documented="panel")


def sign_in_as_member(demo, member):
    member.open(demo.address)
    member.click("sign in with email")
    member.wait_for("e-?mail")
    member.check_page("sign-in", documented="member-sign-in")
    member.fill("e-?mail", MEMBER[0])
    member.click("continue|next|go on|sign in")
    sign_in_at_identity_provider(member, MEMBER)
    member.wait_for("signed in as bob dodgson")
    claims = member.claims()
    assert claims["email"] == MEMBER[0]
    assert claims["organization"]["slug"] == "initech"


def enforce_sso(demo, admin) -> str:
    """Returns a recovery code."""
    admin.click("^enforce sso$")
    admin.wait_for("would be locked out")
    admin.click("generate new codes")
    admin.wait_for("won.t be shown again")
    admin.check_page("recovery-codes")
    code = re.search(r"(?im)^[a-z0-9]{4}(-[a-z0-9]{4}){3}$", admin.text()).group()
    admin.click("i.ve saved my codes")
    admin.wait_for("would be locked out")
    admin.check_page("dry-run", documented="sso-enforcement-dry-run")
    admin.click("^sign in with sso$")
    admin.wait_for("you can now enforce sso")
    admin.click("^enforce sso$", among="button")
    admin.wait_for("sso is now enforced")
    admin.check_page("sso-enforced")
    return code


def sign_in_with_recovery_code(demo, admin, code: str):
    admin.open(demo.issuer() + "/console/sign-in")
    admin.click("use a recovery code")
    admin.wait_for("sign in with a recovery code")
    admin.check_page("recovery")
    admin.fill("email", ADMIN[0])
    admin.fill("recovery code", code)
    admin.click("^sign in$")
    admin.wait_for("initech")
    admin.open(demo.issuer() + "/console/organizations/initech/sso")
    admin.click("turn off sso enforcement")
    admin.wait_for("turn off sso enforcement for")
    admin.check_page("turn-off-sso-enforcement")
    admin.click("^turn off sso enforcement$", among="button")
    admin.wait_for("sso is no longer enforced")
