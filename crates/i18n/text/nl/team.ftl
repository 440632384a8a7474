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
team-deactivate-effect = 1 lid verliest de toegang: { $member }. Sessies en tokens worden direct beëindigd, ook in deze console, en deze persoon kan niet meer inloggen bij { $organization }. Een applicatie kan haar eigen sessie behouden tot de volgende controle.
team-deactivate-question = { $member } deactiveren?
team-deactivate-undo = Het lid en de gegevens blijven bewaard. Je kunt het lid op elk moment weer activeren.
team-deactivate-button = Lid deactiveren
team-remove-question = { $member } verwijderen?
team-remove-effect = 1 lid verliest de toegang: { $member }. Sessies en tokens voor { $organization } worden direct beëindigd, ook in deze console. Een applicatie kan haar eigen sessie behouden tot de volgende controle.
team-remove-undo = Dit kun je niet ongedaan maken. De persoon kan terugkomen met een uitnodiging, of via een verbinding die nieuwe leden toelaat. Applicaties zien dan een nieuw lid.
team-remove-button = Lid verwijderen
team-resend = Uitnodiging opnieuw versturen
team-withdraw = Uitnodiging intrekken
team-withdraw-question = De uitnodiging van { $member } intrekken?
team-withdraw-effect = 1 persoon is niet meer uitgenodigd: { $member }. De persoon verdwijnt uit deze lijst. Je kunt de persoon opnieuw uitnodigen.
team-withdraw-link = Als de persoon een link naar deze console heeft ontvangen, werkt die niet meer.
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
done-members-merged = Leden samengevoegd.
done-account-move-started = Verplaatsing gestart.
done-account-move-undone = Verplaatsing ongedaan gemaakt.
member-back = Alle leden
member-duplicate-title = Hetzelfde geverifieerde e-mailadres.
member-duplicate-lead = { $member } heeft ook { $email }. Zijn beide dezelfde persoon, voeg ze dan samen.
member-duplicate-view = Het andere lid bekijken
member-merge-review = Samenvoegen bekijken
member-profile = Profiel
member-id = Lid-id (sub)
member-accounts = Accounts bij identiteitsproviders
member-accounts-none = Dit lid heeft geen account bij een van de huidige verbindingen.
member-account-connection = Verbinding
member-merge-title = Twee leden samenvoegen?
member-merge-accounts = Het lid dat blijft, krijgt de accounts van het andere bij identiteitsproviders en houdt zijn rol en profiel.
member-merge-deleted = Het andere lid wordt verwijderd en uitgelogd. Dit kan niet ongedaan worden gemaakt.
member-merge-application = De applicatie kent het andere lid onder een andere sub. Verplaats de gegevens die ze daar heeft opgeslagen.
member-merge-role = Als { $survivor } blijft, vervalt de rol “{ $role }” van het andere lid: { $survivor } houdt de rol “{ $kept }”.
member-merge-codes = { $count ->
    [one] Als { $survivor } blijft, werkt { $count } ongebruikte herstelcode van het andere lid niet meer.
   *[other] Als { $survivor } blijft, werken { $count } ongebruikte herstelcodes van het andere lid niet meer.
}
member-merge-console = Als { $survivor } blijft, gaan de manieren van het andere lid om in deze console in te loggen (code per e-mail, link, passkey) niet over naar { $survivor }.
member-merge-choose = Lid dat blijft
member-merge-button = Leden samenvoegen
account-move-title = Leden naar een andere verbinding verplaatsen
account-move-lead = Leden worden herkend aan hun account bij een verbinding. Als je bedrijf van identiteitsprovider wisselt, blijven ze met een verplaatsing dezelfde leden: bij de eerste aanmelding via de nieuwe verbinding wordt een lid gevonden aan het geverifieerde e-mailadres.
account-move-one-connection = Hiervoor is een tweede verbinding nodig. Stel die eerst in.
account-move-from = Huidige verbinding
account-move-to = Nieuwe verbinding
account-move-preview = Voorbeeld
account-move-movable = { $movable } van { $members } leden blijven dezelfde leden als ze via de nieuwe verbinding inloggen.
account-move-keeps-old = Zolang de huidige verbinding actief is, kunnen ze ook daarmee inloggen.
account-move-undo-hint = Je kunt de verplaatsing ongedaan maken. Ze eindigt na 90 dagen.
account-move-others = Leden die niet worden verplaatst
account-move-reason = Reden
account-move-start = { $movable } leden verplaatsen
account-move-list = Verplaatsingen
account-move-route = Verbindingen
account-move-moved = Tot nu toe verplaatst
account-move-open = Open
account-move-expired = Verlopen
account-move-undone = Ongedaan gemaakt
account-move-undo = Ongedaan maken
account-move-undo-question = De verplaatsing van { $from } naar { $to } ongedaan maken?
account-move-undo-effect = { $count ->
    [one] { $count } lid verliest het account bij de nieuwe verbinding en wordt uitgelogd.
   *[other] { $count } leden verliezen het account bij de nieuwe verbinding en worden uitgelogd.
}
account-move-undo-then = Daarna kunnen ze inloggen via { $from }, als die actief is. Via { $to } worden ze niet meer herkend.
account-move-deactivated = Gedeactiveerd
account-move-no-verified-email = Geen geverifieerd e-mailadres
account-move-has-account = Heeft al een account bij de nieuwe verbinding
account-move-same-email = Een ander lid heeft hetzelfde e-mailadres. Voeg ze eerst samen.
done-invitation-withdrawn = Uitnodiging ingetrokken.
