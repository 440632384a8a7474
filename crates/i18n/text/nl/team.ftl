team-empty = Nog geen leden. Nodig je eerste lid uit.
team-search = Zoek een lid op naam of e-mailadres
team-search-button = Zoeken
team-search-all = Alle leden tonen
team-search-none = Geen leden gevonden voor “{ $query }”.
team-filter-any = Alle
team-filter-none = Geen leden gevonden.
team-member = Lid
team-role = Rol
team-state = Status
team-active = Actief
team-state-invited = Uitgenodigd
team-deactivated = Gedeactiveerd
team-deactivate = Deactiveren
team-reactivate = Opnieuw activeren
team-remove = Verwijderen
team-remove-confirm = { $member } verwijderen? Deze persoon wordt direct uitgelogd.
team-invite = Lid uitnodigen
team-invite-lead = Leden loggen in met SSO. Beheerders kunnen ook in deze console inloggen met een link of een code per e-mail.
team-name = Naam (optioneel)
team-invited = { $email } is uitgenodigd.
team-added = { $email } kan inloggen met SSO. Leden krijgen geen e-mail, dus laat het zelf even weten.
team-invited-link = Deel deze link. Je kunt de link één keer gebruiken, hij verloopt over 7 dagen en wordt niet opnieuw getoond.
team-invited-by-operator = Deze dienst verstuurt geen e-mail. Vraag de platformbeheerder om een consolelink voor deze persoon te maken.
team-mail-subject = Je bent uitgenodigd voor { $product }
team-mail-text =
    Je bent uitgenodigd om { $organization } te beheren in { $product }.

    Open deze link om in te loggen. Je kunt de link één keer gebruiken en hij verloopt over 7 dagen:
    { $link }
done-member-deactivated = Lid gedeactiveerd en uitgelogd.
done-member-reactivated = Lid opnieuw geactiveerd. Het kan weer inloggen.
done-member-removed = Lid verwijderd.
