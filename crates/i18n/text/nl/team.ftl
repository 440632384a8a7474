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
team-loses-access = 1 lid verliest de toegang: { $member }. Deze persoon wordt direct uitgelogd uit je applicaties en deze console, en kan niet meer inloggen bij { $organization }.
team-deactivate-question = { $member } deactiveren?
team-deactivate-undo = Het lid en de gegevens blijven bewaard. Je kunt het lid op elk moment weer activeren.
team-deactivate-button = Lid deactiveren
team-remove-question = { $member } verwijderen?
team-remove-undo = Dit kun je niet ongedaan maken. Als de persoon terugkomt, zien applicaties een nieuw lid.
team-remove-button = Lid verwijderen
team-resend = Uitnodiging opnieuw versturen
team-withdraw = Uitnodiging intrekken
team-withdraw-question = De uitnodiging van { $member } intrekken?
team-withdraw-effect = 1 persoon is niet meer uitgenodigd: { $member }. De link in de e-mail werkt niet meer en de persoon verdwijnt uit deze lijst. Je kunt de persoon opnieuw uitnodigen.
team-invitation-sent = E-mail verstuurd op { $when }
team-invitation-not-sent = Geen e-mail verstuurd
team-invite = Lid uitnodigen
team-invite-lead = Leden loggen in met SSO. Beheerders kunnen ook in deze console inloggen met een link of een code per e-mail.
team-name = Naam (optioneel)
team-invited = { $email } is uitgenodigd.
team-invited-by-email = We hebben de uitnodiging naar { $email } gemaild.
team-added = { $email } kan inloggen met SSO. Deze dienst verstuurt geen e-mail, dus laat het zelf even weten.
team-invited-link = Deel deze link. Je kunt de link één keer gebruiken, hij verloopt over 7 dagen en wordt niet opnieuw getoond.
team-invited-by-operator = Deze dienst verstuurt geen e-mail. Vraag de platformbeheerder om een consolelink voor deze persoon te maken.
team-mail-subject = Je bent uitgenodigd voor { $product }
team-mail-text =
    Je bent uitgenodigd om { $organization } te beheren in { $product }.

    Open deze link om in te loggen. Je kunt de link één keer gebruiken en hij verloopt over 7 dagen:
    { $link }
team-mail-member-text =
    Je bent uitgenodigd om { $product } te gebruiken met je account bij { $organization }.

    Log in met je bedrijfsaccount. Je hebt geen wachtwoord voor { $product } nodig.
team-mail-member-link = Begin hier: { $link }
done-member-deactivated = Lid gedeactiveerd en uitgelogd.
done-member-reactivated = Lid opnieuw geactiveerd. Het kan weer inloggen.
done-member-removed = Lid verwijderd.
done-invitation-withdrawn = Uitnodiging ingetrokken.
