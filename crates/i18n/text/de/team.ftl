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
team-loses-access = 1 Mitglied verliert den Zugriff: { $member }. Diese Person wird sofort von Ihren Anwendungen und dieser Konsole abgemeldet und kann sich nicht mehr bei { $organization } anmelden.
team-deactivate-question = { $member } deaktivieren?
team-deactivate-undo = Das Mitglied und seine Daten bleiben erhalten. Sie können es jederzeit wieder aktivieren.
team-deactivate-button = Mitglied deaktivieren
team-remove-question = { $member } entfernen?
team-remove-undo = Das lässt sich nicht rückgängig machen. Kommt die Person zurück, sehen Anwendungen ein neues Mitglied.
team-remove-button = Mitglied entfernen
team-resend = Einladung erneut senden
team-withdraw = Einladung zurückziehen
team-withdraw-question = Die Einladung von { $member } zurückziehen?
team-withdraw-effect = 1 Person ist nicht mehr eingeladen: { $member }. Der Link in der E-Mail funktioniert nicht mehr, und die Person verschwindet aus dieser Liste. Sie können sie erneut einladen.
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
done-invitation-withdrawn = Einladung zurückgezogen.
