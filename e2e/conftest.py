"""Shared fixtures: `vestibule demo` on a free port, and Chromium."""

from __future__ import annotations

import json
import os
import pathlib
import re
import socket
import subprocess
import time

import pytest
import urllib3

from e2e.browser import Browser
from interop.simplesamlphp.provider import SimpleSAMLphp

WORK = pathlib.Path(__file__).parent.parent / ".work"
TIMEOUT_SECONDS = 60.0


class Demo:
    """A running `vestibule demo`, with its output."""

    def __init__(self, folder: pathlib.Path):
        self.log = WORK / "logs" / f"{folder.name}.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._settings = {name: value for name, value in os.environ.items() if not name.startswith("VESTIBULE_")}
        with self.log.open("w") as log:
            self._child = subprocess.Popen(
                [os.environ["VESTIBULE_PROGRAM"], "demo", "--folder", str(folder), "--port", str(free_port())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._settings,
            )
        try:
            self.address = self._printed_address()
        except BaseException:
            self.stop()
            raise

    def _printed_address(self) -> str:
        """The first URL in the output is the one to open."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            if match := re.search(r"http://[^\s'\"]+", self.output()):
                return match.group()
            if self._child.poll() is not None:
                raise RuntimeError(f"the demo ended with status {self._child.returncode}:\n{self.output()}")
            time.sleep(0.05)
        raise RuntimeError(f"the demo printed no URL within {TIMEOUT_SECONDS:.0f} s:\n{self.output()}")

    def console_link(self) -> str:
        """The single-use link to the console in the output."""
        return re.search(r"http://\S+/console/sign-in/link/\S+", self.output()).group()

    def authorization_request(self) -> str:
        """The authorization request of the sample application."""
        response = urllib3.request("GET", f"{self.address}/sign-in", redirect=False, timeout=TIMEOUT_SECONDS)
        return response.headers["location"]

    def issuer(self) -> str:
        return self.authorization_request().partition("/authorize")[0]

    def command(self, *arguments: str) -> dict:
        """Runs a CLI command on the demo's database, and returns the JSON that it prints."""
        settings = {
            "VESTIBULE_PUBLIC_URL": self.issuer(),
            "VESTIBULE_DATABASE_URL": f"sqlite:{self._folder}/vestibule.sqlite",
        }
        completed = subprocess.run(
            [os.environ["VESTIBULE_PROGRAM"], *arguments, "--json"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=self._folder,
            env=self._settings | settings,
        )
        assert completed.returncode == 0, completed.stderr
        return json.loads(completed.stdout)

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def stop(self) -> int:
        """Stops the demo with SIGTERM, and returns its exit status."""
        self._child.terminate()
        try:
            return self._child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._child.kill()
            return self._child.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_demo(folder: pathlib.Path):
    """Runs a demo for the lifetime of a fixture."""
    demo = Demo(folder)
    yield demo
    assert demo.stop() == 0, demo.output()


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    yield from run_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def browsers(tmp_path, request):
    """Opens a new browser, with its own profile, for each user."""
    opened = []

    def browser(user: str) -> Browser:
        opened.append(Browser(tmp_path / user, WORK / "screenshots", f"{request.node.name}-{user}"))
        return opened[-1]

    yield browser
    for browser in opened:
        browser.close()


@pytest.fixture
def browser(tmp_path, request):
    """A new browser with its own profile."""
    browser = Browser(tmp_path / "profile", WORK / "screenshots", request.node.name)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def simplesamlphp(tmp_path_factory):
    """An independent identity provider.

    It runs on the demo's host name: without https, browsers send no cookies with a form from another site.
    """
    provider = SimpleSAMLphp(tmp_path_factory.mktemp("simplesamlphp"), "localhost")
    yield provider
    provider.stop()
