"""Chromium, in the words of a person who uses it."""

from __future__ import annotations

import base64
import importlib.util
import json
import pathlib
import re

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

PATIENCE = 20
# What chromedriver says of an element whose page goes away in that very moment; it has no class of exceptions for it.
GONE = "does not belong to the document"
# Without these, Chromium calls its maker at each start.
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,900",
]


def _axe() -> str:
    """The source of axe-core, which a Python package carries."""
    package = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent
    return (package / "axe.min.js").read_text()


AXE = _axe()


class Browser:
    """One window with a profile of its own; each page it looks at is kept as a picture."""

    def __init__(self, profile: pathlib.Path, screenshots: pathlib.Path, name: str):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in [*QUIET, f"--user-data-dir={profile}"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self._pictures = screenshots
        self._name = re.sub(r"[^a-z0-9-]+", "-", name.removeprefix("test_"))
        self._number = 0
        screenshots.mkdir(parents=True, exist_ok=True)

    def open(self, address: str):
        self.driver.get(address)

    def look(self, title: str, documented: str = ""):
        """Keeps a picture of the page, and lets axe-core and the browser's console complain about it.

        A page that the documentation shows is `documented` under a name, in light and in dark.
        """
        self._number += 1
        self.driver.save_screenshot(str(self._pictures / f"{self._name}-{self._number}-{title}.png"))
        for scheme in ("light", "dark"):
            self._prefer(scheme)
            if documented:
                self._document(f"{documented}-{scheme}")
            assert not (found := self._violations()), f"{self.driver.current_url} in {scheme}: {found}"
        self._prefer("")
        complaints = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        unexpected = [text for text in complaints if "status of 4" not in text]
        assert not unexpected, f"{self.driver.current_url}: {unexpected}"

    def _document(self, name: str):
        """The whole page, as wide as a reader of the documentation sees well."""
        folder = self._pictures / "docs"
        folder.mkdir(exist_ok=True)
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": 1200, "height": min(height, 1500), "scale": 1}
        capture = {"format": "png", "clip": clip, "captureBeyondViewport": True}
        picture = self.driver.execute_cdp_cmd("Page.captureScreenshot", capture)["data"]
        (folder / f"{name}.png").write_bytes(base64.b64decode(picture))

    def _prefer(self, scheme: str):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def _violations(self) -> list[str]:
        self.driver.execute_script(AXE)
        result = self.driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        return [
            f"{violation['id']}: {node['html']} ({node['failureSummary']})"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    def press(self, words: str, among: str = "button, a, summary"):
        """Presses the button or follows the link that has these words."""
        wanted = re.compile(words, re.IGNORECASE)
        self._wait(lambda driver: self._pressed(wanted, among), f"nothing to press says {words!r}")

    def _pressed(self, wanted: re.Pattern, among: str) -> bool:
        for element in self.driver.find_elements(By.CSS_SELECTOR, among):
            if wanted.search(element.text):
                element.click()
                return True
        return False

    def fill(self, label: str, text: str):
        """Types into the field that has this label."""
        wanted = re.compile(label, re.IGNORECASE)
        field = self._wait(lambda driver: self._find_labelled(wanted), f"no field is called {label!r}")
        field.clear()
        field.send_keys(text)

    def choose(self, label: str, option: str):
        """Chooses from the list that has this label."""
        wanted = re.compile(label, re.IGNORECASE)
        field = self._wait(lambda driver: self._find_labelled(wanted), f"no list is called {label!r}")
        Select(field).select_by_visible_text(option)

    def _find_labelled(self, wanted: re.Pattern):
        for label in self.driver.find_elements(By.TAG_NAME, "label"):
            if wanted.search(label.text):
                return self.driver.find_element(By.ID, label.get_attribute("for"))
        return None

    def back(self):
        self.driver.back()

    def claims(self) -> dict:
        """What the sample application shows as JSON."""
        return json.loads(self.driver.find_element(By.TAG_NAME, "pre").text)

    def wait_for(self, words: str):
        """Waits until the page shows these words."""
        wanted = re.compile(words, re.IGNORECASE)
        self._wait(lambda driver: wanted.search(self.text()), f"the page does not say {words!r}")

    def wait_until(self, condition, otherwise: str):
        """Waits until the condition holds for the driver."""
        self._wait(condition, otherwise)

    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    def _wait(self, condition, otherwise: str):
        # A page may go away while it is being looked at.
        gone = [StaleElementReferenceException]
        waiting = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.1, ignored_exceptions=gone)
        try:
            return waiting.until(lambda driver: self._looked_at(condition))
        except Exception as error:
            picture = self._pictures / f"{self._name}-failed.png"
            self.driver.save_screenshot(str(picture))
            raise AssertionError(f"{otherwise}; {self.driver.current_url} says:\n{self.text()}\n{picture}") from error

    def _looked_at(self, condition):
        try:
            return condition(self.driver)
        except WebDriverException as error:
            if GONE in str(error.msg):
                raise StaleElementReferenceException(error.msg) from error
            raise

    def close(self):
        self.driver.quit()
