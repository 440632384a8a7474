sso-title = SAML Single Sign-On
sso-lead = Lassen Sie Ihre Mitglieder sich mit Ihrem Identitätsanbieter anmelden.
sso-not-in-plan = Nicht in Ihrem Tarif enthalten
sso-not-in-plan-lead = Ihr Team meldet sich mit dem Firmenkonto an. Wer das Unternehmen verlässt, verliert automatisch den Zugriff.
sso-required-plan = Verfügbar ab dem Tarif { $plan }.
sso-contact-sales = Vertrieb kontaktieren
sso-sp-details = Daten des Service Providers
sso-sp-details-lead = Tragen Sie diese Werte in Ihrem Identitätsanbieter ein, oder importieren Sie dort unsere Metadaten.
sso-acs-url = Assertion Consumer Service URL (ACS)
sso-entity-id = Entity-ID
sso-download-metadata = Metadaten-XML herunterladen
sso-idp-details = Daten des Identitätsanbieters
sso-enable = SAML-Authentifizierung aktivieren
sso-sign-on-url = Anmelde-URL (Sign on URL)
sso-sign-on-url-hint = Die Anmelde-URL Ihres Identitätsanbieters.
sso-issuer = Aussteller (Issuer)
sso-issuer-hint = Die Entity-ID Ihres Identitätsanbieters, manchmal auch Bezeichner genannt.
sso-certificate = Öffentliches Zertifikat
sso-certificate-hint = Fügen Sie ein oder mehrere Zertifikate (PEM oder Base64) oder die Metadaten Ihres Identitätsanbieters ein. Fügen Sie niemals einen privaten Schlüssel ein.
sso-certificate-blank-hint = Lassen Sie das Feld leer, um die aktuellen Zertifikate beizubehalten.
sso-trusted-certificate = Vertrauenswürdiges Zertifikat
sso-certificate-valid-until = Gültig bis { $when }
sso-algorithms = Signaturen müssen mindestens SHA-256 verwenden, auf der Antwort, der Assertion oder beiden.
sso-download-certificate = Unser Zertifikat herunterladen
sso-enable-hint = Bevor sich etwas ändert, sehen Sie, wer betroffen ist.
sso-cancel = Abbrechen
sso-yes = Ja
sso-no = Nein

# What the plan offers.
sso-feature-providers = Microsoft Entra ID, Okta, OneLogin, Ping Identity, Google Workspace und jeder andere SAML-2.0-Identitätsanbieter, jeweils mit einer Anleitung zur Einrichtung.
sso-feature-deprovisioning = Automatischer Entzug des Zugriffs, wenn jemand Ihr Unternehmen verlässt.
sso-feature-roles = Rollen auf Basis der Gruppen Ihres Identitätsanbieters.
sso-feature-enforcement = SSO-Pflicht für alle Mitglieder, mit einer Vorschau der Auswirkungen und einem Weg, den Zugriff wiederherzustellen.
sso-feature-diagnosis = Ein Test, der zeigt, was zu korrigieren ist, und der Grund für jede fehlgeschlagene Anmeldung.
sso-upgrade-contact = Wenden Sie sich für ein Upgrade an { $contact }.

# States of a connection.
sso-state-active = Aktiv
sso-state-disabled = Deaktiviert
sso-state-tested = Getestet
sso-state-draft = Entwurf

# The draft.
sso-draft = Unveröffentlichte Änderungen
sso-draft-lead = Mitglieder verwenden die aktuellen Einstellungen, bis Sie veröffentlichen.
sso-draft-same = Der Entwurf enthält dieselben Einstellungen wie die veröffentlichte Version.
sso-draft-untested = Diese Einstellungen wurden noch nicht erfolgreich getestet.
sso-draft-test = Diese Einstellungen testen
sso-publish = Änderungen veröffentlichen
sso-publish-question = Änderungen an { $connection } veröffentlichen?
sso-publish-accounts = { $count ->
    [0] Noch kein Mitglied hat sich über diese Verbindung angemeldet. Die nächsten Anmeldungen verwenden die neuen Einstellungen.
    [one] { $count } Mitglied meldet sich über diese Verbindung an und verwendet bei der nächsten Anmeldung die neuen Einstellungen.
   *[other] { $count } Mitglieder melden sich über diese Verbindung an und verwenden bei der nächsten Anmeldung die neuen Einstellungen.
}
sso-publish-undo = Die vorherige Version bleibt erhalten. Sie können sie auf der Seite der Verbindung wiederherstellen.
sso-publish-untested = Diese Einstellungen haben noch keinen Test bestanden. Wenn sie falsch sind, können sich Mitglieder nicht anmelden.
sso-publish-without-test = Ohne Test veröffentlichen
sso-live-untested = Die aktiven Einstellungen haben noch keinen Test bestanden
sso-live-untested-lead = Mitglieder melden sich damit an. Testen Sie sie jetzt, oder kehren Sie zur vorherigen Version zurück.
sso-restore-previous = Vorherige Version wiederherstellen
sso-discard = Änderungen verwerfen
sso-discard-question = Die unveröffentlichten Änderungen an { $connection } verwerfen?
sso-discard-effect = Kein Mitglied ist betroffen: Mitglieder melden sich mit den veröffentlichten Einstellungen an. Das lässt sich nicht rückgängig machen.
sso-changes = Änderungen
sso-connections = Verbindungen
sso-new-connection = Weiteren Identitätsanbieter verbinden
sso-setting = Einstellung
sso-current-value = Aktuell
sso-new-value = Neu

