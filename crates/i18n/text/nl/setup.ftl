# Guided setup.
setup-title = Je identiteitsprovider verbinden
setup-lead = Volg de stappen voor je identiteitsprovider. Je kunt op elk moment stoppen: je voortgang wordt opgeslagen en je collega’s kunnen verdergaan.
setup-guided-title = Begeleide configuratie
setup-guided-button = Begeleide configuratie gebruiken
setup-guided-lead = Instructies voor je identiteitsprovider, import van metadata, een testlogin en domeinverificatie.
setup-steps = Stappen
setup-step-of = Stap { $number } van { $count }
setup-step-provider = Identiteitsprovider
setup-step-instructions = Configuratie van de provider
setup-step-idp-details = Gegevens van de provider
setup-step-attributes = Attributen en rollen
setup-step-test = Test
setup-step-domain = Domein
setup-step-activate = Activering
setup-done = voltooid
setup-continue = Doorgaan
setup-save-and-continue = Opslaan en doorgaan
setup-incomplete = Voltooi deze stap om door te gaan:
setup-without-plan = Het abonnement van je organisatie bevat geen single sign-on. Neem contact op met de platformbeheerder om te upgraden.

# Start page.
setup-existing-connections = Bestaande verbindingen
setup-continue-setup = Configuratie voortzetten
setup-new-connection = Nieuwe verbinding
setup-new-connection-lead = Welke identiteitsprovider gebruik je?
setup-supports-metadata-import = Ondersteunt import van metadata
setup-delegate = Beheert iemand anders je IdP?
setup-delegate-lead = Stuur een configuratielink. Er is geen account nodig, de link opent alleen deze configuratie en je kunt hem intrekken.
setup-create-link = Configuratielink maken

# Instructions for the identity provider.
setup-instructions = Instructies
setup-instruction-of = Instructie { $number } van { $count }
setup-start-at = Begin bij { $path }
setup-instruction-done = Markeren als voltooid en doorgaan
setup-instruction-reopen = Markeren als niet voltooid
setup-common-problems = Veelvoorkomende problemen
setup-values-to-copy = Laat deze pagina van je identiteitsprovider openstaan. Je hebt de waarden nodig voor

# The details of the identity provider.
setup-metadata-lead = Plak de metadata-URL of -XML van je identiteitsprovider. Wij vullen de rest in.
setup-metadata = IdP-metadata
setup-new-metadata = Nieuwe IdP-metadata
setup-metadata-sources = { $product } biedt een van deze:
setup-metadata-field = Metadata-URL, metadata-XML of certificaat
setup-metadata-field-hint = Je kunt de gegevens controleren voordat ze worden opgeslagen. Plak nooit een privésleutel.
setup-file = Of kies een bestand
setup-file-too-large = Dit bestand is groter dan 8 MB. Kies een bestand met alleen de metadata van je identiteitsprovider, of plak de metadata-URL.
setup-details-of-other-product = De opgeslagen gegevens zijn die van { $product }, maar je hebt { $chosen } gekozen. Voer hier de gegevens van { $chosen } in. Tot dan verandert er niets.
setup-manual-entry = De waarden handmatig invoeren
setup-manual-entry-lead = Als je geen metadata hebt, voer je deze drie waarden in.
setup-certificate-hint = Plak de tekst van BEGIN tot END, of base64. Je kunt meerdere certificaten plakken.
setup-certificate-lifetime = Levensduur van het certificaat
setup-review = Gegevens controleren
setup-new-details = Op te slaan gegevens
setup-current-details = Huidige instellingen
setup-imported-from = Geïmporteerd van
setup-idp-choice = Identiteitsprovider
setup-idp-choice-lead = Deze metadata beschrijft meerdere identiteitsproviders. Kies die van jou.
setup-idp-choice-missing = Kies een identiteitsprovider
setup-name = Naam
setup-entity-id = Uitgever (Issuer, entity ID)
setup-sign-on-url = Inlog-URL (Sign on URL)
setup-sign-out-url = Uitlog-URL (Sign out URL)
setup-certificate = Certificaat
setup-certificate-days-left = { $days ->
    [0] Verloopt vandaag
    [one] Verloopt over { $days } dag
   *[other] Verloopt over { $days } dagen
}
setup-certificate-expired = Verlopen op { $when }

