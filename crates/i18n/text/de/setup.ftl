# Geführte Einrichtung: wo man ist.
setup-title = Identitätsanbieter verbinden
setup-lead = Schritt für Schritt, in den Worten Ihres Identitätsanbieters. Sie können jederzeit aufhören: Was getan ist, bleibt getan, und andere können weitermachen.
setup-entry = Schritt für Schritt einrichten
setup-entry-lead = In den Worten Ihres Identitätsanbieters, mit seinen Metadaten als Adresse oder Datei, einem Test und Ihrer Domain.
setup-steps = Schritte
setup-step-of = Schritt { $number } von { $count }
setup-step-provider = Identitätsanbieter
setup-step-cards = Bei Ihrem Anbieter
setup-step-other-side = Daten Ihres Anbieters
setup-step-attributes = Attribute und Rollen
setup-step-test = Test
setup-step-domain = Domain
setup-step-activate = Einschalten
setup-done = erledigt
setup-next = Weiter
setup-keep = Speichern und weiter
setup-incomplete = Es fehlen noch:
setup-without-plan = Der Tarif der Organisation enthält kein Single Sign-On. Fragen Sie den Betreiber dieses Dienstes.

# Wo sie beginnt.
setup-there = Vorhandene Verbindungen
setup-go-on = Fortsetzen
setup-state-active = aktiv
setup-state-disabled = ausgeschaltet
setup-state-tested = getestet
setup-state-draft = in Einrichtung
setup-choose = Eine weitere verbinden
setup-choose-lead = Mit welchem Produkt melden sich Ihre Mitarbeiter an?
setup-takes-metadata = liest unsere Metadaten ein: weniger zu kopieren
setup-somebody-else = Kümmert sich jemand anderes darum?
setup-somebody-else-lead = Schicken Sie einen Link. Er führt zu dieser Einrichtung und zu nichts anderem, braucht kein Konto und kann zurückgezogen werden.
setup-make-link = Link erstellen

# Im anderen Produkt.
setup-cards = Die Schritte dort
setup-card-of = Karte { $number } von { $count }
setup-in-console = Beginnen Sie bei { $path }
setup-card-done = Erledigt, weiter
setup-card-open = Noch einmal tun
setup-traps = Was leicht schiefgeht
setup-bring-back = Lassen Sie diese Seite Ihres Anbieters offen. Was sie zeigt, wird eingegeben unter

# Das Feld für die andere Seite.
setup-box-lead = Nun zu Ihrem Identitätsanbieter. Am besten sind Metadaten: Sie sagen alles auf einmal.
setup-box = Hier eingeben
setup-box-again = Etwas anderes eingeben
setup-ways = { $product } zeigt eines davon:
setup-pasted = Metadaten-URL, Metadaten-XML oder Zertifikat
setup-pasted-hint = Fügen Sie ein, was Sie haben. Bevor etwas gespeichert wird, sehen Sie, was verstanden wurde. Niemals einen privaten Schlüssel einfügen.
setup-file = Oder eine Datei wählen
setup-by-hand = Von Hand eingeben
setup-by-hand-lead = Diese drei, wenn Sie keine Metadaten haben.
setup-certificate-hint = Als Text von BEGIN bis END oder als Base64; auch mehrere auf einmal.
setup-certificate-life = Wie lange das Zertifikat gilt
setup-look = Zeigen, was verstanden wird
setup-understood = Das haben wir verstanden
setup-kept = Was wir wissen
setup-source = Gelesen von
setup-entity = Identitätsanbieter
setup-entity-lead = Diese Metadaten beschreiben mehrere Identitätsanbieter. Wählen Sie Ihren.
setup-entity-choose = Bitte wählen
setup-name = Name
setup-entity-id = Issuer (Entity-ID)
setup-sign-on-address = Anmelde-URL (Sign on URL)
setup-sign-out-address = Abmelde-URL
setup-certificate = Zertifikat
setup-days-left = { $days ->
    [one] noch { $days } Tag
   *[other] noch { $days } Tage
}
setup-ended = abgelaufen am { $when }

