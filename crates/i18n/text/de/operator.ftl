# Pages for operators only.
operator-organizations = Organisationen
operator-organizations-empty = Noch keine Organisationen. Erstellen Sie unten die erste.
operator-organizations-none = Keine Organisationen gefunden.
operator-search = Organisation nach Name oder Slug suchen
operator-plan-any = Alle Tarife
operator-sso = SSO
operator-sso-any = Alle
operator-sso-enforced = Verpflichtend
operator-sso-active = Eine Verbindung ist aktiv
operator-sso-inactive = Keine Verbindung ist aktiv
operator-no-sso = Kein SSO
operator-new-organization = Neue Organisation
operator-name = Name
operator-slug = Slug
operator-slug-optional = Slug (optional)
operator-slug-default = Wenn Sie das Feld leer lassen, bilden wir den Slug aus dem Namen.
operator-slug-taken = Eine andere Organisation verwendet diesen Slug bereits. Wählen Sie einen anderen.
operator-slug-missing = Geben Sie einen Slug ein: Der Name enthält keine Buchstaben von a bis z oder Ziffern, aus denen wir einen bilden könnten.
operator-name-taken = Es gibt bereits eine Organisation mit diesem oder einem ähnlichen Namen. Wählen Sie einen anderen Namen, oder geben Sie einen Slug ein.
operator-slug-hint = Wird in URLs verwendet. Anwendungen senden ihn als Parameter organization.
operator-plan = Tarif
operator-plan-hint = Ohne SAML Single Sign-On im Tarif funktionieren die Verbindungen der Organisation ab sofort nicht mehr.
operator-plan-question = { $organization } auf den Tarif { $plan } umstellen?
operator-plan-connections = Der Tarif enthält kein SAML Single Sign-On. Diese Verbindungen funktionieren ab sofort nicht mehr: { $names }.
operator-plan-accounts = { $count ->
    [0] Noch kein Mitglied hat sich darüber angemeldet.
    [one] { $count } Mitglied hat sich darüber angemeldet und kann sich nicht mehr anmelden.
   *[other] { $count } Mitglieder haben sich darüber angemeldet und können sich nicht mehr anmelden.
}
operator-plan-sessions = { $count ->
    [0] Keine Sitzung endet.
    [one] { $count } Sitzung endet sofort.
   *[other] { $count } Sitzungen enden sofort.
}
operator-plan-undo = Einstellungen und Mitglieder bleiben erhalten. Mit einem Tarif mit SAML Single Sign-On funktionieren die Verbindungen wieder.
operator-plan-enforced = SSO ist Pflicht. Mitglieder können sich erst wieder anmelden, wenn der Tarif geändert oder die SSO-Pflicht aufgehoben wird.
operator-plan-button = Tarif ändern
operator-added-at = Hinzugefügt
operator-create = Organisation erstellen
operator-settings = Einstellungen
operator-deployment = Installation
operator-operators = Betreiber
operator-operators-lead = Betreiber können alles sehen und ändern. Sie können sich nicht über den Identitätsanbieter einer Organisation anmelden.
operator-invite = Betreiber einladen
operator-remove = Entfernen
operator-remove-question = { $operator } entfernen?
operator-remove-effect = 1 Person verliert den Zugriff: { $operator } wird sofort abgemeldet und kann als Betreiber keine Organisation mehr sehen oder ändern.
operator-remove-button = Betreiber entfernen
operator-own-row = Sie können sich nicht selbst entfernen. Bitten Sie einen anderen Betreiber.
operator-link-created = Geben Sie diesen Link weiter. Er kann einmal verwendet werden, läuft in 7 Tagen ab und wird nicht noch einmal angezeigt.
operator-audit-log = Auditprotokoll
operator-first-title = Erster Betreiber werden
operator-first-lead = Diese Installation hat noch keine Betreiber. Geben Sie Ihre E-Mail-Adresse ein. Weitere Betreiber können Sie später einladen.
operator-invited-title = Einladung als Betreiber
done-operator-removed = Betreiber entfernt.
done-organization-created = Organisation erstellt.
operator-health = Zustand
operator-health-lead = Organisationen mit Handlungsbedarf, die dringendsten zuerst.
operator-health-none = Bei keiner Organisation besteht Handlungsbedarf.
operator-health-none-yet = Keine Organisation auf dieser Seite. Lassen Sie sich mehr anzeigen.
operator-health-issue = Problem
operator-health-any = Alle Probleme
operator-health-everything = Alle Organisationen, auch ohne Probleme
operator-health-kind-plan-mismatch = Tarif ohne SSO
operator-health-kind-all-sign-ins-rejected = Keine erfolgreichen Anmeldungen
operator-health-kind-certificate-expired = Zertifikat abgelaufen
operator-health-kind-domain-lost = Domain nicht mehr verifiziert
operator-health-kind-certificate-expiring = Zertifikat läuft bald ab
operator-health-kind-most-sign-ins-rejected = Die meisten Anmeldungen fehlgeschlagen
operator-health-kind-domain-record-missing = DNS-Eintrag fehlt
operator-health-kind-stale-draft = Unfertige Einrichtung
operator-health-needs-attention = Handlungsbedarf
operator-health-connections = Verbindungen
operator-health-last-24-hours = Letzte 24 Stunden
operator-health-last-7-days = Letzte 7 Tage
operator-health-healthy = In Ordnung
operator-health-counts = { $accepted } erfolgreich, { $rejected } abgelehnt
operator-health-most-frequent-code = Am häufigsten: { $code }
operator-health-sso-not-in-plan = Der Tarif enthält kein Single Sign-On, daher können sich Mitglieder nicht anmelden
operator-health-all-rejected = Keine erfolgreiche Anmeldung in den letzten 24 Stunden
operator-health-mostly-rejected = Mehr Anmeldungen sind fehlgeschlagen als gelungen
operator-health-certificate-expired = Das Zertifikat von { $connection } ist abgelaufen
operator-health-certificate-expires = Das Zertifikat von { $connection } läuft { $days ->
    [0] heute
    [one] in { $days } Tag
   *[other] in { $days } Tagen
} ab
operator-health-domain-lost = { $domain } ist nicht mehr verifiziert
operator-health-record-missing = Der DNS-Eintrag von { $domain } fehlt
operator-health-unfinished = { $connection } ist seit mehr als einer Woche nicht fertig eingerichtet