# Warnings.
setup-warning-certificate-expired = Een certificaat is verlopen. Haal het huidige certificaat op bij je identiteitsprovider.
setup-warning-certificate-expires-soon = Een certificaat verloopt binnen 30 dagen. Voeg vóór die tijd hier het nieuwe toe.
setup-warning-certificate-not-yet-valid = Een certificaat is nog niet geldig. Controleer of je identiteitsprovider ondertekent met een certificaat dat nu geldig is.
setup-warning-certificate-skipped = Een certificaat in de metadata is overgeslagen, omdat de sleutel te kort is of van een onveilig type is.
setup-warning-key-skipped = Een sleutel in de metadata is overgeslagen, omdat die niet als certificaat is opgenomen.
setup-warning-metadata-signature-not-checked = Deze metadata is ondertekend, maar we controleren de handtekening niet. Zorg dat je de metadata van je identiteitsprovider hebt gekregen.
setup-warning-metadata-expired = Deze metadata is verlopen. Haal de metadata opnieuw op bij je identiteitsprovider.
setup-warning-plain-http = De inlog-URL gebruikt http://, dus anderen kunnen meelezen wat leden daar invoeren. Gebruik https://.
setup-warning-danger-published-key = De privésleutel van dit certificaat is openbaar. Iedereen kan zich voordoen als je gebruikers. Gebruik het alleen om te testen.
setup-warning-danger-sha1 = SHA-1-handtekeningen worden geaccepteerd, terwijl ze vervalst kunnen worden. Gebruik SHA-256.
setup-warning-danger-unsolicited = Ongevraagde antwoorden worden geaccepteerd. Elke website kan proberen je leden in te loggen op het account van iemand anders; leden wordt alleen eerst om bevestiging gevraagd. Stel IdP-geïnitieerde login in op restart.
setup-warning-sso-not-in-plan = Leden kunnen niet via deze verbinding inloggen, omdat het abonnement geen SAML single sign-on bevat.
setup-warning-sha1 = Logins met SHA-1-handtekeningen worden geweigerd. Kies SHA-256 in je identiteitsprovider.
setup-warning-unusual-issuer = Deze issuer is ongebruikelijk voor de gekozen identiteitsprovider. Controleer of hij klopt.
setup-warning-issuer-certificate-skipped = Een certificaat heeft een ander certificaat uitgegeven en wordt zelf niet vertrouwd. Je identiteitsprovider moet ondertekenen met het uitgegeven certificaat.
setup-warning-endpoint-skipped = Een onbruikbaar adres in de metadata is overgeslagen. Aanmelden kan zonder.
setup-warning-several-roles = De metadata beschrijft meer dan één SAML 2.0-identiteitsprovider onder één entity-ID. De adressen en certificaten van één ervan worden gebruikt.
setup-warning-issuer-and-url-swapped = De issuer en de Sign on URL lijken verwisseld. Vergelijk ze met je identiteitsprovider.
setup-warning-sign-on-url-is-metadata = De Sign on URL lijkt op de URL van metadata. Plak die URL als metadata-URL, of voer de URL van de aanmeldpagina in.
setup-warning-own-address = Dit is een van onze eigen adressen. Voer het in bij je identiteitsprovider, en voer hier de waarde van je identiteitsprovider in.
setup-warning-entra-issuer-slash = De issuer van Entra ID eindigt op een schuine streep, en deze niet. Kopieer de Microsoft Entra-id opnieuw, met de schuine streep.
setup-warning-entra-open-tenant = Deze Sign on URL is voor gebruikers van elke Microsoft-tenant. Kopieer de aanmeldings-URL van je eigen tenant.
setup-warning-provider-mismatch = Dit lijkt op { $detected }, maar je hebt { $chosen } gekozen. Ga terug naar de eerste stap om je keuze te wijzigen.

