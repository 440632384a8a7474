# Shibboleth
guide-shibboleth-import-1 = Shibboleth has no admin console: add a metadata provider to `metadata-providers.xml`.
guide-shibboleth-import-2 = Our metadata contains the ACS URL, the entity ID and an encryption key, which Shibboleth requires by default.
guide-shibboleth-filter-1 = In `attribute-filter.xml`, release `mail`, `givenName`, `sn` and `displayName` to our entity ID.
guide-shibboleth-filter-2 = Copy the value below and paste it as the requester of the rule.
guide-shibboleth-nameid = Configure a persistent NameID
guide-shibboleth-nameid-1 = By default the NameID is transient: it changes with every sign-in and can’t identify a user, so we reject it.
guide-shibboleth-nameid-2 = Turn on the persistent NameID in `saml-nameid.xml` and enter this format as the NameID format in this connection’s advanced settings. Or identify users by an attribute, such as eduPersonPrincipalName or `subject-id`: enter it as the account ID attribute there.
guide-shibboleth-copy-1 = Copy your entity ID, usually `https://HOST/idp/shibboleth`. It is usually your metadata URL too.
guide-shibboleth-sends = A transient NameID, and the attributes that the filter releases.
guide-shibboleth-groups-1 = Release `isMemberOf` in `attribute-filter.xml`.
guide-shibboleth-certificate = Shibboleth issues its own certificate, which is valid for 20 years, and ignores the expiry date. Import the metadata again when you change the certificate.
guide-shibboleth-problem-transient = We reject a transient NameID, because it changes with every sign-in.
guide-shibboleth-problem-encryption = If encryption is on and Shibboleth doesn’t have our key, the sign-in fails unless `encryptionOptional` is set. Our metadata contains the key.
guide-shibboleth-problem-window = Responses are valid for five minutes, starting at the exact second they’re issued. The clocks of both servers must be correct.
