"""Writes the certificates of tests/captured from the metadata next to the documents, or from a document where there is none.

What is configured must not come out of the message that it judges; for a capture without metadata, the person who made it
vouches for the certificate.
"""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "captured"
SOURCES = {
    "npm-saml-idp.crt": "npm-saml-idp-1.2.1.metadata.xml",
    "pysaml2.crt": "pysaml2-7.5.5.idp-metadata.xml",
    "samlify.crt": "samlify-2.13.1.assertion.xml",
    "simplesamlphp.crt": "simplesamlphp-1.19.7.idp-metadata.xml",
}


def main():
    for name, source in SOURCES.items():
        text = (FOLDER / source).read_text()
        found = re.search(r"X509Certificate>([^<]+)<", text).group(1)
        body = "".join(found.split())
        lines = [body[i:i + 64] for i in range(0, len(body), 64)]
        (FOLDER / name).write_text("\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""]))


if __name__ == "__main__":
    main()
