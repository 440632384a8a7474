# Signing in to the console.
console-sign-in = Anmelden
console-sign-in-lead = Admins: Melden Sie sich mit einem Code per E-Mail oder dem SSO Ihres Unternehmens an.
console-email = E-Mail-Adresse
console-send-code = Code per E-Mail senden
console-sign-in-with-sso = Mit SSO anmelden
console-no-mail = Codes per E-Mail sind hier nicht verfügbar. Melden Sie sich mit SSO an, oder bitten Sie den Betreiber dieses Dienstes um einen Link.
console-no-sso = Für diese Adresse ist kein Single Sign-On eingerichtet. Prüfen Sie die Adresse, oder melden Sie sich auf andere Weise an.
console-code-title = Code eingeben
console-code-lead = Wenn für diese Adresse ein Konto besteht, haben wir einen 8-stelligen Code per E-Mail gesendet. Er läuft in 10 Minuten ab und funktioniert nur in diesem Browser.
console-code = Code
console-request-new-code = Neuen Code anfordern
console-outbox = Die Demo versendet keine E-Mails.
console-outbox-link = Postausgang öffnen
console-link-lead = Dieser Link funktioniert einmal und meldet Sie in diesem Browser an.
console-invited-title = Einladung zu { $product }
console-mail-code-subject = Ihr Code für { $product }
console-mail-code-text =
    Ihr Code für { $product } ist { $code }

    Er läuft in 10 Minuten ab und funktioniert nur in dem Browser, in dem Sie ihn angefordert haben, auf { $host }.
    Wenn Sie diesen Code nicht angefordert haben, können Sie diese E-Mail ignorieren. Ihr Konto ist sicher.
console-error-invalid-fields = Geben Sie eine gültige E-Mail-Adresse ein, zum Beispiel ada@acme.example.
console-error-code-expired = Dieser Code ist nicht mehr gültig. Fordern Sie einen neuen an.
console-error-too-many-requests = Zu viele Codes angefordert. Warten Sie einige Minuten, oder melden Sie sich mit SSO an.
console-error-no-mail = Dieser Dienst versendet keine E-Mails. Bitten Sie den Betreiber um einen Link.
console-error-wrong-code = Falscher Code. Verwenden Sie den Code aus der neuesten E-Mail.

# Navigation.
console-navigation = Navigation
console-switch-organization = Organisation wechseln
console-home = Ihre Organisationen
console-home-empty = Sie verwalten keine Organisationen. Bitten Sie einen Admin um Zugriff.
console-tab-team = Team
console-tab-sso = Single Sign-On
console-tab-audit-log = Auditprotokoll
console-problem = Ein Fehler ist aufgetreten
console-problem-403 = Das ist nicht erlaubt
console-problem-404 = Seite nicht gefunden
console-problem-409 = Das ist gerade nicht möglich
console-problem-410 = Dieser Link ist nicht mehr gültig
console-problem-429 = Zu viele Anfragen
console-problem-500 = Bei uns ist ein Fehler aufgetreten

# Account.
console-account = Ihr Konto
console-account-emails = Sie melden sich an als
console-sessions = Ihre Sitzungen
console-sessions-lead = Alle Browser, in denen Sie angemeldet sind. Beenden Sie Sitzungen, die Sie nicht erkennen.
console-browser = Browser
console-browser-on = { $browser } unter { $system }
console-browser-unknown = Unbekannter Browser
console-method = Anmeldemethode
console-method-email-code = Code per E-Mail
console-method-link = Link
console-method-passkey = Passkey
console-method-sso = Single Sign-On
console-method-recovery = Wiederherstellungscode
console-signed-in-at = Angemeldet
console-last-active = Zuletzt aktiv
console-actions = Aktionen
console-this-session = Diese Sitzung
console-end-session = Sitzung beenden

# Audit log.
console-audit-log-lead = Alle Änderungen und wer sie vorgenommen hat.
console-audit-log-empty = Noch keine Änderungen.
console-audit-log-none = Keine Änderungen gefunden.
console-audit-log-any = Alle
console-audit-log-actor-hint = E-Mail-Adresse oder die vollständige ID.
console-when = Wann
console-who = Wer
console-what = Was
console-details = Details
console-before = Vorher
console-after = Nachher

# Confirmations.
done-session-ended = Sitzung beendet.
done-saved = Gespeichert.
