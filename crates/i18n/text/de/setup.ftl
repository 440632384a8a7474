# Guided setup.
setup-title = Identitätsanbieter verbinden
setup-lead = Folgen Sie den Schritten für Ihren Identitätsanbieter. Sie können jederzeit aufhören: Ihr Fortschritt wird gespeichert, und andere können weitermachen.
setup-guided-title = Geführte Einrichtung
setup-guided-button = Geführte Einrichtung verwenden
setup-guided-lead = Anleitung für Ihren Identitätsanbieter, Import von Metadaten, eine Testanmeldung und Domain-Verifizierung.
setup-steps = Schritte
setup-step-of = Schritt { $number } von { $count }
setup-step-provider = Identitätsanbieter
setup-step-instructions = Konfiguration beim Anbieter
setup-step-idp-details = Daten des Anbieters
setup-step-attributes = Attribute und Rollen
setup-step-test = Test
setup-step-domain = Domain
setup-step-activate = Aktivierung
setup-done = erledigt
setup-continue = Weiter
setup-save-and-continue = Speichern und weiter
setup-incomplete = Schließen Sie diesen Schritt ab, um fortzufahren:
setup-without-plan = Der Tarif Ihrer Organisation enthält kein Single Sign-On. Wenden Sie sich für ein Upgrade an den Betreiber dieses Dienstes.

# Start page.
setup-existing-connections = Vorhandene Verbindungen
setup-continue-setup = Einrichtung fortsetzen
setup-new-connection = Neue Verbindung
setup-new-connection-lead = Welchen Identitätsanbieter verwenden Sie?
setup-supports-metadata-import = Unterstützt den Import von Metadaten
setup-delegate = Jemand anderes verwaltet Ihren IdP?
setup-delegate-lead = Senden Sie einen Einrichtungslink. Er erfordert kein Konto und öffnet nur diese Einrichtung. Sie können ihn widerrufen.
setup-create-link = Einrichtungslink erstellen

# Instructions for the identity provider.
setup-instructions = Anleitung
setup-instruction-of = Anweisung { $number } von { $count }
setup-start-at = Beginnen Sie bei { $path }
setup-instruction-done = Als erledigt markieren und weiter
setup-instruction-reopen = Als nicht erledigt markieren
setup-common-problems = Häufige Probleme
setup-values-to-copy = Lassen Sie diese Seite Ihres Identitätsanbieters geöffnet. Sie benötigen ihre Werte für

# The details of the identity provider.
setup-metadata-lead = Fügen Sie die Metadaten-URL oder das Metadaten-XML Ihres Identitätsanbieters ein. Den Rest füllen wir aus.
setup-metadata = IdP-Metadaten
setup-new-metadata = Neue IdP-Metadaten
setup-metadata-sources = { $product } bietet eine dieser Möglichkeiten:
setup-metadata-field = Metadaten-URL, Metadaten-XML oder Zertifikat
setup-metadata-field-hint = Sie können die Daten prüfen, bevor sie gespeichert werden. Fügen Sie niemals einen privaten Schlüssel ein.
setup-file = Oder Datei auswählen
setup-file-too-large = Diese Datei ist größer als 8 MB. Wählen Sie eine Datei nur mit den Metadaten Ihres Identitätsanbieters, oder fügen Sie dessen Metadaten-URL ein.
setup-details-of-other-product = Die gespeicherten Angaben sind die von { $product }, Sie haben aber { $chosen } gewählt. Geben Sie hier die Angaben von { $chosen } ein. Bis dahin ändert sich nichts.
setup-manual-entry = Werte manuell eingeben
setup-manual-entry-lead = Wenn Sie keine Metadaten haben, geben Sie diese drei Werte ein.
setup-certificate-hint = Fügen Sie den Text von BEGIN bis END oder Base64 ein. Mehrere Zertifikate sind möglich.
setup-certificate-lifetime = Gültigkeitsdauer des Zertifikats
setup-review = Daten prüfen
setup-new-details = Zu speichernde Daten
setup-current-details = Aktuelle Einstellungen
setup-imported-from = Importiert von
setup-idp-choice = Identitätsanbieter
setup-idp-choice-lead = Diese Metadaten beschreiben mehrere Identitätsanbieter. Wählen Sie Ihren aus.
setup-idp-choice-missing = Identitätsanbieter auswählen
setup-name = Name
setup-entity-id = Aussteller (Issuer, Entity-ID)
setup-sign-on-url = Anmelde-URL (Sign on URL)
setup-sign-out-url = Abmelde-URL (Sign out URL)
setup-certificate = Zertifikat
setup-certificate-days-left = { $days ->
    [0] Läuft heute ab
    [one] Läuft in { $days } Tag ab
   *[other] Läuft in { $days } Tagen ab
}
setup-certificate-expired = Abgelaufen am { $when }

