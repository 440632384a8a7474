"""Chromium, with the actions of a user."""

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

TIMEOUT_SECONDS = 20
# The message of chromedriver for an element whose page was just replaced; there is no exception class for this case.
STALE_ELEMENT_MESSAGE = "does not belong to the document"
# The later ones keep Chromium from contacting Google at each start.
CHROMIUM_ARGUMENTS = [
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
    """The source of axe-core, from a Python package that contains it."""
    package = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent
    return (package / "axe.min.js").read_text()


AXE = _axe()


class Browser:
    """One window with its own profile."""

    def __init__(self, profile: pathlib.Path, screenshots: pathlib.Path, name: str):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in [*CHROMIUM_ARGUMENTS, f"--user-data-dir={profile}"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self._screenshots = screenshots
        self._name = re.sub(r"[^a-z0-9-]+", "-", name.removeprefix("test_"))
        self._number = 0
        screenshots.mkdir(parents=True, exist_ok=True)

    def open(self, address: str):
        self.driver.get(address)

    def check_page(self, title: str, documented: str = ""):
        """Takes a screenshot, and fails on violations of axe-core and on errors in the browser's console.

        `documented` is the file name for the screenshots of the documentation, in light and in dark.
        """
        self._number += 1
        self.driver.save_screenshot(str(self._screenshots / f"{self._name}-{self._number}-{title}.png"))
        for scheme in ("light", "dark"):
            self._set_color_scheme(scheme)
            if documented:
                self._capture_full_page(f"{documented}-{scheme}")
            assert not (violations := self._violations()), f"{self.driver.current_url} in {scheme}: {violations}"
        self._set_color_scheme("")
        errors = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        unexpected = [text for text in errors if "status of 4" not in text]
        assert not unexpected, f"{self.driver.current_url}: {unexpected}"

    def _capture_full_page(self, name: str):
        """Takes a screenshot of the whole page for the documentation."""
        folder = self._screenshots / "docs"
        folder.mkdir(exist_ok=True)
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": 1200, "height": min(height, 1500), "scale": 1}
        capture = {"format": "png", "clip": clip, "captureBeyondViewport": True}
        picture = self.driver.execute_cdp_cmd("Page.captureScreenshot", capture)["data"]
        (folder / f"{name}.png").write_bytes(base64.b64decode(picture))

    def _set_color_scheme(self, scheme: str):
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

    def click(self, text: str, among: str = "button, a, summary"):
        """Clicks the button or link whose text matches."""
        pattern = re.compile(text, re.IGNORECASE)
        self._wait(lambda driver: self._click_first(pattern, among), f"no button or link matches {text!r}")

    def _click_first(self, pattern: re.Pattern, among: str) -> bool:
        for element in self.driver.find_elements(By.CSS_SELECTOR, among):
            if pattern.search(element.text):
                element.click()
                return True
        return False

    def fill(self, label: str, text: str):
        """Types into the field whose label matches."""
        pattern = re.compile(label, re.IGNORECASE)
        field = self._wait(lambda driver: self._find_by_label(pattern), f"no field has the label {label!r}")
        field.clear()
        field.send_keys(text)

    def choose(self, label: str, option: str, button: str = ""):
        """Selects an option of the list whose label matches, in the form whose button matches."""
        pattern = re.compile(label, re.IGNORECASE)
        field = self._wait(
            lambda driver: self._find_by_label(pattern, self._form(button)), f"no list has the label {label!r}"
        )
        Select(field).select_by_visible_text(option)

    def _find_by_label(self, pattern: re.Pattern, within=None):
        for label in (within or self.driver).find_elements(By.TAG_NAME, "label"):
            if pattern.search(label.text):
                return self.driver.find_element(By.ID, label.get_attribute("for"))
        return None

    def _form(self, button: str):
        """The form whose button matches; none without a button."""
        for form in self.driver.find_elements(By.TAG_NAME, "form") if button else []:
            if any(re.search(button, each.text, re.IGNORECASE) for each in form.find_elements(By.TAG_NAME, "button")):
                return form
        return None

    def back(self):
        self.driver.back()

    def claims(self) -> dict:
        """The JSON that the sample application shows."""
        return json.loads(self.driver.find_element(By.TAG_NAME, "pre").text)

    def wait_for(self, text: str):
        """Waits until the text of the page matches."""
        pattern = re.compile(text, re.IGNORECASE)
        self._wait(lambda driver: pattern.search(self.text()), f"the page does not show {text!r}")

    def wait_until(self, condition, failure: str):
        """Waits until the condition holds for the driver."""
        self._wait(condition, failure)

    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    def _wait(self, condition, failure: str):
        # The page may be replaced while the condition is evaluated.
        ignored = [StaleElementReferenceException]
        waiting = WebDriverWait(self.driver, TIMEOUT_SECONDS, poll_frequency=0.1, ignored_exceptions=ignored)
        try:
            return waiting.until(lambda driver: self._evaluate(condition))
        except Exception as error:
            screenshot = self._screenshots / f"{self._name}-failed.png"
            self.driver.save_screenshot(str(screenshot))
            raise AssertionError(f"{failure}; {self.driver.current_url} shows:\n{self.text()}\n{screenshot}") from error

    def _evaluate(self, condition):
        try:
            return condition(self.driver)
        except WebDriverException as error:
            if STALE_ELEMENT_MESSAGE in str(error.msg):
                raise StaleElementReferenceException(error.msg) from error
            raise

    def close(self):
        self.driver.quit()
