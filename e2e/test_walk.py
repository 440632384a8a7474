"""An administrator connects SimpleSAMLphp alone, repairs a mistake, and requires single sign-on of everybody."""

from __future__ import annotations

import re

import pytest
import requests
from selenium.webdriver.common.by import By

from interop.keys import write_key_pair

ADMIN = ("alice@example.org", "alice", "alicepass")
MEMBER = ("bob@example.org", "bob", "bobpass")
# SimpleSAMLphp is told nothing of our signatures: the guide of no product asks for signed requests.
TREATMENT = {"validate.authnrequest": False, "redirect.validate": False}


@pytest.fixture
def wrong_metadata(simplesamlphp, tmp_path) -> str:
    """The provider's metadata with the certificate of somebody else."""
    _, certificate = write_key_pair(tmp_path, "somebody-else")
    base64 = "".join(certificate.read_text().splitlines()[1:-1])
    metadata = requests.get(simplesamlphp.metadata_url, timeout=30).text
    element = r"(<ds:X509Certificate>)[^<]*(</ds:X509Certificate>)"
    return re.sub(element, rf"\g<1>{base64}\g<2>", metadata)


def test_an_administrator_connects_simplesamlphp_alone(demo, simplesamlphp, wrong_metadata, browsers):
    invite(demo, browsers("operator"))
    admin = browsers("admin")
    come_in_by_the_mail(demo, admin)
    connection = choose_the_product(admin)
    metadata = requests.get(f"{demo.issuer()}/saml/{connection}/metadata", timeout=30).text
    simplesamlphp.register("initech", metadata, **TREATMENT)
    follow_the_cards(admin)
    give_the_other_side(admin, wrong_metadata)
    keep_the_attributes(admin)
    try_the_wrong_certificate(admin)
    repair_and_test_again(admin, simplesamlphp.metadata_url)
    prove_the_domain(admin)
    activate(admin)
    a_member_signs_in(demo, browsers("member"))
    code = require_it_for_all(demo, admin)
    come_back_by_a_recovery_code(demo, browsers("recovery"), code)


def invite(demo, operator):
    operator.open(demo.command("operator", "invite", "walk@vestibule.example")["link"])
    operator.press("^sign in$")
    operator.wait_for("organizations")
    operator.fill("^name", "Initech")
    operator.press("^create organization$")
    operator.wait_for("organization created")
    operator.fill("^email", ADMIN[0])
    operator.choose("^role$", "admin")
    operator.press("^invite member$")
    operator.wait_for(f"{ADMIN[0]} has been invited")


def come_in_by_the_mail(demo, admin):
    admin.open(demo.issuer() + "/outbox")
    admin.look("outbox")
    admin.press("/console/link/")
    admin.press("^sign in$")
    admin.wait_for("initech")


def choose_the_product(admin) -> str:
    """Returns the connection that is being set up."""
    admin.press("^single sign-on$")
    admin.press("^use guided setup$")
    admin.wait_for("which identity provider do you use")
    admin.look("products", documented="choose-product")
    admin.press("another saml 2.0 provider")
    admin.wait_for("step 2 of")
    return re.search(r"con_[a-z0-9]+", admin.driver.current_url).group()


def follow_the_cards(admin):
    while "/cards/" in admin.driver.current_url:
        here = admin.driver.current_url
        if here.endswith("/cards/2"):
            admin.look("card", documented="guide-card")
        admin.press("^mark as done and continue$")
        admin.wait_until(lambda driver: driver.current_url != here, "the next card does not come")
    admin.wait_for("paste your identity provider.s metadata url or xml")


def give_the_other_side(admin, given: str):
    admin.fill("metadata url, metadata xml", given)
    admin.press("^review details$")
    admin.wait_for("details to save")
    admin.look("understood", documented="understood")
    admin.press("save and continue")
    admin.wait_for("attributes and roles")


