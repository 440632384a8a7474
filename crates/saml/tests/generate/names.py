"""Namespaces, algorithm identifiers and the fixed facts that all the documents share."""

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
DSIG11 = "http://www.w3.org/2009/xmldsig11#"
EXC = "http://www.w3.org/2001/10/xml-exc-c14n#"
INC = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
INC11 = "http://www.w3.org/2006/12/xml-c14n11"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
XS = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

ENVELOPED = DS + "enveloped-signature"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
MORE2007 = "http://www.w3.org/2007/05/xmldsig-more#"

SHA1, SHA256, SHA384, SHA512 = DS + "sha1", XENC + "sha256", MORE + "sha384", XENC + "sha512"
MD5 = MORE + "md5"
HASHES = {SHA1: "sha1", SHA256: "sha256", SHA384: "sha384", SHA512: "sha512", MD5: "md5"}

RSA_SHA256 = MORE + "rsa-sha256"
RSA_METHODS = {
    DS + "rsa-sha1": "sha1",
    MORE + "rsa-md5": "md5",
    RSA_SHA256: "sha256",
    MORE + "rsa-sha384": "sha384",
    MORE + "rsa-sha512": "sha512",
}
PSS_METHODS = {
    MORE2007 + "sha256-rsa-MGF1": "sha256",
    MORE2007 + "sha384-rsa-MGF1": "sha384",
    MORE2007 + "sha512-rsa-MGF1": "sha512",
}
ECDSA_METHODS = {MORE + f"ecdsa-sha{bits}": f"sha{bits}" for bits in (1, 256, 384, 512)}
HMAC_METHODS = {DS + "hmac-sha1": "sha1"} | {MORE + f"hmac-sha{b}": f"sha{b}" for b in (256, 384, 512)}

IDP = "https://idp.example.com/metadata"
SP = "https://sso.example.net/saml"
ACS = "https://sso.example.net/saml/con_example/acs"
REQUEST = "_5a1d8f0e2c"
SUBJECT = "ada@example.com"
VICTIM = "victim@example.com"

EMAIL_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"

ISSUED = "2026-11-24T12:00:00Z"
NOT_BEFORE = "2026-11-24T11:55:00Z"
NOT_ON_OR_AFTER = "2026-11-24T12:05:00Z"
NOW = "2026-11-24T12:00:30Z"
