"""Shared fixtures: one of each identity provider, one application, and the server on each database."""

from __future__ import annotations

import os
import pathlib
import subprocess
import uuid
from urllib.parse import urlsplit

import pytest
import requests

from interop.browser import Browser
from interop.customer import Operator
from interop.lemonldap.provider import LemonLDAP
from interop.library_sign_in import LibrarySignIn
from interop.pysaml2.provider import Pysaml2
from interop.relying_party import RelyingParty
from interop.report import Report
from interop.simplesamlphp.provider import SimpleSAMLphp
from interop.vestibule import Vestibule


def pytest_configure(config):
    config.pluginmanager.register(Report())


def _stop_after_use(service):
    yield service
    service.stop()


@pytest.fixture(scope="session")
def simplesamlphp(tmp_path_factory):
    yield from _stop_after_use(SimpleSAMLphp(tmp_path_factory.mktemp("simplesamlphp")))


@pytest.fixture(scope="session")
def pysaml2(tmp_path_factory):
    yield from _stop_after_use(Pysaml2(tmp_path_factory.mktemp("pysaml2")))


@pytest.fixture(scope="session")
def relying_party():
    yield from _stop_after_use(RelyingParty())


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def vestibule(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("vestibule")
    if request.param == "sqlite":
        database_url = f"sqlite:{folder}/vestibule.sqlite"
    else:
        database_url = new_database(os.environ["VESTIBULE_TEST_POSTGRES"])
    yield from _stop_after_use(Vestibule(request.param, folder, database_url))


def new_database(server_url: str) -> str:
    name = f"interop_{uuid.uuid4().hex}"
    subprocess.run(["psql", "-qX", server_url, "-c", f"CREATE DATABASE {name}"], check=True)
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
def application(vestibule, relying_party):
    """A confidential client of the server, registered in Authlib."""
    name = f"interop-{uuid.uuid4().hex[:8]}"
    application = vestibule.command("application", "create", name, "--redirect-uri", relying_party.redirect_uri(name))
    relying_party.register(name, vestibule.url, application)
    return application | {"sign_in_url": relying_party.sign_in_url(name)}


@pytest.fixture(scope="session")
def operator(vestibule, application, tmp_path_factory):
    return Operator(vestibule, tmp_path_factory.mktemp("operator"), application["sign_in_url"])


@pytest.fixture(scope="session")
def second_application(vestibule, application):
    """With two applications, Vestibule asks a user who comes from neither where to go."""
    return vestibule.command("application", "create", "second", "--redirect-uri", "http://127.0.0.1/callback")


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def slug():
    """A unique organization slug for the test."""
    return f"c{uuid.uuid4().hex[:12]}"


def fetch(url: str) -> str:
    """Fetches a document from this machine."""
    response = requests.get(url, timeout=30)
    assert response.ok, f"{url}: {response.status_code} {response.text}"
    return response.text


@pytest.fixture(scope="session")
def simplesamlphp_metadata(simplesamlphp):
    return fetch(simplesamlphp.metadata_url)


@pytest.fixture(scope="session")
def pysaml2_metadata(pysaml2):
    return fetch(pysaml2.metadata_url)


@pytest.fixture
def library_sign_in(operator, simplesamlphp, simplesamlphp_metadata, browser, slug):
    customer = operator.create_by_api(slug, simplesamlphp_metadata, unverified_email="admit")
    simplesamlphp.register(slug, customer.metadata(), **{"validate.authnrequest": False, "redirect.validate": False})
    domain = f"{slug}.example"
    customer.vestibule.command("organization", "add-domain", slug, domain)
    return LibrarySignIn(customer, domain, simplesamlphp.user, browser)
