# Die Seite mit den Domains einer Organisation.
domain-title = Domains
domain-lead = E-Mail-Adressen wird nur in diesen Domains vertraut, und wer eine eingibt, wird zu Ihrem Single Sign-On geleitet.
domain-none = Es gibt noch keine Domain. Fügen Sie die hinzu, auf die Ihre E-Mail-Adressen enden.
domain-add-title = Domain hinzufügen
domain-name = Domain
domain-name-hint = Was hinter dem @ Ihrer E-Mail-Adressen steht, zum Beispiel company.example.
domain-add = Hinzufügen
domain-vouch = Ich bürge dafür, dass diese Domain der Organisation gehört: Ein Eintrag ist nicht nötig
domain-state-pending = wartet auf den Eintrag
domain-state-taken = gehört einer anderen Organisation
domain-state-verified = bestätigt
domain-state-missing = Eintrag fehlt
domain-state-lost = nicht mehr bestätigt
domain-by-operator = Der Betreiber dieses Dienstes hat diese Domain bestätigt. Es ist nichts zu veröffentlichen.
domain-publish = Fügen Sie diesen Eintrag dort hinzu, wo das DNS Ihrer Domain verwaltet wird, und lassen Sie ihn stehen: Er wird jeden Tag wieder nachgesehen.
domain-published = Lassen Sie diesen Eintrag stehen: Er wird jeden Tag wieder nachgesehen.
domain-publish-wait = Bis ein neuer Eintrag zu sehen ist, kann es dauern, oft einige Minuten und manchmal Stunden.
domain-practice = In der Demo steht eine Seite für das DNS Ihrer Domain.
domain-practice-link = Den Eintrag dort hinzufügen
domain-record-type = Typ
domain-record-name = Name
domain-record-name-hint = Manche Anbieter fügen die Domain selbst an: Geben Sie dann nur { $short } ein.
domain-record-value = Wert
domain-check = Jetzt prüfen
domain-remove = Entfernen
domain-remove-sure = Adressen in dieser Domain wird dann nicht mehr vertraut. Entfernen?
domain-never-checked = Es wurde noch nicht nachgesehen.
domain-checked = Nachgesehen am { $when }
domain-answer-none = DNS hat geantwortet, dass es keinen Texteintrag dieses Namens gibt.
domain-answer-records = DNS hat geantwortet mit { $count ->
    [one] diesem Texteintrag:
   *[other] diesen { $count } Texteinträgen:
}
domain-answer-right = der richtige
domain-answer-failure = Es kam keine Antwort: { $failure }. Das sagt nichts über den Eintrag; wir fragen wieder.
domain-missing = Der Eintrag fehlt seit { $when }. Wenn er drei Tage lang fehlt, zählt die Domain nicht mehr.
domain-lost = Der Eintrag fehlt seit { $when }, darum zählt die Domain nicht mehr. Sie zählt wieder, sobald der Eintrag zurück ist.
domain-taken = Der Eintrag war richtig, aber die Domain gehörte hier einer anderen Organisation, darum zählt sie nicht für Ihre. Sie muss dort zuerst entfernt werden. Prüfen Sie danach noch einmal, oder entfernen Sie sie hier.
domain-fault-domain-taken = Diese Domain gehört hier zu einer anderen Organisation. Sie muss dort zuerst entfernt werden; fragen Sie den Betreiber dieses Dienstes.
domain-fault-own = Diese Domain steht schon auf der Liste.
domain-fault-invalid-fields = Geben Sie eine eigene Domain ein, zum Beispiel company.example, ohne @. Domains, unter denen jeder eine haben kann, wie co.uk, können nicht hinzugefügt werden.
domain-fault-address = Geben Sie nur die Domain ein, ohne https:// und ohne Pfad: { $domain }
done-domain-added = Die Domain wurde hinzugefügt. Veröffentlichen Sie den Eintrag unten und prüfen Sie dann.
done-domain-verified = Die Domain ist bestätigt.
done-domain-checked = Der Eintrag wurde nachgesehen. Unten steht, was gefunden wurde.
done-domain-removed = Die Domain wurde entfernt.
domain-fault-too-many-requests = Der Eintrag wurde gerade mehrmals nachgeschlagen. Warten Sie eine Minute und prüfen Sie dann noch einmal.
