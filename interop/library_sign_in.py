"""The sign-in of a member to an application that uses one of the client libraries, with the library's defaults."""

from __future__ import annotations

import dataclasses

from interop.browser import Browser, Page
from interop.customer import Customer
from interop.process import free_port


@dataclasses.dataclass
class LibrarySignIn:
    """A customer with a verified domain, so that no library has to send a parameter of its own."""

    customer: Customer
    domain: str
    user: tuple[str, str]
    browser: Browser
    port: int = dataclasses.field(default_factory=free_port)

    @property
    def issuer(self) -> str:
        return self.customer.vestibule.url

    @property
    def url(self) -> str:
        """Where the application runs."""
        return f"http://127.0.0.1:{self.port}"

    def register(self, path: str, **settings) -> dict:
        """Registers the application with the defaults of Vestibule, except for `settings`."""
        body = {"name": self.domain, "redirect_uris": [self.url + path]} | settings
        return self.customer.vestibule.api("POST", "/applications", body)

    def environment(self, application: dict) -> dict:
        """What the program of a client reads."""
        return {
            "PORT": str(self.port),
            "ISSUER": self.issuer,
            "CLIENT_ID": application["id"],
            "CLIENT_SECRET": application.get("client_secret", ""),
        }

    def sign_in(self, page: Page) -> Page:
        """Signs in, starting at the page where Vestibule asks for the email address."""
        form = page.form_with("email")
        assert form, f"{page.url}: {page.status}\n{page.text[:3000]}"
        page = self.browser.submit(form.with_field("email", f"alice@{self.domain}"))
        return self.browser.post_response(self.browser.sign_in_at(page, *self.user))
