team-empty = Noch keine Mitglieder. Laden Sie Ihr erstes ein.
team-search = Mitglied nach Name oder E-Mail-Adresse suchen
team-search-button = Suchen
team-search-all = Alle Mitglieder anzeigen
team-search-none = Keine Mitglieder gefunden für „{ $query }“.
team-filter-any = Alle
team-filter-none = Keine Mitglieder gefunden.
team-member = Mitglied
team-role = Rolle
team-state = Status
team-active = Aktiv
team-state-invited = Eingeladen
team-deactivated = Deaktiviert
team-deactivate = Deaktivieren
team-reactivate = Reaktivieren
team-remove = Entfernen
team-deactivate-effect = 1 Mitglied verliert den Zugriff: { $member }. Sitzungen und Token enden sofort, auch in dieser Konsole, und die Person kann sich nicht mehr bei { $organization } anmelden. Eine Anwendung kann ihre eigene Sitzung bis zur nächsten Prüfung behalten.
team-deactivate-question = { $member } deaktivieren?
team-deactivate-undo = Das Mitglied und seine Daten bleiben erhalten. Sie können es jederzeit wieder aktivieren.
team-deactivate-button = Mitglied deaktivieren
team-remove-question = { $member } entfernen?
team-remove-effect = 1 Mitglied verliert den Zugriff: { $member }. Sitzungen und Token für { $organization } enden sofort, auch in dieser Konsole. Eine Anwendung kann ihre eigene Sitzung bis zur nächsten Prüfung behalten.
team-remove-undo = Das lässt sich nicht rückgängig machen. Die Person kann mit einer Einladung zurückkommen oder über eine Verbindung, die neue Mitglieder aufnimmt. Anwendungen sehen dann ein neues Mitglied.
team-remove-button = Mitglied entfernen
team-resend = Einladung erneut senden
team-withdraw = Einladung zurückziehen
team-withdraw-question = Die Einladung von { $member } zurückziehen?
team-withdraw-effect = 1 Person ist nicht mehr eingeladen: { $member }. Die Person verschwindet aus dieser Liste. Sie können sie erneut einladen.
team-withdraw-link = Falls die Person einen Link zu dieser Konsole erhalten hat, funktioniert er nicht mehr.
team-invitation-sent = E-Mail gesendet am { $when }
team-invitation-not-sent = Keine E-Mail gesendet
team-invite = Mitglied einladen
team-invite-lead = Mitglieder melden sich mit SSO an. Admins können sich an dieser Konsole auch mit einem Link oder einem Code per E-Mail anmelden.
team-name = Name (optional)
team-invited = { $email } wurde eingeladen.
team-invited-by-email = Wir haben die Einladung an { $email } gesendet.
team-added = { $email } kann sich mit SSO anmelden. Dieser Dienst versendet keine E-Mails. Informieren Sie die Person bitte selbst.
team-invited-link = Geben Sie diesen Link weiter. Er kann einmal verwendet werden, läuft in 7 Tagen ab und wird nicht noch einmal angezeigt.
team-invited-by-operator = Dieser Dienst versendet keine E-Mails. Bitten Sie den Betreiber, für diese Person einen Link zur Konsole zu erstellen.
team-mail-subject = Einladung zu { $product }
team-mail-text =
    Sie wurden eingeladen, { $organization } in { $product } zu verwalten.

    Öffnen Sie diesen Link, um sich anzumelden. Er kann einmal verwendet werden und läuft in 7 Tagen ab:
    { $link }
team-mail-member-text =
    Sie wurden eingeladen, { $product } mit Ihrem Konto bei { $organization } zu nutzen.

    Melden Sie sich mit Ihrem Firmenkonto an. Sie brauchen kein Passwort für { $product }.
