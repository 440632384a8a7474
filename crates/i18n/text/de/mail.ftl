# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } ist nicht mehr verifiziert
mail-domain-lost-text =
    Der DNS-Eintrag { $record }, mit dem { $domain } für { $organization } in { $product } verifiziert ist, fehlt seit drei Tagen.

    Bis Sie ihn wieder hinzufügen, gelten E-Mail-Adressen in { $domain } nicht als vertrauenswürdig, und Personen, die eine solche Adresse eingeben, werden nicht zu Ihrem Single Sign-On geleitet.

    Hier sehen Sie den benötigten Eintrag und was wir gefunden haben: { $address }
mail-activation-subject = Aktivierung von { $connection } für { $organization } angefragt
mail-activation-text =
    Der Empfänger eines Einrichtungslinks hat die Verbindung { $connection } für { $organization } in { $product } eingerichtet und bittet Sie, sie zu aktivieren.

    Einrichtungslink gesendet an: { $recipient }
    Einrichtungslink erstellt von: { $creator }

    Eine aktive Verbindung kann Personen als Mitglieder von { $organization } anmelden. Bestätigen Sie nur, wenn Sie diese Anfrage erwarten und den Identitätsanbieter kennen. Bis Sie bestätigen, bleibt die Verbindung inaktiv.

    Bestätigen oder ablehnen: { $address }
mail-activated-subject = { $connection } ist für { $organization } aktiv
mail-activated-text =
    Der Empfänger eines Einrichtungslinks hat die Verbindung { $connection } für { $organization } in { $product } aktiviert. Mitglieder können sich jetzt darüber anmelden.

    Einrichtungslink gesendet an: { $recipient }
    Einrichtungslink erstellt von: { $creator }

    Bis ein Admin die Verbindung bestätigt, wird niemand durch sie zum Admin. Wenn Sie das nicht erwarten, deaktivieren Sie die Verbindung.

    Bestätigen oder deaktivieren: { $address }
mail-recovery-subject = Ein Wiederherstellungscode wurde für { $organization } verwendet
mail-recovery-text =
    { $member } hat sich an der Konsole von { $organization } in { $product } mit einem Wiederherstellungscode angemeldet. Verbleibende Codes: { $codes }.

    Wenn Sie das nicht erwarten, deaktivieren Sie das Mitglied, und generieren Sie neue Wiederherstellungscodes.

    SSO-Pflicht und Wiederherstellungscodes ansehen: { $address }
mail-enforced-subject = SSO ist jetzt Pflicht für { $organization }
mail-enforced-text =
    { $who } hat SSO für { $organization } in { $product } zur Pflicht gemacht. Alle Mitglieder müssen sich jetzt über Ihren Identitätsanbieter anmelden.

    Ansehen, wer betroffen ist, oder die Pflicht aufheben: { $address }
mail-not-enforced-subject = SSO ist nicht mehr Pflicht für { $organization }
mail-not-enforced-text =
    { $who } hat die SSO-Pflicht für { $organization } in { $product } aufgehoben. Mitglieder mit einer anderen Anmeldemethode können diese wieder verwenden.

    SSO-Pflicht ansehen: { $address }
mail-activation-unknown = nicht bekannt
