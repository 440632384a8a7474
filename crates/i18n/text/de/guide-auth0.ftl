# Auth0
guide-auth0-create-1 = Öffnen Sie das Auth0-Dashboard und gehen Sie zu **Applications** › **Applications**. Erstellen Sie eine Anwendung vom Typ **Regular Web Applications** mit dem Namen { $app } oder öffnen Sie eine vorhandene.
guide-auth0-create-2 = Aktivieren Sie auf der Registerkarte **Addons** das Addon **SAML2 Web App**.
guide-auth0-acs-1 = Öffnen Sie die Registerkarte **Settings** des Addons.
guide-auth0-audience = Audience festlegen
guide-auth0-audience-1 = Setzen Sie in den JSON-Einstellungen unter diesem Feld `audience` auf den folgenden Wert und prüfen Sie, dass `signatureAlgorithm` nicht `rsa-sha1` ist.
guide-auth0-audience-2 = Speichern oder aktivieren Sie das Addon am Ende des Formulars.
guide-auth0-copy-1 = Laden Sie auf der Registerkarte **Usage** die **Identity Provider Metadata** herunter oder kopieren Sie die URL. Mehr ist nicht nötig.
guide-auth0-copy-2 = Ohne Metadaten kopieren Sie **Issuer**, **Identity Provider Login URL** und **Identity Provider Certificate**.
guide-auth0-sends = E-Mail-Adresse, vollständiger Name, Vorname, Nachname und eigene Ansprüche von Auth0. Die NameID ist die Benutzer-ID von Auth0.
guide-auth0-add = Sie müssen nichts hinzufügen. Wenn Sie `mappings` in den JSON-Einstellungen ändern, behalten Sie diese Namen bei oder geben Sie die neuen Namen hier ein.
guide-auth0-groups-1 = Fügen Sie die Gruppen in einer Action als `http://schemas.auth0.com/groups` hinzu oder ordnen Sie sie in den JSON-Einstellungen zu.
guide-auth0-certificate = Alle Anwendungen des Mandanten teilen sich ein langlebiges Zertifikat, das Sie manuell erneuern. Fügen Sie das neue Zertifikat zuerst dieser Verbindung hinzu.
guide-auth0-problem-audience = Ohne `audience` in den JSON-Einstellungen verwendet Auth0 die Audience der Anfrage, und IdP-initiierte Anmeldungen schlagen fehl.
guide-auth0-problem-clock = Antworten sind erst ab der Sekunde gültig, in der sie ausgestellt werden. Die Uhren dürfen daher höchstens um die Zeitabweichung voneinander abweichen, die diese Verbindung erlaubt.
guide-auth0-problem-sha1 = Alte Mandanten signieren mit SHA-1, was wir ablehnen. Setzen Sie `signatureAlgorithm` auf `rsa-sha256` und `digestAlgorithm` auf `sha256`.