# Was man darüber wissen sollte.
setup-note-certificate-ended = Ein Zertifikat ist abgelaufen. Fragen Sie Ihren Anbieter nach dem, das in Gebrauch ist.
setup-note-certificate-ends-soon = Ein Zertifikat läuft innerhalb von dreißig Tagen ab. Geben Sie vorher das nächste hier ein.
setup-note-certificate-not-yet-valid = Ein Zertifikat gilt noch nicht.
setup-note-certificate-left-out = Ein Zertifikat in den Metadaten ist nicht verwendbar und wurde ausgelassen: Sein Schlüssel ist zu kurz oder von einer unsicheren Art.
setup-note-key-left-out = Ein Schlüssel in den Metadaten ist nicht als Zertifikat angegeben und wurde ausgelassen.
setup-note-metadata-signature-not-checked = Die Metadaten sind signiert. Wir nehmen sie so, wie Sie sie geben, ohne diese Signatur zu prüfen.
setup-note-metadata-ended = Die Metadaten gelten nicht mehr; holen Sie sie neu.
setup-note-plain-http = Die Anmeldeadresse beginnt mit http: Was dort eingegeben wird, kann unterwegs mitgelesen werden. Verwenden Sie https.
setup-note-danger-published-key = Den privaten Schlüssel dieses Zertifikats kann jeder haben, also könnte sich jeder als jeder anmelden. Nur zum Ausprobieren verwenden.
setup-note-danger-sha1 = Signaturen mit SHA-1 werden akzeptiert, obwohl sie sich fälschen lassen.
setup-note-sso-not-in-plan = Niemand meldet sich darüber an: Der Tarif enthält kein SAML Single Sign-On.
setup-note-sha1 = Dort wird SHA-1 verwendet. Wenn Ihr Anbieter mit SHA-1 signiert, werden Anmeldungen abgelehnt: Wählen Sie dort SHA-256.
setup-note-issuer-unusual = Der Issuer sieht nicht nach dem gewählten Produkt aus. Prüfen Sie, ob es der richtige Wert ist.
setup-note-other-product = Das sieht nach { $recognised } aus, und Sie haben { $chosen } gewählt. Wenn das falsch ist, gehen Sie zum ersten Schritt zurück.