# Warnings.
setup-warning-certificate-expired = Ein Zertifikat ist abgelaufen. Holen Sie das aktuelle Zertifikat von Ihrem Identitätsanbieter.
setup-warning-certificate-expires-soon = Ein Zertifikat läuft in weniger als 30 Tagen ab. Fügen Sie hier rechtzeitig den Nachfolger hinzu.
setup-warning-certificate-not-yet-valid = Ein Zertifikat ist noch nicht gültig. Prüfen Sie, ob Ihr Identitätsanbieter mit einem Zertifikat signiert, das jetzt gültig ist.
setup-warning-certificate-skipped = Ein Zertifikat in den Metadaten wurde übersprungen, weil sein Schlüssel zu kurz oder von einem unsicheren Typ ist.
setup-warning-key-skipped = Ein Schlüssel in den Metadaten wurde übersprungen, weil er nicht als Zertifikat enthalten ist.
setup-warning-metadata-signature-not-checked = Diese Metadaten sind signiert, aber wir prüfen die Signatur nicht. Stellen Sie sicher, dass sie von Ihrem Identitätsanbieter stammen.
setup-warning-metadata-expired = Diese Metadaten sind abgelaufen. Holen Sie sie erneut von Ihrem Identitätsanbieter.
setup-warning-plain-http = Die Anmelde-URL verwendet http://, daher können andere mitlesen, was Mitglieder dort eingeben. Verwenden Sie https://.
setup-warning-danger-published-key = Der private Schlüssel dieses Zertifikats ist öffentlich bekannt. Jeder könnte sich als einer Ihrer Benutzer ausgeben. Verwenden Sie es nur zum Testen.
setup-warning-danger-sha1 = SHA-1-Signaturen werden akzeptiert, obwohl sie sich fälschen lassen. Verwenden Sie SHA-256.
setup-warning-danger-unsolicited = Unaufgeforderte Antworten werden akzeptiert. Jede Website kann versuchen, Ihre Mitglieder im Konto einer anderen Person anzumelden; die Mitglieder werden nur vorher gefragt. Setzen Sie die IdP-initiierte Anmeldung stattdessen auf restart.
setup-warning-sso-not-in-plan = Mitglieder können sich nicht über diese Verbindung anmelden, weil der Tarif kein SAML Single Sign-On enthält.
setup-warning-sha1 = Anmeldungen mit SHA-1-Signaturen werden abgelehnt. Wählen Sie SHA-256 in Ihrem Identitätsanbieter.
setup-warning-unusual-issuer = Dieser Issuer ist für den gewählten Identitätsanbieter ungewöhnlich. Prüfen Sie, ob er korrekt ist.
setup-warning-issuer-certificate-skipped = Ein Zertifikat hat ein anderes ausgestellt und gilt selbst nicht als vertrauenswürdig. Ihr Identitätsanbieter muss mit dem ausgestellten Zertifikat signieren.
setup-warning-endpoint-skipped = Eine unbrauchbare Adresse in den Metadaten wurde übersprungen. Anmeldungen brauchen sie nicht.
setup-warning-several-roles = Die Metadaten beschreiben mehr als einen SAML-2.0-Identitätsanbieter unter einer Entitäts-ID. Adressen und Zertifikate eines davon werden verwendet.
setup-warning-issuer-and-url-swapped = Aussteller und Sign on URL scheinen vertauscht zu sein. Vergleichen Sie beide mit Ihrem Identitätsanbieter.
setup-warning-sign-on-url-is-metadata = Die Sign on URL sieht wie die URL von Metadaten aus. Fügen Sie diese URL als Metadaten-URL ein, oder geben Sie die URL der Anmeldeseite ein.
setup-warning-own-address = Dies ist eine unserer eigenen Adressen. Geben Sie sie bei Ihrem Identitätsanbieter ein, und hier den Wert Ihres Identitätsanbieters.
setup-warning-entra-issuer-slash = Der Aussteller von Entra ID endet mit einem Schrägstrich, dieser nicht. Kopieren Sie den Microsoft Entra-Bezeichner erneut, mit dem Schrägstrich.
setup-warning-entra-open-tenant = Diese Sign on URL gilt für Benutzer jedes Microsoft-Mandanten. Kopieren Sie die Anmelde-URL Ihres eigenen Mandanten.
setup-warning-provider-mismatch = Das sieht nach { $detected } aus, aber Sie haben { $chosen } gewählt. Um Ihre Auswahl zu ändern, gehen Sie zum ersten Schritt zurück.

