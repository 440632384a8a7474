# Die Seite mit den erweiterten Einstellungen.
sso-advanced = Erweiterte Einstellungen
sso-advanced-lead = Die Standardwerte dieser Einstellungen von { $connection } passen für die meisten Identitätsanbieter. Ändern Sie eine nur, wenn Ihr Identitätsanbieter oder Ihre Sicherheitsrichtlinie es verlangt.
sso-advanced-invalid = Es wurde nichts gespeichert. Korrigieren Sie die markierten Felder.
sso-advanced-not-allowed-with-setup-link = Über einen Einrichtungslink ist diese Änderung nicht möglich. Es wurde nichts gespeichert. Bitten Sie einen Admin darum.
sso-advanced-open = Erweiterte Einstellungen öffnen
sso-advanced-panel-lead = Signatur, Verschlüsselung, Anmeldeverhalten, eigene Claims und Bereitstellung.
sso-advanced-signing = Signatur und Verschlüsselung
sso-advanced-sign-in = Anmeldeverhalten
sso-advanced-identity = Identität und Attribute
sso-advanced-provisioning = Bereitstellung
sso-locked-administrators = Nur ein Admin kann diese Einstellung ändern.
sso-locked-not-set = Nicht festgelegt
sso-locked-was-active = Diese Verbindung war bereits aktiv. Deshalb kann nur ein Admin diese Einstellung ändern.

# Was jede Einstellung bewirkt.
sso-help-sign-requests = Anfragen auch dann signieren, wenn die Metadaten Ihres Identitätsanbieters es nicht verlangen. Laden Sie vorher unser Zertifikat bei Ihrem Identitätsanbieter hoch.
sso-help-sign-on-binding = Wie der Browser Anfragen zu Ihrem Identitätsanbieter bringt. Die Anmelde-URL muss zu diesem Binding gehören.
sso-help-require-signed-response = Antworten ablehnen, die nicht selbst signiert sind. Standardmäßig muss die Antwort oder die Assertion signiert sein.
sso-help-require-signed-assertion = Assertions ablehnen, die nicht selbst signiert sind.
sso-help-require-encryption = Assertions ablehnen, die nicht verschlüsselt sind. Unsere Metadaten enthalten dann immer einen Schlüssel zum Verschlüsseln.
sso-help-publish-encryption-key = Ob unsere Metadaten einen Schlüssel zum Verschlüsseln enthalten. Viele Produkte verschlüsseln, sobald sie einen finden. Standardmäßig veröffentlichen wir einen, außer für AD FS, solange AES-CBC nicht akzeptiert wird.
sso-help-accept-cbc = Verschlüsselung mit AES-CBC zusätzlich zu AES-GCM akzeptieren. Nötig für Produkte, die nur AES-CBC kennen, zum Beispiel AD FS. AES-CBC erkennt keine Manipulation. Wählen Sie deshalb AES-GCM, wenn Ihr Identitätsanbieter es anbietet.
sso-help-reject-expired-signing-certificate = Signaturen ablehnen, wenn das Zertifikat abgelaufen ist. Andernfalls gilt der Schlüssel, bis Sie sein Zertifikat entfernen.
sso-help-danger-accept-sha1 = Signaturen mit SHA-1 akzeptieren. Wählen Sie stattdessen SHA-256 bei Ihrem Identitätsanbieter.
sso-help-force-authn = Den Identitätsanbieter bei jeder Anmeldung um eine neue Authentifizierung bitten, auch wenn der Benutzer dort schon eine Sitzung hat.
sso-help-passive-requests = Wenn eine Anwendung eine Anmeldung ohne jede Seite verlangt (prompt=none), auch den Identitätsanbieter fragen. Andernfalls antworten wir nur anhand der Sitzung.
sso-help-authn-contexts = Wie sich Benutzer beim Identitätsanbieter anmelden müssen, zum Beispiel https://refeds.org/profile/mfa. Geben Sie in jeder Zeile einen URI ein. Eine Anmeldung mit einem anderen Kontext wird abgelehnt.
sso-help-authn-context-comparison = Wie der Identitätsanbieter seine Anmeldung mit den verlangten Kontexten vergleicht. Die meisten Produkte unterstützen nur „Exakt“.
sso-help-accepted-authn-contexts = Kontexte, die eine Anmeldung stattdessen haben darf, ein URI in jeder Zeile. Nötig für „Mindestens“, „Höchstens“ und „Besser“, weil Kontexte keine allgemeine Reihenfolge haben.
sso-help-accept-missing-authn-statement = Assertions akzeptieren, die nicht angeben, wann und wie sich der Benutzer angemeldet hat. Anwendungen erfahren dann keinen Zeitpunkt und können keine neue Authentifizierung verlangen.
sso-help-clock-tolerance-seconds = Wie weit die Uhr Ihres Identitätsanbieters von unserer abweichen darf, 0 bis 300 Sekunden.
sso-help-idp-initiated = Was mit einer Anmeldung geschieht, die beim Identitätsanbieter beginnt, zum Beispiel über eine Kachel in seinem Portal. „Neu starten“ beginnt sie noch einmal mit einer Anfrage von uns, und das ist sicher.
sso-help-entity-id = Der Name des Service Providers, den Ihr Identitätsanbieter als Audience verwendet. Lassen Sie das Feld leer, um den Namen aller Verbindungen zu verwenden. Wenn Sie ihn hier ändern, ändern Sie ihn auch bei Ihrem Identitätsanbieter.
sso-help-name-id-format = Das NameID-Format, das angefordert wird. Lassen Sie das Feld leer, um keines oder von SimpleSAMLphp ein persistentes anzufordern. Entra ID und AD FS lehnen manche Formate ab.
sso-help-allow-create = Dem Identitätsanbieter erlauben, eine Kennung für einen Benutzer anzulegen, der noch keine hat (AllowCreate). Manche Produkte lehnen ohne diese Einstellung eine erste Anmeldung ab.
sso-help-subject-attribute = Das Attribut, das das Konto identifiziert, wenn die NameID nicht dauerhaft gleich bleibt. Lassen Sie das Feld leer, um die NameID zu verwenden. Eine Änderung gibt bestehenden Mitgliedern neue Konten.
sso-help-group-separator = Das Zeichen zwischen Gruppen, wenn Ihr Identitätsanbieter alle Gruppen in einem Wert sendet. Ein Distinguished Name (CN=…,OU=…) wird nie geteilt.
sso-help-custom-claims = Attribute, die Anwendungen zusätzlich zum Profil erhalten. Führen Sie einen Test durch, um die echten Werte zu sehen.
sso-help-provisioning = Wer sich anmelden kann: alle, die der Identitätsanbieter anmeldet, oder nur Mitglieder, die Sie eingeladen haben.
sso-help-unverified-email = Was mit einem neuen Mitglied geschieht, dessen E-Mail-Adresse in keiner Ihrer verifizierten Domains liegt. Standardmäßig wird die Anmeldung abgelehnt, sobald Sie eine verifizierte Domain haben.

