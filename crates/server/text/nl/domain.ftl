# De pagina met de domeinen van een organisatie.
domain-title = Domeinen
domain-lead = E-mailadressen worden alleen binnen deze domeinen vertrouwd, en wie er een invult, wordt naar uw single sign-on geleid.
domain-none = Er is nog geen domein. Voeg het domein toe waarop uw e-mailadressen eindigen.
domain-add-title = Domein toevoegen
domain-name = Domein
domain-name-hint = Wat achter de @ van uw e-mailadressen staat, zoals company.example.
domain-add = Toevoegen
domain-vouch = Ik sta ervoor in dat dit domein van de organisatie is: er is geen record nodig
domain-state-pending = wacht op het record
domain-state-taken = hoort bij een andere organisatie
domain-state-verified = geverifieerd
domain-state-missing = record ontbreekt
domain-state-lost = niet meer geverifieerd
domain-by-operator = De exploitant van deze dienst heeft dit domein bevestigd. U hoeft niets te publiceren.
domain-publish = Voeg dit record toe waar de DNS van uw domein wordt beheerd, en laat het staan: het wordt elke dag opnieuw opgezocht.
domain-published = Laat dit record staan: het wordt elke dag opnieuw opgezocht.
domain-publish-wait = Het kan even duren voordat een nieuw record zichtbaar is, vaak enkele minuten en soms uren.
domain-practice = In de demo staat een pagina voor de DNS van uw domein.
domain-practice-link = Het record daar toevoegen
domain-record-type = Type
domain-record-name = Naam
domain-record-name-hint = Sommige aanbieders voegen het domein zelf toe: vul dan alleen { $short } in.
domain-record-value = Waarde
domain-check = Nu controleren
domain-remove = Verwijderen
domain-remove-sure = Adressen in dit domein worden dan niet meer vertrouwd. Verwijderen?
domain-never-checked = Het is nog niet opgezocht.
domain-checked = Opgezocht op { $when }
domain-answer-none = DNS antwoordde dat er geen tekstrecord met deze naam is.
domain-answer-records = DNS antwoordde met { $count ->
    [one] dit tekstrecord:
   *[other] deze { $count } tekstrecords:
}
domain-answer-right = het juiste
domain-answer-failure = Er kwam geen antwoord: { $failure }. Dat zegt niets over het record; we vragen het opnieuw.
domain-missing = Het record ontbreekt sinds { $when }. Als het drie dagen ontbreekt, telt het domein niet meer.
domain-lost = Het record ontbreekt sinds { $when }, dus het domein telt niet meer. Het telt weer zodra het record terug is.
domain-taken = Het record was juist, maar het domein hoorde hier bij een andere organisatie, dus het telt niet voor de uwe. Het moet daar eerst worden verwijderd. Controleer daarna opnieuw, of verwijder het hier.
domain-fault-domain-taken = Dit domein hoort hier bij een andere organisatie. Het moet daar eerst worden verwijderd; vraag het de exploitant van deze dienst.
domain-fault-own = Dit domein staat al in de lijst.
domain-fault-invalid-fields = Vul een eigen domein in, zoals company.example, zonder @. Domeinen waaronder iedereen er een kan hebben, zoals co.uk, kunnen niet worden toegevoegd.
domain-fault-address = Vul alleen het domein in, zonder https:// en zonder pad: { $domain }
done-domain-added = Het domein is toegevoegd. Publiceer het record hieronder en controleer daarna.
done-domain-verified = Het domein is geverifieerd.
done-domain-checked = Het record is opgezocht. Hieronder staat wat er is gevonden.
done-domain-removed = Het domein is verwijderd.
domain-fault-too-many-requests = Het record is zojuist meermaals opgezocht. Wacht een minuut en controleer dan opnieuw.
