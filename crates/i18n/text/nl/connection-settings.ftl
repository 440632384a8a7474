# De pagina met geavanceerde instellingen.
sso-advanced = Geavanceerde instellingen
sso-advanced-lead = De standaardwaarden van deze instellingen van { $connection } passen bij de meeste identiteitsproviders. Wijzig er alleen een als je identiteitsprovider of je beveiligingsbeleid dat vereist.
sso-advanced-invalid = Er is niets opgeslagen. Corrigeer de gemarkeerde velden.
sso-advanced-not-allowed-with-setup-link = Met een configuratielink kun je deze wijziging niet maken. Er is niets opgeslagen. Vraag een beheerder om het te doen.
sso-advanced-open = Geavanceerde instellingen openen
sso-advanced-panel-lead = Ondertekening, versleuteling, inloggedrag, eigen claims en provisioning.
sso-advanced-signing = Ondertekening en versleuteling
sso-advanced-sign-in = Inloggedrag
sso-advanced-identity = Identiteit en attributen
sso-advanced-provisioning = Provisioning
sso-locked-administrators = Alleen een beheerder kan deze instelling wijzigen.
sso-locked-not-set = Niet ingesteld
sso-locked-was-active = Deze verbinding is actief geweest, dus alleen een beheerder kan deze instelling wijzigen.

# Wat elke instelling doet.
sso-help-sign-requests = Onderteken verzoeken ook als de metadata van je identiteitsprovider er niet om vraagt. Upload eerst ons certificaat bij je identiteitsprovider.
sso-help-sign-on-binding = Hoe de browser verzoeken naar je identiteitsprovider brengt. De inlog-URL moet bij deze binding horen.
sso-help-require-signed-response = Weiger antwoorden die niet zelf ondertekend zijn. Standaard moet het antwoord of de assertie ondertekend zijn.
sso-help-require-signed-assertion = Weiger asserties die niet zelf ondertekend zijn.
sso-help-require-encryption = Weiger asserties die niet versleuteld zijn. Onze metadata bevat dan altijd een versleutelingssleutel.
sso-help-publish-encryption-key = Of onze metadata een versleutelingssleutel bevat. Veel producten versleutelen zodra ze er een vinden. Standaard publiceren we er een, behalve voor AD FS zolang AES-CBC niet wordt geaccepteerd.
sso-help-accept-cbc = Accepteer versleuteling met AES-CBC naast AES-GCM. Nodig voor producten die alleen AES-CBC kennen, zoals AD FS. AES-CBC merkt manipulatie niet op, dus kies AES-GCM bij je identiteitsprovider als dat kan.
sso-help-reject-expired-signing-certificate = Weiger handtekeningen als het certificaat verlopen is. Anders blijft de sleutel vertrouwd tot je het certificaat verwijdert.
sso-help-danger-accept-sha1 = Accepteer handtekeningen met SHA-1. Kies liever SHA-256 bij je identiteitsprovider.
sso-help-force-authn = Vraag de identiteitsprovider bij elke login om een nieuwe authenticatie, ook als de gebruiker daar al een sessie heeft.
sso-help-passive-requests = Als een applicatie om een login zonder pagina vraagt (prompt=none), vraag het dan ook aan de identiteitsprovider. Anders antwoorden we alleen op basis van de sessie.
sso-help-authn-contexts = Hoe gebruikers bij de identiteitsprovider moeten inloggen, bijvoorbeeld https://refeds.org/profile/mfa. Vul op elke regel één URI in. Een login met een andere context wordt geweigerd.
sso-help-authn-context-comparison = Hoe de identiteitsprovider zijn login met de vereiste contexten vergelijkt. De meeste producten ondersteunen alleen “exact”.
sso-help-accepted-authn-contexts = Contexten die een login in plaats daarvan mag hebben, op elke regel één URI. Nodig voor “minstens”, “hoogstens” en “beter”, omdat contexten geen algemene volgorde hebben.
sso-help-accept-missing-authn-statement = Accepteer asserties die niet zeggen wanneer en hoe de gebruiker is ingelogd. Applicaties krijgen dan geen tijdstip en kunnen niet om een nieuwe authenticatie vragen.
sso-help-clock-tolerance-seconds = Hoeveel de klok van je identiteitsprovider van die van ons mag afwijken, van 0 tot 300 seconden.
sso-help-idp-initiated = Wat er gebeurt met een login die bij de identiteitsprovider begint, bijvoorbeeld vanaf een tegel in het portaal. “Opnieuw starten” begint de login opnieuw met een verzoek van ons, en dat is veilig.
sso-help-entity-id = De naam van de serviceprovider, die je identiteitsprovider als audience gebruikt. Laat leeg voor de naam die alle verbindingen delen. Wijzig je de naam hier, wijzig hem dan ook bij je identiteitsprovider.
sso-help-name-id-format = De NameID-indeling om te vragen. Laat leeg om er geen te vragen, of een persistente aan SimpleSAMLphp. Entra ID en AD FS weigeren sommige indelingen.
sso-help-allow-create = Sta de identiteitsprovider toe een ID aan te maken voor een gebruiker die er nog geen heeft (AllowCreate). Sommige producten weigeren zonder deze instelling een eerste login.
sso-help-subject-attribute = Het attribuut dat het account identificeert, als de NameID niet stabiel is. Laat leeg om de NameID te gebruiken. Een wijziging geeft bestaande leden nieuwe accounts.
sso-help-group-separator = Het teken tussen groepen, als je identiteitsprovider alle groepen in één waarde verstuurt. Een distinguished name (CN=…,OU=…) wordt nooit gesplitst.
sso-help-custom-claims = Attributen die applicaties naast het profiel ontvangen. Voer een test uit om de echte waarden te zien.
sso-help-provisioning = Wie kan inloggen: iedereen die de identiteitsprovider laat inloggen, of alleen leden die je hebt uitgenodigd.
sso-help-unverified-email = Wat er gebeurt met een nieuw lid van wie het e-mailadres niet in een van je geverifieerde domeinen ligt. Standaard wordt de login geweigerd zodra je een geverifieerd domein hebt.

