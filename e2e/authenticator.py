"""A device that keeps passkeys: Chromium's virtual authenticator."""

from __future__ import annotations

from e2e.browser import Browser


class Authenticator:
    """Is built into the browser, as a fingerprint reader is, and says yes whenever it is asked."""

    def __init__(self, browser: Browser):
        self._driver = browser.driver
        self._driver.execute_cdp_cmd("WebAuthn.enable", {})
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self._driver.execute_cdp_cmd("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id = added["authenticatorId"]

    def passkeys(self) -> list[dict]:
        found = self._driver.execute_cdp_cmd("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return found["credentials"]

    def forget_its_user(self):
        """The finger is another one from now on."""
        self._verify(False)

    def know_its_user(self):
        self._verify(True)

    def _verify(self, is_user: bool):
        answer = {"authenticatorId": self._id, "isUserVerified": is_user}
        self._driver.execute_cdp_cmd("WebAuthn.setUserVerified", answer)
