team-empty = Es gibt noch kein Mitglied. Laden Sie unten das erste ein.
team-search = Mitglied nach Name oder E-Mail-Adresse suchen
team-search-go = Suchen
team-search-all = Alle zeigen
team-search-none = Kein Name und keine E-Mail-Adresse enthält „{ $sought }“.
team-member = Mitglied
team-role = Rolle
team-state = Status
team-active = aktiv
team-deactivated = deaktiviert
team-deactivate = Deaktivieren
team-reactivate = Wieder aktivieren
team-remove = Entfernen
team-remove-sure = Dieses Mitglied entfernen? Seine Sitzungen enden sofort.
team-invite = Einladen
team-invite-lead = Mitglieder kommen über Single Sign-On herein. Administratoren kommen auch in diese Konsole, mit einem Link oder mit einem Code, der ihnen gesendet wird.
team-name = Name (optional)
team-invited = { $email } ist eingeladen.
team-invited-link = Geben Sie der Person diesen Link. Er gilt einmal, sieben Tage lang, und wird nicht noch einmal angezeigt.
team-invited-by-operator = Dieser Dienst verschickt keine E-Mails; einen Link zur Konsole muss der Person der Betreiber geben.
team-mail-subject = Sie sind zu { $product } eingeladen
team-mail-text =
    Sie sind eingeladen, { $organization } in { $product } zu verwalten.

    Öffnen Sie diesen Link, und klicken Sie auf die Schaltfläche. Er gilt einmal, sieben Tage lang:
    { $link }
done-member-deactivated = Das Mitglied ist deaktiviert; seine Sitzungen sind beendet.
done-member-reactivated = Das Mitglied kann sich wieder anmelden.
done-member-removed = Das Mitglied ist entfernt.
