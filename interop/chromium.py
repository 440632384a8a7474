"""Chromium, for libraries that run in a page."""

from __future__ import annotations

import pathlib

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

TIMEOUT_SECONDS = 20
# The later ones keep Chromium from contacting Google at each start.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Chromium:
    """One window with its own profile."""

    def __init__(self, profile: pathlib.Path):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in [*ARGUMENTS, f"--user-data-dir={profile}"]:
            options.add_argument(argument)
        self._driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def open(self, url: str):
        self._driver.get(url)

    def fill_in(self, **fields: str):
        """Waits for the fields, fills them in, and submits their form."""
        for name, value in fields.items():
            self._wait_for(By.NAME, name).send_keys(value)
        self._driver.find_element(By.NAME, name).submit()

    def text_of(self, element_id: str) -> str:
        """Waits for the element, and until it has a text."""
        return WebDriverWait(self._driver, TIMEOUT_SECONDS).until(
            lambda driver: next((found.text for found in driver.find_elements(By.ID, element_id)), ""),
            f"no text in #{element_id} of {self._driver.current_url}",
        )

    def _wait_for(self, by: str, value: str):
        found = WebDriverWait(self._driver, TIMEOUT_SECONDS).until(
            lambda driver: driver.find_elements(by, value), f"no {value} at {self._driver.current_url}"
        )
        return found[0]

    def stop(self):
        self._driver.quit()
