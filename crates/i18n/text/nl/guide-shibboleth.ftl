# Shibboleth
guide-shibboleth-import-1 = Shibboleth heeft geen console: voeg een provider toe in `metadata-providers.xml`.
guide-shibboleth-import-2 = Onze metadata bevatten de ACS-URL, de entity ID en een sleutel voor versleuteling, die Shibboleth doorgaans eist.
guide-shibboleth-filter-1 = Geef in `attribute-filter.xml` `mail`, `givenName`, `sn` en `displayName` aan ons vrij.
guide-shibboleth-filter-2 = De aanvrager van de regel is onze entity ID: kopieer de waarde hieronder.
guide-shibboleth-nameid = Een blijvende NameID meesturen
guide-shibboleth-nameid-1 = Standaard is de NameID tijdelijk, telkens een andere: hij kan geen account aanwijzen en wordt hier geweigerd.
guide-shibboleth-nameid-2 = Schakel de blijvende NameID in `saml-nameid.xml` in en vraag erom in deze verbinding; of laat deze verbinding het account uit een attribuut nemen, zoals eduPersonPrincipalName of `subject-id`.
guide-shibboleth-back-1 = Breng uw entity ID, doorgaans `https://HOST/idp/shibboleth`: dat is doorgaans ook het adres van uw metadata.
guide-shibboleth-sends = Een tijdelijke NameID, en van de attributen wat het filter vrijgeeft.
guide-shibboleth-groups-1 = Geef `isMemberOf` vrij in `attribute-filter.xml`.
guide-shibboleth-certificate = Shibboleth maakt zijn eigen certificaat, voor 20 jaar, en let niet op het einde ervan. Breng de metadata opnieuw als het wordt gewijzigd.
guide-shibboleth-trap-transient = Een tijdelijke NameID wordt geweigerd: die is telkens een andere.
guide-shibboleth-trap-encryption = Staat versleuteling aan en heeft Shibboleth geen sleutel van ons, dan mislukt het, tenzij `encryptionOptional` is ingesteld. Onze metadata bevatten de sleutel.
guide-shibboleth-trap-window = Antwoorden gelden vanaf de seconde waarin ze worden gemaakt, en vijf minuten lang: klokken moeten juist lopen.