# Warum eine Einstellung gefährlich ist.
sso-danger-danger-accept-sha1 = Gefährlich: Signaturen mit SHA-1 können gefälscht werden. Ein Angreifer könnte sich als jedes Mitglied anmelden.
sso-danger-idp-initiated = Solche Anmeldungen direkt zu akzeptieren ist gefährlich: Jede Website kann einen Besucher beim Konto einer anderen Person anmelden.

# Werte.
sso-binding-redirect = HTTP-Redirect
sso-binding-post = HTTP-POST
sso-comparison-exact = Exakt
sso-comparison-minimum = Mindestens (minimum)
sso-comparison-maximum = Höchstens (maximum)
sso-comparison-better = Besser (better)
sso-idp-initiated-reject = Ablehnen
sso-idp-initiated-restart = Mit einer Anfrage neu starten
sso-idp-initiated-danger-accept = Akzeptieren (gefährlich)
sso-provisioning-just-in-time = Alle (Just-in-time-Bereitstellung)
sso-provisioning-invitation-only = Nur eingeladene Mitglieder
sso-unverified-email-default = Standard (ablehnen mit einer verifizierten Domain, sonst zulassen)
sso-unverified-email-admit = Zulassen, mit der Adresse als nicht verifiziert
sso-unverified-email-admit-without-email = Ohne E-Mail-Adresse zulassen
sso-unverified-email-refuse = Ablehnen
sso-claim-name = Claim { $number }
sso-claim-attribute = Attribut { $number }
sso-claim-values = Werte { $number }
sso-claim-first = Erster Wert
sso-claim-list = Liste aller Werte
sso-claim-add = Claim hinzufügen
sso-claim-remove = Claim entfernen
sso-own-entity-id = Eigene Entity-ID verwenden
sso-own-entity-id-lead = Ihr Identitätsanbieter erkennt eine Anwendung allein an ihrer Entity-ID. Wenn eine andere Anwendung oder Verbindung dort diese Entity-ID schon hat, geben Sie dieser Verbindung eine eigene, bevor Sie fortfahren.

# Umbenennen, duplizieren, löschen.
sso-manage = Verbindung verwalten
sso-connection-name = Name
sso-connection-name-hint = Sichtbar für Administratoren und für Mitglieder, die zwischen mehreren Verbindungen wählen.
sso-rename = Verbindung umbenennen
sso-rename-title = { $connection } umbenennen
sso-duplicate = Verbindung duplizieren
sso-duplicate-title = { $connection } duplizieren
sso-duplicate-lead = Die Kopie ist ein Entwurf mit denselben Einstellungen. Sie hat eine eigene ACS-URL, eigene Schlüssel und eigene Metadaten, die Sie beim Identitätsanbieter eintragen. Mitglieder sind nicht betroffen.
sso-copy-name = { $connection } (Kopie)
sso-delete = Verbindung löschen
sso-delete-question = { $connection } löschen?
sso-delete-members = { $count ->
    [0] Kein aktives Mitglied hat ein Konto bei dieser Verbindung.
    [one] { $count } Mitglied hat ein Konto bei dieser Verbindung und kann es nicht mehr verwenden. Es bleibt in Ihrem Team.
   *[other] { $count } Mitglieder haben ein Konto bei dieser Verbindung und können es nicht mehr verwenden. Sie bleiben in Ihrem Team.
}
sso-delete-settings = Einstellungen, Versionen, Schlüssel und Einrichtungslinks der Verbindung werden gelöscht. Das lässt sich nicht rückgängig machen. Die Anmeldeversuche bleiben erhalten.
done-connection-renamed = Verbindung umbenannt.
done-connection-duplicated = Verbindung dupliziert. Dies ist die Kopie.
done-connection-deleted = Verbindung gelöscht.