# Errors.
setup-error-missing = Dieses Feld ist erforderlich.
setup-error-paste-empty = Fügen Sie hier Ihre Metadaten oder Ihr Zertifikat ein, oder geben Sie die drei Werte manuell ein.
setup-certificate-read = Zertifikat gelesen. Geben Sie auch die Anmelde-URL (Sign on URL) und den Aussteller (Issuer) ein.
setup-error-paste-too-large = Das ist größer als 1 MB. Fügen Sie nur die Metadaten oder das Zertifikat ein.
setup-error-paste-private-key = Das ist ein privater Schlüssel. Er darf Ihren Identitätsanbieter nie verlassen. Wir haben ihn nicht gespeichert, aber Sie sollten ihn ersetzen. Fügen Sie stattdessen das Zertifikat ein.
setup-error-paste-certificate-request = Das ist eine Zertifikatsignieranforderung. Fügen Sie stattdessen das Zertifikat ein.
setup-error-paste-public-key = Das ist nur ein öffentlicher Schlüssel. Fügen Sie das Zertifikat ein, das ihn enthält.
setup-error-paste-pkcs7 = Das ist ein PKCS#7-Bündel. Exportieren Sie nur das Zertifikat, als Base-64-codiertes X.509 (.cer).
setup-error-paste-pkcs12 = Das ist eine PKCS#12-Datei (.pfx, .p12), die meist einen privaten Schlüssel enthält. Wir haben sie nicht gespeichert. Exportieren Sie nur das Zertifikat.
setup-error-paste-fingerprint = Das ist der Fingerabdruck eines Zertifikats. Fügen Sie das Zertifikat selbst ein.
setup-error-paste-damaged = Ein Teil des Zertifikats fehlt. Kopieren Sie es vollständig, von BEGIN bis END.
setup-error-paste-unrecognized = Das ist weder eine URL noch Metadaten noch ein Zertifikat. Prüfen Sie, was Sie kopiert haben, und fügen Sie es erneut ein.
setup-error-own-metadata = Das sind unsere eigenen Metadaten zum Import in Ihren Identitätsanbieter. Fügen Sie hier die Metadaten Ihres Identitätsanbieters ein.
setup-error-service-provider-metadata = Das sind die Metadaten eines Service Providers. Fügen Sie die Metadaten Ihres Identitätsanbieters ein.
setup-error-metadata-without-identity-provider = Diese Metadaten beschreiben keinen SAML-2.0-Identitätsanbieter. Fügen Sie die Metadaten Ihres Identitätsanbieters ein.
setup-error-metadata-expired = Diese Metadaten sind abgelaufen. Holen Sie sie erneut von Ihrem Identitätsanbieter.
setup-error-not-metadata = Das ist XML, aber es sind keine Metadaten. Öffnen Sie die Metadaten-URL in einem Browser, um zu prüfen, was sie liefert.
setup-error-metadata-namespace = Das sieht wie Metadaten aus, aber die Deklaration des XML-Namensraums (xmlns) fehlt oder gilt für ein anderes Präfix. Holen Sie die Metadaten erneut von Ihrem Identitätsanbieter, als Datei.
setup-error-metadata-entra-template = Das ist Microsofts Vorlage für alle Mandanten. Verwenden Sie die App-Verbundmetadaten-URL Ihrer Anwendung: https://login.microsoftonline.com/TENANT-ID/federationmetadata/2007-06/federationmetadata.xml?appid=APPLICATION-ID
setup-error-metadata-key-without-certificate = Die Metadaten enthalten einen bloßen Signaturschlüssel (KeyValue) und kein Zertifikat. Richten Sie bei Ihrem Identitätsanbieter ein Zertifikat ein, und holen Sie die Metadaten dann erneut.
setup-error-metadata-too-large = Diese Metadaten sind zu groß. Fügen Sie nur die Metadaten Ihres Identitätsanbieters ein.
setup-error-paste-web-page = Das ist eine Webseite, keine Metadaten. Wenn die Seite auf die Metadaten (XML) verlinkt, fügen Sie diese URL ein, oder laden Sie die heruntergeladene Datei hoch.
setup-error-metadata-without-sign-on-endpoint = Die Metadaten enthalten keine Anmelde-URL für HTTP-Redirect oder HTTP-POST. Prüfen Sie die SAML-Einstellungen Ihres Identitätsanbieters.
setup-error-metadata-entity-id = Die entityID in den Metadaten fehlt, ist leer oder zu lang. Holen Sie die Metadaten erneut von Ihrem Identitätsanbieter.
setup-error-xml-syntax = Das ist kein wohlgeformtes XML. Kopieren Sie alles, und fügen Sie es erneut ein.
setup-error-key-too-short = Der RSA-Schlüssel des Zertifikats ist kürzer als 2048 Bit, und das ist nicht sicher. Erstellen Sie in Ihrem Identitätsanbieter ein neues Zertifikat.
setup-error-certificate-url = Das ist die URL eines Zertifikats, nicht von Metadaten. Fügen Sie das Zertifikat selbst ein, und geben Sie die beiden anderen Werte manuell ein.
setup-error-url-without-scheme = Setzen Sie https:// (oder http://) an den Anfang der URL.
setup-error-fetch-no-connection = Wir konnten keine Verbindung zu { $url } herstellen. Prüfen Sie die URL. Wenn sie korrekt ist, kann unser Server sie nicht erreichen: Fügen Sie stattdessen das Metadaten-XML ein.
setup-error-fetch-no-answer = { $url } hat nicht geantwortet. Versuchen Sie es erneut, oder fügen Sie stattdessen das Metadaten-XML ein.
setup-error-fetch-status = Keine Metadaten unter { $url } gefunden: Der Server hat mit „{ $status }“ geantwortet. Öffnen Sie die URL in einem Browser, um sie zu prüfen, oder fügen Sie stattdessen das Metadaten-XML ein.

