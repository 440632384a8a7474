sso-title = SAML Single Sign-On
sso-lead = Ihre Mitglieder melden sich mit Ihrem eigenen Identitätsanbieter an.
sso-without-plan = In Ihrem Tarif nicht enthalten
sso-without-plan-lead = Mit SAML Single Sign-On melden sich Ihre Mitglieder mit ihrem Firmenkonto an, und wer die Firma verlässt, hat keinen Zugang mehr.
sso-needed-plan = Enthalten ist es im Tarif { $plan } und in den höheren.
sso-get-in-touch = Kontakt aufnehmen
sso-ours = Für Ihren Identitätsanbieter
sso-ours-lead = Tragen Sie dort diese beiden Werte ein, oder geben Sie ihm die Metadaten, in denen dasselbe steht.
sso-acs-url = Assertion Consumer Service URL (ACS)
sso-entity-id = Entity-ID
sso-download-metadata = Metadaten-XML herunterladen
sso-theirs = Von Ihrem Identitätsanbieter
sso-enable = SAML-Authentifizierung einschalten
sso-sign-on-url = Anmelde-URL (Sign on URL)
sso-sign-on-url-hint = Wo Ihr Identitätsanbieter Anmeldeanfragen entgegennimmt.
sso-issuer = Issuer (Aussteller)
sso-issuer-hint = Der eigene Name Ihres Identitätsanbieters, auch Entity-ID oder Bezeichner genannt.
sso-certificate = Öffentliches Zertifikat
sso-certificate-hint = PEM, base64, mehrere auf einmal oder die Metadaten Ihres Identitätsanbieters. Nie ein privater Schlüssel.
sso-certificate-stays = Bleibt das Feld leer, gelten die Zertifikate darüber weiter.
sso-trusted = Vertrautes Zertifikat
sso-until = gültig bis { $when }
sso-algorithms = Signaturen mit SHA-256 und besser werden akzeptiert, auf der Antwort, auf der Assertion oder auf beiden.
sso-download-certificate = Unser Zertifikat herunterladen
sso-enable-hint = Vor dem Ein- und Ausschalten werden Sie gefragt und sehen, wer es bemerkt.
sso-cancel = Abbrechen
sso-yes = ja
sso-no = nein

# Was es bringt, für alle, die es nicht haben.
sso-gives-providers = Microsoft Entra ID, Okta, OneLogin, Ping Identity, Google Workspace und jeder andere SAML-2.0-Anbieter, mit einer Anleitung für jeden.
sso-gives-leavers = Wer Ihre Firma verlässt, verliert den Zugang, ohne dass jemand daran denken muss.
sso-gives-roles = Gruppen Ihres Identitätsanbieters geben hier Rollen.
sso-gives-require = Sie können es von allen verlangen, mit einem Probelauf vorher und einem Notzugang.
sso-gives-help = Ein Test, der sagt, was zu beheben ist, und der Grund für jede Anmeldung, die fehlschlägt.
sso-ask-for-plan = Fragen Sie { $contact } danach.

# Wie weit die Verbindung ist.
sso-state-active = aktiv
sso-state-disabled = ausgeschaltet
sso-state-tested = getestet
sso-state-draft = in Einrichtung

# Was geändert wird.
sso-draft = Änderungen, die nicht veröffentlicht sind
sso-draft-lead = Mitglieder melden sich mit den vorherigen Einstellungen an, bis Sie diese veröffentlichen.
sso-draft-same = Nichts ist anders als das, womit sich Mitglieder anmelden.
sso-draft-untested = Mit diesen Einstellungen ist noch kein Test gelungen.
sso-draft-test = Diese Einstellungen testen
sso-publish = Veröffentlichen
sso-discard = Verwerfen
sso-discard-sure = Die Änderungen gehen verloren. Fortfahren?
sso-changes = Änderungen
sso-connections = Verbindungen
sso-another = Einen weiteren Identitätsanbieter verbinden
sso-setting = Einstellung
sso-now = Jetzt
sso-then = Danach

# Ein- und Ausschalten.
sso-activate = Single Sign-On einschalten
sso-activate-button = Einschalten
sso-who-notices = Wer was bemerkt
sso-activate-members = { $count ->
    [0] Die Organisation hat noch keine Mitglieder. Wer Mitglied wird, kann sich ab dann über Ihren Identitätsanbieter anmelden.
    [one] Das eine Mitglied der Organisation kann sich ab dann über Ihren Identitätsanbieter anmelden.
   *[other] Die { $count } Mitglieder der Organisation können sich ab dann über Ihren Identitätsanbieter anmelden.
}
sso-activate-domains = Wer auf der Anmeldeseite eine Adresse bei { $domains } eingibt, wird zu Ihrem Identitätsanbieter geschickt.
sso-activate-no-domains = Noch ist keine Domain bestätigt, also schickt die Anmeldeseite niemanden anhand der Adresse zu Ihrem Identitätsanbieter.
sso-activate-accounts = { $count ->
    [one] Ein Mitglied ist schon über diese Verbindung gekommen und wird erkannt.
   *[other] { $count } Mitglieder sind schon über diese Verbindung gekommen und werden erkannt.
}
sso-activate-others = Diese Verbindungen bleiben daneben aktiv: { $names }.
sso-activate-sessions = Niemand wird abgemeldet, und wer sich heute anders anmeldet, kann das weiterhin tun.
sso-activate-untested = Mit diesen Einstellungen ist noch kein Test gelungen. Testen Sie vor dem Einschalten, damit niemand auf einen Fehler stößt.
sso-activate-publish = Auch die Änderungen veröffentlichen
sso-disable = Single Sign-On ausschalten
sso-disable-button = Ausschalten
sso-disable-accounts = { $count ->
    [one] Ein Mitglied ist über diese Verbindung gekommen und kann es ab dann nicht mehr.
   *[other] { $count } Mitglieder sind über diese Verbindung gekommen und können es ab dann nicht mehr.
}
sso-disable-sessions = { $count ->
    [one] Ein Browser ist über sie angemeldet; seine Sitzung hier endet sofort.
   *[other] { $count } Browser sind über sie angemeldet; ihre Sitzungen hier enden sofort.
}
sso-disable-domains = Die Anmeldeseite schickt Adressen bei { $domains } nicht mehr zu diesem Identitätsanbieter.
sso-disable-others = Diese Verbindungen bleiben aktiv: { $names }.
sso-disable-stays = Einstellungen und Mitglieder bleiben. Sie können sie wieder einschalten.
sso-disable-required = Single Sign-On wird verlangt, und keine andere Verbindung ist aktiv: Nur ausgenommene Mitglieder kämen noch herein. Machen Sie das zuerst rückgängig.