# Waarom een instelling gevaarlijk is.
sso-danger-danger-accept-sha1 = Gevaarlijk: handtekeningen met SHA-1 kunnen worden vervalst, dus een aanvaller kan mogelijk als elk lid inloggen.
sso-danger-idp-initiated = Zulke logins direct accepteren is gevaarlijk: elke website kan een bezoeker op het account van iemand anders laten inloggen.

# Waarden.
sso-binding-redirect = HTTP-Redirect
sso-binding-post = HTTP-POST
sso-comparison-exact = Exact
sso-comparison-minimum = Minstens (minimum)
sso-comparison-maximum = Hoogstens (maximum)
sso-comparison-better = Beter (better)
sso-idp-initiated-reject = Weigeren
sso-idp-initiated-restart = Opnieuw starten met een verzoek
sso-idp-initiated-danger-accept = Accepteren (gevaarlijk)
sso-provisioning-just-in-time = Iedereen (just-in-time-provisioning)
sso-provisioning-invitation-only = Alleen uitgenodigde leden
sso-unverified-email-default = Standaard (weigeren met een geverifieerd domein, anders toelaten)
sso-unverified-email-admit = Toelaten, met het adres als niet geverifieerd
sso-unverified-email-admit-without-email = Toelaten zonder e-mailadres
sso-unverified-email-refuse = Weigeren
sso-claim-name = Claim { $number }
sso-claim-attribute = Attribuut { $number }
sso-claim-values = Waarden { $number }
sso-claim-first = Eerste waarde
sso-claim-list = Lijst van alle waarden
sso-claim-add = Claim toevoegen
sso-claim-remove = Claim verwijderen
sso-own-entity-id = Een eigen entity ID gebruiken
sso-own-entity-id-lead = Je identiteitsprovider herkent een applicatie alleen aan de entity ID. Heeft een andere applicatie of verbinding daar deze entity ID al, geef deze verbinding dan een eigen entity ID voordat je doorgaat.

# Hernoemen, dupliceren, verwijderen.
sso-manage = Verbinding beheren
sso-connection-name = Naam
sso-connection-name-hint = Zichtbaar voor beheerders, en voor leden die tussen meerdere verbindingen kiezen.
sso-rename = Naam van verbinding wijzigen
sso-rename-title = Naam van { $connection } wijzigen
sso-duplicate = Verbinding dupliceren
sso-duplicate-title = { $connection } dupliceren
sso-duplicate-lead = De kopie is een concept met dezelfde instellingen. Ze heeft een eigen ACS-URL, eigen sleutels en eigen metadata, die je bij de identiteitsprovider invult. Leden merken er niets van.
sso-copy-name = { $connection } (kopie)
sso-delete = Verbinding verwijderen
sso-delete-question = { $connection } verwijderen?
sso-delete-members = { $count ->
    [0] Geen actief lid heeft een account bij deze verbinding.
    [one] { $count } lid heeft een account bij deze verbinding en kan het niet meer gebruiken. Het lid blijft in je team.
   *[other] { $count } leden hebben een account bij deze verbinding en kunnen het niet meer gebruiken. Ze blijven in je team.
}
sso-delete-settings = De instellingen, versies, sleutels en configuratielinks worden verwijderd. Je kunt dit niet ongedaan maken. De inlogpogingen blijven bewaard.
done-connection-renamed = Naam van verbinding gewijzigd.
done-connection-duplicated = Verbinding gedupliceerd. Dit is de kopie.
done-connection-deleted = Verbinding verwijderd.