# Attributes and roles.
setup-attributes-lead = Die Standardwerte passen in den meisten Fällen.
setup-group-separator = Trennzeichen von Gruppen in einem Wert
setup-group-separator-hint = Für Identitätsanbieter, die alle Gruppen eines Benutzers in einem Wert senden. Ein Distinguished Name (CN=…,OU=…) ist eine Gruppe und wird nie geteilt.
setup-groups-sent = Der letzte Test hat { $sent } gesendet. Daraus wurde { $groups }.
setup-group-separator-default = Standard des Produkts
setup-group-separator-none = Keines
setup-group-separator-comma = Komma
setup-group-separator-semicolon = Semikolon
setup-group-separator-pipe = Senkrechter Strich
setup-attribute-mapping = Attributzuordnung
setup-attribute-profile-field = Benutzerangabe
setup-attribute-received = Beim letzten Test empfangen
setup-attribute-name = Attributname, falls abweichend
setup-attribute-accepted-names = Auch akzeptiert: { $names }
setup-attribute-not-received = Nicht empfangen
setup-received-attributes = Alle beim letzten Test empfangenen Attribute
setup-received-attributes-hint = Nach einem Test sehen Sie, was Ihr Identitätsanbieter sendet.
setup-roles = Rollenzuordnung
setup-roles-lead = Weisen Sie Rollen anhand von Gruppen zu. Die erste zutreffende Regel gilt, und Rollen werden bei jeder Anmeldung aktualisiert. Ohne Regeln behalten Mitglieder ihre Rolle.
setup-group = Gruppe, genau wie sie gesendet wird
setup-role = Rolle
setup-default-role = Standardrolle
setup-default-role-hint = Wird zugewiesen, wenn keine Regel zutrifft. Kann nicht admin sein.

