# Auth0
guide-auth0-create-1 = Öffnen Sie das Dashboard und gehen Sie zu **Applications** › **Applications**. Legen Sie eine **Regular Web App** namens { $app } an, oder öffnen Sie eine vorhandene.
guide-auth0-create-2 = Schalten Sie im Reiter **Addons** **SAML2 Web App** ein.
guide-auth0-acs-1 = Öffnen Sie **Settings** des Addons.
guide-auth0-audience = Die Audience setzen
guide-auth0-audience-1 = Setzen Sie im JSON unter diesem Feld `audience` auf den Wert unten, und prüfen Sie, dass `signatureAlgorithm` nicht `rsa-sha1` ist.
guide-auth0-audience-2 = Speichern Sie das Addon am Ende des Formulars oder schalten Sie es ein.
guide-auth0-back-1 = Laden Sie im Reiter **Usage** (so heißt er in den meisten Versionen) **Identity Provider Metadata** herunter, oder kopieren Sie deren Adresse. Mehr brauchen wir nicht.
guide-auth0-back-2 = Von Hand: Nehmen Sie **Issuer**, **Identity Provider Login URL** und **Identity Provider Certificate**.
guide-auth0-sends = E-Mail-Adresse, voller Name, Vor- und Nachname, und eigene Ansprüche von Auth0; die NameID ist die Benutzer-ID von Auth0.
guide-auth0-add = Es muss nichts hinzugefügt werden. Ändern Sie `mappings` im JSON, behalten Sie diese Namen bei oder tragen Sie die neuen hier ein.
guide-auth0-groups-1 = Lassen Sie eine eigene Action oder Rule sie als `http://schemas.auth0.com/groups` hinzufügen, oder ordnen Sie sie im JSON zu.
guide-auth0-certificate = Der Mandant hat eines, das lange gilt und von Hand gewechselt wird. Tragen Sie das neue zuerst in diese Verbindung ein.
guide-auth0-trap-audience = Ohne `audience` im JSON nimmt Auth0 sie aus der Anfrage: Die Anmeldung von Auth0 aus schlägt dann fehl.
guide-auth0-trap-clock = Antworten gelten von der Sekunde an, in der sie ausgestellt werden: Die Uhren dürfen nicht weiter auseinandergehen, als diese Verbindung duldet.
guide-auth0-trap-sha1 = Alte Mandanten signieren mit SHA-1, was hier abgelehnt wird: Setzen Sie `signatureAlgorithm` auf `rsa-sha256` und `digestAlgorithm` auf `sha256`.
