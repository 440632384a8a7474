"""An administrator without prior knowledge connects an identity provider."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def operator_link(demo) -> str:
    return demo.command("operator", "invite", "setup@vestibule.example")["link"]


def practice_identity_provider(demo) -> str:
    return re.search(r"(http://\S+) +practice identity provider", demo.output()).group(1)


def instruction_value(browser) -> str:
    """The value that the instruction asks the administrator to copy."""
    return browser.driver.find_element("id", "sp-value").text


def manual_values(browser) -> dict[str, str]:
    """The values for identity providers that import no metadata, which the page hides until they are opened."""
    values = {}
    for heading in browser.driver.find_elements("css selector", "details.manual h3"):
        value = "following-sibling::div[contains(@class, 'sp-value')][1]//code"
        for code in heading.find_elements("xpath", value):
            values[heading.get_attribute("textContent")] = code.get_attribute("textContent")
    return values


def definition(browser, term: str) -> str:
    """The value that the practice identity provider shows for a term."""
    terms = browser.driver.find_elements("css selector", "dt")
    element = next(element for element in terms if element.text == term)
    return element.find_element("xpath", "following-sibling::dd[1]").text


def complete_instructions(browser) -> dict[str, str]:
    """Completes all instructions, and returns the values that they ask the administrator to copy."""
    values = {}
    while "/instructions/" in browser.driver.current_url:
        instruction_url = browser.driver.current_url
        title = browser.driver.find_element("id", "instruction-title").text
        if browser.driver.find_elements("id", "sp-value"):
            values[title] = instruction_value(browser)
        values |= manual_values(browser)
        browser.click("^mark as done and continue$")
        browser._wait(lambda driver: driver.current_url != instruction_url, "the next instruction does not open")
    return values


def fits_width(browser, width: int) -> bool:
    browser.driver.set_window_size(width, 900)
    return browser.driver.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def check_page_at_all_sizes(browser, title: str):
    """Checks the page on a phone and on a large screen: nothing is wider than the window."""
    for width in (360, 1600):
        assert fits_width(browser, width), f"{title} is wider than {width} pixels"
        browser.check_page(f"{title}-{width}")
    browser.driver.set_window_size(1200, 900)


def test_an_identity_provider_is_connected_with_manual_entry(demo, browser, operator_link):
    console = demo.issuer() + "/console/organizations/globex"
    provider = practice_identity_provider(demo)
    browser.open(operator_link)
    browser.click("^sign in$")
    browser.wait_for("globex")
    browser.open(console + "/sso")
    browser.click("^use guided setup$")
    browser.wait_for("which identity provider do you use")
    check_page_at_all_sizes(browser, "choose-provider")
    browser.click("another saml")
    browser.wait_for("instruction 1 of 3")
    check_page_at_all_sizes(browser, "instruction")
    values = complete_instructions(browser)

    browser.open(provider + "/applications")
    browser.fill("^name", "Example")
    browser.fill("entity id", values["Enter the entity ID"])
    browser.fill("assertion consumer", values["Enter the ACS URL"])
    browser.click("^add application$")
    browser.wait_for("sign in to example")
    sign_on_url = definition(browser, "Sign on URL")
    issuer = definition(browser, "Issuer (entity ID)")
    certificate = definition(browser, "Public certificate")

    browser.open(console + "/sso")
    browser.click("^use guided setup$")
    browser.wait_for("we.ll fill in the rest")
    check_page_at_all_sizes(browser, "idp-metadata")
    browser.click("^enter the values manually$")
    browser.fill("^single sign-on url$", sign_on_url)
    browser.fill("^idp entity id$", issuer)
    browser.click("^review details$")
    browser.wait_for("this field is required")
    check_page_at_all_sizes(browser, "idp-metadata-error")
    browser.fill("^x.509 certificate$", certificate)
    browser.click("^review details$")
    browser.wait_for("details to save")
    browser.wait_for("expires in")
    check_page_at_all_sizes(browser, "idp-details")
    browser.click("^save and continue$")
    browser.wait_for("attribute mapping")
    check_page_at_all_sizes(browser, "attributes")
    browser.click("^save and continue$")
    browser.click("^test connection$")
    browser.wait_for("choose an account")
    browser.click("katherine")
    browser.wait_for("katherine@globex.example")
    check_page_at_all_sizes(browser, "tested")
    browser.click("attributes and roles")
    browser.wait_for("received in the last test")
    check_page_at_all_sizes(browser, "attributes-received")

    browser.click("^domain( |$)")
    browser.fill("^domain$", "globex.example")
    browser.click("^add domain$")
    browser.wait_for("_vestibule-challenge.globex.example")
    check_page_at_all_sizes(browser, "domain")
    browser.click("^activation$")
    browser.wait_for("who is affected")
    check_page_at_all_sizes(browser, "activate")
    browser.driver.find_element("css selector", "main form button").click()
    browser.wait_for("connection active")
    check_page_at_all_sizes(browser, "active")

    browser.click("^open application")
    browser.wait_until(lambda driver: len(driver.window_handles) == 2, "no other tab is opened")
    browser.wait_for("connection active")
    browser.driver.switch_to.window(browser.driver.window_handles[1])
    browser.wait_for("sample application")
    browser.driver.close()
    browser.driver.switch_to.window(browser.driver.window_handles[0])


def test_an_identity_provider_is_connected_with_metadata_urls(demo, browser):
    """The short way of the tutorial in the documentation: each side is configured with the metadata URL of the other."""
    link = demo.command("operator", "invite", "short@vestibule.example")["link"]
    provider = practice_identity_provider(demo)
    browser.open(link + "?next=/console/organizations/globex/sso/setup")
    browser.click("^sign in$")
    browser.click("another saml")
    browser.wait_for("instruction 1 of 3")
    metadata_url = instruction_value(browser)
    instruction_url = browser.driver.current_url

    browser.open(provider)
    browser.click("^add application$")
    browser.fill("^name", "Short way")
    browser.fill("metadata url", metadata_url)
    browser.click("^add application$")
    browser.wait_for("has been added")
    provider_metadata_url = browser.driver.find_element("id", "added-metadata-url").text

    browser.open(instruction_url)
    browser.click("^provider details")
    browser.fill("metadata", provider_metadata_url)
    browser.click("^review details$")
    browser.wait_for("details to save")
    browser.click("^save and continue$")
    browser.wait_for("the defaults work for most setups")
    browser.click("^save and continue$")
    browser.click("^test connection$")
    browser.click("katherine")
    browser.wait_for("the response is valid")
    browser.click("^continue$")
    browser.click("^activation$")
    browser.wait_for("who is affected")
    browser.driver.find_element("css selector", "main form button").click()
    browser.wait_for("connection active")


def test_a_setup_link_opens_the_setup_without_an_account(demo, browser):
    browser.open(demo.command("operator", "invite", "links@vestibule.example")["link"])
    browser.click("^sign in$")
    browser.wait_for("globex")
    browser.open(demo.issuer() + "/console/organizations/globex/sso/setup")
    browser.click("^create setup link$")
    browser.wait_for("valid for")
    browser.click("^create setup link$")
    browser.wait_for("won.t be shown again")
    check_page_at_all_sizes(browser, "links")
    link = browser.driver.find_element("id", "link").text
    browser.driver.delete_all_cookies()
    browser.open(link)
    browser.wait_for("about 10 minutes")
    check_page_at_all_sizes(browser, "setup-link")
    browser.click("^get started$")
    browser.wait_for("which identity provider do you use")
    browser.click("keycloak")
    browser.wait_for("instruction 1 of 5")
    browser.choose("language", "Deutsch")
    browser.wait_for("Anweisung 1 von 5")
    check_page_at_all_sizes(browser, "german")
    browser.open(demo.issuer() + "/console/organizations")
    browser.wait_for("einmal|anmelden")
    browser.open(demo.issuer() + "/setup/vsl_nothing")
    browser.wait_for("nicht mehr gültig")
    browser.check_page("setup-link-expired")
