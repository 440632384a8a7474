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
team-remove-confirm = { $member } entfernen? Diese Person wird sofort abgemeldet.
team-invite = Mitglied einladen
team-invite-lead = Mitglieder melden sich mit SSO an. Admins können sich an dieser Konsole auch mit einem Link oder einem Code per E-Mail anmelden.
team-name = Name (optional)
team-invited = { $email } wurde eingeladen.
team-added = { $email } kann sich mit SSO anmelden. Mitglieder erhalten keine E-Mail. Informieren Sie die Person bitte selbst.
team-invited-link = Geben Sie diesen Link weiter. Er kann einmal verwendet werden, läuft in 7 Tagen ab und wird nicht noch einmal angezeigt.
team-invited-by-operator = Dieser Dienst versendet keine E-Mails. Bitten Sie den Betreiber, für diese Person einen Link zur Konsole zu erstellen.
team-mail-subject = Einladung zu { $product }
team-mail-text =
    Sie wurden eingeladen, { $organization } in { $product } zu verwalten.

    Öffnen Sie diesen Link, um sich anzumelden. Er kann einmal verwendet werden und läuft in 7 Tagen ab:
    { $link }
done-member-deactivated = Mitglied deaktiviert und abgemeldet.
done-member-reactivated = Mitglied reaktiviert. Es kann sich wieder anmelden.
done-member-removed = Mitglied entfernt.
