"""A customer of the application: an organization, its connection, and the sign-in of its members."""

from __future__ import annotations

import dataclasses
import pathlib
from urllib.parse import urlencode

from interop.browser import Browser, Page
from interop.vestibule import Vestibule


@dataclasses.dataclass
class Customer:
    """An organization with one connection, and the application that its members sign in to."""

    vestibule: Vestibule
    organization: dict
    connection: dict
    sign_in_url: str

    def start_sign_in(self, browser: Browser, **parameters: str) -> Page:
        """Starts at the application, which redirects the browser to the identity provider."""
        parameters = parameters or {"organization": self.organization["slug"]}
        return browser.open(f"{self.sign_in_url}?{urlencode(parameters)}")

    def fetch_response(self, browser: Browser, user: tuple[str, str], **parameters: str) -> Page:
        """Signs in at the identity provider, and returns the page with the form that is not submitted yet."""
        return browser.sign_in_at(self.start_sign_in(browser, **parameters), *user)

    def sign_in(self, browser: Browser, user: tuple[str, str], **parameters: str) -> Page:
        """Signs in from the application through the identity provider and back."""
        return browser.post_response(self.fetch_response(browser, user, **parameters))

    def metadata(self) -> str:
        return self.vestibule.metadata(self.connection["id"])


class Operator:
    """Creates customers, with the API or with the CLI."""

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
        """`options` describe the identity provider and the settings of the connection."""
        run = self.vestibule.command
        organization = run("organization", "create", f"Customer {slug}", "--slug", slug, "--plan", "enterprise")
        connection = run("connection", "create", slug, slug, "--entity-id", self.entity_id(slug), *options)
        connection = run("connection", "activate", connection["id"])
        return Customer(self.vestibule, organization, connection, self.sign_in_url)

    def entity_id(self, slug: str) -> str:
        """Unique for each connection, so that an identity provider can use different settings for each."""
        return f"{self.vestibule.url}/saml/{slug}"

    def file(self, name: str, text: str) -> pathlib.Path:
        path = self.folder / name
        path.write_text(text)
        return path