# Errors.
setup-error-missing = Dit veld is verplicht.
setup-error-paste-empty = Plak hier je metadata of certificaat, of voer de drie waarden handmatig in.
setup-certificate-read = Certificaat gelezen. Vul ook de inlog-URL (Sign on URL) en de uitgever (Issuer) in.
setup-error-paste-too-large = Dit is groter dan 1 MB. Plak alleen de metadata of het certificaat.
setup-error-paste-private-key = Dit is een privésleutel. Die mag je identiteitsprovider nooit verlaten. We hebben hem niet opgeslagen, maar vervang hem. Plak in plaats daarvan het certificaat.
setup-error-paste-certificate-request = Dit is een aanvraag voor certificaatondertekening. Plak in plaats daarvan het certificaat.
setup-error-paste-public-key = Dit is alleen een openbare sleutel. Plak het certificaat waar die in staat.
setup-error-paste-pkcs7 = Dit is een PKCS#7-bundel. Exporteer alleen het certificaat, als Base-64-gecodeerde X.509 (.cer).
setup-error-paste-pkcs12 = Dit is een PKCS#12-bestand (.pfx, .p12), dat meestal een privésleutel bevat. We hebben het niet opgeslagen. Exporteer alleen het certificaat.
setup-error-paste-fingerprint = Dit is de vingerafdruk van een certificaat. Plak het certificaat zelf.
setup-error-paste-damaged = Een deel van het certificaat ontbreekt. Kopieer alles, van BEGIN tot END.
setup-error-paste-unrecognized = Dit is geen URL, metadata of certificaat. Controleer wat je hebt gekopieerd en plak het opnieuw.
setup-error-own-metadata = Dit is onze eigen metadata, die je in je identiteitsprovider importeert. Plak hier de metadata van je identiteitsprovider.
setup-error-service-provider-metadata = Dit is de metadata van een serviceprovider. Plak de metadata van je identiteitsprovider.
setup-error-metadata-without-identity-provider = Deze metadata beschrijft geen SAML 2.0-identiteitsprovider. Plak de metadata van je identiteitsprovider.
setup-error-metadata-expired = Deze metadata is verlopen. Haal de metadata opnieuw op bij je identiteitsprovider.
setup-error-not-metadata = Dit is XML, maar geen metadata. Open de metadata-URL in een browser om te zien wat die teruggeeft.
setup-error-metadata-namespace = Dit lijkt op metadata, maar de declaratie van de XML-namespace (xmlns) ontbreekt of geldt voor een ander voorvoegsel. Haal de metadata opnieuw op bij je identiteitsprovider, als bestand.
setup-error-metadata-entra-template = Dit is de sjabloon van Microsoft voor alle tenants. Gebruik de URL voor federatieve metagegevens van je applicatie: https://login.microsoftonline.com/TENANT-ID/federationmetadata/2007-06/federationmetadata.xml?appid=APPLICATION-ID
setup-error-metadata-key-without-certificate = De metadata bevat een losse handtekeningsleutel (KeyValue) en geen certificaat. Stel een certificaat in bij je identiteitsprovider en haal de metadata opnieuw op.
setup-error-metadata-too-large = Deze metadata is te groot. Plak alleen de metadata van je identiteitsprovider.
setup-error-paste-web-page = Dit is een webpagina, geen metadata. Staat er op de pagina een link naar de metadata (XML)? Plak dan die URL of upload het gedownloade bestand.
setup-error-metadata-without-sign-on-endpoint = De metadata bevat geen inlog-URL voor HTTP-Redirect of HTTP-POST. Controleer de SAML-instellingen van je identiteitsprovider.
setup-error-metadata-entity-id = De entityID in de metadata ontbreekt, is leeg of is te lang. Haal de metadata opnieuw op bij je identiteitsprovider.
setup-error-xml-syntax = Dit is geen welgevormde XML. Kopieer alles en plak het opnieuw.
setup-error-key-too-short = De RSA-sleutel van het certificaat is korter dan 2048 bits en dat is niet veilig. Maak een nieuw certificaat in je identiteitsprovider.
setup-error-certificate-url = Dit is de URL van een certificaat, niet van metadata. Plak het certificaat zelf en voer de andere twee waarden handmatig in.
setup-error-url-without-scheme = Zet https:// (of http://) aan het begin van de URL.
setup-error-fetch-no-connection = We konden geen verbinding maken met { $url }. Controleer de URL. Klopt die, dan kan onze server hem niet bereiken: plak in plaats daarvan de metadata-XML.
setup-error-fetch-no-answer = { $url } reageerde niet. Probeer het opnieuw of plak in plaats daarvan de metadata-XML.
setup-error-fetch-status = Geen metadata gevonden op { $url }: de server reageerde met “{ $status }”. Open de URL in een browser om die te controleren of plak in plaats daarvan de metadata-XML.

