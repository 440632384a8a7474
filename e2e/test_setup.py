"""Somebody who has never heard of us connects an identity provider."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def operator_link(demo) -> str:
    return demo.command("operator", "invite", "setup@vestibule.example")["link"]


def practice_identity_provider(demo) -> str:
    return re.search(r"(http://\S+) +practice identity provider", demo.output()).group(1)


def value(browser) -> str:
    """The value of ours that the card asks to be copied."""
    return browser.driver.find_element("id", "card-value").text


def told(browser, term: str) -> str:
    """What the practice identity provider shows beside a term."""
    terms = browser.driver.find_elements("css selector", "dt")
    shown = next(one for one in terms if one.text == term)
    return shown.find_element("xpath", "following-sibling::dd[1]").text


def walk_the_cards(browser) -> dict[str, str]:
    """Goes through all cards, and keeps what they ask to be copied."""
    values = {}
    while "/cards/" in browser.driver.current_url:
        before = browser.driver.current_url
        title = browser.driver.find_element("id", "card-title").text
        if browser.driver.find_elements("id", "card-value"):
            values[title] = value(browser)
        browser.press("^mark as done and continue$")
        browser._wait(lambda driver: driver.current_url != before, "the card stays")
    return values


def fits(browser, width: int) -> bool:
    browser.driver.set_window_size(width, 900)
    return browser.driver.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def look_at_all_sizes(browser, title: str):
    """Nothing is wider than the window, and axe-core finds nothing, on a telephone and on a large screen."""
    for width in (360, 1600):
        assert fits(browser, width), f"{title} is wider than {width} pixels"
        browser.look(f"{title}-{width}")
    browser.driver.set_window_size(1200, 900)


def test_an_identity_provider_is_connected_by_hand(demo, browser, operator_link):
    console, provider = demo.issuer() + "/console/organizations/globex", practice_identity_provider(demo)
    browser.open(operator_link)
    browser.press("^sign in$")
    browser.wait_for("globex")
    browser.open(console + "/sso")
    browser.press("^use guided setup$")
    browser.wait_for("which identity provider do you use")
    look_at_all_sizes(browser, "products")
    browser.press("another saml")
    browser.wait_for("instruction 1 of 5")
    look_at_all_sizes(browser, "card")
    values = walk_the_cards(browser)

    browser.open(provider + "/applications")
    browser.fill("^name", "Example")
    browser.fill("entity id", values["Enter the entity ID"])
    browser.fill("assertion consumer", values["Enter the ACS URL"])
    browser.press("^add application$")
    browser.wait_for("sign in to example")
    sign_on_url, issuer = told(browser, "Sign on URL"), told(browser, "Issuer (entity ID)")
    certificate = told(browser, "Public certificate")

    browser.open(console + "/sso")
    browser.press("^use guided setup$")
    browser.wait_for("we.ll fill in the rest")
    look_at_all_sizes(browser, "box")
    browser.press("^enter the values manually$")
    browser.fill("^single sign-on url$", sign_on_url)
    browser.fill("^idp entity id$", issuer)
    browser.press("^review details$")
    browser.wait_for("this field is required")
    look_at_all_sizes(browser, "fault")
    browser.fill("^x.509 certificate$", certificate)
    browser.press("^review details$")
    browser.wait_for("details to save")
    browser.wait_for("expires in")
    look_at_all_sizes(browser, "understood")
    browser.press("^save and continue$")
    browser.wait_for("attribute mapping")
    look_at_all_sizes(browser, "attributes")
    browser.press("^save and continue$")
    browser.press("^test connection$")
    browser.wait_for("choose an account")
    browser.press("katherine")
    browser.wait_for("katherine@globex.example")
    look_at_all_sizes(browser, "tested")
    browser.press("attributes and roles")
    browser.wait_for("received in the last test")
    look_at_all_sizes(browser, "came")

    browser.press("^domain( |$)")
    browser.fill("^domain$", "globex.example")
    browser.press("^add domain$")
    browser.wait_for("_vestibule-challenge.globex.example")
    look_at_all_sizes(browser, "domain")
    browser.press("^activation$")
    browser.wait_for("who is affected")
    look_at_all_sizes(browser, "activate")
    browser.driver.find_element("css selector", "main form button").click()
    browser.wait_for("connection active")
    look_at_all_sizes(browser, "active")

    browser.press("^open application")
    browser.wait_until(lambda driver: len(driver.window_handles) == 2, "no other tab is opened")
    browser.wait_for("connection active")
    browser.driver.switch_to.window(browser.driver.window_handles[1])
    browser.wait_for("sample application")
    browser.driver.close()
    browser.driver.switch_to.window(browser.driver.window_handles[0])


def test_the_short_way_of_the_readme(demo, browser):
    """By the addresses of metadata alone: ours is given there, theirs here."""
    link = demo.command("operator", "invite", "short@vestibule.example")["link"]
    provider = practice_identity_provider(demo)
    browser.open(link + "?next=/console/organizations/globex/sso/setup")
    browser.press("^sign in$")
    browser.press("another saml")
    browser.wait_for("instruction 1 of 5")
    metadata = value(browser)
    card = browser.driver.current_url

    browser.open(provider)
    browser.press("^add application$")
    browser.fill("^name", "Short way")
    browser.fill("metadata url", metadata)
    browser.press("^add application$")
    browser.wait_for("has been added")
    theirs = browser.driver.find_element("id", "added-metadata-url").text

    browser.open(card)
    browser.press("^provider details")
    browser.fill("metadata", theirs)
    browser.press("^review details$")
    browser.wait_for("details to save")
    browser.press("^save and continue$")
    browser.wait_for("the defaults work for most setups")
    browser.press("^save and continue$")
    browser.press("^test connection$")
    browser.press("katherine")
    browser.wait_for("the response is valid")
    browser.press("^continue$")
    browser.press("^activation$")
    browser.wait_for("who is affected")
    browser.driver.find_element("css selector", "main form button").click()
    browser.wait_for("connection active")


def test_a_link_is_opened_by_whoever_looks_after_it(demo, browser):
    browser.open(demo.command("operator", "invite", "links@vestibule.example")["link"])
    browser.press("^sign in$")
    browser.wait_for("globex")
    browser.open(demo.issuer() + "/console/organizations/globex/sso/setup")
    browser.press("^create setup link$")
    browser.wait_for("valid for")
    browser.press("^create setup link$")
    browser.wait_for("won.t be shown again")
    look_at_all_sizes(browser, "links")
    link = browser.driver.find_element("id", "link").text
    browser.driver.delete_all_cookies()
    browser.open(link)
    browser.wait_for("about 10 minutes")
    look_at_all_sizes(browser, "door")
    browser.press("^get started$")
    browser.wait_for("which identity provider do you use")
    browser.press("keycloak")
    browser.wait_for("instruction 1 of 8")
    browser.choose("language", "Deutsch")
    browser.wait_for("Anweisung 1 von 8")
    look_at_all_sizes(browser, "german")
    browser.open(demo.issuer() + "/console/organizations")
    browser.wait_for("einmal|anmelden")
    browser.open(demo.issuer() + "/setup/vsl_nothing")
    browser.wait_for("nicht mehr gültig")
    browser.look("over")