# Was daran falsch ist.
setup-fault-missing = Das wird gebraucht.
setup-fault-paste-empty = Fügen Sie hier etwas ein, oder geben Sie die drei Werte von Hand ein.
setup-fault-paste-too-large = Das ist größer als ein Megabyte; kein Zertifikat und keine Metadaten eines Anbieters sind so groß.
setup-fault-paste-private-key = Das ist ein privater Schlüssel. Er darf Ihren Identitätsanbieter nie verlassen: Wir haben ihn nicht behalten, und Sie sollten ihn ersetzen. Geben Sie stattdessen das Zertifikat.
setup-fault-paste-certificate-request = Das ist eine Zertifikatsanforderung, kein Zertifikat.
setup-fault-paste-public-key = Das ist nur ein öffentlicher Schlüssel. Geben Sie das Zertifikat, das ihn enthält.
setup-fault-paste-pkcs7 = Das ist ein PKCS#7-Bündel. Exportieren Sie nur das Zertifikat, als Base-64-codiertes X.509 (.cer).
setup-fault-paste-pkcs12 = Das ist eine PKCS#12-Datei (.pfx, .p12), die meist einen privaten Schlüssel enthält. Wir haben sie nicht behalten. Exportieren Sie nur das Zertifikat.
setup-fault-paste-fingerprint = Das ist der Fingerabdruck eines Zertifikats. Geben Sie das Zertifikat selbst.
setup-fault-paste-damaged = Ein Teil des Zertifikats fehlt. Kopieren Sie es ganz, von BEGIN bis END.
setup-fault-paste-unrecognised = Das ist weder eine Adresse noch Metadaten noch ein Zertifikat.
setup-fault-own-metadata = Das sind unsere eigenen Metadaten, die Ihr Identitätsanbieter braucht. Hier brauchen wir die Metadaten Ihres Identitätsanbieters.
setup-fault-metadata-of-a-service-provider = Das sind die Metadaten eines Service Providers. Gebraucht werden die des Identitätsanbieters.
setup-fault-metadata-without-identity-provider = Diese Metadaten beschreiben keinen SAML-2.0-Identitätsanbieter.
setup-fault-metadata-expired = Diese Metadaten gelten nicht mehr. Holen Sie sie neu von Ihrem Identitätsanbieter.
setup-fault-not-metadata = Das ist XML, aber es sind keine Metadaten. Öffnen Sie die Adresse der Metadaten in einem Browser und vergleichen Sie.
setup-fault-paste-web-page = Das ist eine Webseite, keine Metadaten. Führt die Seite zu den Metadaten (XML), geben Sie deren Adresse oder die heruntergeladene Datei.
setup-fault-metadata-without-sign-on-endpoint = Die Metadaten nennen keine Anmeldeadresse für HTTP-Redirect oder HTTP-POST.
setup-fault-metadata-entity-id = Die entityID der Metadaten fehlt, ist leer oder zu lang.
setup-fault-xml-syntax = Das ist kein wohlgeformtes XML.
setup-fault-key-too-short = Der RSA-Schlüssel des Zertifikats hat weniger als 2048 Bit, was nicht sicher ist. Lassen Sie Ihren Identitätsanbieter ein neues Zertifikat erzeugen.
setup-fault-address-of-a-certificate = Das ist die Adresse eines Zertifikats, nicht von Metadaten. Fügen Sie das Zertifikat selbst ein, und geben Sie die zwei anderen Werte von Hand ein.
setup-fault-address-without-scheme = Eine Adresse beginnt mit https:// (oder http://). Setzen Sie das davor.
setup-fault-fetch-no-connection = Unter { $url } antwortet niemand. Prüfen Sie die Adresse. Ist sie richtig, kann dieser Server sie nicht erreichen: Dann fügen Sie die Metadaten selbst ein.
setup-fault-fetch-no-answer = { $url } hat nicht geantwortet. Versuchen Sie es noch einmal, oder fügen Sie die Metadaten selbst ein.
setup-fault-fetch-status = Unter { $url } sind keine Metadaten: Der Server hat „{ $status }“ geantwortet. Öffnen Sie die Adresse in einem Browser und vergleichen Sie, oder fügen Sie die Metadaten selbst ein.

# Attribute und Rollen.
setup-attributes-lead = Meist ist hier nichts zu tun.
setup-attributes-needed = Was wir brauchen
setup-attribute-part = Was
setup-attribute-came = Kam beim letzten Test
setup-attribute-name = Name des Attributs, wenn er anders ist
setup-attribute-also = auch verstanden: { $names }
setup-attribute-absent = nichts
setup-sent = Alles, was beim letzten Test gesendet wurde
setup-sent-later = Nach dem Test sehen Sie, was wirklich gekommen ist.
setup-roles = Rollen
setup-roles-lead = Eine Gruppe gibt eine Rolle. Die erste passende Regel zählt, und sie wird bei jeder Anmeldung neu geprüft. Ohne Regeln ändert sich niemandes Rolle.
setup-group = Gruppe, genau wie sie gesendet wird
setup-role = Rolle
setup-default-role = Rolle aller anderen
setup-default-role-hint = Niemand wird von selbst Administrator.

# Der Test.
setup-test-lead = Melden Sie sich einmal zum Test an, in diesem Browser, so wie Ihre Mitarbeiter es tun würden.
setup-test-title = Testanmeldung
setup-test-harmless = Niemand bemerkt etwas: Kein Mitglied wird angelegt oder geändert, und Sie sind danach nirgends angemeldet. Sie kann wiederholt werden.
setup-test-begin = Verbindung testen
setup-test-again = Noch einmal testen
setup-test-done = Der Test wurde am { $when } bestanden.
setup-test-errors = { $product }: was dort stehen kann, wenn etwas noch nicht stimmt

