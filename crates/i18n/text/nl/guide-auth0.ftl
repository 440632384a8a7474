# Auth0
guide-auth0-create-1 = Open het Auth0-dashboard en ga naar **Applications** › **Applications**. Maak een applicatie van het type **Regular Web Applications** met de naam { $app }, of open een bestaande applicatie.
guide-auth0-create-2 = Schakel op het tabblad **Addons** **SAML2 Web App** in.
guide-auth0-acs-1 = Open het tabblad **Settings** van de add-on.
guide-auth0-audience = De audience instellen
guide-auth0-audience-1 = Stel in de JSON-instellingen onder dat veld `audience` in op de waarde hieronder, en controleer dat `signatureAlgorithm` niet `rsa-sha1` is.
guide-auth0-audience-2 = Sla de add-on onder aan het formulier op, of schakel deze daar in.
guide-auth0-copy-1 = Download op het tabblad **Usage** **Identity Provider Metadata** of kopieer de URL ervan. Meer heb je niet nodig.
guide-auth0-copy-2 = Kopieer zonder metadata **Issuer**, **Identity Provider Login URL** en **Identity Provider Certificate**.
guide-auth0-sends = E-mailadres, volledige naam, voornaam, achternaam en de eigen claims van Auth0. De NameID is de gebruikers-ID van Auth0.
guide-auth0-add = Je hoeft niets toe te voegen. Wijzig je `mappings` in de JSON-instellingen, behoud dan deze namen of vul de nieuwe namen hier in.
guide-auth0-groups-1 = Voeg de groepen in een Action toe als `http://schemas.auth0.com/groups`, of wijs ze toe in de JSON-instellingen.
guide-auth0-certificate = Alle applicaties van de tenant delen één certificaat met een lange geldigheid, dat je handmatig vernieuwt. Voeg het nieuwe certificaat eerst toe aan deze verbinding.
guide-auth0-problem-audience = Zonder `audience` in de JSON-instellingen gebruikt Auth0 de audience van het verzoek, waardoor IdP-geïnitieerde logins mislukken.
guide-auth0-problem-clock = Antwoorden zijn pas geldig vanaf de seconde waarin ze worden uitgegeven. De klokken mogen dus niet meer verschillen dan de klokafwijking die deze verbinding toestaat.
guide-auth0-problem-sha1 = Oude tenants ondertekenen met SHA-1, wat we weigeren. Stel `signatureAlgorithm` in op `rsa-sha256` en `digestAlgorithm` op `sha256`.