team-mail-member-link = Hier beginnen: { $link }
done-member-deactivated = Mitglied deaktiviert und abgemeldet.
done-member-reactivated = Mitglied reaktiviert. Es kann sich wieder anmelden.
done-member-removed = Mitglied entfernt.
done-members-merged = Mitglieder zusammengeführt.
done-account-move-started = Umstellung begonnen.
done-account-move-undone = Umstellung rückgängig gemacht.
member-back = Alle Mitglieder
member-duplicate-title = Dieselbe verifizierte E-Mail-Adresse.
member-duplicate-lead = { $member } hat ebenfalls die Adresse { $email }. Wenn beide dieselbe Person sind, führen Sie sie zusammen.
member-duplicate-view = Anderes Mitglied ansehen
member-merge-review = Zusammenführung prüfen
member-profile = Profil
member-id = Mitglieds-ID (sub)
member-accounts = Konten bei Identitätsanbietern
member-accounts-none = Dieses Mitglied hat kein Konto bei einer der jetzigen Verbindungen.
member-account-connection = Verbindung
member-merge-title = Zwei Mitglieder zusammenführen?
member-merge-accounts = Das Mitglied, das bleibt, erhält die Konten des anderen bei Identitätsanbietern und behält Rolle und Profil.
member-merge-deleted = Das andere Mitglied wird gelöscht und abgemeldet. Das lässt sich nicht rückgängig machen.
member-merge-application = Die Anwendung kennt das andere Mitglied unter einem anderen sub. Übertragen Sie die Daten, die sie dort gespeichert hat.
member-merge-role = Wenn { $survivor } bleibt, geht die Rolle „{ $role }“ des anderen Mitglieds verloren: { $survivor } behält die Rolle „{ $kept }“.
member-merge-codes = { $count ->
    [one] Wenn { $survivor } bleibt, funktioniert { $count } unbenutzter Wiederherstellungscode des anderen Mitglieds nicht mehr.
   *[other] Wenn { $survivor } bleibt, funktionieren { $count } unbenutzte Wiederherstellungscodes des anderen Mitglieds nicht mehr.
}
member-merge-console = Wenn { $survivor } bleibt, gehen die Anmeldemethoden des anderen Mitglieds für diese Konsole (Code per E-Mail, Link, Passkey) nicht auf { $survivor } über.
member-merge-choose = Mitglied, das bleibt
member-merge-button = Mitglieder zusammenführen
account-move-title = Mitglieder auf eine andere Verbindung umstellen
account-move-lead = Mitglieder werden an ihrem Konto bei einer Verbindung erkannt. Wenn Ihr Unternehmen den Identitätsanbieter wechselt, bleiben sie durch eine Umstellung dieselben Mitglieder: Bei der ersten Anmeldung über die neue Verbindung wird ein Mitglied an der verifizierten E-Mail-Adresse gefunden.
account-move-one-connection = Dafür ist eine zweite Verbindung nötig. Richten Sie sie zuerst ein.
account-move-from = Bisherige Verbindung
account-move-to = Neue Verbindung
account-move-preview = Vorschau
account-move-movable = { $movable } von { $members } Mitgliedern bleiben dieselben Mitglieder, wenn sie sich über die neue Verbindung anmelden.
account-move-keeps-old = Solange die bisherige Verbindung aktiv ist, können sie sich auch darüber anmelden.
account-move-undo-hint = Sie können die Umstellung rückgängig machen. Sie endet nach 90 Tagen.
account-move-others = Mitglieder, die nicht umgestellt werden
account-move-reason = Grund
account-move-start = { $movable } Mitglieder umstellen
account-move-list = Umstellungen
account-move-route = Verbindungen
account-move-moved = Bisher umgestellt
account-move-open = Offen
account-move-expired = Abgelaufen
account-move-undone = Rückgängig gemacht
account-move-undo = Rückgängig machen
account-move-undo-question = Die Umstellung von { $from } auf { $to } rückgängig machen?
account-move-undo-effect = { $count ->
    [one] { $count } Mitglied verliert das Konto bei der neuen Verbindung und wird abgemeldet.
   *[other] { $count } Mitglieder verlieren das Konto bei der neuen Verbindung und werden abgemeldet.
}
account-move-undo-then = Danach können sie sich über { $from } anmelden, falls diese Verbindung aktiv ist. Über { $to } werden sie nicht mehr erkannt.
account-move-deactivated = Deaktiviert
account-move-no-verified-email = Keine verifizierte E-Mail-Adresse
account-move-has-account = Hat bereits ein Konto bei der neuen Verbindung
account-move-same-email = Ein anderes Mitglied hat dieselbe E-Mail-Adresse. Führen Sie beide zuerst zusammen.
done-invitation-withdrawn = Einladung zurückgezogen.
