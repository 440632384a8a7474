sso-title = SAML single sign-on
sso-lead = Laat je leden inloggen met je identiteitsprovider.
sso-not-in-plan = Niet inbegrepen in je abonnement
sso-not-in-plan-lead = Laat je team inloggen met hun bedrijfsaccount. Wie vertrekt, verliest automatisch de toegang.
sso-required-plan = Beschikbaar vanaf het abonnement { $plan }.
sso-contact-sales = Contact opnemen met sales
sso-sp-details = Gegevens van de serviceprovider
sso-sp-details-lead = Voeg deze waarden toe aan je identiteitsprovider of importeer daar onze metadata.
sso-acs-url = Assertion consumer service-URL (ACS)
sso-entity-id = Entity ID
sso-download-metadata = Metadata-XML downloaden
sso-idp-details = Gegevens van de identiteitsprovider
sso-enable = SAML-authenticatie inschakelen
sso-sign-on-url = Inlog-URL (Sign on URL)
sso-sign-on-url-hint = De inlog-URL van je identiteitsprovider.
sso-issuer = Uitgever (Issuer)
sso-issuer-hint = De entity ID van je identiteitsprovider, soms ook identifier genoemd.
sso-certificate = Openbaar certificaat
sso-certificate-hint = Plak een of meer certificaten (PEM of base64) of de metadata van je identiteitsprovider. Plak nooit een privésleutel.
sso-certificate-blank-hint = Laat dit veld leeg om de huidige certificaten te behouden.
sso-trusted-certificate = Vertrouwd certificaat
sso-certificate-valid-until = Geldig tot { $when }
sso-algorithms = Handtekeningen moeten SHA-256 of sterker gebruiken, op het antwoord, op de assertie of op beide.
sso-download-certificate = Ons certificaat downloaden
sso-enable-hint = Je ziet op wie dit van invloed is voordat er iets verandert.
sso-cancel = Annuleren
sso-yes = Ja
sso-no = Nee

# What the plan offers.
sso-feature-providers = Microsoft Entra ID, Okta, OneLogin, Ping Identity, Google Workspace en elke andere SAML 2.0-identiteitsprovider, elk met een configuratiehandleiding.
sso-feature-deprovisioning = Automatisch geen toegang meer voor mensen die je bedrijf verlaten.
sso-feature-roles = Rollen op basis van groepen in je identiteitsprovider.
sso-feature-enforcement = SSO verplichten voor alle leden, met een voorbeeld van de gevolgen en een manier om de toegang te herstellen.
sso-feature-diagnosis = Een test die laat zien wat je moet aanpassen, en de reden van elke mislukte inlogpoging.
sso-upgrade-contact = Neem contact op met { $contact } om te upgraden.

# States of a connection.
sso-state-active = Actief
sso-state-disabled = Uitgeschakeld
sso-state-tested = Getest
sso-state-draft = Concept

# The draft.
sso-draft = Niet-gepubliceerde wijzigingen
sso-draft-lead = Leden gebruiken de huidige instellingen totdat je publiceert.
sso-draft-same = Het concept heeft dezelfde instellingen als de gepubliceerde versie.
sso-draft-untested = Deze instellingen zijn nog niet met succes getest.
sso-draft-test = Deze instellingen testen
sso-publish = Wijzigingen publiceren
sso-publish-question = De wijzigingen van { $connection } publiceren?
sso-publish-accounts = { $count ->
    [0] Er heeft nog geen lid via deze verbinding ingelogd. De volgende logins gebruiken de nieuwe instellingen.
    [one] { $count } lid logt in via deze verbinding en gebruikt bij de volgende login de nieuwe instellingen.
   *[other] { $count } leden loggen in via deze verbinding en gebruiken bij de volgende login de nieuwe instellingen.
}
sso-publish-undo = De vorige versie blijft bewaard. Je kunt die herstellen op de pagina van de verbinding.
sso-publish-untested = Deze instellingen zijn nog niet geslaagd voor een test. Als ze niet kloppen, kunnen leden niet inloggen.
sso-publish-without-test = Publiceren zonder test
sso-live-untested = De actieve instellingen zijn nog niet geslaagd voor een test
sso-live-untested-lead = Leden loggen ermee in. Test ze nu, of ga terug naar de vorige versie.
sso-restore-previous = Vorige versie herstellen
sso-discard = Wijzigingen verwijderen
sso-discard-question = De niet-gepubliceerde wijzigingen van { $connection } verwijderen?
sso-discard-effect = Dit treft geen enkel lid: leden loggen in met de gepubliceerde instellingen. Dit kun je niet ongedaan maken.
sso-changes = Wijzigingen
sso-connections = Verbindingen
sso-new-connection = Nog een identiteitsprovider verbinden
sso-setting = Instelling
sso-current-value = Huidig
sso-new-value = Nieuw

