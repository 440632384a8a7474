"""Chromium's virtual authenticator, which stores passkeys."""

from __future__ import annotations

from e2e.browser import Browser


class Authenticator:
    """A platform authenticator that confirms every request."""

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
        result = self._driver.execute_cdp_cmd("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return result["credentials"]

    def reject_user(self):
        """User verification fails from now on."""
        self._set_user_verified(False)

    def accept_user(self):
        self._set_user_verified(True)

    def _set_user_verified(self, is_verified: bool):
        parameters = {"authenticatorId": self._id, "isUserVerified": is_verified}
        self._driver.execute_cdp_cmd("WebAuthn.setUserVerified", parameters)
