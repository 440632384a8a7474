# Domains of an organization.
domain-title = Domeinen
domain-lead = E-mailadressen in geverifieerde domeinen worden vertrouwd en gaan via je SSO.
domain-none = Nog geen domeinen. Voeg het domein van je e-mailadressen toe.
domain-add-title = Nieuw domein
domain-name = Domein
domain-name-hint = Het deel na de @ in je e-mailadressen, bijvoorbeeld company.example.
domain-add = Domein toevoegen
domain-verify-manually = Als geverifieerd markeren (DNS-controle overslaan)
domain-state-pending = In behandeling
domain-state-in-use = In gebruik bij een andere organisatie
domain-state-verified = Geverifieerd
domain-state-missing = Record ontbreekt
domain-state-lost = Niet meer geverifieerd
domain-verified-manually = De platformbeheerder heeft dit domein handmatig geverifieerd. Er is geen DNS-record nodig.
domain-public-mail = Iedereen kan een mailbox in dit domein krijgen. Voeg alleen domeinen toe die van je organisatie zijn.
domain-add-record = Voeg dit TXT-record toe aan de DNS van je domein en laat het staan. We controleren het elke dag.
domain-keep-record = Laat dit TXT-record in je DNS staan. We controleren het elke dag.
domain-propagation-hint = Nieuwe records zijn meestal binnen enkele minuten zichtbaar, maar het kan enkele uren duren.
domain-demo-dns = In de demo vervangt een pagina de DNS van je domein.
domain-demo-dns-link = Het record toevoegen aan de DNS van de demo
domain-record-type = Type
domain-record-name = Naam
domain-record-name-hint = Sommige DNS-providers voegen het domein automatisch toe. Voer in dat geval alleen { $short } in.
domain-record-value = Waarde
domain-check = Record controleren
domain-remove = Domein verwijderen
domain-remove-question = { $domain } verwijderen?
domain-remove-members = { $count ->
    [0] Geen enkel lid heeft een geverifieerd e-mailadres in dit domein.
    [one] Het e-mailadres van { $count } lid is dan niet meer geverifieerd.
   *[other] De e-mailadressen van { $count } leden zijn dan niet meer geverifieerd.
}
domain-remove-effect = Wie een adres in dit domein invoert, gaat niet meer via je SSO. Om het domein weer toe te voegen, moet je het opnieuw verifiëren.
domain-never-checked = Nog niet gecontroleerd.
domain-checked = Gecontroleerd op { $when }
domain-result-none = Geen TXT-record gevonden voor deze naam.
domain-result-records = We vonden { $count ->
    [one] dit TXT-record:
   *[other] deze { $count } TXT-records:
}
domain-result-expected = Correct
domain-result-failure = De DNS-opzoeking is mislukt: { $failure }. Dit betekent niet dat het record onjuist is. We controleren het opnieuw.
domain-missing = Het record ontbreekt sinds { $when }. Als het drie dagen ontbreekt, is het domein niet meer geverifieerd. Voeg het opnieuw toe.
domain-lost = Het record ontbreekt sinds { $when }, dus het domein is niet meer geverifieerd. Voeg het record opnieuw toe om dit te herstellen.
domain-in-use = Het record is correct, maar een andere organisatie had dit domein al geverifieerd, dus het is niet geverifieerd voor jouw organisatie. Laat het daar verwijderen en controleer het daarna opnieuw, of verwijder het hier.
domain-error-domain-in-use = Een andere organisatie gebruikt dit domein al. Het moet daar eerst worden verwijderd. Neem contact op met de platformbeheerder.
domain-error-already-added = Dit domein staat al in de lijst.
domain-error-invalid-fields = Voer een eigen domein in, bijvoorbeeld company.example, zonder @. Openbare suffixen zoals co.uk kun je niet toevoegen.
domain-error-url = Voer alleen het domein in, zonder https:// en zonder pad: { $domain }
done-domain-added = Domein toegevoegd. Voeg het onderstaande record toe aan je DNS en controleer het daarna.
done-domain-verified = Domein geverifieerd.
done-domain-checked = Record gecontroleerd. Hieronder zie je het resultaat.
done-domain-removed = Domein verwijderd.
domain-error-too-many-domains = Er zijn al 20 domeinen in behandeling. Verifieer die eerst of vraag een beheerder van je organisatie om er enkele te verwijderen.
domain-error-too-many-requests = Te veel controles. Wacht een minuut en probeer het opnieuw.
domain-subdomains-on = E-mailadressen in subdomeinen leiden ook naar je SSO. Ze zijn pas geverifieerd als je het subdomein toevoegt en verifieert.
domain-subdomains-off = E-mailadressen in subdomeinen leiden niet naar je SSO.
domain-subdomains-include = Subdomeinen meenemen
domain-subdomains-exclude = Subdomeinen uitsluiten
routing-title = Routering van het inloggen
routing-card = Bij meerdere actieve verbindingen kiezen regels er een op basis van het e-mailadres. Wie geen regel heeft, kiest zelf.
routing-edit = Regels bewerken
routing-lead = Kies wie via welke verbinding inlogt. Met één actieve verbinding gebruikt iedereen die.
routing-rules-lead = De meest specifieke regel beslist: een adres gaat voor een domein, een domein voor de subdomeinen van een ander. Wie in geen regel staat, kiest de verbinding bij het inloggen.
routing-patterns-hint = Eén per regel: acme.example voor een domein, *.acme.example voor de subdomeinen, ada@acme.example voor één persoon.
routing-patterns = Domeinen en adressen van regel { $number }
routing-connection = Verbinding van regel { $number }
routing-connection-deleted = Verwijderde verbinding
routing-skipped-deleted = Regel { $number } wordt overgeslagen: de verbinding is verwijderd. Kies een andere verbinding of maak de regel leeg.
routing-skipped-not-active = Regel { $number } wordt overgeslagen: de verbinding is niet actief.
routing-more = Maak een regel leeg om deze te verwijderen. Sla eerst op om meer regels toe te voegen.
routing-edit-conflict = Iemand anders heeft de regels gewijzigd terwijl je ze bewerkte. Er is niets opgeslagen. Je regels staan hieronder: vergelijk ze met de opgeslagen regels en sla opnieuw op om die te vervangen.
routing-saved-rules = Regels die nu zijn opgeslagen
