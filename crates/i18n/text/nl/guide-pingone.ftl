# PingOne
guide-pingone-create-1 = Open de beheerconsole en ga naar **Applications** › **Applications**, en klik op **+**.
guide-pingone-create-2 = Geef de applicatie de naam { $app }, kies **SAML Application** en klik op **Configure**.
guide-pingone-import-1 = Kies **Import Metadata** en geef het bestand hieronder; of **Import From URL** met hetzelfde adres.
guide-pingone-acs-1 = Zonder import kiest u **Manually Enter**.
guide-pingone-attributes-1 = Voeg onder **Attribute Mappings** `email`, `firstName` en `lastName` toe, doorgaans uit **Email Address**, **Given Name** en **Family Name**.
guide-pingone-attributes-2 = Laat `saml_subject` zoals het is, of koppel het aan iets dat nooit verandert.
guide-pingone-on = De applicatie inschakelen
guide-pingone-on-1 = Zet de schakelaar van de applicatie aan: een nieuwe staat uit.
guide-pingone-back-1 = Kopieer op het tabblad **Configuration** de **IDP Metadata URL**. Meer hebben we niet nodig.
guide-pingone-back-2 = Met de hand: neem **Issuer ID**, **Single Signon Service** en **Download Signing Certificate** (in sommige versies net anders gespeld).
guide-pingone-sends = Doorgaans alleen `saml_subject`, tot u attributen toevoegt.
guide-pingone-groups-1 = Voeg een koppeling `groups` toe met de namen van de groepen van de persoon.
guide-pingone-trap-toggle = Een nieuwe applicatie staat uit, en mensen worden geweigerd tot ze wordt ingeschakeld.
guide-pingone-trap-legacy = Adressen zoals `https://pingone.com/idp/…` horen bij een ouder product, PingOne for Enterprise; deze handleiding is voor die op `auth.pingone.com` en de regio’s daarvan.
guide-pingone-trap-list = De ACS-URL waar wij om vragen moet in de lijst **ACS URLs** staan; de eerste is de standaard.