# Activating and disabling.
sso-activate-confirm = { $connection } aktivieren?
sso-activate-button = Verbindung aktivieren
sso-impact = Wer betroffen ist
sso-activate-members = { $count ->
    [0] Ihre Organisation hat noch keine Mitglieder. Neue Mitglieder können sich über Ihren Identitätsanbieter anmelden.
    [one] { $count } Mitglied kann sich über Ihren Identitätsanbieter anmelden.
   *[other] { $count } Mitglieder können sich über Ihren Identitätsanbieter anmelden.
}
sso-activate-domains = Wer sich mit einer E-Mail-Adresse von { $domains } anmeldet, wird zu Ihrem Identitätsanbieter weitergeleitet.
sso-activate-no-domains = Es ist noch keine Domain verifiziert. Die Anmeldeseite kann Mitglieder daher nicht anhand ihrer E-Mail-Adresse zu Ihrem Identitätsanbieter weiterleiten.
sso-activate-accounts = { $count ->
    [one] { $count } Mitglied hat sich bereits über diese Verbindung angemeldet und wird wiedererkannt.
   *[other] { $count } Mitglieder haben sich bereits über diese Verbindung angemeldet und werden wiedererkannt.
}
sso-activate-others = Diese Verbindungen bleiben aktiv: { $names }.
sso-activate-sessions = Mitglieder bleiben angemeldet, und ihre bisherigen Anmeldemethoden funktionieren weiterhin.
sso-activate-untested = Diese Einstellungen wurden noch nicht erfolgreich getestet. Testen Sie sie, bevor Sie die Verbindung aktivieren, damit bei Ihren Mitgliedern keine Fehler auftreten.
sso-activate-publish = Auch die unveröffentlichten Änderungen veröffentlichen
sso-request-title = Aktivierung angefragt
sso-request-lead = Der Empfänger eines Einrichtungslinks bittet Sie, { $connection } zu aktivieren. Bis Sie bestätigen, kann sich kein Mitglied darüber anmelden.
sso-request-effect = Eine aktive Verbindung kann Personen als Mitglieder von { $organization } anmelden. Bestätigen Sie nur, wenn Sie diese Anfrage erwarten und den Identitätsanbieter kennen.
sso-request-at = Angefragt
sso-request-recipient = Einrichtungslink gesendet an
sso-request-creator = Einrichtungslink erstellt von
sso-request-confirm = Aktivierung bestätigen
sso-request-decline = Ablehnen
sso-request-decline-question = Aktivierung von { $connection } ablehnen?
sso-request-decline-effect = Kein Mitglied ist betroffen: die Verbindung bleibt inaktiv. Der Einrichtungslink wird widerrufen.
sso-request-decline-hint = Wenn Sie ablehnen, wird der Einrichtungslink widerrufen.
sso-unconfirmed-title = Verbindung nicht bestätigt
sso-unconfirmed-lead = Diese Verbindung wurde am { $when } mit einem Einrichtungslink aktiviert, und kein Admin hat sie bestätigt. Mitglieder können sich anmelden, aber niemand wird über sie Admin.
sso-unconfirmed-hint = Wenn Sie diesen Identitätsanbieter nicht kennen, deaktivieren Sie die Verbindung.
sso-unconfirmed-confirm = Verbindung bestätigen
sso-disable-confirm = { $connection } deaktivieren?
sso-disable-button = Verbindung deaktivieren
sso-disable-accounts = { $count ->
    [one] { $count } Mitglied kann sich nicht mehr über diese Verbindung anmelden.
   *[other] { $count } Mitglieder können sich nicht mehr über diese Verbindung anmelden.
}
sso-disable-sessions = { $count ->
    [one] { $count } Sitzung, die über diese Verbindung begonnen wurde, endet sofort.
   *[other] { $count } Sitzungen, die über diese Verbindung begonnen wurden, enden sofort.
}
sso-disable-domains = Die Anmeldeseite leitet E-Mail-Adressen von { $domains } nicht mehr zu diesem Identitätsanbieter weiter.
sso-disable-others = Diese Verbindungen bleiben aktiv: { $names }.
sso-disable-keeps-settings = Einstellungen und Mitglieder bleiben erhalten. Sie können die Verbindung jederzeit wieder aktivieren.
sso-disable-enforced = SSO wird erzwungen, und keine andere Verbindung ist aktiv. Nur ausgenommene Mitglieder hätten noch Zugriff. Heben Sie zuerst die SSO-Pflicht auf.

