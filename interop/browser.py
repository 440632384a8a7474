"""A browser without a user interface: follows redirects, fills in forms, keeps cookies."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import lxml.html
import requests
from requests.adapters import HTTPAdapter

MAX_STEPS = 25


class OutsideLoopback(Exception):
    """A page or a redirect leads to another machine."""


class _LoopbackOnly(HTTPAdapter):
    """Blocks requests to all hosts but loopback."""

    def send(self, request, **kwargs):
        if urlsplit(request.url).hostname not in ("127.0.0.1", "localhost"):
            raise OutsideLoopback(request.url)
        return super().send(request, **kwargs)


class Page:
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
    """A form of a page, with its initial values."""

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
        """Changes one value, and returns the form."""
        self.fields[name] = value
        return self


def _first(inputs, input_type: str) -> str | None:
    return next((field.get("name") for field in inputs if field.get("type", "text") == input_type), None)


class Browser:
    """The browser of one user."""

    def __init__(self):
        self.session = requests.Session()
        self.session.trust_env = False
        self._stop_prefix = None
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, _LoopbackOnly())

    def open(self, url: str) -> Page:
        return self._request("GET", url)

    def submit(self, form: Form) -> Page:
        if form.method == "GET":
            return self._request("GET", form.action, params=form.fields)
        return self._request("POST", form.action, data=form.fields)

    def stop_before(self, url: str):
        """Does not follow redirects to URLs with this prefix; the page then has only the URL."""
        self._stop_prefix = url

    def _request(self, method: str, url: str, **content) -> Page:
        response = self.session.request(method, url, allow_redirects=False, timeout=30, **content)
        for _ in range(MAX_STEPS):
            if response.next is None:
                return Page(response, response.url)
            if self._stop_prefix and response.next.url.startswith(self._stop_prefix):
                return Page(response, response.next.url)
            response = self.session.send(response.next, allow_redirects=False, timeout=30)
        raise AssertionError(f"more than {MAX_STEPS} redirects, the last to {response.url}")

    def sign_in_at(self, page: Page, name: str, password: str) -> Page:
        """Signs in at the identity provider, starting at `page`; returns the page with the form that holds the response."""
        for _ in range(MAX_STEPS):
            if page.form_with("SAMLResponse"):
                return page
            if form := page.form_with_password():
                form.with_field(form.name_field, name).with_field(form.password_field, password)
                page = self.submit(form)
            elif form := page.form_with("SAMLRequest") or page.form_with("confirm"):
                page = self.submit(form)
            else:
                raise AssertionError(f"no known form at {page.url} ({page.status}):\n{page.text[:3000]}")
        raise AssertionError(f"still no response after {MAX_STEPS} pages, at {page.url}")

    def post_response(self, page: Page) -> Page:
        """Submits the form with the identity provider's response."""
        return self.submit(page.form_with("SAMLResponse"))