# Die Geschichte.
sso-versions = Versionen
sso-versions-lead = Alle Einstellungen, mit denen sich Mitglieder angemeldet haben. Jede lässt sich wiederherstellen.
sso-versions-none = Noch wurde nichts veröffentlicht: Die erste Version ist die, die Sie einschalten.
sso-version = Version
sso-version-current = in Gebrauch
sso-restore = Wiederherstellen
sso-restore-title = Version { $number } wiederherstellen
sso-restore-lead = Mitglieder melden sich sofort mit diesen Einstellungen an. Es wird eine neue Version, also können Sie wieder zurück.
sso-restore-draft-stays = Die Änderungen, die nicht veröffentlicht sind, bleiben daneben bestehen.
sso-restore-same = Nichts ändert sich: Die Einstellungen sind dieselben.
sso-changes-back = Was sich ändert

# Rollen.
sso-roles = Rollen nach Gruppen
sso-roles-lead = Welche Gruppen Ihres Identitätsanbieters welche Rolle geben. Es wird bei jeder Anmeldung neu bestimmt.
sso-roles-now = { $rules ->
    [0] Keine Regeln: Mitglieder behalten ihre Rolle, und neue werden { $role }.
    [one] Eine Regel; auf wen sie nicht zutrifft, wird { $role }.
   *[other] { $rules } Regeln; auf wen keine zutrifft, wird { $role }.
}
sso-roles-change = Rollen ändern
sso-roles-draft = Die Verbindung ist in Gebrauch: Was Sie hier speichern, wird ein Entwurf und gilt, sobald Sie ihn veröffentlichen.
sso-default-role = Standardrolle
sso-default-role-hint = Die Rolle aller, denen keine Regel eine andere gibt. Sie ist nie admin.
sso-rules = Regeln
sso-rules-lead = Die erste passende Regel gilt. Schreiben Sie Gruppen genau so, wie Ihr Identitätsanbieter sie sendet; ein Test zeigt sie. Geleerte Zeilen werden entfernt.
sso-rules-more = Speichern Sie, um weitere Zeilen zu bekommen.
sso-rule-group = Gruppe { $number }
sso-rule-role = Rolle { $number }

# Wer etwas getan hat.
sso-by-link = jemand mit einem Einrichtungslink
sso-by-key = ein Programm mit einem API-Schlüssel
sso-by-cli = der Betreiber, auf der Kommandozeile
sso-by-server = der Server selbst

# Die Einstellungen einer Verbindung.
sso-field-name = Name
sso-field-issuer = Issuer (Aussteller)
sso-field-sign-on-url = Anmelde-URL (Sign on URL)
sso-field-sign-on-binding = Übertragung der Anfragen
sso-field-certificates = Zertifikate
sso-field-provider = Produkt
sso-field-sign-requests = Anfragen signieren
sso-field-clock-tolerance-seconds = Uhrentoleranz in Sekunden
sso-field-danger-accept-sha1 = SHA-1 akzeptieren
sso-field-accept-cbc = AES-CBC akzeptieren
sso-field-reject-expired-signing-certificate = Abgelaufene Zertifikate ablehnen
sso-field-unsolicited = Antworten, nach denen niemand gefragt hat
sso-field-joining = Wie man Mitglied wird
sso-field-subject-attribute = Attribut, das das Konto benennt
sso-field-attributes = Attribute
sso-field-entity-id = Unsere Entity-ID
sso-field-acs-url = Unsere Assertion Consumer Service URL
sso-field-force-authn = Immer neu authentifizieren lassen
sso-field-name-id-format = NameID-Format
sso-field-authn-context = Authentifizierungskontext
sso-field-default-role = Standardrolle
sso-field-role-rules = Rollen nach Gruppen

# Was gerade getan wurde.
done-draft-kept = Als Entwurf gespeichert. Mitglieder bemerken nichts, bis Sie ihn veröffentlichen.
done-draft-published = Veröffentlicht. Mitglieder melden sich ab jetzt mit diesen Einstellungen an.
done-draft-discarded = Die Änderungen wurden verworfen.
done-activated = Single Sign-On ist aktiv.
done-disabled = Single Sign-On ist ausgeschaltet.
done-version-restored = Die Version wurde wiederhergestellt.
