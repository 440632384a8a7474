"""A person with a browser, without the browser: follows redirects, fills in forms, keeps cookies."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import lxml.html
import requests
from requests.adapters import HTTPAdapter

MOST_STEPS = 25


class OutsideLoopback(Exception):
    """A page led away from this machine."""


class _LoopbackOnly(HTTPAdapter):
    """Refuses to send anything anywhere else, whatever a page or a redirect says."""

    def send(self, request, **kwargs):
        if urlsplit(request.url).hostname not in ("127.0.0.1", "localhost"):
            raise OutsideLoopback(request.url)
        return super().send(request, **kwargs)


class Page:
    """What the browser shows."""

    def __init__(self, response: requests.Response, url: str):
        self.url = url
        self.status = response.status_code
        self.headers = response.headers
        self.text = response.text
        self._response = response

    def json(self):
        return self._response.json()

    def form_with(self, field: str) -> Form | None:
        """The first form that has this field."""
        return next((form for form in self._forms() if field in form.fields), None)

    def form_with_password(self) -> Form | None:
        return next((form for form in self._forms() if form.password_field), None)

    def _forms(self):
        if "html" not in self.headers.get("content-type", "") or not self.text.strip():
            return
        for form in lxml.html.fromstring(self._response.content).forms:
            yield Form(self.url, form)


class Form:
    """A form of a page, with the values that it came with."""

    def __init__(self, page_url: str, element):
        self.action = urljoin(page_url, element.get("action") or "")
        self.method = element.method.upper()
        self.fields = {name: value for name, value in element.form_values() if name}
        inputs = [field for field in element.inputs if field.get("name")]
        self.password_field = _first(inputs, "password")
        self.name_field = _first(inputs, "text") or _first(inputs, "email")
        for field in inputs:
            self.fields.setdefault(field.get("name"), field.get("value") or "")

    def with_field(self, name: str, value: str) -> Form:
        """The same form with one value changed."""
        self.fields[name] = value
        return self


def _first(inputs, kind: str) -> str | None:
    return next((field.get("name") for field in inputs if field.get("type", "text") == kind), None)


class Browser:
    """Goes from page to page as one person would, with that person's cookies."""

    def __init__(self):
        self.session = requests.Session()
        self.session.trust_env = False
        self._closed = None
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, _LoopbackOnly())

    def open(self, url: str) -> Page:
        return self._go("GET", url)

    def submit(self, form: Form) -> Page:
        if form.method == "GET":
            return self._go("GET", form.action, params=form.fields)
        return self._go("POST", form.action, data=form.fields)

    def stop_before(self, url: str):
        """From now on redirects to this site are not followed: the page has their address, and nothing on it."""
        self._closed = url

    def _go(self, method: str, url: str, **content) -> Page:
        response = self.session.request(method, url, allow_redirects=False, timeout=30, **content)
        for _ in range(MOST_STEPS):
            if response.next is None:
                return Page(response, response.url)
            if self._closed and response.next.url.startswith(self._closed):
                return Page(response, response.next.url)
            response = self.session.send(response.next, allow_redirects=False, timeout=30)
        raise AssertionError(f"more than {MOST_STEPS} redirects, the last to {response.url}")

    def sign_in_at(self, page: Page, name: str, password: str) -> Page:
        """Goes on from `page` until the identity provider hands over a form with its response."""
        for _ in range(MOST_STEPS):
            if page.form_with("SAMLResponse"):
                return page
            if form := page.form_with_password():
                form.with_field(form.name_field, name).with_field(form.password_field, password)
                page = self.submit(form)
            elif form := page.form_with("SAMLRequest") or page.form_with("confirm"):
                page = self.submit(form)
            else:
                raise AssertionError(f"no way on from {page.url} ({page.status}):\n{page.text[:3000]}")
        raise AssertionError(f"still no response after {MOST_STEPS} pages, at {page.url}")

    def deliver(self, page: Page) -> Page:
        """Posts the identity provider's response, as the button or the script on its page would."""
        return self.submit(page.form_with("SAMLResponse"))