# Attributes and roles.
setup-attributes-lead = De standaardwaarden zijn meestal voldoende.
setup-group-separator = Scheidingsteken van groepen in één waarde
setup-group-separator-hint = Voor identiteitsproviders die alle groepen van een gebruiker in één waarde versturen. Een distinguished name (CN=…,OU=…) is één groep en wordt nooit gesplitst.
setup-groups-sent = De laatste test verstuurde { $sent }, en dat werd { $groups }.
setup-group-separator-default = Standaard van het product
setup-group-separator-none = Geen
setup-group-separator-comma = Komma
setup-group-separator-semicolon = Puntkomma
setup-group-separator-pipe = Verticale streep
setup-attribute-mapping = Attribuuttoewijzing
setup-attribute-profile-field = Gebruikersgegeven
setup-attribute-received = Ontvangen bij de laatste test
setup-attribute-name = Attribuutnaam, indien anders
setup-attribute-accepted-names = Ook geaccepteerd: { $names }
setup-attribute-not-received = Niet ontvangen
setup-received-attributes = Alle attributen uit de laatste test
setup-received-attributes-hint = Na een test zie je wat je identiteitsprovider verstuurt.
setup-roles = Roltoewijzing
setup-roles-lead = Wijs rollen toe op basis van groepen. De eerste regel die van toepassing is, geldt en rollen worden bij elke login bijgewerkt. Zonder regels houden leden hun rol.
setup-group = Groep, precies zoals die wordt verstuurd
setup-role = Rol
setup-default-role = Standaardrol
setup-default-role-hint = Wordt toegewezen als geen regel van toepassing is. Kan geen admin zijn.

# Test sign-in.
setup-test-lead = Voer een test uit: log één keer in deze browser in, zoals een van je leden dat zou doen.
setup-test-title = Testlogin
setup-test-no-effect = Een test maakt of wijzigt geen leden en logt je niet in. Je kunt hem altijd herhalen.
setup-test-start = Verbinding testen
setup-test-again = Opnieuw testen
setup-test-done = Test geslaagd op { $when }.
setup-test-errors = Foutmeldingen van { $product }
setup-test-errors-other = Foutmeldingen van je identiteitsprovider

# Domain.
setup-domain-lead = Voeg één record toe aan de DNS van een domein om het te verifiëren.

