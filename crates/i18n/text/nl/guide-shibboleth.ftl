# Shibboleth
guide-shibboleth-import-1 = Shibboleth heeft geen beheerconsole: voeg een metadataprovider toe aan `metadata-providers.xml`.
guide-shibboleth-import-2 = Onze metadata bevat de ACS-URL, de entity ID en een versleutelingssleutel, die Shibboleth standaard vereist.
guide-shibboleth-filter-1 = Geef in `attribute-filter.xml` `mail`, `givenName`, `sn` en `displayName` vrij voor onze entity ID.
guide-shibboleth-filter-2 = Kopieer de waarde hieronder en plak die als aanvrager (requester) van de regel.
guide-shibboleth-nameid = Een blijvende NameID configureren
guide-shibboleth-nameid-1 = Standaard is de NameID tijdelijk (transient): deze verandert bij elke login en kan een gebruiker niet identificeren, dus we weigeren die.
guide-shibboleth-nameid-2 = Schakel de persistente NameID in `saml-nameid.xml` in en vul deze indeling in als NameID-indeling bij de geavanceerde instellingen van deze verbinding. Of identificeer gebruikers met een attribuut, zoals eduPersonPrincipalName of `subject-id`: vul het daar in als attribuut voor account-ID.
guide-shibboleth-copy-1 = Kopieer je entity ID, meestal `https://HOST/idp/shibboleth`. Meestal is dat ook je metadata-URL.
guide-shibboleth-sends = Een tijdelijke NameID (transient), en de attributen die het filter vrijgeeft.
guide-shibboleth-groups-1 = Geef `isMemberOf` vrij in `attribute-filter.xml`.
guide-shibboleth-certificate = Shibboleth maakt een eigen certificaat, dat 20 jaar geldig is, en negeert de vervaldatum. Importeer de metadata opnieuw als je het certificaat wijzigt.
guide-shibboleth-problem-transient = We weigeren een tijdelijke NameID (transient), omdat die bij elke login verandert.
guide-shibboleth-problem-encryption = Staat versleuteling aan en heeft Shibboleth geen sleutel van ons, dan mislukt het inloggen, tenzij `encryptionOptional` is ingesteld. Onze metadata bevat de sleutel.
guide-shibboleth-problem-window = Antwoorden zijn vijf minuten geldig, vanaf de seconde waarin ze worden uitgegeven. De klokken van beide servers moeten goed lopen.
