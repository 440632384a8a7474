team-empty = Er zijn nog geen leden. Nodig hieronder het eerste uit.
team-search = Zoek een lid op naam of e-mailadres
team-search-go = Zoeken
team-search-all = Alles tonen
team-search-none = Niemands naam of e-mailadres bevat “{ $sought }”.
team-member = Lid
team-role = Rol
team-state = Status
team-active = actief
team-deactivated = gedeactiveerd
team-deactivate = Deactiveren
team-reactivate = Opnieuw activeren
team-remove = Verwijderen
team-remove-sure = Dit lid verwijderen? De sessies eindigen meteen.
team-invite = Uitnodigen
team-invite-lead = Leden komen binnen via single sign-on. Beheerders komen ook in deze console, met een link of een code die hun wordt gestuurd.
team-name = Naam (optioneel)
team-invited = { $email } is uitgenodigd.
team-invited-link = Geef hun deze link. Hij werkt één keer, zeven dagen lang, en wordt niet opnieuw getoond.
team-invited-by-operator = Deze dienst verstuurt geen e-mail, dus de exploitant moet de persoon een link naar de console geven.
team-mail-subject = U bent uitgenodigd voor { $product }
team-mail-text =
    U bent uitgenodigd om { $organization } te beheren in { $product }.

    Open deze link en klik op de knop. Hij werkt één keer, zeven dagen lang:
    { $link }
done-member-deactivated = Het lid is gedeactiveerd; de sessies zijn beëindigd.
done-member-reactivated = Het lid kan zich weer aanmelden.
done-member-removed = Het lid is verwijderd.
