# PingFederate
guide-pingfederate-create-1 = Ga naar **Applications** › **Integration** › **SP Connections** en klik op **Create Connection**.
guide-pingfederate-create-2 = Kies **Browser SSO Profiles** met **SAML 2.0**. In sommige versies heten de schermen net anders.
guide-pingfederate-import-1 = Bij het begin biedt PingFederate doorgaans aan de metadata van de partner te importeren: geef het bestand hieronder.
guide-pingfederate-attributes-1 = Breid het attribuutcontract uit met `email`, `firstName` en `lastName`, en vul ze uit uw gegevensbron.
guide-pingfederate-attributes-2 = `SAML_SUBJECT` wordt de NameID: kies iets dat voor een persoon nooit verandert.
guide-pingfederate-attributes-3 = Voor rollen per groep voegt u ook `groups` toe.
guide-pingfederate-acs-1 = Kies onder **Protocol Settings** › **Assertion Consumer Service URL** de binding **POST**.
guide-pingfederate-signing = De ondertekening kiezen
guide-pingfederate-signing-1 = Laat in het ondertekeningsbeleid de assertion of het antwoord ondertekenen; beide zijn goed. Versleuteling is niet nodig.
guide-pingfederate-signing-2 = Kies onder **Credentials** het certificaat voor ondertekening en SHA-256. Rond dan af en activeer de verbinding.
guide-pingfederate-back-1 = Ga naar **System** › **Protocol Metadata** › **Metadata Export**, kies deze verbinding en breng het bestand hierheen.
guide-pingfederate-back-2 = In plaats van het bestand werkt doorgaans een adres zoals `https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=…`, als wij het kunnen bereiken.
guide-pingfederate-sends = Wat uw attribuutcontract zegt: alleen `SAML_SUBJECT`, tot u attributen toevoegt.
guide-pingfederate-groups-1 = Voeg `groups` aan het contract toe, met één waarde per groep. Sommige installaties sturen alle groepen als één waarde met komma’s: rolregels zien dan één lange groep.
guide-pingfederate-certificate = Het is zo lang geldig als u hebt gekozen. Voeg het volgende aan deze verbinding toe voordat PingFederate ermee ondertekent; metadata gaan vaak als bestand rond, dus er volgt niets vanzelf.
guide-pingfederate-trap-start = De aanmeld-URL is `/idp/SSO.saml2`. Gebruik nooit `/idp/startSSO.ping`: dan gaat verloren waar iemand heen wilde.
guide-pingfederate-trap-groups = Meerdere groepen kunnen als één waarde komen, `red,green,blue`.
guide-pingfederate-trap-virtual = De entity ID is die van de server, tenzij de verbinding een **Virtual Server ID** heeft: dan is dat de issuer.
