# Pages for operators only.
operator-organizations = Organisaties
operator-organizations-empty = Nog geen organisaties. Maak hieronder de eerste aan.
operator-organizations-none = Geen organisaties gevonden.
operator-search = Zoek een organisatie op naam of slug
operator-plan-any = Alle abonnementen
operator-sso = SSO
operator-sso-any = Alle
operator-sso-enforced = Verplicht
operator-sso-active = Een verbinding is actief
operator-sso-inactive = Geen verbinding is actief
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
operator-plan-question = { $organization } overzetten naar het abonnement { $plan }?
operator-plan-connections = Het abonnement bevat geen SAML single sign-on. Deze verbindingen werken direct niet meer: { $names }.
operator-plan-accounts = { $count ->
    [0] Er heeft nog geen lid mee ingelogd.
    [one] { $count } lid heeft ermee ingelogd en kan niet meer inloggen.
   *[other] { $count } leden hebben ermee ingelogd en kunnen niet meer inloggen.
}
operator-plan-sessions = { $count ->
    [0] Er eindigt geen sessie.
    [one] { $count } sessie eindigt direct.
   *[other] { $count } sessies eindigen direct.
}
operator-plan-undo = Instellingen en leden blijven bewaard. Met een abonnement met SAML single sign-on werken de verbindingen weer.
operator-plan-enforced = SSO is verplicht, dus leden kunnen niet inloggen tot het abonnement wijzigt of de SSO-verplichting wordt opgeheven.
operator-plan-button = Abonnement wijzigen
operator-added-at = Toegevoegd
operator-create = Organisatie aanmaken
operator-settings = Instellingen
operator-deployment = Installatie
operator-operators = Platformbeheerders
operator-operators-lead = Platformbeheerders kunnen alles zien en wijzigen. Ze kunnen niet inloggen via de identiteitsprovider van een organisatie.
operator-invite = Platformbeheerder uitnodigen
operator-remove = Verwijderen
operator-remove-question = { $operator } verwijderen?
operator-remove-effect = 1 persoon verliest de toegang: { $operator } wordt direct uitgelogd en kan als platformbeheerder geen organisaties meer bekijken of wijzigen.
operator-remove-button = Platformbeheerder verwijderen
operator-own-row = Je kunt jezelf niet verwijderen. Vraag een andere platformbeheerder.
operator-link-created = Deel deze link. Je kunt de link één keer gebruiken, hij verloopt over 7 dagen en wordt niet opnieuw getoond.
operator-audit-log = Auditlogboek
operator-first-title = Word de eerste platformbeheerder
operator-first-lead = Deze installatie heeft nog geen platformbeheerders. Vul je e-mailadres in. Andere platformbeheerders kun je later uitnodigen.
operator-invited-title = Je bent uitgenodigd als platformbeheerder
done-operator-removed = Platformbeheerder verwijderd.
done-organization-created = Organisatie aangemaakt.
operator-health = Status
operator-health-lead = Organisaties die aandacht nodig hebben, de dringendste eerst.
operator-health-none = Geen enkele organisatie heeft aandacht nodig.
operator-health-none-yet = Geen organisatie op deze pagina. Toon er meer.
operator-health-issue = Probleem
operator-health-any = Alle problemen
operator-health-everything = Alle organisaties, ook zonder problemen
operator-health-kind-plan-mismatch = Abonnement zonder SSO
operator-health-kind-all-sign-ins-rejected = Geen geslaagde inlogpogingen
operator-health-kind-certificate-expired = Certificaat verlopen
operator-health-kind-domain-lost = Domein niet meer geverifieerd
operator-health-kind-certificate-expiring = Certificaat verloopt binnenkort
operator-health-kind-most-sign-ins-rejected = Meeste inlogpogingen mislukt
operator-health-kind-domain-record-missing = DNS-record ontbreekt
operator-health-kind-stale-draft = Onafgeronde configuratie
operator-health-needs-attention = Aandacht nodig
operator-health-connections = Verbindingen
operator-health-last-24-hours = Afgelopen 24 uur
operator-health-last-7-days = Afgelopen 7 dagen
operator-health-healthy = In orde
operator-health-counts = { $accepted } gelukt, { $rejected } geweigerd
operator-health-most-frequent-code = Meest voorkomend: { $code }
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