# Versions.
sso-versions = Versionen
sso-versions-lead = Alle veröffentlichten Einstellungen dieser Verbindung. Sie können jede Version wiederherstellen.
sso-versions-none = Noch keine Versionen. Die erste Version entsteht, wenn Sie die Verbindung aktivieren.
sso-version = Version
sso-version-current = Aktuell
sso-restore = Version wiederherstellen
sso-restore-title = Version { $number } wiederherstellen
sso-restore-lead = Mitglieder verwenden diese Einstellungen sofort. Dabei entsteht eine neue Version, sodass Sie jederzeit zurückkehren können.
sso-restore-keeps-draft = Ihre unveröffentlichten Änderungen bleiben erhalten.
sso-restore-same = Diese Version enthält dieselben Einstellungen wie die aktuelle.
sso-restore-changes = Änderungen

# Role mapping.
sso-roles = Rollenzuordnung
sso-roles-lead = Weisen Sie Rollen anhand der Gruppen Ihres Identitätsanbieters zu. Rollen werden bei jeder Anmeldung aktualisiert.
sso-roles-summary = { $rules ->
    [0] Keine Regeln. Mitglieder behalten ihre Rolle, und neue Mitglieder erhalten { $role }.
    [one] { $rules } Regel. Mitglieder, auf die sie nicht zutrifft, erhalten { $role }.
   *[other] { $rules } Regeln. Mitglieder, auf die keine davon zutrifft, erhalten { $role }.
}
sso-roles-change = Rollenzuordnung bearbeiten
sso-roles-draft = Diese Verbindung wird verwendet. Ihre Änderungen werden als Entwurf gespeichert und gelten, sobald Sie sie veröffentlichen.
sso-default-role = Standardrolle
sso-default-role-hint = Wird zugewiesen, wenn keine Regel zutrifft. Kann nicht admin sein.
sso-rules = Regeln
sso-rules-lead = Die erste zutreffende Regel gilt. Geben Sie Gruppennamen genau so ein, wie Ihr Identitätsanbieter sie sendet (ein Test zeigt sie an). Leeren Sie eine Zeile, um sie zu löschen.
sso-rules-more = Speichern Sie, um weitere Zeilen hinzuzufügen.
sso-rule-group = Gruppe { $number }
sso-rule-role = Rolle { $number }

# Who made a change, where it was not a person.
sso-by-link = Einrichtungslink
sso-by-key = API-Schlüssel
sso-by-cli = Betreiber (Kommandozeile)
sso-by-server = System

# Settings of a connection.
sso-field-name = Name
sso-field-issuer = Aussteller (Issuer)
sso-field-sign-on-url = Anmelde-URL (Sign on URL)
sso-field-sign-on-binding = Binding für Anfragen
sso-field-certificates = Zertifikate
sso-field-provider = Identitätsanbieter
sso-field-sign-requests = Anfragen signieren
sso-field-clock-tolerance-seconds = Zulässige Zeitabweichung (Sekunden)
sso-field-danger-accept-sha1 = SHA-1 akzeptieren
sso-field-accept-cbc = AES-CBC akzeptieren
sso-field-reject-expired-signing-certificate = Abgelaufene Signaturzertifikate ablehnen
sso-field-idp-initiated = IdP-initiierte Anmeldung
sso-field-provisioning = Bereitstellung
sso-field-subject-attribute = Attribut für die Konto-ID
sso-field-attributes = Attributzuordnung
sso-field-entity-id = Unsere Entity-ID
sso-field-acs-url = Unsere Assertion Consumer Service URL (ACS)
sso-field-force-authn = Immer erneute Authentifizierung verlangen
sso-field-name-id-format = NameID-Format
sso-field-authn-contexts = Verlangte Authentifizierungskontexte
sso-field-authn-context-comparison = Vergleich der Authentifizierungskontexte
sso-field-accepted-authn-contexts = Weitere akzeptierte Authentifizierungskontexte
sso-field-accept-missing-authn-statement = Assertions ohne Authentifizierungsangabe akzeptieren
sso-field-require-signed-response = Signierte Antwort verlangen
sso-field-require-signed-assertion = Signierte Assertion verlangen
sso-field-require-encryption = Verschlüsselung verlangen
sso-field-publish-encryption-key = Schlüssel zum Verschlüsseln veröffentlichen
sso-field-allow-create = Identitätsanbieter darf Kennungen anlegen
sso-field-passive-requests = Passive Anfragen weitergeben
sso-field-group-separator = Trennzeichen der Gruppen
sso-field-unverified-email = E-Mail-Adressen außerhalb der verifizierten Domains
sso-field-custom-claims = Eigene Claims
sso-field-default-role = Standardrolle
sso-field-role-rules = Rollenzuordnung

# Confirmations.
done-draft-saved = Als Entwurf gespeichert. Für Mitglieder ändert sich nichts, bis Sie ihn veröffentlichen.
done-draft-published = Änderungen veröffentlicht. Mitglieder melden sich jetzt mit diesen Einstellungen an.
done-draft-discarded = Änderungen verworfen.
done-activated = Verbindung aktiviert.
done-activation-confirmed = Verbindung bestätigt. Sie ist aktiv.
done-activation-declined = Aktivierung abgelehnt. Der Einrichtungslink ist widerrufen.
done-disabled = Verbindung deaktiviert.
done-version-restored = Version wiederhergestellt.