# Test sign-in.
setup-test-lead = Führen Sie einen Test durch: Melden Sie sich einmal in diesem Browser an, so wie eines Ihrer Mitglieder.
setup-test-title = Testanmeldung
setup-test-no-effect = Ein Test erstellt oder ändert keine Mitglieder und meldet Sie nicht an. Sie können ihn jederzeit wiederholen.
setup-test-start = Verbindung testen
setup-test-again = Erneut testen
setup-test-done = Test bestanden am { $when }.
setup-test-errors = Fehlermeldungen von { $product }
setup-test-errors-other = Fehlermeldungen Ihres Identitätsanbieters

# Domain.
setup-domain-lead = Um eine Domain zu verifizieren, fügen Sie ihrem DNS einen Eintrag hinzu.

# Activation.
setup-notice-draft = Diese Einstellungen ersetzen die, die Mitglieder jetzt verwenden.
setup-notice-undo = Sie können die Verbindung jederzeit deaktivieren und frühere Einstellungen wiederherstellen.
setup-untested = Diese Einstellungen wurden noch nicht getestet:
setup-activate = Verbindung aktivieren
setup-activate-untested = Ohne Test aktivieren
setup-active-title = Verbindung aktiv
setup-active = Mitglieder können sich jetzt über Ihren Identitätsanbieter anmelden.
setup-active-try = Probieren Sie es aus: Gehen Sie zu Ihrer Anwendung, und melden Sie sich mit Ihrer E-Mail-Adresse an.
setup-active-no-domain = Verifizieren Sie eine Domain, damit sich Mitglieder mit ihrer E-Mail-Adresse anmelden können:
setup-active-unconfirmed = Ein Admin von { $organization } muss diese Verbindung noch bestätigen. Bis dahin wird niemand über sie Admin.
setup-active-open = Anwendung öffnen
setup-open-sso-settings = SSO-Einstellungen öffnen
setup-activation-not-allowed = Ein Admin Ihrer Organisation, oder die Person, die Ihnen den Link gesendet hat, muss die Verbindung aktivieren. Ein Einrichtungslink kann nur eine neue Verbindung aktivieren, und nur wenn die Domains der Organisation per DNS verifiziert sind.
setup-link-test-needed = Bevor Sie die Verbindung aktivieren, führen Sie eine Testanmeldung mit diesen Einstellungen durch:
setup-request-lead = Dies ist nicht die erste Verbindung von { $organization }. Ein Admin von { $organization } muss die Aktivierung bestätigen.
setup-request = Aktivierung anfragen
setup-requested-title = Wartet auf Bestätigung
setup-requested = Die Aktivierung wurde am { $when } angefragt. Ein Admin von { $organization } muss sie bestätigen, bevor sich Mitglieder anmelden können.
setup-requested-mailed = Wir haben die Admins per E-Mail benachrichtigt. Sie müssen nichts weiter tun.
setup-requested-ask = Wenn es zu lange dauert, wenden Sie sich an die Person, die Ihnen den Einrichtungslink gesendet hat. Sie können diese Seite schließen; öffnen Sie den Link erneut, um zu sehen, ob die Verbindung aktiv ist.

