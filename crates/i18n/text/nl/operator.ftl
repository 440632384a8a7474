# Pages for operators only.
operator-organizations = Organisaties
operator-organizations-empty = Nog geen organisaties. Maak hieronder de eerste aan.
operator-no-sso = Geen SSO
operator-new-organization = Nieuwe organisatie
operator-name = Naam
operator-slug = Slug
operator-slug-optional = Slug (optioneel)
operator-slug-default = Laat je dit leeg, dan maken we de slug van de naam.
operator-slug-taken = Een andere organisatie gebruikt deze slug al. Kies een andere.
operator-slug-missing = Vul een slug in: de naam bevat geen letters van a tot z of cijfers om er een van te maken.
operator-name-taken = Er bestaat al een organisatie met deze naam of een naam die erop lijkt. Kies een andere naam of vul een slug in.
operator-slug-hint = Wordt gebruikt in URL’s. Applicaties versturen hem als de parameter organization.
operator-plan = Abonnement
operator-plan-hint = Zonder SAML single sign-on in het abonnement werken de verbindingen van de organisatie direct niet meer.
operator-added-at = Toegevoegd
operator-create = Organisatie aanmaken
operator-settings = Instellingen
operator-deployment = Installatie
operator-operators = Platformbeheerders
operator-operators-lead = Platformbeheerders kunnen alles zien en wijzigen. Ze kunnen niet inloggen via de identiteitsprovider van een organisatie.
operator-invite = Platformbeheerder uitnodigen
operator-remove = Verwijderen
operator-remove-confirm = { $operator } verwijderen? Deze persoon wordt direct uitgelogd.
operator-link-created = Deel deze link. Je kunt de link één keer gebruiken, hij verloopt over 7 dagen en wordt niet opnieuw getoond.
operator-audit-log = Auditlogboek
operator-first-title = Word de eerste platformbeheerder
operator-first-lead = Deze installatie heeft nog geen platformbeheerders. Vul je e-mailadres in. Andere platformbeheerders kun je later uitnodigen.
operator-invited-title = Je bent uitgenodigd als platformbeheerder
done-operator-removed = Platformbeheerder verwijderd.
done-organization-created = Organisatie aangemaakt.
operator-health = Status
operator-health-lead = { $needing_attention } van { $total } organisaties hebben aandacht nodig.
operator-health-needs-attention = Aandacht nodig
operator-health-connections = Verbindingen
operator-health-last-24-hours = Afgelopen 24 uur
operator-health-last-7-days = Afgelopen 7 dagen
operator-health-healthy = In orde
operator-health-counts = { $accepted } gelukt, { $rejected } geweigerd
operator-health-most-frequent-code = Meest voorkomend: { $code }
operator-health-first-shown = De eerste { $shown } organisaties worden getoond. De lijst met organisaties toont ze allemaal.
operator-health-sso-not-in-plan = Het abonnement bevat geen single sign-on, dus leden kunnen niet inloggen
operator-health-all-rejected = Geen geslaagde inlogpoging in de afgelopen 24 uur
operator-health-mostly-rejected = Meer inlogpogingen mislukt dan gelukt
operator-health-certificate-expired = Het certificaat van { $connection } is verlopen
operator-health-certificate-expires = Het certificaat van { $connection } verloopt { $days ->
    [0] vandaag
    [one] over { $days } dag
   *[other] over { $days } dagen
}
operator-health-domain-lost = { $domain } is niet meer geverifieerd
operator-health-record-missing = Het DNS-record van { $domain } ontbreekt
operator-health-unfinished = { $connection } is al meer dan een week niet afgerond
