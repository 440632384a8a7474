"""LemonLDAP::NG with its SAML library Lasso, run by Plack."""

from __future__ import annotations

import json
import pathlib
from urllib.parse import urlencode

from interop.keys import write_key_pair
from interop.process import Process, free_port

HERE = pathlib.Path(__file__).parent
PACKAGED_SETTINGS = pathlib.Path("/etc/lemonldap-ng/lemonldap-ng.ini")
PACKAGED_CONFIGURATION = pathlib.Path("/var/lib/lemonldap-ng/conf/lmConf-1.json")
PACKAGED_FOLDER = "/var/lib/lemonldap-ng"

MAIL = "1;email;urn:oasis:names:tc:SAML:2.0:attrname-format:basic;email"
NAME = "1;displayName;urn:oasis:names:tc:SAML:2.0:attrname-format:basic;name"


class LemonLDAP:
    """One identity provider. It reads its configuration when it starts, so register service providers first."""

    user = ("dwho", "dwho")

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.entity_id = f"{self.url}/saml/metadata"
        self.sign_on_url = f"{self.url}/saml/singleSignOn"
        for name in ("conf", "cache", "sessions", "sessions/lock", "psessions", "psessions/lock"):
            (folder / name).mkdir()
        self.signing = write_key_pair(folder, "signing")
        self.encryption = write_key_pair(folder, "encryption")
        self.certificate = self.signing[1].read_text()
        self.configuration = self._configuration()
        self.process = None

    def _configuration(self) -> dict:
        configuration = json.loads(PACKAGED_CONFIGURATION.read_text().replace(PACKAGED_FOLDER, str(self.folder)))
        return configuration | {
            "portal": f"{self.url}/",
            "domain": "localhost",
            "issuerDBSAMLActivation": 1,
            "samlServicePrivateKeySig": self.signing[0].read_text(),
            "samlServicePublicKeySig": self.certificate,
            "samlServicePrivateKeyEnc": self.encryption[0].read_text(),
            "samlServicePublicKeyEnc": self.encryption[1].read_text(),
            "samlServiceUseCertificateInResponse": 1,
            "samlServiceSignatureMethod": "RSA_SHA256",
            "samlSPMetaDataXML": {},
            "samlSPMetaDataOptions": {},
            "samlSPMetaDataExportedAttributes": {},
        }

    def register(self, name: str, metadata: str, **sp_options):
        """Registers a service provider; `sp_options` are options of LemonLDAP::NG."""
        self.configuration["samlSPMetaDataXML"][name] = {"samlSPMetaDataXML": metadata}
        options = {
            "NameIDFormat": "email",
            "SignSSOMessage": 1,
            "CheckSSOMessageSignature": 1,
            "EncryptionMode": "none",
            "EnableIDPInitiatedURL": 1,
            "SignatureMethod": "RSA_SHA256",
        } | sp_options
        self.configuration["samlSPMetaDataOptions"][name] = {
            f"samlSPMetaDataOptions{option}": value for option, value in options.items()
        }
        self.configuration["samlSPMetaDataExportedAttributes"][name] = {"mail": MAIL, "cn": NAME}

    def start(self):
        (self.folder / "conf" / "lmConf-1.json").write_text(json.dumps(self.configuration))
        settings = self.folder / "lemonldap-ng.ini"
        settings.write_text(PACKAGED_SETTINGS.read_text().replace(PACKAGED_FOLDER, str(self.folder)))
        self.process = Process(
            "lemonldap",
            ["plackup", "-s", "HTTP::Server::PSGI", "--host", "127.0.0.1", "--port", self.port, HERE / "portal.psgi"],
            ready=f"http://127.0.0.1:{self.port}/saml/metadata",
            environment={"LLNG_DEFAULTCONFFILE": str(settings)},
        )

    def unsolicited_url(self, entity_id: str) -> str:
        """The URL of IdP-initiated sign-in."""
        return f"{self.sign_on_url}?" + urlencode({"IDPInitiated": "1", "sp": entity_id})

    def stop(self):
        if self.process:
            self.process.stop()
