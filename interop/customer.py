"""A customer of the application: an organization, its connection, and the way its people sign in."""

from __future__ import annotations

import dataclasses
import pathlib
from urllib.parse import urlencode

from interop.browser import Browser, Page
from interop.vestibule import Vestibule


@dataclasses.dataclass
class Customer:
    """An organization with one connection, seen from the application that its people sign in to."""

    vestibule: Vestibule
    organization: dict
    connection: dict
    sign_in_url: str

    def ask(self, browser: Browser, **asked: str) -> Page:
        """Starts at the application, which sends the browser on to the identity provider."""
        asked = asked or {"organization": self.organization["slug"]}
        return browser.open(f"{self.sign_in_url}?{urlencode(asked)}")

    def answer(self, browser: Browser, person: tuple[str, str], **asked: str) -> Page:
        """Goes as far as the identity provider's form with the response, which is not posted yet."""
        return browser.sign_in_at(self.ask(browser, **asked), *person)

    def sign_in(self, browser: Browser, person: tuple[str, str], **asked: str) -> Page:
        """The whole way: application, identity provider, and back to the application."""
        return browser.deliver(self.answer(browser, person, **asked))

    def metadata(self) -> str:
        return self.vestibule.metadata(self.connection["id"])


class Operator:
    """Sets customers up, half of them by the API and half by the command line."""

    def __init__(self, vestibule: Vestibule, folder: pathlib.Path, sign_in_url: str):
        self.vestibule = vestibule
        self.folder = folder
        self.sign_in_url = sign_in_url

    def create_by_api(self, slug: str, metadata: str, **settings) -> Customer:
        organization = self.vestibule.api(
            "POST", "/organizations", {"name": f"Customer {slug}", "slug": slug, "plan": "enterprise"}
        )
        body = {"name": slug, "metadata_xml": metadata, "entity_id": self.entity_id(slug)} | settings
        connection = self.vestibule.api("POST", f"/organizations/{slug}/connections", body)
        connection = self.vestibule.api("POST", f"/organizations/{slug}/connections/{connection['id']}/activate")
        return Customer(self.vestibule, organization, connection, self.sign_in_url)

    def create_by_cli(self, slug: str, *options: str) -> Customer:
        """`options` say what the identity provider is, and how to treat it."""
        run = self.vestibule.command
        organization = run("organization", "create", f"Customer {slug}", "--slug", slug, "--plan", "enterprise")
        connection = run("connection", "create", slug, slug, "--entity-id", self.entity_id(slug), *options)
        connection = run("connection", "activate", connection["id"])
        return Customer(self.vestibule, organization, connection, self.sign_in_url)

    def entity_id(self, slug: str) -> str:
        """Each connection has its own, so that one identity provider can treat each in another way."""
        return f"{self.vestibule.url}/saml/{slug}"

    def file(self, name: str, text: str) -> pathlib.Path:
        path = self.folder / name
        path.write_text(text)
        return path