def keep_the_attributes(admin):
    admin.wait_for("attribute mapping")
    admin.look("attributes")
    admin.press("save and continue|^continue$")
    admin.wait_for("sign in once in this browser")


def sign_in_at_the_provider(browser, person):
    _, name, password = person
    browser.wait_until(lambda driver: driver.find_elements(By.NAME, "password"), "no password is asked for")
    browser.driver.find_element(By.NAME, "username").send_keys(name)
    browser.driver.find_element(By.NAME, "password").send_keys(password)
    browser.driver.find_element(By.NAME, "password").submit()


def try_the_wrong_certificate(admin):
    admin.press("^test connection$")
    sign_in_at_the_provider(admin, ADMIN)
    admin.wait_for("this sign-in would have failed")
    admin.look("test-failed", documented="test-failed")
    assert "certificate" in admin.text()


def repair_and_test_again(admin, metadata_url: str):
    admin.press("^provider details")
    give_the_other_side(admin, metadata_url)
    keep_the_attributes(admin)
    admin.press("^test connection$|^test again$")
    admin.wait_for("configuration is correct")
    admin.look("test-passed", documented="test-passed")


def prove_the_domain(admin):
    admin.press("^continue$")
    admin.fill("^domain$", "example.org")
    admin.press("^add domain$")
    admin.wait_for("_vestibule-challenge.example.org")
    admin.look("domain", documented="domain")
    value = admin.driver.find_element(By.ID, "value-1").text
    admin.press("add the record to the demo dns")
    admin.look("dns")
    admin.press("^add record$")
    admin.wait_for("record added")
    admin.wait_for(re.escape(value))
    admin.look("published")
    admin.press("back to the domain")
    admin.press("^check record$")
    admin.wait_for(r"\bcorrect\b")
    admin.look("proved")


def activate(admin):
    admin.press("^continue$")
    admin.wait_for("who is affected")
    admin.look("activate", documented="activate")
    admin.press("^activate connection$", among="button")
    admin.wait_for("connection active")
    admin.press("open sso settings")
    admin.wait_for("require saml sso authentication for all members")
    admin.look("panel", documented="panel")


def a_member_signs_in(demo, member):
    member.open(demo.address)
    member.press("sign in with email")
    member.wait_for("e-?mail")
    member.look("sign-in", documented="member-sign-in")
    member.fill("e-?mail", MEMBER[0])
    member.press("continue|next|go on|sign in")
    sign_in_at_the_provider(member, MEMBER)
    member.wait_for("signed in as bob dodgson")
    claims = member.claims()
    assert claims["email"] == MEMBER[0]
    assert claims["organization"]["slug"] == "initech"


def require_it_for_all(demo, admin) -> str:
    """Returns a recovery code."""
    admin.press("^enforce sso$")
    admin.wait_for("would be locked out")
    admin.press("generate new codes")
    admin.wait_for("won.t be shown again")
    admin.look("recovery-codes")
    code = re.search(r"(?im)^[a-z0-9]{4}(-[a-z0-9]{4}){3}$", admin.text()).group()
    admin.press("i.ve saved my codes")
    admin.wait_for("would be locked out")
    admin.look("dry-run", documented="require-dry-run")
    admin.press("^sign in with sso$")
    admin.wait_for("you can now enforce sso")
    admin.press("^enforce sso$", among="button")
    admin.wait_for("sso is now enforced")
    admin.look("required")
    return code


def come_back_by_a_recovery_code(demo, admin, code: str):
    admin.open(demo.issuer() + "/console/sign-in")
    admin.press("use a recovery code")
    admin.wait_for("sign in with a recovery code")
    admin.look("recovery")
    admin.fill("email", ADMIN[0])
    admin.fill("recovery code", code)
    admin.press("^sign in$")
    admin.wait_for("initech")
    admin.open(demo.issuer() + "/console/organizations/initech/sso")
    admin.press("turn off sso enforcement")
    admin.wait_for("sso is no longer enforced")