# Die Domain.
setup-domain-lead = Der Nachweis einer Domain braucht einen Eintrag im DNS.

# Einschalten.
setup-notice-draft = Die Einstellungen, mit denen sich Mitglieder jetzt anmelden, werden durch diese ersetzt.
setup-notice-undo = Sie können sie sofort wieder ausschalten und zu älteren Einstellungen zurückkehren.
setup-untested = Mit diesen Einstellungen wurde noch nicht getestet:
setup-activate = Einschalten
setup-activate-untested = Ohne Test einschalten
setup-active-title = Die Verbindung ist aktiv
setup-active = Mitglieder melden sich über Ihren Identitätsanbieter an.
setup-active-try = Probieren Sie es aus: Beginnen Sie in der Anwendung, mit einer Ihrer E-Mail-Adressen.
setup-active-no-domain = Solange keine Domain nachgewiesen ist, wird niemand über die E-Mail-Adresse gefunden. Weisen Sie Ihre nach:
setup-active-open = Die Anwendung öffnen
setup-to-panel = Zum Single Sign-On
setup-not-by-link = Alles ist vorbereitet. Ein Administrator Ihrer Organisation, oder wer Ihnen den Link geschickt hat, schaltet sie ein: Ein Link darf das nur für eine Organisation, deren Domain nachgewiesen ist, und nur das erste Mal.

# Einrichtungslinks.
setup-links = Einrichtungslinks
setup-links-lead = Wer einen solchen Link hat, richtet diese Verbindung ein und kann sonst nichts.
setup-links-there = Links
setup-link-new = Ein neuer Link
setup-link-made = Der Link
setup-link-made-lead = Schicken Sie ihn der Person, die ihn verwenden soll. Er wird nicht noch einmal gezeigt. Mehrere dürfen ihn öffnen, bis er endet.
setup-link-purpose = Wofür
setup-purpose-connection = die ganze Einrichtung
setup-purpose-test = eine Testanmeldung
setup-purpose-domain = den Nachweis einer Domain
setup-link-good-for = Gültig für
setup-link-email = Für wen (optional)
setup-link-email-hint = Eine E-Mail-Adresse, nur für diese Liste: Es wird nichts gesendet.
setup-link-email-fault = Geben Sie eine ganze E-Mail-Adresse ein, etwa ada@acme.example.
setup-link-state = Status
setup-link-until = Endet
setup-link-waiting = noch nicht geöffnet
setup-link-opened = geöffnet
setup-link-expired = abgelaufen
setup-link-revoked = zurückgezogen
setup-link-revoke = Zurückziehen
setup-door-connection = Sie wurden gebeten, den Identitätsanbieter Ihrer Organisation zu verbinden. Es dauert etwa zehn Minuten, und Sie können zwischendurch aufhören.
setup-door-test = Sie wurden gebeten, sich einmal zum Test anzumelden, damit man sieht, ob Single Sign-On funktioniert. Nichts ändert sich dadurch.
setup-door-domain = Sie wurden gebeten, durch einen Eintrag im DNS nachzuweisen, dass eine Domain Ihrer Organisation gehört.
setup-door-until = Der Link gilt bis { $when }.
setup-door-open = Beginnen
setup-over-title = Dieser Link funktioniert nicht mehr
setup-over-expired = Seine Zeit ist um. Bitten Sie den Absender um einen neuen.
setup-over-revoked = Er wurde zurückgezogen. Bitten Sie den Absender um einen neuen.
setup-over-unknown = Diesen Link gibt es nicht. Kopieren Sie die ganze Adresse, oder bitten Sie den Absender um einen neuen.
setup-closed-title = Öffnen Sie Ihren Link noch einmal
setup-closed = In diesem Browser wird nichts eingerichtet, oder der geöffnete Link ist zu Ende. Öffnen Sie den Link, den Sie bekommen haben; was getan wurde, ist noch da.
setup-finished-title = Alles ist erledigt
setup-finished = Die Verbindung ist aktiv, also hat dieser Link seinen Dienst getan. Wer Ihre Organisation verwaltet, kann einen neuen erstellen.
