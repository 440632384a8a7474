# Domains of an organization.
domain-title = Domains
domain-lead = E-Mail-Adressen in verifizierten Domains gelten als vertrauenswürdig und werden zu Ihrem SSO geleitet.
domain-none = Noch keine Domains. Fügen Sie die Domain Ihrer E-Mail-Adressen hinzu.
domain-add-title = Neue Domain
domain-name = Domain
domain-name-hint = Der Teil nach dem @ in Ihren E-Mail-Adressen, zum Beispiel company.example.
domain-add = Domain hinzufügen
domain-verify-manually = Als verifiziert markieren (DNS-Prüfung überspringen)
domain-state-pending = Ausstehend
domain-state-in-use = Von einer anderen Organisation verwendet
domain-state-verified = Verifiziert
domain-state-missing = Eintrag fehlt
domain-state-lost = Nicht mehr verifiziert
domain-verified-manually = Der Betreiber dieses Dienstes hat diese Domain manuell verifiziert. Ein DNS-Eintrag ist nicht nötig.
domain-public-mail = In dieser Domain kann jeder ein Postfach bekommen. Fügen Sie nur Domains hinzu, die Ihrer Organisation gehören.
domain-add-record = Fügen Sie diesen TXT-Eintrag dem DNS Ihrer Domain hinzu, und lassen Sie ihn dort stehen. Wir prüfen ihn täglich.
domain-keep-record = Lassen Sie diesen TXT-Eintrag in Ihrem DNS stehen. Wir prüfen ihn täglich.
domain-propagation-hint = Neue Einträge sind meist nach wenigen Minuten sichtbar, manchmal erst nach einigen Stunden.
domain-demo-dns = In der Demo steht eine Seite für das DNS Ihrer Domain.
domain-demo-dns-link = Eintrag zum DNS der Demo hinzufügen
domain-record-type = Typ
domain-record-name = Name
domain-record-name-hint = Manche DNS-Anbieter hängen die Domain automatisch an. Geben Sie in diesem Fall nur { $short } ein.
domain-record-value = Wert
domain-check = Eintrag prüfen
domain-remove = Domain entfernen
domain-remove-question = { $domain } entfernen?
domain-remove-members = { $count ->
    [0] Kein Mitglied hat eine verifizierte E-Mail-Adresse in dieser Domain.
    [one] Die E-Mail-Adresse von { $count } Mitglied ist dann nicht mehr verifiziert.
   *[other] Die E-Mail-Adressen von { $count } Mitgliedern sind dann nicht mehr verifiziert.
}
domain-remove-effect = Wer eine Adresse dieser Domain eingibt, wird nicht mehr an Ihr SSO weitergeleitet. Um die Domain wieder hinzuzufügen, müssen Sie sie erneut verifizieren.
domain-never-checked = Noch nicht geprüft.
domain-checked = Geprüft am { $when }
domain-result-none = Kein TXT-Eintrag mit diesem Namen gefunden.
domain-result-records = Gefunden: { $count ->
    [one] dieser TXT-Eintrag:
   *[other] diese { $count } TXT-Einträge:
}
domain-result-expected = Korrekt
domain-result-failure = Die DNS-Abfrage ist fehlgeschlagen: { $failure }. Das bedeutet nicht, dass der Eintrag falsch ist. Wir prüfen ihn erneut.
domain-missing = Der Eintrag fehlt seit { $when }. Wenn er drei Tage lang fehlt, gilt die Domain nicht mehr als verifiziert. Fügen Sie ihn wieder hinzu.
domain-lost = Der Eintrag fehlt seit { $when }, daher ist die Domain nicht mehr verifiziert. Fügen Sie den Eintrag wieder hinzu, um sie wiederherzustellen.
domain-in-use = Der Eintrag ist korrekt, aber eine andere Organisation hatte diese Domain bereits verifiziert. Für Ihre ist sie daher nicht verifiziert. Lassen Sie sie dort entfernen, und prüfen Sie den Eintrag dann erneut, oder entfernen Sie sie hier.
domain-error-domain-in-use = Eine andere Organisation verwendet diese Domain bereits. Sie muss dort zuerst entfernt werden. Wenden Sie sich an den Betreiber dieses Dienstes.
domain-error-already-added = Diese Domain ist bereits in der Liste.
domain-error-invalid-fields = Geben Sie eine eigene Domain ein, zum Beispiel company.example, ohne @. Öffentliche Suffixe wie co.uk können nicht hinzugefügt werden.
domain-error-url = Geben Sie nur die Domain ein, ohne https:// und ohne Pfad: { $domain }
done-domain-added = Domain hinzugefügt. Fügen Sie den Eintrag unten Ihrem DNS hinzu, und prüfen Sie ihn dann.
done-domain-verified = Domain verifiziert.
done-domain-checked = Eintrag geprüft. Das Ergebnis sehen Sie unten.
done-domain-removed = Domain entfernt.
domain-error-too-many-domains = Es sind bereits 20 Domains ausstehend. Verifizieren Sie zuerst diese, oder bitten Sie einen Admin Ihrer Organisation, einige zu entfernen.
domain-error-too-many-requests = Zu viele Prüfungen. Warten Sie eine Minute, und prüfen Sie dann erneut.
domain-subdomains-on = E-Mail-Adressen in Subdomains führen ebenfalls zu Ihrem SSO. Sie sind erst verifiziert, wenn Sie die Subdomain hinzufügen und verifizieren.
domain-subdomains-off = E-Mail-Adressen in Subdomains führen nicht zu Ihrem SSO.
domain-subdomains-include = Subdomains einbeziehen
domain-subdomains-exclude = Subdomains ausschließen
routing-title = Weiterleitung der Anmeldung
routing-card = Bei mehreren aktiven Verbindungen wählen Regeln anhand der E-Mail-Adresse eine aus. Wer keine Regel hat, wählt selbst.
routing-edit = Regeln bearbeiten
routing-lead = Legen Sie fest, wer sich über welche Verbindung anmeldet. Bei nur einer aktiven Verbindung verwenden alle diese.
routing-rules-lead = Die genaueste Zeile entscheidet: eine Adresse vor einer Domain, eine Domain vor den Subdomains einer anderen. Wen keine Regel nennt, der wählt die Verbindung bei der Anmeldung.
routing-patterns-hint = Eine Angabe pro Zeile: acme.example für eine Domain, *.acme.example für ihre Subdomains, ada@acme.example für eine Person.
routing-patterns = Domains und Adressen der Regel { $number }
routing-connection = Verbindung der Regel { $number }
routing-connection-deleted = Gelöschte Verbindung
routing-skipped-deleted = Regel { $number } wird übersprungen: Ihre Verbindung wurde gelöscht. Wählen Sie eine andere Verbindung oder leeren Sie die Regel.
routing-skipped-not-active = Regel { $number } wird übersprungen: Ihre Verbindung ist nicht aktiv.
routing-more = Um eine Regel zu entfernen, leeren Sie sie. Um weitere hinzuzufügen, speichern Sie zuerst.
routing-edit-conflict = Eine andere Person hat die Regeln geändert, während Sie sie bearbeitet haben. Es wurde nichts gespeichert. Ihre Regeln stehen unten: Vergleichen Sie sie mit den gespeicherten und speichern Sie erneut, um diese zu ersetzen.
routing-saved-rules = Derzeit gespeicherte Regeln
