# PingFederate
guide-pingfederate-create-1 = Ga naar **Applications** › **Integration** › **SP Connections** en selecteer **Create Connection**.
guide-pingfederate-create-2 = Selecteer **Browser SSO Profiles** met **SAML 2.0**. In sommige versies hebben de schermen een iets andere naam.
guide-pingfederate-import-1 = Upload het bestand hieronder als PingFederate aanbiedt om de metadata van de partner te importeren.
guide-pingfederate-attributes-1 = Breid het attribuutcontract uit met `email`, `firstName` en `lastName`, en vul ze vanuit je gegevensbron.
guide-pingfederate-attributes-2 = `SAML_SUBJECT` wordt de NameID. Kies een waarde die voor een gebruiker nooit verandert.
guide-pingfederate-attributes-3 = Voeg ook `groups` toe om rollen per groep toe te kennen.
guide-pingfederate-acs-1 = Selecteer onder **Protocol Settings** › **Assertion Consumer Service URL** de binding **POST**.
guide-pingfederate-signing = Ondertekening configureren
guide-pingfederate-signing-1 = Onderteken in het handtekeningbeleid de assertie of het antwoord. Eén handtekening is genoeg. Je hebt geen versleuteling nodig.
guide-pingfederate-signing-2 = Selecteer onder **Credentials** het ondertekeningscertificaat en SHA-256. Voltooi en activeer daarna de verbinding.
guide-pingfederate-copy-1 = Ga naar **System** › **Protocol Metadata** › **Metadata Export**, selecteer deze verbinding en upload het geëxporteerde bestand hier.
guide-pingfederate-copy-2 = Kunnen we je server bereiken, dan kun je in plaats van het bestand meestal een URL invullen zoals `https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=…`.
guide-pingfederate-sends = De attributen in je attribuutcontract: alleen `SAML_SUBJECT`, totdat je er meer toevoegt.
guide-pingfederate-groups-1 = Voeg `groups` toe aan het contract. PingFederate kan alle groepen als één waarde met komma’s sturen: we splitsen die, maar nooit een distinguished name (CN=…,OU=…). Kies een ander scheidingsteken, of geen, in de geavanceerde instellingen van deze verbinding.
guide-pingfederate-certificate = Je kiest zelf hoelang het certificaat geldig is. Voeg het volgende certificaat toe aan deze verbinding voordat PingFederate het gebruikt. Upload je de metadata als bestand, dan wordt er niets automatisch bijgewerkt.
guide-pingfederate-problem-start = De inlog-URL (Sign on URL) is `/idp/SSO.saml2`. Gebruik nooit `/idp/startSSO.ping`, want daarbij gaat de RelayState verloren.
guide-pingfederate-problem-groups = Zien rolregels één lange groepsnaam, of wordt een naam met een komma gesplitst, kies dan het juiste scheidingsteken van groepen in de geavanceerde instellingen van deze verbinding.
guide-pingfederate-problem-virtual = De issuer is de entity ID van de server. Heeft de verbinding een **Virtual Server ID**, dan is die ID de issuer.
