# Auth0
guide-auth0-create-1 = Open het Dashboard en ga naar **Applications** › **Applications**. Maak een **Regular Web App** met de naam { $app }, of open een bestaande.
guide-auth0-create-2 = Schakel op het tabblad **Addons** **SAML2 Web App** in.
guide-auth0-acs-1 = Open **Settings** van de add-on.
guide-auth0-audience = De audience instellen
guide-auth0-audience-1 = Zet in de JSON onder dat veld `audience` op de waarde hieronder, en ga na of `signatureAlgorithm` niet `rsa-sha1` is.
guide-auth0-audience-2 = Sla de add-on onderaan het formulier op of schakel hem in.
guide-auth0-back-1 = Download op het tabblad **Usage** (zo heet het in de meeste versies) **Identity Provider Metadata**, of kopieer het adres ervan. Meer hebben we niet nodig.
guide-auth0-back-2 = Met de hand: neem **Issuer**, **Identity Provider Login URL** en **Identity Provider Certificate**.
guide-auth0-sends = E-mailadres, naam, voor- en achternaam, en eigen claims van Auth0; de NameID is de gebruikers-ID van Auth0.
guide-auth0-add = Er hoeft niets bij. Wijzigt u `mappings` in de JSON, houd dan deze namen aan of vul de nieuwe hier in.
guide-auth0-groups-1 = Laat een eigen action of rule ze toevoegen als `http://schemas.auth0.com/groups`, of koppel ze in de JSON.
guide-auth0-certificate = De tenant heeft er één, dat lang geldig is en met de hand wordt gewijzigd. Voeg het nieuwe eerst aan deze verbinding toe.
guide-auth0-trap-audience = Zonder `audience` in de JSON neemt Auth0 die uit het verzoek: aanmelden vanuit Auth0 zelf mislukt dan.
guide-auth0-trap-clock = Antwoorden gelden vanaf de seconde waarin ze worden gemaakt: klokken mogen niet meer verschillen dan deze verbinding toestaat.
guide-auth0-trap-sha1 = Oude tenants ondertekenen met SHA-1, wat hier wordt geweigerd: zet `signatureAlgorithm` op `rsa-sha256` en `digestAlgorithm` op `sha256`.