# Activating and disabling.
sso-activate-confirm = { $connection } activeren?
sso-activate-button = Verbinding activeren
sso-impact = Gevolgen voor leden
sso-activate-members = { $count ->
    [0] Je organisatie heeft nog geen leden. Nieuwe leden kunnen inloggen via je identiteitsprovider.
    [one] { $count } lid kan inloggen via je identiteitsprovider.
   *[other] { $count } leden kunnen inloggen via je identiteitsprovider.
}
sso-activate-domains = Iedereen die inlogt met een e-mailadres van { $domains } wordt doorgestuurd naar je identiteitsprovider.
sso-activate-no-domains = Er is nog geen domein geverifieerd, dus de inlogpagina kan leden niet op basis van hun e-mailadres doorsturen naar je identiteitsprovider.
sso-activate-accounts = { $count ->
    [one] { $count } lid heeft al eerder via deze verbinding ingelogd en wordt herkend.
   *[other] { $count } leden hebben al eerder via deze verbinding ingelogd en worden herkend.
}
sso-activate-others = Deze verbindingen blijven actief: { $names }.
sso-activate-sessions = Leden blijven ingelogd en hun huidige inlogmethoden blijven werken.
sso-activate-untested = Deze instellingen zijn nog niet met succes getest. Test ze voordat je de verbinding activeert, zodat leden geen fouten tegenkomen.
sso-activate-publish = Ook de niet-gepubliceerde wijzigingen publiceren
sso-request-title = Activering aangevraagd
sso-request-lead = De ontvanger van een configuratielink vraagt je om { $connection } te activeren. Zolang je dat niet bevestigt, kan geen lid hiermee inloggen.
sso-request-effect = Een actieve verbinding kan mensen inloggen als leden van { $organization }. Bevestig alleen als je deze aanvraag verwacht en de identiteitsprovider kent.
sso-request-at = Aangevraagd
sso-request-recipient = Configuratielink verstuurd naar
sso-request-creator = Configuratielink gemaakt door
sso-request-confirm = Activering bevestigen
sso-request-decline = Weigeren
sso-request-decline-question = Activering van { $connection } weigeren?
sso-request-decline-effect = Dit treft geen enkel lid: de verbinding blijft inactief. De configuratielink wordt ingetrokken.
sso-request-decline-hint = Als je weigert, wordt de configuratielink ingetrokken.
sso-unconfirmed-title = Verbinding niet bevestigd
sso-unconfirmed-lead = Deze verbinding is op { $when } geactiveerd met een configuratielink, en nog geen beheerder heeft haar bevestigd. Leden kunnen inloggen, maar niemand wordt via deze verbinding beheerder.
sso-unconfirmed-hint = Ken je deze identiteitsprovider niet, schakel de verbinding dan uit.
sso-unconfirmed-confirm = Verbinding bevestigen
sso-disable-confirm = { $connection } uitschakelen?
sso-disable-button = Verbinding uitschakelen
sso-disable-accounts = { $count ->
    [one] { $count } lid kan niet meer inloggen via deze verbinding.
   *[other] { $count } leden kunnen niet meer inloggen via deze verbinding.
}
sso-disable-sessions = { $count ->
    [one] { $count } sessie die via deze verbinding is gestart, wordt direct beëindigd.
   *[other] { $count } sessies die via deze verbinding zijn gestart, worden direct beëindigd.
}
sso-disable-domains = De inlogpagina stuurt e-mailadressen van { $domains } niet meer door naar deze identiteitsprovider.
sso-disable-others = Deze verbindingen blijven actief: { $names }.
sso-disable-keeps-settings = Instellingen en leden blijven behouden. Je kunt de verbinding altijd opnieuw activeren.
sso-disable-enforced = SSO is verplicht en er is geen andere verbinding actief, dus alleen vrijgestelde leden houden toegang. Hef eerst de SSO-verplichting op.

# Versions.
sso-versions = Versies
sso-versions-lead = Alle gepubliceerde instellingen van deze verbinding. Je kunt elke versie herstellen.
sso-versions-none = Nog geen versies. De eerste versie wordt gemaakt wanneer je de verbinding activeert.
sso-version = Versie
sso-version-current = Huidig
sso-restore = Versie herstellen
sso-restore-title = Versie { $number } herstellen
sso-restore-lead = Leden gebruiken deze instellingen direct. Herstellen maakt een nieuwe versie, dus je kunt altijd terug.
sso-restore-keeps-draft = Je niet-gepubliceerde wijzigingen blijven behouden.
sso-restore-same = Deze versie heeft dezelfde instellingen als de huidige.
sso-restore-changes = Wijzigingen

