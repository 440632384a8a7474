# Begeleide inrichting: waar men is.
setup-title = Uw identiteitsprovider verbinden
setup-lead = Stap voor stap, in de woorden van uw identiteitsprovider. U kunt op elk moment stoppen: wat gedaan is blijft gedaan, en collega’s kunnen verdergaan.
setup-entry = Stap voor stap configureren
setup-entry-lead = In de woorden van uw identiteitsprovider, met zijn metadata als adres of bestand, een test en uw domein.
setup-steps = Stappen
setup-step-of = Stap { $number } van { $count }
setup-step-provider = Identiteitsprovider
setup-step-cards = Bij uw provider
setup-step-other-side = Gegevens van uw provider
setup-step-attributes = Attributen en rollen
setup-step-test = Test
setup-step-domain = Domein
setup-step-activate = Inschakelen
setup-done = gedaan
setup-next = Verder
setup-keep = Opslaan en verder
setup-incomplete = Ontbreekt nog:
setup-without-plan = Het abonnement van de organisatie omvat geen single sign-on. Vraag het aan de exploitant van deze dienst.

# Waar het begint.
setup-there = Bestaande verbindingen
setup-go-on = Doorgaan
setup-state-active = actief
setup-state-disabled = uitgeschakeld
setup-state-tested = getest
setup-state-draft = in voorbereiding
setup-choose = Nog een verbinden
setup-choose-lead = Met welk product melden uw medewerkers zich aan?
setup-takes-metadata = leest onze metadata in: minder te kopiëren
setup-somebody-else = Houdt iemand anders zich ermee bezig?
setup-somebody-else-lead = Stuur een link. Die leidt naar deze configuratie en naar niets anders, vraagt geen account en kan worden ingetrokken.
setup-make-link = Link maken

# In het andere product.
setup-cards = De stappen daar
setup-card-of = Kaart { $number } van { $count }
setup-in-console = Begin bij { $path }
setup-card-done = Gedaan, verder
setup-card-open = Opnieuw doen
setup-traps = Wat gemakkelijk misgaat
setup-bring-back = Laat deze pagina van uw provider openstaan. Wat zij toont, wordt ingevoerd onder

# Het vak voor de andere kant.
setup-box-lead = Vertel ons nu over uw identiteitsprovider. Metadata zijn het best: die zeggen alles in één keer.
setup-box = Geef het hier op
setup-box-again = Iets anders opgeven
setup-ways = { $product } toont een van deze:
setup-pasted = Metadata-URL, metadata-XML of certificaat
setup-pasted-hint = Plak wat u hebt. U ziet wat begrepen is voordat er iets wordt opgeslagen. Plak nooit een privésleutel.
setup-file = Of kies een bestand
setup-by-hand = Met de hand invoeren
setup-by-hand-lead = Deze drie, als u geen metadata hebt.
setup-certificate-hint = Als tekst van BEGIN tot END, of base64; meerdere tegelijk mag.
setup-certificate-life = Hoe lang het certificaat geldig is
setup-look = Toon wat begrepen wordt
setup-understood = Dit hebben wij begrepen
setup-kept = Wat wij weten
setup-source = Gelezen van
setup-entity = Identiteitsprovider
setup-entity-lead = Deze metadata beschrijven meerdere identiteitsproviders. Kies de uwe.
setup-entity-choose = Kies er een
setup-name = Naam
setup-entity-id = Issuer (entity ID)
setup-sign-on-address = Aanmeld-URL (Sign on URL)
setup-sign-out-address = Afmeld-URL
setup-certificate = Certificaat
setup-days-left = { $days ->
    [one] nog { $days } dag
   *[other] nog { $days } dagen
}
setup-ended = verlopen op { $when }

# Wat men erover moet weten.
setup-note-certificate-ended = Een certificaat is verlopen. Vraag uw provider naar het certificaat dat in gebruik is.
setup-note-certificate-ends-soon = Een certificaat verloopt binnen dertig dagen. Geef daarvoor hier het volgende op.
setup-note-certificate-not-yet-valid = Een certificaat is nog niet geldig.
setup-note-certificate-left-out = Een certificaat in de metadata is onbruikbaar en weggelaten: de sleutel is te kort, of van een onveilige soort.
setup-note-key-left-out = Een sleutel in de metadata is niet als certificaat gegeven en is weggelaten.
setup-note-metadata-signature-not-checked = De metadata zijn ondertekend. Wij nemen ze zoals u ze geeft, zonder die handtekening te controleren.
setup-note-metadata-ended = De metadata zijn niet meer geldig; haal ze opnieuw op.
setup-note-plain-http = Het aanmeldadres begint met http: wat daar wordt ingevoerd, kan onderweg worden gelezen. Gebruik https.
setup-note-danger-published-key = Iedereen kan de privésleutel van dit certificaat hebben, dus iedereen zou zich als iedereen kunnen aanmelden. Alleen gebruiken om iets uit te proberen.
setup-note-danger-sha1 = Handtekeningen met SHA-1 worden geaccepteerd, terwijl die te vervalsen zijn.
setup-note-sso-not-in-plan = Niemand meldt zich hierlangs aan: het abonnement bevat geen SAML single sign-on.
setup-note-sha1 = Daar wordt SHA-1 gebruikt. Als uw provider met SHA-1 ondertekent, worden aanmeldingen geweigerd: kies daar SHA-256.
setup-note-issuer-unusual = De issuer lijkt niet op die van het gekozen product. Controleer of het de juiste waarde is.
setup-note-other-product = Dit lijkt op { $recognised }, en u hebt { $chosen } gekozen. Als dat niet klopt, ga dan terug naar de eerste stap.

