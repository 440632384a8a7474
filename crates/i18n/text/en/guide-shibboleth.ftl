# Shibboleth
guide-shibboleth-import-1 = Shibboleth has no console: add a provider to `metadata-providers.xml`.
guide-shibboleth-import-2 = Our metadata has the ACS URL, the entity ID and a key for encryption, which Shibboleth usually demands.
guide-shibboleth-filter-1 = Release `mail`, `givenName`, `sn` and `displayName` to us in `attribute-filter.xml`.
guide-shibboleth-filter-2 = The rule's requester is our entity ID: copy the value below.
guide-shibboleth-nameid = Send a NameID that lasts
guide-shibboleth-nameid-1 = By default the NameID is transient, another one at each sign-in: it cannot name an account and is refused here.
guide-shibboleth-nameid-2 = Turn on the persistent NameID in `saml-nameid.xml` and ask for it in this connection; or let this connection take the account from an attribute, such as eduPersonPrincipalName or `subject-id`.
guide-shibboleth-back-1 = Bring your entity ID, usually `https://HOST/idp/shibboleth`: it is usually also the address of your metadata.
guide-shibboleth-sends = A transient NameID, and of the attributes what the filter releases.
guide-shibboleth-groups-1 = Release `isMemberOf` in `attribute-filter.xml`.
guide-shibboleth-certificate = Shibboleth makes its own certificate, for 20 years, and pays no heed to its end. Bring the metadata again when it is changed.
guide-shibboleth-trap-transient = A transient NameID is refused: it is another one at each sign-in.
guide-shibboleth-trap-encryption = Where encryption is on and Shibboleth has no key of ours, it fails unless `encryptionOptional` is set. Our metadata has the key.
guide-shibboleth-trap-window = Responses are valid from the very second they are made, and for five minutes: clocks must be right.
