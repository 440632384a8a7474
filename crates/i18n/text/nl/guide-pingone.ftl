# PingOne
guide-pingone-create-1 = Open de PingOne-beheerconsole, ga naar **Applications** › **Applications** en selecteer **+**.
guide-pingone-create-2 = Vul de naam { $app } in, en selecteer daarna **SAML Application** en **Configure**.
guide-pingone-import-1 = Selecteer **Import Metadata** en upload het bestand hieronder, of selecteer **Import From URL** en vul de URL van dat bestand in.
guide-pingone-acs-1 = Selecteer **Manually Enter**.
guide-pingone-attributes-1 = Voeg onder **Attribute Mappings** `email`, `firstName` en `lastName` toe, meestal vanuit **Email Address**, **Given Name** en **Family Name**.
guide-pingone-attributes-2 = Laat `saml_subject` ongewijzigd, of wijs het toe aan een waarde die nooit verandert.
guide-pingone-on = De applicatie inschakelen
guide-pingone-on-1 = Schakel de applicatie in met de schakelaar. Een nieuwe applicatie staat uit.
guide-pingone-copy-1 = Kopieer op het tabblad **Configuration** **IDP Metadata URL**. Meer heb je niet nodig.
guide-pingone-copy-2 = Kopieer zonder metadata **Issuer ID** en **Single Signon Service**, en selecteer **Download Signing Certificate**. In sommige versies wijken deze labels iets af.
guide-pingone-sends = Meestal alleen `saml_subject`, totdat je attributen toevoegt.
guide-pingone-groups-1 = Voeg een toewijzing met de naam `groups` toe met de namen van de groepen van de gebruiker.
guide-pingone-problem-toggle = Een nieuwe applicatie staat uit, en PingOne weigert alle gebruikers totdat je haar inschakelt.
guide-pingone-problem-legacy = URL’s zoals `https://pingone.com/idp/…` horen bij een ouder product, PingOne for Enterprise. Deze gids is voor `auth.pingone.com` en de regio’s daarvan.
guide-pingone-problem-list = De ACS-URL in ons verzoek moet in **ACS URLs** staan. De eerste URL is de standaard.