# Wat eraan mankeert.
setup-fault-missing = Dit is nodig.
setup-fault-paste-empty = Plak hier iets, of voer de drie waarden met de hand in.
setup-fault-paste-too-large = Dit is groter dan een megabyte; geen certificaat en geen metadata van een provider zijn zo groot.
setup-fault-paste-private-key = Dit is een privésleutel. Die mag uw identiteitsprovider nooit verlaten: wij hebben hem niet bewaard, en u kunt hem beter vervangen. Geef in plaats daarvan het certificaat.
setup-fault-paste-certificate-request = Dit is een certificaataanvraag, geen certificaat.
setup-fault-paste-public-key = Dit is alleen een openbare sleutel. Geef het certificaat waar die in staat.
setup-fault-paste-pkcs7 = Dit is een PKCS#7-bundel. Exporteer alleen het certificaat, als Base-64-gecodeerd X.509 (.cer).
setup-fault-paste-pkcs12 = Dit is een PKCS#12-bestand (.pfx, .p12), dat meestal een privésleutel bevat. Wij hebben het niet bewaard. Exporteer alleen het certificaat.
setup-fault-paste-fingerprint = Dit is de vingerafdruk van een certificaat. Geef het certificaat zelf.
setup-fault-paste-damaged = Een deel van het certificaat ontbreekt. Kopieer het helemaal, van BEGIN tot END.
setup-fault-paste-unrecognised = Dit is geen adres, geen metadata en geen certificaat.
setup-fault-own-metadata = Dit zijn onze eigen metadata, die uw identiteitsprovider nodig heeft. Hier hebben wij de metadata van uw identiteitsprovider nodig.
setup-fault-metadata-of-a-service-provider = Dit zijn de metadata van een serviceprovider. Nodig zijn die van de identiteitsprovider.
setup-fault-metadata-without-identity-provider = Deze metadata beschrijven geen SAML 2.0-identiteitsprovider.
setup-fault-metadata-expired = Deze metadata zijn niet meer geldig. Haal ze opnieuw op bij uw identiteitsprovider.
setup-fault-not-metadata = Dit is XML, maar het zijn geen metadata. Open het adres van de metadata in een browser en vergelijk.
setup-fault-paste-web-page = Dit is een webpagina, geen metadata. Leidt de pagina naar de metadata (XML), geef dan dat adres, of het gedownloade bestand.
setup-fault-metadata-without-sign-on-endpoint = De metadata noemen geen aanmeldadres voor HTTP-Redirect of HTTP-POST.
setup-fault-metadata-entity-id = De entityID van de metadata ontbreekt, is leeg of te lang.
setup-fault-xml-syntax = Dit is geen welgevormde XML.
setup-fault-key-too-short = De RSA-sleutel van het certificaat heeft minder dan 2048 bits, wat niet veilig is. Laat uw identiteitsprovider een nieuw certificaat maken.
setup-fault-address-of-a-certificate = Dit is het adres van een certificaat, niet van metadata. Plak het certificaat zelf, en voer de andere twee waarden met de hand in.
setup-fault-address-without-scheme = Een adres begint met https:// (of http://). Zet dat ervoor.
setup-fault-fetch-no-connection = Op { $url } antwoordt niemand. Controleer het adres. Klopt het, dan kan deze server het niet bereiken: plak dan de metadata zelf.
setup-fault-fetch-no-answer = { $url } gaf geen antwoord. Probeer het opnieuw, of plak de metadata zelf.
setup-fault-fetch-status = Op { $url } staan geen metadata: de server antwoordde “{ $status }”. Open het adres in een browser en vergelijk, of plak de metadata zelf.