# Setup links.
setup-links = Einrichtungslinks
setup-links-lead = Mit einem Einrichtungslink kann man diese Verbindung einrichten und sonst nichts.
setup-links-existing = Vorhandene Links
setup-link-new = Neuer Einrichtungslink
setup-link-created = Ihr Einrichtungslink
setup-link-created-lead = Senden Sie diesen Link an die Person, die ihn benötigt. Er wird nicht noch einmal angezeigt. Mehrere Personen können ihn verwenden, bis er abläuft.
setup-link-purpose = Zweck
setup-purpose-connection = Vollständige Einrichtung
setup-purpose-test = Testanmeldung
setup-purpose-domain = Domain-Verifizierung
setup-link-lifetime = Gültig für
setup-link-email = E-Mail-Adresse der empfangenden Person (optional)
setup-link-email-hint = Nur für diese Liste. Wir senden keine E-Mail.
setup-link-email-invalid = Geben Sie eine gültige E-Mail-Adresse ein, zum Beispiel ada@acme.example.
setup-link-state = Status
setup-link-expires-at = Läuft ab
setup-link-pending = Ausstehend
setup-link-opened = Geöffnet
setup-link-expired = Abgelaufen
setup-link-revoked = Widerrufen
setup-link-revoke = Link widerrufen
setup-link-revoke-question = Diesen Einrichtungslink von { $connection } widerrufen?
setup-link-revoke-recipient = 1 Person ist betroffen: der an { $email } gesendete Link funktioniert ab sofort nicht mehr.
setup-link-revoke-effect = Der Link funktioniert ab sofort nicht mehr für die Person, die ihn erhalten hat.
setup-link-revoke-keeps = Die damit vorgenommenen Einstellungen bleiben erhalten. Sie können jederzeit einen neuen Link erstellen.
setup-link-page-connection = Sie wurden gebeten, den Identitätsanbieter Ihrer Organisation zu verbinden. Das dauert etwa 10 Minuten, und Sie können jederzeit pausieren.
setup-link-page-test = Sie wurden gebeten, Single Sign-On zu testen, indem Sie sich einmal anmelden. Der Test ändert nichts.
setup-link-page-domain = Sie wurden gebeten, eine Domain Ihrer Organisation mit einem DNS-Eintrag zu verifizieren.
setup-link-page-expires-at = Dieser Link läuft am { $when } ab.
setup-link-page-open = Loslegen
setup-link-invalid-title = Dieser Link ist nicht mehr gültig
setup-link-invalid-expired = Der Link ist abgelaufen. Bitten Sie die Person, die ihn gesendet hat, um einen neuen.
setup-link-invalid-revoked = Der Link wurde widerrufen. Bitten Sie die Person, die ihn gesendet hat, um einen neuen.
setup-link-invalid-unknown = Diesen Link gibt es nicht. Kopieren Sie die vollständige URL, oder bitten Sie die Person, die ihn gesendet hat, um einen neuen.
setup-reopen-link-title = Einrichtungslink erneut öffnen
setup-reopen-link = In diesem Browser läuft keine Einrichtung, oder Ihr Link ist abgelaufen. Öffnen Sie den Link, den Sie erhalten haben. Ihr Fortschritt ist gespeichert.
setup-complete-title = Einrichtung abgeschlossen
setup-complete = Die Verbindung ist aktiv, daher wird dieser Link nicht mehr benötigt. Ein Admin Ihrer Organisation kann einen neuen erstellen.