# Activation.
setup-notice-draft = Deze instellingen vervangen de instellingen die leden nu gebruiken.
setup-notice-undo = Je kunt de verbinding altijd uitschakelen en eerdere instellingen herstellen.
setup-untested = Deze instellingen zijn nog niet getest:
setup-activate = Verbinding activeren
setup-activate-untested = Activeren zonder test
setup-active-title = Verbinding actief
setup-active = Leden kunnen nu inloggen via je identiteitsprovider.
setup-active-try = Probeer het: ga naar je applicatie en log in met je e-mailadres.
setup-active-no-domain = Verifieer een domein zodat leden met hun e-mailadres kunnen inloggen:
setup-active-unconfirmed = Een beheerder van { $organization } moet deze verbinding nog bevestigen. Tot die tijd wordt niemand via deze verbinding beheerder.
setup-active-open = Applicatie openen
setup-open-sso-settings = SSO-instellingen openen
setup-activation-not-allowed = Een beheerder van je organisatie, of de persoon die je de link heeft gestuurd, moet de verbinding activeren. Een configuratielink kan alleen een nieuwe verbinding activeren, en alleen als de domeinen van de organisatie via DNS zijn geverifieerd.
setup-link-test-needed = Voer een testlogin met deze instellingen uit voordat je de verbinding activeert:
setup-request-lead = Dit is niet de eerste verbinding van { $organization }. Een beheerder van { $organization } moet de activering bevestigen.
setup-request = Activering aanvragen
setup-requested-title = Wacht op bevestiging
setup-requested = De activering is aangevraagd op { $when }. Een beheerder van { $organization } moet de activering bevestigen voordat leden kunnen inloggen.
setup-requested-mailed = We hebben de beheerders een e-mail gestuurd. Je hoeft verder niets te doen.
setup-requested-ask = Duurt het te lang? Vraag het aan de persoon die je de configuratielink heeft gestuurd. Je kunt deze pagina sluiten; open de link opnieuw om te zien of de verbinding actief is.

# Setup links.
setup-links = Configuratielinks
setup-links-lead = Iedereen met een configuratielink kan deze verbinding configureren en verder niets.
setup-links-existing = Bestaande links
setup-link-new = Nieuwe configuratielink
setup-link-created = Je configuratielink
setup-link-created-lead = Stuur deze link naar de persoon die hem nodig heeft. Hij wordt niet opnieuw getoond. Meerdere personen kunnen hem gebruiken totdat hij verloopt.
setup-link-purpose = Doel
setup-purpose-connection = Volledige configuratie
setup-purpose-test = Testlogin
setup-purpose-domain = Domeinverificatie
setup-link-lifetime = Geldig voor
setup-link-email = E-mailadres van de ontvanger (optioneel)
setup-link-email-hint = Alleen voor deze lijst. We sturen geen e-mail.
setup-link-email-invalid = Voer een geldig e-mailadres in, bijvoorbeeld ada@acme.example.
setup-link-state = Status
setup-link-expires-at = Verloopt
setup-link-pending = In behandeling
setup-link-opened = Geopend
setup-link-expired = Verlopen
setup-link-revoked = Ingetrokken
setup-link-revoke = Link intrekken
setup-link-revoke-question = Deze configuratielink van { $connection } intrekken?
setup-link-revoke-recipient = Het betreft 1 persoon: de link die naar { $email } is verstuurd, werkt direct niet meer.
setup-link-revoke-effect = De link werkt direct niet meer voor de persoon die hem heeft gekregen.
setup-link-revoke-keeps = De instellingen die ermee zijn gemaakt, blijven bewaard. Je kunt op elk moment een nieuwe link maken.
setup-link-page-connection = Je bent gevraagd om de identiteitsprovider van je organisatie te verbinden. Dit duurt ongeveer 10 minuten en je kunt op elk moment pauzeren.
setup-link-page-test = Je bent gevraagd om single sign-on te testen door één keer in te loggen. De test verandert niets.
setup-link-page-domain = Je bent gevraagd om een domein van je organisatie te verifiëren met een DNS-record.
setup-link-page-expires-at = Deze link verloopt op { $when }.
setup-link-page-open = Aan de slag
setup-link-invalid-title = Deze link is niet meer geldig
setup-link-invalid-expired = De link is verlopen. Vraag de afzender om een nieuwe.
setup-link-invalid-revoked = De link is ingetrokken. Vraag de afzender om een nieuwe.
setup-link-invalid-unknown = Deze link bestaat niet. Kopieer de volledige URL of vraag de afzender om een nieuwe link.
setup-reopen-link-title = Open je configuratielink opnieuw
setup-reopen-link = In deze browser is geen configuratie bezig of je link is verlopen. Open de link die je hebt ontvangen. Je voortgang is opgeslagen.
setup-complete-title = Configuratie voltooid
setup-complete = De verbinding is actief, dus deze link is niet meer nodig. Een beheerder van je organisatie kan een nieuwe maken.