# Attributen en rollen.
setup-attributes-lead = Meestal hoeft u hier niets te doen.
setup-attributes-needed = Wat wij nodig hebben
setup-attribute-part = Wat
setup-attribute-came = Kwam bij de laatste test
setup-attribute-name = Naam van het attribuut, als die anders is
setup-attribute-also = ook begrepen: { $names }
setup-attribute-absent = niets
setup-sent = Alles wat bij de laatste test is gestuurd
setup-sent-later = Na de test ziet u wat er werkelijk is gekomen.
setup-roles = Rollen
setup-roles-lead = Een groep geeft een rol. De eerste regel die past telt, en er wordt bij elke aanmelding opnieuw naar gekeken. Zonder regels verandert niemands rol.
setup-group = Groep, precies zoals hij wordt gestuurd
setup-role = Rol
setup-default-role = Rol van alle anderen
setup-default-role-hint = Niemand wordt vanzelf beheerder.

# De test.
setup-test-lead = Meld u één keer aan als test, in deze browser, zoals een van uw medewerkers dat zou doen.
setup-test-title = Testaanmelding
setup-test-harmless = Niemand merkt er iets van: er wordt geen lid gemaakt of gewijzigd, en u bent daarna nergens aangemeld. De test kan worden herhaald.
setup-test-begin = Verbinding testen
setup-test-again = Opnieuw testen
setup-test-done = De test is geslaagd op { $when }.
setup-test-errors = { $product }: wat er kan staan als er nog iets niet klopt

# Het domein.
setup-domain-lead = Een domein bewijzen vraagt één record in DNS.

# Inschakelen.
setup-notice-draft = De instellingen waarmee leden zich nu aanmelden, worden door deze vervangen.
setup-notice-undo = U kunt het meteen weer uitschakelen en teruggaan naar oudere instellingen.
setup-untested = Er is nog niet getest met deze instellingen:
setup-activate = Inschakelen
setup-activate-untested = Inschakelen zonder test
setup-active-title = De verbinding is actief
setup-active = Leden melden zich aan via uw identiteitsprovider.
setup-active-try = Probeer het: begin in de applicatie, met een van uw e-mailadressen.
setup-active-no-domain = Zolang er geen domein is bewezen, wordt niemand via het e-mailadres gevonden. Bewijs het uwe:
setup-active-open = De applicatie openen
setup-to-panel = Naar single sign-on
setup-not-by-link = Alles is klaar. Een beheerder van uw organisatie, of wie u de link heeft gestuurd, schakelt hem in: een link mag dat alleen voor een organisatie waarvan een domein is bewezen, en alleen de eerste keer.

# Inrichtingslinks.
setup-links = Configuratielinks
setup-links-lead = Wie zo’n link heeft, configureert deze verbinding en kan verder niets.
setup-links-there = Links
setup-link-new = Een nieuwe link
setup-link-made = De link
setup-link-made-lead = Stuur hem aan wie hem moet gebruiken. Hij wordt niet nog eens getoond. Meerdere mensen mogen hem openen totdat hij eindigt.
setup-link-purpose = Voor
setup-purpose-connection = de hele configuratie
setup-purpose-test = een testaanmelding
setup-purpose-domain = het bewijzen van een domein
setup-link-good-for = Geldig voor
setup-link-email = Voor wie (optioneel)
setup-link-email-hint = Een e-mailadres, alleen voor deze lijst: er wordt niets gestuurd.
setup-link-email-fault = Voer een volledig e-mailadres in, zoals ada@acme.example.
setup-link-state = Status
setup-link-until = Eindigt
setup-link-waiting = nog niet geopend
setup-link-opened = geopend
setup-link-expired = verlopen
setup-link-revoked = ingetrokken
setup-link-revoke = Intrekken
setup-door-connection = U bent gevraagd de identiteitsprovider van uw organisatie te verbinden. Het duurt ongeveer tien minuten, en u kunt tussendoor stoppen.
setup-door-test = U bent gevraagd u één keer als test aan te melden, om te zien of single sign-on werkt. Er verandert niets door.
setup-door-domain = U bent gevraagd met een record in DNS te bewijzen dat een domein van uw organisatie is.
setup-door-until = De link werkt tot { $when }.
setup-door-open = Beginnen
setup-over-title = Deze link werkt niet meer
setup-over-expired = Zijn tijd is om. Vraag de afzender om een nieuwe.
setup-over-revoked = Hij is ingetrokken. Vraag de afzender om een nieuwe.
setup-over-unknown = Deze link bestaat niet. Kopieer het hele adres, of vraag de afzender om een nieuwe.
setup-closed-title = Open uw link opnieuw
setup-closed = In deze browser wordt niets geconfigureerd, of de link die u opende is verlopen. Open de link die u kreeg; wat gedaan is, is bewaard.
setup-finished-title = Alles is gedaan
setup-finished = De verbinding is actief, dus deze link heeft zijn werk gedaan. Wie uw organisatie beheert, kan een nieuwe maken.