# Role mapping.
sso-roles = Roltoewijzing
sso-roles-lead = Wijs rollen toe op basis van groepen in je identiteitsprovider. Rollen worden bij elke login bijgewerkt.
sso-roles-summary = { $rules ->
    [0] Geen regels. Leden houden hun rol en nieuwe leden krijgen { $role }.
    [one] { $rules } regel. Leden die er niet aan voldoen, krijgen { $role }.
   *[other] { $rules } regels. Leden die aan geen enkele regel voldoen, krijgen { $role }.
}
sso-roles-change = Roltoewijzing bewerken
sso-roles-draft = Deze verbinding is in gebruik. Je wijzigingen worden opgeslagen als concept en gaan in zodra je ze publiceert.
sso-default-role = Standaardrol
sso-default-role-hint = Wordt toegewezen als geen regel van toepassing is. Kan geen admin zijn.
sso-rules = Regels
sso-rules-lead = De eerste regel die van toepassing is, geldt. Voer groepsnamen precies zo in als je identiteitsprovider ze verstuurt (een test laat ze zien). Maak een rij leeg om die te verwijderen.
sso-rules-more = Sla op om meer rijen toe te voegen.
sso-rule-group = Groep { $number }
sso-rule-role = Rol { $number }

# Who made a change, where it was not a person.
sso-by-link = Configuratielink
sso-by-key = API-sleutel
sso-by-cli = Platformbeheerder (opdrachtregel)
sso-by-server = Systeem

# Settings of a connection.
sso-field-name = Naam
sso-field-issuer = Uitgever (Issuer)
sso-field-sign-on-url = Inlog-URL (Sign on URL)
sso-field-sign-on-binding = Binding voor verzoeken
sso-field-certificates = Certificaten
sso-field-provider = Identiteitsprovider
sso-field-sign-requests = Verzoeken ondertekenen
sso-field-clock-tolerance-seconds = Toegestane klokafwijking (seconden)
sso-field-danger-accept-sha1 = SHA-1 accepteren
sso-field-accept-cbc = AES-CBC accepteren
sso-field-reject-expired-signing-certificate = Verlopen ondertekeningscertificaten weigeren
sso-field-idp-initiated = IdP-geïnitieerde login
sso-field-provisioning = Provisioning
sso-field-subject-attribute = Attribuut voor account-ID
sso-field-attributes = Attribuuttoewijzing
sso-field-entity-id = Onze entity ID
sso-field-acs-url = Onze assertion consumer service-URL (ACS)
sso-field-force-authn = Altijd opnieuw authenticeren
sso-field-name-id-format = NameID-indeling
sso-field-authn-contexts = Vereiste authenticatiecontexten
sso-field-authn-context-comparison = Vergelijking van authenticatiecontexten
sso-field-accepted-authn-contexts = Andere geaccepteerde authenticatiecontexten
sso-field-accept-missing-authn-statement = Asserties zonder authenticatieverklaring accepteren
sso-field-require-signed-response = Ondertekend antwoord vereisen
sso-field-require-signed-assertion = Ondertekende assertie vereisen
sso-field-require-encryption = Versleuteling vereisen
sso-field-publish-encryption-key = Versleutelingssleutel publiceren
sso-field-allow-create = Identiteitsprovider mag ID’s aanmaken
sso-field-passive-requests = Passieve verzoeken doorgeven
sso-field-group-separator = Scheidingsteken van groepen
sso-field-unverified-email = E-mailadressen buiten de geverifieerde domeinen
sso-field-custom-claims = Eigen claims
sso-field-default-role = Standaardrol
sso-field-role-rules = Roltoewijzing

# Confirmations.
done-draft-saved = Opgeslagen als concept. Voor leden verandert er niets totdat je het publiceert.
done-draft-published = Wijzigingen gepubliceerd. Leden loggen nu in met deze instellingen.
done-draft-discarded = Wijzigingen verwijderd.
done-activated = Verbinding geactiveerd.
done-activation-confirmed = Verbinding bevestigd. Ze is actief.
done-activation-declined = Activering geweigerd. De configuratielink is ingetrokken.
done-disabled = Verbinding uitgeschakeld.
done-version-restored = Versie hersteld.
